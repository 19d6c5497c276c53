//! The search index: a script with the names of all [`document`]s and an inverted [`index`] of their terms, which the
//! [`tokenize`] module splits their texts into.
//!
//! A browser loads the script when a search begins, and searches in it alone. It has no texts: the sentences of
//! expectations, which results show, are in the scripts that comparisons use, one per track, and are loaded with the
//! results. Names are in it once, however many documents they belong to. Its size is limited: if a site has a lot of text, only the beginning of each
//! section is indexed.

mod document;
mod index;
mod tokenize;

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use self::document::{
    NAMES_SEPARATOR, SearchDocuments, SearchLevel, SearchPage, SearchPart, SearchPartKind, documents,
};
use self::index::{IndexedText, InvertedIndex, push_number};
use self::tokenize::{LETTER_REPLACEMENTS, UNSPACED_SCRIPTS};
use crate::context::{RenderContext, data_script};
use crate::index_vec::Index;
use crate::percent::encode;

/// The most text that is indexed whole, in bytes; a site with more has only the beginnings of its sections indexed.
const MAX_INDEXED_BYTES: usize = 3_000_000;

/// The size of the part of each section that is indexed even on the largest site, in bytes.
const MIN_INDEXED_BYTES_PER_SECTION: usize = 200;

/// The search index of a site, as a script.
pub(crate) fn write(context: &RenderContext) -> String {
    let mut documents = documents(context);
    limit_text(&mut documents);
    let mut index = IndexWriter::default();
    index.parents.number("");
    documents.pages.iter().for_each(|page| index.page(page));
    documents.levels.iter().for_each(|level| index.level(level));
    let names = documents.pages.iter().map(|page| IndexedText {
        text: page.names(),
        joins_spaces: true,
        ..IndexedText::default()
    });
    let titles = index.names.values.iter().map(|name| indexed_text(name.title));
    let parents = index.parents.values.iter().map(|parents| indexed_text(parents));
    let names: Vec<IndexedText> = names.chain(titles).chain(parents).collect();
    let terms = InvertedIndex::new(&names, &indexed_texts(&documents));
    data_script(&Data {
        alike: LETTER_REPLACEMENTS.iter().map(|(letter, plain)| (letter.to_string(), *plain)).collect(),
        spaceless: UNSPACED_SCRIPTS.iter().map(|(first, last)| (u32::from(*first), u32::from(*last))).collect(),
        kinds: &index.kinds.values,
        kind: index.kind,
        title: documents.pages.iter().map(|page| page.title.as_str()).collect(),
        url: documents.pages.iter().map(|page| page.url.as_str()).collect(),
        others: documents.pages.iter().map(|page| page.names.join(NAMES_SEPARATOR)).collect(),
        of: index.of,
        parents: &index.parents.values,
        parts: index.parts,
        before: documents.pages_before_levels,
        cells: index.cells,
        names: index.names.values.iter().map(|name| name.title).collect(),
        name_kinds: index.names.values.iter().map(|name| name.kind.digit()).collect(),
        anchors: index.names.values.iter().map(|name| stored_anchor(name)).collect(),
        words: terms.terms,
        named: terms.name_postings,
        texts: terms.text_postings,
    })
}

/// The script's data, as the theme's script reads it. A text of digits has numbers in the form of [`push_number`].
#[derive(Serialize)]
struct Data<'a> {
    alike: Vec<(String, &'static str)>,
    spaceless: Vec<(u32, u32)>,
    /// The kinds of pages.
    kinds: &'a [&'a str],
    /// The kind of each page, by its index.
    kind: String,
    title: Vec<&'a str>,
    url: Vec<&'a str>,
    others: Vec<String>,
    /// The parents of each page, by their index.
    of: String,
    parents: &'a [&'a str],
    /// For each page the number of its parts, and for each part the index of its name.
    parts: String,
    /// The number of pages that come before the cells and expectations of levels.
    before: usize,
    /// For each level the index of its page, one more than its first track, if any, and the number of its cells; for each cell the index of its name and the
    /// number of its expectations.
    cells: String,
    /// The names of parts and cells, and for each a digit for its kind and its anchor.
    names: Vec<&'a str>,
    name_kinds: String,
    anchors: Vec<Cow<'a, str>>,
    words: String,
    /// For each word the pages, then the names of parts, then the parents that have it in their names.
    named: String,
    /// For each word the documents that have it in their text. They are numbered in this order: the first pages, each
    /// followed by its parts; the cells of each level, each followed by its expectations; the other pages.
    texts: String,
}

/// Collects the data of pages and levels.
#[derive(Default)]
struct IndexWriter<'a> {
    kinds: Numbering<&'a str>,
    parents: Numbering<&'a str>,
    names: Numbering<PartName<'a>>,
    kind: String,
    of: String,
    parts: String,
    cells: String,
}

/// What distinguishes the names of parts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
struct PartName<'a> {
    kind: SearchPartKind,
    title: &'a str,
    anchor: &'a str,
}

impl<'a> IndexWriter<'a> {
    fn page(&mut self, page: &'a SearchPage) {
        push_number(self.kinds.number(page.kind), &mut self.kind);
        push_number(self.parents.number(&page.parents), &mut self.of);
        push_number(page.parts.len(), &mut self.parts);
        for part in &page.parts {
            push_number(self.name(part), &mut self.parts);
        }
    }

    fn level(&mut self, level: &'a SearchLevel) {
        push_number(level.page, &mut self.cells);
        push_number(level.track.map_or(0, |track| track.index() + 1), &mut self.cells);
        push_number(level.cells.len(), &mut self.cells);
        for cell in &level.cells {
            push_number(self.name(&cell.part), &mut self.cells);
            push_number(cell.expectations.len(), &mut self.cells);
        }
    }

    fn name(&mut self, part: &'a SearchPart) -> usize {
        self.names.number(PartName { kind: part.kind, title: &part.title, anchor: &part.anchor })
    }
}

/// Values, each once, in the order in which they were first seen.
#[derive(Default)]
struct Numbering<T> {
    values: Vec<T>,
    numbers: HashMap<T, usize>,
}

impl<T: Copy + Eq + Hash> Numbering<T> {
    fn number(&mut self, value: T) -> usize {
        *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            self.values.len() - 1
        })
    }
}

fn indexed_text(text: &str) -> IndexedText<'_> {
    IndexedText { text: text.into(), ..IndexedText::default() }
}

/// The texts of all documents, in the order of [`Data::texts`].
fn indexed_texts(documents: &SearchDocuments) -> Vec<IndexedText<'_>> {
    fn of_page(page: &SearchPage) -> impl Iterator<Item = &str> {
        std::iter::once(page.text.as_str()).chain(page.parts.iter().map(|part| part.text.as_str()))
    }
    let (before, after) = documents.pages.split_at(documents.pages_before_levels);
    let mut texts: Vec<IndexedText> = before.iter().flat_map(of_page).map(indexed_text).collect();
    for cell in documents.levels.iter().flat_map(|level| &level.cells) {
        // A section of expectations in no competency is no document of its own.
        texts.extend((cell.part.kind == SearchPartKind::Cell).then(|| indexed_text(&cell.part.text)));
        texts.extend(
            cell.expectations
                .iter()
                .map(|expectation| IndexedText { detail: &expectation.detail, ..indexed_text(&expectation.sentence) }),
        );
    }
    texts.extend(after.iter().flat_map(of_page).map(indexed_text));
    texts
}

/// The anchor of a part for an address, unless the theme's script can make it of the title.
fn stored_anchor<'a>(part: &PartName<'a>) -> Cow<'a, str> {
    if plain_anchor(part.title) == part.anchor { Cow::Borrowed("") } else { Cow::Owned(encode(part.anchor)) }
}

/// The anchor that the theme's script makes of a text: its ASCII letters and digits in lower case, joined with `-`.
fn plain_anchor(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// Shortens texts if together they exceed [`MAX_INDEXED_BYTES`]. Names and sentences stay complete.
fn limit_text(documents: &mut SearchDocuments) {
    let (count, total) = documents.texts().fold((0, 0), |(count, total), text| (count + 1, total + text.len()));
    if total <= MAX_INDEXED_BYTES {
        return;
    }
    let max_bytes = (MAX_INDEXED_BYTES / count).max(MIN_INDEXED_BYTES_PER_SECTION);
    for text in documents.texts() {
        text.truncate(beginning(text, max_bytes));
        text.shrink_to_fit();
    }
}

/// The length of the beginning of a text that has at most `max_bytes`, cut between words.
fn beginning(text: &str, max_bytes: usize) -> usize {
    if text.len() <= max_bytes {
        return text.len();
    }
    let cut = text.floor_char_boundary(max_bytes);
    text[..cut].rfind(' ').unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(count: usize) -> SearchDocuments {
        let page = || SearchPage { text: "word ".repeat(1000), ..SearchPage::default() };
        SearchDocuments { pages: (0..count).map(|_| page()).collect(), ..SearchDocuments::default() }
    }

    #[test]
    fn texts_are_shortened_at_a_word_if_there_is_too_much() {
        let mut few = documents(2);
        limit_text(&mut few);
        assert_eq!(few.pages[1].text.len(), 5000);
        let mut many = documents(2000);
        limit_text(&mut many);
        assert!(
            many.pages.iter().all(|page| page.text.len() <= MAX_INDEXED_BYTES / 2000 && page.text.ends_with("word"))
        );
    }

    #[test]
    fn a_beginning_ends_with_a_complete_character() {
        let beginning = |text, max_bytes| &text[..beginning(text, max_bytes)];
        assert_eq!(beginning("short", 5), "short");
        assert_eq!(beginning("one two three", 9), "one two");
        assert_eq!(beginning("設計する", 7), "設計");
    }

    #[test]
    fn an_anchor_is_stored_unless_it_follows_from_the_title() {
        let part =
            |title, anchor| stored_anchor(&PartName { kind: SearchPartKind::Section, title, anchor }).into_owned();
        assert_eq!(part("Working with others!", "working-with-others"), "");
        assert_eq!(part("Scope", "scope-1"), "scope-1");
        assert_eq!(part("Größe", "größe"), "gr%C3%B6%C3%9Fe");
    }
}
