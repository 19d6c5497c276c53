//! The default theme, embedded in the program.

use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::tree::{File, Tree, TreePath};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

static THEME: LazyLock<Tree> = LazyLock::new(|| {
    let mut tree = Tree::default();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            tree.insert(TreePath::normalized(&path), File::Bytes(file.contents().into()));
        }
    }
    tree
});

/// The folder that diagnostics name for files of the default theme, which aren't in the project.
const FOLDER: &str = "(default theme)";

/// The path by which diagnostics name a file of the default theme.
pub(super) fn file(path: &str) -> TreePath {
    TreePath::normalized(&format!("{FOLDER}/{path}"))
}

/// The default theme, embedded at build time.
pub(super) fn theme() -> &'static Tree {
    &THEME
}
