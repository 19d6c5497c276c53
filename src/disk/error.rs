//! Errors of writing a site. They have the path of the file or folder and say how to resolve the problem.

use std::fmt;
use std::path::PathBuf;

use super::file_error::FileError;

/// An error that prevents a site from being written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder isn't empty and has no manifest of an earlier build.
    NotOurs {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder is a part of the project that the site is made from, or has one in it.
    InProject {
        /// The folder.
        output: PathBuf,
        /// Its canonical path.
        real: PathBuf,
        /// The project, or the part of it.
        part: PathBuf,
    },
    /// Something else than a folder has the path of the output folder.
    NoFolder {
        /// The path.
        path: PathBuf,
    },
    /// The output folder is a link to a folder that doesn't exist.
    DanglingLink {
        /// The link.
        path: PathBuf,
        /// Its target.
        target: PathBuf,
    },
    /// Another build is writing to the folder.
    Busy {
        /// The folder.
        folder: PathBuf,
        /// The process id of the other build, if its lock file can be read.
        process: Option<u32>,
    },
    /// A file that Stepladder didn't write has the path of a file or folder of the site.
    Foreign {
        /// The file.
        path: PathBuf,
        /// The number of further files like it.
        more: usize,
    },
    /// A symbolic link in the output has the path of a folder or of one of Stepladder's own files.
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// A file of the site has a name that the manifest can't store, or a reserved one.
    Name {
        /// The file, relative to the site.
        path: String,
    },
    /// An operation of the operating system failed.
    Io(FileError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder } => write!(
                f,
                "the folder {} contains files that Stepladder didn't write; move them elsewhere, or use `--force` to \
                 write the site there anyway (files with the same name are replaced, others stay)",
                folder.display()
            ),
            Self::InProject { output, real, part } => write!(
                f,
                "{} leads to {}, and the site can't be written there: the project's own files are in {}; remove the \
                 link, or let it lead to a folder of its own",
                output.display(),
                real.display(),
                part.display()
            ),
            Self::NoFolder { path } => write!(
                f,
                "the site can't be written to {}, because it isn't a folder; move it elsewhere",
                path.display()
            ),
            Self::DanglingLink { path, target } => write!(
                f,
                "the site can't be written to {}, because it's a link to {}, which doesn't exist; create that folder, \
                 or remove the link",
                path.display(),
                target.display()
            ),
            Self::Busy { folder, process } => {
                write!(f, "another build")?;
                if let Some(process) = process {
                    write!(f, " (process {process})")?;
                }
                write!(f, " is writing to {}; wait for it to finish", folder.display())
            }
            Self::Foreign { path, more } => {
                write!(f, "{} is in the way of the site, but Stepladder didn't write it", path.display())?;
                if *more > 0 {
                    write!(f, " (and {more} more)")?;
                }
                write!(f, "; move it elsewhere, or if it's a file, use `--force` to replace it")
            }
            Self::Symlink { path } => write!(
                f,
                "{} is a symbolic link, and Stepladder doesn't write through links in the output folder; remove the \
                 link",
                path.display()
            ),
            Self::Name { path } => write!(
                f,
                "the site has a file named {path:?}, which can't be written: names can't contain control characters, \
                 and those that start with `.stepladder-` are reserved; rename the file"
            ),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => error.source(),
            _ => None,
        }
    }
}

impl From<FileError> for WriteError {
    fn from(error: FileError) -> Self {
        Self::Io(error)
    }
}
