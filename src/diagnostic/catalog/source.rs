//! Files that can't be read as what they are.

use crate::diagnostic::{Code, Diagnostic, Fix, Span};
use crate::tree::TreePath;

/// A file that isn't text in UTF-8. The span is the first byte that shows it.
pub(crate) fn not_utf8(span: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::NotUtf8, span, message).help("open the file in an editor and save it as UTF-8")
}

/// A file that looks like a page, but isn't read as one because of `rule`.
pub(crate) fn page_ending(file: &TreePath, rule: &str, renamed: &TreePath, is_free: bool) -> Diagnostic {
    let help = if is_free {
        format!("rename it to `{renamed}`")
    } else {
        format!("move its text to `{renamed}`, and delete this file")
    };
    let message = format!("`{file}` isn't read as a page: {rule}");
    Diagnostic::new(Code::PageEnding, Span::start_of(file), message).help(help)
}

/// A symbolic link that can't be followed.
pub(crate) fn unresolved_symlink(path: &TreePath, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::UnresolvedSymlink, Span::start_of(path), format!("`{path}` is {why}")).help(help)
}

/// Text that only says that something is still to be written. `more` are the other placeholders of the page.
pub(crate) fn placeholder(first: Span, more: impl Iterator<Item = Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::Placeholder, first, "this is still a placeholder")
        .help("write what belongs here, or remove it");
    more.fold(diagnostic, |diagnostic, span| diagnostic.label(span, "so is this"))
}

/// A heading at the level of the page's title. `marks` are its number signs, if it's written with them.
pub(crate) fn heading_beside_title(heading: Span, marks: Option<Span>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::HeadingJump, heading, "this heading is at the same level as the page's title")
            .help("write `##`, as it's published; a single `#` is the page's title");
    match marks {
        Some(marks) => diagnostic.fix(Fix::replace(marks, "##")),
        None => diagnostic,
    }
}

/// A heading that's more than one level below the one above it. `marks` are its number signs.
pub(crate) fn skipped_heading_level(heading: Span, marks: Option<Span>, level: u8, previous: u8) -> Diagnostic {
    let hashes = |level: u8| "#".repeat(level.into());
    let upper = if previous == 1 { "the page's title".to_owned() } else { format!("`{}`", hashes(previous)) };
    let message = format!("this heading skips a level: `{}` directly under {upper}", hashes(level));
    let written = hashes(previous + 1);
    let diagnostic = Diagnostic::new(Code::HeadingJump, heading, message).help(format!("write `{written}`"));
    match marks {
        Some(marks) => diagnostic.fix(Fix::replace(marks, written).as_suggestion()),
        None => diagnostic,
    }
}

/// An id in braces that another part of the page has, too.
pub(crate) fn duplicate_anchor(span: Span, id: &str) -> Diagnostic {
    Diagnostic::new(Code::DuplicateAnchor, span, format!("this page has two anchors called `{id}`"))
        .help("give one of them a different id")
}
