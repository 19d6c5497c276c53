//! File system access: [`read`] loads a project into a [`Tree`](crate::tree::Tree), [`SiteWriter`] writes a site to a folder
//! file by file, and [`replace`](fn@replace) writes fixed files of a project. [`Repository`] reads a project at a revision of
//! its git repository.
//!
//! Reading never leaves the project, not even through a symbolic link. Writing never touches a file that an earlier build
//! didn't write, and never leaves a partially written file.

mod atomic;
mod build_record;
mod error;
mod file_error;
mod file_stamp;
mod folders;
mod git;
pub(crate) mod list;
mod lock;
mod manifest;
mod open;
mod output_folder;
mod publication;
mod read;
mod recorded_file;
mod replace;
mod reserved;
mod staged_file;
#[cfg(test)]
mod tests;
mod write;

pub use build_record::BuildRecord;
pub use error::WriteError;
pub use file_error::FileError;
pub(crate) use file_error::{creating_folder, read_error, reading, writing};
pub use file_stamp::certain_stamp;
pub(crate) use file_stamp::{FileStamp, TIMESTAMP_GRANULARITY};
pub use git::{Commit, GitError, ProjectAt, Repository};
pub(crate) use open::open_canonical;
pub use output_folder::check_output;
pub(crate) use read::{is_text, load_file};
pub use read::{read, read_recorded};
pub use recorded_file::{Inputs, Outputs};
pub use replace::{ReplaceError, Replacement, aliases, replace};
pub use write::{SiteWriter, Written, write};
