//! Cards of pages, levels, tracks and competencies.

use std::collections::HashMap;

use crate::context::RenderContext;
use crate::index_vec::Index;
use crate::ladder::{CompetencyId, LevelId, Role, TrackId, number};
use crate::link::Generated;
use crate::name;
use crate::page::PageId;
use crate::view::{Card, FamilyView, LadderRow, LadderView, RungView, TrackRungs};

/// The number of track colours in a theme.
const HUES: usize = 8;

/// Formats a rank: `3`, `3.5`; empty for none.
pub(crate) fn rank_text(rank: Option<f64>) -> String {
    rank.map(number).unwrap_or_default()
}

impl RenderContext {
    /// A page as other pages show it.
    pub(crate) fn card(&self, id: PageId) -> Card {
        let page = self.pages.get(id);
        let role = self.ladder.role(id);
        let track = match role {
            Some(Role::Level(level)) => self.ladder.level(level).tracks.first().copied(),
            _ => None,
        };
        let hue = match role {
            Some(Role::Track(track)) => hue(track),
            _ => track.map_or(0, hue),
        };
        Card {
            title: page.title.value.clone(),
            url: self.address(id).url.clone(),
            kind: page.kind.as_str(),
            summary: page.summary.clone(),
            code: page.code().unwrap_or_default().to_owned(),
            track: track
                .map(|track| self.pages.get(self.ladder.track(track).page).title.value.clone())
                .unwrap_or_default(),
            hue,
            draft: page.draft,
        }
    }

    pub(crate) fn cards(&self, ids: impl IntoIterator<Item = PageId>) -> Vec<Card> {
        ids.into_iter().map(|id| self.card(id)).collect()
    }

    pub(crate) fn track_card(&self, id: TrackId) -> Card {
        self.card(self.ladder.track(id).page)
    }

    pub(crate) fn level_card(&self, id: LevelId) -> Card {
        self.card(self.ladder.level(id).page)
    }

    pub(crate) fn competency_card(&self, id: CompetencyId) -> Card {
        self.card(self.ladder.competency(id).page)
    }

    /// A generated page as other pages show it.
    pub(crate) fn generated_card(&self, generated: &Generated) -> Option<Card> {
        let (address, introduced) = self.routes.generated.get(generated)?;
        let summary = introduced.map(|id| self.pages.get(id).summary.clone()).unwrap_or_default();
        let title = self.generated_title(generated);
        Some(Card { title, url: address.url.clone(), kind: "page", summary, ..Card::default() })
    }

    /// The title of a comparison's page, language-independent. Levels with the same title are distinguished by their
    /// tracks.
    pub(crate) fn comparison_title(&self, slug: &str) -> String {
        let Some(pair) = self.routes.comparisons.pair(slug) else { return String::new() };
        let (from, to) = (self.level_card(pair.before), self.level_card(pair.now));
        if from.title == to.title {
            return format!("{} ({})\u{a0}– {} ({})", from.title, from.track, to.title, to.track);
        }
        format!("{}\u{a0}– {}", from.title, to.title)
    }

    /// The title of a generated page: that of the author's page that introduces it, or its own.
    pub(crate) fn generated_title(&self, generated: &Generated) -> String {
        let introduced = self.routes.generated.get(generated).and_then(|(_, introduced)| *introduced);
        match (introduced, generated) {
            (Some(page), _) => self.pages.get(page).title.value.clone(),
            (None, Generated::Home) => self.config.title.clone(),
            (None, other) => other.title().to_owned(),
        }
    }

    fn rung(&self, id: LevelId) -> RungView {
        let leads_to = self.ladder.level(id).leads_to.iter().map(|next| self.level_card(*next)).collect();
        RungView { level: self.level_card(id), leads_to }
    }

    /// All tracks side by side, or by family if the ladder is large.
    pub(crate) fn ladder_view(&self) -> LadderView {
        let tracks: Vec<TrackId> = self.ladder.tracks.ids().collect();
        if self.ladder.is_large() {
            return LadderView { groups: self.by_family(&tracks), ..LadderView::default() };
        }
        let rows = self.ranks(&tracks).into_iter().rev();
        let row = |(rank, entries): (f64, Vec<Vec<LevelId>>)| LadderRow {
            rank: rank_text(Some(rank)),
            entries: entries
                .into_iter()
                .map(|levels| levels.into_iter().map(|level| self.rung(level)).collect())
                .collect(),
        };
        LadderView {
            tracks: tracks.iter().map(|track| self.track_card(*track)).collect(),
            families: self.families(&tracks),
            rows: rows.map(row).collect(),
            groups: Vec::new(),
        }
    }

    /// Tracks by family, in the order in which the families occur.
    fn by_family(&self, tracks: &[TrackId]) -> Vec<FamilyView> {
        let mut groups: Vec<FamilyView> = Vec::new();
        let mut position: HashMap<String, usize> = HashMap::new();
        for (track, family) in tracks.iter().zip(self.families(tracks)) {
            let at = *position.entry(family.clone()).or_insert(groups.len());
            if at == groups.len() {
                groups.push(FamilyView { family, tracks: Vec::new() });
            }
            let rungs: Vec<Card> =
                self.ladder.track(*track).levels.iter().map(|level| self.level_card(*level)).collect();
            groups[at].tracks.push(TrackRungs { track: self.track_card(*track), count: rungs.len(), rungs });
        }
        groups
    }

    /// The names of tracks' families, as the first track of each writes them; empty if all tracks are of one family.
    pub(crate) fn families(&self, tracks: &[TrackId]) -> Vec<String> {
        let families: Vec<&String> = tracks.iter().map(|track| &self.ladder.track(*track).family).collect();
        let folded: Vec<String> = families.iter().map(|family| name::fold(family)).collect();
        let alike = folded.iter().all(|family| *family == folded[0]);
        let first = |family: &String| folded.iter().position(|other| other == family);
        let named = |family| first(family).filter(|_| !alike).map(|at| families[at].clone()).unwrap_or_default();
        folded.iter().map(named).collect()
    }

    /// The levels of some tracks by rank, lowest first: for each rank one list per track.
    pub(crate) fn ranks(&self, tracks: &[TrackId]) -> Vec<(f64, Vec<Vec<LevelId>>)> {
        let mut placed: Vec<(f64, usize, LevelId)> = Vec::new();
        for (column, track) in tracks.iter().enumerate() {
            for level in &self.ladder.track(*track).levels {
                placed.extend(self.ladder.level(*level).rank.map(|rank| (rank, column, *level)));
            }
        }
        placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut rows: Vec<(f64, Vec<Vec<LevelId>>)> = Vec::new();
        for (rank, column, level) in placed {
            if rows.last().is_none_or(|(last, _)| last.total_cmp(&rank).is_ne()) {
                rows.push((rank, vec![Vec::new(); tracks.len()]));
            }
            if let Some((_, row)) = rows.last_mut() {
                row[column].push(level);
            }
        }
        rows
    }
}

pub(crate) fn hue(track: TrackId) -> usize {
    track.index() % HUES + 1
}
