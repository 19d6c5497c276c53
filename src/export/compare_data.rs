//! Data for the script that compares any two levels: each text once, where it is written, and which levels extend which.
//! What levels inherit, and how two of them differ, the script finds out by the rules of the ladder.

use serde::Serialize;
use serde_json::json;

use crate::context::part_urls::has_implied_id;
use crate::context::{PageContext, RenderContext, data_script};
use crate::export::inheritance;
use crate::index_vec::Index;
use crate::ladder::{Area, Cell, CompetencyId, Expectation, ExpectationId, Level, LevelId, TrackId};
use crate::link::Generated;
use crate::pages::level_facets;
use crate::percent::encode;

/// The script with the tracks, levels and competencies that the other ones refer to by number.
pub(crate) fn ladder(context: &RenderContext) -> String {
    let ladder = &context.ladder;
    let mut areas: Vec<&Area> = Vec::new();
    let mut competencies = Vec::new();
    for (id, competency) in ladder.competencies.iter_enumerated() {
        let known = areas.iter().position(|area| **area == competency.area);
        let area = known.unwrap_or_else(|| {
            areas.push(&competency.area);
            areas.len() - 1
        });
        let page = context.card(competency.page);
        let steps = competency.steps.iter().zip(&context.anchors.competency(id).steps);
        let steps: Vec<_> =
            steps.map(|(name, anchor)| (name.clone(), format!("{}#{}", page.url, encode(anchor)))).collect();
        competencies.push((page.title, page.url, area, steps, numbers(&competency.tracks)));
    }
    let track = |track: &crate::ladder::Track| {
        let title = context.card(track.page).title;
        (title, numbers(&track.levels), numbers(&track.competencies), u8::from(track.writes_cells))
    };
    let level = |(id, level): (LevelId, &Level)| {
        let card = context.card(level.page);
        let slug = context.routes.comparisons.slug(id);
        (slug, card.title, card.code, card.url, card.hue, u8::from(card.draft), numbers(&level.tracks))
    };
    data_script(&json!({
        "areas": areas.into_iter().map(|area| context.area(area).0).collect::<Vec<_>>(),
        "competencies": competencies,
        "tracks": ladder.tracks.iter().map(track).collect::<Vec<_>>(),
        "levels": ladder.levels.iter_enumerated().map(level).collect::<Vec<_>>(),
    }))
}

fn numbers<I: Index>(ids: &[I]) -> Vec<usize> {
    ids.iter().map(|id| id.index()).collect()
}

/// The script with what is written for the levels whose first track this is, by their numbers.
pub(crate) fn levels(context: &RenderContext, track: Option<TrackId>) -> String {
    let ladder = &context.ladder;
    let ids = track.map_or_else(|| ladder.levels.ids().collect(), |track| ladder.track(track).levels.clone());
    let ids = ids.into_iter().filter(|id| ladder.level(*id).tracks.first().copied() == track);
    let chooser = Generated::ComparisonChooser.address(context.config.urls);
    let page_context = PageContext::at(&chooser.file, None);
    let levels = ids.map(|id| (id.index().to_string(), json!(level(context, &page_context, id))));
    data_script(&levels.collect::<serde_json::Map<_, _>>())
}

/// What is written for a level. Whatever is empty is left out.
#[derive(Serialize)]
struct LevelData {
    /// The HTML of its facets, in the order of the configuration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    experience: String,
    /// Competencies and the steps of their scales, from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    profile: Vec<(usize, usize)>,
    /// The levels that it extends, and in which competencies; 0 for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extends: Vec<(usize, Extended)>,
    /// The competencies that don't apply to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_applicable: Vec<usize>,
    /// The competencies that have cells written for it, each with the expectations of its cell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(usize, Vec<LineData>)>,
    /// For competencies the expectations that it doesn't inherit, since it repeats them or they are raised or retired: of
    /// each its level, and its position in the cell there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    excludes: Vec<(usize, Vec<(usize, usize)>)>,
    /// Its expectations that raise others, each with those.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    raises: Vec<(LinePlace, Vec<LinePlace>)>,
    /// The inherited expectations that it retires.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    retires: Vec<LinePlace>,
    /// Its expectations outside of competencies, by section.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own: Vec<Vec<LineData>>,
}

/// The place of an expectation: its competency, none for one of its level alone; its level; and its position in the cell
/// there.
type LinePlace = (Option<usize>, usize, usize);

#[derive(Serialize)]
#[serde(untagged)]
enum Extended {
    All(u8),
    Only(Vec<usize>),
}

/// An expectation.
#[derive(Serialize)]
#[serde(untagged)]
enum LineData {
    /// One whose anchor is that of its text, under no sub-heading, and that no other one repeats.
    Text(String),
    /// Its text; its anchor, empty if that of its text; its sub-heading; and the keys of its text and of its sentence, 0
    /// if no other one has the same.
    Full(String, String, String, u64, u64),
}

fn level(context: &RenderContext, page_context: &PageContext, id: LevelId) -> LevelData {
    let (ladder, level) = (&context.ladder, context.ladder.level(id));
    let stage = level_facets::view(context, page_context, id);
    let facets: Vec<String> = stage.facets.into_iter().map(|facet| facet.html).collect();
    let lines = |ids: &[ExpectationId]| -> Vec<LineData> {
        ids.iter().map(|id| line(context, ladder.expectation(*id))).collect()
    };
    let extended = |only: &Option<Vec<CompetencyId>>| match only {
        Some(only) => Extended::Only(numbers(only)),
        None => Extended::All(0),
    };
    let marked = |competency: &CompetencyId| ladder.is_marked_not_applicable(id, *competency);
    let written = level.cells.iter().filter(|(_, cell)| cell.written.is_some());
    let excludes = level.cells.keys().map(|competency| {
        let excluded = inheritance::excluded(ladder, id, *competency).into_iter();
        let place = |line| place(context, line).map(|(_, level, at)| (level, at));
        (competency.index(), excluded.filter_map(place).collect::<Vec<_>>())
    });
    let places = |lines: &[ExpectationId]| lines.iter().filter_map(|line| place(context, *line)).collect::<Vec<_>>();
    let raising = ladder.written_for(id).iter().filter(|line| !ladder.raises(**line).is_empty());
    LevelData {
        facets: if facets.iter().all(String::is_empty) { Vec::new() } else { facets },
        experience: stage.experience,
        profile: level.profile.iter().map(|(competency, step)| (competency.index(), *step)).collect(),
        extends: level.extends.iter().map(|(base, only)| (base.index(), extended(only))).collect(),
        not_applicable: ladder.competencies.ids().filter(marked).map(CompetencyId::index).collect(),
        cells: written.map(|(competency, Cell { lines: ids, .. })| (competency.index(), lines(ids))).collect(),
        excludes: excludes.filter(|(_, lines)| !lines.is_empty()).collect(),
        raises: raising.filter_map(|line| Some((place(context, *line)?, places(ladder.raises(*line))))).collect(),
        retires: places(ladder.retires(id)),
        own: level.own.iter().map(|own| lines(&own.lines)).collect(),
    }
}

fn place(context: &RenderContext, id: ExpectationId) -> Option<LinePlace> {
    let Expectation { level, competency, .. } = *context.ladder.expectation(id);
    let of = context.ladder.level(level);
    let at = match competency {
        Some(competency) => of.cells.get(&competency)?.lines.iter().position(|line| *line == id)?,
        None => of.own.iter().flat_map(|own| &own.lines).position(|line| *line == id)?,
    };
    Some((competency.map(Index::index), level.index(), at))
}

fn line(context: &RenderContext, expectation: &Expectation) -> LineData {
    let statement = &*expectation.statement;
    let text = statement.full_text().into_owned();
    let is_implied = has_implied_id(expectation);
    let repeated = context.repeated();
    let (same, same_sentence) = (repeated.text(statement), repeated.sentence(statement));
    if is_implied && statement.label().is_empty() && same.is_none() && same_sentence.is_none() {
        return LineData::Text(text);
    }
    let anchor = if is_implied { String::new() } else { encode(&expectation.id) };
    let label = statement.label().to_owned();
    LineData::Full(text, anchor, label, same.unwrap_or_default(), same_sentence.unwrap_or_default())
}
