//! Front matter and its fields, and the YAML that it's written in.

use crate::diagnostic::{Advice, Code, Diagnostic, Fix, Span};

/// A page without front matter, or with something else in its place.
pub(crate) fn missing_front_matter(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingFrontMatter, span, message).help(help)
}

/// A page whose lines end in a carriage return alone, so that all of it is a single line. `breaks` are these characters.
pub(crate) fn carriage_returns(first: Span, breaks: Vec<Span>) -> Diagnostic {
    let message = "the lines of this file end in a carriage return (CR) alone, so all of it would be a single line";
    let help = "save it with LF or CRLF as its line ends";
    let edits = breaks.into_iter().map(|place| (place, "\n".to_owned()));
    missing_front_matter(first, message, help).fix(Fix::edits("end each line with LF", edits))
}

/// A page whose first line of front matter, `---`, is missing. The span is the first field.
pub(crate) fn unopened_front_matter(span: Span, line_ending: &str) -> Diagnostic {
    let fix = Fix::insert(&span, format!("---{line_ending}")).labelled("add a line `---` above this one");
    missing_front_matter(
        span,
        "the first line of the front matter, `---`, is missing",
        "add a line `---` above this one",
    )
    .fix(fix)
}

/// Front matter that begins with a line that only resembles `---`. `end` is its last line, if it's like the first.
pub(crate) fn inexact_front_matter(first: Span, end: Option<Span>) -> Diagnostic {
    let fix = Fix::replace(first.clone(), "---");
    let fix = end.into_iter().fold(fix, |fix, end| fix.and_replace(end, "---"));
    missing_front_matter(
        first,
        "front matter must begin and end with exactly three hyphens",
        "write `---` here, and again where it ends",
    )
    .fix(fix)
}

/// Front matter in a code block. `lines` are the lines that open and close the block.
pub(crate) fn front_matter_in_code_block(first: Span, lines: impl Iterator<Item = Span>) -> Diagnostic {
    let edits = lines.map(|line| (line, String::new())).collect();
    let fix = Fix { edits, ..Fix::replace(first.clone(), "") }.labelled("remove the lines of the code block");
    missing_front_matter(
        first,
        "front matter must be at the very top of the file",
        "remove this line, and the one that closes the code block",
    )
    .fix(fix)
}

/// Front matter below something else. `above` is that, if it's only blank lines.
pub(crate) fn front_matter_below_text(first: Span, above: Option<Span>) -> Diagnostic {
    let diagnostic = missing_front_matter(
        first,
        "front matter must be at the very top of the file",
        "remove everything above this line",
    );
    match above {
        Some(above) => diagnostic.fix(Fix::replace(above, "").labelled("remove the blank lines above")),
        None => diagnostic,
    }
}

/// Front matter that ends with a line that only resembles `---`.
pub(crate) fn inexact_front_matter_end(end: Span) -> Diagnostic {
    let message = "front matter must end with exactly three hyphens at the start of a line";
    let fix = Fix::replace(end.clone(), "---");
    Diagnostic::new(Code::UnclosedFrontMatter, end, message).help("write `---` here").fix(fix)
}

/// Front matter without a closing line. The span is its last line.
pub(crate) fn unclosed_front_matter(last: Span, line_ending: &str) -> Diagnostic {
    let end = Span { start: last.end, ..last.clone() };
    let fix = Fix::insert(&end, format!("{line_ending}---")).labelled("add a line `---` below it");
    Diagnostic::new(Code::UnclosedFrontMatter, last, "this front matter is never closed")
        .help("add a line `---` below its last field")
        .fix(fix)
}

/// YAML with a syntax error.
pub(crate) fn invalid_yaml(span: Span, message: String, advice: Advice) -> Diagnostic {
    Diagnostic::new(Code::InvalidYaml, span, message).advice(advice)
}

/// A value of the wrong type or form.
pub(crate) fn invalid_value(span: Span, message: impl Into<String>, advice: impl Into<Advice>) -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, span, message).advice(advice)
}

/// A field that a page, or another part of the files, has no use for.
pub(crate) fn unknown_field(span: Span, subject: &str, name: &str, advice: Advice) -> Diagnostic {
    Diagnostic::new(Code::UnknownField, span, format!("{subject} has no field `{name}`")).advice(advice)
}

/// A field that appears twice.
pub(crate) fn duplicate_field(span: Span, first: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, span, format!("`{name}` appears twice"))
        .label(first, "first used here")
        .help("keep only one of them")
}

/// An entry that appears twice in the list `name`.
pub(crate) fn duplicate_entry(span: Span, first: Span, entry: &str, name: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateField, span, format!("`{entry}` appears twice in `{name}`"))
        .label(first, "first used here")
        .help("remove it, or replace it with what you meant")
}

/// A required field without a value. The span is its name.
pub(crate) fn empty_field(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingField, span, format!("`{name}` is empty"))
        .help(format!("write it after the colon: `{name}: …`"))
}

/// A required field that's missing from `subject`.
pub(crate) fn missing_field(span: Span, subject: &str, name: &str) -> Diagnostic {
    Diagnostic::new(Code::MissingField, span, format!("{subject} needs a `{name}`"))
        .help(format!("add the line `{name}: …`"))
}

/// A page kind that doesn't exist.
pub(crate) fn unknown_kind(span: Span, name: &str, near: Advice) -> Diagnostic {
    Diagnostic::new(Code::UnknownKind, span, format!("there's no page kind called `{name}`")).advice(near)
}

/// Fields of other kinds than that of the page, which is set. `message` names them; `kinds` are those that have them.
pub(crate) fn fields_of_another_kind(kind: Span, message: &str, kinds: &[&str]) -> Diagnostic {
    let lines: Vec<String> = kinds.iter().map(|kind| format!("`kind: {kind}`")).collect();
    let replacements = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let help = format!("write {}", join_alternatives(&lines));
    Diagnostic::new(Code::UnknownField, kind, message).advice(Advice { help, replacements, ..Advice::default() })
}

/// Fields of some kinds on a page that sets no kind. `at` is the start of the front matter.
pub(crate) fn fields_without_kind(
    first: Span,
    at: &Span,
    message: &str,
    kinds: &[&str],
    line_ending: &str,
) -> Diagnostic {
    let lines: Vec<String> = kinds.iter().map(|kind| format!("`kind: {kind}`")).collect();
    let diagnostic =
        Diagnostic::new(Code::UnknownField, first, message).help(format!("add the line {}", join_alternatives(&lines)));
    let fix = |kind: &&str| Fix::insert(at, format!("kind: {kind}{line_ending}"));
    match kinds {
        [only] => diagnostic.fix(fix(only)),
        several => several.iter().map(fix).map(Fix::as_suggestion).fold(diagnostic, Diagnostic::fix),
    }
}

/// A page whose review is overdue.
pub(crate) fn review_overdue(span: Span, title: &str, day: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(Code::ReviewOverdue, span, format!("the review of `{title}` was due on {day}"))
        .help("review the page, fix what's out of date, and set `reviewed` to today's date")
}

/// A date in the future, where only past ones make sense.
pub(crate) fn date_in_the_future(span: Span, day: impl std::fmt::Display, help: &str) -> Diagnostic {
    Diagnostic::new(Code::ReviewDate, span, format!("{day} is in the future")).help(help)
}

/// A review that's never due.
pub(crate) fn review_never_due(span: Span) -> Diagnostic {
    Diagnostic::new(Code::ReviewDate, span, "this review is never due: there's no date to count from")
        .help("add the date of the last review, such as `reviewed: 2026-11-22`")
}

/// Joins items as in `a`, `a or b` and `a, b or c`.
pub(crate) fn join_alternatives(items: &[String]) -> String {
    match items {
        [one, other] => format!("{one} or {other}"),
        [first @ .., one, other] => format!("{}, {one} or {other}", first.join(", ")),
        _ => items.concat(),
    }
}
