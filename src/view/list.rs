//! Pages that list other pages.

use serde::Serialize;

use super::group::GroupView;

/// Pages in groups.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// What it lists.
    pub of: ListKind,
    /// The groups.
    pub groups: Vec<GroupView>,
}

/// What a page lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// `assessments`.
    Assessments,
    /// `tags`: all tags, each with its pages.
    Tags,
    /// `tag`: the pages of one tag.
    Tag,
    /// The pages of one kind, by the key of their section: `competencies`, `moves`, `articles`, `worksheets`, `glossary`.
    #[serde(untagged)]
    OfKind(&'static str),
}
