//! Errors outside the content, and exit statuses.

use std::fmt::Display;

/// The exit status when the content has errors.
pub(super) const EXIT_CONTENT_ERRORS: u8 = 1;

/// The exit status when a command is used wrongly or the system refuses an operation.
pub(super) const EXIT_USAGE_ERROR: u8 = 2;

/// An error outside the content, as a message that includes help.
#[derive(Debug)]
pub(super) struct CliError(pub(super) String);

impl<T: Display> From<T> for CliError {
    fn from(cause: T) -> Self {
        Self(cause.to_string())
    }
}
