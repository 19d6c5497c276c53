//! YAML values with their spans.

use std::ops::Range;

/// A YAML value with its byte range in the whole file, quotes included.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// The byte range of the value.
    pub span: Range<usize>,
}

/// The kinds of YAML values.
///
/// Scalars are stored as written: whether `010` is a text or a number depends on the field that is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An empty value, `~` or `null`.
    Null,
    /// A scalar.
    Scalar {
        /// The text, without quotes.
        text: String,
        /// Whether YAML's core schema resolves the scalar to a string; false for unquoted numbers and booleans.
        is_text: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file, repeated keys included.
    Map(Vec<(Key, Node)>),
}

/// A mapping's key: its text and its byte range.
pub(super) type Key = (String, Range<usize>);
