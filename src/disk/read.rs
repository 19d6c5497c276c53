//! Reading a project into a tree.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::file_error::read_error;
use super::list::{self, ListedFile};
use super::open::open_canonical;
use super::recorded_file::{FileState, InputFile, Inputs};
use crate::tree::{ActiveFormat, File, Tree, TreePath};

/// The extensions of files in `content/` whose content is read into memory.
const CONTENT_TEXT_EXTENSIONS: [&str; 2] = ["md", "css"];

/// The extensions of theme files whose content is read into memory.
const THEME_TEXT_EXTENSIONS: [&str; 6] = ["html", "xml", "txt", "yaml", "css", "js"];

/// Reads a project: its configuration and everything under `content/` and `themes/`, and which theme files are beside
/// these folders by mistake.
///
/// Texts (`stepladder.yaml`, Markdown, styles, drawings, a theme's templates and scripts) are read into memory; for all other files, the tree
/// has their location on disk. Left out are names with an [`Exclusion`](crate::tree::Exclusion) and links to one of their
/// own ancestors. Links that lead nowhere or out of the project are
/// [`Tree::symlinks`]. A missing part of the project is no error. A part that is such a link is one, because the rest would
/// be incomplete.
///
/// # Errors
/// The first file in path order that can't be read, is neither file nor folder, or whose name isn't Unicode. The message names the path.
pub fn read(root: &Path) -> io::Result<Tree> {
    read_recorded(root).map(|(tree, _)| tree)
}

/// Reads a project as [`read`] does; also returns the state of each file before it was read.
///
/// # Errors
/// As [`read`].
pub fn read_recorded(root: &Path) -> io::Result<(Tree, Inputs)> {
    let now = SystemTime::now();
    let root = fs::canonicalize(root).map_err(|error| read_error(root, &error))?;
    let listing = list::project(&root, &mut |_| ())?;
    let load = |listed: &ListedFile| {
        let loaded = load(listed).transpose()?;
        let with_state = |(file, metadata): (File, Metadata)| {
            let content = match &file {
                File::Bytes(bytes) => Some(xxh3_128(bytes)),
                File::OnDisk(_) => None,
            };
            let input = InputFile::new(listed, FileState::new(&metadata, content, now));
            (listed.path.clone(), file, input)
        };
        Some(loaded.map(with_state))
    };
    // Collected before it is checked, so that the error is the same with any number of threads.
    let files: Vec<io::Result<_>> = listing.files.par_iter().filter_map(load).collect();
    let (mut tree, mut inputs) = (Tree::default(), Vec::with_capacity(files.len()));
    for file in files {
        let (path, file, input) = file?;
        tree.insert(path, file);
        inputs.push(input);
    }
    let inputs = Inputs::new(inputs, &listing);
    tree.replace_symlinks(listing.unresolved);
    Ok((tree, inputs))
}

/// Reads the content of a text, or refers to an asset by its location. Returns `None` for a file that was removed since it
/// was listed.
pub(crate) fn load_file(file: &ListedFile) -> io::Result<Option<File>> {
    if !is_text(&file.path) {
        return Ok(Some(File::OnDisk(file.location.clone())));
    }
    Ok(load(file)?.map(|(file, _)| file))
}

/// Loads a file with its metadata, which was taken before the content was read.
fn load(file: &ListedFile) -> io::Result<Option<(File, Metadata)>> {
    let loaded = if is_text(&file.path) {
        read_bytes(&file.location).map(|(bytes, metadata)| (File::from(bytes), metadata))
    } else {
        fs::symlink_metadata(&file.location).map(|metadata| (File::OnDisk(file.location.clone()), metadata))
    };
    match loaded {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        loaded => loaded.map(Some).map_err(|error| read_error(&file.location, &error)),
    }
}

fn read_bytes(location: &Path) -> io::Result<(Vec<u8>, Metadata)> {
    let (mut file, metadata) = open_canonical(location)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    file.read_to_end(&mut bytes)?;
    Ok((bytes, metadata))
}

/// Returns whether a file's content is read into memory.
pub(crate) fn is_text(path: &TreePath) -> bool {
    let extension = path.name().rsplit_once('.').map_or("", |(_, extension)| extension);
    match path.as_str().split('/').next() {
        Some("content") => {
            CONTENT_TEXT_EXTENSIONS.contains(&extension)
                || ActiveFormat::of(path.as_str()).is_some_and(ActiveFormat::is_checked)
        }
        Some("themes") => THEME_TEXT_EXTENSIONS.contains(&extension),
        // Only their paths matter.
        Some("templates" | "assets") => false,
        _ => true,
    }
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

    fn listed(path: &str, location: PathBuf) -> ListedFile {
        ListedFile { path: TreePath::normalized(path), location }
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
    #[cfg(unix)]
    fn of_folders_beside_the_themes_only_what_could_be_part_of_one_is_listed() {
        let listed = ["assets/a/style.css", "templates/a.html"];
        let root = project(&[&listed[..], &["assets/logo.png", "assets/.a.css", "templates/a.md"]].concat());
        std::os::unix::fs::symlink("/", root.path().join("assets/outside")).unwrap();
        let tree = read(root.path()).unwrap();
        assert_eq!(paths(&tree), listed);
        assert!(tree.symlinks().is_empty() && tree.iter().all(|(_, file)| matches!(file, File::OnDisk(_))));
    }

    #[test]
    fn texts_are_read_into_memory_and_assets_are_not() {
        let texts = [
            "content/a.md",
            "content/a.css",
            "content/a.SVG",
            "stepladder.yaml",
            "themes/x/a.css",
            "themes/x/a.html",
            "themes/x/a.js",
            "themes/x/a.txt",
        ];
        let assets = ["content/a.html", "content/a.png", "content/md", "themes/x/b.woff2"];
        let root = project(&[&texts[..], &assets[..]].concat());
        let tree = read(root.path()).unwrap();
        assert_eq!(tree.len(), 12);
        for path in texts {
            assert!(tree.bytes(&TreePath::normalized(path)).is_some(), "{path}");
        }
        for path in assets {
            let Some(File::OnDisk(place)) = tree.get(&TreePath::normalized(path)) else { panic!("{path}") };
            assert!(place.is_absolute() && place.ends_with(path));
        }
    }

    #[test]
    fn hidden_temporary_and_system_files_are_left_out() {
        let published = ["content/.nojekyll", "content/.well-known/security.txt", "content/a.md"];
        let left_out = [
            "content/.b.md.swp",
            "content/.git/x.md",
            "content/_drafts/x.md",
            "content/ic/_x.png",
            "content/b.md~",
            "content/d~/e.md",
            "content/#a.md#",
            "content/~$a.docx",
            "content/Thumbs.db",
        ];
        let root = project(&[&published[..], &left_out[..], &["themes/x/templates/_part.html"]].concat());
        let expected = [&published[..], &["themes/x/templates/_part.html"]].concat();
        assert_eq!(paths(&read(root.path()).unwrap()), expected);
    }

    #[test]
    fn a_missing_root_is_an_error_and_a_missing_part_is_not() {
        let root = project(&[]);
        assert!(read(root.path()).unwrap().is_empty());
        let missing = root.path().join("nowhere");
        assert!(read(&missing).unwrap_err().to_string().contains("nowhere"));
    }

    #[test]
    fn a_file_that_was_removed_since_it_was_listed_is_ignored() {
        assert!(load_file(&listed("content/a.md", "/nowhere/a.md".into())).unwrap().is_none());
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::symlink;

        use super::*;
        use crate::tree::SymlinkProblem;

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
            symlink("user@host", content.join(".#a.md")).unwrap();
            let tree = read(root.path()).unwrap();
            assert_eq!(paths(&tree), ["content/a.md", "content/c.md", "content/s/b.md"]);
            let unresolved = tree.symlinks().iter().map(|(path, link)| (path.as_str(), link.reason));
            let expected = [
                ("content/n.md", SymlinkProblem::Missing),
                ("content/out", SymlinkProblem::Outside),
                ("content/out-too", SymlinkProblem::Outside),
                ("content/secret.md", SymlinkProblem::Outside),
                ("content/self.md", SymlinkProblem::Circular),
            ];
            assert_eq!(unresolved.collect::<Vec<_>>(), expected);
            assert_eq!(tree.symlinks()[&TreePath::normalized("content/n.md")].target, "nowhere.md");
        }

        #[test]
        fn link_cycles_end() {
            let root = project(&["content/a.md", "content/deep/b.md", "shared/x/c.md"]);
            symlink("..", root.path().join("content/deep/up")).unwrap();
            symlink("../shared", root.path().join("content/s")).unwrap();
            symlink("../../content", root.path().join("shared/x/back")).unwrap();
            let expected = ["content/a.md", "content/deep/b.md", "content/s/x/c.md"];
            let tree = read(root.path()).unwrap();
            assert_eq!(paths(&tree), expected);
            assert!(tree.symlinks().is_empty());
        }

        #[test]
        fn a_content_folder_that_links_nowhere_or_outside_the_project_is_an_error() {
            let (outside, root) = (project(&["a.md"]), project(&["stepladder.yaml"]));
            symlink(outside.path(), root.path().join("content")).unwrap();
            assert!(read(root.path()).unwrap_err().to_string().contains("outside the project"));
            symlink("nowhere", root.path().join("themes")).unwrap();
            fs::remove_file(root.path().join("content")).unwrap();
            assert!(read(root.path()).unwrap_err().to_string().contains("a link to nowhere, which doesn't exist"));
        }

        #[test]
        fn a_content_folder_may_link_inside_the_project() {
            let root = project(&["docs/a.md"]);
            symlink("docs", root.path().join("content")).unwrap();
            symlink("../content", root.path().join("docs/again")).unwrap();
            assert_eq!(paths(&read(root.path()).unwrap()), ["content/a.md"]);
        }

        #[test]
        fn a_name_that_is_not_unicode_is_an_error_with_the_path() {
            use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
            let root = project(&["content/a.md"]);
            fs::write(root.path().join("content").join(OsStr::from_bytes(b"bad-\xff.md")), "x").unwrap();
            let error = read(root.path()).unwrap_err().to_string();
            assert!(error.contains("bad-") && error.contains("isn't valid Unicode"), "{error}");
        }

        #[test]
        fn special_files_are_errors_unless_their_names_are_left_out() {
            let root = project(&["content/a.md"]);
            let bind =
                |name: &str| std::os::unix::net::UnixListener::bind(root.path().join("content").join(name)).unwrap();
            let _hidden = bind(".socket.md");
            assert_eq!(paths(&read(root.path()).unwrap()), ["content/a.md"]);
            let _socket = bind("socket.md");
            let error = read(root.path()).unwrap_err().to_string();
            assert!(error.contains("content/socket.md`: it's neither a file nor a folder"), "{error}");
        }
    }

    #[test]
    fn an_unreadable_file_is_an_error_with_the_path() {
        let root = project(&["content/folder.md/x.png"]);
        let place = root.path().join("content/folder.md");
        let error = load_file(&listed("content/folder.md", place)).unwrap_err();
        assert!(error.to_string().contains("folder.md"), "{error}");
    }
}
