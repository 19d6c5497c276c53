//! The folder that a site is written to: whether it may be, and its creation.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::file_error::{creating_folder, reading};
use super::list::PARTS;
use super::manifest;

/// An output folder that exists. If it was created by this value and is still empty on drop, it's removed.
#[derive(Debug)]
pub(super) struct OutputFolder {
    created: Option<PathBuf>,
}

impl OutputFolder {
    /// Creates the folder, unless it exists.
    pub(super) fn create(path: &Path) -> Result<Self, WriteError> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => return Ok(Self { created: None }),
            Ok(_) => return Err(WriteError::NoFolder { path: path.to_owned() }),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(reading(path)(error).into()),
        }
        if let Ok(target) = fs::read_link(path) {
            return Err(WriteError::DanglingLink { path: path.to_owned(), target });
        }
        fs::create_dir_all(path).map_err(creating_folder(path))?;
        Ok(Self { created: Some(path.to_owned()) })
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        if let Some(path) = &self.created {
            // Fails for a folder that isn't empty, which has to stay.
            let _ = fs::remove_dir(path);
        }
    }
}

/// Checks that a folder that a site is to be written to is apart from the files that it's made from. It may be a link.
///
/// # Errors
/// [`WriteError::InProject`] if the project or a part of it is in the folder, or the folder in such a part.
pub fn check_output(root: &Path, output: &Path) -> Result<(), WriteError> {
    let Some(real) = existing(output)? else { return Ok(()) };
    let Some(real_root) = existing(root)? else { return Ok(()) };
    for part in PARTS.map(|part| real_root.join(part)).into_iter().chain([real_root.clone()]) {
        let Some(real_part) = existing(&part)? else { continue };
        let is_inside = part != real_root && real.starts_with(&real_part);
        if is_inside || real_part.starts_with(&real) {
            return Err(WriteError::InProject { output: output.to_owned(), real, part });
        }
    }
    Ok(())
}

/// The canonical path of a file or folder, if it exists.
fn existing(path: &Path) -> Result<Option<PathBuf>, WriteError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(Some(real)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(reading(path)(error).into()),
    }
}

/// Returns an error for a folder that has files but no manifest. Hidden names at its root (`.git`, `.nojekyll`) don't
/// count.
pub(super) fn refuse_foreign(output: &Path) -> Result<(), WriteError> {
    let entries = match fs::read_dir(output) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(()),
        entries => entries.map_err(reading(output))?,
    };
    let is_visible = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| !entry.file_name().to_string_lossy().starts_with('.')).map_err(reading(output))
    };
    let mut has_files = false;
    for entry in entries {
        has_files |= is_visible(entry)?;
    }
    // A concurrent first build writes its manifest before its files, so the manifest is checked after the files.
    if has_files && manifest::read(output)?.is_none() {
        return Err(WriteError::NotOurs { folder: output.to_path_buf() });
    }
    Ok(())
}
