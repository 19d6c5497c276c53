//! Pages that list other pages.

use serde::Serialize;

use super::group::GroupView;

/// Pages in groups.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// `competencies`, `moves`, `articles`, `worksheets`, `assessments`, `glossary`, `tags` or `tag`.
    pub of: &'static str,
    /// The groups.
    pub groups: Vec<GroupView>,
}
