//! Self-assessments: a sheet for each track, with the expectations of its levels for readers to rate.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use crate::context::part_urls::has_implied_id;
use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::radar::Radar;
use crate::ladder::{CompetencyId, ExpectationId, LevelId, OwnExpectations, TakenOver, TrackId};
use crate::link::Generated;
use crate::markdown::escape;
use crate::page::Kind;
use crate::percent::encode;
use crate::view::{
    AssessedBase, AssessedCell, AssessedLevel, AssessedLine, AssessedPlace, AssessedSet, AssessedSubject,
    AssessmentView, Card, Content, GroupView, ListKind, ListView,
};

/// The expectations of levels of other tracks that a sheet may repeat even if it has fewer of its own: enough for the
/// levels that a usual track builds on and leads to. Beyond that and the number of its own, the sheet links to them.
const MAX_FOREIGN_LINES: usize = 200;

/// The ratings that a reader can choose above the lowest one, one for each ring of the radar chart.
const RADAR_RINGS: usize = 3;

/// The author's worksheets, then the list of self-assessments.
pub(crate) fn worksheet_groups(context: &RenderContext) -> Vec<GroupView> {
    let group = |cards: Vec<Card>| GroupView { cards, ..GroupView::default() };
    let own = group(context.cards(context.listed(Kind::Worksheet)));
    let made = context.generated_card(&Generated::Assessments).map(|card| group(vec![card]));
    [own].into_iter().chain(made).collect()
}

/// The levels that have a self-assessment, by track.
pub(crate) fn groups(context: &RenderContext) -> Vec<GroupView> {
    let mut seen = HashSet::new();
    let mut card = |level: &LevelId| {
        let url = context.assessment_url(*level);
        let is_new = seen.insert(*level) && !url.is_empty();
        is_new.then(|| Card { url, ..context.level_card(*level) })
    };
    let mut group = |track: &crate::ladder::Track| GroupView {
        title: context.pages.get(track.page).title.value.clone(),
        cards: track.levels.iter().filter_map(&mut card).collect(),
        ..GroupView::default()
    };
    let groups = context.ladder.tracks.iter().map(&mut group);
    groups.filter(|group| !group.cards.is_empty()).collect()
}

/// The content of an author's page at the address of a level's self-assessment: the way to the sheet.
pub(crate) fn introduced(context: &RenderContext, level: LevelId) -> Content {
    let card = Card { url: context.assessment_url(level), ..context.level_card(level) };
    let groups = vec![GroupView { cards: vec![card], ..GroupView::default() }];
    Content { list: Some(ListView { of: ListKind::Assessments, groups }), ..Content::default() }
}

/// The content of a track's sheet.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, track: Option<TrackId>) -> Content {
    let home = context.ladder.assessable_by_track().into_iter().find(|(of, _)| *of == track);
    let home = home.map(|(_, levels)| levels).unwrap_or_default();
    let sheet = SheetWriter { context, page_context, anchors: anchors(context, &home) };
    let levels = home.iter().map(|level| (*level, true));
    let foreign = foreign_levels(context, &home).into_iter().map(|level| (level, false));
    let shown: Vec<(LevelId, bool)> = levels.chain(foreign).collect();
    let competencies: BTreeSet<CompetencyId> =
        shown.iter().flat_map(|(level, _)| context.ladder.level(*level).cells.keys().copied()).collect();
    let subjects: Vec<AssessedSubject> = competencies.into_iter().map(|id| sheet.subject(id)).collect();
    let axes = subjects.iter().map(|subject| (subject.title.clone(), RADAR_RINGS)).collect();
    let view = AssessmentView {
        track: track.map(|track| context.track_card(track)),
        levels: shown.into_iter().map(|(level, is_home)| sheet.level(level, is_home)).collect(),
        radar: Radar { axes, shapes: Vec::new(), right_to_left: context.config.is_right_to_left() }.draw(),
        subjects,
    };
    Content { assessment: Some(view), ..Content::default() }
}

/// The ids of all levels on a sheet.
fn anchors(context: &RenderContext, home: &[LevelId]) -> HashMap<LevelId, String> {
    let own = home.iter().map(|level| (*level, context.assessment_anchor(*level).unwrap_or_default()));
    let foreign = foreign_levels(context, home).into_iter().zip(1..);
    own.chain(foreign.map(|(level, number)| (level, format!("base:{number}")))).collect()
}

/// The levels of elsewhere that a sheet repeats: those that its own build on, then those that its own lead to, with
/// what these build on.
fn foreign_levels(context: &RenderContext, home: &[LevelId]) -> Vec<LevelId> {
    let ladder = &context.ladder;
    let count = |level: LevelId| ladder.written_for(level).len();
    let most = home.iter().map(|level| count(*level)).sum::<usize>().max(MAX_FOREIGN_LINES);
    let mut seen: HashSet<LevelId> = home.iter().copied().collect();
    let (mut found, mut lines) = (Vec::new(), 0);
    let bases = home.iter().flat_map(|level| ladder.level(*level).extends.iter().map(|(base, _)| *base));
    let next = home.iter().flat_map(|level| ladder.level(*level).leads_to.iter().copied());
    let mut queue: VecDeque<LevelId> = bases.chain(next).collect();
    while let Some(level) = queue.pop_front() {
        if !seen.insert(level) || lines + count(level) > most {
            continue;
        }
        lines += count(level);
        found.push(level);
        for (base, _) in ladder.level(level).extends.iter().rev() {
            queue.push_front(*base);
        }
    }
    found
}

/// Builds the views of the levels on one sheet.
struct SheetWriter<'a> {
    context: &'a RenderContext,
    page_context: &'a PageContext,
    /// The ids of the levels that are on the sheet.
    anchors: HashMap<LevelId, String>,
}

impl SheetWriter<'_> {
    fn subject(&self, id: CompetencyId) -> AssessedSubject {
        let of = self.context.ladder.competency(id);
        AssessedSubject {
            key: self.key(id),
            title: self.context.pages.get(of.page).title.value.clone(),
            area: self.context.area(&of.area).0,
            url: self.context.address(of.page).url.clone(),
        }
    }

    fn key(&self, id: CompetencyId) -> String {
        self.context.pages.get(self.context.ladder.competency(id).page).id.clone()
    }

    fn id(&self, level: LevelId) -> String {
        self.context.pages.get(self.context.ladder.level(level).page).id.clone()
    }

    fn level(&self, id: LevelId, is_home: bool) -> AssessedLevel {
        let level = self.context.ladder.level(id);
        let own = level.own.iter().map(|own| self.own_cell(id, own));
        let cells = level.cells.iter().map(|(competency, cell)| AssessedCell {
            key: self.key(*competency),
            title: self.context.competency_card(*competency).title,
            url: String::new(),
            lines: self.lines(&cell.lines),
        });
        let next = level.leads_to.iter().filter(|_| is_home).map(|next| self.place(*next));
        AssessedLevel {
            level: self.context.level_card(id),
            id: self.id(id),
            anchor: self.anchors.get(&id).cloned().unwrap_or_default(),
            is_home,
            bases: level.extends.iter().map(|(base, _)| self.base(id, *base)).collect(),
            next: next.collect(),
            cells: own.chain(cells).filter(|cell| !cell.lines.is_empty()).collect(),
        }
    }

    fn place(&self, id: LevelId) -> AssessedPlace {
        let here = self.anchors.get(&id);
        let elsewhere = || {
            let sheet = self.context.assessment_url(id);
            let page = &self.context.address(self.context.ladder.level(id).page).url;
            format!("{}{}", self.page_context.root, if sheet.is_empty() { page } else { &sheet })
        };
        AssessedPlace {
            level: self.context.level_card(id),
            id: self.id(id),
            href: here.map_or_else(elsewhere, |anchor| RenderContext::assessment_fragment(anchor)),
            is_here: here.is_some(),
        }
    }

    /// What a level has from one that it extends, as differences from all of it.
    fn base(&self, id: LevelId, base: LevelId) -> AssessedBase {
        let TakenOver { only, without, except } = self.context.ladder.taken_over(id, base);
        let superseded = except.iter().filter(|line| self.context.ladder.supersession(id, **line).is_some()).count();
        let except = except.into_iter().map(|line| {
            let line = self.context.ladder.expectation(line);
            format!("{}#{}", self.id(line.level), line.id)
        });
        AssessedBase {
            place: self.place(base),
            only: self.set(&only),
            without: self.set(&without),
            except: except.collect::<Vec<_>>().join("\n"),
            superseded,
        }
    }

    fn set(&self, ids: &[CompetencyId]) -> AssessedSet {
        AssessedSet {
            keys: ids.iter().map(|id| self.key(*id)).collect::<Vec<_>>().join("\n"),
            titles: ids.iter().map(|id| self.context.competency_card(*id).title).collect(),
        }
    }

    fn own_cell(&self, id: LevelId, own: &OwnExpectations) -> AssessedCell {
        let page = self.context.ladder.level(id).page;
        let anchor = &own.written.heading.id;
        AssessedCell {
            key: format!("{}#{anchor}", self.context.pages.get(page).id),
            title: own.written.heading.text.clone(),
            url: format!("{}#{}", self.context.address(page).url, encode(anchor)),
            lines: self.lines(&own.lines),
        }
    }

    fn lines(&self, ids: &[ExpectationId]) -> Vec<AssessedLine> {
        let line = |id: &ExpectationId| {
            let expectation = self.context.ladder.expectation(*id);
            let statement = &expectation.statement;
            let (label, html) = (
                statement.label().to_owned(),
                self.context.rich(self.page_context, expectation.page, &statement.html, false),
            );
            let detail = self.context.quoted(self.page_context, expectation.page, &statement.detail.blocks, false);
            let is_plain = label.is_empty() && detail.is_empty() && html == escape(&statement.text);
            let id = if is_plain && has_implied_id(expectation) { String::new() } else { expectation.id.to_string() };
            AssessedLine { id, label, html, detail }
        };
        ids.iter().map(line).collect()
    }
}
