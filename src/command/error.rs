//! Errors outside the content, and exit statuses.

use std::fmt;

use crate::disk::{FileError, ReplaceError, WriteError};
use crate::serve::ReadError;

/// The exit status when the content has errors.
pub(super) const EXIT_CONTENT_ERRORS: u8 = 1;

/// An error outside the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CliError {
    cause: CliErrorCause,
    message: String,
    help: Option<String>,
}

/// Who can resolve an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CliErrorCause {
    /// A command is used wrongly.
    Usage,
    /// The system refuses an operation on a file, a folder, the network or the terminal.
    System,
}

impl CliError {
    /// The error that a command is used wrongly.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { cause: CliErrorCause::Usage, message: message.into(), help: None }
    }

    /// The error that the system refuses an operation.
    pub(super) fn system(message: impl Into<String>) -> Self {
        Self { cause: CliErrorCause::System, message: message.into(), help: None }
    }

    /// Sets the instructions to resolve the error.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The exit status of the program.
    pub(super) fn exit_status(&self) -> u8 {
        match self.cause {
            CliErrorCause::Usage => 2,
            CliErrorCause::System => 3,
        }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, help, .. } = self;
        match help {
            Some(help) => write!(f, "{message}\n\n{help}"),
            None => write!(f, "{message}"),
        }
    }
}

impl From<ReadError> for CliError {
    fn from(ReadError { message, help }: ReadError) -> Self {
        Self { cause: CliErrorCause::System, message, help }
    }
}

impl From<CliError> for ReadError {
    fn from(CliError { message, help, .. }: CliError) -> Self {
        Self { message, help }
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> Self {
        Self::system(error.to_string())
    }
}

impl From<WriteError> for CliError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::NotOurs { .. } | WriteError::Foreign { .. } | WriteError::InProject { .. } => {
                Self::usage(error.to_string())
            }
            WriteError::NoFolder { .. }
            | WriteError::DanglingLink { .. }
            | WriteError::Busy { .. }
            | WriteError::Symlink { .. }
            | WriteError::Name { .. }
            | WriteError::Io(_) => Self::system(error.to_string()),
        }
    }
}

impl From<ReplaceError> for CliError {
    fn from(error: ReplaceError) -> Self {
        Self::system(error.to_string())
    }
}
