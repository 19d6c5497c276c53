//! Tables with a column for each level. A table with rows for levels is transposed first.

use std::ops::Range;

use super::header::header_score;
use super::level_columns::{LevelColumn, suffix_tracks, with_title};
use super::recogniser::Recogniser;
use crate::import::ledger::{Placed, Reason};
use crate::import::level_name::{is_level_name, level_from};
use crate::import::mapping::LevelDirection;
use crate::import::sheet::{Sheet, SheetCell, plain, with_links};
use crate::import::words::{ColumnRole, column_role, is_money, is_name, is_number, is_placeholder, row_role};
use crate::name::fold;

/// The average length from which the texts of a column are descriptions rather than names.
const DESCRIPTION_LENGTH: usize = 60;

/// A table with levels as columns.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) sheet: Sheet,
    pub(super) is_transposed: bool,
    pub(super) body: Range<usize>,
    /// The columns of levels, each with its names from the rows of the header.
    pub(super) levels: Vec<LevelColumn>,
    pub(super) area: Option<usize>,
    pub(super) competency: Option<usize>,
    pub(super) label: Option<usize>,
    pub(super) summary: Option<usize>,
    /// Columns with pay, people or ratings.
    pub(super) private: Vec<usize>,
    /// A title above the table, or in its corner.
    pub(super) title: Option<(String, SheetCell)>,
}

/// The direction of levels by the header in the corner: "Competency" is above competencies.
pub(super) fn named_direction(sheet: &Sheet) -> Option<LevelDirection> {
    let header = sheet.rows.iter().find(|row| row.iter().filter(|cell| !cell.is_empty()).count() >= 3)?;
    let role = |cell: &SheetCell| column_role(&cell.line());
    let others = || header[1..].iter().filter(|cell| !cell.is_empty());
    if others().any(|cell| {
        matches!(role(cell), Some(ColumnRole::Other | ColumnRole::Private | ColumnRole::Level))
            || !is_name(&cell.line())
    }) {
        return None;
    }
    match role(header.first()?)? {
        ColumnRole::Competency | ColumnRole::Label | ColumnRole::Area => Some(LevelDirection::Columns),
        ColumnRole::Level => Some(LevelDirection::Rows),
        _ => None,
    }
}

impl Matrix {
    /// The table in some rows of a sheet whose header is at `header`.
    pub(super) fn find(
        recogniser: &mut Recogniser<'_>,
        sheet: &Sheet,
        rows: Range<usize>,
        mut header: usize,
        is_transposed: bool,
    ) -> Option<Self> {
        if header_score(sheet, header).is_none() {
            header = rows.clone().find(|row| sheet.rows[*row].iter().filter(|cell| !cell.is_empty()).count() >= 2)?;
        }
        let cells = &sheet.rows[header];
        let role = |cell: &SheetCell| column_role(&cell.line());
        let is_level = |cell: &SheetCell| is_level_name(&cell.line());
        let has_corner = || cells.first().is_some_and(|cell| !is_level(cell));
        let first = cells.iter().position(is_level).unwrap_or(usize::from(has_corner()));
        let can_be_level = |cell: &SheetCell| {
            !cell.is_empty()
                && (is_level(cell)
                    || !matches!(
                        role(cell),
                        Some(
                            ColumnRole::Private
                                | ColumnRole::Other
                                | ColumnRole::Example
                                | ColumnRole::Expectation
                                | ColumnRole::Summary
                        )
                    ) && is_name(&cell.line()))
        };
        let columns: Vec<usize> = (first..sheet.width()).filter(|column| can_be_level(&cells[*column])).collect();
        let below = header + 1;
        let has_text = |column: usize| {
            sheet.rows[below..rows.end].iter().any(|row| {
                let text = plain(&row[column].text);
                !text.trim().is_empty() && !is_money(&text)
            })
        };
        if columns.is_empty() || !columns.iter().any(|column| has_text(*column)) {
            return None;
        }
        let (titles, groups) = Self::head_rows(sheet, &rows, header, first, &columns);
        let body_start = titles.map_or(below, |row| row + 1);
        let mut matrix = Self {
            levels: Self::level_columns(recogniser, sheet, header, titles, groups, &columns),
            sheet: sheet.clone(),
            is_transposed,
            body: body_start..rows.end,
            area: None,
            competency: None,
            label: None,
            summary: None,
            private: (0..sheet.width()).filter(|column| role(&cells[*column]) == Some(ColumnRole::Private)).collect(),
            title: None,
        };
        matrix.keys(header, first);
        matrix.head(recogniser, &rows, header, groups, titles, first);
        Some(matrix)
    }

    /// The row of titles below the header, and the row of groups above it.
    fn head_rows(
        sheet: &Sheet,
        rows: &Range<usize>,
        header: usize,
        first: usize,
        columns: &[usize],
    ) -> (Option<usize>, Option<usize>) {
        let named = |row: usize, is_fit: &dyn Fn(&SheetCell) -> bool| {
            columns.iter().filter(|column| is_fit(&sheet.rows[row][**column])).count()
        };
        let has_key = |row: usize| {
            let key = sheet.rows[row][..first].iter().find(|cell| cell.id.is_some());
            key.is_some_and(|cell| column_role(&cell.line()).is_none())
        };
        let is_title = |cell: &SheetCell| is_level_name(&cell.line());
        let titles = (header + 1 < rows.end).then_some(header + 1).filter(|row| {
            named(*row, &is_title) * 2 > columns.len() && !has_key(*row) && row_key(sheet, *row, first).is_none()
        });
        let is_group = |cell: &SheetCell| is_name(&cell.line());
        let groups = header
            .checked_sub(1)
            .filter(|row| *row >= rows.start && named(*row, &is_group) > 0 && !has_key(*row))
            // A single text above a table is its title.
            .filter(|row| {
                let own = columns.iter().filter(|column| sheet.rows[*row][**column].id.is_some()).count();
                own > 1 && sheet.rows[*row].iter().all(|cell| cell.is_empty() || is_name(&cell.line()))
            });
        (titles, groups)
    }

    fn level_columns(
        recogniser: &mut Recogniser<'_>,
        sheet: &Sheet,
        header: usize,
        titles: Option<usize>,
        groups: Option<usize>,
        columns: &[usize],
    ) -> Vec<LevelColumn> {
        let text = |row: usize, column: usize| plain(&sheet.rows[row][column].text);
        let mut group = String::new();
        // Groups with as many names as levels are other names of the levels.
        let group_names =
            groups.map_or(0, |row| columns.iter().filter(|column| !text(row, **column).is_empty()).count());
        let distinct = groups.map_or(0, |row| {
            let mut names: Vec<String> = columns.iter().map(|column| fold(&text(row, *column))).collect();
            names.sort();
            names.dedup();
            names.len()
        });
        let is_per_level = group_names == columns.len() && distinct == columns.len();
        let mut levels = Vec::new();
        for column in columns {
            recogniser.record(sheet.rows[header][*column].id, Ok(Placed::Level));
            let mut level = level_from(&text(header, *column));
            if let Some(titles) = titles.filter(|row| !text(*row, *column).trim().is_empty()) {
                recogniser.record(sheet.rows[titles][*column].id, Ok(Placed::Level));
                level = with_title(&level, &text(titles, *column));
            }
            let mut track = None;
            if let Some(groups) = groups {
                let cell = &sheet.rows[groups][*column];
                recogniser.record(cell.id, Ok(if is_per_level { Placed::Level } else { Placed::Track }));
                if is_per_level {
                    level = with_title(&level_from(&cell.text), &text(header, *column));
                } else {
                    if !cell.is_empty() {
                        group = cell.line();
                    }
                    track = Some(group.clone()).filter(|group| !group.is_empty());
                }
            }
            levels.push(LevelColumn { column: *column, level, track });
        }
        suffix_tracks(&mut levels);
        levels
    }

    /// Decides what the columns before the levels are.
    fn keys(&mut self, header: usize, first: usize) {
        let body = &self.sheet.rows[self.body.clone()];
        let mut names = Vec::new();
        for column in 0..first {
            let texts: Vec<String> =
                body.iter().map(|row| row[column].line()).filter(|text| !text.is_empty()).collect();
            if texts.is_empty() {
                continue;
            }
            let length = texts.iter().map(|text| text.chars().count()).sum::<usize>() / texts.len();
            match column_role(&self.sheet.rows[header][column].line()) {
                Some(ColumnRole::Private | ColumnRole::Other | ColumnRole::Code) => {}
                Some(ColumnRole::Summary) if first > 1 => self.summary = Some(column),
                _ if length > DESCRIPTION_LENGTH && first > 1 => self.summary = self.summary.or(Some(column)),
                _ if texts.iter().all(|text| is_number(text)) => {}
                _ => names.push(column),
            }
        }
        match names.as_slice() {
            [] => {}
            [competency] => self.competency = Some(*competency),
            [area, competency, rest @ ..] => {
                (self.area, self.competency, self.label) = (Some(*area), Some(*competency), rest.first().copied());
            }
        }
    }

    /// Records what the rows above the body have.
    fn head(
        &mut self,
        recogniser: &mut Recogniser<'_>,
        rows: &Range<usize>,
        header: usize,
        groups: Option<usize>,
        titles: Option<usize>,
        first: usize,
    ) {
        let head_rows = [Some(header), groups, titles];
        for row in rows.start..self.body.start {
            let cells = self.sheet.rows[row].clone();
            let filled: Vec<&SheetCell> = cells.iter().filter(|cell| cell.id.is_some()).collect();
            if head_rows.contains(&Some(row)) {
                for (column, cell) in cells.iter().enumerate().take(first) {
                    if column_role(&cell.line()).is_some() || cell.line().contains(['/', '\\', '→', '↓']) {
                        recogniser.record(cell.id, Ok(Placed::Header));
                    } else if cell.id.is_some()
                        && self.title.is_none()
                        && is_name(&cell.line())
                        && Some(column) == self.competency
                    {
                        self.title = Some((cell.line(), cell.clone()));
                    }
                }
            } else if let [only] = filled.as_slice()
                && is_name(&only.line())
                && !is_level_name(&only.line())
            {
                self.title = Some((only.line(), (*only).clone()));
            } else if self.is_transposed && self.attribute(recogniser, row, first) {
                continue;
            }
            for cell in filled {
                if recogniser.ledger.is_open(cell.id.unwrap_or_else(|| unreachable!("filled cells have an id")))
                    && self.title.as_ref().is_none_or(|(_, title)| title.id != cell.id)
                {
                    let reason = if column_role(&cell.line()) == Some(ColumnRole::Private) {
                        Reason::Private
                    } else if head_rows.contains(&Some(row)) {
                        Reason::Beside
                    } else {
                        Reason::Note
                    };
                    recogniser.leave(cell, reason);
                }
            }
        }
    }

    /// Reads a row of the body that describes the levels rather than a competency. Returns whether it is one.
    pub(super) fn attribute(&mut self, recogniser: &mut Recogniser<'_>, row: usize, first: usize) -> bool {
        let Some((key, role)) = row_key(&self.sheet, row, first) else { return false };
        let is_private = role == ColumnRole::Private;
        let outcome = if is_private { Err(Reason::Private) } else { Ok(Placed::Header) };
        recogniser.record(self.sheet.rows[row][key].id, outcome);
        for level in &mut self.levels {
            let cell = &self.sheet.rows[row][level.column];
            let text = cell.line();
            if text.is_empty() {
                continue;
            }
            if is_placeholder(&text) {
                recogniser.record(cell.id, Err(Reason::Placeholder));
                continue;
            }
            let outcome = match role {
                ColumnRole::Private => Err(Reason::Private),
                ColumnRole::Other => Err(Reason::Beside),
                ColumnRole::Code if level.level.code.is_none() => {
                    level.level.code = Some(text);
                    Ok(Placed::Facet)
                }
                ColumnRole::Experience if level.level.experience.is_empty() => {
                    level.level.experience = text;
                    Ok(Placed::Facet)
                }
                ColumnRole::Track => {
                    level.track = Some(text);
                    Ok(Placed::Track)
                }
                ColumnRole::Summary => {
                    level.level.page.intro.extend(with_links(&cell.text).lines().map(str::to_owned));
                    Ok(Placed::Summary)
                }
                _ => {
                    level.level.also_known_as.push(text);
                    Ok(Placed::Level)
                }
            };
            recogniser.record(cell.id, outcome);
        }
        true
    }

    /// The names in the column of competencies.
    pub(super) fn competency_names(&self) -> Vec<String> {
        let Some(column) = self.competency else { return Vec::new() };
        let rows = &self.sheet.rows[self.body.clone()];
        rows.iter().map(|row| fold(&row[column].line())).filter(|name| !name.is_empty()).collect()
    }

    pub(super) fn level_names(&self) -> Vec<String> {
        self.levels.iter().map(|level| fold(&level.level.page.title)).collect()
    }
}

/// The key of a row that describes levels, with its column.
fn row_key(sheet: &Sheet, row: usize, first: usize) -> Option<(usize, ColumnRole)> {
    let (column, cell) = sheet.rows[row][..first].iter().enumerate().rfind(|(_, cell)| !cell.is_empty())?;
    row_role(&cell.line()).map(|role| (column, role))
}
