use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::cell::CellText;
use super::statement::Statement;
use crate::markdown::Heading;
use crate::page::{Layout, PageId, Pages};

/// Which track of a [`Ladder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackId(pub usize);

/// Which level of a [`Ladder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelId(pub usize);

/// Which competency of a [`Ladder`], in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompetencyId(pub usize);

/// Which expectation of a [`Ladder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExpectationId(pub usize);

/// The model: tracks, levels, competencies, expectations and moves, all references resolved.
#[derive(Debug, Clone, Default)]
pub struct Ladder {
    /// The tracks in order.
    pub tracks: Vec<Track>,
    /// The levels in the order of their files.
    pub levels: Vec<Level>,
    /// The competencies, by area and order.
    pub competencies: Vec<Competency>,
    /// All expectations.
    pub expectations: Vec<Expectation>,
    /// The moves in order.
    pub moves: Vec<Move>,
    /// What the bodies of levels and competencies are split into. See [`Ladder::layout`].
    pub(super) layouts: HashMap<PageId, Arc<Layout>>,
    /// What articles and worksheets serve.
    pub serves: Arc<BTreeMap<PageId, Serves>>,
    pub(super) by_page: HashMap<PageId, Role>,
}

/// What a page is in the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A track.
    Track(TrackId),
    /// A level.
    Level(LevelId),
    /// A competency.
    Competency(CompetencyId),
}

/// A sequence of levels.
#[derive(Debug, Clone)]
pub struct Track {
    /// Its page.
    pub page: PageId,
    /// Its levels, lowest first.
    pub levels: Vec<LevelId>,
    /// Tracks of one family are shown as a group.
    pub family: String,
    /// Competencies and their share of 100.
    pub weights: Vec<(CompetencyId, f64)>,
    /// The competencies that apply in it, in order; where nobody writes cells at all, those of its levels' profiles.
    pub competencies: Vec<CompetencyId>,
    /// Whether anybody writes cells for its levels. If not, none is missing.
    pub writes_cells: bool,
}

/// One rung, or a foundation that rungs extend.
#[derive(Debug, Clone)]
pub struct Level {
    /// Its page.
    pub page: PageId,
    /// Its tracks; its own first, others when they share the rung. None for a foundation.
    pub tracks: Vec<TrackId>,
    /// Its place on the common vertical scale; none for a foundation.
    pub rank: Option<f64>,
    /// Whether it is no rung.
    pub is_abstract: bool,
    /// What it extends, and for which competencies (all when not said).
    pub extends: Vec<(LevelId, Option<Vec<CompetencyId>>)>,
    /// What follows it.
    pub leads_to: Vec<LevelId>,
    /// What it follows.
    pub comes_from: Vec<LevelId>,
    /// The step that it needs on a competency's scale, from 1.
    pub profile: BTreeMap<CompetencyId, usize>,
    /// Competencies in which its author says that nothing is expected.
    pub not_applicable: HashSet<CompetencyId>,
    /// Its cells, where something is written or inherited.
    pub cells: BTreeMap<CompetencyId, Cell>,
    /// Expectations of this level alone, under headings of their own.
    pub own: Vec<Own>,
    /// The ids of what its page shows beside the author's text.
    pub anchors: Arc<Anchors>,
}

/// The ids of the parts of a level's page that the author did not write as headings.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// The section on what is new.
    pub changes: String,
    /// The section of expectations.
    pub expectations: String,
    /// The section on the ways in and on.
    pub ways: String,
    /// The facets, in the order of the configuration.
    pub facets: Vec<String>,
    /// The cells.
    pub cells: BTreeMap<CompetencyId, String>,
}

/// What a level expects in one competency.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What is written for it: on which page, and what.
    pub written: Option<Arc<Written>>,
    /// Its own expectations.
    pub lines: Vec<ExpectationId>,
    /// Expectations of levels that it extends, nearest level first.
    pub inherited: Vec<ExpectationId>,
}

/// A cell as its author wrote it.
#[derive(Debug)]
pub struct Written {
    /// The page that it is written on: the level's or the competency's.
    pub page: PageId,
    /// The heading that opens it.
    pub heading: Heading,
    /// What stands under it. Its lines are the ladder's [`Expectation`]s.
    pub text: CellText,
}

/// Expectations of one level alone.
#[derive(Debug, Clone)]
pub struct Own {
    /// What is written, and under which heading.
    pub written: Arc<Written>,
    /// The expectations.
    pub lines: Vec<ExpectationId>,
}

/// Why a cell looks as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The level has expectations of its own.
    Written,
    /// All its expectations come from levels that it extends.
    Inherited,
    /// Nobody has written it yet.
    Missing,
    /// Nothing is expected here.
    NotApplicable,
}

impl State {
    /// Its name in views and in `ladder.json`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Inherited => "inherited",
            Self::Missing => "missing",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// One expectation.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Its anchor on its level's page.
    pub id: Arc<str>,
    /// The level that it was written for.
    pub level: LevelId,
    /// The page that it is written on.
    pub page: PageId,
    /// What is written.
    pub statement: Arc<Statement>,
}

/// A dimension in which people grow.
#[derive(Debug, Clone)]
pub struct Competency {
    /// Its page.
    pub page: PageId,
    /// Which of the configuration's areas it belongs to, or after those the name of an area that is not configured.
    pub area: Area,
    /// The tracks where it applies; all when empty.
    pub tracks: Vec<TrackId>,
    /// The steps of its scale, lowest first.
    pub scale: Vec<Step>,
    /// The levels that have a cell in it, or need a step of its scale.
    pub levels: Vec<LevelId>,
    /// The ids of those cells on its page.
    pub anchors: Arc<BTreeMap<LevelId, String>>,
}

/// The area of a competency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// One of the configuration's, by position.
    Listed(usize),
    /// A project that lists no areas has those that competencies name.
    Named(String),
    /// None.
    None,
}

/// One step of a competency's scale.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Its anchor on the competency's page.
    pub anchor: String,
    /// The blocks of the page's body that hold its criteria.
    pub criteria: Option<Range<usize>>,
}

/// How to go from one level to another.
#[derive(Debug, Clone)]
pub struct Move {
    /// Its page.
    pub page: PageId,
    /// Where it starts.
    pub from: LevelId,
    /// Where it leads.
    pub to: LevelId,
}

/// What an article or a worksheet serves.
#[derive(Debug, Clone, Default)]
pub struct Serves {
    /// Levels.
    pub levels: Vec<LevelId>,
    /// Competencies.
    pub competencies: Vec<CompetencyId>,
    /// Tracks.
    pub tracks: Vec<TrackId>,
}

impl Ladder {
    /// What a page is in the ladder, if it is part of it.
    #[must_use]
    pub fn role(&self, page: PageId) -> Option<Role> {
        self.by_page.get(&page).copied()
    }

    /// Whether both are made of the same front matter, words aside, so that they differ in expectations at most.
    #[must_use]
    pub fn stands_like(&self, other: &Self) -> bool {
        // The frame of a ladder is made once for all ladders that share it.
        Arc::ptr_eq(&self.serves, &other.serves)
    }

    /// The pages of levels and competencies, in no order: those whose bodies hold cells.
    pub fn with_cells(&self) -> impl Iterator<Item = PageId> {
        let levels = self.levels.iter().map(|level| level.page);
        levels.chain(self.competencies.iter().map(|competency| competency.page))
    }

    /// Whether any track has competencies.
    #[must_use]
    pub fn has_matrix(&self) -> bool {
        self.tracks.iter().any(|track| !track.competencies.is_empty())
    }

    /// What a page's body is split into, and the ids that its page will have.
    #[must_use]
    pub fn layout<'a>(&'a self, pages: &'a Pages, page: PageId) -> &'a Layout {
        self.layouts.get(&page).map_or(&pages.get(page).layout, |layout| layout)
    }

    /// Whether a page's layout is the very one that it has in another ladder.
    #[must_use]
    pub fn shares_layout(&self, other: &Self, page: PageId) -> bool {
        let both = self.layouts.get(&page).zip(other.layouts.get(&page));
        both.is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// A track.
    #[must_use]
    pub fn track(&self, id: TrackId) -> &Track {
        &self.tracks[id.0]
    }

    /// A level.
    #[must_use]
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[id.0]
    }

    /// A competency.
    #[must_use]
    pub fn competency(&self, id: CompetencyId) -> &Competency {
        &self.competencies[id.0]
    }

    /// An expectation.
    #[must_use]
    pub fn expectation(&self, id: ExpectationId) -> &Expectation {
        &self.expectations[id.0]
    }

    /// Expectations by the levels that they are written for, in order.
    #[must_use]
    pub fn by_source<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i ExpectationId>,
    ) -> Vec<(LevelId, Vec<ExpectationId>)> {
        let mut sources: Vec<(LevelId, Vec<ExpectationId>)> = Vec::new();
        for id in ids {
            let from = self.expectation(*id).level;
            match sources.iter_mut().find(|(level, _)| *level == from) {
                Some((_, ids)) => ids.push(*id),
                None => sources.push((from, vec![*id])),
            }
        }
        sources
    }

    /// The rungs: all levels that are not abstract.
    pub fn rungs(&self) -> impl Iterator<Item = LevelId> {
        (0..self.levels.len()).map(LevelId).filter(|id| !self.level(*id).is_abstract)
    }

    /// The rungs against which one can assess oneself: something is expected there, or at a level that follows.
    pub fn assessable(&self) -> impl Iterator<Item = LevelId> {
        let expects = |id: &LevelId| {
            let level = self.level(*id);
            level.cells.values().any(|cell| !(cell.lines.is_empty() && cell.inherited.is_empty()))
                || level.own.iter().any(|own| !own.lines.is_empty())
        };
        self.rungs().filter(move |id| expects(id) || self.level(*id).leads_to.iter().any(expects))
    }

    /// The foundations: all abstract levels.
    pub fn foundations(&self) -> impl Iterator<Item = LevelId> {
        (0..self.levels.len()).map(LevelId).filter(|id| self.level(*id).is_abstract)
    }

    /// Whether anything can be expected of a level in a competency.
    #[must_use]
    pub fn applies(&self, level: LevelId, competency: CompetencyId) -> bool {
        let (level, tracks) = (self.level(level), &self.competency(competency).tracks);
        let on_track =
            tracks.is_empty() || level.tracks.is_empty() || level.tracks.iter().any(|id| tracks.contains(id));
        on_track && !level.not_applicable.contains(&competency)
    }

    /// Says which statement makes a competency not applicable to a level.
    #[must_use]
    pub fn why_not_applicable(&self, level: LevelId, competency: CompetencyId) -> &'static str {
        if self.level(level).not_applicable.contains(&competency) {
            "the level's `not_applicable` says so"
        } else {
            "the competency's `tracks` leave the level's track out"
        }
    }

    /// The state of a cell.
    #[must_use]
    pub fn state(&self, level: LevelId, competency: CompetencyId) -> State {
        match self.level(level).cells.get(&competency) {
            Some(cell) if cell.written.is_some() => State::Written,
            _ if !self.applies(level, competency) => State::NotApplicable,
            Some(cell) if !cell.inherited.is_empty() => State::Inherited,
            _ => State::Missing,
        }
    }

    /// The competencies of which a rung says nothing although it is asked: those of its tracks that write cells.
    #[must_use]
    pub fn missing(&self, level: LevelId) -> Vec<CompetencyId> {
        let asking = self.level(level).tracks.iter().map(|track| self.track(*track)).filter(|track| track.writes_cells);
        let asked: BTreeSet<CompetencyId> = asking.flat_map(|track| &track.competencies).copied().collect();
        asked.into_iter().filter(|competency| self.state(level, *competency) == State::Missing).collect()
    }

    /// The competencies to show for a level, in order: those of its tracks, or all for a foundation.
    #[must_use]
    pub fn competencies_of(&self, level: LevelId) -> Vec<CompetencyId> {
        let level = self.level(level);
        let of_tracks = level.tracks.iter().flat_map(|track| &self.track(*track).competencies);
        let all: BTreeSet<CompetencyId> = of_tracks.chain(level.cells.keys()).copied().collect();
        all.into_iter().collect()
    }
}
