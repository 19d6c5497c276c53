//! Names of Stepladder's own files in an output folder.

/// The prefix of all reserved names: the manifest, the lock file, temporary files.
pub(super) const PREFIX: &str = ".stepladder-";

/// The name of the manifest.
pub(super) const MANIFEST: &str = ".stepladder-manifest";

/// The name of the lock file.
pub(super) const LOCK: &str = ".stepladder-lock";

/// The prefix of temporary files, followed by a number.
pub(super) const TEMPORARY_PREFIX: &str = ".stepladder-tmp-";
