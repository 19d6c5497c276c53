//! File systems that others change without a word to this machine: network folders, those of a virtual machine's host.

use std::path::{Path, PathBuf};

/// Kinds of file systems whose changes made elsewhere raise no events here, as `/proc/mounts` names them.
const SILENT: [&str; 16] = [
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

/// The file system of a project that raises no events for all changes, in words.
pub(super) fn silent(root: &Path) -> Option<String> {
    // Only Linux has this file; elsewhere nothing is known, and `--poll` is the way.
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    among(&mounts, root)
}

/// Looks at the mount that holds the project, and at those inside it.
fn among(mounts: &str, root: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((PathBuf::from(unescaped(words.next()?)), words.next()?))
    });
    let mounts: Vec<_> = mounts.collect();
    // Of two mounts at one place, the later one is seen.
    let holding =
        mounts.iter().filter(|(place, _)| root.starts_with(place)).max_by_key(|(place, _)| place.iter().count());
    let inside = mounts.iter().filter(|(place, _)| place != root && is_looked_at(place, root));
    let (place, kind) = holding.into_iter().chain(inside).find(|(_, kind)| is_silent(kind))?;
    Some(format!("{} is a {kind} file system, which doesn't report every change", place.display()))
}

fn is_looked_at(place: &Path, root: &Path) -> bool {
    place.strip_prefix(root).is_ok_and(crate::disk::list::is_project_path)
}

/// A file system in a program (FUSE) may have its files anywhere; those on a disk of this machine are named `fuseblk`.
fn is_silent(kind: &str) -> bool {
    SILENT.contains(&kind) || kind.starts_with("fuse.")
}

/// A path as it stands in the table: spaces and the like are written as `\040`, a number in base 8.
fn unescaped(path: &str) -> String {
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
        among(MOUNTS, Path::new(root))
    }

    #[test]
    fn the_nearest_mount_decides() {
        assert!(kind("/home/me/guide").is_some_and(|reason| reason.starts_with("/home is a nfs4 file system")));
        assert!(kind("/mnt/c/guide").is_some_and(|reason| reason.contains("9p")));
        for local in ["/opt/guide", "/home/me/fast disk/guide", "/mnt/ntfs", "/twice/guide", "/homes"] {
            assert_eq!(kind(local), None, "{local}");
        }
    }

    #[test]
    fn a_mount_in_the_content_counts_and_one_in_the_output_does_not() {
        assert!(kind("/srv/guide").is_some_and(|reason| reason.contains("content/shared is a fuse.sshfs")));
        assert!(among("other: /srv/guide/public nfs rw 0 0\n", Path::new("/srv/guide")).is_none());
    }

    #[test]
    fn a_path_may_hold_spaces_and_backslashes() {
        assert_eq!(unescaped("/a\\040b\\134c\\0"), "/a b\\c\\0");
    }
}
