//! The inverted index: for each term, the documents in which it occurs.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use rayon::prelude::*;

use super::document::SearchDocument;
use super::tokenize::{can_be_joined, for_each_token, is_unspaced, normalize};

/// The field of a document in which a term occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum IndexedField {
    /// The title or another name.
    Name,
    /// The name of the document's parent.
    Parent,
    /// The text.
    Text,
}

/// The digits of encoded numbers, 5 bits each. A digit of the upper half means that more digits follow.
const BASE_32_DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The terms of some documents with their postings: the indexes of the documents in which they occur, in ascending
/// order and each encoded as the difference to the one before, because small numbers take fewer bytes.
#[derive(Debug, Default)]
pub(crate) struct InvertedIndex {
    /// All terms, sorted, with a space between two.
    pub(crate) terms: String,
    /// For each term its postings in names and in names of parents, with a space between two terms. Each is twice the
    /// difference, plus one if the term is in the name of the document's parent.
    pub(crate) name_postings: String,
    /// For each term its postings in texts, with a space between two terms.
    pub(crate) text_postings: String,
}

impl InvertedIndex {
    /// Indexes documents.
    pub(crate) fn new(documents: &[SearchDocument]) -> Self {
        let terms: Vec<DocumentTerms> = documents.par_iter().map(DocumentTerms::new).collect();
        let mut postings: HashMap<&str, Vec<(IndexedField, usize)>> = HashMap::new();
        for (document, of_document) in terms.iter().enumerate() {
            for (term, field) in &of_document.terms {
                postings.entry(&of_document.text[term.clone()]).or_default().push((*field, document));
            }
        }
        let mut sorted: Vec<_> = postings.into_iter().collect();
        sorted.sort_unstable_by_key(|(term, _)| *term);
        let mut index = Self::default();
        for (nth, (term, postings)) in sorted.iter().enumerate() {
            let space = if nth == 0 { "" } else { " " };
            let _ = write!(index.terms, "{space}{term}");
            index.name_postings.push_str(space);
            index.text_postings.push_str(space);
            index.push_postings(postings);
        }
        index
    }

    fn push_postings(&mut self, postings: &[(IndexedField, usize)]) {
        let (mut previous_name, mut previous_text) = (0, 0);
        for (field, document) in postings {
            let (out, previous) = match field {
                IndexedField::Text => (&mut self.text_postings, &mut previous_text),
                IndexedField::Name | IndexedField::Parent => (&mut self.name_postings, &mut previous_name),
            };
            let difference = document - *previous;
            *previous = *document;
            let number = match field {
                IndexedField::Text => difference,
                IndexedField::Name => difference * 2,
                IndexedField::Parent => difference * 2 + 1,
            };
            push_number(number, out);
        }
    }
}

/// The terms of one document.
struct DocumentTerms {
    /// All its fields, normalized, followed by terms that are joined from two tokens.
    text: String,
    /// The byte ranges of terms in the text: each term once for each field, sorted.
    terms: Vec<(Range<usize>, IndexedField)>,
}

impl DocumentTerms {
    fn new(document: &SearchDocument) -> Self {
        let mut text = String::new();
        let mut terms = Vec::new();
        let mut add = |value: &str, field| {
            let offset = text.len();
            let normalized = normalize(value);
            text.push_str(&normalized);
            let mut previous: Option<Range<usize>> = None;
            for_each_token(&normalized, &mut |token| {
                terms.push((offset + token.start..offset + token.end, field));
                let joined = previous.replace(token.clone()).and_then(|last| joined(&normalized, last, token, field));
                if let Some(joined) = joined {
                    terms.push((text.len()..text.len() + joined.len(), field));
                    text.push_str(&joined);
                }
            });
        };
        add(&document.title, if document.title_is_text { IndexedField::Text } else { IndexedField::Name });
        document.names.iter().for_each(|name| add(name, IndexedField::Name));
        document.parents.iter().chain(&document.parent_names).for_each(|name| add(name, IndexedField::Parent));
        add(&document.text, IndexedField::Text);
        terms.sort_unstable_by(|a, b| text[a.0.clone()].cmp(&text[b.0.clone()]).then(a.1.cmp(&b.1)));
        terms.dedup_by(|a, b| a.1 == b.1 && text[a.0.clone()] == text[b.0.clone()]);
        Self { text, terms }
    }
}

/// Two adjacent tokens as one term, if they are often written as one word.
fn joined(normalized: &str, first: Range<usize>, second: Range<usize>, field: IndexedField) -> Option<String> {
    let between = normalized.get(first.end..second.start)?;
    let (first, second) = (&normalized[first], &normalized[second]);
    let has_spaces = |token: &str| !token.starts_with(is_unspaced);
    let can_be_joined = can_be_joined(between, field != IndexedField::Text);
    (can_be_joined && has_spaces(first) && has_spaces(second)).then(|| format!("{first}{second}"))
}

/// Appends a number in [`BASE_32_DIGITS`], least significant digit first.
fn push_number(mut number: usize, out: &mut String) {
    while number >= 32 {
        out.push(char::from(BASE_32_DIGITS[32 + number % 32]));
        number /= 32;
    }
    out.push(char::from(BASE_32_DIGITS[number]));
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_term_lists_the_documents_and_fields_it_is_in() {
        let level = SearchDocument {
            title: "Staff".into(),
            names: vec!["IC4".into()],
            text: "leads".into(),
            ..SearchDocument::default()
        };
        let expectation = SearchDocument {
            title: "Leads".into(),
            title_is_text: true,
            parents: vec!["Staff".into()],
            ..SearchDocument::default()
        };
        let index = InvertedIndex::new(&[level, expectation]);
        assert_eq!(index.terms, "ic4 leads staff");
        assert_eq!(index.name_postings, "0  03");
        assert_eq!(index.text_postings, " 01 ");
    }

    #[test]
    fn two_words_that_are_often_joined_are_also_one_term() {
        let level =
            SearchDocument { title: "IC 3".into(), text: "Is on-call, you know.".into(), ..SearchDocument::default() };
        assert_eq!(InvertedIndex::new(&[level]).terms, "3 call ic ic3 is know on oncall you");
    }
}
