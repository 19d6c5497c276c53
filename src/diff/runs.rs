//! The words in which two texts differ.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::ladder::pieces;

/// A part of two texts that are shown as one: words of both, or of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextRun {
    /// The texts that have it.
    pub of: RunOf,
    /// Its words.
    pub text: String,
}

/// The texts that have a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunOf {
    /// Both.
    Both,
    /// The one before.
    Was,
    /// The one now.
    Now,
}

/// Two texts as one: words that only the former has come before those that replace them.
#[must_use]
pub fn runs(was: &str, now: &str) -> Vec<TextRun> {
    let (old, new) = (pieces(was), pieces(now));
    let mut changes: Vec<(String, String, String)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (before, after) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        let (same, gone, came) = match op {
            DiffOp::Equal { .. } => (after, String::new(), String::new()),
            _ => (String::new(), before, after),
        };
        match changes.last_mut() {
            // A space between words that differ belongs to them.
            Some((_, last_gone, last_came)) if same.is_empty() || same.trim().is_empty() => {
                *last_gone += &format!("{same}{gone}");
                *last_came += &format!("{same}{came}");
            }
            _ => changes.push((same, gone, came)),
        }
    }
    let mut runs: Vec<TextRun> = Vec::new();
    let mut push = |of: RunOf, text: &str| match runs.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.of == of => last.text += text,
        _ => runs.push(TextRun { of, text: text.to_owned() }),
    };
    for (same, gone, came) in changes {
        push(RunOf::Both, &same);
        let start: usize = common(gone.chars(), came.chars());
        let end = common(gone[start..].chars().rev(), came[start..].chars().rev());
        push(RunOf::Both, &came[..start]);
        push(RunOf::Was, &gone[start..gone.len() - end]);
        push(RunOf::Now, &came[start..came.len() - end]);
        push(RunOf::Both, &came[came.len() - end..]);
    }
    runs
}

/// The length in bytes of the white space with which both texts begin.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b && a.is_whitespace()).map(|(a, _)| a.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(was: &str, now: &str) -> String {
        let run = |run: TextRun| match run.of {
            RunOf::Both => run.text,
            RunOf::Was => format!("[-{}-]", run.text),
            RunOf::Now => format!("{{+{}+}}", run.text),
        };
        runs(was, now).into_iter().map(run).collect()
    }

    #[test]
    fn words_that_differ_are_marked_in_phrases() {
        let (was, now) = ("Reviews the code of their team.", "Reviews the code of several teams.");
        assert_eq!(shown(was, now), "Reviews the code of [-their team.-]{+several teams.+}");
        assert_eq!(shown("Writes code.", "Writes clean code."), "Writes {+clean +}code.");
        assert_eq!(shown("Leads.", "Leads."), "Leads.");
        assert_eq!(shown("", "Leads."), "{+Leads.+}");
    }
}
