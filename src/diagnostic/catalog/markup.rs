//! Markup that isn't read as its author meant it: anchors, links, images, HTML, and that of other programs.

use crate::diagnostic::{Code, Diagnostic, Fix, Span};

/// A conflict marker of Git.
pub(crate) fn merge_conflict(span: Span) -> Diagnostic {
    Diagnostic::new(Code::MergeConflict, span, "there's an unresolved merge conflict here")
        .help("keep the right version, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`")
}

/// A code block that begins with the fence `mark` and is never closed.
pub(crate) fn unclosed_code_block(span: Span, mark: &str) -> Diagnostic {
    Diagnostic::new(Code::UnclosedBlock, span, "this code block is never closed, so it includes everything below")
        .help(format!("close it with a line that contains only {mark}"))
}

/// An element of HTML, or a comment, that begins with `open` and is never closed.
pub(crate) fn unclosed_element(span: Span, open: &str, close: &str) -> Diagnostic {
    Diagnostic::new(Code::UnclosedBlock, span, format!("`{open}` is never closed, so it includes everything below"))
        .help(format!("close it with `{close}` on its own line"))
}

/// Elements of HTML inside of `depth` others.
pub(crate) fn deep_html(span: Span, depth: usize) -> Diagnostic {
    let message = format!("this tag is inside of more than {depth} elements, so the HTML around it can't be published");
    Diagnostic::new(Code::UnclosedBlock, span, message).help("close the elements above it, each with its closing tag")
}

/// An element that is removed because it isn't on the list of safe HTML.
pub(crate) fn removed_element(span: Span, element: &str) -> Diagnostic {
    let message = format!("`<{element}>` is removed: it isn't on the list of safe HTML");
    Diagnostic::new(Code::HtmlRemoved, span, message).help(format!(
        "to show it as text, put it in backticks: `` `<{element}>` ``; to publish all HTML unchanged, set `html: allow` in \
         stepladder.yaml"
    ))
}

/// Markdown inside of raw HTML.
pub(crate) fn markdown_in_html(span: Span) -> Diagnostic {
    let help = "remove the tags around it, or write it as HTML; outside of cells, empty lines around it are enough";
    Diagnostic::new(Code::NotMarkdown, span, "this Markdown is part of an HTML block, so it isn't read as Markdown")
        .help(help)
}

/// The markup of another program that Stepladder doesn't read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForeignMarkup {
    /// The first line of a note.
    Note,
    /// A tag of a template, or a list of attributes.
    Tag,
    /// The place of a table of contents.
    Contents,
}

/// Markup of another program. `alert` is a note as an alert, in place of its span, if it's clear where it ends.
pub(crate) fn unknown_markup(span: Span, markup: ForeignMarkup, alert: Option<(Span, String)>) -> Diagnostic {
    let help = match markup {
        ForeignMarkup::Note => {
            "write a note as `> [!NOTE]`, and its text below, each line after `> `; to show the line, put it in backticks"
        }
        ForeignMarkup::Tag => "remove it, or write it in Markdown; to show it, put it in backticks",
        ForeignMarkup::Contents => "remove it: each page has a table of contents; to show it, put it in backticks",
    };
    let message = "this is markup of another program, so it would be published as text";
    let diagnostic = Diagnostic::new(Code::UnknownMarkup, span.clone(), message).help(help);
    match (markup, alert) {
        (ForeignMarkup::Note, None) => diagnostic,
        (ForeignMarkup::Note, Some((note, alert))) => {
            diagnostic.fix(Fix::replace(note, alert).labelled("write it as an alert"))
        }
        (ForeignMarkup::Tag | ForeignMarkup::Contents, _) => diagnostic.fix(Fix::replace(span, "").as_suggestion()),
    }
}

/// The id of an element of HTML that a heading below has, too.
pub(crate) fn anchor_of_heading_below(span: Span, id: &str, heading: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateAnchor, span, format!("this page has two anchors called `{id}`"))
        .help(format!("remove this id, or change it: the heading `{heading}` below has it already"))
}

/// What an id is reserved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReservedId<'a> {
    /// Parts of the theme, which have this prefix.
    Theme { prefix: &'a str },
    /// Footnotes, which have ids such as this one.
    Footnote { id: &'a str },
}

/// An id that is reserved; `instead` isn't. `written` is the id in the source, if it's there as it is, and `around` the signs
/// around it.
pub(crate) fn reserved_id(
    span: Span,
    reserved: ReservedId<'_>,
    instead: &str,
    written: Option<Span>,
    around: (&str, &str),
) -> Diagnostic {
    let message = match reserved {
        ReservedId::Theme { prefix } => format!("ids that begin with `{prefix}` are reserved for the theme"),
        ReservedId::Footnote { id } => format!("ids such as `{id}` are reserved for footnotes"),
    };
    let help = format!("write `{}{instead}{}`", around.0, around.1);
    let diagnostic = Diagnostic::new(Code::MalformedId, span, message).help(help.clone());
    // Links to the id would break.
    let fixes = written.map(|written| Fix::replace(written, instead).labelled(help).as_suggestion());
    fixes.into_iter().fold(diagnostic, Diagnostic::fix)
}

/// What is wrong with an id in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdMistake {
    /// It has a character that no id has.
    Character,
    /// Its `#` is missing.
    NoHash,
    /// It isn't of the form `raises=id`.
    Raises,
}

/// An id in braces that is malformed; `valid` is a valid one, with its braces, if it's known which is meant. `written` is the
/// place of the malformed one, if that's known exactly.
pub(crate) fn malformed_id(span: Span, mistake: IdMistake, valid: Option<&str>, written: Option<Span>) -> Diagnostic {
    let message = match mistake {
        IdMistake::Character => "an id can only contain letters, digits, `-`, `_` and `.`",
        IdMistake::NoHash => "an id must begin with `#`",
        IdMistake::Raises => "this doesn't name the expectations that this one raises",
    };
    let diagnostic = Diagnostic::new(Code::MalformedId, span, message);
    let Some(valid) = valid else {
        return diagnostic
            .help("write their ids, such as `{raises=writes-tests}` or `{raises=ic/mid#writes-tests,reads-code}`");
    };
    let diagnostic = diagnostic.help(format!("write `{valid}`"));
    written.into_iter().fold(diagnostic, |diagnostic, written| diagnostic.fix(Fix::replace(written, valid)))
}

/// An image in Markdown without alternative text.
pub(crate) fn image_without_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::ImageAlt, span, NO_ALT).help("describe it in a few words: `![what it shows](file.png)`")
}

/// An image in HTML without alternative text.
pub(crate) fn html_image_without_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::ImageAlt, span, NO_ALT)
        .help("describe it in a few words, `alt=\"…\"`; if it's only decoration, write `alt=\"\"`")
}

/// The message for an image without alternative text.
const NO_ALT: &str = "this image has no text for people who can't see it";

/// An image that would be loaded from another site.
pub(crate) fn remote_image(span: Span) -> Diagnostic {
    Diagnostic::new(Code::RemoteImage, span, "this image would be loaded from another site")
        .help("save the image next to the page, so that no other site learns who reads it")
}

/// The address of a file on the author's computer.
pub(crate) fn local_file(span: Span, address: &str) -> Diagnostic {
    Diagnostic::new(Code::LinkOutside, span, format!("`{address}` is a file on your computer"))
        .help("copy the file into `content/` and link to the copy, or link to its web address")
}

/// An image whose address has a scheme that no image may have.
pub(crate) fn unsafe_image(span: Span, scheme: &str) -> Diagnostic {
    Diagnostic::new(Code::UnsafeLink, span, format!("an image's address can't start with `{scheme}:`"))
        .help("save the image next to the page, and link to that file")
}

/// A link whose address has a scheme that isn't one of `allowed`.
pub(crate) fn unsafe_link(span: Span, scheme: &str, allowed: &[&str]) -> Diagnostic {
    let allowed: Vec<String> = allowed.iter().map(|name| format!("`{name}:`")).collect();
    let help =
        format!("link to a page, to a file in `content/`, or to an address that starts with {}", allowed.join(", "));
    Diagnostic::new(Code::UnsafeLink, span, format!("a link can't start with `{scheme}:`")).help(help)
}
