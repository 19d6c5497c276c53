//! The templates of a project, which override those of the default theme.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::bounds::BoundTemplate;
use super::embedded;
use crate::diagnostic::Span;
use crate::tree::TreePath;

/// The templates of a project, for diagnostics.
#[derive(Debug, Default)]
pub(super) struct OwnTemplates {
    /// The folder of the theme.
    pub(super) folder: String,
    pub(super) names: HashSet<String>,
    /// Those that have bounds.
    pub(super) bound: HashMap<String, BoundTemplate>,
}

impl OwnTemplates {
    /// The file of a template.
    pub(super) fn file(&self, template: &str) -> TreePath {
        if self.names.contains(template) {
            TreePath::normalized(&format!("{}/templates/{template}", self.folder))
        } else {
            embedded::file(&format!("templates/{template}"))
        }
    }

    /// The span of a range of a template as it was given to the engine.
    pub(super) fn span(&self, template: &str, range: &Range<usize>) -> Span {
        let range = self.bound.get(template).map_or_else(|| range.clone(), |bound| bound.original(range));
        Span::new(&self.file(template), range)
    }
}
