//! The sources of an import, and why one can't be imported.

use std::fmt;

/// A file to import.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path as the user typed it, or the path in a folder or an archive.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Sources that can't be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl ImportError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
