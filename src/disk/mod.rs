//! The disk: [`read`] makes a [`Tree`](crate::tree::Tree) of a project's files, [`write`] makes a folder of a site's.
//!
//! Both are careful about what is not theirs. Reading never leaves the project, not even by a symbolic link; writing
//! never touches a file that an earlier build did not write, and never leaves a half-written one.

mod atomic;
mod error;
mod folders;
pub(crate) mod list;
mod lock;
mod manifest;
mod plan;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use error::WriteError;
pub use read::read;
pub(crate) use read::{about, is_text, load};
pub use write::{Written, write};
