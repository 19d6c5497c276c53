//! Lines that look like headings but aren't.

use super::source_text::{escaped, heading_line, with_class};
use crate::diagnostic::{Applicability, Code, Diagnostic, Fix, Span};

/// What follows the marks of a heading in place of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingGap {
    /// Nothing.
    Nothing,
    /// A no-break space.
    NoBreakSpace,
}

/// A line that isn't a heading because of what follows its `marks`. `start` is the line up to `title`, without the containers
/// that it's in; none if it's unclear which these are. It's
/// machine-applicable for a title.
pub(crate) fn heading_without_space(
    span: Span,
    marks: &str,
    title: &str,
    gap: HeadingGap,
    start: Option<Span>,
    applicability: Applicability,
) -> Diagnostic {
    let message = match gap {
        HeadingGap::NoBreakSpace => format!("this isn't a heading: the space after `{marks}` is a no-break space"),
        HeadingGap::Nothing => format!("this isn't a heading: there's no space after `{marks}`"),
    };
    let heading = format!("write `{marks} {title}`");
    let help = format!("{heading}, with a regular space");
    // A title most likely names a cell, whose name would be reported with a backslash too.
    let is_title = applicability == Applicability::MachineApplicable;
    let help = if is_title { help } else { format!("{help}; to show the `#`, write `\\{marks}{title}`") };
    let as_text = (!is_title).then(|| Fix::insert(&span, "\\").labelled("show it as text").as_suggestion());
    let as_heading =
        start.map(|start| Fix::replace(start, format!("{marks} ")).labelled(heading).applicable(applicability));
    let diagnostic = Diagnostic::new(Code::NotAHeading, span, message).help(help);
    as_heading.into_iter().chain(as_text).fold(diagnostic, Diagnostic::fix)
}

/// The form of a line that isn't a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingForm {
    /// Plain text.
    Text,
    /// Bold text.
    Bold,
    /// Italic text.
    Italic,
    /// A list item.
    Item,
    /// A quotation.
    Quote,
    /// A line indented as code.
    Indented,
    /// An HTML element.
    Html,
    /// A line that begins with a backslash and a `#`.
    Escaped,
    /// A line that begins with a full-width `＃`.
    FullWidth,
    /// A heading in the notation of another markup language.
    OtherMarkup,
    /// A heading inside another block.
    Inside,
}

impl HeadingForm {
    /// The end of a sentence that says why the line isn't a heading.
    fn why(self) -> &'static str {
        match self {
            Self::Text => "plain text isn't a heading",
            Self::Bold => "bold text isn't a heading",
            Self::Italic => "italic text isn't a heading",
            Self::Item => "a list item isn't a heading",
            Self::Quote => "a quotation isn't a heading",
            Self::Indented => "an indented line isn't a heading",
            Self::Html => "an HTML element doesn't start a cell",
            Self::Escaped => "`\\#` doesn't start a heading",
            Self::FullWidth => "a full-width `＃` doesn't start a heading",
            Self::OtherMarkup => "this isn't how Markdown writes headings",
            Self::Inside => "a heading inside another block doesn't start a cell",
        }
    }
}

/// Whether a text is a name or only similar to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameMatch {
    /// It's the name.
    Exact,
    /// It's similar.
    Near,
}

/// A line that is replaced by a heading.
#[derive(Debug)]
pub(crate) struct HeadingLine {
    /// The line, without its line break.
    pub(crate) line: Span,
    /// The text before the heading: a line break, if an empty line has to be above it.
    pub(crate) before: &'static str,
    /// The id and classes in braces.
    pub(crate) attributes: String,
    /// The text that follows on the same line, in a paragraph of its own.
    pub(crate) after: String,
    /// Whether it was meant as a heading for certain.
    pub(crate) applicability: Applicability,
}

impl HeadingLine {
    fn write(&self, level: u8, text: &str, class: Option<&str>) -> String {
        let heading = heading_line(level, &escaped(text));
        let attributes = with_class(&self.attributes, class);
        format!("{}{heading}{attributes}{}", self.before, self.after)
    }
}

/// A line that names a part of the ladder where a heading is meant.
#[derive(Debug)]
pub(crate) struct NamedHeadingLine<'a> {
    /// The text of the line.
    pub(crate) text: &'a str,
    /// The name that it has, or is like.
    pub(crate) name: &'a str,
    pub(crate) is: NameMatch,
    /// What the name means, with its article.
    pub(crate) described: &'a str,
    pub(crate) form: HeadingForm,
    /// The level of the heading to write.
    pub(crate) level: u8,
    /// The cell that the line is in, and the level of its heading.
    pub(crate) cell: Option<(&'a str, u8)>,
}

/// A line that names a part of the ladder where a heading is meant.
pub(crate) fn named_line_without_heading(
    span: Span,
    named: &NamedHeadingLine<'_>,
    line: Option<&HeadingLine>,
) -> Diagnostic {
    let NamedHeadingLine { text, name, is, described, form, level, cell } = named;
    let verb = if *is == NameMatch::Exact { "names" } else { "looks like" };
    let heading = format!("write `{}`", heading_line(*level, name));
    let help = format!("{heading}, so that what's below belongs to it");
    let group = cell.filter(|(_, level)| *level < 6).map(|(cell, level)| {
        let group = format!("write `{} {{.prose}}`", heading_line(level + 1, name));
        (format!("if it only groups expectations of `{cell}`, {group}"), group, level + 1)
    });
    let help = group.as_ref().map_or(help.clone(), |(group, ..)| format!("{help}; {group}"));
    let message = format!("`{text}` {verb} {described}, but {}", form.why());
    let mut diagnostic = Diagnostic::new(Code::NotAHeading, span, message).help(help);
    if let Some(line) = line {
        let fix = Fix::replace(line.line.clone(), line.write(*level, name, None));
        diagnostic = diagnostic.fix(fix.labelled(heading).applicable(line.applicability));
        if let Some((_, group, level)) = group {
            let fix = Fix::replace(line.line.clone(), line.write(level, name, Some(".prose")));
            diagnostic = diagnostic.fix(fix.labelled(group).as_suggestion());
        }
    }
    diagnostic
}

/// A line with the mark of a heading with expectations, which isn't one.
pub(crate) fn marked_line_without_heading(
    span: Span,
    mark: &str,
    form: HeadingForm,
    level: u8,
    title: &str,
    line: HeadingLine,
) -> Diagnostic {
    let heading = format!("write `{} {mark}`", heading_line(level, title));
    let text = line.write(level, title, None);
    Diagnostic::new(Code::NotAHeading, span, format!("`{mark}` marks headings, but {}", form.why()))
        .help(format!("{heading}, so that what's below counts as expectations"))
        .fix(Fix::replace(line.line, text).labelled(heading).applicable(line.applicability))
}

/// A line that begins with the name of a cell and has the cell's text after it.
pub(crate) struct NameBeforeText<'a> {
    /// The whole line.
    pub(crate) span: Span,
    pub(crate) name: &'a str,
    /// The line up to the text, if it's clear where that begins.
    pub(crate) lead: Option<Span>,
    /// The line break of the file.
    pub(crate) line_break: &'static str,
}

/// Lines that begin with names of cells, the first of which means what's `described`, with text after them.
pub(crate) fn names_before_text(
    first: &NameBeforeText<'_>,
    more: &[NameBeforeText<'_>],
    described: &str,
) -> Diagnostic {
    let name = first.name;
    let message = format!("`{name}` names {described}, but a name with text after it doesn't start a cell");
    let help = format!(
        "write each name as a heading (`{}`), and the text below it; if these aren't expectations, put them under a \
         heading marked `{{.prose}}`",
        heading_line(2, name)
    );
    let diagnostic = Diagnostic::new(Code::NotAHeading, first.span.clone(), message).help(help);
    let heading = |line: &NameBeforeText<'_>| {
        let NameBeforeText { name, lead, line_break, .. } = line;
        Some((lead.clone()?, format!("{}{line_break}{line_break}", heading_line(2, name))))
    };
    let edits: Option<Vec<_>> = std::iter::once(first).chain(more).map(heading).collect();
    let fix = edits.map(|edits| Fix::edits("write each name as a heading", edits).as_suggestion());
    let diagnostic = fix.into_iter().fold(diagnostic, Diagnostic::fix);
    more.iter().fold(diagnostic, |diagnostic, line| diagnostic.label(line.span.clone(), "this one too"))
}
