//! Errors outside the content, and exit statuses.

use crate::disk::{FileError, ReplaceError, WriteError};

/// The exit status when the content has errors.
pub(super) const EXIT_CONTENT_ERRORS: u8 = 1;

/// An error outside the content, as a message that includes help.
#[derive(Debug)]
pub(super) enum CliError {
    /// A command is used wrongly.
    Usage(String),
    /// The system refuses an operation on a file, a folder, the network or the terminal.
    System(String),
}

impl CliError {
    pub(super) fn message(&self) -> &str {
        match self {
            Self::Usage(message) | Self::System(message) => message,
        }
    }

    /// The exit status of the program.
    pub(super) fn exit_status(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::System(_) => 3,
        }
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> Self {
        Self::System(error.to_string())
    }
}

impl From<WriteError> for CliError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::NotOurs { .. } | WriteError::Foreign { .. } => Self::Usage(error.to_string()),
            WriteError::Busy { .. } | WriteError::Symlink { .. } | WriteError::Name { .. } | WriteError::Io(_) => {
                Self::System(error.to_string())
            }
        }
    }
}

impl From<ReplaceError> for CliError {
    fn from(error: ReplaceError) -> Self {
        Self::System(error.to_string())
    }
}
