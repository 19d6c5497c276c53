//! Zip archives, which office documents are too.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::import::source_file::{ImportError, SourceFile};

/// The most bytes of a file in an archive: far more than a ladder has, and less than a decompression bomb.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// A zip archive in memory.
pub(super) struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Opens the archive that a source is.
    pub(super) fn open(source: &'a SourceFile) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(source.bytes.as_slice()))
            .map_err(|error| ImportError::new(format!("{} can't be opened: {error}", source.name)))?;
        Ok(Self { name: &source.name, zip })
    }

    /// The names of all files.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().filter_map(Result::ok).map(|name| name.replace('\\', "/")).collect()
    }

    /// The content of a file.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, ImportError> {
        let failed =
            |what: &dyn std::fmt::Display| ImportError::new(format!("{name} in {} can't be read: {what}", self.name));
        let file = self.zip.by_name(name).map_err(|error| failed(&error))?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(failed(&format!("it's larger than {} MB", MAX_BYTES >> 20)));
        }
        Ok(bytes)
    }

    /// The text of a file; empty if there's none.
    pub(super) fn text(&mut self, name: &str) -> String {
        self.read(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}
