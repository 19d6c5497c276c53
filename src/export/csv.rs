//! The ladder as a table for spreadsheets, by RFC 4180.

use crate::context::RenderContext;
use crate::context::cards::rank_text;
use crate::index_vec::IndexVec;
use crate::ladder::{CompetencyId, ExpectationId, LevelId, State};

const COLUMNS: [&str; 12] = [
    "track",
    "level",
    "code",
    "rank",
    "area",
    "competency",
    "state",
    "group",
    "expectation",
    "detail",
    "examples",
    "address",
];

/// The file: one row for each expectation of a level, and one for each cell that has none. It starts with a byte order
/// mark, from which spreadsheets recognise UTF-8.
pub(crate) fn write(context: &RenderContext) -> String {
    let mut csv = CsvWriter { text: "\u{feff}".to_owned() };
    csv.row(COLUMNS);
    let expectations: IndexVec<ExpectationId, ExpectationFields> =
        context.ladder.expectations.ids().map(|id| expectation_fields(context, id)).collect();
    let levels = context.ladder.on_tracks().into_iter().chain(context.ladder.abstract_levels());
    for level in levels {
        level_rows(context, level, &expectations, &mut csv);
    }
    csv.text
}

/// The fields of a row that depend only on the expectation.
struct ExpectationFields {
    group: String,
    text: String,
    detail: String,
    examples: String,
    address: String,
}

fn expectation_fields(context: &RenderContext, id: ExpectationId) -> ExpectationFields {
    let expectation = context.ladder.expectation(id);
    let example = |example: &crate::ladder::Example| {
        let text = context.block_text(expectation.page, &example.blocks);
        if example.specialism.is_empty() { text } else { format!("{}: {text}", example.specialism) }
    };
    let examples: Vec<String> = expectation.statement.examples.iter().map(example).collect();
    ExpectationFields {
        group: expectation.statement.group.as_ref().map(|heading| heading.text.clone()).unwrap_or_default(),
        text: expectation.statement.text.clone(),
        detail: context.block_lines(expectation.page, &expectation.statement.detail.blocks),
        examples: examples.join("\n"),
        address: absolute(context, context.expectation_url(id)),
    }
}

fn level_rows(
    context: &RenderContext,
    id: LevelId,
    expectations: &IndexVec<ExpectationId, ExpectationFields>,
    csv: &mut CsvWriter,
) {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let code = page.code().unwrap_or_default();
    let tracks: Vec<String> = level.tracks.iter().map(|track| context.track_card(*track).title).collect();
    let (tracks, rank) = (tracks.join("; "), rank_text(level.rank));
    let mut row =
        |Subject { area, competency }: &Subject, state: &str, [group, text, detail, examples, address]: [&str; 5]| {
            csv.row([
                &tracks,
                &page.title.value,
                code,
                &rank,
                area,
                competency,
                state,
                group,
                text,
                detail,
                examples,
                address,
            ]);
        };
    let said = |id: &ExpectationId| {
        let ExpectationFields { group, text, detail, examples, address } = &expectations[*id];
        [group.as_str(), text, detail, examples, address]
    };
    for id in level.own.iter().flat_map(|own| &own.lines) {
        row(&Subject::default(), "own", said(id));
    }
    for competency in context.ladder.competencies_of(id) {
        let subject = Subject::of(context, competency);
        let cell = level.cells.get(&competency);
        let (own, inherited) = cell.map_or((&[][..], &[][..]), |cell| (&cell.lines, &cell.inherited));
        for id in own {
            row(&subject, "own", said(id));
        }
        for id in inherited {
            row(&subject, "inherited", said(id));
        }
        let state = match context.ladder.state(id, competency) {
            State::NotApplicable => "not-applicable",
            State::Missing => "not-written",
            State::Written | State::Inherited | State::NotOnTrack => continue,
        };
        row(&subject, state, ["", "", "", "", &absolute(context, context.cell_url(id, competency))]);
    }
}

/// An absolute address, if the configuration has a `base_url`.
fn absolute(context: &RenderContext, url: String) -> String {
    context.absolute(&url).unwrap_or(url)
}

/// The competency of a cell and its area.
#[derive(Default)]
struct Subject {
    area: String,
    competency: String,
}

impl Subject {
    fn of(context: &RenderContext, id: CompetencyId) -> Self {
        let competency = context.ladder.competency(id);
        let title = &context.pages.get(competency.page).title.value;
        Self { area: context.area(&competency.area).0, competency: title.clone() }
    }
}

/// Writes rows of fields.
struct CsvWriter {
    text: String,
}

impl CsvWriter {
    fn row(&mut self, cells: [&str; COLUMNS.len()]) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push_str("\r\n");
    }

    /// Writes a field. An apostrophe prevents spreadsheets from reading it as a formula.
    fn cell(&mut self, cell: &str) {
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if guard.is_empty() && !cell.contains(['"', ',', '\n', '\r']) {
            self.text.push_str(cell);
            return;
        }
        self.text.push('"');
        self.text.push_str(guard);
        self.text.push_str(&cell.replace('"', "\"\""));
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_what_it_says_and_no_formula() {
        let written = |cell| {
            let mut csv = CsvWriter { text: String::new() };
            csv.cell(cell);
            csv.text
        };
        assert_eq!(written("plain, \"quoted\"\nlines"), "\"plain, \"\"quoted\"\"\nlines\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(written(formula), format!("\"'{formula}\""));
        }
        assert_eq!((written("a=1"), written("")), ("a=1".to_owned(), String::new()));
    }
}
