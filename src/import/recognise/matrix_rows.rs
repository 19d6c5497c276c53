//! The rows of tables with levels as columns.

use super::matrix::Matrix;
use super::recogniser::{DEFAULT_TRACK, Recogniser};
use crate::import::ledger::{Placed, Reason, TextId};
use crate::import::sheet::{SheetCell, with_links};
use crate::import::words::{ColumnRole, column_role, is_cumulative_note, is_generic, is_money, is_name, is_number};

/// What the name of a sheet, or a title above a table, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameMeans {
    Track,
    Area,
    Competency,
    Nothing,
}

/// Reads all tables. What their names mean depends on what they have in common.
pub(super) fn recognise(recogniser: &mut Recogniser<'_>, matrices: Vec<Matrix>) {
    let meanings: Vec<NameMeans> = (0..matrices.len()).map(|at| name_means(&matrices, at)).collect();
    for (matrix, means) in matrices.into_iter().zip(meanings) {
        read(recogniser, matrix, means);
    }
}

fn name_means(matrices: &[Matrix], at: usize) -> NameMeans {
    let matrix = &matrices[at];
    let name = matrix.title.as_ref().map_or(&matrix.sheet.name, |(title, _)| title);
    if matrix.competency.is_none() {
        return NameMeans::Competency;
    }
    if is_generic(name) {
        return NameMeans::Nothing;
    }
    let others: Vec<&Matrix> =
        matrices.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other).collect();
    let same_levels = |other: &&&Matrix| other.level_names() == matrix.level_names();
    let alike: Vec<&&Matrix> = others.iter().filter(same_levels).collect();
    let names = matrix.competency_names();
    let shares = alike.iter().any(|other| other.competency_names().iter().any(|name| names.contains(name)));
    match (others.is_empty(), alike.is_empty(), shares) {
        (true, ..) if matrix.title.is_some() || matrix.sheet.name_text.is_none() => NameMeans::Nothing,
        (true, ..) => NameMeans::Track,
        (_, false, false) if matrix.area.is_none() => NameMeans::Area,
        _ => NameMeans::Track,
    }
}

fn read(recogniser: &mut Recogniser<'_>, mut matrix: Matrix, means: NameMeans) {
    let first = matrix.levels.first().map_or(0, |level| level.column);
    let body = matrix.body.clone();
    let described: Vec<usize> = body.clone().filter(|row| matrix.attribute(recogniser, *row, first)).collect();
    let name = match &matrix.title {
        Some((title, _)) => title.clone(),
        None => matrix.sheet.name.clone(),
    };
    let name_id = matrix.title.as_ref().map_or(matrix.sheet.name_text, |(_, cell)| cell.id);
    let default_track = match (&recogniser.mapping.track, means) {
        (Some(track), _) => track.clone(),
        (None, NameMeans::Track) => {
            recogniser.record(name_id, Ok(Placed::Track));
            name.clone()
        }
        _ => DEFAULT_TRACK.to_owned(),
    };
    if means == NameMeans::Nothing && matrix.title.is_some() && recogniser.ladder.title.is_none() {
        recogniser.ladder.title = Some(name.clone());
        recogniser.record(name_id, Ok(Placed::Title));
    }
    recogniser.record(name_id, Err(Reason::Note));
    let sheet_area = (means == NameMeans::Area).then(|| name.clone());
    let levels: Vec<(usize, usize)> = matrix
        .levels
        .iter()
        .map(|level| {
            let track = recogniser.ladder.track(level.track.as_deref().unwrap_or(&default_track));
            (level.column, recogniser.ladder.level(track, &level.level))
        })
        .collect();
    let mut rows = MatrixRowReader {
        area: sheet_area.clone(),
        competency: None,
        sheet_competency: (means == NameMeans::Competency).then_some(name),
        has_area_from_row: false,
    };
    if sheet_area.is_some() {
        recogniser.record(name_id, Ok(Placed::Area));
    }
    let mut competencies = 0;
    for row in body.clone().filter(|row| !described.contains(row)) {
        let has_cells = has_cells(&matrix, row);
        if !has_cells {
            let follows = ((row + 1)..body.end).find(|next| !matrix.sheet.rows[*next].iter().all(SheetCell::is_empty));
            rows.section(recogniser, &matrix, row, follows.is_some_and(|next| self::has_cells(&matrix, next)));
            continue;
        }
        let before = recogniser.ladder.competencies.len();
        let Some(competency) = rows.competency(recogniser, &matrix, row, name_id) else { continue };
        competencies += recogniser.ladder.competencies.len() - before;
        let cells = &matrix.sheet.rows[row];
        let label = matrix.label.map(|column| cells[column].line()).unwrap_or_default();
        if let Some(column) = matrix.label {
            recogniser.record(cells[column].id, Ok(Placed::Label));
        }
        if let Some(cell) = matrix.summary.map(|column| &cells[column]).filter(|cell| !cell.is_empty()) {
            let intro = &mut recogniser.ladder.competencies[competency].page.intro;
            intro.extend(with_links(&cell.text).lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
            recogniser.record(cell.id, Ok(Placed::Summary));
        }
        for (column, level) in &levels {
            recogniser.cell(*level, competency, &label, &cells[*column]);
        }
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.id.is_some()) {
            if !levels.iter().any(|(column, _)| *column == at) {
                let is_private = matrix.private.contains(&at) || is_money(&cell.text);
                let reason = if is_private { Reason::Private } else { Reason::Beside };
                recogniser.record(cell.id, Err(reason));
            }
        }
    }
    for cell in matrix.sheet.rows[body].iter().flatten() {
        recogniser
            .record(cell.id.filter(|id| recogniser.ledger.is_open(*id) && !is_number(&cell.text)), Err(Reason::Beside));
    }
    let direction = if matrix.is_transposed { "a level in each row" } else { "a level in each column" };
    recogniser.understood.push(format!(
        "{}: {direction}, {} levels, {competencies} new competencies",
        matrix.sheet.place,
        matrix.levels.len()
    ));
}

/// Whether a row has something for a level.
fn has_cells(matrix: &Matrix, row: usize) -> bool {
    let cells = &matrix.sheet.rows[row];
    let key = matrix.competency.or(matrix.area).map(|column| cells[column].text.as_str()).unwrap_or_default();
    // A cell merged over all columns is a section, not an expectation for each level.
    matrix.levels.iter().any(|level| {
        let cell = &cells[level.column];
        !(cell.is_empty() || cell.is_repeated() && cell.text == key)
    })
}

/// Follows area and competency down the rows of a table.
struct MatrixRowReader {
    area: Option<String>,
    competency: Option<String>,
    sheet_competency: Option<String>,
    /// Whether the area comes from a row over all columns.
    has_area_from_row: bool,
}

impl MatrixRowReader {
    /// Reads a row that has nothing for any level.
    fn section(&mut self, recogniser: &mut Recogniser<'_>, matrix: &Matrix, row: usize, is_followed: bool) {
        let cells: Vec<&SheetCell> = matrix.sheet.rows[row].iter().filter(|cell| cell.id.is_some()).collect();
        let Some(first) = cells.first() else { return };
        let text = first.line();
        if is_name(&text)
            && is_followed
            && !is_cumulative_note(&text)
            && column_role(&text) != Some(ColumnRole::Private)
        {
            (self.area, self.competency, self.has_area_from_row) = (Some(text), None, true);
            recogniser.record(first.id, Ok(Placed::Area));
            for other in &cells[1..] {
                recogniser.leave(other, Reason::Beside);
            }
            return;
        }
        let reason = if is_name(&text) { Reason::Lonely } else { Reason::Note };
        for cell in cells {
            recogniser.leave(cell, reason);
        }
    }

    /// The competency of a row.
    fn competency(
        &mut self,
        recogniser: &mut Recogniser<'_>,
        matrix: &Matrix,
        row: usize,
        name: Option<TextId>,
    ) -> Option<usize> {
        let cells = &matrix.sheet.rows[row];
        if let Some(cell) = matrix.area.map(|column| &cells[column]).filter(|cell| !cell.is_empty()) {
            if self.area.as_deref() != Some(&cell.line()) {
                self.competency = None;
            }
            self.area = Some(cell.line());
            recogniser.record(cell.id, Ok(Placed::Area));
        }
        if let Some(cell) = matrix.competency.map(|column| &cells[column]).filter(|cell| !cell.is_empty()) {
            if is_name(&cell.line()) || matrix.sheet.rows.len() > 1 {
                self.competency = Some(cell.line());
            }
            recogniser.record(cell.id, Ok(Placed::Competency));
        }
        if let Some(competency) = &self.competency {
            return Some(recogniser.ladder.competency(competency, self.area.as_deref()));
        }
        // Rows without a name belong to the section above them, or to what the sheet is about.
        if let Some(area) = self.area.clone() {
            return Some(recogniser.ladder.competency(&area, None));
        }
        let competency = self.sheet_competency.clone()?;
        recogniser.record(name, Ok(Placed::Competency));
        Some(recogniser.ladder.competency(&competency, None))
    }
}
