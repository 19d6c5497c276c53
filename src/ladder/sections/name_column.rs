//! Finds the column of a table that names competencies or levels, if it isn't the first one.

use std::borrow::Cow;

use crate::diagnostic::catalog;
use crate::ladder::compare::words::words;
use crate::ladder::expectations::table_expectations::{lines, says_expectations};
use crate::ladder::sections::named_cells::NamedCells;
use crate::markdown::{PartialHtml, Table, TableCell};
use crate::name::fold;
use crate::page::Kind;

/// The table with the column that names cells as its first one. Columns before it that only count the rows are left out.
/// None if it's unclear which column has the expectations, which is reported.
pub(crate) fn with_names_first<'t>(cells: &mut NamedCells<'_, '_, '_>, table: &'t Table) -> Option<Cow<'t, Table>> {
    let Some((at, kind)) = name_column(cells, table) else { return Some(Cow::Borrowed(table)) };
    let is_count = |column: usize| !self::column(table, column).flat_map(lines).any(|line| has_letters(&line.text));
    let is_label = |column: usize| table.header.get(column).is_some_and(|head| is_label_heading(&head.text));
    let is_clear = table.header.iter().any(|head| says_expectations(&head.text))
        || (0..at).all(|column| is_count(column) || is_label(column));
    if is_clear {
        let order: Vec<usize> = std::iter::once(at)
            .chain((0..table.header.len()).filter(|to| *to != at && (*to > at || !is_count(*to))))
            .collect();
        let arranged = |row: &Vec<TableCell>| order.iter().filter_map(|at| row.get(*at)).cloned().collect();
        let (header, rows) = (arranged(&table.header), table.rows.iter().map(arranged).collect());
        return Some(Cow::Owned(Table { html: PartialHtml::default(), header, rows, span: table.span.clone() }));
    }
    let is_lost = has_text(table, |column| column != at) && names(cells, kind, table, at) > 0;
    let head = table.header.get(at).filter(|_| is_lost)?;
    let span = cells.page().span(head.lines.first().map_or(&head.span, |line| &line.span));
    cells.report(catalog::names_not_in_first_column(span, &head.text, many(kind)));
    None
}

/// The column that names cells, if neither the header nor the first column does, and the kind that it names.
fn name_column(cells: &NamedCells<'_, '_, '_>, table: &Table) -> Option<(usize, Kind)> {
    let kinds = cells.target().map_or_else(|| vec![Kind::Competency, Kind::Level], |kind| vec![kind]);
    let is_first = |kind: &Kind| names(cells, *kind, table, 0) > 0;
    let is_headed =
        |kind: &Kind| table.header.iter().any(|head| cells.is_name(*kind, &head.text) && !head.text.is_empty());
    if kinds.iter().any(|kind| is_first(kind) || (cells.target().is_some() && is_headed(kind))) {
        return None;
    }
    let named = |(at, kind): &(usize, Kind)| {
        let all = column(table, *at).filter(|cell| !cell.text.is_empty()).count();
        let names = names(cells, *kind, table, *at);
        let says = table.header.get(*at).is_some_and(|head| says_kind(*kind, &head.text));
        all > 0 && (names == all || (says && (names == 0 || names * 2 > all)))
    };
    (1..table.header.len()).flat_map(|at| kinds.iter().map(move |kind| (at, *kind))).find(named)
}

/// The table without the columns that repeat the names of the levels in the first one: `| Level | Title | Expectation |`.
/// Those with other names are reported, as they would be details or expectations.
pub(crate) fn without_titles<'t>(cells: &mut NamedCells<'_, '_, '_>, table: Cow<'t, Table>) -> Cow<'t, Table> {
    const HEADINGS: [&str; 6] = ["code", "grade", "job title", "name", "role", "title"];
    const MAX_WORDS: usize = 6;
    let is_title = |cell: &TableCell| !ends_sentence(&cell.text) && words(&cell.text).count() <= MAX_WORDS;
    let of_titles = (1..table.header.len())
        .filter(|at| HEADINGS.contains(&fold(&table.header[*at].text).as_str()) && column(&table, *at).all(is_title));
    let of_titles: Vec<usize> = of_titles.collect();
    let Some(first) = of_titles.first() else { return table };
    let repeats = |row: &[TableCell], at: usize| {
        let page = |at: usize| row.get(at).map(|cell| (cells.find)(Kind::Level, &cell.text));
        row.get(at).is_none_or(|cell| cell.text.is_empty()) || page(at) == page(0)
    };
    let are_known = table.rows.iter().all(|row| of_titles.iter().all(|at| repeats(row, *at)));
    let head = &table.header[*first];
    let span = cells.page().span(head.lines.first().map_or(&head.span, |line| &line.span));
    if !are_known {
        cells.report(catalog::column_of_titles(span, &head.text));
    }
    let others = |row: &Vec<TableCell>| {
        let kept = row.iter().enumerate().filter(|(at, _)| !of_titles.contains(at));
        kept.map(|(_, cell)| cell.clone()).collect::<Vec<_>>()
    };
    let (header, rows) = (others(&table.header), table.rows.iter().map(others).collect());
    Cow::Owned(Table { html: PartialHtml::default(), header, rows, span: table.span.clone() })
}

fn names(cells: &NamedCells<'_, '_, '_>, kind: Kind, table: &Table, at: usize) -> usize {
    column(table, at).filter(|cell| !cell.text.is_empty() && cells.is_name(kind, &cell.text)).count()
}

/// The cells of a column below its heading.
pub(crate) fn column(table: &Table, at: usize) -> impl Iterator<Item = &TableCell> {
    table.rows.iter().filter_map(move |row| row.get(at))
}

/// Whether a heading of a column says that it names pages of a kind.
pub(crate) fn says_kind(kind: Kind, heading: &str) -> bool {
    let heading = fold(heading);
    heading == kind.as_str() || heading == many(kind)
}

fn many(kind: Kind) -> &'static str {
    if kind == Kind::Level { "levels" } else { "competencies" }
}

/// Whether a column with this heading labels the rows, in a table whose other headings name cells. Any other heading could
/// be an unknown name.
pub(crate) fn is_label_heading(text: &str) -> bool {
    let words = ["", "area", "areas", "aspect", "category", "competency", "group", "level", "theme", "topic"];
    words.contains(&fold(text).as_str())
}

/// Whether some columns have a sentence below their headings, not only numbers, ratings and short labels.
pub(crate) fn has_text(table: &Table, is_column: impl Fn(usize) -> bool) -> bool {
    const MIN_WORDS: usize = 5;
    let inside = table.rows.iter().flat_map(|row| row.iter().enumerate().filter(|(at, _)| is_column(*at)));
    inside.flat_map(|(_, cell)| lines(cell)).any(|line| {
        let count = words(&line.text).filter(|word| has_letters(word)).count();
        (count > 1 && ends_sentence(&line.text)) || count >= MIN_WORDS
    })
}

/// Whether a text ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '。'])
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}
