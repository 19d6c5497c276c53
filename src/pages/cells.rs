//! The views of cells and expectations.

use crate::context::{PageContext, RenderContext};
use crate::ladder::{CompetencyId, Example, ExpectationId, LevelId, Role, State, Written};
use crate::markdown::{Heading, PlaceholderWriter};
use crate::page::PageId;
use crate::percent::encode;
use crate::view::{CellState, CellView, ExampleView, LineView, OwnView, StepView};

/// The level of detail of a cell and its expectations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellDetail {
    /// Full detail with ids, for the one place on its page where they are set.
    FullWithIds,
    /// Only expectations with their detail, without examples and without the text between them.
    Statements,
}

impl CellDetail {
    fn sets_ids(self) -> bool {
        self == Self::FullWithIds
    }
}

/// Builds the views of cells and expectations for one page.
#[derive(Clone, Copy)]
pub(crate) struct CellBuilder<'a> {
    pub(crate) context: &'a RenderContext,
    pub(crate) page_context: &'a PageContext,
}

impl CellBuilder<'_> {
    /// The view of an expectation.
    pub(crate) fn line(&self, id: ExpectationId, detail: CellDetail) -> LineView {
        let expectation = self.context.ladder.expectation(id);
        let (page, line) = (expectation.page, &expectation.statement);
        let home = self.context.ladder.level(expectation.level).page;
        let first = detail.sets_ids() && self.page_context.page == Some(home);
        // The matrix of a track's page is the only place there that shows what its own table has.
        let is_of_track = matches!(self.context.ladder.role(page), Some(Role::Track(_)));
        let ids = detail.sets_ids() || is_of_track && self.page_context.page == Some(page);
        let whole = detail != CellDetail::Statements;
        LineView {
            id: if first { expectation.id.to_string() } else { String::new() },
            url: self.context.expectation_url(id),
            html: self.context.rich(self.page_context, page, &line.html, ids),
            detail: self.context.quoted(self.page_context, page, &line.detail.blocks, ids),
            examples: if whole { self.examples(page, &line.examples, ids) } else { Vec::new() },
            group: String::new(),
            label: line.label().to_owned(),
            before: if whole { self.context.quoted(self.page_context, page, &line.before, ids) } else { String::new() },
            kept: false,
            raised: false,
        }
    }

    pub(crate) fn examples(&self, page: PageId, examples: &[Example], ids: bool) -> Vec<ExampleView> {
        let view = |example: &Example| ExampleView {
            specialism: example.specialism.clone(),
            html: self.context.quoted(self.page_context, page, &example.blocks, ids),
        };
        examples.iter().map(view).collect()
    }

    /// The expectations of a cell, each group's heading on its first.
    pub(crate) fn lines(&self, ids: &[ExpectationId], detail: CellDetail) -> Vec<LineView> {
        let mut group = None;
        let mut views = Vec::with_capacity(ids.len());
        for id in ids {
            let mut view = self.line(*id, detail);
            let expectation = self.context.ladder.expectation(*id);
            let heading = expectation.statement.group.as_deref();
            if let Some(heading) = heading.filter(|heading| group != Some(&heading.id)) {
                view.group = self.group(expectation.page, heading, detail.sets_ids());
            }
            group = heading.map(|heading| &heading.id);
            views.push(view);
        }
        views
    }

    /// The sub-heading of a group of expectations as HTML, with its id if `ids`.
    pub(crate) fn group(&self, page: PageId, heading: &Heading, ids: bool) -> String {
        let html = self.context.rich(self.page_context, page, &heading.html, ids);
        let link_writer = self.context.link_writer(self.page_context, page);
        if !ids || !link_writer.writes_ids() {
            return html;
        }
        let mut group = "<span".to_owned();
        link_writer.id(&heading.id, &mut group);
        group + ">" + &html + "</span>"
    }

    /// A cell with its own expectations.
    pub(crate) fn cell(&self, level: LevelId, competency: CompetencyId, detail: CellDetail) -> CellView {
        let state = self.context.ladder.state(level, competency);
        let of = self.context.ladder.level(level);
        let on_level = self.context.anchors.level(level).cells.get(&competency).map_or("", String::as_str);
        let anchor = match self.page_context.page {
            Some(page) if page == of.page => on_level.to_owned(),
            Some(page) if page == self.context.ladder.competency(competency).page => {
                self.context.anchors.competency(competency).cells.get(&level).cloned().unwrap_or_default()
            }
            _ => String::new(),
        };
        let mut view = CellView {
            competency: self.context.competency_card(competency),
            level: self.context.level_card(level),
            anchor,
            url: self.context.cell_url(level, competency),
            state: state.into(),
            step: of.profile.get(&competency).and_then(|step| self.step(competency, *step, false)),
            ..CellView::default()
        };
        let Some(cell) = of.cells.get(&competency) else { return view };
        if let Some(written) = &cell.written {
            self.fill(written, &cell.lines, detail, &mut view);
        }
        view.count = cell.lines.len() + cell.inherited.len();
        view
    }

    pub(crate) fn fill(&self, written: &Written, lines: &[ExpectationId], detail: CellDetail, view: &mut CellView) {
        view.lines = self.lines(lines, detail);
        if detail != CellDetail::Statements {
            let ids = detail.sets_ids();
            view.intro = self.context.quoted(self.page_context, written.page, &written.text.intro, ids);
            view.outro = self.context.quoted(self.page_context, written.page, &written.text.outro, ids);
            view.examples = self.examples(written.page, &written.text.examples, ids);
        }
    }

    /// Expectations of a level alone.
    pub(crate) fn own(&self, level: LevelId) -> Vec<OwnView> {
        let of = self.context.ladder.level(level);
        let view = |own: &crate::ladder::OwnExpectations| {
            let mut cell = CellView {
                level: self.context.level_card(level),
                anchor: own.written.heading.id.clone(),
                url: format!("{}#{}", self.context.address(of.page).url, encode(&own.written.heading.id)),
                state: CellState::Written,
                count: own.lines.len(),
                ..CellView::default()
            };
            self.fill(&own.written, &own.lines, CellDetail::FullWithIds, &mut cell);
            OwnView { title: own.written.heading.text.clone(), anchor: own.written.heading.id.clone(), cell }
        };
        of.own.iter().map(view).collect()
    }

    /// A step of a competency's scale, by its number from 1; `first` sets the ids of its criteria.
    pub(crate) fn step(&self, competency: CompetencyId, number: usize, first: bool) -> Option<StepView> {
        let of = self.context.ladder.competency(competency);
        let at = number.checked_sub(1)?;
        let (step, anchor) = (of.scale.get(at)?, &self.context.anchors.competency(competency).steps[at]);
        let criteria = step.criteria.as_ref();
        Some(StepView {
            name: step.name.clone(),
            number,
            of: of.scale.len(),
            html: criteria
                .map(|criteria| self.context.quoted(self.page_context, of.page, &criteria.blocks, first))
                .unwrap_or_default(),
            url: format!("{}#{}", self.context.address(of.page).url, encode(anchor)),
            anchor: anchor.clone(),
        })
    }
}

impl From<State> for CellState {
    fn from(state: State) -> Self {
        match state {
            State::Written => Self::Written,
            State::Inherited => Self::Inherited,
            State::Missing => Self::Missing,
            State::NotApplicable => Self::NotApplicable,
            State::NotOnTrack => Self::NotOnTrack,
        }
    }
}
