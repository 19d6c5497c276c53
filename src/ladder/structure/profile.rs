//! The profiles of levels: the step that a level needs on the scale of a competency.

use std::collections::BTreeMap;

use super::builder::{Builder, duplicate_competency};
use crate::diagnostic::{Advice, Diagnostic, Spanned, catalog, nearest};
use crate::ladder::id_types::CompetencyId;
use crate::name::closest;
use crate::page::{FrontMatter, Kind, Level, Page};
use crate::yaml;

/// Adds the profiles of all levels.
pub(super) fn add_profiles(builder: &mut Builder<'_>) {
    for id in builder.levels.ids() {
        let page = builder.pages.get(builder.levels[id].page);
        if let FrontMatter::Level(front_matter) = &page.front_matter {
            builder.levels[id].profile = resolve(builder, page, front_matter);
        }
    }
}

/// Resolves the competencies and steps that a level's profile names.
fn resolve(builder: &mut Builder<'_>, page: &Page, front_matter: &Level) -> BTreeMap<CompetencyId, usize> {
    let mut profile = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (name, step) in &front_matter.profile {
        if builder.draft_named(Kind::Competency, name, page).is_some() {
            continue;
        }
        let Some(competency) = builder.competency_named(name, page) else { continue };
        if let Some(first) = places.insert(competency, name) {
            builder.diagnostics.push(duplicate_competency(page, first, name));
        }
        let names = &builder.competencies[competency].steps;
        let number = step.value.trim().parse::<usize>().ok();
        let found = closest(&step.value, names.iter().map(|name| [name.as_str()])).map(|at| at + 1).or(number);
        match found {
            Some(step) if (1..=names.len()).contains(&step) => {
                profile.insert(competency, step);
            }
            _ => {
                let of = builder.competencies[competency].page;
                if !builder.is_uncertain(of) {
                    let diagnostic = unknown_step(page, step, builder.pages.get(of), names);
                    builder.diagnostics.push(diagnostic);
                }
            }
        }
    }
    profile
}

fn unknown_step(page: &Page, step: &Spanned<String>, competency: &Page, names: &[String]) -> Diagnostic {
    let title = &competency.title.value;
    let span = page.span(&step.span);
    if names.is_empty() {
        return catalog::competency_without_scale(span, title, &competency.file.to_string());
    }
    let near = nearest(&step.value, names.iter().map(String::as_str));
    let near = near.map(|near| Advice::did_you_mean(vec![near.to_owned()]).written(yaml::scalar));
    catalog::unknown_step(span, title, &step.value, names, near)
}
