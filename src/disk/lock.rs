//! One build at a time: a lock on a file in the output, which the system lets go when its process ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::{WriteError, at};

const NAME: &str = ".stepladder-lock";

/// The right to write to a folder, until dropped.
///
/// The lock is the system's, on the open file; the file only gives it a name and tells others the process. A build that
/// dies leaves the file but not the lock. On file systems without locks, builds are not kept apart.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
    left_behind: bool,
}

impl Lock {
    /// Takes the lock of a folder, or says who has it.
    pub(super) fn take(folder: &Path) -> Result<Self, WriteError> {
        let path = folder.join(NAME);
        if fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
            return Err(WriteError::Symlink { path });
        }
        loop {
            let Some((mut file, left_behind)) = open(&path).map_err(at(&path))? else { continue };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let process = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
                    return Err(WriteError::Busy { folder: folder.to_path_buf(), process });
                }
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
            }
            if is_at(&file, &path) {
                file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(at(&path))?;
                return Ok(Self { path, _file: file, left_behind });
            }
        }
    }

    /// Whether the file was there before: the build that made it died and may have left other things too.
    pub(super) fn left_behind(&self) -> bool {
        self.left_behind
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere than on Unix `is_at` can't tell a removed file from its successor, so there the file stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Makes the file, or opens the one that is there (`true`); `None` when it went away in between.
fn open(path: &Path) -> io::Result<Option<(File, bool)>> {
    match OpenOptions::new().read(true).write(true).create_new(true).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        made => return made.map(|file| Some((file, false))),
    }
    match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        opened => opened.map(|file| Some((file, true))),
    }
}

/// Whether the path still leads to the open file: its former holder may have removed it between opening and locking.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => identity(held) == identity(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_has_the_lock_and_the_other_learns_who() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let refused = Lock::take(folder.path()).unwrap_err();
        assert!(matches!(refused, WriteError::Busy { process: Some(id), .. } if id == std::process::id()), "{refused}");
        assert!(refused.to_string().contains("another build (process "));
        drop(lock);
        assert!(!Lock::take(folder.path()).unwrap().left_behind());
    }

    #[test]
    fn a_dead_build_leaves_a_file_and_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "4711\n").unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        assert!(lock.left_behind());
        let process = fs::read_to_string(folder.path().join(NAME)).unwrap();
        assert_eq!(process, format!("{}\n", std::process::id()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("mine");
        fs::write(&elsewhere, "mine").unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.path().join(NAME)).unwrap();
        assert!(matches!(Lock::take(folder.path()), Err(WriteError::Symlink { .. })));
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    }

    #[test]
    fn many_takers_never_have_it_together() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let (holders, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let Ok(lock) = Lock::take(folder.path()) else { continue };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                        taken.fetch_add(1, Ordering::SeqCst);
                        holders.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
