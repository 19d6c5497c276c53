//! The URLs of parts of pages: cells, expectations, comparisons and self-assessments.

use crate::context::RenderContext;
use crate::ladder::{CompetencyId, Expectation, ExpectationId, LevelId, TrackId};
use crate::link::Generated;
use crate::name;
use crate::percent::encode;

/// The start of the ids of a sheet's own levels. Ids in authors' texts have no `:` unless they are given with one.
const ASSESSED_LEVEL: &str = "level:";

/// Whether scripts can find out the permanent id of an expectation from its sentence: they know the rule for plain English.
pub(crate) fn has_implied_id(expectation: &Expectation) -> bool {
    let sentence = expectation.statement.text.as_str();
    sentence.is_ascii()
        && *expectation.id == name::sentence_anchor(sentence)
        && name::slug(sentence).starts_with(&*expectation.id)
}

impl RenderContext {
    /// The address of the page that compares two levels; empty when there is none.
    pub(crate) fn comparison_url(&self, before: LevelId, now: LevelId) -> String {
        let page = self.routes.comparisons.page(before, now);
        let address = page.and_then(|slug| self.generated(&Generated::Comparison(slug)));
        address.map(|address| address.url.clone()).unwrap_or_default()
    }

    /// The address of a cell on its level's page; that of the page when the cell is not shown there.
    pub(crate) fn cell_url(&self, level: LevelId, competency: CompetencyId) -> String {
        let page = &self.address(self.ladder.level(level).page).url;
        let anchor = self.anchors.level(level).cells.get(&competency);
        anchor.map_or_else(|| page.clone(), |anchor| format!("{page}#{}", encode(anchor)))
    }

    /// The permanent address of an expectation.
    pub(crate) fn expectation_url(&self, id: ExpectationId) -> String {
        let expectation = self.ladder.expectation(id);
        let page = self.ladder.level(expectation.level).page;
        format!("{}#{}", self.address(page).url, encode(&expectation.id))
    }

    /// The self-assessment of a level, if it has one.
    pub(crate) fn assessment(&self, level: LevelId) -> Option<Generated> {
        let first = Generated::Assessment { level, path: String::new() };
        let (found, _) = self.routes.generated.range(first..).next()?;
        matches!(found, Generated::Assessment { level: of, .. } if *of == level).then(|| found.clone())
    }

    /// The sheet with the self-assessment of a level, if it has one.
    pub(crate) fn assessment_sheet(&self, track: Option<TrackId>) -> Option<&Generated> {
        let first = Generated::AssessmentSheet { track, path: String::new() };
        let (found, _) = self.routes.generated.range(first..).next()?;
        matches!(found, Generated::AssessmentSheet { track: of, .. } if *of == track).then_some(found)
    }

    /// The id of a level on the sheet that has its self-assessment; `None` if it has none. It is the level's path below
    /// that of the sheet, so that it stays while the track has other levels.
    pub(crate) fn assessment_anchor(&self, id: LevelId) -> Option<String> {
        let level = self.assessment(id)?.path();
        let sheet = self.assessment_sheet(self.ladder.level(id).tracks.first().copied())?.path();
        let below = level.strip_prefix(&sheet).and_then(|below| below.strip_prefix('/'));
        // No path below another begins with a slash.
        let name = below.unwrap_or_else(|| level.strip_prefix("assess").unwrap_or(&level));
        Some(format!("{ASSESSED_LEVEL}{name}"))
    }

    /// The link to that id on its sheet.
    pub(crate) fn assessment_fragment(anchor: &str) -> String {
        let name = anchor.strip_prefix(ASSESSED_LEVEL);
        name.map_or_else(|| format!("#{anchor}"), |name| format!("#{ASSESSED_LEVEL}{}", encode(name)))
    }

    /// The place of a level's self-assessment; empty if it has none.
    pub(crate) fn assessment_url(&self, id: LevelId) -> String {
        let place = || {
            let sheet = self.assessment_sheet(self.ladder.level(id).tracks.first().copied())?;
            let anchor = self.assessment_anchor(id)?;
            Some(format!("{}{}", self.generated(sheet)?.url, Self::assessment_fragment(&anchor)))
        };
        place().unwrap_or_default()
    }
}
