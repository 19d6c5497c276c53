//! Cells and their expectations, from the bodies of levels and competencies.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Role;
use super::anchors::free;
use super::assemble::Assembly;
use super::model::{CompetencyId, Expectation, ExpectationId, Ladder, LevelId, Own, Written};
use super::reading::{Reading, Section};
use super::sections::What;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::markdown::{Block, headings};
use crate::name;
use crate::page::PageId;

/// Adds the cells that the bodies of levels and competencies hold.
pub(super) fn add(assembly: &mut Assembly<'_>, readings: &[(PageId, Arc<Reading>)]) {
    let mut steps = Vec::new();
    let mut described = HashMap::new();
    for (id, reading) in readings {
        let (id, page) = (*id, assembly.pages.get(*id));
        if !reading.notes.is_empty() {
            assembly.doubt(page);
        }
        assembly.notes.extend(reading.notes.iter().cloned());
        assembly.ladder.layouts.insert(id, reading.layout.clone());
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
        let note = Diagnostic::new(Code::DuplicateCell, span, "this step of the scale is described twice")
            .label(first, "first described here");
        assembly.notes.push(note.help("put both descriptions under one heading"));
    }
    name_expectations(assembly);
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
        let note = Diagnostic::new(Code::DuplicateCell, span, message)
            .label(pages.get(first.page).span(&first.heading.span), "first written here")
            .help("put all of its expectations under one of the two headings");
        assembly.notes.push(note);
        return;
    }
    if pages.get(written.page).blocks[section.blocks.clone()].iter().all(Block::is_blank) {
        let note = Diagnostic::new(Code::EmptyCell, span, format!("{title} of {level_title} is empty here"));
        let help = "write its expectations as a list under this heading, or take the heading away";
        assembly.notes.push(note.help(help));
        assembly.empty.insert((level, competency));
        return;
    }
    if !ladder.applies(level, competency) && !assembly.is_doubtful(pages.get(ladder.competency(competency).page)) {
        let because = ladder.why_not_applicable(level, competency);
        let message = format!("{title} is not applicable to {level_title}, and yet it is written");
        let help = format!("{because}; change that, or take this section away");
        assembly.notes.push(Diagnostic::new(Code::NotApplicableWritten, span, message).help(help));
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
        expectations.push(Expectation { id: String::new(), level, page: written.page, line: Arc::clone(line) });
    }
    (first..expectations.len()).map(ExpectationId).collect()
}

/// An example that stands beside the expectations would be published as one of them, or as a quotation.
fn stray_examples(assembly: &mut Assembly<'_>, written: &Written) {
    let page = assembly.pages.get(written.page);
    for stray in &written.text.strays {
        let message = "this example stands beside the expectations, not in the one that it belongs to";
        let note = Diagnostic::new(Code::NotAnExample, page.span(stray), message);
        let help = "indent it by two spaces, so that it belongs to the expectation above it";
        assembly.notes.push(note.help(help));
    }
}

/// Gives every expectation its permanent id, unique on its level's page: the one its author gave it, or its first
/// words. Where those are taken, a few letters made from the whole sentence follow, so that order does not matter.
fn name_expectations(assembly: &mut Assembly<'_>) {
    placeholders(assembly);
    let mut of_level: HashMap<LevelId, Vec<usize>> = HashMap::new();
    for (at, expectation) in assembly.ladder.expectations.iter().enumerate() {
        of_level.entry(expectation.level).or_default().push(at);
    }
    for at in 0..assembly.ladder.levels.len() {
        let Some(lines) = of_level.get(&LevelId(at)) else { continue };
        let page = assembly.ladder.levels[at].page;
        let mut taken: HashSet<String> = assembly.ladder.layout(assembly.pages, page).anchors.clone();
        headings(&assembly.pages.get(page).blocks, &mut |heading| {
            taken.insert(heading.id.clone());
        });
        given_ids(assembly, lines, &mut taken);
        made_ids(assembly, lines, &mut taken);
        let Ladder { layouts, expectations, .. } = &mut assembly.ladder;
        let ids = lines.iter().map(|line| expectations[*line].id.clone());
        layouts.entry(page).or_default().anchors.extend(ids);
    }
}

/// Whether a text only keeps a place, as `stepladder new` does.
fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.chars().all(|c| matches!(c, '…' | '.')) || ["todo", "tbd"].contains(&name::fold(text).as_str())
}

/// Notes the expectations of each page that are still to be written, all at once.
fn placeholders(assembly: &mut Assembly<'_>) {
    let mut found: Vec<(PageId, Vec<Span>)> = Vec::new();
    for expectation in &assembly.ladder.expectations {
        let (page, line) = (expectation.page, &expectation.line);
        if !is_placeholder(&line.text) || line.text.trim().is_empty() {
            continue;
        }
        let span = assembly.pages.get(page).span(&line.span);
        match found.iter_mut().find(|(known, _)| *known == page) {
            Some((_, spans)) => spans.push(span),
            None => found.push((page, vec![span])),
        }
    }
    for (_, spans) in found {
        let [first, more @ ..] = spans.as_slice() else { continue };
        let help = "say what is expected here, or take the line away";
        let mut note = Diagnostic::new(Code::Placeholder, first.clone(), "this is still to be written").help(help);
        for span in more.iter().take(6) {
            note = note.label(span.clone(), "and this");
        }
        assembly.notes.push(note);
    }
}

fn given_ids(assembly: &mut Assembly<'_>, lines: &[usize], taken: &mut HashSet<String>) {
    for at in lines {
        let expectation = &mut assembly.ladder.expectations[*at];
        let Some(id) = &expectation.line.id else { continue };
        expectation.id.clone_from(&id.value);
        if !taken.insert(id.value.clone()) {
            let span = assembly.pages.get(expectation.page).span(&id.span);
            let message = format!("this level's page has two places called `{}`", id.value);
            let mut note = Diagnostic::new(Code::DuplicateAnchor, span, message);
            let level = assembly.ladder.expectations[*at].level;
            if let Some(other) = place_of(assembly, level, lines, *at) {
                note = note.label(other, "the other place");
            }
            assembly.notes.push(note.help("give one of them another id"));
        }
    }
}

/// Where else on a level's page the id of one of its expectations stands.
fn place_of(assembly: &Assembly<'_>, level: LevelId, lines: &[usize], not: usize) -> Option<Span> {
    let wanted = assembly.ladder.expectations[not].line.id.as_ref().map(|id| &id.value);
    let others = lines.iter().filter(|at| **at != not).map(|at| &assembly.ladder.expectations[*at]);
    let mut given = others.filter_map(|other| Some((assembly.pages.get(other.page), other.line.id.as_ref()?)));
    if let Some((page, id)) = given.find(|(_, id)| Some(&id.value) == wanted) {
        return Some(page.span(&id.span));
    }
    let page = assembly.pages.get(assembly.ladder.level(level).page);
    let mut place = None;
    headings(&page.blocks, &mut |heading| {
        if Some(&heading.id) == wanted {
            place = Some(page.span(&heading.span));
        }
    });
    place
}

fn made_ids(assembly: &mut Assembly<'_>, lines: &[usize], taken: &mut HashSet<String>) {
    let base = |text: &str| match name::sentence_anchor(text) {
        slug if slug.is_empty() => "expectation".to_owned(),
        slug => slug,
    };
    let mut bases: HashMap<String, usize> = HashMap::new();
    let mut sentences: HashMap<String, usize> = HashMap::new();
    for at in lines {
        let line = &assembly.ladder.expectations[*at].line;
        if line.id.is_none() {
            *bases.entry(base(&line.text)).or_default() += 1;
        }
    }
    for at in lines {
        let expectation = &assembly.ladder.expectations[*at];
        let sentence = expectation.line.folded.clone();
        if !sentence.is_empty() && !is_placeholder(&sentence) {
            match sentences.get(&sentence).copied() {
                Some(first) => repeated(assembly, first, *at),
                None => {
                    sentences.insert(sentence, *at);
                }
            }
        }
        let line = &assembly.ladder.expectations[*at].line;
        if line.id.is_some() {
            continue;
        }
        let base = base(&line.text);
        let mut id = base.clone();
        if taken.contains(&id) || bases[&base] > 1 {
            id = format!("{base}-{:04x}", short_hash(&line.text));
        }
        assembly.ladder.expectations[*at].id = free(taken, &id);
    }
}

fn repeated(assembly: &mut Assembly<'_>, first: usize, second: usize) {
    let place = |at: usize| {
        let expectation = &assembly.ladder.expectations[at];
        assembly.pages.get(expectation.page).span(&expectation.line.span)
    };
    let note = Diagnostic::new(Code::DuplicateExpectation, place(second), "this level says the same twice")
        .label(place(first), "first said here")
        .help("keep it where it belongs, or say what differs");
    assembly.notes.push(note);
}

/// FNV-1a, folded to 16 bits: the same on every machine and in every version.
fn short_hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) ^ (hash & 0xffff)
}
