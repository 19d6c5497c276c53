//! Two levels side by side, and the page on which any two are chosen.

use crate::context::{PageContext, RenderContext};
use crate::ladder::{Area, Changes, ExpectationId, LevelId, Relation, Side, Steps, Turn, compare};
use crate::link::{Generated, encode};
use crate::view::{
    ChooserLevel, ChooserStage, ChooserTrack, ChooserView, ComparedArea, ComparedLine, ComparedRow, ComparedStep,
    ComparisonView, Content, CountView, PairView, PairsView,
};

impl RenderContext {
    /// What the page of a comparison adds.
    pub(crate) fn comparison_content(&self, here: &PageContext, slug: &str) -> Content {
        let pair = self.routes.comparisons.pair(slug);
        let comparison = pair.map(|pair| self.comparison(here, pair.before, pair.now));
        Content { comparison, ..Content::default() }
    }

    /// The title of a comparison's page, in no language. Levels of one name are told apart by their tracks.
    pub(crate) fn comparison_title(&self, slug: &str) -> String {
        let Some(pair) = self.routes.comparisons.pair(slug) else { return String::new() };
        let (from, to) = (self.level_card(pair.before), self.level_card(pair.now));
        if from.title == to.title {
            return format!("{} ({})\u{a0}– {} ({})", from.title, from.track, to.title, to.track);
        }
        format!("{}\u{a0}– {}", from.title, to.title)
    }

    fn comparison(&self, here: &PageContext, before: LevelId, now: LevelId) -> ComparisonView {
        let changes = compare(&self.ladder, before, now);
        let moves = self.moves_from(before).iter().map(|at| &self.ladder.moves[*at]);
        let slug = |level| encode(self.routes.comparisons.slug(level));
        let chooser = self.generated(&Generated::Compare);
        ComparisonView {
            from: self.stage(here, before),
            to: self.stage(here, now),
            counts: counts(&changes),
            areas: self.compared_areas(here, &changes),
            moves: self.cards(moves.filter(|one| one.to == now).map(|one| one.page)),
            swapped: self.comparison_url(now, before),
            chooser: chooser
                .map(|address| format!("{}?from={}&to={}", address.url, slug(before), slug(now)))
                .unwrap_or_default(),
        }
    }

    fn compared_areas(&self, here: &PageContext, changes: &[Changes]) -> Vec<ComparedArea> {
        let mut areas: Vec<(Option<&Area>, ComparedArea)> = Vec::new();
        for changes in changes {
            let row = self.compared_row(here, changes);
            let area = changes.competency.map(|id| &self.ladder.competency(id).area);
            if let Some((_, view)) = areas.last_mut().filter(|(last, _)| *last == area) {
                view.same &= row.same;
                view.rows.push(row);
            } else {
                let title = area.map(|area| self.area(area).0).unwrap_or_default();
                areas.push((area, ComparedArea { title, same: row.same, rows: vec![row] }));
            }
        }
        areas.into_iter().map(|(_, view)| view).collect()
    }

    fn compared_row(&self, here: &PageContext, changes: &Changes) -> ComparedRow {
        let lines = |ids: &[ExpectationId]| ids.iter().map(|id| self.compared_line(*id)).collect();
        let step = |steps: Steps| {
            let named = |step: Option<usize>| self.step(here, changes.competency?, step?, false);
            ComparedStep { turn: turn(steps), was: named(steps.was), now: named(steps.now) }
        };
        ComparedRow {
            competency: self.compared_card(changes.competency),
            same: changes.is_same(),
            notes: notes(changes),
            steps: changes.steps.map(step).into_iter().collect(),
            raised: changes.raised.iter().map(|raised| self.raised(*raised)).collect(),
            added: lines(&changes.added),
            dropped: lines(&changes.dropped),
            open: lines(&changes.open),
            unchanged: lines(&changes.unchanged),
        }
    }

    fn compared_line(&self, id: ExpectationId) -> ComparedLine {
        ComparedLine { url: self.expectation_url(id), text: self.ladder.expectation(id).statement.text.clone() }
    }

    /// What the page on which any two levels are chosen adds.
    pub(crate) fn chooser_content(&self, here: &PageContext) -> Content {
        let comparisons = &self.routes.comparisons;
        let slug = |level: LevelId| comparisons.slug(level).to_owned();
        let choose = |level: &LevelId| ChooserLevel { slug: slug(*level), level: self.level_card(*level) };
        let track = |track: &crate::ladder::Track| ChooserTrack {
            track: self.card(track.page),
            levels: track.levels.iter().map(choose).collect(),
        };
        let tracks = self.ladder.tracks.iter().filter(|track| !track.levels.is_empty());
        let levels = self.ladder.on_tracks();
        let stage = |level: &LevelId| ChooserStage { slug: slug(*level), stage: self.stage(here, *level) };
        let chooser = ChooserView {
            any: comparisons.any,
            level_count: levels.len(),
            data: "compare/".to_owned(),
            tracks: tracks.map(track).collect(),
            pattern: levels.first().filter(|_| comparisons.any).map(|level| self.pattern(here, *level)),
            stages: levels.iter().filter(|_| comparisons.any).map(stage).collect(),
            pairs: levels.iter().map(|level| self.pairs_from(*level)).filter(|pairs| !pairs.is_empty()).collect(),
        };
        Content { chooser: Some(chooser), ..Content::default() }
    }

    fn pairs_from(&self, level: LevelId) -> PairsView {
        let of = |relations: &[Relation]| {
            let pairs = self.routes.comparisons.pairs.iter();
            let wanted = pairs.filter(|pair| pair.before == level && relations.contains(&pair.relation));
            let view = |now| PairView { url: self.comparison_url(level, now), level: self.level_card(now) };
            wanted.map(|pair| view(pair.now)).collect()
        };
        PairsView {
            level: self.level_card(level),
            next: of(&[Relation::Next]),
            others: of(&[Relation::Fork, Relation::Move]),
            rank: of(&[Relation::Rank]),
        }
    }

    /// A comparison in which everything that one can show stands once.
    fn pattern(&self, here: &PageContext, level: LevelId) -> ComparisonView {
        let mut stage = self.stage(here, level);
        "–".clone_into(&mut stage.experience);
        stage.facets.iter_mut().for_each(|facet| "–".clone_into(&mut facet.html));
        let line = || ComparedLine { url: String::new(), text: String::new() };
        let raised = crate::view::RaisedView { url: String::new(), html: String::new(), was: String::new() };
        let step = |turn| ComparedStep { turn, was: Some(blank_step()), now: Some(blank_step()) };
        let row = ComparedRow {
            competency: crate::view::Card {
                url: stage.level.url.clone(), title: "–".to_owned(), ..Default::default()
            },
            same: false,
            notes: NOTES.to_vec(),
            steps: TURNS.into_iter().map(step).collect(),
            raised: vec![raised],
            added: vec![line()],
            dropped: vec![line()],
            open: vec![line()],
            unchanged: vec![line()],
        };
        ComparisonView {
            from: stage.clone(),
            to: stage,
            counts: COUNTS.into_iter().map(|what| CountView { what, number: 1 }).collect(),
            areas: vec![ComparedArea { title: "–".to_owned(), same: false, rows: vec![row] }],
            moves: Vec::new(),
            swapped: String::new(),
            chooser: String::new(),
        }
    }
}

impl PairsView {
    fn is_empty(&self) -> bool {
        [&self.next, &self.others, &self.rank].into_iter().all(Vec::is_empty)
    }
}

fn blank_step() -> crate::view::StepView {
    let (name, html, url, anchor) = ("–".to_owned(), String::new(), String::new(), String::new());
    crate::view::StepView { name, number: 1, of: 1, html, url, anchor }
}

/// The kinds of counts, as views name them.
const COUNTS: [&str; 7] = ["added", "raised", "dropped", "steps", "open", "unchanged", "nothing"];

/// The kinds of notes, as views name them.
const NOTES: [&str; 5] = ["starts", "ends", "from-missing", "to-missing", "both-missing"];

/// The ways that a step can go, as views name them.
const TURNS: [&str; 5] = ["up", "down", "same", "starts", "ends"];

/// How much differs between two levels.
pub(crate) fn counts(changes: &[Changes]) -> Vec<CountView> {
    let sum = |of: fn(&Changes) -> usize| changes.iter().map(of).sum::<usize>();
    let numbers = [
        sum(|changes| changes.added.len()),
        sum(|changes| changes.raised.len()),
        sum(|changes| changes.dropped.len()),
        sum(|changes| usize::from(changes.steps.is_some_and(Steps::differ))),
        sum(|changes| changes.open.len()),
        sum(|changes| changes.unchanged.len()),
    ];
    let nothing = numbers.iter().all(|number| *number == 0);
    let all = COUNTS.into_iter().zip(numbers.into_iter().chain([usize::from(nothing)]));
    all.filter(|(_, number)| *number > 0).map(|(what, number)| CountView { what, number }).collect()
}

/// What is to know of a competency beside its expectations.
pub(crate) fn notes(changes: &Changes) -> Vec<&'static str> {
    match (changes.before, changes.now) {
        (Side::NotApplicable, Side::NotApplicable) => Vec::new(),
        (Side::NotApplicable, Side::NotWritten) => vec!["starts", "to-missing"],
        (Side::NotApplicable, _) => vec!["starts"],
        (Side::NotWritten, Side::NotApplicable) => vec!["ends", "from-missing"],
        (_, Side::NotApplicable) => vec!["ends"],
        (Side::NotWritten, Side::NotWritten) => vec!["both-missing"],
        (Side::NotWritten, _) => vec!["from-missing"],
        (_, Side::NotWritten) => vec!["to-missing"],
        _ => Vec::new(),
    }
}

/// Which way a step goes, as views name it.
pub(crate) fn turn(steps: Steps) -> &'static str {
    match steps.turn() {
        Turn::Up => "up",
        Turn::Down => "down",
        Turn::Same => "same",
        Turn::Starts => "starts",
        Turn::Ends => "ends",
    }
}
