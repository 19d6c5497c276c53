//! YAML syntax errors.

use std::ops::Range;

use crate::diagnostic::{Advice, Diagnostic, Span, catalog};
use crate::tree::TreePath;

/// A YAML syntax error, explained in the vocabulary of authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The problem.
    pub message: String,
    /// The instructions to fix it.
    pub advice: Advice,
    /// The byte range in the file.
    pub span: Range<usize>,
}

impl SyntaxError {
    /// Converts the error to a diagnostic for `file`.
    #[must_use]
    pub fn into_diagnostic(self, file: &TreePath) -> Diagnostic {
        catalog::invalid_yaml(Span::new(file, self.span), self.message, self.advice)
    }
}
