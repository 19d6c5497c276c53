//! Where pages have moved to while the preview runs, so that a reader is taken along.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::link::Address;
use crate::page::{Kind, Page};
use crate::site::Site;
use crate::tree::TreePath;

/// Former addresses of pages, each with the one that its page has now.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved(BTreeMap<TreePath, Address>);

impl Moved {
    /// Where the page that had this file in the site is now, relative to the site's root.
    pub(super) fn from(&self, file: &TreePath) -> Option<&str> {
        self.0.get(file).map(|address| address.url.as_str())
    }

    /// Takes in what moved between a site and the one after it. An address that the new site has is no former one.
    pub(super) fn follow(&mut self, before: &Site, after: &Site) {
        if after.is_placed_as(before) {
            return;
        }
        for (from, to) in moves(before, after) {
            for known in self.0.values_mut().filter(|known| known.file == from) {
                known.clone_from(&to);
            }
            self.0.insert(from, to);
        }
        self.0.retain(|from, to| !after.has(from) && after.has(&to.file));
    }
}

/// The pages whose address is another one than before: the file that each was in the site, and its address now.
///
/// A page is the same one if its source file is; or else if it has the same text as a file that vanished; or else if it
/// has the same kind and title.
fn moves(before: &Site, after: &Site) -> Vec<(TreePath, Address)> {
    let same_urls = before.scene().config.urls == after.scene().config.urls;
    let mut moves = Vec::new();
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    let (mut old, mut now) = (before.pages().peekable(), after.pages().peekable());
    loop {
        match (old.peek(), now.peek()) {
            (Some((one, was)), Some((other, is))) if one.file == other.file => {
                // A page that was not read again is where it was.
                let untouched = same_urls && Arc::ptr_eq(&one.source, &other.source);
                if !untouched && was.file != is.file {
                    moves.push((was.file.clone(), (*is).clone()));
                }
                old.next();
                now.next();
            }
            (Some((one, _)), other) if other.is_none_or(|(other, _)| one.file < other.file) => gone.extend(old.next()),
            (_, Some(_)) => new.extend(now.next()),
            (_, None) => break,
        }
    }
    moves.extend(renamed(&gone, &new));
    moves
}

/// Pairs pages that vanished with pages that are new. Each new page is taken once.
fn renamed(gone: &[(&Page, &Address)], new: &[(&Page, &Address)]) -> Vec<(TreePath, Address)> {
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_title: HashMap<(Kind, &str), Vec<usize>> = HashMap::new();
    for (at, (page, _)) in new.iter().enumerate().rev() {
        by_text.entry(&page.source).or_default().push(at);
        by_title.entry((page.kind, &page.title.value)).or_default().push(at);
    }
    let mut taken = vec![false; new.len()];
    let mut next = |list: Option<&mut Vec<usize>>| -> Option<usize> {
        let list = list?;
        while let Some(at) = list.pop() {
            if !std::mem::replace(&mut taken[at], true) {
                return Some(at);
            }
        }
        None
    };
    let mut targets: Vec<_> = gone.iter().map(|(page, _)| next(by_text.get_mut(&*page.source))).collect();
    for ((page, _), target) in gone.iter().zip(&mut targets) {
        *target = target.or_else(|| next(by_title.get_mut(&(page.kind, page.title.value.as_str()))));
    }
    let pairs = gone.iter().zip(targets).filter_map(|((_, was), at)| Some((*was, new[at?].1)));
    pairs.filter(|(was, is)| was.file != is.file).map(|(was, is)| (was.file.clone(), is.clone())).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::site::Options;
    use crate::tree::{File, Tree};

    fn site(files: &[(&str, &str)]) -> Site {
        let all = [("stepladder.yaml", "title: T\n"), ("content/index.md", "---\ntitle: Home\n---\n")];
        let files = all.iter().chain(files).map(|(path, text)| (TreePath::known(path), File::from(*text)));
        Site::new(&files.collect::<Tree>(), Options { drafts: false, today: date(2026, 11, 22) }).value
    }

    fn page(title: &str, more: &str) -> String {
        format!("---\ntitle: {title}\n---\n{more}")
    }

    /// Follows a row of sites; returns where the given files are then, `-` for those that are not known to have moved.
    fn followed(sites: &[Site], files: &[&str]) -> Vec<String> {
        let mut moved = Moved::default();
        for pair in sites.windows(2) {
            moved.follow(&pair[0], &pair[1]);
        }
        files.iter().map(|file| moved.from(&TreePath::known(file)).unwrap_or("-").to_owned()).collect()
    }

    #[test]
    fn a_page_moves_with_its_slug_its_text_or_its_title() {
        let text = page("About", "Same words.");
        let slugged = "---\ntitle: About\nslug: us\n---\nSame words.";
        let before = || site(&[("content/about.md", &text)]);
        for after in [
            site(&[("content/about.md", slugged)]),
            site(&[("content/us.md", &text), ("content/z.md", &page("About", "Other words."))]),
            site(&[("content/us.md", &page("About", "Other words."))]),
        ] {
            assert_eq!(followed(&[before(), after], &["about.html"]), ["us.html"]);
        }
        let other = site(&[("content/us.md", &page("Us", "Other words."))]);
        assert_eq!(followed(&[before(), other], &["about.html"]), ["-"]);
        assert_eq!(followed(&[before(), site(&[])], &["about.html"]), ["-"]);
    }

    #[test]
    fn chains_are_followed_and_forgotten_where_the_address_is_there_again() {
        let text = page("About", "");
        let at = |path: &str| site(&[(path, &text)]);
        let files = ["a.html", "b.html", "c.html"];
        let sites = [at("content/a.md"), at("content/b.md"), at("content/c.md")];
        assert_eq!(followed(&sites, &files), ["c.html", "c.html", "-"]);
        let back = [at("content/a.md"), at("content/b.md"), at("content/a.md")];
        assert_eq!(followed(&back, &files), ["-", "a.html", "-"]);
    }

    #[test]
    fn a_folder_that_is_renamed_takes_all_its_pages_along() {
        let texts: Vec<String> = (0..20).map(|number| page("Same title", &format!("Number {number}."))).collect();
        let paths =
            |folder: &str| -> Vec<String> { (0..20).map(|number| format!("content/{folder}/{number}.md")).collect() };
        let folder = |name: &str| {
            let paths = paths(name);
            site(&paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect::<Vec<_>>())
        };
        let moved = followed(&[folder("old"), folder("new")], &["old/3.html", "old/19.html"]);
        assert_eq!(moved, ["new/3.html", "new/19.html"]);
    }

    #[test]
    fn another_way_of_addressing_moves_every_page() {
        let text = page("About", "");
        let after = site(&[("stepladder.yaml", "title: T\nurls: directory\n"), ("content/about.md", &text)]);
        assert_eq!(followed(&[site(&[("content/about.md", &text)]), after], &["about.html"]), ["about/"]);
    }
}
