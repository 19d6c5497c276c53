//! Operations on files that the operating system refused, with the path and the cause.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// An operation on a file or folder that the operating system refused.
#[derive(Debug)]
pub struct FileError {
    action: FileAction,
    path: PathBuf,
    source: io::Error,
}

#[derive(Debug)]
enum FileAction {
    Read,
    Write,
    Remove,
    CreateFolder,
    /// Copies this file to the path.
    CopyFrom(PathBuf),
    /// Compares this file with the one at the path.
    CompareWith(PathBuf),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, path, source } = self;
        let path = path.display();
        match action {
            FileAction::Read => write!(f, "couldn't read `{path}`: {source}"),
            FileAction::Write => write!(f, "couldn't write `{path}`: {source}"),
            FileAction::Remove => write!(f, "couldn't remove `{path}`: {source}"),
            FileAction::CreateFolder => write!(f, "couldn't create the folder `{path}`: {source}"),
            FileAction::CopyFrom(from) => write!(f, "couldn't copy `{}` to `{path}`: {source}", from.display()),
            FileAction::CompareWith(with) => write!(f, "couldn't compare `{}` with `{path}`: {source}", with.display()),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Returns a function that attaches the path to an error of reading a file or folder, for use with `map_err`.
pub(crate) fn reading(path: &Path) -> impl Fn(io::Error) -> FileError {
    failed(path, || FileAction::Read)
}

/// As [`reading`], for writing a file.
pub(crate) fn writing(path: &Path) -> impl Fn(io::Error) -> FileError {
    failed(path, || FileAction::Write)
}

/// As [`reading`], for removing a file.
pub(super) fn removing(path: &Path) -> impl Fn(io::Error) -> FileError {
    failed(path, || FileAction::Remove)
}

/// As [`reading`], for creating a folder.
pub(crate) fn creating_folder(path: &Path) -> impl Fn(io::Error) -> FileError {
    failed(path, || FileAction::CreateFolder)
}

/// As [`reading`], for copying a file.
pub(super) fn copying(from: &Path, to: &Path) -> impl Fn(io::Error) -> FileError {
    failed(to, || FileAction::CopyFrom(from.to_owned()))
}

/// As [`reading`], for comparing two files.
pub(super) fn comparing(one: &Path, other: &Path) -> impl Fn(io::Error) -> FileError {
    failed(other, || FileAction::CompareWith(one.to_owned()))
}

fn failed(path: &Path, action: impl Fn() -> FileAction) -> impl Fn(io::Error) -> FileError {
    move |source| FileError { action: action(), path: path.to_owned(), source }
}

/// Attaches a path to an I/O error of reading.
pub(crate) fn read_error(path: &Path, error: &io::Error) -> io::Error {
    let reason = match error.kind() {
        ErrorKind::PermissionDenied => "permission denied; change its permissions so that you can read it".to_owned(),
        _ => error.to_string(),
    };
    io::Error::new(error.kind(), format!("couldn't read `{}`: {reason}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_the_action_the_path_and_the_cause() {
        let (one, other) = (Path::new("content/a.png"), Path::new("public/a.png"));
        let full = || io::Error::from(ErrorKind::StorageFull);
        for (error, message) in [
            (reading(one)(full()), "couldn't read `content/a.png`: no storage space"),
            (writing(other)(full()), "couldn't write `public/a.png`: no storage space"),
            (removing(other)(full()), "couldn't remove `public/a.png`: no storage space"),
            (creating_folder(other)(full()), "couldn't create the folder `public/a.png`: no storage space"),
            (copying(one, other)(full()), "couldn't copy `content/a.png` to `public/a.png`: no storage space"),
            (comparing(one, other)(full()), "couldn't compare `content/a.png` with `public/a.png`: no storage space"),
        ] {
            assert_eq!(error.to_string(), message);
        }
        let closed = io::Error::from(ErrorKind::PermissionDenied);
        let closed = read_error(one, &closed).to_string();
        assert_eq!(
            closed,
            "couldn't read `content/a.png`: permission denied; change its permissions so that you can read it"
        );
    }
}
