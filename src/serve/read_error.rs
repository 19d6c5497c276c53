//! The reason why a project can't be read.

/// The reason why a project can't be read, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What's wrong.
    pub message: String,
    /// How to resolve it, if that isn't part of the message.
    pub help: Option<String>,
}
