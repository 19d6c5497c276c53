//! The files of a project and of its site as they were at a build, and the check that they still are.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use super::file_stamp::FileStamp;
use super::list::{self, Listing};
use super::manifest::Paths;
use super::open::{open_canonical, open_unlinked};
use crate::tree::TreePath;

/// The bytes of a file that are in memory while it is hashed.
const CHUNK_BYTES: usize = 64 << 10;

/// The hash of a file's content.
pub(super) type ContentHash = u128;

/// A file as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileState {
    /// The digest of its stamp.
    stamp: u64,
    /// Whether any later write is certain to give another stamp.
    is_certain: bool,
    length: u64,
    /// The hash of its content; none for an asset that wasn't copied.
    content: Option<ContentHash>,
}

/// A value that was found to be valid, perhaps with other stamps.
pub(super) struct Verified<T> {
    pub(super) value: T,
    pub(super) is_refreshed: bool,
}

impl FileState {
    /// The state of a file whose metadata was taken at `now`, before its content was read.
    pub(super) fn new(metadata: &Metadata, content: Option<ContentHash>, now: SystemTime) -> Self {
        let stamp = FileStamp::from(metadata);
        Self { stamp: stamp.digest(), is_certain: stamp.is_certain(now), length: metadata.len(), content }
    }

    /// Returns whether a file with this metadata certainly has this content.
    fn is_certainly(self, metadata: &Metadata, content: ContentHash) -> bool {
        self.is_certain && self.content == Some(content) && FileStamp::from(metadata).digest() == self.stamp
    }

    /// Returns the file's state now if its content is certainly the same. It's read only if the stamp doesn't suffice.
    fn verified(
        self,
        location: &Path,
        open: impl Fn(&Path) -> io::Result<(File, Metadata)>,
        now: SystemTime,
    ) -> Option<Self> {
        let metadata = fs::symlink_metadata(location).ok().filter(Metadata::is_file)?;
        if self.is_certain && FileStamp::from(&metadata).digest() == self.stamp {
            return Some(self);
        }
        let content = self.content.filter(|_| metadata.len() == self.length)?;
        let (mut file, metadata) = open(location).ok()?;
        let is_same = hash_of(&mut file).ok()? == content;
        is_same.then(|| Self::new(&metadata, Some(content), now))
    }
}

/// The hash of the rest of a file.
fn hash_of(file: &mut File) -> io::Result<ContentHash> {
    let mut hash = Xxh3Default::new();
    let mut buffer = vec![0; CHUNK_BYTES];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.digest128()),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// The files that a project was read from, sorted by path, and its symbolic links that can't be followed.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    files: Vec<InputFile>,
    unresolved: String,
}

/// A file of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InputFile {
    path: String,
    /// The canonical path on disk.
    location: PathBuf,
    state: FileState,
}

impl InputFile {
    pub(super) fn new(file: &list::ListedFile, state: FileState) -> Self {
        Self { path: file.path.as_str().to_owned(), location: file.location.clone(), state }
    }
}

impl Inputs {
    /// The files of a listing, with their states.
    pub(super) fn new(mut files: Vec<InputFile>, listing: &Listing) -> Self {
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Self { files, unresolved: unresolved(listing) }
    }

    /// Sets the contents of assets, by their places on disk. They may differ from those at the time of the listing: what
    /// counts is what was copied.
    pub(super) fn set_contents(&mut self, assets: &HashMap<PathBuf, ContentHash>) {
        for file in self.files.iter_mut().filter(|file| file.state.content.is_none()) {
            file.state.content = assets.get(&file.location).copied();
        }
    }

    /// Returns the inputs with their states now if a project still consists of them.
    pub(super) fn verified(&self, root: &Path) -> Option<Verified<Self>> {
        let now = SystemTime::now();
        let mut listing = list::project(root, &mut |_| ()).ok()?;
        listing.files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        if listing.files.len() != self.files.len() || unresolved(&listing) != self.unresolved {
            return None;
        }
        let pairs = self.files.par_iter().zip(&listing.files);
        let verified = pairs.map(|(known, found)| {
            let state = known.state.verified(&found.location, open_canonical, now)?;
            let is_same = |file: &InputFile| (&file.path, &file.location) == (&known.path, &known.location);
            Some(InputFile::new(found, state)).filter(is_same)
        });
        let files: Vec<InputFile> = verified.collect::<Option<_>>()?;
        let is_refreshed = files != self.files;
        Some(Verified { value: Self { files, unresolved: self.unresolved.clone() }, is_refreshed })
    }
}

fn unresolved(listing: &Listing) -> String {
    if listing.unresolved.is_empty() { String::new() } else { format!("{:?}", listing.unresolved) }
}

/// The files of a site, sorted by path.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outputs(Vec<(String, FileState)>);

impl Outputs {
    /// The files of a site that was just written to a folder, with the hashes of their contents.
    pub(super) fn new(output: &Path, mut written: Vec<(TreePath, ContentHash)>) -> io::Result<Self> {
        let now = SystemTime::now();
        written.sort_unstable();
        let state = |(path, content): (TreePath, ContentHash)| {
            let metadata = fs::symlink_metadata(output.join(path.as_str()))?;
            Ok((path.as_str().to_owned(), FileState::new(&metadata, Some(content), now)))
        };
        written.into_par_iter().map(state).collect::<io::Result<_>>().map(Self)
    }

    /// Returns whether the file at `path`, which has this metadata now, certainly has this content.
    pub(super) fn have(&self, path: &TreePath, metadata: &Metadata, content: ContentHash) -> bool {
        let found = self.0.binary_search_by(|(known, _)| known.as_str().cmp(path.as_str()));
        found.is_ok_and(|at| self.0[at].1.is_certainly(metadata, content))
    }

    /// The paths of the files.
    pub(super) fn paths(&self) -> Paths {
        self.0.iter().map(|(path, _)| TreePath::normalized(path)).collect()
    }

    /// The number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the files with their states now if all of them still have the same content.
    pub(super) fn verified(&self, output: &Path) -> Option<Verified<Self>> {
        let now = SystemTime::now();
        let verified = self
            .0
            .par_iter()
            .map(|(path, state)| Some((path.clone(), state.verified(&output.join(path), open_unlinked, now)?)));
        let files: Vec<_> = verified.collect::<Option<_>>()?;
        let is_refreshed = files != self.0;
        Some(Verified { value: Self(files), is_refreshed })
    }
}
