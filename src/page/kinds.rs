//! The table of kinds: all that differs between the kinds of pages, except behaviour.

use super::field_specs as fields;
use super::kind::{FoundBy, FrontMatterForm, Kind, KindSpec, ListPage, PageFolder, PrintRole};

/// All kinds, in the order in which they are listed; that of [`Kind`].
pub(super) const KIND_SPECS: &[KindSpec] = &[
    KindSpec {
        kind: Kind::Track,
        name: "track",
        article: "a",
        about: "a sequence of levels",
        plural: "Tracks",
        fields: fields::TRACK,
        form: FrontMatterForm::Track,
        folder: PageFolder::Own,
        new_fields: "",
        new_text: "Who this track is for.\n",
        list: ListPage::Ladder,
        template: "track.html",
        home_position: None,
        search_position: 2,
        print: PrintRole::Part,
        found_by: FoundBy::Ladder,
        has_cells: true,
    },
    KindSpec {
        kind: Kind::Level,
        name: "level",
        article: "a",
        about: "one step on the ladder",
        plural: "Levels",
        fields: fields::LEVEL,
        form: FrontMatterForm::Level,
        folder: PageFolder::OfTrack,
        new_fields: "",
        new_text: "What the work is like.\n",
        list: ListPage::Ladder,
        template: "level.html",
        home_position: None,
        search_position: 1,
        print: PrintRole::Chapter,
        found_by: FoundBy::Ladder,
        has_cells: true,
    },
    KindSpec {
        kind: Kind::Competency,
        name: "competency",
        article: "a",
        about: "a dimension people grow in",
        plural: "Competencies",
        fields: fields::COMPETENCY,
        form: FrontMatterForm::Competency,
        folder: PageFolder::Named("competencies"),
        new_fields: "",
        new_text: "What it is, and what it looks like in practice.\n",
        list: ListPage::Own { path: "competencies", title: "Competencies" },
        template: "competency.html",
        home_position: Some(3),
        search_position: 3,
        print: PrintRole::Chapter,
        found_by: FoundBy::Ladder,
        has_cells: true,
    },
    KindSpec {
        kind: Kind::Move,
        name: "move",
        article: "a",
        about: "how to go from one level to another",
        plural: "Moves",
        fields: fields::MOVE,
        form: FrontMatterForm::Move,
        folder: PageFolder::Named("moves"),
        new_fields: "",
        new_text: "## What changes\n\n## What to stop\n\n## How to try it\n\n## How it's decided\n\n## The first weeks\n",
        list: ListPage::Own { path: "moves", title: "Moves" },
        template: "move.html",
        home_position: Some(2),
        search_position: 4,
        print: PrintRole::Chapter,
        found_by: FoundBy::Ladder,
        has_cells: false,
    },
    KindSpec {
        kind: Kind::Article,
        name: "article",
        article: "an",
        about: "advice",
        plural: "Articles",
        fields: fields::ARTICLE,
        form: FrontMatterForm::Serves,
        folder: PageFolder::Named("articles"),
        new_fields: "levels: []\ncompetencies: []\ntags: []\n",
        new_text: "Why, and how to start this week.\n",
        list: ListPage::Own { path: "articles", title: "Articles" },
        template: "article.html",
        home_position: Some(1),
        search_position: 5,
        print: PrintRole::Chapter,
        found_by: FoundBy::Subjects,
        has_cells: false,
    },
    KindSpec {
        kind: Kind::Worksheet,
        name: "worksheet",
        article: "a",
        about: "something to fill in",
        plural: "Worksheets",
        fields: fields::WORKSHEET,
        form: FrontMatterForm::Serves,
        folder: PageFolder::Named("worksheets"),
        new_fields: "levels: []\n",
        new_text: "- [ ] Something to fill in\n",
        list: ListPage::Own { path: "worksheets", title: "Worksheets" },
        template: "worksheet.html",
        home_position: Some(4),
        search_position: 6,
        print: PrintRole::Unprinted,
        found_by: FoundBy::Subjects,
        has_cells: false,
    },
    KindSpec {
        kind: Kind::Term,
        name: "term",
        article: "a",
        about: "a glossary entry",
        plural: "Terms",
        fields: fields::TERM,
        form: FrontMatterForm::Term,
        folder: PageFolder::Named("glossary"),
        new_fields: "also_known_as: []\n",
        new_text: "What it means here.\n",
        list: ListPage::Own { path: "glossary", title: "Glossary" },
        template: "term.html",
        home_position: None,
        search_position: 8,
        print: PrintRole::Entry,
        found_by: FoundBy::Links,
        has_cells: false,
    },
    KindSpec {
        kind: Kind::Page,
        name: "page",
        article: "a",
        about: "anything else (the default)",
        plural: "Other pages",
        fields: &[],
        form: FrontMatterForm::Plain,
        folder: PageFolder::Top,
        new_fields: "",
        new_text: "",
        list: ListPage::None,
        template: "page.html",
        home_position: None,
        search_position: 7,
        print: PrintRole::Introduction,
        found_by: FoundBy::Navigation,
        has_cells: false,
    },
];

impl Kind {
    /// All kinds, in the order of their table.
    pub const ALL: [Self; KIND_SPECS.len()] = {
        let mut all = [Self::Page; KIND_SPECS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = KIND_SPECS[at].kind;
            assert!(all[at] as usize == at, "the table of kinds has the order of `Kind`");
            at += 1;
        }
        all
    };

    /// The description of the kind.
    #[must_use]
    pub fn spec(self) -> &'static KindSpec {
        &KIND_SPECS[self as usize]
    }

    /// The name of the kind in front matter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.spec().name
    }

    /// The name of the kind with an article, for messages.
    #[must_use]
    pub fn described(self) -> String {
        format!("{} {}", self.spec().article, self.as_str())
    }

    /// The kind with a name, spelled as in front matter.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Returns whether a field is one of this kind that [`Kind::Page`] doesn't have.
    pub(super) fn has_own_field(self, name: &str) -> bool {
        self.spec().fields.iter().any(|field| field.name == name)
    }
}
