//! Cells and their expectations, from the bodies of levels and competencies.

use std::collections::HashMap;
use std::sync::Arc;

use super::Role;
use super::assemble::Assembly;
use super::model::{CompetencyId, Expectation, ExpectationId, LevelId, Own, Written};
use super::page_sections::{PageSections, Section};
use super::sections::What;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Block;
use crate::page::PageId;

/// Adds the cells that the bodies of levels and competencies hold.
pub(super) fn add(assembly: &mut Assembly<'_>, readings: &[(PageId, &PageSections)]) {
    let mut steps = Vec::new();
    let mut described = HashMap::new();
    for (id, reading) in readings {
        let (id, page) = (*id, assembly.pages.get(*id));
        if !reading.diagnostics.is_empty() {
            assembly.mark_uncertain(page);
        }
        assembly.diagnostics.extend(reading.diagnostics.iter().cloned());
        assembly.ladder.layouts.insert(id, Arc::clone(&reading.layout));
        for section in &reading.sections {
            let heading = &section.written.heading;
            match (assembly.ladder.role(id), section.what) {
                (Some(Role::Level(level)), What::Own) => add_own(assembly, level, &section.written),
                (Some(Role::Level(level)), What::Cell(other)) => {
                    if let Some(Role::Competency(competency)) = assembly.ladder.role(other) {
                        add_cell(assembly, level, competency, section);
                    }
                }
                (Some(Role::Competency(competency)), What::Cell(other)) => {
                    if let Some(Role::Level(level)) = assembly.ladder.role(other) {
                        add_cell(assembly, level, competency, section);
                    }
                }
                (Some(Role::Competency(competency)), What::Step(at)) => {
                    let step = &mut assembly.ladder.competencies[competency.0].scale[at];
                    if step.criteria.is_none() {
                        step.criteria = Some(section.blocks.clone());
                        step.anchor.clone_from(&heading.id);
                        described.insert((competency, at), page.span(&heading.span));
                    } else if let Some(first) = described.get(&(competency, at)) {
                        steps.push((page.span(&heading.span), first.clone()));
                    }
                }
                _ => {}
            }
        }
    }
    for (span, first) in steps {
        let diagnostic = Diagnostic::new(Code::DuplicateCell, span, "this step of the scale is described twice")
            .label(first, "first described here");
        assembly.diagnostics.push(diagnostic.help("put both descriptions under one heading"));
    }
}

fn add_own(assembly: &mut Assembly<'_>, level: LevelId, written: &Arc<Written>) {
    let lines = add_lines(assembly, level, written);
    assembly.ladder.levels[level.0].own.push(Own { written: Arc::clone(written), lines });
}

fn add_cell(assembly: &mut Assembly<'_>, level: LevelId, competency: CompetencyId, section: &Section) {
    let (pages, ladder, written) = (assembly.pages, &assembly.ladder, &section.written);
    let span = pages.get(written.page).span(&written.heading.span);
    let level_title = &pages.get(ladder.level(level).page).title.value;
    let title = &pages.get(ladder.competency(competency).page).title.value;
    if let Some(first) = ladder.level(level).cells.get(&competency).and_then(|cell| cell.written.as_ref()) {
        let message = format!("{title} of {level_title} is written twice");
        let diagnostic = Diagnostic::new(Code::DuplicateCell, span, message)
            .label(pages.get(first.page).span(&first.heading.span), "first written here")
            .help("put all of its expectations under one of the two headings");
        assembly.diagnostics.push(diagnostic);
        return;
    }
    if pages.get(written.page).blocks[section.blocks.clone()].iter().all(Block::is_blank) {
        let diagnostic = Diagnostic::new(Code::EmptyCell, span, format!("{title} of {level_title} is empty here"));
        let help = "write its expectations as a list under this heading, or take the heading away";
        assembly.diagnostics.push(diagnostic.help(help));
        assembly.empty.insert((level, competency));
        return;
    }
    if !ladder.applies(level, competency) && !assembly.is_uncertain(pages.get(ladder.competency(competency).page)) {
        let because = ladder.why_not_applicable(level, competency);
        let message = format!("{title} is not applicable to {level_title}, and yet it is written");
        let help = format!("{because}; change that, or take this section away");
        assembly.diagnostics.push(Diagnostic::new(Code::NotApplicableWritten, span, message).help(help));
    }
    let lines = add_lines(assembly, level, written);
    let cell = assembly.ladder.levels[level.0].cells.entry(competency).or_default();
    (cell.written, cell.lines) = (Some(Arc::clone(written)), lines);
}

fn add_lines(assembly: &mut Assembly<'_>, level: LevelId, written: &Written) -> Vec<ExpectationId> {
    stray_examples(assembly, written);
    let expectations = &mut assembly.ladder.expectations;
    let first = expectations.len();
    for line in &written.text.lines {
        if line.is_placeholder && !line.text.trim().is_empty() {
            assembly.placeholders.push(ExpectationId(expectations.len()));
        }
        assembly.hashes.push(line.hash);
        let id = Arc::clone(&assembly.nameless);
        expectations.push(Expectation { id, level, page: written.page, statement: Arc::clone(line) });
    }
    (first..expectations.len()).map(ExpectationId).collect()
}

/// An example that stands beside the expectations would be published as one of them, or as a quotation.
fn stray_examples(assembly: &mut Assembly<'_>, written: &Written) {
    let page = assembly.pages.get(written.page);
    for stray in &written.text.strays {
        let message = "this example stands beside the expectations, not in the one that it belongs to";
        let diagnostic = Diagnostic::new(Code::NotAnExample, page.span(stray), message);
        let help = "indent it by two spaces, so that it belongs to the expectation above it";
        assembly.diagnostics.push(diagnostic.help(help));
    }
}
