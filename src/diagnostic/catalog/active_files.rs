//! Files that are copied and that a browser would run.

use crate::diagnostic::{Code, Diagnostic, Span};

/// Files of HTML; `more` are those beside the first.
pub(crate) fn active_html(first: Span, file: &str, more: &[&str]) -> Diagnostic {
    const MAX_NAMED: usize = 5;
    let message = if more.is_empty() {
        format!("`{file}` could run scripts on the site")
    } else {
        let mut names: Vec<String> =
            std::iter::once(&file).chain(more).take(MAX_NAMED).map(|file| format!("`{file}`")).collect();
        if more.len() + 1 > MAX_NAMED {
            names.push(format!("and {} more", more.len() + 1 - MAX_NAMED));
        }
        format!("{} files could run scripts on the site: {}", more.len() + 1, names.join(", "))
    };
    let them = if more.is_empty() { "it" } else { "them" };
    Diagnostic::new(Code::ActiveFile, first, message).help(format!(
        "write {them} as pages in Markdown, or publish {them} at another address and link to that; if you trust all that's in \
         `content/`, set `html: allow` in `stepladder.yaml`"
    ))
}

/// A file of SVG or other XML that's active for a `reason`.
pub(crate) fn active_xml(place: Span, file: &str, reason: &str) -> Diagnostic {
    let message = format!("`{file}` could run or load something on the site: {reason}");
    Diagnostic::new(Code::ActiveFile, place, message).help(
        "remove that, or save the image as PNG or as plain SVG; if you trust all that's in `content/`, set `html: allow` in \
         `stepladder.yaml`",
    )
}
