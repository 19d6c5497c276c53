//! What is wrong with a ladder beyond its references.

use std::collections::HashMap;

use super::assemble::Assembly;
use super::model::{LevelId, State};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::name::fold;
use crate::page::{Kind, Matter, Page, PageId};

/// Runs every check that needs the whole ladder.
pub(super) fn check(assembly: &mut Assembly<'_>) {
    duplicate_ids(assembly);
    for (_, page) in assembly.pages.shown() {
        owner(assembly, page);
        facets(assembly, page);
    }
    let writes: Vec<bool> = assembly.ladder.tracks.iter().map(|track| {
        let cells = track.levels.iter().flat_map(|level| assembly.ladder.level(*level).cells.values());
        cells.into_iter().any(|cell| cell.written.is_some())
    }).collect();
    for at in 0..assembly.ladder.levels.len() {
        level(assembly, LevelId(at), &writes);
    }
}

fn duplicate_ids(assembly: &mut Assembly<'_>) {
    let mut known: HashMap<(Kind, String), PageId> = HashMap::new();
    for (id, page) in assembly.pages.shown() {
        let Some(first) = known.insert((page.kind, fold(&page.id)), id) else { continue };
        known.insert((page.kind, fold(&page.id)), first);
        let first = assembly.pages.get(first);
        // Point at the page that gives its id on purpose.
        let (page, other) = if page.id_span.is_none() && first.id_span.is_some() { (first, page) } else { (page, first) };
        let span = page.span(page.id_span.as_ref().unwrap_or(&page.title.span));
        let message = format!("two {} pages have the id `{}`", page.kind.as_str(), page.id);
        let note = Diagnostic::new(Code::DuplicateId, span, message)
            .label(other.span(other.id_span.as_ref().unwrap_or(&other.title.span)), "the other one")
            .help("give one of them another `id: …`");
        assembly.notes.push(note);
    }
}

fn owner(assembly: &mut Assembly<'_>, page: &Page) {
    let owners = &assembly.config.owners;
    let Some(named) = page.owner.as_ref().filter(|_| !owners.is_empty()) else { return };
    let folded = fold(&named.value);
    if !owners.iter().any(|owner| owner.id == named.value || fold(&owner.name) == folded) {
        let message = format!("there is no owner called `{}` in stepladder.yaml", named.value);
        let help = did_you_mean(&named.value, owners.iter().map(|owner| owner.id.as_str()));
        assembly.notes.push(Diagnostic::new(Code::UnknownOwner, page.span(&named.span), message).help(help));
    }
}

fn facets(assembly: &mut Assembly<'_>, page: &Page) {
    let Matter::Level(matter) = &page.matter else { return };
    for (name, _) in &matter.facets {
        let facets = &assembly.config.facets;
        if !facets.iter().any(|facet| facet.id == name.value) {
            let message = format!("there is no facet called `{}`", name.value);
            let near = did_you_mean(&name.value, facets.iter().map(|facet| facet.id.as_str()));
            let help = if near.is_empty() { "list it in stepladder.yaml: `facets: […]`".to_owned() } else { near };
            assembly.notes.push(Diagnostic::new(Code::UnknownFacet, page.span(&name.span), message).help(help));
        }
    }
}

fn level(assembly: &mut Assembly<'_>, id: LevelId, writes: &[bool]) {
    let level = assembly.ladder.level(id);
    let page = assembly.pages.get(level.page);
    let Matter::Level(matter) = &page.matter else { return };
    if page.broken {
        return;
    }
    let holds = level.cells.values().any(|cell| cell.written.is_some() || !cell.inherited.is_empty());
    if page.blocks.is_empty() && matter.facets.is_empty() && !holds {
        let note = Diagnostic::new(Code::EmptyLevel, page.whole(), "this level says nothing yet")
            .help("give it `facets`, and a heading with expectations for each competency; or make it a `draft: true`");
        assembly.notes.push(note);
        return;
    }
    if level.is_abstract || !level.tracks.iter().any(|track| writes[track.0]) {
        return;
    }
    let missing = assembly.ladder.competencies_of(id).into_iter();
    let missing = missing.filter(|competency| assembly.ladder.state(id, *competency) == State::Missing);
    let title = |competency| &assembly.pages.get(assembly.ladder.competency(competency).page).title.value;
    let titles: Vec<String> = missing.map(|competency| format!("`{}`", title(competency))).collect();
    if titles.is_empty() {
        return;
    }
    let message = format!("{} says nothing of {}", page.title.value, listed(&titles));
    let help = "write it under a heading of that name, inherit it with `extends`, or say so in `not_applicable`";
    assembly.notes.push(Diagnostic::new(Code::MissingCell, page.whole(), message).help(help));
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
