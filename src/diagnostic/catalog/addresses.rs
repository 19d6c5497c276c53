//! Addresses of the site's files.

use crate::diagnostic::{Advice, Code, Diagnostic, Span};
use crate::tree::TreePath;

/// An address that a page or file can't have.
pub(crate) fn invalid_address(span: Span, why: &str, advice: impl Into<Advice>) -> Diagnostic {
    Diagnostic::new(Code::InvalidAddress, span, format!("invalid address: {why}")).advice(advice)
}

/// What has an address.
#[derive(Debug, Clone)]
pub(crate) enum AddressOwner {
    /// A page or file of the content.
    Content(Span),
    /// A page that Stepladder makes, by its title.
    GeneratedPage(&'static str),
    /// Another file that Stepladder makes.
    Program,
}

/// An address that two files of the site would have. `first` is the other one's file, `is_page` says whether the span is
/// in a page.
pub(crate) fn duplicate_address(
    span: Span,
    file: &TreePath,
    first: &TreePath,
    owner: AddressOwner,
    is_page: bool,
) -> Diagnostic {
    let same = if file == first { "" } else { " on systems that ignore case" };
    let message = match &owner {
        AddressOwner::Content(_) => format!("the address `{file}` is already taken{same}"),
        AddressOwner::GeneratedPage(title) => {
            format!("the address `{file}` belongs to a page that Stepladder generates (\"{title}\")")
        }
        AddressOwner::Program => format!("the address `{file}` belongs to a file that Stepladder generates"),
    };
    let diagnostic = Diagnostic::new(Code::DuplicateAddress, span, message);
    match owner {
        AddressOwner::Content(other) => diagnostic.label(other, "taken here").help(if is_page {
            "rename one of the two files, or add a `slug: …` to one of the pages"
        } else {
            "rename one of the two files"
        }),
        AddressOwner::GeneratedPage(_) if is_page => {
            diagnostic.help("only a page of kind `page` can be there, as an introduction; rename or move this file")
        }
        AddressOwner::GeneratedPage(_) | AddressOwner::Program => diagnostic.help("rename this file"),
    }
}

/// A path that would have to be a file and a folder. `inside` is what needs the folder.
pub(crate) fn file_and_folder(span: Span, path: &TreePath, inside: Option<Span>) -> Diagnostic {
    let message = format!("`{path}` would have to be both a file and a folder");
    let diagnostic = Diagnostic::new(Code::DuplicateAddress, span, message).help("rename one of the two");
    match inside {
        Some(inside) => diagnostic.label(inside, "this needs the folder"),
        None => diagnostic,
    }
}

/// An alias whose address something else has.
pub(crate) fn alias_collision(span: Span, alias: &str, owner: AddressOwner) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::AliasCollision, span, format!("the alias `{alias}` is already taken"));
    match owner {
        AddressOwner::Content(other) => {
            diagnostic.label(other, "taken here").help("remove this alias; that address already leads to a page")
        }
        AddressOwner::GeneratedPage(title) => {
            diagnostic.help(format!("remove this alias; Stepladder generates a page at that address (\"{title}\")"))
        }
        AddressOwner::Program => diagnostic.help("remove this alias; Stepladder generates a file at that address"),
    }
}
