//! The texts of all sources, each with its place and its fate.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The position of a text in a [`Ledger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextId(usize);

/// The place of a text in its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextPlace {
    /// A cell: sheet (with its file), row and column, both from 0.
    Cell(Arc<str>, usize, usize),
    /// A line of a file, from 1.
    Line(Arc<str>, usize),
    /// Something of a file that has no row or line, such as a comment, by its name there.
    Part(Arc<str>, String),
}

impl fmt::Display for TextPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(sheet, row, column) => write!(f, "{sheet}: {}{}", column_name(*column), row + 1),
            Self::Line(file, line) => write!(f, "{file}: line {line}"),
            Self::Part(file, part) => write!(f, "{file}: {part}"),
        }
    }
}

/// The letters of a column: `A` for 0, `AA` for 26.
pub(super) fn column_name(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).unwrap_or(0));
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.insert(0, letter((rest - 1) % 26));
        rest = (rest - 1) / 26;
    }
    name
}

/// What an import made of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Placed {
    Title,
    Track,
    Level,
    Competency,
    Area,
    Label,
    Expectation,
    Example,
    Detail,
    Summary,
    Facet,
    Step,
    NotApplicable,
    Link,
    Header,
}

impl Placed {
    /// The word for it, in the plural.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Title => "titles of the guide",
            Self::Track => "names of tracks",
            Self::Level => "names of levels",
            Self::Competency => "names of competencies",
            Self::Area => "names of areas",
            Self::Label => "labels of groups",
            Self::Expectation => "texts with expectations",
            Self::Example => "texts with examples",
            Self::Detail => "details of expectations",
            Self::Summary => "summaries and introductions",
            Self::Facet => "facets and other fields of levels",
            Self::Step => "steps of a scale",
            Self::NotApplicable => "cells that say \u{201c}not applicable\u{201d}",
            Self::Link => "references between levels and competencies",
            Self::Header => "headers that say what a column or row is",
        }
    }
}

/// Why a text has no place in the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    Hidden,
    Comment,
    Private,
    Validation,
    Placeholder,
    Number,
    Formula,
    Beside,
    Note,
    Lonely,
    NoLevel,
    NoLadder,
    Repeated,
    Value,
}

impl Reason {
    /// The reason as a phrase.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Hidden => "hidden, so it isn't imported; show it in the source, or use `--hidden`",
            Self::Comment => "a comment, which is never imported",
            Self::Private => "looks like pay, a person or a rating, so it isn't imported",
            Self::Validation => "a drop-down list",
            Self::Placeholder => "a placeholder; nothing is written there yet",
            Self::Number => "a number without a key that says what it means",
            Self::Formula => "an error of a formula",
            Self::Beside => "beside the ladder, in a column or row that isn't a level or a competency",
            Self::Note => "above or below the ladder",
            Self::Lonely => "a name with nothing under it",
            Self::NoLevel => "text that belongs to no level and no competency",
            Self::NoLadder => "no ladder was recognised around it",
            Self::Repeated => "repeats what another sheet of the file has, one expectation in each row",
            Self::Value => "a field that the format has and a project doesn't",
        }
    }
}

/// The texts of all sources. A text counts once, however often it's used.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    texts: Vec<(TextPlace, Option<Result<Placed, Reason>>)>,
}

impl Ledger {
    /// Records a text that the source has.
    pub(super) fn add(&mut self, place: TextPlace) -> TextId {
        self.texts.push((place, None));
        TextId(self.texts.len() - 1)
    }

    /// Records that a text was placed. That outweighs a reason not to.
    pub(super) fn place(&mut self, text: TextId, placed: Placed) {
        let fate = &mut self.texts[text.0].1;
        if !matches!(fate, Some(Ok(_))) {
            *fate = Some(Ok(placed));
        }
    }

    /// Records why a text wasn't placed, unless it was or another reason is recorded.
    pub(super) fn leave(&mut self, text: TextId, reason: Reason) {
        self.texts[text.0].1.get_or_insert(Err(reason));
    }

    /// Whether nothing has been recorded about a text yet.
    pub(super) fn is_open(&self, text: TextId) -> bool {
        self.texts[text.0].1.is_none()
    }

    /// Records `reason` for all texts of which nothing else is known.
    pub(super) fn leave_rest(&mut self, reason: Reason) {
        for (_, fate) in &mut self.texts {
            fate.get_or_insert(Err(reason));
        }
    }

    /// The number of texts.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The numbers of texts that were placed, by what they became.
    pub(super) fn placed(&self) -> BTreeMap<Placed, usize> {
        let mut counts = BTreeMap::new();
        for placed in self.texts.iter().filter_map(|(_, fate)| fate.as_ref()?.ok()) {
            *counts.entry(placed).or_default() += 1;
        }
        counts
    }

    /// The places of texts that were placed, each with what it became.
    pub(super) fn placed_places(&self) -> impl Iterator<Item = (&TextPlace, Placed)> {
        self.texts.iter().filter_map(|(place, fate)| Some((place, fate.as_ref()?.ok()?)))
    }

    /// The places of texts that weren't placed, by reason.
    pub(super) fn left(&self) -> BTreeMap<Reason, Vec<&TextPlace>> {
        let mut places: BTreeMap<Reason, Vec<&TextPlace>> = BTreeMap::new();
        for (place, fate) in &self.texts {
            if let Some(Err(reason)) = fate {
                places.entry(*reason).or_default().push(place);
            }
        }
        places
    }
}
