//! Tables with the names of competencies and levels in their header or their first column, which fill cells.

use std::borrow::Cow;

use crate::ladder::expectations::statement::says_not_applicable;
use crate::ladder::expectations::table_expectations::{lines, says_examples, says_expectations};
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::sections::explained_names::{explanation, with_names_alone};
use crate::ladder::sections::name_column::{is_label_heading, with_names_first, without_titles};
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::named_parts::{NamedParts, has_sentences, named_parts};
use crate::ladder::sections::rating_tables;
use crate::ladder::sections::section::SectionKind;
use crate::ladder::sections::steps_in_table;
use crate::markdown::{Block, Heading, Item, Paragraph, PartialHtml, Table, TableCell};
use crate::name::anchor;
use crate::page::{Kind, PageId};

/// Fills the cells that a table names.
pub(crate) fn read(cells: &mut NamedCells<'_, '_, '_>, table: &Table) {
    let table = with_names_alone(cells, table);
    if steps_in_table::read(cells, &table) {
        return;
    }
    let Some(table) = with_names_first(cells, &table) else { return };
    let table = &*table;
    let Some(parts) = named_parts(cells, table) else { return };
    if !has_sentences(cells, table, &parts) {
        rating_tables::report(cells, table, &parts);
        return;
    }
    match parts {
        NamedParts::Header(kind) => read_columns(cells, table, kind),
        NamedParts::Column(Kind::Level) => {
            let table = without_titles(cells, Cow::Borrowed(table));
            read_rows(cells, &table, Kind::Level);
        }
        NamedParts::Column(kind) => read_rows(cells, table, kind),
        NamedParts::Both(header, column) => read_both(cells, table, header, column),
    }
}

/// Reads a table whose first column names cells: `| Craft | Writes tests. |`.
fn read_rows(cells: &mut NamedCells<'_, '_, '_>, table: &Table, kind: Kind) {
    let corner = table.header.first().is_some_and(|cell| cells.is_name(kind, &cell.text));
    let header: Vec<TableCell> = table.header.iter().skip(1).map(|cell| sub_header(cells, cell, corner)).collect();
    let head = Some(&table.header).filter(|_| corner);
    let has_text = table.rows.iter().any(|row| has_lines(row.get(1..).unwrap_or_default()));
    let mut current: Option<(PageId, &Paragraph)> = None;
    let mut unfilled = Vec::new();
    for row in head.into_iter().chain(&table.rows) {
        let Some((name, rest)) = row.split_first() else { continue };
        current = named_row(cells, kind, name, rest, current);
        let Some((id, paragraph)) = current else { continue };
        if let Some(line) = not_applicable(rest) {
            let (level, competency) = cells.level_and_competency(id);
            cells.add_not_applicable(level, competency, line);
            continue;
        }
        let mut part = explanation_of(name);
        if has_lines(rest) {
            let rows = vec![rest.to_vec()];
            let (header, span) = (header.clone(), table.span.clone());
            part.push(Block::Table(Table { html: PartialHtml::default(), header, rows, span }));
        } else if part.is_empty() {
            continue;
        } else if has_text {
            unfilled.push((id, name));
        }
        cells.add(0, SectionKind::Cell(id), paragraph, |_, _| part);
    }
    for (id, name) in unfilled {
        cells.check_filled(SectionKind::Cell(id), name);
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

/// The explanation below a name, as the introduction of its cell.
fn explanation_of(name: &TableCell) -> Vec<Block> {
    explanation(name).map(|line| Block::Paragraph(Paragraph { tight: false, ..line.clone() })).collect()
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
            let kind = SectionKind::Cell(id);
            let mut part = if cells.has(at, kind) { Vec::new() } else { explanation_of(head) };
            cells.add(at, kind, name, |id, taken| {
                part.extend(labelled(table, label, cell, (id, taken)));
                part
            });
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
    let (mut current, mut row_name) = (None, None);
    for row in &table.rows {
        let Some((name, rest)) = row.split_first() else { continue };
        current = named_row(cells, first, name, rest, current);
        row_name = Some(name).filter(|name| !name.lines.is_empty()).or(row_name);
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
            let names = [table.header.get(at), row_name].into_iter().flatten();
            let mut part: Vec<Block> = names.filter(|_| !cells.has(at, kind)).flat_map(explanation_of).collect();
            part.push(single(table, cell));
            cells.add(at, kind, &opening, |_, _| part);
        }
    }
}
