//! Steps of a competency's scale in place of the expectations of a level, which belong into the level's profile.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, catalog};
use crate::page::{FrontMatter, PageId, Pages};

/// A step in place of the expectations of a cell.
#[derive(Debug)]
pub(crate) struct NamedStep {
    pub(crate) level: PageId,
    pub(crate) competency: PageId,
    /// The name of the step.
    pub(crate) step: String,
    /// Its name or its number, as it's written.
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    /// Whether the level's profile has a step of the competency.
    pub(crate) is_in_profile: bool,
}

/// Reports the steps of a page together.
pub(crate) fn report(pages: &Pages, page: PageId, steps: &[NamedStep]) -> Option<Diagnostic> {
    let (first, more) = steps.split_first()?;
    let title = &pages.get(first.competency).title.value;
    let more = more.iter().map(|step| pages.get(page).span(&step.span)).collect();
    let help = help(pages, page, steps);
    Some(catalog::step_as_expectation(pages.get(page).span(&first.span), &first.text, title, &help, more))
}

/// The line of front matter to write for the first level of some steps.
fn help(pages: &Pages, page: PageId, steps: &[NamedStep]) -> String {
    let level = steps[0].level;
    let of_level = steps.iter().filter(|step| step.level == level);
    let entries = of_level.clone().map(|step| {
        let id = pages.get(step.competency).id.rsplit('/').next().unwrap_or_default();
        format!("{id}: {}", yaml_text(&step.step))
    });
    let entries = entries.collect::<Vec<_>>().join(", ");
    let place = if level == page { "this page".to_owned() } else { pages.get(level).file.to_string() };
    let has_profile = matches!(&pages.get(level).front_matter, FrontMatter::Level(level) if !level.profile.is_empty());
    let write = if of_level.clone().all(|step| step.is_in_profile) {
        format!("the `profile` of {place} says which step is needed, so remove it here")
    } else if has_profile {
        format!("add it to `profile` in the front matter of {place}: `{entries}`")
    } else {
        format!("write it in the front matter of {place}: `profile: {{ {entries} }}`")
    };
    let others = if of_level.count() < steps.len() { ", and likewise for the other levels" } else { "" };
    format!("{write}{others}; here, write what someone at the level does")
}

/// A text as a value in a flow mapping of YAML.
fn yaml_text(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '’'));
    if is_plain { text.to_owned() } else { format!("{text:?}") }
}
