//! The record of the last build, by which a build of an unchanged project ends at once.
//!
//! It's in a folder of its own in the project, which isn't published, since it has the names of drafts and what was
//! reported about them. It says from which files a site was made and which files it has, each with its stamp and the hash of
//! its content. A file with an uncertain or other stamp is read: only its content decides. Whatever is missing, damaged or
//! different leads to a build, never to an error.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::folders::{LinkFreeFolders, ancestors};
use super::lock::Lock;
use super::manifest;
use super::open::open_unlinked;
use super::recorded_file::{Inputs, Outputs, Verified};
use super::reserved::{PUBLISHING, STAGING};

/// The folder of a project for what can be computed again.
const FOLDER: &str = ".stepladder-cache";

/// The name of the record.
const FILE: &str = "build.json";

/// What a successful build read, wrote and reported.
#[derive(Debug, Serialize, Deserialize)]
pub struct BuildRecord<R> {
    /// Everything but the project that decides about the result: the program, its options, the date.
    pub key: String,
    /// The files that the site was made from.
    pub inputs: Inputs,
    /// The files of the site.
    pub outputs: Outputs,
    /// What the build reported.
    pub report: R,
}

impl<R: Serialize + DeserializeOwned> BuildRecord<R> {
    /// The record of the last build of a project, if its result is still what a build with `key` would make of the files
    /// that are there now, and write to `output`.
    ///
    /// # Errors
    /// The files of the last build as far as they're known, from which the next one can tell what is up to date.
    pub fn current(root: &Path, output: &Path, key: &str) -> Result<Self, Outputs> {
        let Some(last) = Self::load(root) else { return Err(Outputs::default()) };
        match last.verified(root, output, key) {
            Some((inputs, outputs)) => {
                let is_refreshed = inputs.is_refreshed || outputs.is_refreshed;
                let record = Self { inputs: inputs.value, outputs: outputs.value, ..last };
                if is_refreshed {
                    record.save(root);
                }
                Ok(record)
            }
            None => Err(last.outputs),
        }
    }

    fn verified(&self, root: &Path, output: &Path, key: &str) -> Option<(Verified<Inputs>, Verified<Outputs>)> {
        if self.key != key {
            return None;
        }
        let inputs = self.inputs.verified(&fs::canonicalize(root).ok()?)?;
        // No other build may write while the outputs are checked.
        let _lock = Lock::acquire(output).ok()?;
        Some((inputs, self.verified_outputs(output)?))
    }

    fn verified_outputs(&self, output: &Path) -> Option<Verified<Outputs>> {
        let is_absent = |name: &str| fs::symlink_metadata(output.join(name)).is_err();
        let paths = self.outputs.paths();
        if ![STAGING, PUBLISHING].into_iter().all(is_absent) || manifest::read(output).ok()? != Some(paths.clone()) {
            return None;
        }
        let mut folders = LinkFreeFolders::new(output);
        if !ancestors(paths.iter()).into_iter().all(|folder| folders.contains(folder)) {
            return None;
        }
        self.outputs.verified(output)
    }

    fn load(root: &Path) -> Option<Self> {
        let (mut file, _) = open_unlinked(&root.join(FOLDER).join(FILE)).ok()?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Writes the record. That a project can't be written to is no error: its next build takes longer.
    pub fn save(&self, root: &Path) {
        let folder = root.join(FOLDER);
        let save = || {
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                created => created?,
            }
            if !fs::symlink_metadata(&folder)?.is_dir() {
                return Err(ErrorKind::NotADirectory.into());
            }
            let ignore = folder.join(".gitignore");
            if !ignore.exists() {
                fs::write(ignore, "# Made by Stepladder; safe to delete.\n*\n")?;
            }
            let temporary = folder.join(format!("{FILE}-{}", std::process::id()));
            let mut file = fs::File::create_new(&temporary)?;
            let written = file.write_all(&serde_json::to_vec(self)?);
            let renamed = written.and_then(|()| fs::rename(&temporary, folder.join(FILE)));
            renamed.inspect_err(|_| _ = fs::remove_file(&temporary))
        };
        let _: io::Result<()> = save();
    }
}
