//! `extends`: expectations of other levels that hold here too.

use std::collections::{BTreeSet, HashSet};

use super::Found;
use super::assemble::Assembly;
use super::model::{CompetencyId, ExpectationId, Ladder, LevelId};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{FrontMatter, Kind};

/// Adds to every cell what it inherits. Levels that extend each other in a circle are noted and inherit nothing from
/// each other.
pub(super) fn inherit(assembly: &mut Assembly<'_>) {
    let mut restated = Vec::new();
    // For each expectation the level that was the last to see it.
    let mut seen: Vec<Option<LevelId>> = vec![None; assembly.ladder.expectations.len()];
    for level in in_order(assembly) {
        let mut cells = std::mem::take(&mut assembly.ladder.levels[level.0].cells);
        let (ladder, hashes) = (&assembly.ladder, &assembly.hashes);
        let text = |id: ExpectationId| ladder.expectation(id).statement.folded.as_str();
        let is_same =
            |one: ExpectationId, other: ExpectationId| hashes[one.0] == hashes[other.0] && text(one) == text(other);
        for (base, only) in &ladder.level(level).extends {
            for (competency, from) in &ladder.level(*base).cells {
                let wanted = only.as_ref().is_none_or(|only| only.contains(competency));
                if !wanted || !ladder.applies(level, *competency) {
                    continue;
                }
                let lines = from.lines.iter().chain(&from.inherited).copied();
                let mut lines = lines.filter(|line| seen[line.0].replace(level) != Some(level)).peekable();
                if lines.peek().is_none() {
                    continue;
                }
                let cell = cells.entry(*competency).or_default();
                for line in lines {
                    // What a level says again in the same words is its own.
                    match cell.lines.iter().find(|own| is_same(**own, line) && !text(line).is_empty()) {
                        Some(own) => restated.push((*own, line)),
                        None => cell.inherited.push(line),
                    }
                }
            }
        }
        assembly.ladder.levels[level.0].cells = cells;
    }
    for (own, inherited) in restated {
        report_restated(assembly, own, inherited);
    }
    for at in 0..assembly.ladder.levels.len() {
        let (ladder, level) = (&assembly.ladder, &assembly.ladder.levels[at]);
        let measured = level.profile.keys().filter(|id| ladder.applies(LevelId(at), **id));
        let competencies: BTreeSet<CompetencyId> = level.cells.keys().chain(measured).copied().collect();
        for competency in competencies {
            assembly.ladder.competencies[competency.0].levels.push(LevelId(at));
        }
    }
}

fn report_restated(assembly: &mut Assembly<'_>, own: ExpectationId, inherited: ExpectationId) {
    let place = |id: ExpectationId| {
        let expectation = assembly.ladder.expectation(id);
        assembly.pages.get(expectation.page).span(&expectation.statement.span)
    };
    let diagnostic = Diagnostic::new(Code::DuplicateExpectation, place(own), "this says again what the level inherits")
        .label(place(inherited), "inherited from here")
        .help("take it away: `extends` brings it already; or say what is more at this level");
    assembly.diagnostics.push(diagnostic);
}

/// All levels, each after those that it extends.
fn in_order(assembly: &mut Assembly<'_>) -> Vec<LevelId> {
    let count = assembly.ladder.levels.len();
    let mut waiting: Vec<usize> = assembly.ladder.levels.iter().map(|level| level.extends.len()).collect();
    let mut extended_by: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, level) in assembly.ladder.levels.iter().enumerate() {
        for (base, _) in &level.extends {
            extended_by[base.0].push(at);
        }
    }
    let mut ready: Vec<usize> = (0..count).filter(|at| waiting[*at] == 0).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(at) = ready.pop() {
        order.push(LevelId(at));
        for next in &extended_by[at] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    let stuck: Vec<LevelId> = (0..count).filter(|at| waiting[*at] > 0).map(LevelId).collect();
    for cycle in cycles(&assembly.ladder, &stuck) {
        report(assembly, &cycle);
    }
    for level in &stuck {
        assembly.mark_uncertain(assembly.pages.get(assembly.ladder.level(*level).page));
        assembly.ladder.levels[level.0].extends.retain(|(base, _)| !stuck.contains(base));
    }
    order.extend(stuck);
    order
}

/// The circles among levels that could not be put into an order, each once.
fn cycles(ladder: &Ladder, stuck: &[LevelId]) -> Vec<Vec<LevelId>> {
    let stuck_set: HashSet<LevelId> = stuck.iter().copied().collect();
    let mut done: HashSet<LevelId> = HashSet::new();
    let mut cycles = Vec::new();
    for start in stuck {
        let mut path: Vec<LevelId> = Vec::new();
        let mut at = Some(*start);
        while let Some(level) = at {
            if let Some(from) = path.iter().position(|passed| *passed == level) {
                cycles.push(path[from..].to_vec());
                break;
            }
            if done.contains(&level) {
                break;
            }
            path.push(level);
            at = ladder.level(level).extends.iter().map(|(base, _)| *base).find(|base| stuck_set.contains(base));
        }
        done.extend(path);
    }
    cycles
}

fn report(assembly: &mut Assembly<'_>, cycle: &[LevelId]) {
    let pages = assembly.pages;
    let mut circle: Vec<LevelId> = cycle.to_vec();
    let first = circle.iter().enumerate().min_by_key(|(_, level)| &pages.get(assembly.ladder.level(**level).page).file);
    let first = first.map_or(0, |(at, _)| at);
    circle.rotate_left(first);
    let page = |level: &LevelId| pages.get(assembly.ladder.level(*level).page);
    let names: Vec<String> = circle.iter().chain(circle.first()).map(|level| format!("`{}`", page(level).id)).collect();
    let message = match circle.as_slice() {
        [_] => "this level extends itself".to_owned(),
        _ => format!("these levels extend each other in a circle: {}", names.join(" → ")),
    };
    // Where a level extends the next one of the circle.
    let place = |level: &LevelId, next: &LevelId| {
        let page = page(level);
        let meant = Found::One(assembly.ladder.level(*next).page);
        let names_next = |name: &str| assembly.names.find(pages, Some(Kind::Level), name) == meant;
        let span = match &page.front_matter {
            FrontMatter::Level(front_matter) => {
                front_matter.extends.iter().find(|extend| names_next(&extend.level.value))
            }
            _ => None,
        };
        page.span(span.map_or(&page.title.span, |extend| &extend.level.span))
    };
    let nexts = circle.iter().skip(1).chain(circle.first());
    let pairs: Vec<(&LevelId, &LevelId)> = circle.iter().zip(nexts).collect();
    let help = "expectations are inherited from below: take away the `extends` that points up the ladder";
    let mut diagnostic = Diagnostic::new(Code::ExtendsCycle, place(pairs[0].0, pairs[0].1), message).help(help);
    for (level, next) in &pairs[1..] {
        diagnostic = diagnostic.label(place(level, next), format!("`{}` extends `{}`", page(level).id, page(next).id));
    }
    assembly.diagnostics.push(diagnostic);
}
