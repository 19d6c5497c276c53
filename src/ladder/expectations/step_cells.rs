//! Cells whose only text is the name of a step of their competency's scale, which belongs into the level's profile.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, catalog};
use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::ladder::model::Written;
use crate::ladder::structure::Structure;
use crate::name::closest;
use crate::page::{PageId, Pages};

/// The cells found so far, by the page that they are written on.
#[derive(Debug, Default)]
pub(super) struct StepCells(BTreeMap<PageId, Vec<StepCell>>);

#[derive(Debug)]
struct StepCell {
    level: LevelId,
    competency: CompetencyId,
    /// The step, from 0.
    step: usize,
    span: Range<usize>,
}

impl StepCells {
    /// Adds a cell if it only names a step.
    pub(super) fn check(&mut self, structure: &Structure, cell: (LevelId, CompetencyId), written: &Written) {
        let (level, competency) = cell;
        let [statement] = written.text.statements.as_slice() else { return };
        let steps = structure.competencies[competency].steps.iter().map(|step| [step.as_str()]);
        let text = statement.text.trim().trim_end_matches('.');
        let is_alone = statement.detail.texts.is_empty() && statement.examples.is_empty();
        if let Some(step) = closest(text, steps).filter(|_| is_alone) {
            let span = statement.span.clone();
            self.0.entry(written.page).or_default().push(StepCell { level, competency, step, span });
        }
    }

    /// Reports the cells of each page together.
    pub(super) fn into_diagnostics(self, pages: &Pages, structure: &Structure) -> Vec<Diagnostic> {
        let report = |(page, cells): (PageId, Vec<StepCell>)| {
            let (first, more) = cells.split_first()?;
            let competency = &structure.competencies[first.competency];
            let (step, title) = (&competency.steps[first.step], &pages.get(competency.page).title.value);
            let more = more.iter().map(|cell| pages.get(page).span(&cell.span)).collect();
            let help = help(pages, structure, page, &cells);
            Some(catalog::step_as_expectation(pages.get(page).span(&first.span), step, title, &help, more))
        };
        self.0.into_iter().filter_map(report).collect()
    }
}

/// The line of front matter to write for the first level of some cells.
fn help(pages: &Pages, structure: &Structure, page: PageId, cells: &[StepCell]) -> String {
    let level = &structure.levels[cells[0].level];
    let of_level = cells.iter().filter(|cell| cell.level == cells[0].level);
    let entries = of_level.clone().map(|cell| {
        let competency = &structure.competencies[cell.competency];
        let id = pages.get(competency.page).id.rsplit('/').next().unwrap_or_default();
        format!("{id}: {}", yaml_text(&competency.steps[cell.step]))
    });
    let entries = entries.collect::<Vec<_>>().join(", ");
    let place = if level.page == page { "this page".to_owned() } else { pages.get(level.page).file.to_string() };
    let write = if of_level.clone().all(|cell| level.profile.contains_key(&cell.competency)) {
        format!("the `profile` of {place} says which step is needed, so remove it here")
    } else if level.profile.is_empty() {
        format!("write it in the front matter of {place}: `profile: {{ {entries} }}`")
    } else {
        format!("add it to `profile` in the front matter of {place}: `{entries}`")
    };
    let others = if of_level.count() < cells.len() { ", and likewise for the other levels" } else { "" };
    format!("{write}{others}; here, write what someone at the level does")
}

/// A text as a value in a flow mapping of YAML.
fn yaml_text(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '’'));
    if is_plain { text.to_owned() } else { format!("{text:?}") }
}
