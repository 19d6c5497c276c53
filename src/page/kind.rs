//! The kinds of pages.

/// The kind of a page, which determines the fields of its front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A sequence of levels.
    Track,
    /// A level of a track.
    Level,
    /// A skill in which levels have expectations.
    Competency,
    /// The way from one level to another.
    Move,
    /// Advice for readers of the guide.
    Article,
    /// A form to fill in.
    Worksheet,
    /// A glossary entry.
    Term,
    /// Any other page.
    Page,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Track,
        Self::Level,
        Self::Competency,
        Self::Move,
        Self::Article,
        Self::Worksheet,
        Self::Term,
        Self::Page,
    ];

    /// The name of the kind in front matter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Level => "level",
            Self::Competency => "competency",
            Self::Move => "move",
            Self::Article => "article",
            Self::Worksheet => "worksheet",
            Self::Term => "term",
            Self::Page => "page",
        }
    }

    /// The name of the kind with an article, for messages.
    #[must_use]
    pub fn described(self) -> String {
        let article = if self == Self::Article { "an" } else { "a" };
        format!("{article} {}", self.as_str())
    }
}

impl Kind {
    /// The front matter fields of this kind that [`Kind::Page`] doesn't have. A test keeps the list equal to what is read.
    pub(super) fn specific_fields(self) -> &'static [&'static str] {
        match self {
            Self::Track => &["levels", "family", "weights"],
            Self::Level => &[
                "track",
                "rank",
                "code",
                "also_known_as",
                "facets",
                "extends",
                "abstract",
                "leads_to",
                "profile",
                "not_applicable",
                "experience",
            ],
            Self::Competency => &["area", "tracks", "scale", "also_known_as"],
            Self::Move => &["from", "to"],
            Self::Article => &["levels", "competencies", "tracks"],
            Self::Worksheet => &["levels", "competencies"],
            Self::Term => &["also_known_as"],
            Self::Page => &[],
        }
    }

    /// The kind with a name, spelled as in front matter.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}
