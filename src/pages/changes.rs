use crate::context::word_diff::html;
use crate::context::{PageContext, RenderContext};
use crate::ladder::{Changes, CompetencyId, ExpectationId, LevelId, Raised, Side, Steps, Turn, compare};
use crate::link::{Generated, encode};
use crate::pages::cells::Show;
use crate::view::{Card, ChangeView, CompetencyChange, RaisedView, StepChange};

impl RenderContext {
    /// What differs between `now` and a level that comes before it.
    pub(crate) fn change(&self, here: &PageContext, before: LevelId, now: LevelId) -> ChangeView {
        let mut view = ChangeView {
            against: self.level_card(before),
            relation: if self.ladder.share_track(before, now) { "below" } else { "fork" },
            url: self.comparison_url(before, now),
            competencies: Vec::new(),
            added: 0,
            raised: 0,
            unchanged: 0,
            dropped: 0,
            steps: 0,
        };
        for changes in compare(&self.ladder, before, now) {
            let change = self.competency_change(here, now, &changes);
            view.added += change.added.len();
            view.raised += change.raised.len();
            view.unchanged += change.unchanged;
            view.dropped += change.dropped.len();
            view.steps += usize::from(change.steps.is_some());
            let says = !(change.added.is_empty() && change.raised.is_empty() && change.dropped.is_empty());
            if says || change.unchanged > 0 || change.steps.is_some() {
                view.competencies.push(change);
            }
        }
        view
    }

    /// The address of the page that compares two levels; empty when there is none.
    pub(crate) fn comparison_url(&self, before: LevelId, now: LevelId) -> String {
        let page = self.routes.comparisons.page(before, now);
        let address = page.and_then(|slug| self.generated(&Generated::Comparison(slug)));
        address.map(|address| address.url.clone()).unwrap_or_default()
    }

    fn competency_change(&self, here: &PageContext, now: LevelId, changes: &Changes) -> CompetencyChange {
        let applies = match (changes.before, changes.now) {
            (_, Side::NotApplicable) => "ends",
            (Side::NotApplicable, _) => "starts",
            _ => "both",
        };
        let cells = &self.anchors.level(now).cells;
        let shown = changes.competency.filter(|id| cells.contains_key(id));
        let lines = |ids: &[ExpectationId]| ids.iter().map(|id| self.line(here, *id, Show::Sentence)).collect();
        CompetencyChange {
            competency: self.compared_card(changes.competency),
            url: shown.map(|id| self.cell_url(now, id)).unwrap_or_default(),
            applies,
            added: lines(&changes.added),
            raised: changes.raised.iter().map(|raised| self.raised(*raised)).collect(),
            unchanged: changes.unchanged.len(),
            dropped: lines(&changes.dropped),
            steps: changes.competency.zip(changes.steps).and_then(|(id, steps)| self.step_change(here, id, steps)),
        }
    }

    /// The competency that is compared; an empty card where it is expectations of a level alone.
    pub(crate) fn compared_card(&self, competency: Option<CompetencyId>) -> Card {
        competency.map(|id| self.competency_card(id)).unwrap_or_default()
    }

    /// The address of a cell on its level's page; that of the page when the cell is not shown there.
    pub(crate) fn cell_url(&self, level: LevelId, competency: CompetencyId) -> String {
        let page = &self.address(self.ladder.level(level).page).url;
        let anchor = self.anchors.level(level).cells.get(&competency);
        anchor.map_or_else(|| page.clone(), |anchor| format!("{page}#{}", encode(anchor)))
    }

    fn step_change(&self, here: &PageContext, id: CompetencyId, steps: Steps) -> Option<StepChange> {
        if !matches!(steps.turn(), Turn::Up | Turn::Down) {
            return None;
        }
        Some(StepChange { was: self.step(here, id, steps.was?, false)?, now: self.step(here, id, steps.now?, false)? })
    }

    /// An expectation that took another's place, words that differ marked.
    pub(crate) fn raised(&self, raised: Raised) -> RaisedView {
        let (was, now) = (self.ladder.expectation(raised.was), self.ladder.expectation(raised.now));
        let (was_runs, now_runs) = self.marks(raised);
        RaisedView {
            url: self.expectation_url(raised.now),
            html: html(&now.statement.text, &now_runs, "ins"),
            was: html(&was.statement.text, &was_runs, "del"),
        }
    }

    /// The permanent address of an expectation.
    pub(crate) fn expectation_url(&self, id: ExpectationId) -> String {
        let expectation = self.ladder.expectation(id);
        let page = self.ladder.level(expectation.level).page;
        format!("{}#{}", self.address(page).url, encode(&expectation.id))
    }
}
