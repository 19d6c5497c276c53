//! Problems as values: what is wrong, where, and what to do about it. Stages return them beside their result
//! ([`Diagnosed`]); only the commands print them ([`text`], [`json`]).

mod code;
mod consequence;
pub mod json;
mod lines;
mod suggest;
pub mod text;

use std::ops::Range;

use crate::tree::TreePath;

pub use code::Code;
pub(crate) use lines::{Position, Sources, position};
pub(crate) use suggest::same_letters;
pub use suggest::{did_you_mean, nearest, nearly, valid_here};

/// A place in a source file: which file, which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file, relative to the project.
    pub file: TreePath,
    /// Where the place starts in the file, in bytes.
    pub start: usize,
    /// Where it ends (exclusive), in bytes.
    pub end: usize,
}

impl Span {
    /// The place `bytes` of a file.
    #[must_use]
    pub fn new(file: &TreePath, bytes: Range<usize>) -> Self {
        Self { file: file.clone(), start: bytes.start, end: bytes.end }
    }

    /// The very start of a file.
    #[must_use]
    pub fn start_of(file: &TreePath) -> Self {
        Self::new(file, 0..0)
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something wrong would be published; nothing is written.
    Error,
    /// Worth a look; the site is written all the same.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem it is; decides its severity.
    pub code: Code,
    /// Where it is.
    pub span: Span,
    /// What is wrong, in an author's words.
    pub message: String,
    /// Other places that front_matter, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem without labels and help.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds what to do about it; an empty text adds nothing.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        let help = help.into();
        self.help = (!help.is_empty()).then_some(help);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// Whether nothing may be written because of it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The problem that a file is no text in UTF-8, at its first wrong byte.
#[must_use]
pub fn not_utf8(file: &TreePath, error: std::str::Utf8Error) -> Diagnostic {
    let at = error.valid_up_to();
    let span = Span::new(file, at..at + error.error_len().unwrap_or(1));
    let help = "open it in an editor and save it with the encoding UTF-8";
    Diagnostic::new(Code::NotUtf8, span, "this file is not UTF-8 text: from here on its letters can't be told")
        .help(help)
}

/// A value and the problems met while making it.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Diagnosed<T> {
    /// The value.
    pub value: T,
    /// The problems.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Diagnosed<T> {
    /// A value with problems.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Hands the problems to `notes` and returns the value.
    pub fn drain_into(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}

/// Puts problems into the one order in which they are shown (by place, then code), and drops repeated ones and those
/// that only follow from another one.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    consequence::drop_consequences(diagnostics);
    diagnostics.sort_by(|a, b| (&a.span, a.code, &a.message).cmp(&(&b.span, b.code, &b.message)));
    diagnostics.dedup();
}

/// Whether one of the problems is an error.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}
