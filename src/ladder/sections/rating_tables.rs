//! Tables with a single word for each cell that they name: a step of a competency's scale, or another rating.

use std::ops::Range;

use crate::diagnostic::catalog;
use crate::ladder::expectations::named_step::{self, NamedStep};
use crate::ladder::expectations::table_expectations::lines;
use crate::ladder::page_names::Found;
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::named_parts::NamedParts;
use crate::markdown::{Table, TableCell};
use crate::name::{closest, fold};
use crate::page::{FrontMatter, Kind, PageId};

/// Reports a table that has a step of a competency's scale for a level whose profile has no step of it; or one that names
/// levels in one direction and competencies in the other, and has a word or a rating for each.
pub(crate) fn report(cells: &mut NamedCells<'_, '_, '_>, table: &Table, parts: &NamedParts) {
    let rated = rated(cells, table, parts);
    if rated.is_empty() {
        return;
    }
    // Scales and profiles are in the front matter of other pages.
    cells.names.record_diagnostic();
    let pages = cells.names.pages();
    let steps: Vec<NamedStep> = rated.iter().filter_map(|rated| rated.named_step(cells, parts)).collect();
    let is_missing = steps.iter().any(|step| !step.is_in_profile);
    if let Some(diagnostic) = named_step::report(pages, cells.id, &steps).filter(|_| is_missing) {
        cells.report(diagnostic);
        return;
    }
    if !matches!(parts, NamedParts::Both(..)) {
        return;
    }
    let mut words = rated.iter().filter(|rated| !has_profile(cells, rated.level, rated.competency));
    let Some(Rated { level, competency, text, span, .. }) = words.find(|rated| is_rating(rated.text)) else { return };
    let title = |page: PageId| &pages.get(page).title.value;
    let span = cells.page().span(span);
    let form = if text.contains(char::is_alphabetic) { "a single word" } else { "a rating" };
    cells.report(catalog::single_words(span, form, title(*competency), title(*level)));
}

/// Whether a text rates something: a word, symbols, or a number that isn't a share.
fn is_rating(text: &str) -> bool {
    const MAX_RATING: u32 = 10;
    let number = text.trim_start().split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    !text.contains('%') && (number.is_empty() || number.parse().is_ok_and(|number: u32| number <= MAX_RATING))
}

/// Whether the heading of a column, or none, leaves open that a number below is a step.
fn may_head_steps(heading: &str) -> bool {
    const WORDS: [&str; 11] =
        ["expect", "grade", "level", "mastery", "proficien", "profile", "rating", "require", "score", "stage", "step"];
    let heading = fold(heading);
    heading.is_empty() || WORDS.iter().any(|word| heading.contains(word))
}

/// A cell with a single line.
struct Rated<'t> {
    level: PageId,
    competency: PageId,
    text: &'t str,
    span: Range<usize>,
    /// The heading of its column.
    heading: &'t str,
}

impl Rated<'_> {
    /// The step that it names, by its name or its number.
    fn named_step(&self, cells: &NamedCells<'_, '_, '_>, parts: &NamedParts) -> Option<NamedStep> {
        let steps = cells.names.pages().get(self.competency).scale();
        let text = self.text;
        let may_be_number = matches!(parts, NamedParts::Both(..)) || may_head_steps(self.heading);
        let number = text.parse::<usize>().ok().filter(|number| may_be_number && (1..=steps.len()).contains(number));
        let named = closest(text, steps.iter().map(|step| [step.value.as_str()]));
        Some(NamedStep {
            level: self.level,
            competency: self.competency,
            step: steps.get(named.or(number.map(|number| number - 1))?)?.value.clone(),
            text: text.to_owned(),
            span: self.span.clone(),
            is_in_profile: has_profile(cells, self.level, self.competency),
        })
    }
}

/// The only line of a cell, and its place. Circles and squares are bullets in other cells, so the source has them.
fn only_line<'t>(source: &'t str, cell: &'t TableCell) -> Option<(&'t str, Range<usize>)> {
    let mut written = lines(cell);
    match (written.next(), written.next()) {
        (Some(line), None) => Some((line.text.trim(), line.span.clone())),
        (None, _) if cell.lines.is_empty() => {
            let text = source.get(cell.span.clone())?.trim_matches(|c: char| c == '|' || c.is_whitespace());
            let start = cell.span.start + source[cell.span.clone()].find(text)?;
            (!text.is_empty()).then_some((text, start..start + text.len()))
        }
        _ => None,
    }
}

fn rated<'t>(cells: &NamedCells<'_, 't, '_>, table: &'t Table, parts: &NamedParts) -> Vec<Rated<'t>> {
    let named = |kind: Kind, cell: Option<&TableCell>| match (cells.find)(kind, &cell?.text) {
        Found::One(id) => Some(id),
        _ => None,
    };
    let own = |kind: Kind| (cells.page().kind == kind).then_some(cells.id);
    let other = |kind: Kind| if kind == Kind::Level { Kind::Competency } else { Kind::Level };
    let mut all = Vec::new();
    for row in std::iter::once(&table.header).chain(&table.rows) {
        for (at, cell) in row.iter().enumerate() {
            let Some((text, span)) = only_line(&cells.page().source, cell) else { continue };
            let (head, first) = (table.header.get(at), row.first().filter(|_| at > 0));
            let (kind, one, two) = match parts {
                NamedParts::Header(kind) => (*kind, named(*kind, head), own(other(*kind))),
                NamedParts::Column(kind) => (*kind, named(*kind, first), own(other(*kind))),
                NamedParts::Both(header, column) => (*header, named(*header, head), named(*column, first)),
            };
            let (Some(one), Some(two)) = (one, two) else { continue };
            let (level, competency) = if kind == Kind::Level { (one, two) } else { (two, one) };
            let heading = head.map_or("", |head| head.text.as_str());
            all.push(Rated { level, competency, text, span, heading });
        }
    }
    all
}

/// Whether the profile of a level has a step of a competency.
fn has_profile(cells: &NamedCells<'_, '_, '_>, level: PageId, competency: PageId) -> bool {
    match &cells.names.pages().get(level).front_matter {
        FrontMatter::Level(level) => {
            let mut names = level.profile.iter().map(|(name, _)| (cells.find)(Kind::Competency, &name.value));
            names.any(|found| found == Found::One(competency))
        }
        _ => false,
    }
}
