//! The inverted index: for each term, the things that it names and the documents in whose text it occurs.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::tokenize::{can_be_joined, for_each_token, is_unspaced, normalize};

/// The digits of encoded numbers, 5 bits each. A digit of the upper half means that more digits follow.
const BASE_32_DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The text of a document, or the names of something.
#[derive(Debug, Default)]
pub(crate) struct IndexedText<'a> {
    /// The text, or names with ` · ` between them.
    pub(crate) text: Cow<'a, str>,
    /// Text whose terms count less: the detail and the examples of an expectation.
    pub(crate) detail: &'a str,
    /// Whether two words with a space between them may also be written as one: `IC 3`, in a title or code.
    pub(crate) joins_spaces: bool,
}

/// The terms of names and texts with their postings: the indexes of names and of texts in which they occur, as lists in the
/// form of [`push_postings`].
#[derive(Debug, Default)]
pub(crate) struct InvertedIndex {
    /// All terms, sorted, with a space between two.
    pub(crate) terms: String,
    /// For each term the names that have it, with a space between two terms.
    pub(crate) name_postings: String,
    /// For each term the texts that have it, with a space between two terms; after a full stop, those that have it in
    /// their detail alone.
    pub(crate) text_postings: String,
}

/// The postings of a term.
#[derive(Default)]
struct Postings {
    names: Vec<u32>,
    texts: Vec<u32>,
    details: Vec<u32>,
}

impl InvertedIndex {
    /// Indexes names and texts.
    pub(crate) fn new(names: &[IndexedText], texts: &[IndexedText]) -> Self {
        let of_names: Vec<TextTerms> = names.par_iter().map(TextTerms::new).collect();
        let of_texts: Vec<TextTerms> = texts.par_iter().map(TextTerms::new).collect();
        let mut words: HashSet<Box<str>> = HashSet::new();
        for (word, _) in of_names.iter().chain(&of_texts).flat_map(TextTerms::iter).filter(|(_, term)| term.is_word) {
            if !words.contains(word) {
                words.insert(word.into());
            }
        }
        let pairs: Vec<Vec<(&str, Term)>> = of_texts.par_iter().map(|text| text.known_pairs(&words)).collect();
        let mut postings: HashMap<Box<str>, Postings> = HashMap::with_capacity(words.len());
        for (at, text) in (0..).zip(&of_names) {
            text.iter().for_each(|(term, _)| of_term(&mut postings, term).names.push(at));
        }
        // The terms of a text are dropped as soon as they have postings.
        for (at, (text, pairs)) in (0..).zip(of_texts.into_iter().zip(&pairs)) {
            for (text, term) in text.iter().chain(pairs.iter().copied()) {
                let postings = of_term(&mut postings, text);
                if term.is_in_detail { &mut postings.details } else { &mut postings.texts }.push(at);
            }
        }
        let mut sorted: Vec<_> = postings.into_iter().collect();
        sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut index = Self::default();
        for (nth, (term, postings)) in sorted.iter().enumerate() {
            if nth > 0 {
                index.terms.push(' ');
                index.name_postings.push(' ');
                index.text_postings.push(' ');
            }
            index.terms.push_str(term);
            push_postings(&postings.names, &mut index.name_postings);
            push_postings(&postings.texts, &mut index.text_postings);
            if !postings.details.is_empty() {
                index.text_postings.push('.');
                push_postings(&postings.details, &mut index.text_postings);
            }
        }
        index
    }
}

/// The postings of a term, which are new if it is.
fn of_term<'p>(postings: &'p mut HashMap<Box<str>, Postings>, term: &str) -> &'p mut Postings {
    if !postings.contains_key(term) {
        postings.insert(term.into(), Postings::default());
    }
    postings.get_mut(term).expect("it was just inserted")
}

/// A term of a text.
#[derive(Debug, Clone, Copy)]
struct Term {
    /// Whether it is in the detail alone.
    is_in_detail: bool,
    /// Whether it is written as one word, or with a hyphen.
    is_word: bool,
}

/// The terms of one text.
struct TextTerms {
    /// The normalized text, then the detail, then terms that are joined from two tokens.
    text: String,
    /// The byte ranges of the text and of the detail.
    parts: [Range<usize>; 2],
    /// The byte range of each term, once, sorted. A large site has millions of them.
    terms: Box<[(u32, u32, Term)]>,
}

impl TextTerms {
    fn new(indexed: &IndexedText) -> Self {
        let mut text = normalize(&indexed.text);
        let middle = text.len();
        text.push_str(&normalize(indexed.detail));
        let parts = [0..middle, middle..text.len()];
        let mut terms: Vec<(Range<usize>, Term)> = Vec::new();
        let mut joined = Vec::new();
        for (part, is_in_detail) in parts.iter().zip([false, true]) {
            for_each_pair(&text, part, &mut |last, token| {
                terms.push((token.clone(), Term { is_in_detail, is_word: true }));
                let Some(last) = last else { return };
                let is_word = joins(&text, &last, &token, false);
                if is_word || indexed.joins_spaces && joins(&text, &last, &token, true) {
                    joined.push((last, token, Term { is_in_detail, is_word }));
                }
            });
        }
        for (first, second, term) in joined {
            let start = text.len();
            text.extend_from_within(first);
            text.extend_from_within(second);
            terms.push((start..text.len(), term));
        }
        // Of the same terms, the first is in the text if any is, and a word if any of those is.
        let order = |term: &Term| (term.is_in_detail, !term.is_word);
        terms.sort_unstable_by(|(a, one), (b, other)| {
            text[a.clone()].cmp(&text[b.clone()]).then_with(|| order(one).cmp(&order(other)))
        });
        terms.dedup_by(|(a, _), (b, _)| text[a.clone()] == text[b.clone()]);
        let position = |at: usize| u32::try_from(at).expect("the text of a section is far smaller than 4 GB");
        let terms = terms.into_iter().map(|(range, term)| (position(range.start), position(range.end), term));
        let terms = terms.collect();
        text.shrink_to_fit();
        Self { text, parts, terms }
    }

    fn iter(&self) -> impl ExactSizeIterator<Item = (&str, Term)> {
        self.terms.iter().map(|term| (self.term(term), term.2))
    }

    fn term(&self, (start, end, _): &(u32, u32, Term)) -> &str {
        &self.text[*start as usize..*end as usize]
    }

    /// Adjacent tokens that are one of some words together, and aren't written so here: `on call` where another text has
    /// `on-call`.
    fn known_pairs<'w>(&self, words: &'w HashSet<Box<str>>) -> Vec<(&'w str, Term)> {
        let mut found: Vec<(&str, Term)> = Vec::new();
        let mut pair = String::new();
        for (part, is_in_detail) in self.parts.iter().zip([false, true]) {
            for_each_pair(&self.text, part, &mut |last, token| {
                let Some(last) = last.filter(|last| self.text.get(last.end..token.start) == Some(" ")) else { return };
                pair.clear();
                pair.push_str(&self.text[last]);
                pair.push_str(&self.text[token]);
                let is_known = |word: &str| {
                    found.iter().any(|(known, _)| *known == word)
                        || self.terms.binary_search_by(|term| self.term(term).cmp(word)).is_ok()
                };
                if let Some(word) = words.get(pair.as_str()).filter(|word| !is_known(word)) {
                    found.push((&**word, Term { is_in_detail, is_word: false }));
                }
            });
        }
        found
    }
}

/// Calls `visit` with the byte range of every token in a part of a normalized text, and with that of the one before.
fn for_each_pair(normalized: &str, part: &Range<usize>, visit: &mut dyn FnMut(Option<Range<usize>>, Range<usize>)) {
    let mut previous = None;
    for_each_token(&normalized[part.clone()], &mut |token| {
        let token = part.start + token.start..part.start + token.end;
        visit(previous.replace(token.clone()), token);
    });
}

/// Whether two adjacent tokens are often written as one word.
fn joins(normalized: &str, first: &Range<usize>, second: &Range<usize>, is_name: bool) -> bool {
    let has_spaces = |token: &Range<usize>| !normalized[token.clone()].starts_with(is_unspaced);
    let between = normalized.get(first.end..second.start);
    between.is_some_and(|between| can_be_joined(between, is_name)) && has_spaces(first) && has_spaces(second)
}

/// Appends ascending numbers: each as the difference to the one before, because small numbers take fewer digits; or, if that
/// is shorter, `!` and a bit for each number up to the last, 5 to a digit.
fn push_postings(numbers: &[u32], out: &mut String) {
    let start = out.len();
    let mut previous = 0;
    for number in numbers {
        let number = *number as usize;
        push_number(number - std::mem::replace(&mut previous, number), out);
    }
    if out.len() - start > previous / 5 + 2 {
        let mut digits = vec![0_usize; previous / 5 + 1];
        for number in numbers {
            digits[*number as usize / 5] |= 1 << (number % 5);
        }
        out.truncate(start);
        out.push('!');
        out.extend(digits.into_iter().map(|digit| char::from(BASE_32_DIGITS[digit])));
    }
}

/// Appends a number in [`BASE_32_DIGITS`], least significant digit first.
pub(crate) fn push_number(mut number: usize, out: &mut String) {
    while number >= 32 {
        out.push(char::from(BASE_32_DIGITS[32 + number % 32]));
        number /= 32;
    }
    out.push(char::from(BASE_32_DIGITS[number]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> IndexedText<'_> {
        IndexedText { text: text.into(), ..IndexedText::default() }
    }

    fn name(text: &str) -> IndexedText<'_> {
        IndexedText { text: text.into(), joins_spaces: true, ..IndexedText::default() }
    }

    #[test]
    fn numbers_are_written_with_the_least_significant_digit_first() {
        let encoded = |number| {
            let mut out = String::new();
            push_number(number, &mut out);
            out
        };
        assert_eq!([0, 31, 32, 33, 1024].map(encoded), ["0", "v", "w1", "x1", "ww1"]);
    }

    #[test]
    fn every_term_lists_the_names_and_texts_it_is_in() {
        let names = [name("Staff · IC4"), text("Staff leads")];
        let texts = [text("leads"), text(""), IndexedText { detail: "Leads, asks", ..text("Asks.") }];
        let index = InvertedIndex::new(&names, &texts);
        assert_eq!(index.terms, "asks ic4 leads staff");
        assert_eq!(index.name_postings, " 0 1 01");
        assert_eq!(index.text_postings, "2  0.2 ", "in the last text, `leads` is in the detail alone");
    }

    #[test]
    fn postings_are_differences_or_bits() {
        let encoded = |numbers: &[u32]| {
            let mut out = String::new();
            push_postings(numbers, &mut out);
            out
        };
        assert_eq!([encoded(&[]), encoded(&[3, 4, 40])], ["", "31A1"]);
        assert_eq!(encoded(&[0, 1, 2, 3, 4, 6]), "!v2");
    }

    #[test]
    fn two_words_that_are_often_joined_are_also_one_term() {
        let index = InvertedIndex::new(&[name("IC 3"), text("Ask me")], &[text("Is on-call, you know.")]);
        assert_eq!(index.terms, "3 ask call ic ic3 is know me on oncall you");
    }

    #[test]
    fn two_words_are_one_term_where_another_text_joins_them() {
        let index = InvertedIndex::new(&[], &[text("on-call"), text("on call"), text("on. Call")]);
        assert_eq!((index.terms.as_str(), index.text_postings.as_str()), ("call on oncall", "!7 !7 01"));
    }
}
