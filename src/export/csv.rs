//! The ladder as a table for spreadsheets, by RFC 4180.

use std::borrow::Cow;

use csv::{Terminator, Writer, WriterBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

use super::inheritance::excluded;
use crate::context::RenderContext;
use crate::context::cards::rank_text;
use crate::ladder::{CompetencyId, Example, Expectation, ExpectationId, Level, LevelId, State, Supersession};
use crate::page::PageId;

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

/// The file: one row for each expectation, where it is written, and rows for what a level extends, what it doesn't inherit
/// of that, and cells that have no expectations. It starts with a byte order mark, from which spreadsheets recognise
/// UTF-8.
pub(crate) fn write(context: &RenderContext, rows: CsvRows) -> String {
    let mut csv = CsvWriter::new();
    write_rows(context, rows, &mut csv);
    csv.into_text()
}

/// The rows as texts, for other formats.
pub(super) fn rows(context: &RenderContext) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    write_rows(context, CsvRows::Own, &mut rows);
    rows
}

fn write_rows(context: &RenderContext, rows: CsvRows, out: &mut impl RowSink) {
    out.row(COLUMNS);
    for level in context.ladder.on_tracks().into_iter().chain(context.ladder.abstract_levels()) {
        let level = LevelRows::new(context, level);
        match rows {
            CsvRows::Own => level.write(out),
            CsvRows::Cumulative => level.write_cumulative(out),
        }
    }
}

/// The rows that a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CsvRows {
    /// Each expectation once, where it is written, and what levels extend.
    Own,
    /// Everything that each level expects, inherited or not.
    Cumulative,
}

/// What takes rows.
trait RowSink {
    fn row(&mut self, cells: [&str; COLUMNS.len()]);
}

impl RowSink for Vec<Vec<String>> {
    fn row(&mut self, cells: [&str; COLUMNS.len()]) {
        self.push(cells.map(str::to_owned).to_vec());
    }
}

/// The rows of a level.
struct LevelRows<'a> {
    context: &'a RenderContext,
    id: LevelId,
    level: &'a Level,
    tracks: String,
    rank: String,
}

impl<'a> LevelRows<'a> {
    fn new(context: &'a RenderContext, id: LevelId) -> Self {
        let level = context.ladder.level(id);
        let tracks: Vec<&str> =
            level.tracks.iter().map(|track| title(context, context.ladder.track(*track).page)).collect();
        Self { context, id, level, tracks: tracks.join("; "), rank: rank_text(level.rank) }
    }

    fn write(&self, csv: &mut impl RowSink) {
        let ladder = &self.context.ladder;
        for (base, only) in &self.level.extends {
            let competencies =
                only.as_ref().map_or_else(|| vec![None], |only| only.iter().copied().map(Some).collect());
            for competency in competencies {
                self.base(*base, competency, csv);
            }
        }
        for id in self.level.own.iter().flat_map(|own| &own.lines) {
            self.expectation(None, *id, "own", csv);
        }
        let missing = ladder.missing_cells(self.id);
        for competency in ladder.competencies_of(self.id) {
            for id in self.level.cells.get(&competency).into_iter().flat_map(|cell| &cell.lines) {
                self.expectation(Some(competency), *id, "own", csv);
            }
            for id in excluded(ladder, self.id, competency) {
                self.excluded(competency, id, csv);
            }
            if ladder.state(self.id, competency) == State::NotApplicable {
                self.empty_cell(competency, "not-applicable", csv);
            } else if missing.binary_search(&competency).is_ok() {
                self.empty_cell(competency, "not-written", csv);
            }
        }
    }

    /// Everything that the level expects: its own, then what it inherits.
    fn write_cumulative(&self, csv: &mut impl RowSink) {
        let ladder = &self.context.ladder;
        for id in self.level.own.iter().flat_map(|own| &own.lines) {
            self.expectation(None, *id, "own", csv);
        }
        for competency in ladder.competencies_of(self.id) {
            let Some(cell) = self.level.cells.get(&competency) else { continue };
            for (ids, state) in [(&cell.lines, "own"), (&cell.inherited, "inherited")] {
                for id in ids {
                    self.expectation(Some(competency), *id, state, csv);
                }
            }
        }
    }

    /// A level that this one extends, in all competencies or in one.
    fn base(&self, base: LevelId, competency: Option<CompetencyId>, csv: &mut impl RowSink) {
        let page = self.context.ladder.level(base).page;
        let address = self.absolute(self.context.address(page).url.clone());
        self.row(competency, "extends", ["", title(self.context, page), "", "", &address], csv);
    }

    /// An expectation that is written for the level.
    fn expectation(&self, competency: Option<CompetencyId>, id: ExpectationId, state: &str, csv: &mut impl RowSink) {
        let Expectation { page, statement, .. } = self.context.ladder.expectation(id);
        let example = |example: &Example| {
            let text = self.context.block_text(*page, &example.blocks);
            if example.specialism.is_empty() { text } else { format!("{}: {text}", example.specialism) }
        };
        let examples: Vec<String> = statement.examples.iter().map(example).collect();
        let detail = self.context.block_lines(*page, &statement.detail.blocks);
        let address = self.absolute(self.context.expectation_url(id));
        let cells = [statement.label(), &statement.text, &detail, &examples.join("\n"), &address];
        self.row(competency, state, cells, csv);
    }

    /// An expectation that the level doesn't inherit, by its sentence and address.
    fn excluded(&self, competency: CompetencyId, id: ExpectationId, csv: &mut impl RowSink) {
        let text = &self.context.ladder.expectation(id).statement.text;
        let address = self.absolute(self.context.expectation_url(id));
        let state = match self.context.ladder.supersession(self.id, id) {
            Some(Supersession::Raised(_)) => "raised",
            Some(Supersession::Retired(_)) => "retired",
            None => "excludes",
        };
        self.row(Some(competency), state, ["", text, "", "", &address], csv);
    }

    fn empty_cell(&self, competency: CompetencyId, state: &str, csv: &mut impl RowSink) {
        let address = self.absolute(self.context.cell_url(self.id, competency));
        self.row(Some(competency), state, ["", "", "", "", &address], csv);
    }

    /// A row: group, expectation, detail, examples and address are its own.
    fn row(&self, competency: Option<CompetencyId>, state: &str, own: [&str; 5], csv: &mut impl RowSink) {
        let page = self.context.pages.get(self.level.page);
        let (area, competency) = match competency.map(|id| self.context.ladder.competency(id)) {
            Some(competency) => (self.context.area(&competency.area).0, title(self.context, competency.page)),
            None => (String::new(), ""),
        };
        let [group, text, detail, examples, address] = own;
        let code = page.code().unwrap_or_default();
        let level = page.title.value.as_str();
        csv.row([
            &self.tracks,
            level,
            code,
            &self.rank,
            &area,
            competency,
            state,
            group,
            text,
            detail,
            examples,
            address,
        ]);
    }

    /// An absolute address, if the configuration has a `base_url`.
    fn absolute(&self, url: String) -> String {
        self.context.absolute(&url).unwrap_or(url)
    }
}

fn title(context: &RenderContext, page: PageId) -> &str {
    &context.pages.get(page).title.value
}

/// Writes rows of fields.
struct CsvWriter(Writer<Vec<u8>>);

impl CsvWriter {
    fn new() -> Self {
        Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".into()))
    }

    fn into_text(self) -> String {
        let bytes = self.0.into_inner().expect("writing to memory doesn't fail");
        String::from_utf8(bytes).expect("only texts were written")
    }
}

impl RowSink for CsvWriter {
    fn row(&mut self, cells: [&str; COLUMNS.len()]) {
        let cells = cells.map(without_formula);
        self.0.write_record(cells.iter().map(|cell| cell.as_bytes())).expect("rows of the same length, to memory");
    }
}

/// A cell that no spreadsheet reads as a formula: an apostrophe precedes what could be one. Spreadsheets ignore spaces and
/// characters without a width before a sign, read full-width signs as the others, and may drop a tab or a line break at the
/// beginning.
fn without_formula(cell: &str) -> Cow<'_, str> {
    let is_invisible = |c: char| c.is_whitespace() || c.width().is_none_or(|width| width == 0);
    let first = cell.trim_start_matches(is_invisible).chars().take(1).nfkc().next();
    let is_formula = matches!(first, Some('=' | '+' | '-' | '@'));
    if is_formula || cell.starts_with(['\t', '\r', '\n']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a row with one cell at each end and nothing between.
    fn row(first: &str, last: &str) -> String {
        let mut cells = [""; COLUMNS.len()];
        (cells[0], cells[COLUMNS.len() - 1]) = (first, last);
        let mut csv = CsvWriter::new();
        csv.row(cells);
        csv.into_text()
    }

    #[test]
    fn a_file_starts_with_a_byte_order_mark_and_quotes_only_what_needs_it() {
        assert_eq!(row("a=1", "plain"), "\u{feff}a=1,,,,,,,,,,,plain\r\n");
        assert_eq!(row("", "commas, \"quotes\"\nlines"), "\u{feff},,,,,,,,,,,\"commas, \"\"quotes\"\"\nlines\"\r\n");
        assert!(row("a\rb", "").contains("\"a\rb\""));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "﹦1",
            "﹢1",
            "﹣1",
            "﹫A1",
            "\t1",
            "\r1",
            "\n1",
        ] {
            assert_eq!(without_formula(formula), format!("'{formula}"));
        }
        for text in ["", " ", "a=1", "1-1", "(=1)", "'=1", "–1", " a"] {
            assert_eq!(without_formula(text), text);
        }
    }

    #[test]
    fn what_is_invisible_before_a_formula_does_not_hide_it() {
        let invisible = [
            " ", "\n", "\r", "\t", "\r\n", "\u{a0}", "\u{3000}", "\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}",
            "\u{ad}", "\0",
        ];
        let more = ["\u{1b}", "\u{85}", "\u{200e}", "\u{202e}", "\u{fe0f}", "\u{e0020}", " \u{200b}\n\0"];
        for before in invisible.into_iter().chain(more) {
            for sign in "=+-@＝＋－＠".chars() {
                let formula = format!("{before}{sign}1");
                assert_eq!(without_formula(&formula), format!("'{formula}"), "{formula:?}");
            }
        }
    }
}
