//! Where pages have moved to while the preview runs, so that a reader is taken along.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::link::Address;
use crate::page::{Kind, Page};
use crate::site::Site;
use crate::tree::TreePath;

/// For how many changes of places a page that vanished is looked out for. A checkout may take a file away first and bring
/// it back under another name some states later.
const REMEMBERED: u64 = 50;

/// Former addresses of pages, and the pages that vanished of late.
#[derive(Debug, Clone, Default)]
pub(super) struct RenameTracker {
    /// Each with the address that its page has now, or had when it vanished.
    places: BTreeMap<TreePath, Address>,
    gone: Vec<Gone>,
    count: u64,
}

/// A page that vanished.
#[derive(Debug, Clone)]
struct Gone {
    source: Arc<str>,
    kind: Kind,
    title: String,
    file: TreePath,
    /// Which change took it away.
    when: u64,
}

impl RenameTracker {
    /// Where the page that had this file in the site was last.
    pub(super) fn from(&self, file: &TreePath) -> Option<&Address> {
        self.places.get(file)
    }

    /// Takes in what moved between a site and the one after it. An address that the new site has is no former one.
    pub(super) fn follow(&mut self, before: &Site, after: &Site) {
        self.count += 1;
        let Step { mut moves, gone, new } = step(before, after);
        let gone = gone.into_iter().map(|(page, address)| Gone::new(page, address, self.count));
        // What vanished just now comes first.
        let gone: Vec<Gone> = gone.chain(std::mem::take(&mut self.gone)).collect();
        let targets = renamed(&gone, &new);
        for (gone, target) in gone.into_iter().zip(targets) {
            match target {
                Some(at) => drop(moves.insert(gone.file, new[at].1.clone())),
                None if after.has(&gone.file) || gone.when + REMEMBERED <= self.count => {}
                None => self.gone.push(gone),
            }
        }
        // Those that were there before are led on; the moves of one step are no chain.
        for place in self.places.values_mut() {
            if let Some(to) = moves.get(&place.file) {
                place.clone_from(to);
            }
        }
        self.places.extend(moves);
        let awaited: BTreeSet<&TreePath> = self.gone.iter().map(|gone| &gone.file).collect();
        self.places.retain(|from, to| !after.has(from) && (after.has(&to.file) || awaited.contains(&to.file)));
    }
}

impl Gone {
    fn new(page: &Page, address: &Address, when: u64) -> Self {
        let (source, title) = (Arc::clone(&page.source), page.title.value.clone());
        Self { source, kind: page.kind, title, file: address.file.clone(), when }
    }
}

/// What became other between two sites.
struct Step<'a> {
    /// Pages that are still the same file, and live elsewhere: the file that each was in the site, and its address now.
    moves: BTreeMap<TreePath, Address>,
    gone: Vec<(&'a Page, &'a Address)>,
    new: Vec<(&'a Page, &'a Address)>,
}

fn step<'a>(before: &'a Site, after: &'a Site) -> Step<'a> {
    let same_urls = before.context().config.urls == after.context().config.urls;
    let mut step = Step { moves: BTreeMap::new(), gone: Vec::new(), new: Vec::new() };
    let (mut old, mut now) = (before.pages().peekable(), after.pages().peekable());
    loop {
        match (old.peek(), now.peek()) {
            (Some((one, was)), Some((other, is))) if one.file == other.file => {
                // A page that was not read again is where it was.
                let untouched = same_urls && Arc::ptr_eq(&one.source, &other.source);
                if !untouched && was.file != is.file {
                    step.moves.insert(was.file.clone(), (*is).clone());
                }
                old.next();
                now.next();
            }
            (Some((one, _)), other) if other.is_none_or(|(other, _)| one.file < other.file) => {
                step.gone.extend(old.next());
            }
            (_, Some(_)) => step.new.extend(now.next()),
            (_, None) => return step,
        }
    }
}

/// Pairs pages that vanished with pages that are new: those of the same text, or else of the same kind and title. Each new
/// page is taken once.
fn renamed(gone: &[Gone], new: &[(&Page, &Address)]) -> Vec<Option<usize>> {
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
    let mut targets: Vec<_> = gone.iter().map(|gone| next(by_text.get_mut(&*gone.source))).collect();
    for (gone, target) in gone.iter().zip(&mut targets) {
        *target = target.or_else(|| next(by_title.get_mut(&(gone.kind, gone.title.as_str()))));
    }
    targets
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

    /// Follows a row of sites; returns where the given files are then, `-` for those that are not known to have moved.
    fn followed(sites: &[Site], files: &[&str]) -> Vec<String> {
        let mut moved = RenameTracker::default();
        for pair in sites.windows(2) {
            moved.follow(&pair[0], &pair[1]);
        }
        let last = sites.last().expect("a site");
        let from = |file: &&str| moved.from(&TreePath::normalized(file)).filter(|to| last.has(&to.file));
        files.iter().map(|file| from(file).map_or("-", |to| to.url.as_str()).to_owned()).collect()
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
    fn moves_of_one_step_are_no_chain() {
        let slugged = |title: &str, slug: &str| format!("---\ntitle: {title}\nslug: {slug}\n---\n");
        let pages = |one: &str, other: &str| {
            site(&[("content/x.md", &slugged("X", one)), ("content/y.md", &slugged("Y", other))])
        };
        let sites = [pages("z", "b"), pages("a", "b"), pages("b", "c")];
        assert_eq!(followed(&sites, &["a.html", "b.html", "z.html"]), ["b.html", "-", "b.html"]);
    }

    #[test]
    fn a_page_that_comes_back_elsewhere_some_states_later_takes_its_readers_along() {
        let text = page("About", "");
        let at = |path: &str| site(&[(path, &text)]);
        let other = || site(&[("content/other.md", &page("Other", ""))]);
        let sites = [at("content/z.md"), at("content/a.md"), site(&[]), other(), at("content/b.md")];
        assert_eq!(followed(&sites, &["a.html", "z.html"]), ["b.html", "b.html"]);
        assert_eq!(followed(&sites[..4], &["a.html", "z.html"]), ["-", "-"]);
        let back = [at("content/a.md"), site(&[]), at("content/a.md"), at("content/b.md")];
        assert_eq!(followed(&back, &["a.html"]), ["b.html"]);
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
