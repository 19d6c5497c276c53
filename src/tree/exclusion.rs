//! The names of files and folders that aren't part of a project, although they are in one of its folders.

/// The folder of a project in which names that begin with `_` are left out.
const CONTENT: &str = "content";

/// Names that begin with `.` and are published all the same: web servers expect them.
const PUBLISHED_DOT_NAMES: [&str; 2] = [".well-known", ".nojekyll"];

/// Name endings of temporary and backup files of editors. Some exist only for a moment, while the editor saves.
const EDITOR_FILE_ENDINGS: [&str; 5] = ["~", ".swp", ".tmp", "___jb_tmp___", "___jb_old___"];

/// The file that Vim creates and removes to find out whether a folder is writable.
const VIM_PROBE: &str = "4913";

/// The start of the names of files by which Microsoft Office locks a document.
const OFFICE_LOCK_START: &str = "~$";

/// Files that operating systems create in folders, in lower case.
const SYSTEM_FILES: [&str; 3] = ["thumbs.db", "ehthumbs.db", "desktop.ini"];

/// The page of a folder as Hugo and Zola name it. It isn't left out, so that it can be reported.
pub const SECTION_PAGE: &str = "_index.md";

/// The reason why a file or folder isn't part of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exclusion {
    /// Its name begins with `.`, or with `_` in `content/`.
    Hidden,
    /// It's a temporary file of an editor or of an office program.
    Temporary,
    /// It's a file that operating systems create.
    System,
}

impl Exclusion {
    /// The reason why a file or folder with a name isn't part of a project, if it isn't. `folder` is its folder in the
    /// project.
    #[must_use]
    pub fn of(folder: &str, name: &str) -> Option<Self> {
        let is_in_content = folder.split('/').next() == Some(CONTENT);
        if name.starts_with('.') && !PUBLISHED_DOT_NAMES.contains(&name)
            || is_in_content && name.starts_with('_') && name != SECTION_PAGE
        {
            return Some(Self::Hidden);
        }
        if EDITOR_FILE_ENDINGS.iter().any(|ending| name.ends_with(ending))
            || name == VIM_PROBE
            || name.starts_with(OFFICE_LOCK_START)
            || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
        {
            return Some(Self::Temporary);
        }
        SYSTEM_FILES.contains(&name.to_ascii_lowercase().as_str()).then_some(Self::System)
    }

    /// The first name in a path of `content/` that isn't part of a project, and the reason.
    #[must_use]
    pub fn in_content(path: &str) -> Option<(&str, Self)> {
        path.split('/').find_map(|name| Some((name, Self::of(CONTENT, name)?)))
    }

    /// The reason in words, after a name.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Hidden => "names that begin with `_` or `.` are left out",
            Self::Temporary => "temporary files of editors and office programs are left out",
            Self::System => "files that operating systems create are left out",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_temporary_and_system_files_are_left_out() {
        for name in ["_drafts", "_x.md", ".git", ".DS_Store", "._x.md"] {
            assert_eq!(Exclusion::of("content/ic", name), Some(Exclusion::Hidden), "{name}");
        }
        for name in ["x.md~", "x.swp", "x.tmp", "4913", "#x#", "~$x.docx", "a.md___jb_tmp___", "a.md___jb_old___"] {
            assert_eq!(Exclusion::of("themes/x", name), Some(Exclusion::Temporary), "{name}");
        }
        for name in ["Thumbs.db", "THUMBS.DB", "desktop.ini", "Desktop.ini", "ehthumbs.db"] {
            assert_eq!(Exclusion::of("content", name), Some(Exclusion::System), "{name}");
        }
    }

    #[test]
    fn other_files_are_part_of_a_project() {
        for name in [".well-known", ".nojekyll", "_index.md", "a_b.md", "#1.md", "#", "x.bak", "49130", "CNAME"] {
            assert_eq!(Exclusion::of("content", name), None, "{name}");
        }
        assert_eq!(Exclusion::of("themes/x/templates", "_part.html"), None);
    }

    #[test]
    fn a_path_is_left_out_by_any_of_its_names() {
        assert_eq!(Exclusion::in_content("ic/_old/a.md"), Some(("_old", Exclusion::Hidden)));
        assert_eq!(Exclusion::in_content(".well-known/a.txt"), None);
    }
}
