//! The words in which two sentences differ.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::index_vec::Index;
use crate::ladder::{ExpectationId, Ladder, Raised, pieces};
use crate::markdown::escape;

/// The lengths of the runs of a sentence, in UTF-16 units as JavaScript counts. The runs alternate between words that
/// are the same as in the other sentence, first, and words that differ. Spaces around words that differ belong to the
/// other runs.
pub(crate) type Runs = Arc<[usize]>;

/// A cache of the runs of raised expectations: levels that extend each other share most of theirs.
#[derive(Debug, Default)]
pub struct WordDiffs(OnceLock<Vec<Mutex<CachedRuns>>>);

/// For each former sentence, its runs and those of the sentence that replaces it.
type CachedRuns = HashMap<ExpectationId, (Runs, Runs)>;

impl WordDiffs {
    /// The runs of an expectation that replaces others.
    pub(crate) fn of_new(&self, ladder: &Ladder, raised: &Raised) -> Runs {
        let text = |id: ExpectationId| ladder.expectation(id).statement.full_text();
        match raised.was.as_slice() {
            [only] => self.runs(ladder, *only, raised.now).1,
            several => {
                let joined = several.iter().map(|id| text(*id)).collect::<Vec<_>>().join(" ");
                marked(&joined, &text(raised.now)).1
            }
        }
    }

    /// The runs of an expectation that another one replaces.
    pub(crate) fn of_former(&self, ladder: &Ladder, was: ExpectationId, now: ExpectationId) -> Runs {
        self.runs(ladder, was, now).0
    }

    fn runs(&self, ladder: &Ladder, was: ExpectationId, now: ExpectationId) -> (Runs, Runs) {
        let all = &ladder.expectations;
        let known = self.0.get_or_init(|| all.iter().map(|_| Mutex::default()).collect());
        let mut known = known[now.index()].lock().unwrap_or_else(PoisonError::into_inner);
        let text = |id: ExpectationId| ladder.expectation(id).statement.full_text();
        known.entry(was).or_insert_with(|| marked(&text(was), &text(now))).clone()
    }
}

/// The most pairs of words that are compared to align two sentences. Longer ones count as different from the first word
/// that differs to the last.
const MAX_COMPARED_PAIRS: usize = 1_000_000;

/// The runs of two sentences.
fn marked(was: &str, now: &str) -> (Runs, Runs) {
    let (was, now) = (pieces(was), pieces(now));
    let (kept_was, kept_now) = aligned(&was, &now);
    let runs = |pieces: &[&str], kept: &[bool]| {
        let mut marking = Marking::default();
        pieces.iter().zip(kept).for_each(|(piece, kept)| marking.push(piece, !kept));
        marking.runs()
    };
    (runs(&was, &kept_was), runs(&now, &kept_now))
}

/// For each piece of two sentences whether it's part of their longest common subsequence. `differences.js` of the theme
/// computes the same.
fn aligned(was: &[&str], now: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let start = was.iter().zip(now).take_while(|(a, b)| a == b).count();
    let end = was[start..].iter().rev().zip(now[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&was[start..was.len() - end], &now[start..now.len() - end]);
    let (mut kept_was, mut kept_now) = (vec![true; was.len()], vec![true; now.len()]);
    kept_was[start..start + a.len()].fill(false);
    kept_now[start..start + b.len()].fill(false);
    if a.len() * b.len() > MAX_COMPARED_PAIRS {
        return (kept_was, kept_now);
    }
    // The length of the longest common subsequence of what follows each pair of positions.
    let width = b.len() + 1;
    let mut lengths = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let at = i * width + j;
            lengths[at] =
                if a[i] == b[j] { lengths[at + width + 1] + 1 } else { lengths[at + width].max(lengths[at + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let at = i * width + j;
        if a[i] == b[j] {
            (kept_was[start + i], kept_now[start + j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if lengths[at + width] >= lengths[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept_was, kept_now)
}

/// Collects runs.
#[derive(Debug, Default)]
struct Marking {
    runs: Vec<usize>,
    held: String,
}

impl Marking {
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
            self.runs.push(0);
        }
        if let Some(run) = self.runs.last_mut() {
            *run += length(text);
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
            self.runs.push(length(words));
            self.plain(&rest[words.len()..]);
        }
    }

    fn runs(mut self) -> Runs {
        self.settle();
        self.runs.into()
    }
}

fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Renders the text of an expectation to HTML, each run of words that differ in an element, and each line of its detail
/// in another one.
pub(crate) fn html(text: &str, runs: &Runs, tag: &str) -> String {
    let mut rest = text.chars();
    let mut out = String::new();
    let mut in_detail = false;
    for (at, length) in runs.iter().enumerate() {
        let start = rest.as_str();
        let mut left = *length;
        while left > 0
            && let Some(c) = rest.next()
        {
            left = left.saturating_sub(c.len_utf16());
        }
        let run = &start[..start.len() - rest.as_str().len()];
        for (line, words) in run.split('\n').enumerate() {
            if line > 0 {
                out.push_str(if in_detail { "</span> <span class=\"detail\">" } else { " <span class=\"detail\">" });
                in_detail = true;
            }
            let words = escape(words);
            let is_marked = at % 2 == 1 && !words.is_empty();
            out.push_str(&if is_marked { format!("<{tag}>{words}</{tag}>") } else { words });
        }
    }
    out + if in_detail { "</span>" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sentences with the words that differ marked.
    fn shown(was: &str, now: &str) -> (String, String) {
        let (old, new) = marked(was, now);
        (html(was, &old, "del"), html(now, &new, "ins"))
    }

    #[test]
    fn words_that_differ_are_marked_in_runs() {
        let (was, now) = ("Reviews the code of their team.", "Reviews the code of several other teams & theirs.");
        let marked_now = "Reviews the code of <ins>several other teams &amp; theirs.</ins>";
        assert_eq!(shown(was, now), ("Reviews the code of <del>their team.</del>".to_owned(), marked_now.to_owned()));
        assert_eq!(*marked(was, now).0, [20, 11, 0]);
    }

    #[test]
    fn each_line_of_detail_is_an_element() {
        let (was, now) = shown("Testing\nRuns tests.", "Testing\nRuns & designs tests.\nAlone.");
        assert_eq!(was, "Testing <span class=\"detail\">Runs tests.</span>");
        let marked_now = "Testing <span class=\"detail\">Runs <ins>&amp; designs</ins> tests.</span> \
            <span class=\"detail\"><ins>Alone.</ins></span>";
        assert_eq!(now, marked_now);
        assert_eq!(shown("a\nb", "c\nd").1, "<ins>c</ins> <span class=\"detail\"><ins>d</ins></span>");
    }

    #[test]
    fn sentences_without_spaces_have_words_too() {
        let (was, now) = shown("チームのコードをレビューする。", "複数のチームのコードをレビューし、改善する。");
        assert_eq!(was, "チームのコードをレビューする。");
        assert_eq!(now, "<ins>複数の</ins>チームのコードをレビュー<ins>し、改善</ins>する。");
    }

    #[test]
    fn runs_alternate_from_the_first_word() {
        let (was, now) = ("Alone, writes 🎉 code now.", "writes 🎉 code then.");
        let marked_was = "<del>Alone,</del> writes 🎉 code <del>now.</del>";
        assert_eq!(shown(was, now), (marked_was.to_owned(), "writes 🎉 code <ins>then.</ins>".to_owned()));
        let (was, now) = marked(was, now);
        assert_eq!((&*was, &*now), ([0, 6, 16, 4, 0].as_slice(), [15, 5, 0].as_slice()), "an emoji counts two");
    }
}
