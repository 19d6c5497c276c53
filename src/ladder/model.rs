//! The finished ladder and its queries.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

use crate::index_vec::IndexVec;
use crate::ladder::expectations::read_expectations::CellText;
use crate::ladder::expectations::statement::Statement;
use crate::ladder::id_types::{CompetencyId, ExpectationId, LevelId, TrackId};
use crate::ladder::sections::section_summary::SectionSummary;
use crate::ladder::serves::Serves;
use crate::ladder::structure::{CompetencyOutline, LevelOutline, Structure, TrackOutline};
use crate::ladder::superseded::{Superseded, Supersession};
use crate::markdown::{Block, Heading};
use crate::page::{PageId, PageLayout, Pages};

/// The model: tracks, levels, competencies, expectations and moves, all references resolved. It dereferences to its
/// [`Structure`], which has the moves and the roles of pages.
#[derive(Debug, Clone, Default)]
pub struct Ladder {
    /// The structure, from the front matter of all pages.
    pub structure: Arc<Structure>,
    /// The tracks, in the order in which they are shown.
    pub tracks: IndexVec<TrackId, Track>,
    /// The levels, in the order of their files.
    pub levels: IndexVec<LevelId, Level>,
    /// The competencies, by area and order.
    pub competencies: IndexVec<CompetencyId, Competency>,
    /// All expectations.
    pub expectations: IndexVec<ExpectationId, Expectation>,
    /// The expectations that are written for each level. See [`Ladder::written_for`].
    pub(super) by_level: Arc<IndexVec<LevelId, Vec<ExpectationId>>>,
    /// The prose in the bodies of levels and competencies. See [`Ladder::layout`].
    pub(super) layouts: HashMap<PageId, Arc<PageLayout>>,
    /// The sections of levels and competencies. See [`Ladder::reading`].
    pub(super) readings: HashMap<PageId, Arc<Vec<SectionSummary>>>,
    /// The competencies that tables say don't apply to a level, beside those in front matter.
    pub(super) not_applicable: HashSet<(LevelId, CompetencyId)>,
    /// What no longer holds at higher levels.
    pub(super) superseded: Arc<Superseded>,
    /// The parts of the ladder that articles and worksheets serve.
    pub serves: Arc<BTreeMap<PageId, Serves>>,
}

impl Deref for Ladder {
    type Target = Structure;
    fn deref(&self) -> &Structure {
        &self.structure
    }
}

/// A track. It dereferences to its outline.
#[derive(Debug, Clone)]
pub struct Track {
    pub(super) outline: Arc<TrackOutline>,
    /// The competencies that are part of it, in order: those that name it in their `tracks`, and those that any of its
    /// levels writes, inherits or needs a step of. Other tracks' competencies aren't missing on its levels.
    pub competencies: Vec<CompetencyId>,
    /// Whether any cell is written for its levels. If not, none is missing.
    pub writes_cells: bool,
}

impl Deref for Track {
    type Target = TrackOutline;
    fn deref(&self) -> &TrackOutline {
        &self.outline
    }
}

/// A level. It dereferences to its outline.
#[derive(Debug, Clone)]
pub struct Level {
    pub(super) outline: Arc<LevelOutline>,
    /// Its cells: where something is written or inherited, or would be if it weren't raised or retired.
    pub cells: Arc<BTreeMap<CompetencyId, Cell>>,
    /// Expectations of this level alone, under headings of their own.
    pub own: Arc<Vec<OwnExpectations>>,
}

impl Deref for Level {
    type Target = LevelOutline;
    fn deref(&self) -> &LevelOutline {
        &self.outline
    }
}

/// The expectations of a level in one competency.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The cell as its author wrote it; `None` if all its expectations are inherited.
    pub written: Option<Written>,
    /// Its own expectations.
    pub lines: Vec<ExpectationId>,
    /// Expectations of levels that it extends, nearest level first.
    pub inherited: Vec<ExpectationId>,
}

/// A cell as its author wrote it, with its page. It dereferences to its section.
#[derive(Debug, Clone)]
pub struct Written {
    /// The page that it is written on: the level's or the competency's.
    pub page: PageId,
    /// The section, which stays the same when pages have other ids.
    pub section: Arc<WrittenSection>,
}

impl Deref for Written {
    type Target = WrittenSection;
    fn deref(&self) -> &WrittenSection {
        &self.section
    }
}

/// A cell as its author wrote it.
#[derive(Debug)]
pub struct WrittenSection {
    /// The heading that opens it.
    pub heading: Heading,
    /// The text under it. Its statements are the ladder's [`Expectation`]s.
    pub text: CellText,
}

/// Expectations of one level alone.
#[derive(Debug, Clone)]
pub struct OwnExpectations {
    /// The section as its author wrote it.
    pub written: Written,
    /// The expectations.
    pub lines: Vec<ExpectationId>,
}

/// The state of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The level has expectations of its own.
    Written,
    /// All its expectations come from levels that it extends.
    Inherited,
    /// It isn't written yet.
    Missing,
    /// Nothing is expected here: the level's author marked the competency as not applicable.
    NotApplicable,
    /// The competency isn't part of the level's tracks.
    NotOnTrack,
}

/// One expectation.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// Its anchor on its level's page.
    pub id: Arc<str>,
    /// The level that it was written for.
    pub level: LevelId,
    /// The competency of its cell; `None` if it's of its level alone.
    pub competency: Option<CompetencyId>,
    /// The page that it is written on.
    pub page: PageId,
    /// Its text.
    pub statement: Arc<Statement>,
}

/// A competency. It dereferences to its outline.
#[derive(Debug, Clone)]
pub struct Competency {
    pub(super) outline: Arc<CompetencyOutline>,
    /// The steps of its scale, lowest first.
    pub scale: Vec<Step>,
    /// The levels that have a cell in it, or need a step of its scale.
    pub levels: Vec<LevelId>,
}

impl Deref for Competency {
    type Target = CompetencyOutline;
    fn deref(&self) -> &CompetencyOutline {
        &self.outline
    }
}

/// One step of a competency's scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// Its criteria on the competency's page, if they are written.
    pub criteria: Option<Criteria>,
}

/// The criteria of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Criteria {
    /// The anchor of the heading, or of the name in a table or list, that names the step.
    pub anchor: String,
    /// Their blocks, of the competency's page.
    pub blocks: Arc<[Block]>,
}

/// The most levels of a ladder that pages about several of them show in full.
const MAX_SHOWN_IN_FULL: usize = 150;

impl Ladder {
    /// Whether it has so many levels that each text is on its level's page alone, and pages about several levels count and
    /// link.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.levels.len() > MAX_SHOWN_IN_FULL
    }

    /// Whether any track has competencies.
    #[must_use]
    pub fn has_matrix(&self) -> bool {
        self.tracks.iter().any(|track| !track.competencies.is_empty())
    }

    /// The blocks of a page's body that are prose, and their anchors.
    #[must_use]
    pub fn layout<'a>(&'a self, pages: &'a Pages, page: PageId) -> &'a PageLayout {
        self.layouts.get(&page).map_or(&pages.get(page).layout, |layout| layout)
    }

    /// A track.
    #[must_use]
    pub fn track(&self, id: TrackId) -> &Track {
        &self.tracks[id]
    }

    /// A level.
    #[must_use]
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[id]
    }

    /// A competency.
    #[must_use]
    pub fn competency(&self, id: CompetencyId) -> &Competency {
        &self.competencies[id]
    }

    /// An expectation.
    #[must_use]
    pub fn expectation(&self, id: ExpectationId) -> &Expectation {
        &self.expectations[id]
    }

    /// The expectations that are written for a level, in the order of files.
    #[must_use]
    pub fn written_for(&self, level: LevelId) -> &[ExpectationId] {
        &self.by_level[level]
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
    pub fn concrete_levels(&self) -> impl Iterator<Item = LevelId> {
        self.levels.ids().filter(|id| !self.level(*id).is_abstract)
    }

    /// The rungs that have a self-assessment: those with expectations, or with a following level that has some.
    pub fn assessable(&self) -> impl Iterator<Item = LevelId> {
        let expects = |id: &LevelId| {
            let level = self.level(*id);
            level.cells.values().any(|cell| !(cell.lines.is_empty() && cell.inherited.is_empty()))
                || level.own.iter().any(|own| !own.lines.is_empty())
        };
        self.concrete_levels().filter(move |id| expects(id) || self.level(*id).leads_to.iter().any(expects))
    }

    /// The rungs that have a self-assessment, by their own track, in its order; those without a track come last.
    #[must_use]
    pub fn assessable_by_track(&self) -> Vec<(Option<TrackId>, Vec<LevelId>)> {
        let mut by_track: BTreeMap<Option<TrackId>, Vec<LevelId>> = BTreeMap::new();
        for level in self.assessable() {
            by_track.entry(self.level(level).tracks.first().copied()).or_default().push(level);
        }
        for (track, levels) in &mut by_track {
            let Some(track) = track else { continue };
            let order: HashMap<LevelId, usize> =
                self.track(*track).levels.iter().enumerate().map(|(at, level)| (*level, at)).collect();
            levels.sort_by_key(|level| order.get(level).copied().unwrap_or(usize::MAX));
        }
        let trackless = by_track.remove(&None).map(|levels| (None, levels));
        by_track.into_iter().chain(trackless).collect()
    }

    /// The foundations: all abstract levels.
    pub fn abstract_levels(&self) -> impl Iterator<Item = LevelId> {
        self.levels.ids().filter(|id| self.level(*id).is_abstract)
    }

    /// The state of a cell.
    #[must_use]
    pub fn state(&self, level: LevelId, competency: CompetencyId) -> State {
        match self.level(level).cells.get(&competency) {
            Some(cell) if cell.written.is_some() => State::Written,
            _ if self.is_marked_not_applicable(level, competency) => State::NotApplicable,
            _ if !self.is_on_track(level, competency) => State::NotOnTrack,
            Some(cell) if !cell.inherited.is_empty() => State::Inherited,
            _ => State::Missing,
        }
    }

    /// Whether a competency is part of a level's tracks, or may become so because these have no competencies yet.
    fn is_on_track(&self, level: LevelId, competency: CompetencyId) -> bool {
        let tracks = || self.level(level).tracks.iter().map(|track| self.track(*track));
        let is_part = || tracks().any(|track| track.competencies.binary_search(&competency).is_ok());
        self.applies(level, competency) && (tracks().all(|track| track.competencies.is_empty()) || is_part())
    }

    /// Whether an author marked a competency as not applicable to a level.
    #[must_use]
    pub fn is_marked_not_applicable(&self, level: LevelId, competency: CompetencyId) -> bool {
        self.not_applicable.contains(&(level, competency)) || self.level(level).not_applicable.contains(&competency)
    }

    /// The levels that a level extends in a competency, of those that have a cell in it.
    pub fn bases(&self, level: LevelId, competency: CompetencyId) -> impl Iterator<Item = LevelId> {
        let extends = self.level(level).extends.iter();
        let extends = extends.filter(move |(_, only)| only.as_ref().is_none_or(|only| only.contains(&competency)));
        extends.map(|(base, _)| *base).filter(move |base| self.level(*base).cells.contains_key(&competency))
    }

    /// The competencies in which a cell of a level is missing, although its tracks write cells in them.
    #[must_use]
    pub fn missing_cells(&self, level: LevelId) -> Vec<CompetencyId> {
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

    /// The expectations that one raises, as its author says.
    #[must_use]
    pub fn raises(&self, expectation: ExpectationId) -> &[ExpectationId] {
        self.superseded.raises.get(&expectation).map_or(&[], Vec::as_slice)
    }

    /// The expectations that raise one, as their authors say.
    #[must_use]
    pub fn raised_by(&self, expectation: ExpectationId) -> &[ExpectationId] {
        self.superseded.raised_by.get(&expectation).map_or(&[], Vec::as_slice)
    }

    /// The inherited expectations that a level retires.
    #[must_use]
    pub fn retires(&self, level: LevelId) -> &[ExpectationId] {
        self.superseded.retires.get(&level).map_or(&[], Vec::as_slice)
    }

    /// Why an expectation of a level below no longer holds at a level; `None` unless it was raised or retired there, or at
    /// a level that this one extends.
    #[must_use]
    pub fn supersession(&self, level: LevelId, expectation: ExpectationId) -> Option<Supersession> {
        self.superseded.gone[level].get(&expectation).copied()
    }

    /// Whether an expectation holds at a level: it is written for it, or inherited.
    #[must_use]
    pub fn holds(&self, level: LevelId, expectation: ExpectationId) -> bool {
        let level = self.level(level);
        match self.expectation(expectation).competency {
            Some(competency) => level
                .cells
                .get(&competency)
                .is_some_and(|cell| cell.lines.contains(&expectation) || cell.inherited.contains(&expectation)),
            None => level.own.iter().any(|own| own.lines.contains(&expectation)),
        }
    }
}
