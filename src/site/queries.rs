//! Queries of a site.

use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use super::model::Site;
use crate::link::{Address, ExportFile, Generated, Output, ScriptWords};
use crate::page::{Kind, Page};
use crate::tree::TreePath;

impl Site {
    /// The pages of content that are part of the site, in the order of their files, with their addresses.
    pub fn pages(&self) -> impl Iterator<Item = (&Page, &Address)> {
        self.context.pages.shown().map(|(id, page)| (page, &*self.context.routes.pages[id]))
    }

    /// Whether this site and another one share the same routes.
    #[must_use]
    pub fn shares_routes_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.context.routes, &other.context.routes)
    }

    /// Whether it has a file.
    #[must_use]
    pub fn has(&self, path: &TreePath) -> bool {
        self.outputs().contains_key(path) || self.copied.get(path).is_some()
    }

    /// Whether its theme can render pages. If not, the diagnostics give the reason.
    #[must_use]
    pub fn can_render(&self) -> bool {
        self.theme.is_complete()
    }

    /// A sample of pages that uses every template in use.
    #[must_use]
    pub fn samples(&self) -> Vec<TreePath> {
        let mut samples = self.one_of_each(self.outputs().keys());
        // The print edition takes longest.
        samples.sort_by_key(|path| self.outputs().get(path) == Some(&Output::Generated(Generated::Print)));
        samples
    }

    /// The first of some files for each way in which templates are used.
    pub fn one_of_each<'a>(&self, paths: impl IntoIterator<Item = &'a TreePath>) -> Vec<TreePath> {
        let mut seen = Vec::new();
        let is_new = |path: &&TreePath| {
            let Some(used) = self.outputs().get(*path).and_then(|output| self.template_use(output)) else {
                return false;
            };
            let is_new = !seen.contains(&used);
            if is_new {
                seen.push(used);
            }
            is_new
        };
        paths.into_iter().filter(is_new).cloned().collect()
    }

    /// The files that templates render.
    pub(super) fn with_templates(&self) -> Vec<TreePath> {
        let has_template = |(_, output): &(&TreePath, &Output)| self.template_use(output).is_some();
        self.outputs().iter().filter(has_template).map(|(path, _)| path.clone()).collect()
    }

    fn template_use(&self, output: &Output) -> Option<TemplateUse> {
        match output {
            Output::Page(id) => Some(TemplateUse::Page(self.context.pages.get(*id).kind)),
            Output::Generated(generated) => Some(TemplateUse::Generated(discriminant(generated))),
            Output::Redirect(_) => Some(TemplateUse::Redirect),
            Output::Export(file) => file.has_template().then_some(TemplateUse::Export(*file)),
            Output::Words(words) => Some(TemplateUse::Words(*words)),
            Output::Markdown(_) | Output::Script(_) => None,
        }
    }
}

/// A way in which a template is used. Pages of one kind have the same template and the same sort of view.
#[derive(Debug, PartialEq)]
enum TemplateUse {
    Page(Kind),
    /// All tags are alike, and so are all comparisons, all self-assessments and their sheets.
    Generated(Discriminant<Generated>),
    Redirect,
    Export(ExportFile),
    Words(ScriptWords),
}
