//! Opening regular files without following symbolic links, and without waiting for the other end of a pipe.
//!
//! A path is checked before it is opened. In between, another process may put a link, a pipe or a device in its place, so
//! the check is repeated by the system while it opens the file, or afterwards on the open file.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Opens a file for reading by its canonical path. Neither the file nor a folder on the way may be a link by now.
///
/// # Errors
/// If there's no regular file at the path itself.
pub(crate) fn open_canonical(path: &Path) -> io::Result<(File, Metadata)> {
    regular(open_without_links(path)?)
}

/// Opens a file for reading that must not be a link itself; folders on the way may be links.
///
/// # Errors
/// If there's no regular file at the path.
pub(super) fn open_unlinked(path: &Path) -> io::Result<(File, Metadata)> {
    regular(open_without_link(path)?)
}

fn regular(file: File) -> io::Result<(File, Metadata)> {
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(io::Error::other("it isn't a regular file")) }
}

/// The error for a path that leads somewhere else than when it was checked.
fn replaced() -> io::Error {
    io::Error::other("it was replaced by a link while it was read; run the command again")
}

#[cfg(target_os = "linux")]
fn open_without_links(path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
    use rustix::io::Errno;

    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    match openat2(CWD, path, flags, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
        Ok(file) => Ok(file.into()),
        Err(Errno::LOOP) => Err(replaced()),
        // The system is older than this call, or a sandbox doesn't know it.
        Err(Errno::NOSYS | Errno::PERM) => open_and_compare(path),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn open_without_links(path: &Path) -> io::Result<File> {
    open_and_compare(path)
}

/// Opens a file, and then checks that its path is canonical and still leads to the open file.
fn open_and_compare(path: &Path) -> io::Result<File> {
    let file = open_without_link(path)?;
    if path.canonicalize()? == path && is_at(&file.metadata()?, path)? { Ok(file) } else { Err(replaced()) }
}

#[cfg(unix)]
fn open_without_link(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    use rustix::io::Errno;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).map_err(io::Error::other)?;
    let opened = File::options().read(true).custom_flags(flags).open(path);
    opened.map_err(|error| if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) { replaced() } else { error })
}

#[cfg(not(unix))]
fn open_without_link(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if path.symlink_metadata()?.is_symlink() { Err(replaced()) } else { Ok(file) }
}

/// Returns whether an open file is the one at a path.
#[cfg(unix)]
fn is_at(open: &Metadata, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let found = path.symlink_metadata()?;
    Ok((open.dev(), open.ino()) == (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn is_at(_: &Metadata, path: &Path) -> io::Result<bool> {
    Ok(path.symlink_metadata()?.is_file())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn links_pipes_and_folders_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let place = |name: &str| root.join(name);
        fs::create_dir(place("real")).unwrap();
        fs::write(place("real/file"), "text").unwrap();
        symlink("real/file", place("file-link")).unwrap();
        symlink("real", place("folder-link")).unwrap();
        assert!(Command::new("mkfifo").arg(place("pipe")).status().unwrap().success());
        for open in [open_without_links, open_and_compare, open_without_link] {
            let open = |name: &str| open(&place(name)).and_then(regular);
            assert!(open("real/file").is_ok());
            for name in ["file-link", "pipe", "real", "missing"] {
                assert!(open(name).is_err(), "{name}");
            }
        }
        for open in [open_without_links, open_and_compare] {
            assert!(open(&place("folder-link/file")).is_err());
        }
        assert!(open_without_link(&place("folder-link/file")).is_ok());
        assert!(open_canonical(&place("file-link")).unwrap_err().to_string().contains("replaced by a link"));
    }
}
