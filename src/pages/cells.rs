use crate::context::{PageContext, RenderContext};
use crate::ladder::{Area, CompetencyId, Example, ExpectationId, LevelId, Written};
use crate::link::encode;
use crate::markdown::PlaceholderWriter;
use crate::view::{AreaCells, CellView, ExampleView, InheritedView, LineView, OwnView, StepView};

/// How much of an expectation is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// All of it, as the one place where its id is set.
    First,
    /// As [`Show::First`], but of a cell only what is written for it.
    Own,
    /// All of it.
    Whole,
    /// The sentence alone.
    Sentence,
}

impl Show {
    fn sets_ids(self) -> bool {
        matches!(self, Self::First | Self::Own)
    }
}

impl RenderContext {
    /// One expectation.
    pub(crate) fn line(&self, here: &PageContext, id: ExpectationId, show: Show) -> LineView {
        let expectation = self.ladder.expectation(id);
        let (page, line) = (expectation.page, &expectation.statement);
        let home = self.ladder.level(expectation.level).page;
        let first = show.sets_ids() && here.page == Some(home);
        let (whole, ids) = (show != Show::Sentence, show.sets_ids());
        LineView {
            id: if first { expectation.id.to_string() } else { String::new() },
            url: self.expectation_url(id),
            html: self.rich(here, page, &line.html, ids),
            detail: if whole { self.quoted(here, page, &line.detail, ids) } else { String::new() },
            examples: if whole { self.examples(here, page, &line.examples, ids) } else { Vec::new() },
            group: String::new(),
            before: if whole { self.quoted(here, page, &line.before, ids) } else { String::new() },
            kept: false,
        }
    }

    fn examples(
        &self,
        here: &PageContext,
        page: crate::page::PageId,
        examples: &[Example],
        ids: bool,
    ) -> Vec<ExampleView> {
        let view = |example: &Example| ExampleView {
            specialism: example.specialism.clone(),
            html: self.quoted(here, page, &example.blocks, ids),
        };
        examples.iter().map(view).collect()
    }

    /// The expectations of a cell, each group's heading on its first.
    fn lines(&self, here: &PageContext, ids: &[ExpectationId], show: Show) -> Vec<LineView> {
        let mut group = None;
        let mut views = Vec::with_capacity(ids.len());
        for id in ids {
            let mut view = self.line(here, *id, show);
            let expectation = self.ladder.expectation(*id);
            let heading = expectation.statement.group.as_ref();
            if let Some(heading) = heading.filter(|heading| group != Some(&heading.id)) {
                let html = self.rich(here, expectation.page, &heading.html, show.sets_ids());
                let link_writer = self.link_writer(here, expectation.page);
                view.group = if show.sets_ids() && link_writer.writes_ids() {
                    let mut group = "<span".to_owned();
                    link_writer.id(&heading.id, &mut group);
                    group + ">" + &html + "</span>"
                } else {
                    html
                };
            }
            group = heading.map(|heading| &heading.id);
            views.push(view);
        }
        views
    }

    /// A cell. `show` says how much of its own expectations is shown; inherited ones come without ids.
    pub(crate) fn cell(&self, here: &PageContext, level: LevelId, competency: CompetencyId, show: Show) -> CellView {
        let state = self.ladder.state(level, competency);
        let of = self.ladder.level(level);
        let on_level = self.anchors.level(level).cells.get(&competency).map_or("", String::as_str);
        let anchor = match here.page {
            Some(page) if page == of.page => on_level.to_owned(),
            Some(page) if page == self.ladder.competency(competency).page => {
                self.anchors.competency(competency).cells.get(&level).cloned().unwrap_or_default()
            }
            _ => String::new(),
        };
        let mut view = CellView {
            competency: self.competency_card(competency),
            level: self.level_card(level),
            anchor,
            url: self.cell_url(level, competency),
            state: state.as_str(),
            step: of.profile.get(&competency).and_then(|step| self.step(here, competency, *step, false)),
            ..CellView::default()
        };
        let Some(cell) = of.cells.get(&competency) else { return view };
        if let Some(written) = &cell.written {
            self.fill(here, written, &cell.lines, show, &mut view);
        }
        view.inherited = match show {
            Show::First => self.inherited(here, &cell.inherited, Show::Whole),
            // On a competency's page each stands whole at its own level, on the same page.
            Show::Whole => self.inherited(here, &cell.inherited, Show::Sentence),
            Show::Own | Show::Sentence => Vec::new(),
        };
        view.count = cell.lines.len() + cell.inherited.len();
        view
    }

    fn fill(&self, here: &PageContext, written: &Written, lines: &[ExpectationId], show: Show, view: &mut CellView) {
        view.lines = self.lines(here, lines, show);
        if show != Show::Sentence {
            let ids = show.sets_ids();
            view.intro = self.quoted(here, written.page, &written.text.intro, ids);
            view.outro = self.quoted(here, written.page, &written.text.outro, ids);
            view.examples = self.examples(here, written.page, &written.text.examples, ids);
        }
    }

    fn inherited(&self, here: &PageContext, ids: &[ExpectationId], show: Show) -> Vec<InheritedView> {
        let view = |(from, ids): (LevelId, Vec<ExpectationId>)| InheritedView {
            from: self.level_card(from),
            lines: self.lines(here, &ids, show),
        };
        self.ladder.by_source(ids).into_iter().map(view).collect()
    }

    /// Expectations of a level alone.
    pub(crate) fn own(&self, here: &PageContext, level: LevelId) -> Vec<OwnView> {
        let of = self.ladder.level(level);
        let view = |own: &crate::ladder::Own| {
            let mut cell = CellView {
                level: self.level_card(level),
                anchor: own.written.heading.id.clone(),
                url: format!("{}#{}", self.address(of.page).url, encode(&own.written.heading.id)),
                state: "written",
                count: own.lines.len(),
                ..CellView::default()
            };
            self.fill(here, &own.written, &own.lines, Show::First, &mut cell);
            OwnView { title: own.written.heading.text.clone(), anchor: own.written.heading.id.clone(), cell }
        };
        of.own.iter().map(view).collect()
    }

    /// A step of a competency's scale, by its number from 1; `first` sets the ids of its criteria.
    pub(crate) fn step(
        &self,
        here: &PageContext,
        competency: CompetencyId,
        number: usize,
        first: bool,
    ) -> Option<StepView> {
        let of = self.ladder.competency(competency);
        let at = number.checked_sub(1)?;
        let (step, anchor) = (of.scale.get(at)?, &self.anchors.competency(competency).steps[at]);
        let criteria = step.criteria.as_ref();
        let blocks = criteria.map(|criteria| &self.pages.get(of.page).blocks[criteria.blocks.clone()]);
        Some(StepView {
            name: step.name.clone(),
            number,
            of: of.scale.len(),
            html: blocks.map(|blocks| self.quoted(here, of.page, blocks, first)).unwrap_or_default(),
            url: format!("{}#{}", self.address(of.page).url, encode(anchor)),
            anchor: anchor.clone(),
        })
    }

    /// A level's cells by area.
    pub(crate) fn areas(&self, here: &PageContext, level: LevelId) -> Vec<AreaCells> {
        let by_area = self.by_area(self.ladder.competencies_of(level));
        let view = |(area, competencies): (Area, Vec<CompetencyId>)| {
            let (title, summary) = self.area(&area);
            let cells = competencies.into_iter().map(|id| self.cell(here, level, id, Show::First)).collect();
            AreaCells { title, summary, cells }
        };
        by_area.into_iter().map(view).collect()
    }

    /// Competencies in groups by area, in order.
    pub(crate) fn by_area(&self, competencies: Vec<CompetencyId>) -> Vec<(Area, Vec<CompetencyId>)> {
        let mut groups: Vec<(Area, Vec<CompetencyId>)> = Vec::new();
        for id in competencies {
            let area = &self.ladder.competency(id).area;
            match groups.last_mut() {
                Some((last, ids)) if last == area => ids.push(id),
                _ => groups.push((area.clone(), vec![id])),
            }
        }
        groups
    }

    /// An area's title and summary.
    pub(crate) fn area(&self, area: &Area) -> (String, String) {
        match area {
            Area::Listed(at) => (self.config.areas[*at].title.clone(), self.config.areas[*at].summary.clone()),
            Area::Named(name) => (name.clone(), String::new()),
            Area::None => (String::new(), String::new()),
        }
    }
}
