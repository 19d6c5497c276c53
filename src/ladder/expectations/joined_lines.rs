//! Sentences on lines of their own in the text of one expectation, each of which was most likely meant as one.

use std::ops::Range;

use crate::ladder::expectations::text_problem::{JoinedLines, TextProblem};
use crate::markdown::Paragraph;

/// The problem of a paragraph that line breaks (`\\`, two spaces, `<br>`) divide into several sentences.
pub(crate) fn find(source: &str, paragraph: &Paragraph) -> Option<TextProblem> {
    let text = source.get(paragraph.span.clone())?;
    let breaks = breaks(text);
    let first = breaks.first()?;
    let starts = std::iter::once(0).chain(breaks.iter().map(|at| at.end));
    let ends = breaks.iter().map(|at| at.start).chain([text.len()]);
    let lines: Vec<&str> = starts.zip(ends).map(|(start, end)| text[start..end].trim()).collect();
    let (last, above) = lines.split_last()?;
    let are_sentences = above.iter().all(|line| is_sentence(line) && !leads_on(line)) && is_sentence(last);
    let is_label = lines[0].starts_with("**") && lines[0].ends_with("**");
    if !are_sentences || is_label {
        return None;
    }
    let at = |range: &Range<usize>| paragraph.span.start + range.start..paragraph.span.start + range.end;
    let first = paragraph.span.start..paragraph.span.start + first.start;
    Some(TextProblem::JoinedLines(JoinedLines { first, breaks: breaks.iter().map(at).collect() }))
}

/// The line breaks of a text, with the white space after them.
fn breaks(text: &str) -> Vec<Range<usize>> {
    const MARKS: [&str; 7] = ["\\\n", "\\\r\n", "  \n", "  \r\n", "<br>", "<br/>", "<br />"];
    let mut breaks: Vec<Range<usize>> = Vec::new();
    let mut in_code = false;
    for (at, c) in text.char_indices() {
        in_code ^= c == '`';
        let is_inside = breaks.last().is_some_and(|last| at < last.end);
        let is_mark = matches!(c, '\\' | ' ' | '<') && !in_code && !is_inside;
        let mark = MARKS.iter().find(|mark| is_mark && starts_with_ignoring_case(&text[at..], mark));
        if let Some(mark) = mark {
            let end = at + mark.len();
            breaks.push(at..end + text[end..].len() - text[end..].trim_start().len());
        }
    }
    breaks
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(start.as_bytes()))
}

/// Whether a line has several words, the first of which doesn't continue a sentence.
fn is_sentence(line: &str) -> bool {
    let begins = line.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphanumeric() && !"(–—-<>".contains(c));
    begins && line.split_whitespace().nth(1).is_some()
}

/// Whether the sentence of a line goes on in the next one.
fn leads_on(line: &str) -> bool {
    line.ends_with([',', ':', '：', '–', '—', '-', '(', '/', '&'])
        || [" and", " or"].iter().any(|end| line.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::breaks;

    #[test]
    fn breaks_are_marks_at_the_end_of_a_line_or_elements() {
        let found = |text: &str| breaks(text).iter().map(|at| text[at.clone()].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("One.\\\n  Two.  \nThree.<BR/> Four."), ["\\\n  ", "  \n", "<BR/> "]);
        assert!(found("One.\nTwo  words, `<br>` and \\* none.").is_empty());
    }
}
