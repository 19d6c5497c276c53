//! What is known of the ladder while sources are read.

use crate::import::draft::{DraftLadder, DraftLine};
use crate::import::ledger::{Ledger, Placed, Reason, TextId};
use crate::import::mapping::Mapping;
use crate::import::sheet::{SheetCell, plain, with_links};
use crate::import::source_file::ImportError;
use crate::import::text::{example, expectations};
use crate::import::words::{is_cumulative_note, is_money, is_not_applicable, is_number, is_placeholder};

/// The name of a track that nothing else names.
pub(super) const DEFAULT_TRACK: &str = "Engineering";

/// What is known of the ladder so far.
#[derive(Debug)]
pub(in crate::import) struct Recogniser<'a> {
    pub(in crate::import) ladder: DraftLadder,
    pub(in crate::import) ledger: &'a mut Ledger,
    pub(in crate::import) mapping: &'a Mapping,
    /// What was understood, one line each.
    pub(in crate::import) understood: Vec<String>,
    /// What was seen that isn't a ladder, one line each.
    pub(in crate::import) seen: Vec<String>,
    /// Cells with a number: level, competency, number and text.
    pub(in crate::import) numbers: Vec<(usize, usize, usize, TextId)>,
    /// A note that says that levels include those below.
    pub(in crate::import) has_cumulative_note: bool,
}

impl Recogniser<'_> {
    /// Reads a cell of a level in a competency. `label` groups what it has.
    pub(in crate::import) fn cell(&mut self, level: usize, competency: usize, label: &str, cell: &SheetCell) {
        let text = plain(&cell.text);
        let outcome = if text.trim().is_empty() {
            return;
        } else if is_not_applicable(&text) {
            let not_applicable = &mut self.ladder.levels[level].not_applicable;
            if !not_applicable.contains(&competency) {
                not_applicable.push(competency);
            }
            Ok(Placed::NotApplicable)
        } else if is_placeholder(&text) {
            Err(Reason::Placeholder)
        } else if is_money(&text) {
            Err(Reason::Private)
        } else if is_number(&text) {
            let number = text.trim().parse::<usize>().ok();
            if let (Some(number), Some(id)) = (number, cell.id) {
                self.numbers.push((level, competency, number, id));
                return;
            }
            Err(Reason::Number)
        } else {
            let mut lines = expectations(&cell.text, self.mapping.split);
            for line in lines.iter_mut().filter(|line| line.label.is_empty()) {
                label.clone_into(&mut line.label);
            }
            self.ladder.add(level, competency, lines);
            Ok(Placed::Expectation)
        };
        self.record(cell.id, outcome);
    }

    /// Records what became of a text.
    pub(in crate::import) fn record(&mut self, id: Option<TextId>, outcome: Result<Placed, Reason>) {
        match (id, outcome) {
            (Some(id), Ok(placed)) => self.ledger.place(id, placed),
            (Some(id), Err(reason)) => self.ledger.leave(id, reason),
            (None, _) => {}
        }
    }

    /// Records why a cell isn't placed, and what a note says about the whole ladder.
    pub(in crate::import) fn leave(&mut self, cell: &SheetCell, reason: Reason) {
        if is_cumulative_note(&cell.line()) {
            self.has_cumulative_note = true;
        }
        self.record(cell.id, Err(reason));
    }

    /// Adds the text of an item or paragraph to a cell: as an example of the expectation before it, or as expectations.
    pub(in crate::import) fn line(
        &mut self,
        level: usize,
        competency: Option<usize>,
        label: &str,
        text: &str,
        id: TextId,
    ) {
        let bare = with_links(text);
        if is_placeholder(&bare) {
            self.ledger.leave(id, Reason::Placeholder);
            return;
        }
        if let (true, Some(competency)) = (is_not_applicable(&bare), competency) {
            self.ladder.levels[level].not_applicable.push(competency);
            self.ledger.place(id, Placed::NotApplicable);
            return;
        }
        let lines = match competency {
            Some(competency) => &mut self.ladder.cell(level, competency).lines,
            None => &mut self.ladder.levels[level].own,
        };
        if let (Some(example), Some(last)) = (example(&bare), lines.last_mut()) {
            last.examples.push(example);
            self.ledger.place(id, Placed::Example);
            return;
        }
        let text = bare.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = DraftLine { label: label.to_owned(), text, ..DraftLine::default() };
        if !lines.contains(&line) {
            lines.push(line);
        }
        self.ledger.place(id, Placed::Expectation);
    }

    /// Completes the ladder, once all sources are read.
    pub(in crate::import) fn finish(&mut self) -> Result<(), ImportError> {
        self.ledger.leave_rest(Reason::NoLadder);
        let has_content =
            |of: &DraftLadder| of.expectations() > 0 || of.levels.iter().any(|level| !level.profile.is_empty());
        if self.ladder.levels.is_empty() || !has_content(&self.ladder) {
            let seen =
                if self.seen.is_empty() { "nothing that looks like one".to_owned() } else { self.seen.join("; ") };
            return Err(ImportError::new(format!("no ladder was recognised. Seen: {seen}")).help(
                "if there is one, say where: `--levels columns` or `--levels rows`, and `--header-row N` for the row with \
                 the names above the columns",
            ));
        }
        for level in &mut self.ladder.levels {
            let written: Vec<usize> =
                level.cells.iter().filter(|cell| !cell.lines.is_empty()).map(|cell| cell.competency).collect();
            level.not_applicable.retain(|competency| !written.contains(competency));
            level.not_applicable.dedup();
        }
        if self.mapping.extends {
            self.extend_all();
        } else if self.has_cumulative_note {
            self.understood.push(
                "a note seems to say that each level includes those below; if so, run it again with `--extends`"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// Makes each level extend the one below on its track.
    fn extend_all(&mut self) {
        for track in 0..self.ladder.tracks.len() {
            let on_track: Vec<usize> = (0..self.ladder.levels.len())
                .filter(|level| self.ladder.levels[*level].tracks.contains(&track))
                .collect();
            for pair in on_track.windows(2) {
                let extends = &mut self.ladder.levels[pair[1]].extends;
                if extends.is_empty() {
                    extends.push((pair[0], Vec::new()));
                }
            }
        }
    }
}
