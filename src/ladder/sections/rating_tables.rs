//! Tables with a single word for each cell that they name: a step of a competency's scale, or another rating.

use crate::diagnostic::catalog;
use crate::ladder::expectations::table_expectations::lines;
use crate::ladder::page_names::Found;
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::named_parts::NamedParts;
use crate::markdown::{Paragraph, Table, TableCell};
use crate::name::closest;
use crate::page::{FrontMatter, Kind, PageId};

/// Whether a table has a step of a competency's scale for a level whose profile has no step of it. It's read as cells, of
/// which each is reported as a step.
pub(crate) fn has_steps(cells: &NamedCells<'_, '_, '_>, table: &Table, parts: &NamedParts) -> bool {
    let rated = rated(cells, table, parts);
    if !rated.is_empty() {
        // Scales and profiles are in the front matter of other pages.
        cells.names.record_diagnostic();
    }
    rated.into_iter().any(|Rated { level, competency, word }| {
        let steps = cells.names.pages().get(competency).scale();
        let is_step = closest(&word.text, steps.iter().map(|step| [step.value.as_str()])).is_some();
        is_step && !has_profile(cells, level, competency)
    })
}

/// Reports a table that names levels in one direction and competencies in the other, and has a word for each.
pub(crate) fn report(cells: &mut NamedCells<'_, '_, '_>, table: &Table, parts: &NamedParts) {
    if !matches!(parts, NamedParts::Both(..)) {
        return;
    }
    let rated = rated(cells, table, parts);
    let words = rated.iter().filter(|rated| rated.word.text.contains(char::is_alphabetic));
    let Some(Rated { level, competency, word }) =
        words.into_iter().find(|rated| !has_profile(cells, rated.level, rated.competency))
    else {
        return;
    };
    let title = |page: PageId| &cells.names.pages().get(page).title.value;
    let span = cells.page().span(&word.span);
    cells.report(catalog::single_words(span, title(*competency), title(*level)));
}

/// A cell with a single line.
struct Rated<'t> {
    level: PageId,
    competency: PageId,
    word: &'t Paragraph,
}

fn rated<'t>(cells: &NamedCells<'_, '_, '_>, table: &'t Table, parts: &NamedParts) -> Vec<Rated<'t>> {
    let named = |kind: Kind, cell: Option<&TableCell>| match (cells.find)(kind, &cell?.text) {
        Found::One(id) => Some(id),
        _ => None,
    };
    let own = |kind: Kind| (cells.page().kind == kind).then_some(cells.id);
    let other = |kind: Kind| if kind == Kind::Level { Kind::Competency } else { Kind::Level };
    let mut all = Vec::new();
    for row in std::iter::once(&table.header).chain(&table.rows) {
        for (at, cell) in row.iter().enumerate() {
            let mut words = lines(cell);
            let (Some(word), None) = (words.next(), words.next()) else { continue };
            let (head, first) = (table.header.get(at), row.first().filter(|_| at > 0));
            let (kind, one, two) = match parts {
                NamedParts::Header(kind) => (*kind, named(*kind, head), own(other(*kind))),
                NamedParts::Column(kind) => (*kind, named(*kind, first), own(other(*kind))),
                NamedParts::Both(header, column) => (*header, named(*header, head), named(*column, first)),
            };
            let (Some(one), Some(two)) = (one, two) else { continue };
            let (level, competency) = if kind == Kind::Level { (one, two) } else { (two, one) };
            all.push(Rated { level, competency, word });
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
