//! The ladder as a table for spreadsheets, by RFC 4180.

use std::borrow::Cow;

use csv::{Terminator, Writer, WriterBuilder};
use unicode_width::UnicodeWidthChar;

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
    let mut csv = CsvWriter::new();
    csv.row(COLUMNS);
    let expectations: IndexVec<ExpectationId, ExpectationFields> =
        context.ladder.expectations.ids().map(|id| expectation_fields(context, id)).collect();
    let levels = context.ladder.on_tracks().into_iter().chain(context.ladder.abstract_levels());
    for level in levels {
        level_rows(context, level, &expectations, &mut csv);
    }
    csv.into_text()
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
        group: expectation.statement.label().to_owned(),
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
struct CsvWriter(Writer<Vec<u8>>);

impl CsvWriter {
    fn new() -> Self {
        Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".into()))
    }

    fn row(&mut self, cells: [&str; COLUMNS.len()]) {
        let cells = cells.map(without_formula);
        self.0.write_record(cells.iter().map(|cell| cell.as_bytes())).expect("rows of the same length, to memory");
    }

    fn into_text(self) -> String {
        let bytes = self.0.into_inner().expect("writing to memory doesn't fail");
        String::from_utf8(bytes).expect("only texts were written")
    }
}

/// A cell that no spreadsheet reads as a formula: an apostrophe precedes what could be one. Spreadsheets ignore spaces and
/// characters without a width before a sign, and read full-width signs as the others.
fn without_formula(cell: &str) -> Cow<'_, str> {
    const SIGNS: &str = "=+-@＝＋－＠";
    let is_invisible = |c: char| c.is_whitespace() || c.width().is_none_or(|width| width == 0);
    let is_formula = cell.trim_start_matches(is_invisible).starts_with(|c| SIGNS.contains(c));
    if is_formula || cell.starts_with(['\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
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
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", "\t1", "\r1"] {
            assert_eq!(without_formula(formula), format!("'{formula}"));
        }
        for text in ["", " ", "a=1", "1-1", "(=1)", "'=1", "–1", " a"] {
            assert_eq!(without_formula(text), text);
        }
    }

    #[test]
    fn what_is_invisible_before_a_formula_does_not_hide_it() {
        let invisible =
            [" ", "\n", "\u{a0}", "\u{3000}", "\u{200b}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}", "\0"];
        let more = ["\u{1b}", "\u{85}", "\u{200e}", "\u{202e}", "\u{fe0f}", "\u{e0020}", " \u{200b}\n\0"];
        for before in invisible.into_iter().chain(more) {
            for sign in ['=', '-', '＝'] {
                let formula = format!("{before}{sign}1");
                assert_eq!(without_formula(&formula), format!("'{formula}"), "{formula:?}");
            }
        }
    }
}
