//! Suggestions for links to files that don't exist.

use super::routes::{ContentFile, Routes};
use crate::diagnostic::catalog::{self, WrittenLink};
use crate::diagnostic::{Advice, Diagnostic, nearest};
use crate::name;
use crate::page::{Page, Pages, stem_of};
use crate::percent::decode_leniently;
use crate::tree::{Exclusion, TreePath};

/// A file of `content/` that a link names and that doesn't exist.
#[derive(Debug, Clone, Copy)]
pub(super) struct MissingFile<'a> {
    /// The path, in NFC and lower case.
    pub(super) path: &'a str,
    /// Whether an image is meant.
    pub(super) image: bool,
}

impl MissingFile<'_> {
    /// Advice that names the file that is probably meant, relative to the page `here`.
    pub(super) fn suggestion(self, here: &TreePath, pages: &Pages, routes: &Routes) -> Advice {
        let written = |file: &str| relative(here.parent(), file);
        let stem = self.path.strip_suffix(".html").unwrap_or(self.path).trim_end_matches('/');
        let sources = [format!("{stem}.md"), format!("{stem}.html.md")];
        if let Some(source) = sources.iter().find(|source| routes.files.contains_key(source.as_str())) {
            let source = written(source);
            return Advice::replace_by(format!("link to the source file: `{source}`"), source);
        }
        let is_wanted = |file: &ContentFile| !self.image || matches!(file, ContentFile::Asset(_));
        let files: Vec<&str> =
            routes.files.iter().filter(|(_, file)| is_wanted(file)).map(|(path, _)| &**path).collect();
        let renamed = self.former_page(pages).map(Page::content_path).or_else(|| self.moved_file(&files));
        let renamed = renamed.or_else(|| self.page(|page| self.is_name_of(page), pages).map(Page::content_path));
        match renamed.or_else(|| nearest(self.path, files.iter().copied())) {
            Some(file) => Advice::did_you_mean(vec![written(file)]),
            None => Advice::text(format!(
                "a path starts at this page's folder, `content/{}`, or at `content/` if it begins with `/`",
                here.parent()
            )),
        }
    }

    /// The page that has the path as an alias.
    pub(super) fn former_page(self, pages: &Pages) -> Option<&Page> {
        self.page(|page| self.is_former_path_of(page), pages)
    }

    /// The only page that meets a condition; `None` if an image is meant.
    fn page(self, condition: impl Fn(&Page) -> bool, pages: &Pages) -> Option<&Page> {
        let mut found = pages.shown().filter(|(_, page)| !self.image && condition(page));
        let (_, page) = found.next()?;
        found.next().is_none().then_some(page)
    }

    /// Whether the path is an alias of a page.
    fn is_former_path_of(self, page: &Page) -> bool {
        let address = |path: &str| {
            let stem = stem_of(path);
            let stem = stem.strip_suffix(".html").unwrap_or(stem).trim_matches('/');
            name::lower(stem.strip_suffix("/index").unwrap_or(stem))
        };
        page.aliases.iter().any(|alias| address(&decode_leniently(&alias.value)) == address(self.path))
    }

    /// Whether the name of the file is a name of a page, apart from case and separators.
    fn is_name_of(self, page: &Page) -> bool {
        let stem = stem_of(self.path).trim_end_matches("/index");
        let wanted = name::slug(stem.rsplit('/').next().unwrap_or_default());
        !wanted.is_empty() && page.own_names().any(|own| name::slug(own) == wanted)
    }

    /// The file with the same name, apart from case and separators, in any folder; the nearest of several.
    fn moved_file<'f>(self, files: &[&'f str]) -> Option<&'f str> {
        let name = |path: &str| name::slug(path.rsplit('/').next().unwrap_or(path));
        let wanted = name(self.path);
        let same: Vec<&str> = files.iter().copied().filter(|file| name(file) == wanted).collect();
        match same.as_slice() {
            [] => None,
            [only] => Some(only),
            _ => nearest(self.path, same.iter().copied())
                .or_else(|| nearest(self.path, files.iter().copied()))
                .or_else(|| same.iter().min().copied()),
        }
    }
}

/// Reports a link to a file whose name isn't one that is published.
pub(super) fn left_out(link: &WrittenLink, path: &str) -> Option<Diagnostic> {
    let (name, exclusion) = Exclusion::in_content(path)?;
    Some(catalog::link_to_excluded_file(link, path, name, exclusion.reason()))
}

/// Reports a link to a file with the separators of Windows; `meant` is the file with those of addresses.
pub(super) fn with_backslashes(
    link: &WrittenLink,
    page: &Page,
    meant: Option<&TreePath>,
    (pages, routes): (&Pages, &Routes),
) -> Diagnostic {
    let here = TreePath::normalized(page.content_path());
    let Some(meant) = meant else { return catalog::backslashes_in_path(link, Advice::text("separate them with `/`")) };
    let path = name::lower(meant.as_str());
    let advice = if routes.files.contains_key(path.as_str()) {
        let written = relative(here.parent(), meant.as_str());
        Advice::replace_by(format!("write `{written}`"), written)
    } else {
        MissingFile { path: &path, image: link.is_image() }.suggestion(&here, pages, routes)
    };
    catalog::backslashes_in_path(link, advice)
}

/// The correct form of a web or mail address that is written like a file.
pub(super) fn as_web_address(path: &str) -> Option<Advice> {
    let (host, rest) = path.split_once('/').unwrap_or((path, ""));
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = !name.is_empty() && ending.len() > 1 && ending.chars().all(|c| c.is_ascii_alphabetic());
    if is_host && rest.is_empty() && host.split_once('@').is_some_and(|(who, _)| !who.is_empty()) {
        let help = format!("an email address needs `mailto:` in front: `mailto:{path}`");
        return Some(Advice::replace_by(help, format!("mailto:{path}")));
    }
    let known = ["com", "org", "net", "io", "dev", "app", "edu", "gov", "eu", "uk", "de", "fr"];
    let web = is_host && (host.starts_with("www.") || known.contains(&ending));
    web.then(|| {
        let help = format!("a web address needs `https://` in front: `https://{path}`");
        Advice::replace_by(help, format!("https://{path}"))
    })
}

/// The file in `content/` that a link on a page has as its address; `None` if it's outside.
pub(super) fn file_from(page: &Page, path: &str) -> Option<TreePath> {
    if path.starts_with('/') { TreePath::new(path) } else { TreePath::normalized(page.content_path()).join(path) }
}

/// A path in `content/` relative to a folder.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let shared = shared.min(to.len() - 1);
    format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_from_where_one_stands() {
        assert_eq!(relative("moves", "ic/senior.md"), "../ic/senior.md");
        assert_eq!(relative("ic", "ic/senior.md"), "senior.md");
        assert_eq!(relative("", "ic/senior.md"), "ic/senior.md");
        assert_eq!(relative("a/b", "a/c.md"), "../c.md");
    }
}
