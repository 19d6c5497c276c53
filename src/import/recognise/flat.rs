//! Tables with one row per expectation, such as `ladder.csv`.

use super::recogniser::{DEFAULT_TRACK, Recogniser};
use crate::import::draft::{DraftLadder, DraftLine};
use crate::import::ledger::{Placed, Reason};
use crate::import::level_name::{is_level_name, level_from};
use crate::import::sheet::{Sheet, SheetCell, plain};
use crate::import::text::{examples, expectations};
use crate::import::words::{
    ColumnRole, column_role, is_generic, is_money, is_not_applicable, is_number, is_placeholder,
};
use crate::name::fold;

/// The columns of `ladder.csv` that mark a file as one.
const OWN_COLUMNS: [&str; 4] = ["track", "level", "state", "expectation"];

/// The most rows above the header.
const MAX_ROWS_ABOVE: usize = 15;

/// A table with one row per expectation.
#[derive(Debug)]
pub(super) struct FlatTable {
    header: usize,
    /// The role of each column.
    roles: Vec<Option<ColumnRole>>,
    /// The columns of states, ranks and groups of `ladder.csv`.
    own: Option<OwnColumns>,
}

/// Columns that only `ladder.csv` has.
#[derive(Debug, Clone, Copy)]
struct OwnColumns {
    state: usize,
    rank: Option<usize>,
    group: Option<usize>,
}

impl FlatTable {
    /// Finds the header of such a table.
    pub(super) fn find(recogniser: &Recogniser<'_>, sheet: &Sheet) -> Option<Self> {
        if recogniser.mapping.levels.is_some() {
            return None;
        }
        let rows = sheet.rows.len().min(MAX_ROWS_ABOVE);
        let wanted = recogniser.mapping.header_row.map(|row| row.saturating_sub(1));
        let mut rows = (0..rows).filter(|row| wanted.is_none_or(|wanted| wanted == *row));
        let found = rows.find_map(|row| Self::at(sheet, row));
        found.or_else(|| Self::without_header(sheet))
    }

    /// Whether it is a `ladder.csv` of Stepladder, which has the whole ladder.
    pub(super) fn is_own(&self) -> bool {
        self.own.is_some()
    }

    fn at(sheet: &Sheet, header: usize) -> Option<Self> {
        let names: Vec<String> = sheet.rows[header].iter().map(SheetCell::line).collect();
        let own = OWN_COLUMNS.iter().all(|column| names.iter().any(|name| fold(name) == *column));
        let position = |wanted: &str| names.iter().position(|name| fold(name) == wanted);
        let own = own.then(|| OwnColumns {
            state: position("state").unwrap_or_default(),
            rank: position("rank"),
            group: position("group"),
        });
        let mut roles: Vec<Option<ColumnRole>> = names.iter().map(|name| column_role(name)).collect();
        if let Some(own) = own {
            for column in [Some(own.state), own.rank, own.group].into_iter().flatten() {
                roles[column] = None;
            }
        }
        let has = |roles: &[Option<ColumnRole>], role: ColumnRole| roles.contains(&Some(role));
        // Two columns that could be levels, such as role and level: the one with more names is the level.
        let levels: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == Some(ColumnRole::Level)).collect();
        if levels.len() > 1 {
            let named = |column: usize| {
                sheet.rows[header + 1..].iter().filter(|row| is_level_name(&row[column].line())).count()
            };
            let best = levels.iter().copied().max_by_key(|column| (named(*column), usize::MAX - column))?;
            for column in levels.into_iter().filter(|column| *column != best) {
                roles[column] = Some(ColumnRole::AlsoKnownAs);
            }
        }
        if !has(&roles, ColumnRole::Competency) {
            // "Skill" without "Competency" is the competency, and so is an area alone.
            let stand_in = [ColumnRole::Label, ColumnRole::Area]
                .into_iter()
                .find_map(|role| roles.iter().position(|one| *one == Some(role)));
            if let Some(column) = stand_in {
                roles[column] = Some(ColumnRole::Competency);
            }
        }
        let has_level = has(&roles, ColumnRole::Level) || is_level_name(&sheet.name);
        if !has(&roles, ColumnRole::Expectation) && has_level && has(&roles, ColumnRole::Competency) {
            let text = roles.iter().position(|role| *role == Some(ColumnRole::Summary));
            let unknown: Vec<usize> =
                (0..roles.len()).filter(|at| roles[*at].is_none() && !names[*at].is_empty()).collect();
            let column = text.or_else(|| <[usize; 1]>::try_from(unknown).ok().map(|[only]| only))?;
            roles[column] = Some(ColumnRole::Expectation);
        }
        let is_flat = has_level && has(&roles, ColumnRole::Expectation) && roles.iter().flatten().count() >= 2;
        // A table with levels as columns may well have a column "Expectation".
        let level_columns = names.iter().filter(|name| column_role(name).is_none() && is_level_name(name)).count();
        (is_flat && level_columns < 2).then_some(Self { header, roles, own })
    }

    /// A sheet that is named after a level, with competencies beside their expectations.
    fn without_header(sheet: &Sheet) -> Option<Self> {
        let is_pair = |row: &Vec<SheetCell>| row.len() >= 2 && row[1].text.len() > row[0].text.len();
        let pairs = sheet.rows.iter().filter(|row| is_pair(row)).count();
        let fits = is_level_name(&sheet.name) && (2..=3).contains(&sheet.width()) && pairs * 3 >= sheet.rows.len() * 2;
        let mut roles = vec![Some(ColumnRole::Competency), Some(ColumnRole::Expectation), Some(ColumnRole::Example)];
        roles.truncate(sheet.width());
        fits.then_some(Self { header: usize::MAX, roles, own: None })
    }
}

/// The texts of the columns to the left, which count for the rows below where these are blank.
#[derive(Debug, Default)]
struct Above {
    track: String,
    level: String,
    code: String,
    area: String,
    competency: String,
}

/// Reads a table.
pub(super) fn recognise(recogniser: &mut Recogniser<'_>, table: &FlatTable, sheet: &Sheet) {
    let is_headless = table.header == usize::MAX;
    let body = if is_headless { 0 } else { table.header + 1 };
    if !is_headless {
        for cell in sheet.rows[..table.header].iter().flatten() {
            recogniser.leave(cell, Reason::Note);
        }
        for (cell, role) in sheet.rows[table.header].iter().zip(&table.roles) {
            let is_used = role.is_some_and(|role| !matches!(role, ColumnRole::Private | ColumnRole::Other))
                || table.own.is_some();
            recogniser.record(cell.id, if is_used { Ok(Placed::Header) } else { Err(Reason::Beside) });
        }
    }
    let has_level = table.roles.contains(&Some(ColumnRole::Level));
    let mut reader = FlatRowReader { table, above: Above::default(), positions: Positions::default() };
    if !has_level {
        reader.above.level.clone_from(&sheet.name);
        recogniser.record(sheet.name_text, Ok(Placed::Level));
    } else if !table.roles.contains(&Some(ColumnRole::Track)) && !is_generic(&sheet.name) && sheet.name_text.is_some() {
        reader.above.track.clone_from(&sheet.name);
        recogniser.record(sheet.name_text, Ok(Placed::Track));
    }
    for row in &sheet.rows[body..] {
        reader.read(recogniser, row);
    }
    recogniser.understood.push(format!(
        "{}: an expectation in each row{}, {} rows",
        sheet.place,
        if is_headless { " without a header".to_owned() } else { format!(", header in row {}", table.header + 1) },
        sheet.rows.len() - body
    ));
}

/// Positions in the ladder by name, so that long tables take linear time.
#[derive(Debug, Default)]
struct Positions(std::collections::HashMap<(String, String, String), (usize, Option<usize>)>);

struct FlatRowReader<'t> {
    table: &'t FlatTable,
    above: Above,
    positions: Positions,
}

impl FlatRowReader<'_> {
    fn read(&mut self, recogniser: &mut Recogniser<'_>, row: &[SheetCell]) {
        let of =
            |role: ColumnRole| self.table.roles.iter().position(|one| *one == Some(role)).map(|column| &row[column]);
        let text = |role: ColumnRole| of(role).map(SheetCell::line).unwrap_or_default();
        for (role, above, placed) in [
            (ColumnRole::Track, &mut self.above.track, Placed::Track),
            (ColumnRole::Level, &mut self.above.level, Placed::Level),
            (ColumnRole::Area, &mut self.above.area, Placed::Area),
            (ColumnRole::Competency, &mut self.above.competency, Placed::Competency),
        ] {
            let Some(cell) = of(role).filter(|cell| !cell.is_empty()) else {
                // In `ladder.csv`, every row is complete.
                if self.table.is_own() {
                    above.clear();
                }
                continue;
            };
            let line = if role == ColumnRole::Level { plain(&cell.text) } else { cell.line() };
            if *above != line {
                *above = line;
            }
            if !is_placeholder(above) {
                recogniser.record(cell.id, Ok(placed));
            }
        }
        if of(ColumnRole::Level).is_some_and(|cell| !cell.is_empty()) {
            self.above.code = text(ColumnRole::Code);
        }
        recogniser.record(of(ColumnRole::Code).and_then(|cell| cell.id), Ok(Placed::Level));
        if self.above.level.is_empty() || row.iter().all(SheetCell::is_empty) {
            return;
        }
        let state = self.table.own.map(|own| row[own.state].line());
        if let Some(state) = state.filter(|state| state != "own") {
            self.state_row(recogniser, row, &state);
            return;
        }
        let (level, competency) = self.place(recogniser, of(ColumnRole::AlsoKnownAs));
        let Some(cell) = of(ColumnRole::Expectation) else { return };
        let mut label = text(ColumnRole::Label);
        if let Some(own) = self.table.own {
            label = own.group.map(|column| without_guard(&row[column].line())).unwrap_or_default();
            for column in [Some(own.state), own.rank, own.group].into_iter().flatten() {
                recogniser.record(row[column].id, Ok(Placed::Label));
            }
        }
        let summary = of(ColumnRole::Summary).filter(|cell| !cell.is_empty() && cell.id.is_some());
        if let (Some(cell), Some(competency)) = (summary, competency) {
            let intro = &mut recogniser.ladder.competencies[competency].page.intro;
            if !intro.contains(&cell.line()) {
                intro.push(cell.line());
            }
            recogniser.record(cell.id, Ok(Placed::Summary));
        }
        recogniser.record(of(ColumnRole::Label).and_then(|cell| cell.id), Ok(Placed::Label));
        if let Some(experience) = of(ColumnRole::Experience).filter(|cell| !cell.is_empty()) {
            recogniser.ladder.levels[level].experience = experience.line();
            recogniser.record(experience.id, Ok(Placed::Facet));
        }
        let of_row = RowTexts {
            expectation: cell,
            detail: of(ColumnRole::Detail),
            example: of(ColumnRole::Example),
            label,
            is_own: self.table.own.is_some(),
        };
        of_row.add(recogniser, level, competency);
        for (cell, role) in row.iter().zip(&self.table.roles) {
            let reason = match role {
                Some(ColumnRole::Private) => Reason::Private,
                _ if is_money(&cell.text) => Reason::Private,
                _ => Reason::Beside,
            };
            recogniser.record(cell.id, Err(reason));
        }
    }

    /// The level and the competency of a row.
    fn place(&mut self, recogniser: &mut Recogniser<'_>, other_name: Option<&SheetCell>) -> (usize, Option<usize>) {
        let Above { track, level, code, area, competency } = &self.above;
        let default_track = recogniser.mapping.track.clone().unwrap_or_else(|| DEFAULT_TRACK.to_owned());
        let ladder = &mut recogniser.ladder;
        let key = (track.clone(), format!("{level}\0{code}"), format!("{area}\0{competency}"));
        let found = self.positions.0.entry(key).or_insert_with(|| {
            let names = if track.is_empty() { vec![default_track.as_str()] } else { track.split("; ").collect() };
            let tracks: Vec<usize> = names.into_iter().map(|track| ladder.track(track)).collect();
            let mut draft = level_from(level);
            if !code.is_empty() {
                draft.code = Some(code.clone());
            }
            let level = ladder.level(tracks[0], &draft);
            for track in tracks {
                if !ladder.levels[level].tracks.contains(&track) {
                    ladder.levels[level].tracks.push(track);
                }
            }
            let area = (!area.is_empty()).then_some(area.as_str());
            let competency = (!competency.is_empty()).then(|| ladder.competency(competency, area));
            (level, competency)
        });
        let found = *found;
        if let Some(cell) = other_name.filter(|cell| !cell.is_empty()) {
            let names = &mut recogniser.ladder.levels[found.0].also_known_as;
            if !names.contains(&cell.line()) {
                names.push(cell.line());
            }
            recogniser.record(cell.id, Ok(Placed::Level));
        }
        found
    }

    /// Reads a row of `ladder.csv` that isn't an expectation.
    fn state_row(&mut self, recogniser: &mut Recogniser<'_>, row: &[SheetCell], state: &str) {
        let expectation = self.table.roles.iter().position(|role| *role == Some(ColumnRole::Expectation));
        let named = expectation.map(|column| without_guard(&row[column].line())).unwrap_or_default();
        if self
            .table
            .roles
            .iter()
            .position(|role| *role == Some(ColumnRole::Competency))
            .is_some_and(|column| row[column].is_empty())
        {
            self.above.competency.clear();
        }
        let (level, competency) = self.place(recogniser, None);
        match (state, competency) {
            ("not-applicable", Some(competency)) => recogniser.ladder.levels[level].not_applicable.push(competency),
            ("extends", competency) => {
                let base = find_level(&recogniser.ladder, level, &named);
                if let Some(base) = base {
                    extend(&mut recogniser.ladder, level, base, competency);
                }
            }
            // What isn't inherited or written follows from the rest.
            _ => {}
        }
        for cell in row {
            recogniser.record(cell.id, Ok(Placed::Link));
        }
    }
}

/// Makes a level extend another one, in one competency or in all.
fn extend(ladder: &mut DraftLadder, level: usize, base: usize, competency: Option<usize>) {
    let extends = &mut ladder.levels[level].extends;
    match extends.iter_mut().find(|(of, _)| *of == base) {
        Some((_, only)) => only.extend(competency),
        None => extends.push((base, competency.into_iter().collect())),
    }
}

/// The level with a title, on the track of another if several have it. It's added if its rows come later.
fn find_level(ladder: &DraftLadder, of: usize, title: &str) -> Option<usize> {
    let is_named = |level: &usize| fold(&ladder.levels[*level].page.title) == fold(title);
    let shares =
        |level: &usize| ladder.levels[*level].tracks.iter().any(|track| ladder.levels[of].tracks.contains(track));
    let all = 0..ladder.levels.len();
    all.clone().find(|level| is_named(level) && shares(level)).or_else(|| all.clone().find(is_named))
}

/// The texts of a row.
struct RowTexts<'c> {
    expectation: &'c SheetCell,
    detail: Option<&'c SheetCell>,
    example: Option<&'c SheetCell>,
    label: String,
    /// Whether it's of `ladder.csv`, whose cells are one expectation each.
    is_own: bool,
}

impl RowTexts<'_> {
    fn add(&self, recogniser: &mut Recogniser<'_>, level: usize, competency: Option<usize>) {
        let text = plain(&self.expectation.text);
        let outcome = match (is_not_applicable(&text), competency) {
            _ if text.trim().is_empty() => Err(Reason::Placeholder),
            (true, Some(competency)) => {
                recogniser.ladder.levels[level].not_applicable.push(competency);
                Ok(Placed::NotApplicable)
            }
            _ if is_placeholder(&text) => Err(Reason::Placeholder),
            _ if is_money(&text) => Err(Reason::Private),
            _ if is_number(&text) => Err(Reason::Number),
            _ => Ok(Placed::Expectation),
        };
        recogniser.record(self.expectation.id, outcome);
        if outcome != Ok(Placed::Expectation) {
            return;
        }
        let mut lines = if self.is_own {
            vec![DraftLine { text: without_guard(&text), ..DraftLine::default() }]
        } else {
            expectations(&self.expectation.text, recogniser.mapping.split)
        };
        for line in lines.iter_mut().filter(|line| line.label.is_empty()) {
            line.label.clone_from(&self.label);
        }
        if let Some(last) = lines.last_mut() {
            if let Some(detail) = self.detail.filter(|cell| !cell.is_empty()) {
                last.detail.extend(without_guard(&plain(&detail.text)).lines().map(|line| line.trim().to_owned()));
                recogniser.record(detail.id, Ok(Placed::Detail));
            }
            if let Some(example) = self.example.filter(|cell| !cell.is_empty()) {
                let outcome = if is_placeholder(&example.text) {
                    Err(Reason::Placeholder)
                } else {
                    last.examples.extend(examples(&without_guard(&example.text), recogniser.mapping.split));
                    Ok(Placed::Example)
                };
                recogniser.record(example.id, outcome);
            }
        }
        match competency {
            Some(competency) => recogniser.ladder.append(level, competency, lines),
            None => recogniser.ladder.levels[level].own.extend(lines),
        }
    }
}

/// A text of `ladder.csv` without the apostrophe that keeps spreadsheets from reading it as a formula.
fn without_guard(text: &str) -> String {
    let is_formula =
        |rest: &str| rest.trim_start().starts_with(['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠']);
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text).to_owned()
}
