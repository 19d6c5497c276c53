//! Names of Stepladder's own files in an output folder.

/// The prefix of all reserved names.
pub(super) const PREFIX: &str = ".stepladder-";

/// The name of the manifest.
pub(super) const MANIFEST: &str = ".stepladder-manifest";

/// The name of the lock file.
pub(super) const LOCK: &str = ".stepladder-lock";

/// The prefix of temporary files, followed by a number.
pub(super) const TEMPORARY_PREFIX: &str = ".stepladder-tmp-";

/// The name of the folder in which the files of a site are written, by their paths, before any is published.
pub(super) const STAGING: &str = ".stepladder-staging";

/// The name of the same folder once it's complete and its files are being published.
pub(super) const PUBLISHING: &str = ".stepladder-publishing";
