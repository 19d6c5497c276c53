//! Tracks where pages move while the preview runs, so that their former URLs redirect to the present ones.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::link::Address;
use crate::page::{Kind, Page};
use crate::site::Site;
use crate::tree::TreePath;

/// How many updates apart the removal of a page and the addition of its match may be. A checkout may remove a file first
/// and add it under another name some updates later; after a rename into a new folder, the new file may be seen first.
const MAX_UPDATES_APART: u64 = 50;

/// The former URLs of pages, and the pages that were removed or added recently.
#[derive(Debug, Clone, Default)]
pub(super) struct RenameTracker {
    /// The former file of a page in the site → the page's present address, or its last one if it was removed.
    addresses: BTreeMap<TreePath, Address>,
    removed: Vec<RemovedPage>,
    /// The source files of pages that were added and not yet matched, each with the number of the update that added it.
    added: Vec<(TreePath, u64)>,
    updates: u64,
}

/// A page that was removed and may come back under another name.
#[derive(Debug, Clone)]
struct RemovedPage {
    source: Arc<str>,
    kind: Kind,
    title: String,
    /// The page's last file in the site.
    file: TreePath,
    /// The number of the update that removed it.
    removed_at: u64,
}

impl RenameTracker {
    /// The address of the page that had this file in the site earlier. The page may have been removed since.
    pub(super) fn current_address(&self, former: &TreePath) -> Option<&Address> {
        self.addresses.get(former)
    }

    /// Records which pages moved between a site and the one after it. Files that the new site has are never former
    /// ones.
    pub(super) fn record(&mut self, before: &Site, after: &Site) {
        self.updates += 1;
        let AddressChanges { mut moved, removed, mut added } = address_changes(before, after);
        let recent = std::mem::take(&mut self.added);
        self.added.extend(added.iter().map(|(page, _)| (page.file.clone(), self.updates)));
        self.added.extend(recent.into_iter().filter(|(_, added_at)| added_at + MAX_UPDATES_APART > self.updates));
        if !removed.is_empty() {
            added = self.recently_added(after);
        }
        let removed = removed.into_iter().map(|(page, address)| RemovedPage::new(page, address, self.updates));
        // The pages that were removed last are matched first.
        let removed: Vec<RemovedPage> = removed.chain(std::mem::take(&mut self.removed)).collect();
        let matches = match_pages(&removed, &added);
        let matched_files: BTreeSet<&TreePath> = matches.iter().flatten().map(|&at| &added[at].0.file).collect();
        for (page, matched) in removed.into_iter().zip(matches) {
            match matched {
                Some(at) => drop(moved.insert(page.file, added[at].1.clone())),
                None if after.has(&page.file) || page.removed_at + MAX_UPDATES_APART <= self.updates => {}
                None => self.removed.push(page),
            }
        }
        self.added.retain(|(file, _)| !matched_files.contains(file));
        // Earlier moves lead to the new addresses. The moves of one update don't form chains: pages may swap addresses.
        for address in self.addresses.values_mut() {
            if let Some(to) = moved.get(&address.file) {
                address.clone_from(to);
            }
        }
        self.addresses.extend(moved);
        let removed: BTreeSet<&TreePath> = self.removed.iter().map(|page| &page.file).collect();
        self.addresses.retain(|from, to| !after.has(from) && (after.has(&to.file) || removed.contains(&to.file)));
    }

    /// The pages of a site that were added recently, the newest first.
    fn recently_added<'a>(&self, site: &'a Site) -> Vec<(&'a Page, &'a Address)> {
        let newest_last = self.added.iter().enumerate().rev();
        let order: HashMap<&TreePath, usize> = newest_last.map(|(at, (file, _))| (file, at)).collect();
        let mut pages: Vec<_> = site.pages().filter(|(page, _)| order.contains_key(&page.file)).collect();
        pages.sort_by_key(|(page, _)| order[&page.file]);
        pages
    }
}

impl RemovedPage {
    fn new(page: &Page, address: &Address, removed_at: u64) -> Self {
        let (source, title) = (Arc::clone(&page.source), page.title.value.clone());
        Self { source, kind: page.kind, title, file: address.file.clone(), removed_at }
    }
}

/// The differences between the pages of two sites.
struct AddressChanges<'a> {
    /// Pages that have the same source file and another address: the former file in the site → the new address.
    moved: BTreeMap<TreePath, Address>,
    removed: Vec<(&'a Page, &'a Address)>,
    added: Vec<(&'a Page, &'a Address)>,
}

/// Compares the pages of two sites, which are sorted by their source files.
fn address_changes<'a>(before: &'a Site, after: &'a Site) -> AddressChanges<'a> {
    let same_url_style = before.context().config.urls == after.context().config.urls;
    let mut changes = AddressChanges { moved: BTreeMap::new(), removed: Vec::new(), added: Vec::new() };
    let (mut old, mut new) = (before.pages().peekable(), after.pages().peekable());
    loop {
        match (old.peek(), new.peek()) {
            (Some((old_page, from)), Some((new_page, to))) if old_page.file == new_page.file => {
                // A page whose source is shared wasn't parsed again, so its address is the same.
                let is_unchanged = same_url_style && Arc::ptr_eq(&old_page.source, &new_page.source);
                if !is_unchanged && from.file != to.file {
                    changes.moved.insert(from.file.clone(), (*to).clone());
                }
                old.next();
                new.next();
            }
            (Some((old_page, _)), new_page) if new_page.is_none_or(|(new_page, _)| old_page.file < new_page.file) => {
                changes.removed.extend(old.next());
            }
            (_, Some(_)) => changes.added.extend(new.next()),
            (_, None) => return changes,
        }
    }
}

/// Matches removed pages with added ones: first those of the same source text, then those of the same kind and title.
/// For each removed page, returns the index of its match. Each added page is matched at most once.
fn match_pages(removed: &[RemovedPage], added: &[(&Page, &Address)]) -> Vec<Option<usize>> {
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_title: HashMap<(Kind, &str), Vec<usize>> = HashMap::new();
    for (at, (page, _)) in added.iter().enumerate().rev() {
        by_text.entry(&page.source).or_default().push(at);
        by_title.entry((page.kind, &page.title.value)).or_default().push(at);
    }
    let mut is_matched = vec![false; added.len()];
    let mut take_first = |list: Option<&mut Vec<usize>>| -> Option<usize> {
        let list = list?;
        while let Some(at) = list.pop() {
            if !std::mem::replace(&mut is_matched[at], true) {
                return Some(at);
            }
        }
        None
    };
    let mut matches: Vec<_> = removed.iter().map(|page| take_first(by_text.get_mut(&*page.source))).collect();
    for (page, matched) in removed.iter().zip(&mut matches) {
        *matched = matched.or_else(|| take_first(by_title.get_mut(&(page.kind, page.title.as_str()))));
    }
    matches
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::site::Options;
    use crate::tree::{File, Tree};

    fn site(files: &[(&str, &str)]) -> Site {
        let all = [("stepladder.yaml", "title: T\n"), ("content/index.md", "---\ntitle: Home\n---\n")];
        let files = all.iter().chain(files).map(|(path, text)| (TreePath::normalized(path), File::from(*text)));
        Site::new(&files.collect::<Tree>(), Options { drafts: false, today: date(2026, 11, 22) }).value
    }

    fn page(title: &str, more: &str) -> String {
        format!("---\ntitle: {title}\n---\n{more}")
    }

    /// Records a sequence of sites. Returns the URLs that the given files have at the end; `-` for files that did not
    /// move.
    fn urls_after(sites: &[Site], files: &[&str]) -> Vec<String> {
        let mut tracker = RenameTracker::default();
        for pair in sites.windows(2) {
            tracker.record(&pair[0], &pair[1]);
        }
        let last = sites.last().expect("a site");
        let address =
            |file: &&str| tracker.current_address(&TreePath::normalized(file)).filter(|to| last.has(&to.file));
        files.iter().map(|file| address(file).map_or("-", |to| to.url.as_str()).to_owned()).collect()
    }

    #[test]
    fn a_page_is_matched_by_its_file_its_text_or_its_title() {
        let text = page("About", "Same words.");
        let slugged = "---\ntitle: About\nslug: us\n---\nSame words.";
        let before = || site(&[("content/about.md", &text)]);
        for after in [
            site(&[("content/about.md", slugged)]),
            site(&[("content/us.md", &text), ("content/z.md", &page("About", "Other words."))]),
            site(&[("content/us.md", &page("About", "Other words."))]),
        ] {
            assert_eq!(urls_after(&[before(), after], &["about.html"]), ["us.html"]);
        }
        let other = site(&[("content/us.md", &page("Us", "Other words."))]);
        assert_eq!(urls_after(&[before(), other], &["about.html"]), ["-"]);
        assert_eq!(urls_after(&[before(), site(&[])], &["about.html"]), ["-"]);
    }

    #[test]
    fn chains_of_moves_are_followed_until_the_address_is_used_again() {
        let text = page("About", "");
        let at = |path: &str| site(&[(path, &text)]);
        let files = ["a.html", "b.html", "c.html"];
        let sites = [at("content/a.md"), at("content/b.md"), at("content/c.md")];
        assert_eq!(urls_after(&sites, &files), ["c.html", "c.html", "-"]);
        let back = [at("content/a.md"), at("content/b.md"), at("content/a.md")];
        assert_eq!(urls_after(&back, &files), ["-", "a.html", "-"]);
    }

    #[test]
    fn moves_of_one_update_do_not_form_a_chain() {
        let slugged = |title: &str, slug: &str| format!("---\ntitle: {title}\nslug: {slug}\n---\n");
        let pages = |one: &str, other: &str| {
            site(&[("content/x.md", &slugged("X", one)), ("content/y.md", &slugged("Y", other))])
        };
        let sites = [pages("z", "b"), pages("a", "b"), pages("b", "c")];
        assert_eq!(urls_after(&sites, &["a.html", "b.html", "z.html"]), ["b.html", "-", "b.html"]);
    }

    #[test]
    fn a_page_that_reappears_some_updates_later_redirects() {
        let text = page("About", "");
        let at = |path: &str| site(&[(path, &text)]);
        let other = || site(&[("content/other.md", &page("Other", ""))]);
        let sites = [at("content/z.md"), at("content/a.md"), site(&[]), other(), at("content/b.md")];
        assert_eq!(urls_after(&sites, &["a.html", "z.html"]), ["b.html", "b.html"]);
        assert_eq!(urls_after(&sites[..4], &["a.html", "z.html"]), ["-", "-"]);
        let back = [at("content/a.md"), site(&[]), at("content/a.md"), at("content/b.md")];
        assert_eq!(urls_after(&back, &["a.html"]), ["b.html"]);
    }

    #[test]
    fn a_page_that_is_added_before_it_is_removed_elsewhere_redirects() {
        let text = page("About", "");
        let at = |paths: &[&str]| site(&paths.iter().map(|path| (*path, text.as_str())).collect::<Vec<_>>());
        let sites = || vec![at(&["content/a.md"]), at(&["content/a.md", "content/b.md"]), at(&["content/b.md"])];
        assert_eq!(urls_after(&sites(), &["a.html", "b.html"]), ["b.html", "-"]);
        // Each page is matched once.
        let mut removed = sites();
        removed.extend([at(&["content/b.md", "content/c.md"]), at(&["content/c.md"]), site(&[])]);
        assert_eq!(urls_after(&removed[..5], &["a.html", "b.html"]), ["c.html", "c.html"]);
        assert_eq!(urls_after(&removed, &["a.html", "b.html", "c.html"]), ["-", "-", "-"]);
    }

    #[test]
    fn all_pages_of_a_renamed_folder_redirect() {
        let texts: Vec<String> = (0..20).map(|number| page("Same title", &format!("Number {number}."))).collect();
        let paths =
            |folder: &str| -> Vec<String> { (0..20).map(|number| format!("content/{folder}/{number}.md")).collect() };
        let folder = |name: &str| {
            let paths = paths(name);
            site(&paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect::<Vec<_>>())
        };
        let moved = urls_after(&[folder("old"), folder("new")], &["old/3.html", "old/19.html"]);
        assert_eq!(moved, ["new/3.html", "new/19.html"]);
    }

    #[test]
    fn another_url_style_moves_every_page() {
        let text = page("About", "");
        let after = site(&[("stepladder.yaml", "title: T\nurls: directory\n"), ("content/about.md", &text)]);
        assert_eq!(urls_after(&[site(&[("content/about.md", &text)]), after], &["about.html"]), ["about/"]);
    }
}
