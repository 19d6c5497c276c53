//! Published addresses from which nothing leads on.

use crate::diagnostic::{Code, Diagnostic, Span};

/// What is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone<'a> {
    /// A page.
    Page { address: &'a str },
    /// A page that is a draft now.
    Draft { address: &'a str },
    /// A former address.
    Alias { address: &'a str },
    /// The id that an author set for a page.
    Id { id: &'a str },
    /// An expectation.
    Expectation { address: &'a str, id: &'a str, text: &'a str },
}

/// Something that was published, and from whose address nothing leads on.
pub(crate) fn gone(span: Span, gone: Gone<'_>) -> Diagnostic {
    let (message, help) = match gone {
        Gone::Page { address } => (
            format!("`{address}` was published, and nothing leads on from it"),
            format!("add `{address}` to the `aliases` of the page that replaces it"),
        ),
        Gone::Draft { address } => (
            format!("`{address}` was published, and its page is a draft now"),
            "publish it (`draft: false`), or remove it and add its address to the `aliases` of another page".to_owned(),
        ),
        Gone::Alias { address } => (
            format!("`{address}` led to a page, and no longer does"),
            format!("add `{address}` to the `aliases` of the page that it led to"),
        ),
        Gone::Id { id } => {
            (format!("this page had the id `{id}`, which now means nothing"), format!("write `id: {id}` again"))
        }
        Gone::Expectation { address, id, text } => (
            format!("`{address}` was published, and nothing leads on from it: \u{201c}{text}\u{201d}"),
            format!("write `{{#{id}}}` at the end of the expectation that replaces it"),
        ),
    };
    Diagnostic::new(Code::GoneAddress, span, message).help(help)
}
