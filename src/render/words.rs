//! The words in which two sentences differ.

use similar::{ChangeTag, TextDiff};

use crate::ladder::pieces;
use crate::markdown::escape;

/// A sentence in runs, of which every second one, from the second, differs from another sentence. Spaces around what differs
/// belong to what does not.
#[derive(Debug, Default)]
pub(super) struct Words {
    runs: Vec<String>,
    held: String,
}

/// Two sentences with the words that differ marked.
pub(super) fn marked(was: &str, now: &str) -> (Words, Words) {
    let diff = TextDiff::from_slices(&pieces(was), &pieces(now));
    let (mut old, mut new) = (Words::default(), Words::default());
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                old.push(change.value(), false);
                new.push(change.value(), false);
            }
            ChangeTag::Delete => old.push(change.value(), true),
            ChangeTag::Insert => new.push(change.value(), true),
        }
    }
    old.settle();
    new.settle();
    (old, new)
}

impl Words {
    fn push(&mut self, text: &str, differs: bool) {
        if differs || (!self.held.is_empty() && text.trim().is_empty()) {
            self.held.push_str(text);
        } else {
            self.settle();
            self.plain(text);
        }
    }

    fn plain(&mut self, text: &str) {
        if self.runs.len().is_multiple_of(2) {
            self.runs.push(String::new());
        }
        if let Some(run) = self.runs.last_mut() {
            run.push_str(text);
        }
    }

    /// Ends a run of words that differ.
    fn settle(&mut self) {
        let held = std::mem::take(&mut self.held);
        let words = held.trim();
        let (before, rest) = held.split_at(held.len() - held.trim_start().len());
        if !held.is_empty() {
            self.plain(before);
        }
        if !words.is_empty() {
            self.runs.push(words.to_owned());
            self.plain(&rest[words.len()..]);
        }
    }

    /// The sentence as HTML, each run of words that differ in one element.
    pub(super) fn html(&self, tag: &str) -> String {
        let run = |(at, text): (usize, &String)| {
            let text = escape(text);
            if at % 2 == 1 { format!("<{tag}>{text}</{tag}>") } else { text }
        };
        self.runs.iter().enumerate().map(run).collect()
    }

    /// How long the runs are, in the units by which JavaScript counts: UTF-16.
    pub(super) fn lengths(&self) -> Vec<usize> {
        self.runs.iter().map(|run| run.encode_utf16().count()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn words_that_differ_are_marked_in_runs() {
        let (was, now) = marked("Reviews the code of their team.", "Reviews the code of several other teams & theirs.");
        assert_eq!(was.html("del"), "Reviews the code of <del>their team.</del>");
        assert_eq!(now.html("ins"), "Reviews the code of <ins>several other teams &amp; theirs.</ins>");
        assert_eq!(was.lengths(), [20, 11, 0]);
    }

    #[test]
    fn sentences_without_spaces_have_words_too() {
        let (was, now) = marked("チームのコードをレビューする。", "複数のチームのコードをレビューし、改善する。");
        assert_eq!(was.html("del"), "チームのコードをレビューする。");
        assert_eq!(now.html("ins"), "<ins>複数の</ins>チームのコードをレビュー<ins>し、改善</ins>する。");
    }

    #[test]
    fn runs_alternate_from_the_first_word() {
        let (was, now) = marked("Alone, writes 🎉 code now.", "writes 🎉 code then.");
        assert_eq!(was.html("del"), "<del>Alone,</del> writes 🎉 code <del>now.</del>");
        assert_eq!(was.lengths(), [0, 6, 16, 4, 0], "an emoji counts two");
        assert_eq!((now.html("ins"), now.lengths()), ("writes 🎉 code <ins>then.</ins>".to_owned(), vec![15, 5, 0]));
    }
}
