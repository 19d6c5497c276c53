//! The differences between two guides, as data that outlives both.

use serde::{Deserialize, Serialize};

/// What changed from one guide to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideDiff {
    /// The changes of the configuration: its title, its facets, areas and owners.
    pub configuration: Vec<FieldChange>,
    /// The pages that were added, removed or changed, in the order of the ladder, then by file.
    pub pages: Vec<PageChange>,
    /// The expectations, criteria and examples that changed, in the order of the ladder.
    pub texts: Vec<TextChange>,
}

impl GuideDiff {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.configuration.is_empty() && self.pages.is_empty() && self.texts.is_empty()
    }
}

/// A page that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChange {
    /// The page before; `None` if it was added.
    pub was: Option<PageSide>,
    /// The page now; `None` if it was removed.
    pub now: Option<PageSide>,
    /// The changes of its front matter.
    pub fields: Vec<FieldChange>,
    /// The paragraphs that changed, apart from expectations, criteria and examples.
    pub prose: Vec<TextChange>,
}

/// A page of one of the guides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSide {
    /// Its id.
    pub id: String,
    /// The name of its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its code, if it's a level that has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Its file in the project.
    pub file: String,
}

/// A value of front matter or of the configuration that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field as authors write it, such as `summary`, `facets` or `profile`; `address` for the id of a page.
    pub field: String,
    /// The entry of the field: the title of a facet or of a competency, for example.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entry: Option<String>,
    /// The value before, if there was one.
    pub was: Option<String>,
    /// The value now, if there is one.
    pub now: Option<String>,
}

/// A text that changed, or several of which one became the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextChange {
    /// The kind of text.
    pub kind: TextKind,
    /// How it changed.
    pub verdict: Verdict,
    /// Whether it's at another level, competency or step now.
    pub moved: bool,
    /// Whether another change implies it: that of its level, of its competency or, for an example, of its expectation.
    pub implied: bool,
    /// The text before; none if it was added, several if they were merged.
    pub was: Vec<TextSide>,
    /// The text now; none if it was removed, several if it was split.
    pub now: Vec<TextSide>,
}

/// A kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// An expectation of a level.
    Expectation,
    /// A criterion of a step of a scale.
    Criterion,
    /// An example.
    Example,
    /// A paragraph.
    Paragraph,
}

/// How a text changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It's new.
    Added,
    /// It's gone.
    Removed,
    /// It's at another place in the same words.
    Moved,
    /// It asks for more.
    Stricter,
    /// It asks for less.
    Relaxed,
    /// It says the same with an explanation.
    Clarified,
    /// It says the same without an explanation.
    Simplified,
    /// It says something else, or the same in other words.
    Reworded,
    /// Only spelling, capital letters or punctuation differ.
    Spelling,
    /// It raises other inherited expectations than before, in the same words.
    Raises,
    /// It became several texts.
    Split,
    /// Several texts became one.
    Merged,
}

impl Verdict {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 12] = [
        Self::Added,
        Self::Removed,
        Self::Moved,
        Self::Stricter,
        Self::Relaxed,
        Self::Clarified,
        Self::Simplified,
        Self::Reworded,
        Self::Spelling,
        Self::Raises,
        Self::Split,
        Self::Merged,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Stricter => "stricter",
            Self::Relaxed => "relaxed",
            Self::Clarified => "clarified",
            Self::Simplified => "simplified",
            Self::Reworded => "reworded",
            Self::Spelling => "spelling",
            Self::Raises => "raises",
            Self::Split => "split",
            Self::Merged => "merged",
        }
    }

    /// The verdict of the same change the other way round.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Added => Self::Removed,
            Self::Removed => Self::Added,
            Self::Stricter => Self::Relaxed,
            Self::Relaxed => Self::Stricter,
            Self::Clarified => Self::Simplified,
            Self::Simplified => Self::Clarified,
            Self::Split => Self::Merged,
            Self::Merged => Self::Split,
            Self::Moved | Self::Reworded | Self::Spelling | Self::Raises => self,
        }
    }
}

/// A text of one of the guides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSide {
    /// The id of the page of its level; that of its competency for a criterion, that of its page for a paragraph.
    pub page: String,
    /// The title of that page.
    pub title: String,
    /// The title of the competency of an expectation or an example that has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub competency: Option<String>,
    /// The name of the step of a criterion.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub step: Option<String>,
    /// The specialism of an example that has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub specialism: Option<String>,
    /// The permanent id of an expectation on its level's page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// The text without markup. The detail of an expectation follows its sentence, each part in a line.
    pub text: String,
    /// The expectations that it raises.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub raises: Vec<RaisedText>,
    /// Its file in the project.
    pub file: String,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// An inherited expectation that another one raises.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RaisedText {
    /// The title of its level.
    pub title: String,
    /// Its text.
    pub text: String,
}
