//! Tables with the names of competencies and levels in their header or their first column, which fill cells.

use crate::ladder::compare::words::words;
use crate::ladder::expectations::statement::says_not_applicable;
use crate::ladder::expectations::table_expectations::{lines, says_examples, says_expectations};
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::sections::name_column::{
    ends_sentence, has_text, is_label_heading, looks_like_level, says_kind, with_names_first,
};
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::section::SectionKind;
use crate::markdown::{Block, Heading, Item, Paragraph, PartialHtml, Table, TableCell};
use crate::name::anchor;
use crate::page::{Kind, PageId};

/// The parts of a table that name cells.
enum NamedParts {
    /// Only the header names cells.
    Header(Kind),
    /// Only the first column does.
    Column(Kind),
    /// Both together do: the kind in the header, and that in the first column.
    Both(Kind, Kind),
}

/// Fills the cells that a table names.
pub(crate) fn read(cells: &mut NamedCells<'_, '_, '_>, table: &Table) {
    let Some(table) = with_names_first(cells, table) else { return };
    let table = &*table;
    match named_parts(cells, table).filter(|parts| has_sentences(table, parts)) {
        Some(NamedParts::Header(kind)) => read_columns(cells, table, kind),
        Some(NamedParts::Column(kind)) => read_rows(cells, table, kind),
        Some(NamedParts::Both(header, column)) => read_both(cells, table, header, column),
        None => {}
    }
}

/// Whether a table has more than numbers, marks and ratings such as `Advanced` for the cells that it names. One that
/// doesn't is prose: it shows weights or steps, not expectations.
fn has_sentences(table: &Table, parts: &NamedParts) -> bool {
    let names = usize::from(!matches!(parts, NamedParts::Header(_)));
    let rows = table.rows.iter().chain(std::iter::once(&table.header).filter(|_| names > 0));
    let mut all = rows.flat_map(|row| row.iter().skip(names)).flat_map(lines);
    all.any(|line| words(&line.text).filter(|word| word.contains(char::is_alphabetic)).count() > 1)
}

/// The first cells of the rows.
fn column(table: &Table) -> impl Iterator<Item = &TableCell> {
    table.rows.iter().filter_map(|row| row.first())
}

/// The parts of a table that name cells; none if it is prose. A name in the corner counts only if the other direction
/// has none.
fn named_parts(cells: &NamedCells<'_, '_, '_>, table: &Table) -> Option<NamedParts> {
    let count = |kind, cells_of: &mut dyn Iterator<Item = &TableCell>| {
        cells_of.filter(|cell| !cell.text.is_empty() && cells.is_name(kind, &cell.text)).count()
    };
    let both = |header, first| {
        let names = count(header, &mut table.header.iter().skip(1));
        let rows = count(first, &mut column(table));
        (names > 0 && rows > 0).then_some((names + rows, NamedParts::Both(header, first)))
    };
    let both = [both(Kind::Level, Kind::Competency), both(Kind::Competency, Kind::Level)];
    let both = both.into_iter().flatten().max_by_key(|(names, _)| *names).map(|(_, parts)| parts);
    let both = both.or_else(|| half_known_parts(cells, table));
    let Some(target) = cells.target() else { return both };
    if let Some(NamedParts::Both(header, first)) = both {
        // Where one direction names only this page, the other one has the cells.
        let other = |cell: &&TableCell| !cell.text.is_empty() && !cells.is_own_name(&cell.text);
        let mut headings = table.header.iter().skip(1).filter(|cell| cells.is_name(header, &cell.text));
        let mut unknown = table.header.iter().skip(1).filter(|cell| !cells.is_name(header, &cell.text));
        let is_level = |cell: &TableCell| header == Kind::Level && looks_like_level(cells, &cell.text);
        if first == target && !headings.any(|cell| other(&cell)) && !unknown.any(is_level) {
            return Some(NamedParts::Column(target));
        }
        if header == target && column(table).filter(other).count() == 0 {
            return Some(NamedParts::Header(target));
        }
        return both;
    }
    let header = count(target, &mut table.header.iter());
    let rows = count(target, &mut table.header.iter().take(1).chain(column(table)));
    match (header, rows) {
        (0, 0) => nearly_named_parts(cells, table, target).or_else(|| declared_parts(cells, table, target)),
        (header, rows) if rows > header => Some(NamedParts::Column(target)),
        _ => Some(NamedParts::Header(target)),
    }
}

/// The part of a table in which all names are nearly those of cells.
fn nearly_named_parts(cells: &NamedCells<'_, '_, '_>, table: &Table, kind: Kind) -> Option<NamedParts> {
    let all_near = |texts: Vec<&str>| texts.len() > 1 && texts.iter().all(|text| cells.is_near(kind, text));
    let texts = |cells: &mut dyn Iterator<Item = &'_ TableCell>| -> Vec<String> {
        cells.map(|cell| cell.text.clone()).filter(|text| !text.is_empty()).collect()
    };
    let (header, rows) = (texts(&mut table.header.iter()), texts(&mut column(table)));
    if all_near(header.iter().map(String::as_str).collect()) {
        return Some(NamedParts::Header(kind));
    }
    all_near(rows.iter().map(String::as_str).collect()).then_some(NamedParts::Column(kind))
}

/// The parts of a table with names in one direction, and unknown ones in the other.
fn half_known_parts(cells: &NamedCells<'_, '_, '_>, table: &Table) -> Option<NamedParts> {
    let is_unknown = |(header, first): &(Kind, Kind)| {
        let heads: Vec<&TableCell> = table.header.iter().skip(1).filter(|cell| !cell.text.is_empty()).collect();
        let names: Vec<&TableCell> = column(table).filter(|cell| !cell.text.is_empty()).collect();
        let is_head = |cell: &&TableCell| cells.is_name(*header, &cell.text);
        let is_row = |cell: &&TableCell| cells.is_name(*first, &cell.text);
        let inside = table.rows.iter().flat_map(|row| row.iter().skip(1)).flat_map(lines);
        let (sentences, others): (Vec<_>, Vec<_>) = inside.partition(|line| ends_sentence(&line.text));
        let is_level = |cell: &&TableCell| looks_like_level(cells, &cell.text);
        let unread = |kind: Kind| cells.names.has_untitled(Some(kind));
        let are_levels_unknown = *header == Kind::Level && names.iter().all(is_row) && heads.iter().all(is_level);
        let are_rows_unknown = heads.iter().all(is_head) && !names.iter().any(is_row);
        heads.len() > 1
            && !names.is_empty()
            && sentences.len() >= others.len().max(1)
            && ((are_levels_unknown && !heads.iter().any(is_head) && !unread(*header))
                || (are_rows_unknown && !unread(*first)))
    };
    let kinds = [(Kind::Level, Kind::Competency), (Kind::Competency, Kind::Level)];
    let mut kinds = kinds.into_iter().filter(|(_, first)| cells.target().is_none_or(|target| target == *first));
    kinds.find(is_unknown).map(|(header, first)| NamedParts::Both(header, first))
}

/// The first column, if its heading says that it names cells, although none of the names is known.
fn declared_parts(cells: &NamedCells<'_, '_, '_>, table: &Table, kind: Kind) -> Option<NamedParts> {
    let is_declared = table.header.first().is_some_and(|head| says_kind(kind, &head.text));
    let is_lost = is_declared && has_text(table, |at| at > 0) && !cells.names.has_untitled(Some(kind));
    is_lost.then_some(NamedParts::Column(kind))
}

/// Reads a table whose first column names cells: `| Craft | Writes tests. |`.
fn read_rows(cells: &mut NamedCells<'_, '_, '_>, table: &Table, kind: Kind) {
    let corner = table.header.first().is_some_and(|cell| cells.is_name(kind, &cell.text));
    let header: Vec<TableCell> = table.header.iter().skip(1).map(|cell| sub_header(cells, cell, corner)).collect();
    let head = Some(&table.header).filter(|_| corner);
    let mut current: Option<(PageId, &Paragraph)> = None;
    for row in head.into_iter().chain(&table.rows) {
        let Some((name, rest)) = row.split_first() else { continue };
        current = named_row(cells, kind, name, rest, current);
        let Some((id, paragraph)) = current else { continue };
        if let Some(line) = not_applicable(rest) {
            let (level, competency) = cells.level_and_competency(id);
            cells.add_not_applicable(level, competency, line);
        }
        if !has_lines(rest) {
            continue;
        }
        let rows = vec![rest.to_vec()];
        let (header, span) = (header.clone(), table.span.clone());
        let part = Block::Table(Table { html: PartialHtml::default(), header, rows, span });
        cells.add(0, SectionKind::Cell(id), paragraph, |_, _| vec![part]);
    }
}

/// A column heading of the part of a table that one cell has. One that names the page itself is above its expectations.
fn sub_header(cells: &NamedCells<'_, '_, '_>, cell: &TableCell, is_row: bool) -> TableCell {
    let text = match cell.text.as_str() {
        _ if is_row => String::new(),
        "" => String::new(),
        text if cells.is_own_name(text) => "Expectations".to_owned(),
        text => text.to_owned(),
    };
    TableCell { text, lines: Vec::new(), span: cell.span.clone() }
}

/// The page that a row is for: the one that its first cell names, or that of the row above if it's empty.
fn named_row<'t>(
    cells: &mut NamedCells<'_, '_, '_>,
    kind: Kind,
    name: &'t TableCell,
    rest: &[TableCell],
    above: Option<(PageId, &'t Paragraph)>,
) -> Option<(PageId, &'t Paragraph)> {
    match name.lines.first() {
        None if above.is_some() || !has_lines(rest) => above,
        None => cells.page_named(kind, "", &name.span).zip(None),
        Some(paragraph) => cells.page_named(kind, &name.text, &paragraph.span).map(|id| (id, paragraph)),
    }
}

/// The line of one of some cells that says that nothing is expected, if none of them has expectations.
fn not_applicable<'t>(cells: impl IntoIterator<Item = &'t TableCell>) -> Option<&'t Paragraph> {
    let mut found = None;
    for cell in cells {
        if lines(cell).next().is_some() {
            return None;
        }
        found = found.or(cell.lines.iter().find(|line| says_not_applicable(line.text.trim())));
    }
    found
}

fn has_lines(cells: &[TableCell]) -> bool {
    cells.iter().any(|cell| lines(cell).next().is_some())
}

/// Reads a table whose header names cells. A first column without a heading labels the rows.
fn read_columns(cells: &mut NamedCells<'_, '_, '_>, table: &Table, kind: Kind) {
    let is_labelled = table.header.len() > 1 && table.header.first().is_some_and(|cell| is_label_heading(&cell.text));
    for (at, head) in table.header.iter().enumerate().skip(is_labelled.into()) {
        let inside = || table.rows.iter().filter_map(|row| row.get(at));
        let Some(name) = head.lines.first() else {
            if inside().any(|cell| lines(cell).next().is_some()) {
                cells.page_named(kind, "", &head.span);
            }
            continue;
        };
        let Some(id) = cells.page_named(kind, &head.text, &name.span) else { continue };
        if let Some(line) = not_applicable(inside()) {
            let (level, competency) = cells.level_and_competency(id);
            cells.add_not_applicable(level, competency, line);
        }
        for row in &table.rows {
            let Some(cell) = row.get(at).filter(|cell| lines(cell).next().is_some()) else { continue };
            let label = row.first().filter(|_| is_labelled);
            let is_plain = label.is_none_or(|label| {
                says_expectations(&label.text)
                    || !label.text.contains(char::is_alphabetic)
                    || cells.is_own_name(&label.text)
            });
            let label = label.filter(|label| !is_plain && !label.text.is_empty());
            cells.add(at, SectionKind::Cell(id), name, |id, taken| labelled(table, label, cell, (id, taken)));
        }
    }
}

/// The blocks for a cell of a labelled row.
fn labelled(
    table: &Table,
    label: Option<&TableCell>,
    cell: &TableCell,
    (id, taken): (&str, &mut TakenAnchors<'_>),
) -> Vec<Block> {
    let Some((label, name)) = label.and_then(|label| Some((label, label.lines.first()?))) else {
        return vec![single(table, cell)];
    };
    if says_examples(&label.text) {
        let item = |line: &Paragraph| Item { blocks: vec![Block::Paragraph(line.clone())], span: line.span.clone() };
        let blocks = vec![Block::List { start: None, items: lines(cell).map(item).collect() }];
        let summary_text = "Examples".to_owned();
        return vec![Block::Details { summary: PartialHtml::text(&summary_text), summary_text, open: false, blocks }];
    }
    let heading = Heading {
        level: 6,
        id: taken.take_free(&format!("{id}-{}", anchor(&label.text))),
        classes: Vec::new(),
        html: name.html.clone(),
        text: label.text.clone(),
        span: name.span.clone(),
    };
    vec![Block::Heading(heading), single(table, cell)]
}

/// A cell of a table as a table of its own.
fn single(table: &Table, cell: &TableCell) -> Block {
    let header = vec![TableCell { lines: Vec::new(), text: String::new(), span: cell.span.clone() }];
    let rows = vec![vec![cell.clone()]];
    Block::Table(Table { html: PartialHtml::default(), header, rows, span: table.span.clone() })
}

/// Reads a table with levels in one direction and competencies in the other.
fn read_both(cells: &mut NamedCells<'_, '_, '_>, table: &Table, header: Kind, first: Kind) {
    let heads = table.header.iter().enumerate().skip(1);
    let named: Vec<(usize, Option<PageId>)> = heads
        .map(|(at, head)| {
            let is_blank = table.rows.iter().filter_map(|row| row.get(at)).all(|cell| lines(cell).next().is_none());
            let span = head.lines.first().map_or(&head.span, |line| &line.span);
            let name = (!head.text.is_empty() || !is_blank).then(|| cells.page_named(header, &head.text, span));
            (at, name.flatten())
        })
        .collect();
    let mut current = None;
    for row in &table.rows {
        let Some((name, rest)) = row.split_first() else { continue };
        current = named_row(cells, first, name, rest, current);
        let Some((row_page, _)) = current else { continue };
        for (at, column_page) in named.iter().filter_map(|(at, page)| Some((*at, (*page)?))) {
            let Some(cell) = row.get(at) else { continue };
            let (level, competency) =
                if header == Kind::Level { (column_page, row_page) } else { (row_page, column_page) };
            let Some(line) = lines(cell).next() else {
                if let Some(line) = not_applicable([cell]) {
                    cells.add_not_applicable(level, competency, line);
                }
                continue;
            };
            let other = if cells.page().kind == Kind::Competency { level } else { competency };
            let text = cells.names.pages().get(other).title.value.clone();
            let opening = Paragraph { html: PartialHtml::text(&text), text, ..line.clone() };
            let kind = cells.kind_of(level, competency);
            cells.add(at, kind, &opening, |_, _| vec![single(table, cell)]);
        }
    }
}
