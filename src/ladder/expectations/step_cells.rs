//! Cells whose only text is a step of their competency's scale, which belongs into the level's profile.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::ladder::expectations::named_step::{NamedStep, report};
use crate::ladder::id_types::{CompetencyId, LevelId};
use crate::ladder::model::Written;
use crate::ladder::structure::Structure;
use crate::name::closest;
use crate::page::{PageId, Pages};

/// The cells found so far, by the page that they are written on.
#[derive(Debug, Default)]
pub(super) struct StepCells(BTreeMap<PageId, Vec<NamedStep>>);

impl StepCells {
    /// Adds a cell if it only names a step.
    pub(super) fn check(&mut self, structure: &Structure, cell: (LevelId, CompetencyId), written: &Written) {
        let [statement] = written.text.statements.as_slice() else { return };
        let (level, competency) = (&structure.levels[cell.0], &structure.competencies[cell.1]);
        let steps = competency.steps.iter().map(|step| [step.as_str()]);
        let text = statement.text.trim().trim_end_matches('.');
        let is_alone = statement.detail.texts.is_empty() && statement.examples.is_empty();
        if let Some(step) = closest(text, steps).filter(|_| is_alone) {
            self.0.entry(written.page).or_default().push(NamedStep {
                level: level.page,
                competency: competency.page,
                step: competency.steps[step].clone(),
                text: competency.steps[step].clone(),
                span: statement.span.clone(),
                is_in_profile: level.profile.contains_key(&cell.1),
            });
        }
    }

    /// Reports the cells of each page together.
    pub(super) fn into_diagnostics(self, pages: &Pages) -> Vec<Diagnostic> {
        self.0.into_iter().filter_map(|(page, steps)| report(pages, page, &steps)).collect()
    }
}
