//! The ladder that an import recognised, before it's written as pages.

use crate::name::fold;

/// A ladder. Levels, competencies and tracks refer to each other by position.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftLadder {
    pub(super) title: Option<String>,
    /// Paragraphs for the home page.
    pub(super) intro: Vec<String>,
    /// Areas by title.
    pub(super) areas: Vec<String>,
    /// The ids and titles of facets.
    pub(super) facets: Vec<(String, String)>,
    pub(super) tracks: Vec<DraftTrack>,
    pub(super) competencies: Vec<DraftCompetency>,
    pub(super) levels: Vec<DraftLevel>,
    pub(super) moves: Vec<DraftMove>,
}

/// What every page has.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftPage {
    pub(super) title: String,
    /// The id that the page has to have, i.e. its path.
    pub(super) id: Option<String>,
    pub(super) summary: String,
    /// Paragraphs of the body.
    pub(super) intro: Vec<String>,
}

/// A track.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftTrack {
    pub(super) page: DraftPage,
    /// Competencies and their shares.
    pub(super) weights: Vec<(usize, String)>,
}

/// A competency.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftCompetency {
    pub(super) page: DraftPage,
    pub(super) area: Option<usize>,
    pub(super) tracks: Vec<usize>,
    /// The steps of its scale, each with its criteria.
    pub(super) scale: Vec<(String, Vec<String>)>,
}

/// A level.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftLevel {
    pub(super) page: DraftPage,
    pub(super) code: Option<String>,
    pub(super) also_known_as: Vec<String>,
    pub(super) tracks: Vec<usize>,
    /// The rank, if the source has one; else the position among the levels of the track.
    pub(super) rank: Option<String>,
    pub(super) is_abstract: bool,
    pub(super) experience: String,
    /// The ids of facets and their texts.
    pub(super) facets: Vec<(String, String)>,
    /// Competencies and the number of their steps, from 1.
    pub(super) profile: Vec<(usize, usize)>,
    /// Levels, and the competencies in which they're extended; none means all.
    pub(super) extends: Vec<(usize, Vec<usize>)>,
    pub(super) leads_to: Option<Vec<usize>>,
    pub(super) not_applicable: Vec<usize>,
    /// Inherited expectations that no longer hold, as `level#id`.
    pub(super) retires: Vec<String>,
    /// Expectations in no competency.
    pub(super) own: Vec<DraftLine>,
    pub(super) cells: Vec<DraftCell>,
}

/// The expectations of a level in a competency.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftCell {
    pub(super) competency: usize,
    pub(super) lines: Vec<DraftLine>,
    /// Examples of the whole cell.
    pub(super) examples: Vec<DraftExample>,
}

/// An expectation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DraftLine {
    pub(super) id: Option<String>,
    /// The expectations that it raises, as `level#id`.
    pub(super) raises: Vec<String>,
    pub(super) label: String,
    pub(super) text: String,
    pub(super) detail: Vec<String>,
    pub(super) examples: Vec<DraftExample>,
}

/// An example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DraftExample {
    pub(super) specialism: String,
    pub(super) text: String,
}

/// A move between two levels.
#[derive(Debug, Clone, Default)]
pub(super) struct DraftMove {
    pub(super) page: DraftPage,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl DraftPage {
    pub(super) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), ..Self::default() }
    }
}

impl DraftLadder {
    /// The track with a name; added if it's new.
    pub(super) fn track(&mut self, name: &str) -> usize {
        let known = self.tracks.iter().position(|track| fold(&track.page.title) == fold(name));
        known.unwrap_or_else(|| {
            self.tracks.push(DraftTrack { page: DraftPage::new(name), ..DraftTrack::default() });
            self.tracks.len() - 1
        })
    }

    /// The area with a name; added if it's new.
    pub(super) fn area(&mut self, name: &str) -> usize {
        let known = self.areas.iter().position(|area| fold(area) == fold(name));
        known.unwrap_or_else(|| {
            self.areas.push(name.to_owned());
            self.areas.len() - 1
        })
    }

    /// The competency with a name; added if it's new. One that another area has already gets a name with its area.
    pub(super) fn competency(&mut self, name: &str, area: Option<&str>) -> usize {
        let area = area.map(|area| self.area(area));
        let folded = fold(name);
        let find = |of: &Self, folded: &str| of.competencies.iter().position(|one| fold(&one.page.title) == *folded);
        let mut title = name.to_owned();
        if let Some(known) = find(self, &folded) {
            match (self.competencies[known].area, area) {
                (Some(its), Some(area)) if its != area => title = format!("{}: {name}", self.areas[area]),
                (None, Some(_)) => {
                    self.competencies[known].area = area;
                    return known;
                }
                _ => return known,
            }
        }
        find(self, &fold(&title)).unwrap_or_else(|| {
            self.competencies.push(DraftCompetency {
                page: DraftPage::new(&title),
                area,
                ..DraftCompetency::default()
            });
            self.competencies.len() - 1
        })
    }

    /// The level of a track with a title or code; added if it's new.
    pub(super) fn level(&mut self, track: usize, level: &DraftLevel) -> usize {
        let is_same = |known: &DraftLevel| {
            known.tracks.contains(&track)
                && fold(&known.page.title) == fold(&level.page.title)
                && (known.code.is_none() || level.code.is_none() || known.code == level.code)
        };
        if let Some(known) = self.levels.iter().position(is_same) {
            let level_known = &mut self.levels[known];
            if level_known.code.is_none() {
                level_known.code.clone_from(&level.code);
            }
            for name in &level.also_known_as {
                if !level_known.also_known_as.contains(name) {
                    level_known.also_known_as.push(name.clone());
                }
            }
            return known;
        }
        self.levels.push(DraftLevel { tracks: vec![track], ..level.clone() });
        self.levels.len() - 1
    }

    /// The cell of a level in a competency.
    pub(super) fn cell(&mut self, level: usize, competency: usize) -> &mut DraftCell {
        let cells = &mut self.levels[level].cells;
        let at = cells.iter().position(|cell| cell.competency == competency).unwrap_or_else(|| {
            cells.push(DraftCell { competency, ..DraftCell::default() });
            cells.len() - 1
        });
        &mut cells[at]
    }

    /// Adds expectations to a cell, without those that it has already.
    pub(super) fn add(&mut self, level: usize, competency: usize, lines: Vec<DraftLine>) {
        let cell = self.cell(level, competency);
        for line in lines {
            if !cell.lines.contains(&line) {
                cell.lines.push(line);
            }
        }
    }

    /// Adds expectations to a cell, repeated ones included.
    pub(super) fn append(&mut self, level: usize, competency: usize, lines: Vec<DraftLine>) {
        self.cell(level, competency).lines.extend(lines);
    }

    /// The number of expectations.
    pub(super) fn expectations(&self) -> usize {
        let of_level =
            |level: &DraftLevel| level.own.len() + level.cells.iter().map(|cell| cell.lines.len()).sum::<usize>();
        self.levels.iter().map(of_level).sum()
    }

    /// The number of examples.
    pub(super) fn examples(&self) -> usize {
        let of_cell =
            |cell: &DraftCell| cell.examples.len() + cell.lines.iter().map(|line| line.examples.len()).sum::<usize>();
        let of_own = |level: &DraftLevel| level.own.iter().map(|line| line.examples.len()).sum::<usize>();
        let of_level = |level: &DraftLevel| of_own(level) + level.cells.iter().map(of_cell).sum::<usize>();
        self.levels.iter().map(of_level).sum()
    }
}
