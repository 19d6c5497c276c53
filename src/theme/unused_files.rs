//! Files of the project's themes that override nothing and that nothing refers to.

use std::cell::LazyCell;

use super::embedded;
use super::folder::{DEFAULT, FOLDER};
use crate::config::{Config, PROJECT_STYLE_SHEET};
use crate::diagnostic::{Diagnostic, Span, catalog, nearly};
use crate::tree::{File, Tree, TreePath};

/// Finds files that have no effect. `files` are those of the project's theme over the default theme's.
pub(super) fn find(project: &Tree, config: &Config, files: &Tree) -> Vec<Diagnostic> {
    let themes = project.under(FOLDER);
    let own = themes.under(&config.theme.value);
    let finder = UnusedFileFinder { embedded: embedded::theme(), texts: LazyCell::new(|| texts(files)) };
    let in_theme = own.iter().filter_map(|(path, file)| {
        let (message, help) = finder.check(path, file)?;
        Some(diagnostic(&format!("{}/{path}", config.theme.value), message, help))
    });
    let outside = themes.iter().map(|(path, _)| path.as_str()).filter(|path| !path.contains('/') && is_code(path));
    let outside = outside.map(|path| {
        let help =
            format!("move it to `{FOLDER}/{}/`, in the folder that it has in the default theme", config.theme.value);
        diagnostic(path, "this file isn't in a theme's folder, so it has no effect".to_owned(), help)
    });
    let beside = ["templates", "assets"].into_iter().filter_map(|folder| finder.beside_themes(project, config, folder));
    in_theme.chain(outside).chain(unnamed_theme(config, &themes)).chain(beside).collect()
}

fn diagnostic(path: &str, message: String, help: String) -> Diagnostic {
    catalog::unused_theme_file(Span::start_of(&TreePath::normalized(&format!("{FOLDER}/{path}"))), message, help)
}

/// Reports a theme of the project if the configuration names none.
fn unnamed_theme(config: &Config, themes: &Tree) -> Option<Diagnostic> {
    let is_named = !config.theme.span.is_empty() || config.uncertain;
    let other = |path: &&TreePath| path.as_str().split_once('/').is_some_and(|(theme, _)| theme != DEFAULT);
    let first = themes.iter().map(|(path, _)| path).find(other).filter(|_| !is_named)?;
    let name = first.as_str().split('/').next()?;
    let message = format!("`stepladder.yaml` names no theme, so the files of `{name}` have no effect");
    let help = format!("add the line `theme: {name}` there, or `theme: {DEFAULT}` for the theme that's built in");
    Some(diagnostic(first.as_str(), message, help))
}

/// The templates and style sheets of a theme, by path.
fn texts(files: &Tree) -> Vec<(&str, &str)> {
    files
        .iter()
        .filter_map(|(path, file)| match file {
            File::Bytes(bytes) => Some((path.as_str(), std::str::from_utf8(bytes).ok()?)),
            File::OnDisk(_) => None,
        })
        .collect()
}

/// Finds the files of one theme that have no effect.
struct UnusedFileFinder<'f, F> {
    embedded: &'static Tree,
    /// The texts of the theme; most projects have no file for which they're needed.
    texts: LazyCell<Vec<(&'f str, &'f str)>, F>,
}

impl<'f, F: FnOnce() -> Vec<(&'f str, &'f str)>> UnusedFileFinder<'f, F> {
    /// The message and the help for a file of the theme that has no effect.
    fn check(&self, path: &TreePath, file: &File) -> Option<(String, String)> {
        if self.embedded.get(path).is_some() || path.as_str() == "theme.yaml" {
            return None;
        }
        if let Some(template) = path.as_str().strip_prefix("templates/") {
            let is_used = self.is_mentioned(path, template) || defines_component(file);
            let message = format!("there's no template `{template}` to override, and none includes this one");
            let include = || format!("include it in a template: `{{% include \"{template}\" %}}`");
            return (!is_used).then(|| (message, self.suggest(path).unwrap_or_else(include)));
        }
        if path.as_str().starts_with("assets/") {
            let is_css = extension(path.name()) == "css";
            let may_be_unused = is_css || self.namesake(path).is_some() && extension(path.name()) == "js";
            let is_used = path.as_str() == PROJECT_STYLE_SHEET || self.is_linked(path);
            let message = "there's no such file to override, and no template or style sheet uses this one".to_owned();
            let link = || format!("link to it in `templates/partials/head.html`, or call it `{PROJECT_STYLE_SHEET}`");
            return (may_be_unused && !is_used).then(|| (message, self.suggest(path).unwrap_or_else(link)));
        }
        let message = "only `theme.yaml`, `templates/` and `assets/` are part of a theme, so this file has no effect";
        let place = || "move it to `templates/` or `assets/`".to_owned();
        is_code(path.as_str()).then(|| (message.to_owned(), self.suggest(path).unwrap_or_else(place)))
    }

    /// Reports the files of a theme in a folder of the project beside that of themes. Other programs may have such a folder
    /// too, so only files count that the default theme has.
    fn beside_themes(&self, project: &Tree, config: &Config, folder: &str) -> Option<Diagnostic> {
        let theme = Some(config.theme.value.as_str()).filter(|theme| *theme != DEFAULT).unwrap_or("ours");
        let files = project.under(folder);
        let mut meant = files.iter().filter_map(|(path, _)| {
            let path = TreePath::normalized(&format!("{folder}/{path}"));
            let known = self.embedded.get(&path).is_some() || path.as_str() == PROJECT_STYLE_SHEET;
            let namesake = self.namesake(&path).filter(|_| folder == "templates");
            let place = if known { path.as_str() } else { namesake? };
            Some((Span::start_of(&path), format!("{FOLDER}/{theme}/{place}")))
        });
        let (first, place) = meant.next()?;
        let message = format!("`{folder}/` isn't in a theme's folder, so this file has no effect");
        let help = format!("move it to `{place}`");
        let help = if config.theme.value == DEFAULT {
            format!("{help}, and add the line `theme: {theme}` to stepladder.yaml")
        } else {
            help
        };
        let diagnostic = catalog::unused_theme_file(first, message, help);
        Some(
            meant.fold(diagnostic, |diagnostic, (span, place)| {
                diagnostic.label(span, format!("move this to `{place}`"))
            }),
        )
    }

    /// Whether a template or style sheet other than the file itself has a name in quotes.
    fn is_mentioned(&self, path: &TreePath, name: &str) -> bool {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let others = self.texts.iter().filter(|(other, _)| *other != path.as_str());
        others.into_iter().any(|(_, text)| quoted.iter().any(|name| text.contains(name)))
    }

    /// Whether a template or style sheet has the path of an asset in it, or a style sheet of its folder its name.
    fn is_linked(&self, path: &TreePath) -> bool {
        let is_beside = |other: &str| other.rsplit_once('/').is_some_and(|(folder, _)| folder == path.parent());
        let mut others = self.texts.iter().filter(|(other, _)| *other != path.as_str());
        others.any(|(other, text)| text.contains(path.as_str()) || is_beside(other) && text.contains(path.name()))
    }

    /// A file of the default theme with the same name in another folder.
    fn namesake(&self, path: &TreePath) -> Option<&str> {
        self.embedded.iter().map(|(known, _)| known).find(|known| known.name() == path.name()).map(TreePath::as_str)
    }

    /// A suggestion for another path.
    fn suggest(&self, path: &TreePath) -> Option<String> {
        let mut known = self.embedded.iter().map(|(known, _)| known);
        let is_near = |known: &&TreePath| nearly(path.name(), known.name());
        let meant = self.namesake(path).or_else(|| known.find(is_near).map(TreePath::as_str))?;
        Some(format!("did you mean `{meant}`?"))
    }
}

/// Whether a template defines a component, which other templates use by its own name.
fn defines_component(file: &File) -> bool {
    let File::Bytes(bytes) = file else { return false };
    std::str::from_utf8(bytes).is_ok_and(|text| text.contains("{% component") || text.contains("{%- component"))
}

/// Whether a file is part of a theme by its extension, not a note, licence or picture beside it.
fn is_code(path: &str) -> bool {
    matches!(extension(path), "html" | "xml" | "css" | "js")
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}
