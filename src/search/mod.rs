//! The search index: everything that can be found, and the words by which it is found.
//!
//! The file is loaded when somebody begins to search, so it holds all that the results show. It is made of the pages in
//! parallel, and its size is bound: of a site with much text it holds the beginning of each section.

mod entry;
mod index;
mod words;

use std::borrow::Cow;

use serde::Serialize;

use self::entry::{Entry, entries};
use self::index::Index;
use self::words::{ALIKE, SPACELESS};
use crate::context::{RenderContext, data_script};

/// How much text is indexed, in bytes, before it is only the beginnings of sections.
const MOST: usize = 3_000_000;

/// How much of each section is indexed at least, in bytes.
const LEAST: usize = 200;

/// How much of each section the file holds for results to show, in bytes: most are shorter. All of it is found.
const SHOWN: usize = 600;

/// The search index as a script. What belongs to one entry stands at the same place in each of its lists.
pub(crate) fn write(context: &RenderContext) -> String {
    let mut entries = entries(context);
    limit(&mut entries);
    let index = Index::of(&entries);
    let mut kinds: Vec<&str> = Vec::new();
    let mut kind = |name| {
        kinds.iter().position(|known| *known == name).unwrap_or_else(|| {
            kinds.push(name);
            kinds.len() - 1
        })
    };
    let data = Data {
        alike: ALIKE.iter().map(|(letter, plain)| (letter.to_string(), *plain)).collect(),
        spaceless: SPACELESS.iter().map(|(first, last)| (u32::from(*first), u32::from(*last))).collect(),
        kind: entries.iter().map(|entry| kind(entry.kind)).collect(),
        kinds,
        title: entries.iter().map(|entry| &*entry.title).collect(),
        url: entries.iter().map(|entry| &*entry.url).collect(),
        of: entries.iter().map(|entry| entry.of.join(" · ")).collect(),
        others: entries.iter().map(|entry| entry.names.join(" · ")).collect(),
        text: entries.iter().map(shown).collect(),
        words: index.words,
        names: index.names,
        texts: index.texts,
    };
    data_script(&data)
}

/// What the script holds.
#[derive(Serialize)]
struct Data<'a> {
    alike: Vec<(String, &'static str)>,
    spaceless: Vec<(u32, u32)>,
    kinds: Vec<&'static str>,
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

/// What results show of an entry's text: its beginning, and which specialisms the rest has examples of.
fn shown(entry: &Entry) -> Cow<'_, str> {
    let mut shown = beginning(&entry.text, SHOWN);
    for specialism in &entry.specialisms {
        if !shown.contains(specialism.as_str()) {
            shown = Cow::Owned(format!("{shown} {specialism}…"));
        }
    }
    shown
}

/// Shortens texts where there is too much of them. Sentences and names stay whole.
fn limit(entries: &mut [Entry]) {
    let all: usize = entries.iter().map(|entry| entry.text.len()).sum();
    if all <= MOST {
        return;
    }
    let most = (MOST / entries.len()).max(LEAST);
    for entry in entries {
        if let Cow::Owned(text) = beginning(&entry.text, most) {
            entry.text = text;
        }
    }
}

/// A text, or as many of its first words as are not longer than `most` bytes, and `…`.
fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let cut = &text[..text.floor_char_boundary(most)];
    Cow::Owned(format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_at_a_word_when_there_are_too_many() {
        let entry = || Entry { text: "word ".repeat(1000), ..Entry::default() };
        let mut few = [entry(), entry()];
        limit(&mut few);
        assert_eq!(few[1].text.len(), 5000);
        let mut many: Vec<Entry> = (0..2000).map(|_| entry()).collect();
        limit(&mut many);
        assert!(many.iter().all(|entry| entry.text.len() <= MOST / 2000 + 3 && entry.text.ends_with("word…")));
    }

    #[test]
    fn specialisms_are_shown_even_where_their_examples_are_not() {
        let (text, specialisms) =
            (format!("Data {} Mobile x", "word ".repeat(200)), vec!["Data".into(), "Mobile".into()]);
        let entry = Entry { text, specialisms, ..Entry::default() };
        assert!(shown(&entry).ends_with("word… Mobile…"));
    }

    #[test]
    fn a_beginning_ends_with_a_whole_character() {
        assert_eq!(beginning("short", 5), "short");
        assert_eq!(beginning("one two three", 9), "one two…");
        assert_eq!(beginning("設計する", 7), "設計…");
    }
}
