//! Files that are published although no page links to them.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Span, catalog};
use crate::guide::Guide;
use crate::link::{Mentions, Routes, UsedFiles};
use crate::page;
use crate::tree::{File, Tree, TreePath};

/// The largest number of files that one message names.
const MAX_NAMED_FILES: usize = 10;

/// The largest number of files that help suggests to list one by one.
const MAX_LISTED_FILES: usize = 3;

/// The warnings about files that nothing links to, and the inputs that they were derived from.
#[derive(Debug)]
pub(super) struct UnlinkedFiles {
    config: Arc<Config>,
    routes: Arc<Routes>,
    used: Arc<UsedFiles>,
    styles: Tree,
    theme: Arc<ThemeTexts>,
    diagnostics: Vec<Diagnostic>,
}

/// The texts of the project's theme, and the files that they mention.
#[derive(Debug)]
pub(super) struct ThemeTexts {
    files: Tree,
    /// Found when they're first needed: only files that no page uses may be mentioned here.
    mentions: OnceLock<Mentions>,
}

impl ThemeTexts {
    pub(super) fn new(files: Tree) -> Self {
        Self { files, mentions: OnceLock::new() }
    }

    fn mention(&self, file: &TreePath) -> bool {
        self.mentions.get_or_init(|| mentions_in(&self.files)).contain(file)
    }
}

impl UnlinkedFiles {
    /// The warnings for a guide and the texts of its theme; `last` are those of the guide before.
    pub(super) fn of(guide: &Guide, theme: &Arc<ThemeTexts>, last: Option<Self>) -> Self {
        let styles = guide.content.iter().filter(|(_, file)| matches!(file, File::Bytes(_)));
        let styles: Tree = styles.map(|(path, file)| (path.clone(), file.clone())).collect();
        let used = guide.links.used_files();
        let is_same = |last: &Self| {
            Arc::ptr_eq(&last.config, &guide.config)
                && Arc::ptr_eq(&last.routes, &guide.routes)
                && Arc::ptr_eq(&last.used, used)
                && Arc::ptr_eq(&last.theme, theme)
                && last.styles == styles
        };
        if let Some(last) = last.filter(is_same) {
            return last;
        }
        let mentions = LazyCell::new(|| mentions_in(&styles));
        let is_needless = |file: &&TreePath| {
            !used.contain(file)
                && !guide.config.assets.allow(file.as_str())
                && !mentions.contain(file)
                && !theme.mention(file)
        };
        let needless = guide.routes.assets.iter().filter(is_needless);
        let mut by_folder: BTreeMap<&str, Vec<&TreePath>> = BTreeMap::new();
        for file in needless {
            by_folder.entry(file.parent()).or_default().push(file);
        }
        let diagnostics = by_folder.into_iter().map(|(folder, files)| report(folder, &files)).collect();
        let (config, routes) = (Arc::clone(&guide.config), Arc::clone(&guide.routes));
        Self { config, routes, used: Arc::clone(used), styles, theme: Arc::clone(theme), diagnostics }
    }

    /// One warning for each folder with such files.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// The files that texts of a tree mention.
fn mentions_in(texts: &Tree) -> Mentions {
    let mut mentions = Mentions::default();
    for (_, file) in texts.iter() {
        if let File::Bytes(bytes) = file {
            mentions.add(&String::from_utf8_lossy(bytes));
        }
    }
    mentions
}

/// Reports the files of a folder that nothing links to; there is at least one.
fn report(folder: &str, files: &[&TreePath]) -> Diagnostic {
    let in_content = |path: &str| format!("{}/{path}", page::FOLDER);
    let first = TreePath::normalized(&in_content(files[0].as_str()));
    let message = if files.len() == 1 {
        format!("`{first}` is published, but no published page links to it")
    } else {
        let mut names: Vec<String> =
            files.iter().take(MAX_NAMED_FILES).map(|file| format!("`{}`", file.name())).collect();
        if files.len() > MAX_NAMED_FILES {
            names.push(format!("and {} more", files.len() - MAX_NAMED_FILES));
        }
        let folder = if folder.is_empty() { page::FOLDER.to_owned() } else { in_content(folder) };
        let count = files.len();
        format!("{count} files in `{folder}/` are published, but no published page links to them: {}", names.join(", "))
    };
    let patterns: Vec<String> = if files.len() > MAX_LISTED_FILES && !folder.is_empty() {
        vec![quoted(&format!("{}/*", config::pattern_of(folder)))]
    } else {
        files.iter().take(MAX_NAMED_FILES).map(|file| quoted(&config::pattern_of(file.as_str()))).collect()
    };
    let them = if files.len() == 1 { "it" } else { "them" };
    let help = format!(
        "link to {them}, move {them} out of `{}/`, or allow {them} in `{}`: `assets: [{}]`",
        page::FOLDER,
        config::FILE,
        patterns.join(", ")
    );
    catalog::unlinked_file(Span::start_of(&first), message, help)
}

/// A pattern as YAML: in quotes unless it's plain.
fn quoted(pattern: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if pattern.chars().all(is_plain) {
        pattern.to_owned()
    } else {
        format!("\"{}\"", pattern.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
