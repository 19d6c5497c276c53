//! The account of an import for people.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draft::DraftLadder;
use super::ledger::{Ledger, TextPlace, column_name};
use super::source_file::SourceFile;

/// The most places that the account lists for one reason in one file; the rest is counted.
const MAX_RANGES: usize = 40;

/// The account: sources, what was understood, numbers, and texts without a place by reason.
pub(super) fn report(
    sources: &[SourceFile],
    understood: &[String],
    ladder: &DraftLadder,
    ledger: &Ledger,
    skipped: &[String],
) -> String {
    let mut out = format!("Read {}\n\nUnderstood\n", list(sources.iter().map(|source| source.name.as_str())));
    for line in understood {
        out.push_str(&format!("- {line}\n"));
    }
    out.push_str(&format!(
        "\nFound {}, {}, {}, {} and {}\n",
        count(ladder.tracks.len(), "track", "tracks"),
        count(ladder.levels.len(), "level", "levels"),
        count(ladder.competencies.len(), "competency", "competencies"),
        count(ladder.expectations(), "expectation", "expectations"),
        count(ladder.examples(), "example", "examples"),
    ));
    for track in 0..ladder.tracks.len() {
        let levels = ladder.levels.iter().filter(|level| level.tracks.contains(&track));
        let names = list(levels.map(|level| level.page.title.as_str()));
        out.push_str(&format!("- {}: {names}\n", ladder.tracks[track].page.title));
    }
    let placed = ledger.placed();
    let total: usize = placed.values().sum();
    out.push_str(&format!("\nPlaced {total} of {}\n", count(ledger.len(), "text", "texts")));
    for (kind, number) in placed {
        out.push_str(&format!("- {}: {number}\n", kind.noun()));
    }
    let left = ledger.left();
    if !left.is_empty() {
        out.push_str(&format!("\nNot placed: {}\n", count(ledger.len() - total, "text", "texts")));
    }
    for (reason, places) in left {
        out.push_str(&format!("- {}:\n", reason.phrase()));
        for (file, ranges) in ranges(&places) {
            let shown = ranges.iter().take(MAX_RANGES).map(String::as_str);
            let more = ranges.len().saturating_sub(MAX_RANGES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            out.push_str(&format!("  - {file}: {}{more}\n", shown.collect::<Vec<_>>().join(", ")));
        }
    }
    if !skipped.is_empty() {
        out.push_str(&format!("\nFiles of other kinds, not read: {}\n", list(skipped.iter().map(String::as_str))));
    }
    out
}

/// A number with its noun.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let more = names.len().saturating_sub(MAX_RANGES);
    let shown = names[..names.len() - more].join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

/// Places by file, with cells and lines as ranges.
fn ranges(places: &[&TextPlace]) -> BTreeMap<Arc<str>, Vec<String>> {
    let mut cells: BTreeMap<Arc<str>, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    let mut lines: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    let mut all: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
    for place in places {
        match place {
            TextPlace::Cell(sheet, row, column) => {
                cells.entry(sheet.clone()).or_default().entry(*column).or_default().push(*row);
            }
            TextPlace::Line(file, line) => lines.entry(file.clone()).or_default().push(*line),
            TextPlace::Part(file, part) => all.entry(file.clone()).or_default().push(part.clone()),
        }
    }
    for (sheet, columns) in cells {
        all.entry(sheet).or_default().extend(rectangles(columns));
    }
    for (file, mut lines) in lines {
        lines.dedup();
        let runs = runs(&lines);
        let range = |(start, end): (usize, usize)| {
            if start == end { start.to_string() } else { format!("{start}\u{2013}{end}") }
        };
        let text = runs.into_iter().map(range).collect::<Vec<_>>().join(", ");
        all.entry(file).or_default().push(format!("{} {text}", if lines.len() == 1 { "line" } else { "lines" }));
    }
    all
}

/// Numbers in order as ranges.
fn runs(numbers: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == *number => *end = *number,
            _ => runs.push((*number, *number)),
        }
    }
    runs
}

/// Cells by column as ranges. Neighbouring columns with the same rows make one.
fn rectangles(columns: BTreeMap<usize, Vec<usize>>) -> Vec<String> {
    let mut open: Vec<((usize, usize), (usize, usize))> = Vec::new();
    for (column, mut rows) in columns {
        rows.sort_unstable();
        for run in runs(&rows) {
            match open.iter_mut().find(|(of, columns)| *of == run && columns.1 + 1 == column) {
                Some((_, columns)) => columns.1 = column,
                None => open.push((run, (column, column))),
            }
        }
    }
    let name = |((top, bottom), (left, right)): &((usize, usize), (usize, usize))| {
        let first = format!("{}{}", column_name(*left), top + 1);
        let last = format!("{}{}", column_name(*right), bottom + 1);
        if first == last { first } else { format!("{first}:{last}") }
    };
    open.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_ranges() {
        assert_eq!(
            (column_name(0), column_name(25), column_name(26), column_name(701)),
            ("A".into(), "Z".into(), "AA".into(), "ZZ".into())
        );
        let columns = BTreeMap::from([(0, vec![1, 2, 3]), (1, vec![1, 2, 3]), (3, vec![0])]);
        assert_eq!(rectangles(columns), ["A2:B4", "D1"]);
        assert_eq!(runs(&[1, 2, 4]), [(1, 2), (4, 4)]);
    }
}
