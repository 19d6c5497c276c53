//! The inverted index: for each word, what it occurs in.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use rayon::prelude::*;

use super::entry::Entry;
use super::words::{fold, is_joint, is_spaceless, words};

/// Where a word stands in what can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    /// In its title or one of its names.
    Name,
    /// In the name of what it belongs to.
    Of,
    /// In its text.
    Text,
}

/// The digits in which numbers are written, 5 bits each. Those of the upper half say that more follow.
const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The words of some entries, and beside each the entries that have it.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// All words, sorted, with a space between two.
    pub(crate) words: String,
    /// For each word the entries with it in a name or in what they belong to, with a space between two words. Each is a
    /// number: twice the difference to the entry before it, and one more where the entry belongs to what has that name.
    pub(crate) names: String,
    /// For each word the entries with it in their text, each as its difference to the one before it.
    pub(crate) texts: String,
}

impl Index {
    /// Indexes entries.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let found: Vec<Found> = entries.par_iter().map(Found::of).collect();
        let mut places: HashMap<&str, Vec<(Field, usize)>> = HashMap::new();
        for (at, found) in found.iter().enumerate() {
            for (word, field) in &found.words {
                places.entry(&found.text[word.clone()]).or_default().push((*field, at));
            }
        }
        let mut sorted: Vec<_> = places.into_iter().collect();
        sorted.sort_unstable_by_key(|(word, _)| *word);
        let mut index = Self::default();
        for (at, (word, places)) in sorted.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            let _ = write!(index.words, "{space}{word}");
            index.names.push_str(space);
            index.texts.push_str(space);
            index.write(places);
        }
        index
    }

    fn write(&mut self, places: &[(Field, usize)]) {
        let (mut name, mut text) = (0, 0);
        for (field, at) in places {
            let (out, last) = match field {
                Field::Text => (&mut self.texts, &mut text),
                Field::Name | Field::Of => (&mut self.names, &mut name),
            };
            let step = at - *last;
            *last = *at;
            write_number(if *field == Field::Text { step } else { step * 2 + usize::from(*field == Field::Of) }, out);
        }
    }
}

/// The words of one entry.
struct Found {
    /// All its texts, folded.
    text: String,
    /// Each word once for each field: its place in the text.
    words: Vec<(Range<usize>, Field)>,
}

impl Found {
    fn of(entry: &Entry) -> Self {
        let mut text = String::new();
        let mut found = Vec::new();
        let mut add = |more: &str, field| {
            let start = text.len();
            let folded = fold(more);
            text.push_str(&folded);
            let mut last: Option<Range<usize>> = None;
            words(&folded, &mut |word| {
                found.push((start + word.start..start + word.end, field));
                if let Some(joined) = last.replace(word.clone()).and_then(|last| joined(&folded, last, word, field)) {
                    found.push((text.len()..text.len() + joined.len(), field));
                    text.push_str(&joined);
                }
            });
        };
        add(&entry.title, if entry.title_is_text { Field::Text } else { Field::Name });
        entry.names.iter().for_each(|name| add(name, Field::Name));
        entry.of.iter().chain(&entry.of_names).for_each(|of| add(of, Field::Of));
        add(&entry.text, Field::Text);
        found.sort_unstable_by(|a, b| text[a.0.clone()].cmp(&text[b.0.clone()]).then(a.1.cmp(&b.1)));
        found.dedup_by(|a, b| a.1 == b.1 && text[a.0.clone()] == text[b.0.clone()]);
        Self { text, words: found }
    }
}

/// A word and the next one as one word, if they are as often written so.
fn joined(folded: &str, last: Range<usize>, word: Range<usize>, field: Field) -> Option<String> {
    let between = folded.get(last.end..word.start)?;
    let spaceless = |word: &str| word.starts_with(is_spaceless);
    let (last, word) = (&folded[last], &folded[word]);
    let joint = is_joint(between, field != Field::Text) && !spaceless(last) && !spaceless(word);
    joint.then(|| format!("{last}{word}"))
}

/// Writes a number, its lowest digit first.
fn write_number(mut number: usize, out: &mut String) {
    while number >= 32 {
        out.push(char::from(DIGITS[32 + number % 32]));
        number /= 32;
    }
    out.push(char::from(DIGITS[number]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_their_lowest_digit_first() {
        let written = |number| {
            let mut out = String::new();
            write_number(number, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 33, 1024].map(written), ["0", "v", "w1", "x1", "ww1"]);
    }

    #[test]
    fn every_word_knows_where_it_stands() {
        let level =
            Entry { title: "Staff".into(), names: vec!["IC4".into()], text: "leads".into(), ..Entry::default() };
        let line = Entry { title: "Leads".into(), title_is_text: true, of: vec!["Staff".into()], ..Entry::default() };
        let index = Index::of(&[level, line]);
        assert_eq!(index.words, "ic4 leads staff");
        assert_eq!(index.names, "0  03");
        assert_eq!(index.texts, " 01 ");
    }

    #[test]
    fn what_is_written_in_two_words_is_found_as_one() {
        let level = Entry { title: "IC 3".into(), text: "Is on-call, you know.".into(), ..Entry::default() };
        assert_eq!(Index::of(&[level]).words, "3 call ic ic3 is know on oncall you");
    }
}
