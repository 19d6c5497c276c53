//! The content of a file in memory.

use std::ops::Deref;
use std::sync::Arc;

/// The bytes of a file. Cheap to clone: what is made from a text can share it.
#[derive(Clone, PartialEq, Eq)]
pub struct FileContent(Bytes);

/// Text is never [`Binary`](Self::Binary), so that equal contents are equal values.
#[derive(Clone, PartialEq, Eq)]
enum Bytes {
    Text(Arc<str>),
    Binary(Arc<[u8]>),
}

impl FileContent {
    /// The content as text; `None` if it isn't UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.0 {
            Bytes::Text(text) => Some(text),
            Bytes::Binary(_) => None,
        }
    }

    /// Equality that is O(1) for clones of one content.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Bytes::Text(left), Bytes::Text(right)) => Arc::ptr_eq(left, right) || left == right,
            (left, right) => left == right,
        }
    }
}

impl Deref for FileContent {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Bytes::Text(text) => text.as_bytes(),
            Bytes::Binary(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for FileContent {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl std::fmt::Debug for FileContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.text() {
            Some(text) => write!(f, "{text:?}"),
            None => write!(f, "{:?}", &**self),
        }
    }
}

impl From<String> for FileContent {
    fn from(text: String) -> Self {
        Self(Bytes::Text(text.into()))
    }
}

impl From<&str> for FileContent {
    fn from(text: &str) -> Self {
        Self(Bytes::Text(text.into()))
    }
}

impl From<Vec<u8>> for FileContent {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => Self(Bytes::Binary(error.into_bytes().into())),
        }
    }
}

impl From<&[u8]> for FileContent {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}
