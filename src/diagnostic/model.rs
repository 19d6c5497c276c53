//! The diagnostic itself, and values returned together with their diagnostics.

use super::catalog;
use super::code::Code;
use super::fix::{Advice, Fix};
use super::severity::Severity;
use super::span::Span;
use crate::tree::TreePath;

/// How many other places of one mistake are shown: enough to see what they have in common.
const MAX_REPETITIONS: usize = 6;

/// One problem in a project's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem; determines the severity.
    pub code: Code,
    /// The primary span.
    pub span: Span,
    /// The problem, in the vocabulary of authors.
    pub message: String,
    /// Secondary spans, each with a short text.
    pub labels: Vec<(Span, String)>,
    /// The instructions to fix the problem.
    pub help: Option<String>,
    /// The edits that resolve it, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A diagnostic without labels, help and fixes. Only [`catalog`] makes them.
    pub(super) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), labels: Vec::new(), help: None, fixes: Vec::new() }
    }

    /// Sets the help; an empty text removes it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        let help = help.into();
        self.help = (!help.is_empty()).then_some(help);
        self
    }

    /// Adds a fix.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Sets the help, and adds a fix that replaces the primary span for each replacement that it names.
    #[must_use]
    pub fn advice(mut self, advice: impl Into<Advice>) -> Self {
        let Advice { help, replacements, applicability } = advice.into();
        let span = self.span.clone();
        let fix = |text| Fix { applicability, ..Fix::replace(span.clone(), text) };
        self.fixes.extend(replacements.into_iter().map(fix));
        self.help(help)
    }

    /// The fix that `check --fix` makes.
    #[must_use]
    pub fn machine_applicable_fix(&self) -> Option<&Fix> {
        self.fixes.iter().find(|fix| fix.is_machine_applicable())
    }

    /// Adds a secondary span.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// Adds the other places of the same mistake as secondary spans: a few of them, and the number of the others.
    #[must_use]
    pub fn labels_of_repetitions(mut self, places: impl IntoIterator<Item = (Span, String)>) -> Self {
        let places: Vec<_> = places.into_iter().collect();
        let others = places.len().saturating_sub(MAX_REPETITIONS);
        self.labels.extend(places.into_iter().take(MAX_REPETITIONS));
        if let Some((_, text)) = self.labels.last_mut().filter(|_| others > 0) {
            text.push_str(&format!(", and {others} more"));
        }
        self
    }

    /// Merges diagnostics of the same mistake into one: their spans become labels, and their edits part of its fix.
    #[must_use]
    pub fn merge_repetitions(mut self, others: Vec<Self>) -> Self {
        if let Some(fix) = self.fixes.first_mut() {
            let edits = others.iter().filter_map(|other| other.fixes.first()).flat_map(|fix| fix.edits.iter().cloned());
            fix.edits.extend(edits);
        }
        self.labels_of_repetitions(others.into_iter().map(|other| (other.span, "and here".to_owned())))
    }

    /// All spans: the primary one, those of labels, and those of edits.
    pub(crate) fn spans(&self) -> impl Iterator<Item = &Span> {
        let edits = self.fixes.iter().flat_map(|fix| &fix.edits);
        std::iter::once(&self.span).chain(self.labels.iter().chain(edits).map(|(span, _)| span))
    }

    /// The severity of the diagnostic's code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Reads the bytes of a file as text.
///
/// # Errors
/// A diagnostic at the start of a file in UTF-16, at the first byte that isn't valid UTF-8, or at the first NUL character,
/// which no text has.
pub fn read_utf8<'a>(file: &TreePath, bytes: &'a [u8]) -> Result<&'a str, Box<Diagnostic>> {
    if is_utf16(bytes) {
        let help = "save it as UTF-8: choose that encoding where your program saves or exports the file, not “Unicode”";
        let message = "this file is UTF-16, so it can't be read as UTF-8";
        return Err(Box::new(Diagnostic::new(Code::NotUtf8, Span::new(file, 0..2), message).help(help)));
    }
    let (range, message) = match std::str::from_utf8(bytes) {
        Err(error) => {
            let at = error.valid_up_to();
            let message = "this file isn't valid UTF-8: the first unreadable character is here";
            (at..at + error.error_len().unwrap_or(1), message)
        }
        Ok(text) => match text.find('\0') {
            Some(at) => (at..at + 1, "this file has a NUL character here, so it isn't text in UTF-8"),
            None => return Ok(text),
        },
    };
    Err(Box::new(catalog::not_utf8(Span::new(file, range), message)))
}

/// Whether a file is a text in UTF-16: it begins with that encoding's byte order mark, or with an ASCII character in two
/// bytes.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, second, 0, ..] => second.is_ascii_graphic(),
        [first, 0, _, 0, ..] => first.is_ascii_graphic(),
        _ => false,
    }
}

/// A value and the diagnostics found while computing it.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Diagnosed<T> {
    /// The value.
    pub value: T,
    /// The diagnostics, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Diagnosed<T> {
    /// Pairs a value with diagnostics.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Appends the diagnostics to `diagnostics` and returns the value.
    pub fn drain_into(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}

/// Returns whether at least one diagnostic is an error.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}
