//! A kind of pages, and the form of its description. The descriptions are in `kinds.rs`.

use crate::field::FieldSpec;

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

/// The description of a kind of page.
#[derive(Debug)]
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// The name in front matter.
    pub name: &'static str,
    /// The article of the name.
    pub article: &'static str,
    /// What it is, for documentation.
    pub about: &'static str,
    /// The title of a table of all its pages.
    pub plural: &'static str,
    /// The fields of its front matter, in addition to [`COMMON_FIELDS`](super::COMMON_FIELDS).
    pub fields: &'static [FieldSpec],
    /// The form in which these fields are read.
    pub form: FrontMatterForm,
    /// The folder of a new page.
    pub folder: PageFolder,
    /// The lines that a new page has in its front matter.
    pub new_fields: &'static str,
    /// The text of a new page.
    pub new_text: &'static str,
    /// The generated page that lists its pages.
    pub list: ListPage,
    /// The template of its pages.
    pub template: &'static str,
    /// The position of its list on the home page, if it's there.
    pub home_position: Option<u8>,
    /// The position of its pages among equally good results of a search.
    pub search_position: u8,
    /// Its place in the print edition.
    pub print: PrintRole,
    /// The ways in which readers find its pages.
    pub found_by: FoundBy,
    /// Whether its pages make up the ladder and can have cells.
    pub has_cells: bool,
}

/// The forms in which the fields of a kind are read, by the variants of [`FrontMatter`](super::FrontMatter).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontMatterForm {
    /// Those of a track.
    Track,
    /// Those of a level.
    Level,
    /// Those of a competency.
    Competency,
    /// Those of a move.
    Move,
    /// The levels, competencies and tracks that a page is about, as far as the kind has these fields.
    Serves,
    /// Other names.
    Term,
    /// None.
    Plain,
}

/// The folder in `content/` of a new page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFolder {
    /// A folder of its own, whose index it is.
    Own,
    /// The folder of its track.
    OfTrack,
    /// The folder in which most pages of the kind are, or else the one with this name.
    Named(&'static str),
    /// None.
    Top,
}

/// The generated page that lists the pages of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListPage {
    /// None.
    None,
    /// The page with all tracks and levels.
    Ladder,
    /// A page of its own.
    Own {
        /// Its path in the site, which is also the key of the section of the site.
        path: &'static str,
        /// Its title.
        title: &'static str,
    },
}

/// The place of a kind's pages in the print edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintRole {
    /// None.
    Unprinted,
    /// The introduction of a list, if the page introduces one.
    Introduction,
    /// A part.
    Part,
    /// A chapter of a part.
    Chapter,
    /// An entry of a list, without a number.
    Entry,
}

/// The ways in which readers find the pages of a kind, apart from links and search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// The ladder shows them.
    Ladder,
    /// The levels and competencies that they are about list them.
    Subjects,
    /// Only by links: their list is for looking up.
    Links,
    /// By folders, tags and the footer.
    Navigation,
}
