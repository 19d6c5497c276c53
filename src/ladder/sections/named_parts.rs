//! Finds the parts of a table that name cells: its header, its first column, or both.

use std::cell::LazyCell;

use crate::ladder::compare::words::words;
use crate::ladder::expectations::table_expectations::{lines, says_expectations};
use crate::ladder::sections::explained_names::explanation;
use crate::ladder::sections::level_words::LevelWords;
use crate::ladder::sections::name_column::{ends_sentence, has_text, says_kind};
use crate::ladder::sections::named_cells::NamedCells;
use crate::markdown::{Paragraph, Table, TableCell};
use crate::page::Kind;

/// The parts of a table that name cells.
pub(crate) enum NamedParts {
    /// Only the header names cells.
    Header(Kind),
    /// Only the first column does.
    Column(Kind),
    /// Both together do: the kind in the header, and that in the first column.
    Both(Kind, Kind),
}

/// Whether a table has more than numbers, marks and ratings such as `Advanced` for the cells that it names. One that
/// doesn't is prose, unless a heading says that it has expectations: it shows weights or steps.
pub(crate) fn has_sentences(cells: &NamedCells<'_, '_, '_>, table: &Table, parts: &NamedParts) -> bool {
    let names = usize::from(!matches!(parts, NamedParts::Header(_)));
    let corner = table.header.first().map_or("", |cell| cell.text.as_str());
    let is_header_row = matches!(parts, NamedParts::Column(kind) if cells.is_name(*kind, corner));
    let rows = || table.rows.iter().chain(Some(&table.header).filter(|_| is_header_row));
    let beside = || rows().flat_map(|row| row.iter().skip(names)).flat_map(lines);
    let has_letters = |line: &Paragraph| line.text.contains(char::is_alphabetic);
    let says_so = names > 0 && table.header.iter().skip(1).any(|head| says_expectations(&head.text));
    let is_sentence = |line: &Paragraph| {
        let count = words(&line.text).filter(|word| word.contains(char::is_alphabetic)).count();
        count > 1 || (count > 0 && ends_sentence(&line.text))
    };
    let mut below_names = rows().filter_map(|row| row.first()).flat_map(explanation);
    beside().any(is_sentence)
        || (says_so && beside().any(has_letters))
        || (names > 0 && beside().next().is_none() && below_names.any(|line| ends_sentence(&line.text)))
}

/// The words in the titles of all levels.
fn level_words(cells: &NamedCells<'_, '_, '_>) -> LevelWords {
    LevelWords::of(cells.names.search(Kind::Level).map(|(_, page)| page.title.value.as_str()))
}

/// The first cells of the rows.
fn column(table: &Table) -> impl Iterator<Item = &TableCell> {
    table.rows.iter().filter_map(|row| row.first())
}

/// The parts of a table that name cells; none if it is prose. A name in the corner counts only if the other direction
/// has none.
pub(crate) fn named_parts(cells: &NamedCells<'_, '_, '_>, table: &Table) -> Option<NamedParts> {
    let count = |kind, cells_of: &mut dyn Iterator<Item = &TableCell>| {
        cells_of.filter(|cell| !cell.text.is_empty() && cells.is_name(kind, &cell.text)).count()
    };
    let both = |header, first| {
        let names = count(header, &mut table.header.iter().skip(1));
        let rows = count(first, &mut column(table));
        (names > 0 && rows > 0).then_some((names + rows, NamedParts::Both(header, first)))
    };
    let both = [both(Kind::Level, Kind::Competency), both(Kind::Competency, Kind::Level)];
    let both = both.into_iter().flatten().max_by_key(|(names, _)| *names).map(|(_, parts)| parts);
    let both = both.or_else(|| half_known_parts(cells, table));
    let Some(target) = cells.target() else { return both };
    if let Some(NamedParts::Both(header, first)) = both {
        // Where one direction names only this page, the other one has the cells.
        let other = |cell: &&TableCell| !cell.text.is_empty() && !cells.is_own_name(&cell.text);
        let mut headings = table.header.iter().skip(1).filter(|cell| cells.is_name(header, &cell.text));
        let mut unknown = table.header.iter().skip(1).filter(|cell| !cells.is_name(header, &cell.text));
        let words = LazyCell::new(|| level_words(cells));
        let is_level = |cell: &TableCell| header == Kind::Level && words.are_in(&cell.text);
        if first == target && !headings.any(|cell| other(&cell)) && !unknown.any(is_level) {
            return Some(NamedParts::Column(target));
        }
        if header == target && column(table).filter(other).count() == 0 {
            return Some(NamedParts::Header(target));
        }
        return both;
    }
    let header = count(target, &mut table.header.iter());
    let rows = count(target, &mut table.header.iter().take(1).chain(column(table)));
    match (header, rows) {
        (0, 0) => nearly_named_parts(cells, table, target).or_else(|| declared_parts(cells, table, target)),
        (header, rows) if rows > header => Some(NamedParts::Column(target)),
        _ => Some(NamedParts::Header(target)),
    }
}

/// The part of a table in which all names are nearly those of cells.
fn nearly_named_parts(cells: &NamedCells<'_, '_, '_>, table: &Table, kind: Kind) -> Option<NamedParts> {
    let all_near = |all: &mut dyn Iterator<Item = &TableCell>| {
        let all: Vec<&TableCell> = all.filter(|cell| !cell.text.is_empty()).collect();
        all.len() > 1 && all.iter().all(|cell| cells.is_near(kind, cell))
    };
    if all_near(&mut table.header.iter()) {
        return Some(NamedParts::Header(kind));
    }
    all_near(&mut column(table)).then_some(NamedParts::Column(kind))
}

/// The parts of a table with names in one direction, and unknown ones in the other.
fn half_known_parts(cells: &NamedCells<'_, '_, '_>, table: &Table) -> Option<NamedParts> {
    let is_unknown = |(header, first): &(Kind, Kind)| {
        let heads: Vec<&TableCell> = table.header.iter().skip(1).filter(|cell| !cell.text.is_empty()).collect();
        let names: Vec<&TableCell> = column(table).filter(|cell| !cell.text.is_empty()).collect();
        let is_head = |cell: &&TableCell| cells.is_name(*header, &cell.text);
        let is_row = |cell: &&TableCell| cells.is_name(*first, &cell.text);
        let inside = table.rows.iter().flat_map(|row| row.iter().skip(1)).flat_map(lines);
        let (sentences, others): (Vec<_>, Vec<_>) = inside.partition(|line| ends_sentence(&line.text));
        let words = LazyCell::new(|| level_words(cells));
        let is_level = |cell: &&TableCell| words.are_in(&cell.text);
        let unread = |kind: Kind| cells.names.has_untitled(Some(kind));
        let are_levels_unknown = *header == Kind::Level && names.iter().all(is_row) && heads.iter().all(is_level);
        let are_rows_unknown = heads.iter().all(is_head) && !names.iter().any(is_row);
        heads.len() > 1
            && !names.is_empty()
            && sentences.len() >= others.len().max(1)
            && ((are_levels_unknown && !heads.iter().any(is_head) && !unread(*header))
                || (are_rows_unknown && !unread(*first)))
    };
    let kinds = [(Kind::Level, Kind::Competency), (Kind::Competency, Kind::Level)];
    let mut kinds = kinds.into_iter().filter(|(_, first)| cells.target().is_none_or(|target| target == *first));
    kinds.find(is_unknown).map(|(header, first)| NamedParts::Both(header, first))
}

/// The first column, if its heading says that it names cells, although none of the names is known.
fn declared_parts(cells: &NamedCells<'_, '_, '_>, table: &Table, kind: Kind) -> Option<NamedParts> {
    let is_declared = table.header.first().is_some_and(|head| says_kind(kind, &head.text));
    let is_lost = is_declared && has_text(table, |at| at > 0) && !cells.names.has_untitled(Some(kind));
    is_lost.then_some(NamedParts::Column(kind))
}
