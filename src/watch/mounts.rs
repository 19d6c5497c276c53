//! Detects file systems that raise no events for changes made on other machines, such as network folders and those that
//! the host of a virtual machine shares.

use std::path::{Path, PathBuf};

/// The file system types whose remote changes raise no events, by their names in `/proc/mounts`.
const REMOTE_FILE_SYSTEMS: [&str; 16] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "drvfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
];

/// The reason why a project has to be polled, if a file system that holds a part of it raises no events for some
/// changes.
pub(super) fn poll_reason(root: &Path) -> Option<String> {
    // Only Linux has this file. On other systems, users need the option `--poll`.
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    poll_reason_from(&mounts, root)
}

/// Checks the mount that holds the project, and the mounts inside the project. `mounts` has the format of
/// `/proc/mounts`.
fn poll_reason_from(mounts: &str, root: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((PathBuf::from(unescape(fields.next()?)), fields.next()?))
    });
    let mounts: Vec<_> = mounts.collect();
    // Of two mounts at one path, the later one hides the other.
    let holding = mounts.iter().filter(|(path, _)| root.starts_with(path)).max_by_key(|(path, _)| path.iter().count());
    let inside = mounts.iter().filter(|(path, _)| path != root && is_project_path(path, root));
    let (path, kind) = holding.into_iter().chain(inside).find(|(_, kind)| is_remote(kind))?;
    Some(format!("{} is a {kind} file system, which doesn't report every change", path.display()))
}

fn is_project_path(path: &Path, root: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(crate::disk::list::is_project_path)
}

/// Returns whether remote changes may raise no events. FUSE file systems may keep their files anywhere, except for
/// those of type `fuseblk`, which are on a local disk.
fn is_remote(kind: &str) -> bool {
    REMOTE_FILE_SYSTEMS.contains(&kind) || kind.starts_with("fuse.")
}

/// Decodes the octal escapes of a path in `/proc/mounts`, such as `\040` for a space.
fn unescape(path: &str) -> String {
    let mut out = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..3).filter(|_| *byte == b'\\').and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        out.push(code.unwrap_or(*byte));
        rest = if code.is_some() { &after[3..] } else { after };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
        /dev/sda / ext4 rw 0 0\n\
        server:/home /home nfs4 rw 0 0\n\
        /dev/sdb /home/me/fast\\040disk ext4 rw 0 0\n\
        C:\\134 /mnt/c 9p rw,aname=drvfs 0 0\n\
        me@there: /srv/guide/content/shared fuse.sshfs rw 0 0\n\
        other: /srv/guide/public nfs rw 0 0\n\
        /dev/sdc /mnt/ntfs fuseblk rw 0 0\n\
        old: /twice nfs rw 0 0\n\
        /dev/sdd /twice ext4 rw 0 0\n";

    fn kind(root: &str) -> Option<String> {
        poll_reason_from(MOUNTS, Path::new(root))
    }

    #[test]
    fn the_innermost_mount_that_holds_the_project_counts() {
        assert!(kind("/home/me/guide").is_some_and(|reason| reason.starts_with("/home is a nfs4 file system")));
        assert!(kind("/mnt/c/guide").is_some_and(|reason| reason.contains("9p")));
        for local in ["/opt/guide", "/home/me/fast disk/guide", "/mnt/ntfs", "/twice/guide", "/homes"] {
            assert_eq!(kind(local), None, "{local}");
        }
    }

    #[test]
    fn a_mount_in_the_content_counts_and_one_in_the_output_does_not() {
        assert!(kind("/srv/guide").is_some_and(|reason| reason.contains("content/shared is a fuse.sshfs")));
        assert!(poll_reason_from("other: /srv/guide/public nfs rw 0 0\n", Path::new("/srv/guide")).is_none());
    }

    #[test]
    fn escaped_spaces_and_backslashes_in_paths_are_decoded() {
        assert_eq!(unescape("/a\\040b\\134c\\0"), "/a b\\c\\0");
    }
}
