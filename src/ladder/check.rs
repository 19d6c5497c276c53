//! What is wrong with a ladder beyond its references.

use std::collections::HashMap;

use super::assemble::Assembly;
use super::model::LevelId;
use super::{Found, Role};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::markdown::Block;
use crate::name::fold;
use crate::page::{FrontMatter, Kind, Level, Page, PageId, Pages};

/// Checks what the front matter of each page names that only the configuration knows.
pub(super) fn words(config: &Config, pages: &Pages) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (_, page) in pages.shown().filter(|_| !config.uncertain) {
        diagnostics.extend(owner(config, page));
        facets(config, page, &mut diagnostics);
    }
    diagnostics
}

/// Checks what levels hold; it needs the whole ladder.
pub(super) fn levels(assembly: &mut Assembly<'_>) {
    for at in 0..assembly.ladder.levels.len() {
        level(assembly, LevelId(at));
    }
}

/// Checks that no two pages of a kind share an id.
pub(super) fn ids(assembly: &mut Assembly<'_>) {
    let mut known: HashMap<(Kind, &str), PageId> = HashMap::new();
    for (id, page) in assembly.pages.shown() {
        let Some(first) = known.insert((page.kind, &**page.folded_id()), id) else { continue };
        known.insert((page.kind, &**page.folded_id()), first);
        let first = assembly.pages.get(first);
        // Point at the page that gives its id on purpose.
        let (page, other) =
            if page.id_span.is_none() && first.id_span.is_some() { (first, page) } else { (page, first) };
        let span = page.span(page.id_span.as_ref().unwrap_or(&page.title.span));
        let message = format!("two pages of kind `{}` have the id `{}`", page.kind.as_str(), page.id);
        let diagnostic = Diagnostic::new(Code::DuplicateId, span, message)
            .label(other.span(other.id_span.as_ref().unwrap_or(&other.title.span)), "the other one")
            .help("an id is the page's path, or what it says in `id: …`; give one of them another one");
        assembly.diagnostics.push(diagnostic);
    }
}

fn owner(config: &Config, page: &Page) -> Option<Diagnostic> {
    let owners = &config.owners;
    let named = page.owner.as_ref().filter(|_| !owners.is_empty())?;
    let folded = fold(&named.value);
    if owners.iter().any(|owner| fold(&owner.id) == folded || fold(&owner.name) == folded) {
        return None;
    }
    let message = format!("there is no owner called `{}` in stepladder.yaml", named.value);
    let help = did_you_mean(&named.value, owners.iter().map(|owner| owner.id.as_str()));
    Some(Diagnostic::new(Code::UnknownOwner, page.span(&named.span), message).help(help))
}

fn facets(config: &Config, page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let FrontMatter::Level(front_matter) = &page.front_matter else { return };
    let known = |name: &str| config.facets.iter().any(|facet| facet.id == name);
    for (name, _) in front_matter.facets.iter().filter(|(name, _)| !known(&name.value)) {
        let message = format!("there is no facet called `{}`", name.value);
        let near = did_you_mean(&name.value, config.facets.iter().map(|facet| facet.id.as_str()));
        let list = "list it under `facets` in stepladder.yaml";
        let help = match near.as_str() {
            "" => list.to_owned(),
            near if near.ends_with('?') => near.to_owned(),
            valid => format!("{valid}; or {list}"),
        };
        diagnostics.push(Diagnostic::new(Code::UnknownFacet, page.span(&name.span), message).help(help));
    }
}

fn level(assembly: &mut Assembly<'_>, id: LevelId) {
    let level = assembly.ladder.level(id);
    let page = assembly.pages.get(level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else { return };
    if assembly.is_uncertain(page) {
        return;
    }
    profile_applies(assembly, id, page, front_matter);
    let level = assembly.ladder.level(id);
    let holds = level.cells.values().any(|cell| cell.written.is_some() || !cell.inherited.is_empty());
    if page.blocks.iter().all(Block::is_blank)
        && front_matter.facets.is_empty()
        && front_matter.profile.is_empty()
        && !holds
    {
        let diagnostic = Diagnostic::new(Code::EmptyLevel, page.whole(), "this level says nothing yet")
            .help("give it `facets`, and a heading with expectations for each competency; or make it a `draft: true`");
        assembly.diagnostics.push(diagnostic);
        return;
    }
    if level.is_abstract || assembly.extends_uncertain(id) {
        return;
    }
    let missing = assembly.ladder.missing(id).into_iter();
    let missing = missing.filter(|competency| !assembly.empty.contains(&(id, *competency)));
    let missing = missing.map(|competency| assembly.pages.get(assembly.ladder.competency(competency).page));
    let missing = missing.filter(|competency| !assembly.is_uncertain(competency));
    let titles: Vec<String> = missing.map(|competency| format!("`{}`", competency.title.value)).collect();
    if titles.is_empty() {
        return;
    }
    let message = format!("{} says nothing of {}", page.title.value, listed(&titles));
    let help = "write it under a heading of that name, inherit it with `extends`, or say so in `not_applicable`";
    assembly.diagnostics.push(Diagnostic::new(Code::MissingCell, page.whole(), message).help(help));
}

/// A level needs no step in what it is not measured by.
fn profile_applies(assembly: &mut Assembly<'_>, id: LevelId, page: &Page, front_matter: &Level) {
    for (name, _) in &front_matter.profile {
        let found = assembly.names.find(assembly.pages, Some(Kind::Competency), &name.value);
        let Found::One(competency_page) = found else { continue };
        let Some(Role::Competency(competency)) = assembly.ladder.role(competency_page) else { continue };
        let competency_page = assembly.pages.get(competency_page);
        if assembly.ladder.applies(id, competency) || assembly.is_uncertain(competency_page) {
            continue;
        }
        let (title, level) = (&competency_page.title.value, &page.title.value);
        let message = format!("{title} is not applicable to {level}, and yet it is in its profile");
        let help = assembly.ladder.why_not_applicable(id, competency);
        let help = format!("{help}; change that, or take it out of the profile");
        assembly
            .diagnostics
            .push(Diagnostic::new(Code::NotApplicableWritten, page.span(&name.span), message).help(help));
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
