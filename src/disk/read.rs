//! A project's files, as a tree.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::list::{self, Found};
use crate::tree::{File, Tree, TreePath};

/// Endings of the theme files that are held in memory.
const THEME_TEXTS: [&str; 5] = ["html", "xml", "txt", "yaml", "css"];

/// Reads a project: its configuration and everything under `content/` and `themes/`.
///
/// Texts (`stepladder.yaml`, Markdown, a theme's templates and styles) are held in memory, all else is named by its
/// place on disk. Left out are hidden names, what editors leave behind, what is neither file nor folder, links to
/// nowhere, and links that lead out of the project or back to a folder they are in. A part of the project that is
/// missing is just not there; one that links out of it is an error, for what is left would not be the project.
///
/// # Errors
/// What can't be read, and a name that is not Unicode. The message names the path.
pub fn read(root: &Path) -> io::Result<Tree> {
    let root = fs::canonicalize(root).map_err(|error| about(root, &error))?;
    let list = list::project(&root, &mut |_| ())?;
    let file = |found: Found| load(&found).map(|file| file.map(|file| (found.path, file))).transpose();
    // Of several errors, the first in the order of the list is told, not the one that was met first.
    let files: Vec<io::Result<_>> = list.files.into_par_iter().filter_map(file).collect();
    files.into_iter().collect()
}

/// Reads a text and names an asset; `None` when the file has gone since it was listed.
pub(crate) fn load(found: &Found) -> io::Result<Option<File>> {
    if !is_text(&found.path) {
        return Ok(Some(File::OnDisk(found.place.clone())));
    }
    match fs::read(&found.place) {
        Ok(bytes) => Ok(Some(bytes.into())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(about(&found.place, &error)),
    }
}

/// Whether a file is held in memory.
pub(crate) fn is_text(path: &TreePath) -> bool {
    let ending = path.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    match path.as_str().split('/').next() {
        Some("content") => ending == "md",
        Some("themes") => THEME_TEXTS.contains(&ending),
        _ => true,
    }
}

/// Says which path an error of the system is about.
pub(crate) fn about(path: &Path, error: &io::Error) -> io::Error {
    let reason = match error.kind() {
        ErrorKind::PermissionDenied => "permission denied; change its permissions so that you can read it".to_owned(),
        _ => error.to_string(),
    };
    io::Error::new(error.kind(), format!("can't read {}: {reason}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let place = root.path().join(file);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, format!("text of {file}")).unwrap();
        }
        root
    }

    fn found(path: &str, place: PathBuf) -> Found {
        Found { path: TreePath::normalized(path), place }
    }

    fn paths(tree: &Tree) -> Vec<&str> {
        tree.iter().map(|(path, _)| path.as_str()).collect()
    }

    #[test]
    fn a_project_is_its_configuration_content_and_themes() {
        let root = project(&["stepladder.yaml", "content/ic/a.md", "themes/x/t.html", "README.md", "public/a.html"]);
        let tree = read(root.path()).unwrap();
        assert_eq!(paths(&tree), ["content/ic/a.md", "stepladder.yaml", "themes/x/t.html"]);
        assert_eq!(tree.bytes(&TreePath::normalized("content/ic/a.md")).unwrap()[..], *b"text of content/ic/a.md");
    }

    #[test]
    fn texts_are_held_in_memory_and_assets_are_named() {
        let texts = ["content/a.md", "stepladder.yaml", "themes/x/a.css", "themes/x/a.html", "themes/x/a.txt"];
        let assets = ["content/a.html", "content/a.png", "content/md", "themes/x/a.js", "themes/x/b.woff2"];
        let root = project(&[texts, assets].concat());
        let tree = read(root.path()).unwrap();
        assert_eq!(tree.len(), 10);
        for path in texts {
            assert!(tree.bytes(&TreePath::normalized(path)).is_some(), "{path}");
        }
        for path in assets {
            let Some(File::OnDisk(place)) = tree.get(&TreePath::normalized(path)) else { panic!("{path}") };
            assert!(place.is_absolute() && place.ends_with(path));
        }
    }

    #[test]
    fn hidden_names_and_what_editors_leave_are_left_out() {
        let root = project(&[
            "content/a.md",
            "content/.b.md.swp",
            "content/.git/x.md",
            "content/b.md~",
            "content/b.swp",
            "content/c.tmp",
            "content/d~/e.md",
            "content/#a.md#",
            "content/4913",
            "content/a.md___jb_tmp___",
            "content/a.md___jb_old___",
        ]);
        assert_eq!(paths(&read(root.path()).unwrap()), ["content/a.md"]);
    }

    #[test]
    fn a_missing_root_is_an_error_and_a_missing_part_is_not() {
        let root = project(&[]);
        assert!(read(root.path()).unwrap().is_empty());
        let missing = root.path().join("nowhere");
        assert!(read(&missing).unwrap_err().to_string().contains("nowhere"));
    }

    #[test]
    fn a_file_that_has_gone_since_it_was_listed_is_left_out() {
        assert!(load(&found("content/a.md", "/nowhere/a.md".into())).unwrap().is_none());
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::symlink;

        use super::*;

        #[test]
        fn links_are_followed_inside_the_project_only() {
            let outside = project(&["secret.md", "more/secret.md"]);
            let root = project(&["content/a.md", "shared/b.md"]);
            let content = root.path().join("content");
            symlink("../shared", content.join("s")).unwrap();
            symlink("a.md", content.join("c.md")).unwrap();
            symlink("nowhere.md", content.join("n.md")).unwrap();
            symlink("self.md", content.join("self.md")).unwrap();
            symlink(outside.path().join("secret.md"), content.join("secret.md")).unwrap();
            symlink(outside.path(), content.join("out")).unwrap();
            symlink("../content/out/more", content.join("out-too")).unwrap();
            assert_eq!(paths(&read(root.path()).unwrap()), ["content/a.md", "content/c.md", "content/s/b.md"]);
        }

        #[test]
        fn loops_end() {
            let root = project(&["content/a.md", "content/deep/b.md", "shared/x/c.md"]);
            symlink("..", root.path().join("content/deep/up")).unwrap();
            symlink("../shared", root.path().join("content/s")).unwrap();
            symlink("../../content", root.path().join("shared/x/back")).unwrap();
            let expected = ["content/a.md", "content/deep/b.md", "content/s/x/c.md"];
            assert_eq!(paths(&read(root.path()).unwrap()), expected);
        }

        #[test]
        fn content_that_lies_outside_is_an_error() {
            let (outside, root) = (project(&["a.md"]), project(&["stepladder.yaml"]));
            symlink(outside.path(), root.path().join("content")).unwrap();
            assert!(read(root.path()).unwrap_err().to_string().contains("outside the project"));
        }

        #[test]
        fn content_may_be_a_link_inside_the_project_and_still_not_loop() {
            let root = project(&["docs/a.md"]);
            symlink("docs", root.path().join("content")).unwrap();
            symlink("../content", root.path().join("docs/again")).unwrap();
            assert_eq!(paths(&read(root.path()).unwrap()), ["content/a.md"]);
        }

        #[test]
        fn a_name_that_is_not_unicode_is_an_error_that_names_it() {
            use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
            let root = project(&["content/a.md"]);
            fs::write(root.path().join("content").join(OsStr::from_bytes(b"bad-\xff.md")), "x").unwrap();
            let error = read(root.path()).unwrap_err().to_string();
            assert!(error.contains("bad-") && error.contains("isn't valid Unicode"), "{error}");
        }

        #[test]
        fn what_is_neither_file_nor_folder_is_left_out() {
            let root = project(&["content/a.md"]);
            let _socket = std::os::unix::net::UnixListener::bind(root.path().join("content/socket.md")).unwrap();
            assert_eq!(paths(&read(root.path()).unwrap()), ["content/a.md"]);
        }
    }

    #[test]
    fn an_unreadable_file_is_an_error_that_names_it() {
        let root = project(&["content/folder.md/x.png"]);
        let place = root.path().join("content/folder.md");
        let error = load(&found("content/folder.md", place)).unwrap_err();
        assert!(error.to_string().contains("folder.md"), "{error}");
    }
}
