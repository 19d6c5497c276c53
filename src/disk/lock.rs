//! A lock that prevents two builds from writing to one output folder at the same time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::file_error::writing;
use super::reserved::LOCK;

/// An exclusive lock on an output folder, released on drop.
///
/// It is an advisory lock of the operating system on an open file, which also stores the process id for error messages.
/// When a build crashes, the system releases the lock and only the file remains. On file systems without locks, several
/// builds can write at once.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Acquires the lock of a folder without waiting.
    ///
    /// # Errors
    /// [`WriteError::Busy`] while another process has the lock.
    pub(super) fn acquire(folder: &Path) -> Result<Self, WriteError> {
        let path = folder.join(LOCK);
        if fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Err(WriteError::Symlink { path });
        }
        loop {
            let Some(mut file) = open(&path).map_err(writing(&path))? else { continue };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let process = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
                    return Err(WriteError::Busy { folder: folder.to_path_buf(), process });
                }
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(writing(&path)(error).into()),
            }
            if is_at(&file, &path) {
                file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(writing(&path))?;
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // On other systems than Unix, `is_at` can't distinguish a removed file from its successor, so the file stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Creates the file or opens the existing one. Returns `None` if it is removed in between.
fn open(path: &Path) -> io::Result<Option<File>> {
    match OpenOptions::new().read(true).write(true).create_new(true).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        created => return created.map(Some),
    }
    match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some),
    }
}

/// Returns whether the path still refers to the open file. The previous owner may have removed it after it was opened
/// here and before it was locked.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(at_path)) => identity(open) == identity(at_path),
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
    fn the_lock_is_exclusive_and_the_error_has_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::acquire(folder.path()).unwrap();
        let refused = Lock::acquire(folder.path()).unwrap_err();
        assert!(matches!(refused, WriteError::Busy { process: Some(id), .. } if id == std::process::id()), "{refused}");
        assert!(refused.to_string().contains("another build (process "));
        drop(lock);
        Lock::acquire(folder.path()).unwrap();
    }

    #[test]
    fn an_interrupted_build_leaves_its_file_but_not_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOCK), "4711\n").unwrap();
        let _lock = Lock::acquire(folder.path()).unwrap();
        let process = fs::read_to_string(folder.path().join(LOCK)).unwrap();
        assert_eq!(process, format!("{}\n", std::process::id()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("mine");
        fs::write(&elsewhere, "mine").unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.path().join(LOCK)).unwrap();
        assert!(matches!(Lock::acquire(folder.path()), Err(WriteError::Symlink { .. })));
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    }

    #[test]
    fn concurrent_builds_never_have_the_lock_together() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let (holders, acquired) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let Ok(lock) = Lock::acquire(folder.path()) else { continue };
                        assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                        acquired.fetch_add(1, Ordering::SeqCst);
                        holders.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert!(acquired.into_inner() > 0);
    }
}
