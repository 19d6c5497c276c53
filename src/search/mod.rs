//! The search index: a script with all [`document`]s that can be found and an inverted [`index`] of their terms, which
//! the [`tokenize`] module splits their texts into.
//!
//! A browser loads the script when a search begins, and searches in it alone, so it includes everything that results
//! show. Its size is limited: if a site has a lot of text, only the beginning of each section is indexed.

mod document;
mod index;
mod tokenize;

use std::borrow::Cow;

use serde::Serialize;

use self::document::{SearchDocument, documents};
use self::index::InvertedIndex;
use self::tokenize::{LETTER_REPLACEMENTS, UNSPACED_SCRIPTS};
use crate::context::{RenderContext, data_script};

/// The most text that is indexed whole, in bytes; a site with more has only the beginnings of its sections indexed.
const MAX_INDEXED_BYTES: usize = 3_000_000;

/// The size of the part of each section that is indexed even on the largest site, in bytes.
const MIN_INDEXED_BYTES_PER_SECTION: usize = 200;

/// The size of the part of each section that is included for results to show, in bytes. Most sections are shorter; what
/// isn't included can still be found.
const MAX_SNIPPET_BYTES: usize = 600;

/// The search index of a site, as a script.
pub(crate) fn write(context: &RenderContext) -> String {
    let mut documents = documents(context);
    limit_text(&mut documents);
    let index = InvertedIndex::new(&documents);
    let mut kinds: Vec<&str> = Vec::new();
    let mut kind_number = |kind| {
        kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        })
    };
    let data = Data {
        alike: LETTER_REPLACEMENTS.iter().map(|(letter, plain)| (letter.to_string(), *plain)).collect(),
        spaceless: UNSPACED_SCRIPTS.iter().map(|(first, last)| (u32::from(*first), u32::from(*last))).collect(),
        kind: documents.iter().map(|document| kind_number(document.kind)).collect(),
        kinds,
        title: documents.iter().map(|document| &*document.title).collect(),
        url: documents.iter().map(|document| &*document.url).collect(),
        of: documents.iter().map(|document| document.parents.join(" · ")).collect(),
        others: documents.iter().map(|document| document.names.join(" · ")).collect(),
        text: documents.iter().map(snippet).collect(),
        words: index.terms,
        names: index.name_postings,
        texts: index.text_postings,
    };
    data_script(&data)
}

/// The script's data, as the theme's script reads it. In the lists `kind`, `title`, `url`, `of`, `others` and `text`,
/// the values of a document have the same index.
#[derive(Serialize)]
struct Data<'a> {
    alike: Vec<(String, &'static str)>,
    spaceless: Vec<(u32, u32)>,
    kinds: Vec<&'static str>,
    /// Indexes into `kinds`.
    kind: Vec<usize>,
    title: Vec<&'a str>,
    url: Vec<&'a str>,
    of: Vec<String>,
    others: Vec<String>,
    text: Vec<Cow<'a, str>>,
    words: String,
    names: String,
    texts: String,
}

/// The beginning of a document's text, for results to show, and the specialisms whose examples come later in the text.
fn snippet(document: &SearchDocument) -> Cow<'_, str> {
    let mut snippet = beginning(&document.text, MAX_SNIPPET_BYTES);
    for specialism in &document.specialisms {
        if !snippet.contains(specialism.as_str()) {
            snippet = Cow::Owned(format!("{snippet} {specialism}…"));
        }
    }
    snippet
}

/// Shortens texts if together they exceed [`MAX_INDEXED_BYTES`]. Titles and names stay complete.
fn limit_text(documents: &mut [SearchDocument]) {
    let total: usize = documents.iter().map(|document| document.text.len()).sum();
    if total <= MAX_INDEXED_BYTES {
        return;
    }
    let max_bytes = (MAX_INDEXED_BYTES / documents.len()).max(MIN_INDEXED_BYTES_PER_SECTION);
    for document in documents {
        if let Cow::Owned(text) = beginning(&document.text, max_bytes) {
            document.text = text;
        }
    }
}

/// A text if it has at most `max_bytes`, or else as many of its words as fit into them, and `…`.
fn beginning(text: &str, max_bytes: usize) -> Cow<'_, str> {
    if text.len() <= max_bytes {
        return Cow::Borrowed(text);
    }
    let cut = &text[..text.floor_char_boundary(max_bytes)];
    Cow::Owned(format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shortened_at_a_word_if_there_is_too_much() {
        let document = || SearchDocument { text: "word ".repeat(1000), ..SearchDocument::default() };
        let mut few = [document(), document()];
        limit_text(&mut few);
        assert_eq!(few[1].text.len(), 5000);
        let mut many: Vec<SearchDocument> = (0..2000).map(|_| document()).collect();
        limit_text(&mut many);
        assert!(many.iter().all(|document| document.text.len() <= MAX_INDEXED_BYTES / 2000 + 3 && document.text.ends_with("word…")));
    }

    #[test]
    fn snippets_name_specialisms_even_if_the_examples_are_cut() {
        let (text, specialisms) =
            (format!("Data {} Mobile x", "word ".repeat(200)), vec!["Data".into(), "Mobile".into()]);
        let document = SearchDocument { text, specialisms, ..SearchDocument::default() };
        assert!(snippet(&document).ends_with("word… Mobile…"));
    }

    #[test]
    fn a_beginning_ends_with_a_complete_character() {
        assert_eq!(beginning("short", 5), "short");
        assert_eq!(beginning("one two three", 9), "one two…");
        assert_eq!(beginning("設計する", 7), "設計…");
    }
}
