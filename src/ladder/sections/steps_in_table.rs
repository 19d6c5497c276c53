//! Tables that describe the steps of a competency's scale: `| Step | What it means |`.

use std::ops::Range;

use crate::diagnostic::{catalog, did_you_mean};
use crate::ladder::expectations::table_expectations::lines;
use crate::ladder::sections::explained_names::explanation;
use crate::ladder::sections::name_column::{column, has_text, is_label_heading};
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::section::SectionKind;
use crate::markdown::{Block, Item, Paragraph, PartialHtml, Table, TableCell};
use crate::name::fold;
use crate::page::Kind;

/// Reads the criteria of steps, if a column or the header names steps that no heading of the page has. Returns whether it
/// does.
pub(crate) fn read(cells: &mut NamedCells<'_, '_, '_>, table: &Table) -> bool {
    if cells.steps.is_empty() || names_levels(cells, table) {
        return false;
    }
    let steps_in = |at: usize| column(table, at).filter(|cell| cells.step(&cell.text).is_some()).count();
    let in_header = table.header.iter().filter(|head| cells.step(&head.text).is_some()).count();
    let Some(at) = (0..table.header.len()).rev().max_by_key(|at| steps_in(*at)) else { return false };
    let in_column = steps_in(at);
    if in_column == 0 && in_header < 2 {
        return report_unnamed(cells, table);
    }
    let is_column = in_column >= in_header;
    let names: Vec<&TableCell> = if is_column { column(table, at).collect() } else { table.header.iter().collect() };
    let has_criteria = table.rows.iter().flat_map(|row| row.iter().enumerate()).any(|(of, cell)| {
        let is_beside = !is_column || of != at;
        is_beside && lines(cell).any(|line| line.text.contains(char::is_whitespace) && !is_list_of_levels(cells, line))
    });
    if !has_criteria || cells.have_headings(names.iter().map(|cell| cell.text.as_str())) {
        return false;
    }
    if is_column {
        read_rows(cells, table, at);
    } else {
        read_columns(cells, table);
    }
    true
}

/// Whether a table names levels, whose cells it fills.
fn names_levels(cells: &NamedCells<'_, '_, '_>, table: &Table) -> bool {
    let first = table.rows.iter().filter_map(|row| row.first());
    let mut names = table.header.iter().chain(first).filter(|cell| !cell.text.is_empty());
    names.any(|cell| cells.step(&cell.text).is_none() && cells.is_name(Kind::Level, &cell.text))
}

/// Whether a line only lists levels, such as those that need a step.
fn is_list_of_levels(cells: &NamedCells<'_, '_, '_>, line: &Paragraph) -> bool {
    line.text.split([',', ';', '/']).all(|part| cells.is_name(Kind::Level, part))
}

fn read_rows(cells: &mut NamedCells<'_, '_, '_>, table: &Table, names: usize) {
    let is_row = table.header.get(names).is_some_and(|head| cells.step(&head.text).is_some());
    let is_count = |at: usize| at < names && !column(table, at).any(|cell| cell.text.contains(char::is_alphabetic));
    let mut unknown = Vec::new();
    let mut current = None;
    for row in Some(&table.header).filter(|_| is_row).into_iter().chain(&table.rows) {
        let others = row.iter().enumerate().filter(|(at, _)| *at != names && !is_count(*at));
        let others: Vec<(usize, &TableCell)> = others.filter(|(_, cell)| lines(cell).next().is_some()).collect();
        if let Some(name) = row.get(names).filter(|name| !name.text.is_empty()) {
            let step = cells.step(&name.text);
            current = step.zip(name.lines.first());
            if step.is_none() {
                unknown.push(name);
            } else if let Some((step, paragraph)) = current {
                let below: Vec<Block> = explanation(name).map(loose).collect();
                cells.add(0, SectionKind::Step(step), paragraph, |_, _| below);
            }
        }
        let Some((step, name)) = current else { continue };
        let label = |at: usize| table.header.get(at).filter(|_| !is_row).map_or("", |head| head.text.as_str());
        let criteria = others
            .iter()
            .enumerate()
            .flat_map(|(nth, (at, cell))| criteria(cell, if nth == 0 { "" } else { label(*at) }));
        let criteria: Vec<Block> = criteria.collect();
        cells.add(0, SectionKind::Step(step), name, |_, _| criteria);
    }
    report_unknown(cells, &unknown);
}

fn read_columns(cells: &mut NamedCells<'_, '_, '_>, table: &Table) {
    let is_labelled = table.header.len() > 1 && table.header.first().is_some_and(|head| is_label_heading(&head.text));
    let mut unknown = Vec::new();
    for (at, head) in table.header.iter().enumerate().skip(is_labelled.into()) {
        let inside = || column(table, at).any(|cell| lines(cell).next().is_some());
        let Some((step, name)) = cells.step(&head.text).zip(head.lines.first()) else {
            unknown.extend(Some(head).filter(|_| inside()));
            continue;
        };
        let mut content: Vec<Block> = explanation(head).map(loose).collect();
        for row in &table.rows {
            let label = row.first().filter(|_| is_labelled).map_or("", |label| label.text.as_str());
            content.extend(row.get(at).into_iter().flat_map(|cell| criteria(cell, label)));
        }
        cells.add(at, SectionKind::Step(step), name, |_, _| content);
    }
    report_unknown(cells, &unknown);
}

/// The blocks for a cell: a paragraph for one line, a list for several; with the label of its column or row.
fn criteria(cell: &TableCell, label: &str) -> Vec<Block> {
    let lines: Vec<&Paragraph> = lines(cell).collect();
    match lines.as_slice() {
        [line] if label.is_empty() => vec![loose(line)],
        [line] => {
            let html = PartialHtml::labelled(&PartialHtml::text(label), &line.html);
            vec![loose(&Paragraph { html, text: format!("{label}: {}", line.text), ..(*line).clone() })]
        }
        lines => {
            let item =
                |line: &&Paragraph| Item { blocks: vec![Block::Paragraph((*line).clone())], span: line.span.clone() };
            let list = Block::List { start: None, items: lines.iter().map(item).collect() };
            let intro = lines.first().filter(|_| !label.is_empty()).map(|line| {
                let text = format!("{label}:");
                loose(&Paragraph { html: PartialHtml::text(&text), text, ..(*line).clone() })
            });
            intro.into_iter().chain((!lines.is_empty()).then_some(list)).collect()
        }
    }
}

fn loose(line: &Paragraph) -> Block {
    Block::Paragraph(Paragraph { tight: false, ..line.clone() })
}

/// Reports a table whose heading says that it names steps, although none of the names is one. Returns whether it does.
fn report_unnamed(cells: &mut NamedCells<'_, '_, '_>, table: &Table) -> bool {
    let is_declared = table.header.first().is_some_and(|head| matches!(fold(&head.text).as_str(), "step" | "steps"));
    if !is_declared
        || !has_text(table, |at| at > 0)
        || cells.have_headings(cells.steps.iter().map(|step| step.value.as_str()))
    {
        return false;
    }
    let names: Vec<&TableCell> = column(table, 0).filter(|cell| !cell.text.is_empty()).collect();
    report_unknown(cells, &names);
    !names.is_empty()
}

fn report_unknown(cells: &mut NamedCells<'_, '_, '_>, names: &[&TableCell]) {
    let names: Vec<(&str, &Range<usize>)> = names
        .iter()
        .map(|name| (name.text.as_str(), name.lines.first().map_or(&name.span, |line| &line.span)))
        .collect();
    report_unknown_steps(cells, &names);
}

/// Reports names in a table or list that are no steps of the scale.
pub(crate) fn report_unknown_steps(cells: &mut NamedCells<'_, '_, '_>, names: &[(&str, &Range<usize>)]) {
    let Some(((text, span), more)) = names.split_first() else { return };
    let near = did_you_mean(text, cells.steps.iter().map(|step| step.value.as_str()));
    let page = cells.page();
    let more = more.iter().map(|(_, span)| page.span(span)).collect();
    let diagnostic = catalog::unknown_step_in_block(page.span(span), text, cells.form, near, more);
    cells.report(diagnostic);
}
