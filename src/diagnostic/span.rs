//! Source positions: [`Span`] names its file; [`Spanned`] pairs a value with its byte range.

use std::ops::Range;

use crate::tree::TreePath;

/// A byte range of a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file, relative to the project.
    pub file: TreePath,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The span of `bytes` in `file`.
    #[must_use]
    pub fn new(file: &TreePath, bytes: Range<usize>) -> Self {
        Self { file: file.clone(), start: bytes.start, end: bytes.end }
    }

    /// The empty span at the start of `file`.
    #[must_use]
    pub fn start_of(file: &TreePath) -> Self {
        Self::new(file, 0..0)
    }
}

/// A value and the byte range of its file that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The byte range of the value in its file.
    pub span: Range<usize>,
}

impl<T> Spanned<T> {
    /// The span of the value in `file`.
    pub fn in_file(&self, file: &TreePath) -> Span {
        Span::new(file, self.span.clone())
    }
}
