//! Lines that look like list items, and list items that aren't what they look like.

use super::source_text::first_word;
use crate::diagnostic::{Advice, Applicability, Code, Diagnostic, Fix, Span};

/// The marker of a list item in Markdown.
const ITEM: &str = "- ";

const NOT_AN_ITEM: &str = "this looks like a list item, but it isn't one";

/// A line with a marker that Markdown doesn't know, in place of `marker`, before `text`. `edits` replace those of all such
/// lines of the list, each with the white space after it; none if that makes no list.
pub(crate) fn unknown_list_marker(
    span: Span,
    (marker, text): (&str, &str),
    edits: Vec<(Span, String)>,
    applicability: Applicability,
) -> Diagnostic {
    let item = format!("write `{marker}{}…`", first_word(text));
    let start = if marker.starts_with('-') { "a hyphen and a space" } else { "a hyphen or a number, and a space" };
    let help = format!("{item}; every item begins with {start}");
    let diagnostic = Diagnostic::new(Code::NotAListItem, span, NOT_AN_ITEM);
    if edits.is_empty() {
        return diagnostic
            .help(format!("begin each item with {start}, and a code block on a line of its own below it"));
    }
    diagnostic.help(help).fix(Fix::edits(item, edits).applicable(applicability))
}

/// A paragraph in place of a list that begins with `mark`, which may be a list marker. `marker` is the mark with the white
/// space after it.
pub(crate) fn possible_list_marker(span: Span, mark: &str, marker: Span) -> Diagnostic {
    let instead = format!("write `-` and a space instead of `{mark}`");
    let is_dash = mark.starts_with(|c| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}'));
    let item = Fix::replace(marker, ITEM).labelled(instead.clone());
    // Markdown can only escape ASCII punctuation.
    let escaped = mark.find(|c: char| c.is_ascii_punctuation()).filter(|_| !mark.starts_with('&'));
    let (help, fixes) = match escaped {
        Some(at) => {
            let text = format!("{}\\{}", &mark[..at], &mark[at..]);
            let help = format!("{instead}; or write `{text}` if the text begins with it");
            (help, vec![item.as_suggestion(), Fix::replace(span.clone(), text).as_suggestion()])
        }
        // A single dash may also begin the name of someone quoted.
        None if is_dash => (instead, vec![item.as_suggestion()]),
        None => {
            let help = format!("{instead}; or write `- {mark} …` if the text begins with it");
            let text = format!("{ITEM}{mark}");
            let with_mark = Fix::replace(span.clone(), text).labelled(format!("write `- {mark} …`"));
            (help, vec![item.as_suggestion(), with_mark.as_suggestion()])
        }
    };
    let diagnostic = Diagnostic::new(Code::NotAListItem, span, NOT_AN_ITEM).help(help);
    fixes.into_iter().fold(diagnostic, Diagnostic::fix)
}

/// A single hyphen on the line below a text, of which it makes a heading. `line` is its line with the line break.
pub(crate) fn hyphen_makes_heading(span: Span, line: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAListItem, span, "this `-` turns the line above into a heading")
        .help("write a text after it, or remove it; for a heading, write `## …`")
        .fix(Fix::replace(line, "").as_suggestion())
}

/// A list item that begins with a bullet, `mark`, before `text`. `marker` is the bullet with the white space after it.
pub(crate) fn second_bullet(span: Span, mark: &str, text: &str, marker: Span) -> Diagnostic {
    let item = format!("write `- {}…`", first_word(text));
    Diagnostic::new(Code::NotAListItem, span, format!("this list item begins with a second bullet, `{mark}`"))
        .help(format!("{item}, without the `{mark}`"))
        .fix(Fix::replace(marker, "").labelled(item))
}

/// A list item in the middle of a text. `markers` are those of all such items of the text with what separates them from it,
/// and `line` is what begins a new item instead.
pub(crate) fn item_inside_line(span: Span, markers: Vec<Span>, line: &str) -> Diagnostic {
    let help = "begin a new line with a hyphen and a space, `- …`, for each item";
    let edits = markers.into_iter().map(|marker| (marker, line.to_owned()));
    Diagnostic::new(Code::NotAListItem, span, "this looks like a list item, but it's in the middle of a text")
        .help(help)
        .fix(Fix::edits("begin a new line for each item", edits).as_suggestion())
}

/// Bullets of a word processor in a code block. `markers` are those of all its lines with the white space around them, if
/// each line has one.
pub(crate) fn indented_bullets(span: Span, markers: Vec<Span>) -> Diagnostic {
    let message = "this looks like a list, but the white space before it makes it a code block";
    let diagnostic = Diagnostic::new(Code::NotAListItem, span, message)
        .help("begin each item with a hyphen and a space, at the start of the line");
    with_list_fix(diagnostic, markers, ITEM)
}

/// A list that is code because of its indentation. `indentations` are those of all its lines.
pub(crate) fn indented_list(span: Span, indentations: Vec<Span>) -> Diagnostic {
    let message = "this looks like a list, but four spaces before it make it a code block";
    let diagnostic = Diagnostic::new(Code::NotAListItem, span, message)
        .help("remove the spaces before each `-`; to show it as code, put it between two lines of three backticks");
    with_list_fix(diagnostic, indentations, "")
}

fn with_list_fix(diagnostic: Diagnostic, spans: Vec<Span>, text: &str) -> Diagnostic {
    if spans.is_empty() {
        return diagnostic;
    }
    let edits = spans.into_iter().map(|span| (span, text.to_owned()));
    diagnostic.fix(Fix::edits("begin each item at the start of its line", edits))
}

/// A list item without text. `item` is the whole item with its line break.
pub(crate) fn empty_item(span: Span, item: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::EmptyItem, span, "this list item has no text")
        .help("write an expectation, or remove the item");
    item.into_iter().fold(diagnostic, |diagnostic, item| diagnostic.fix(Fix::replace(item, "").as_suggestion()))
}

/// A misspelled `Example:` at the start of a list item.
pub(crate) fn misspelled_example(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(Code::NotAnExample, span, format!("`{word}` isn't recognised as the start of an example"))
        .advice(Advice::did_you_mean(vec!["Example".to_owned()]))
}

/// An example beside the expectations. `lines` are the starts of its lines, which `indentation` spaces make a part of the
/// expectation right above; none if there's something else above.
pub(crate) fn stray_example(span: Span, lines: Vec<Span>, indentation: usize) -> Diagnostic {
    let message = "this example is next to the expectations, not inside the one it belongs to";
    let help = "indent it by two spaces to make it part of the expectation above";
    let diagnostic = Diagnostic::new(Code::NotAnExample, span, message).help(help);
    if lines.is_empty() {
        return diagnostic;
    }
    let edits = lines.into_iter().map(|line| (line, " ".repeat(indentation)));
    diagnostic.fix(Fix::edits("make it part of the expectation above", edits))
}
