//! Links, images and their anchors.

use crate::diagnostic::{Advice, Code, Diagnostic, Fix, Span};

/// A link or image in a text.
#[derive(Debug, Clone)]
pub(crate) struct WrittenLink {
    /// The whole link.
    pub(crate) span: Span,
    /// The part of its target that a fix replaces, if it's written as it's read: the name or path, or the anchor after `#`.
    pub(crate) target: Option<Span>,
    /// The code for a missing target: that of an image or of another link.
    pub(crate) code: Code,
}

impl WrittenLink {
    /// Whether it's an image.
    pub(crate) fn is_image(&self) -> bool {
        self.code == Code::MissingImage
    }

    fn report(&self, code: Code, message: impl Into<String>, advice: impl Into<Advice>) -> Diagnostic {
        let Advice { help, replacements, applicability } = advice.into();
        let diagnostic = Diagnostic::new(code, self.span.clone(), message).help(help);
        let Some(target) = &self.target else { return diagnostic };
        let fix = |text| Fix { applicability, ..Fix::replace(target.clone(), text) };
        replacements.into_iter().map(fix).fold(diagnostic, Diagnostic::fix)
    }
}

/// A link by a name that no page has.
pub(crate) fn unknown_page_name(link: &WrittenLink, name: &str, advice: Advice) -> Diagnostic {
    link.report(Code::BrokenLink, format!("there's no page called `{name}`"), advice)
}

/// A link or image without an address.
pub(crate) fn empty_link(link: &WrittenLink) -> Diagnostic {
    let what = if link.is_image() { "image" } else { "link" };
    link.report(link.code, format!("this {what} has no address"), "write the address between `(` and `)`, or remove it")
}

/// A link to a file outside the folder of the content.
pub(crate) fn link_outside(link: &WrittenLink, path: &str) -> Diagnostic {
    link.report(
        Code::LinkOutside,
        format!("`{path}` is outside `content/`"),
        "only files in `content/` are published; copy the file there, or link to its web address",
    )
}

/// An image whose file is a page. `mark` is its exclamation mark.
pub(crate) fn image_of_a_page(link: &WrittenLink, path: &str, mark: Option<Span>) -> Diagnostic {
    let diagnostic =
        link.report(Code::MissingImage, format!("`{path}` is a page, not an image"), "remove the `!` to link to it");
    match mark {
        Some(mark) => diagnostic.fix(Fix::replace(mark, "").labelled("remove the `!`")),
        None => diagnostic,
    }
}

/// A web or mail address that's written like a file.
pub(crate) fn web_address_without_scheme(link: &WrittenLink, path: &str, advice: Advice) -> Diagnostic {
    let message = format!("`{path}` is read as a file in `content/`, but there's no such file");
    link.report(Code::BrokenLink, message, advice)
}

/// A link to a file that doesn't exist.
pub(crate) fn missing_file(link: &WrittenLink, path: &str, advice: Advice) -> Diagnostic {
    link.report(link.code, format!("there's no file `{path}` in `content/`"), advice)
}

/// A link to a file with the separators of Windows in its path.
pub(crate) fn backslashes_in_path(link: &WrittenLink, advice: Advice) -> Diagnostic {
    link.report(link.code, "this path has backslashes, which separate no folders in an address", advice)
}

/// A link to a file that's left out of what's published because of its name.
pub(crate) fn link_to_excluded_file(link: &WrittenLink, path: &str, name: &str, reason: &str) -> Diagnostic {
    let help = format!("rename `{name}`, or remove the link");
    link.report(link.code, format!("`{path}` isn't published: {reason}"), help)
}

/// A link from a published page to a draft. `draft` is the draft's title.
pub(crate) fn link_to_draft(link: &WrittenLink, title: &str, draft: Span) -> Diagnostic {
    link.report(
        Code::LinkToDraft,
        format!("`{title}` is a draft, but this page is published"),
        "publish it (`draft: false`), or remove the link; to preview drafts, use `--drafts`",
    )
    .label(draft, "the draft")
}

/// A link to an anchor of a page that Stepladder makes.
pub(crate) fn anchor_of_generated_page(link: &WrittenLink, name: &str, anchor: &str) -> Diagnostic {
    let help = format!("Stepladder generates that page, so link to it as a whole: `[[{name}]]`");
    link.report(Code::BrokenAnchor, format!("`{name}` has no anchor `#{anchor}`"), help)
}

/// A link to an anchor that a page doesn't have. `whose` names the page.
pub(crate) fn broken_anchor(link: &WrittenLink, whose: &str, anchor: &str, advice: Advice) -> Diagnostic {
    link.report(Code::BrokenAnchor, format!("{whose} has no anchor `#{anchor}`"), advice)
}
