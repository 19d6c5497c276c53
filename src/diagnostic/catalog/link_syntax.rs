//! Text that looks like a link or footnote but isn't one.

use crate::diagnostic::{Applicability, Code, Diagnostic, Fix, Span};

/// Whether something that looks like a link is an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkForm {
    /// `[…](…)`
    Link,
    /// `![…](…)`
    Image,
}

/// What is wrong with something that looks like a link, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkMistake {
    /// `[[senior|Senior]]` in a table.
    PipeInTable { link: String },
    /// `[[senior]`
    OneBracket { link: String },
    /// `[[senior`
    NoBrackets,
    /// `[^1]` without a text.
    NoFootnote { label: String },
    /// `[Senior](the senior.md)`
    Space { form: LinkForm, link: String },
    /// `[Senior] (senior.md)`
    Gap { form: LinkForm, link: String },
    /// `[Senior](senior.md`
    NoParenthesis { form: LinkForm, link: String },
    /// `[Senior][s]` without a line `[s]: address`.
    NoDefinition { label: String, name: String },
}

impl LinkMistake {
    fn message(&self) -> String {
        let what = match self {
            Self::Space { form, .. } | Self::Gap { form, .. } | Self::NoParenthesis { form, .. } => *form,
            _ => LinkForm::Link,
        };
        let what = if what == LinkForm::Image { "an image" } else { "a link" };
        match self {
            Self::PipeInTable { .. } => {
                "this looks like a link, but the `|` in it starts a new cell of the table".to_owned()
            }
            Self::OneBracket { .. } | Self::NoBrackets => "this looks like a link, but its `]]` is missing".to_owned(),
            Self::NoFootnote { label } => {
                format!("this looks like a footnote, but the page has no line `[^{label}]: …`")
            }
            Self::Space { .. } => format!("this looks like {what}, but its address has a space in it"),
            Self::Gap { .. } => format!("this looks like {what}, but there's a space before its `(`"),
            Self::NoParenthesis { .. } => format!("this looks like {what}, but its `)` is missing"),
            Self::NoDefinition { name, .. } => {
                format!("this looks like a link, but the page has no line `[{name}]: address`")
            }
        }
    }

    fn help(&self) -> String {
        match self {
            Self::NoBrackets => "end it with `]]`".to_owned(),
            Self::NoFootnote { label } => format!("write the footnote's text on its own line: `[^{label}]: …`"),
            Self::NoDefinition { label, .. } => {
                format!("write `[{label}](address)`, or `[[name|{label}]]` for a page of this guide")
            }
            Self::PipeInTable { link }
            | Self::OneBracket { link }
            | Self::Space { link, .. }
            | Self::Gap { link, .. }
            | Self::NoParenthesis { link, .. } => format!("write `{link}`"),
        }
    }

    /// The link to write, if it's known, and whether it is what was meant for certain. Where a link ends without its closing
    /// sign is a guess.
    fn link(&self) -> Option<(&str, Applicability)> {
        match self {
            Self::PipeInTable { link }
            | Self::Space { link, .. }
            | Self::Gap { link, .. }
            | Self::OneBracket { link } => Some((link, Applicability::MachineApplicable)),
            Self::NoParenthesis { link, .. } => Some((link, Applicability::Suggestion)),
            Self::NoBrackets | Self::NoFootnote { .. } | Self::NoDefinition { .. } => None,
        }
    }
}

/// Text that looks like a link. `bracket` is the place of its first bracket.
pub(crate) fn malformed_link(span: Span, mistake: &LinkMistake, bracket: &Span) -> Diagnostic {
    let help = format!("{}; if it's meant as text, put `\\` before the `[`", mistake.help());
    let diagnostic = Diagnostic::new(Code::NotALink, span.clone(), mistake.message()).help(help);
    let link = mistake.link().map(|(link, applicability)| Fix::replace(span, link).applicable(applicability));
    let as_text = Fix::insert(bracket, "\\").labelled("publish it as text").as_suggestion();
    link.into_iter().chain([as_text]).fold(diagnostic, Diagnostic::fix)
}
