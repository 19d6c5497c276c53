//! Why a site could not be written, in words that say what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a site was not written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder holds files, and nothing says that Stepladder wrote them.
    NotOurs {
        /// The folder.
        folder: PathBuf,
    },
    /// Another build is writing to the folder.
    Busy {
        /// The folder.
        folder: PathBuf,
        /// The other build's process, where the system tells.
        process: Option<u32>,
    },
    /// A file that Stepladder did not write stands where a file or folder of the site belongs.
    Foreign {
        /// The file.
        path: PathBuf,
        /// How many others there are.
        more: usize,
    },
    /// A symbolic link in the output stands where Stepladder needs a folder or a file of its own.
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// A file of the site has a name that can't be kept in the output.
    Name {
        /// The file, relative to the site.
        path: String,
    },
    /// The system refused something.
    Io {
        /// The file or folder in question.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
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
            Self::Io { path, source } => write!(f, "can't write the site: {}: {source}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Says which path an error of the system is about.
pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> WriteError {
    move |source| WriteError::Io { path: path.to_path_buf(), source }
}
