//! Placeholders: texts that only say that something is to be written.

use std::ops::Range;

use super::front_matter::FrontMatter;
use super::kind::Kind;
use super::model::Page;
use super::pages::Pages;
use crate::diagnostic::{Diagnostic, catalog};
use crate::markdown::{Block, Paragraph, TableCell, paragraphs, tables};
use crate::name::fold;

/// The marks by which writers find what is missing, in capitals.
const MARKS: [&str; 6] = ["TODO", "TBD", "TBC", "TBA", "FIXME", "XXX"];

/// Texts that are placeholders if nothing else is written, folded.
const PHRASES: [&str; 24] = [
    "todo",
    "to do",
    "tbd",
    "tbc",
    "tba",
    "fixme",
    "fix me",
    "xxx",
    "wip",
    "work in progress",
    "placeholder",
    "coming soon",
    "not yet written",
    "not written yet",
    "still to be written",
    "write me",
    "write this",
    "fill in",
    "fill me in",
    "fill this in",
    "text here",
    "your text here",
    "text goes here",
    "insert text here",
];

/// The words after which `to be …` is a placeholder.
const PARTICIPLES: [&str; 14] = [
    "written",
    "defined",
    "determined",
    "decided",
    "done",
    "added",
    "confirmed",
    "completed",
    "announced",
    "agreed",
    "discussed",
    "described",
    "specified",
    "filled in",
];

/// Parts of the text that typesetters fill pages with. No sentence about it has the last two.
const LOREM_IPSUM: [&str; 2] = ["dolor sit amet", "consectetur adipisc"];

/// The most words before a mark at the end of a text, as in `Scope: TODO`. A longer text may be about the mark.
const MAX_LABEL_WORDS: usize = 3;

/// The most further placeholders of a page that are pointed at.
const MAX_LABELS: usize = 6;

/// Whether a text is only a placeholder: dots, `TODO`, `TBD: …`, `to be written`, lorem ipsum. A sentence that mentions
/// one isn't.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    is_dots(text) || is_todo(text)
}

/// Whether a text is just dots or question marks.
fn is_dots(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '…' | '.' | '?'))
}

/// Whether a text is only words that say that something is to be written.
pub(super) fn is_todo(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let is_to_be = bare.strip_prefix("to be ").is_some_and(|rest| {
        let rest = rest.strip_suffix(" later").or(rest.strip_suffix(" soon")).unwrap_or(rest);
        PARTICIPLES.contains(&rest)
    });
    let is_lorem = bare.starts_with("lorem ipsum") || LOREM_IPSUM.iter().any(|part| bare.contains(part));
    let is_label = ["todo:", "tbd:", "tbc:", "fixme:"].iter().any(|label| bare.starts_with(label));
    let is_form = is_label || is_instruction(text) || begins_with_mark(text) || ends_with_mark(text);
    PHRASES.contains(&bare) || is_to_be || is_lorem || is_form
}

/// Whether a text in brackets asks to be replaced: `[Describe the expectation]`.
fn is_instruction(text: &str) -> bool {
    const FIRST_WORDS: [&str; 9] =
        ["add", "describe", "enter", "explain", "fill", "insert", "placeholder", "write", "your"];
    let inside = text.trim().strip_prefix('[').and_then(|text| text.trim_end_matches('.').strip_suffix(']'));
    let first =
        inside.filter(|inside| !inside.contains(['[', ']'])).and_then(|inside| inside.split_whitespace().next());
    first.is_some_and(|word| FIRST_WORDS.contains(&fold(word).as_str()))
}

/// Whether a text begins with a mark and a colon: `TODO: …`, `[TBD] …`, `FIXME(anna): …`.
fn begins_with_mark(text: &str) -> bool {
    let text = text.trim_start();
    let (is_bracketed, text) = text.strip_prefix('[').map_or((false, text), |inside| (true, inside));
    let Some(rest) = MARKS.iter().find_map(|mark| text.strip_prefix(mark)) else { return false };
    if is_bracketed {
        return rest.starts_with([']', ':']);
    }
    let named = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(_, rest)| rest);
    named.unwrap_or(rest).trim_start().starts_with(':')
}

/// Whether a text is a label with a mark for its text: `Scope: TODO`.
fn ends_with_mark(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let label =
        MARKS.iter().find_map(|mark| text.strip_suffix(mark)).map(|before| before.trim_end_matches([' ', '[', '(']));
    let label = label.and_then(|label| label.strip_suffix([':', '–', '—']));
    label.is_some_and(|label| label.split_whitespace().count() <= MAX_LABEL_WORDS)
}

/// Finds the placeholders in the body and the facets of a page. In a worksheet, readers fill in what's missing. Dots only
/// count on the pages of levels and competencies, as the scaffolds of `stepladder new` have them.
pub(super) fn find(page: &mut Page) {
    if page.kind == Kind::Worksheet {
        return;
    }
    let has_expectations = matches!(page.kind, Kind::Level | Kind::Competency);
    let mut found = std::mem::take(&mut page.placeholders);
    let mut texts: Vec<&[Block]> = vec![&page.blocks];
    if let FrontMatter::Level(level) = &page.front_matter {
        texts.extend(level.facets.iter().map(|(_, blocks)| blocks.as_slice()).chain([level.experience.as_slice()]));
    }
    let mut visit = |paragraph: &Paragraph| {
        let text = paragraph.example.as_ref().map_or(&paragraph.text, |example| &example.text);
        if is_todo(text) || has_expectations && is_dots(text) {
            found.push(first_line(&page.source, &paragraph.span));
        }
    };
    for blocks in texts {
        paragraphs(blocks, &mut visit);
        tables(blocks, &mut |table| {
            let cells = table.header.iter().chain(table.rows.iter().flatten());
            cells.flat_map(|cell: &TableCell| &cell.lines).for_each(&mut visit);
        });
    }
    found.sort_by_key(|span| span.start);
    page.placeholders = found;
}

/// The part of a span in its first line.
fn first_line(source: &str, span: &Range<usize>) -> Range<usize> {
    let length = source.get(span.clone()).and_then(|text| text.find('\n')).unwrap_or(span.len());
    span.start..span.start + length
}

/// Reports the placeholders of each page, in one diagnostic.
#[must_use]
pub fn reported_placeholders(pages: &Pages) -> Vec<Diagnostic> {
    let report = |page: &Page| {
        let (first, more) = page.placeholders.split_first()?;
        Some(catalog::placeholder(page.span(first), more.iter().take(MAX_LABELS).map(|span| page.span(span))))
    };
    pages.shown().filter_map(|(_, page)| report(page)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_says_only_that_something_is_missing() {
        let placeholders = [
            "…",
            "...",
            " ??? ",
            "TODO",
            "todo.",
            "**To do**",
            "[TODO]",
            "<TBD>",
            "(to be written)",
            "To be defined later.",
            "XXX",
            "FIXME!!!",
            "TODO: describe the tests",
            "FIXME(anna): reword",
            "[TBD] Scope",
            "Scope: TODO",
            "Impact – [TBD]",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
            "Work in progress…",
            "Coming soon!",
            "Todo: write",
            "[Describe the expectation]",
            "[insert an example here].",
        ];
        for text in placeholders {
            assert!(is_placeholder(text), "{text}");
        }
        let sentences = [
            "",
            "Turns every TODO into a ticket.",
            "TODO lists are short.",
            "Keeps a to-do list.",
            "To be trusted.",
            "Never leaves a TODO",
            "To be decided by the team is what to build.",
            "Done",
            "[Describes] the expectation",
            "To do: buy milk",
            "[Senior]",
            "Replaces lorem ipsum with real text.",
            "Finds what's marked TBD: asks for it.",
            "Marks each open point of a plan: TODO",
            "Writes… and rewrites.",
            "Todos",
            "Fill in for others.",
            "Xxxl",
            "Leads work in progress",
            "—",
            "-",
        ];
        for text in sentences {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
