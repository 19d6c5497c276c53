use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::address::encode;
use super::generated::Generated;
use super::routes::{Routes, Source};
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Span, nearest};
use crate::ladder::{Found, Ladder, Names, ambiguous, fold_named, lacks_track};
use crate::markdown::{LinkRef, Target};
use crate::name;
use crate::page::{Page, PageId, Pages, Words};
use crate::tree::TreePath;

/// What all links mean.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pages: Vec<Arc<PageLinks>>,
    cited_by: Arc<Vec<Vec<PageId>>>,
    /// The pages with links that mean nothing, or not what they seem to.
    diagnosed: BTreeSet<PageId>,
}

/// What the links of one page mean.
#[derive(Debug, Default)]
struct PageLinks {
    /// In the order of the page's document.
    links: Vec<Resolved>,
    /// The names that its links use, folded.
    names: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Links {
    /// What a page's links mean, in the order of its document.
    #[must_use]
    pub fn of(&self, page: PageId) -> &[Resolved] {
        &self.pages[page.0].links
    }

    /// The pages whose text links to a page, in order, each once.
    #[must_use]
    pub fn citing(&self, page: PageId) -> &[PageId] {
        &self.cited_by[page.0]
    }
}

/// What a link means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A page, or a place on it.
    Page(PageId, Option<String>),
    /// A page that Stepladder makes.
    Generated(Generated),
    /// A file that is copied: its address, percent-encoded.
    Asset(String),
    /// Nothing that exists.
    Nothing,
}

/// What was before, for [`resolve`].
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The pages then.
    pub pages: &'a Pages,
    /// The ladder then.
    pub ladder: &'a Ladder,
    /// The links then.
    pub links: &'a Links,
    /// What differs in front matter.
    pub words: &'a Words,
}

/// Finds out what every link means, and notes those that mean nothing. `before` is given when routes are as they were
/// then, and pages differ in their bodies and in words at most: what then still holds is not found out again.
pub fn resolve(
    pages: &Pages,
    names: &Names,
    ladder: &Ladder,
    routes: &Routes,
    before: Option<Before<'_>>,
) -> Diagnosed<Links> {
    let resolver = Resolver { pages, names, ladder, routes };
    let links = match before {
        None => {
            let ids = (0..pages.len()).into_par_iter().map(PageId);
            let pages: Vec<_> = ids.map(|id| Arc::new(resolver.page(id))).collect();
            let diagnosed = (0..pages.len()).filter(|at| !pages[*at].diagnostics.is_empty()).map(PageId).collect();
            Links { cited_by: Arc::new(citations(&pages)), pages, diagnosed }
        }
        Some(before) => again(&resolver, &stale(pages, ladder, before), before.links),
    };
    let diagnostics = links.diagnosed.iter().flat_map(|id| links.pages[id.0].diagnostics.iter().cloned()).collect();
    Diagnosed::new(links, diagnostics)
}

/// Finds out again what the links of some pages mean.
fn again(resolver: &Resolver<'_>, stale: &BTreeSet<PageId>, before: &Links) -> Links {
    let mut links = before.clone();
    for id in stale {
        let page = resolver.page(*id);
        if page.diagnostics.is_empty() {
            links.diagnosed.remove(id);
        } else {
            links.diagnosed.insert(*id);
        }
        links.pages[id.0] = Arc::new(page);
    }
    if stale.iter().any(|id| !targets(&links.pages[id.0]).eq(targets(&before.pages[id.0]))) {
        links.cited_by = Arc::new(citations(&links.pages));
    }
    links
}

/// The pages whose links may mean something else than before: those that differ, those that use names which have come or
/// gone, those with problems, which may depend on any name; and those that link to routes on pages whose routes differ.
fn stale(pages: &Pages, ladder: &Ladder, before: Before<'_>) -> BTreeSet<PageId> {
    let differs = |id: &PageId| !Arc::ptr_eq(pages.share(*id), before.pages.share(*id));
    let mut stale: BTreeSet<PageId> = (0..pages.len()).map(PageId).filter(differs).collect();
    if !before.words.is_none() {
        let renamed = |name: &String| before.words.names.contains(name.as_str());
        let uses = |page: &PageLinks| page.names.iter().any(renamed);
        let meanings = before.links.pages.iter().enumerate();
        stale.extend(meanings.filter(|(_, page)| uses(page)).map(|(at, _)| PageId(at)));
        stale.extend(&before.links.diagnosed);
    }
    let with_cells = ladder.with_cells().filter(|_| !std::ptr::eq(ladder, before.ladder));
    let with_cells = with_cells.filter(|id| !ladder.shares_layout(before.ladder, *id));
    for id in stale.iter().copied().chain(with_cells).collect::<Vec<_>>() {
        if ladder.layout(pages, id).anchors != before.ladder.layout(before.pages, id).anchors {
            stale.insert(id);
            stale.extend(before.links.citing(id));
        }
    }
    stale
}

/// The pages that a page links to, in order, as often as it does.
fn targets(page: &PageLinks) -> impl Iterator<Item = PageId> {
    page.links.iter().filter_map(|link| match link {
        Resolved::Page(to, _) => Some(*to),
        _ => None,
    })
}

fn citations(pages: &[Arc<PageLinks>]) -> Vec<Vec<PageId>> {
    let mut cited_by: Vec<Vec<PageId>> = vec![Vec::new(); pages.len()];
    for (from, page) in pages.iter().enumerate() {
        for to in targets(page) {
            let cited = &mut cited_by[to.0];
            if to.0 != from && cited.last() != Some(&PageId(from)) {
                cited.push(PageId(from));
            }
        }
    }
    cited_by
}

struct Resolver<'a> {
    pages: &'a Pages,
    names: &'a Names,
    ladder: &'a Ladder,
    routes: &'a Routes,
}

impl Resolver<'_> {
    fn page(&self, id: PageId) -> PageLinks {
        if !self.pages.is_shown(id) {
            return PageLinks::default();
        }
        let page = self.pages.get(id);
        let mut meanings = PageLinks::default();
        for link in &page.document.links {
            let meaning = self.link(id, page, link, &mut meanings);
            meanings.links.push(meaning);
        }
        meanings
    }

    fn link(&self, from: PageId, page: &Page, link: &LinkRef, meanings: &mut PageLinks) -> Resolved {
        let span = page.span(&link.span);
        let PageLinks { names, diagnostics, .. } = meanings;
        let found = match &link.target {
            Target::Own(anchor) => Ok((Source::Page(from), Some(anchor))),
            Target::Name { name, anchor } => match self.named(name, &span, names) {
                Ok(Named::Page(id)) => Ok((Source::Page(id), anchor.as_ref())),
                Ok(Named::Generated(generated)) => {
                    if let Some(anchor) = anchor.as_ref().filter(|anchor| !anchor.is_empty()) {
                        let message = format!("`{name}` has no place called `{anchor}`");
                        let help = format!("Stepladder makes that page; link to it as a whole: `[[{name}]]`");
                        diagnostics.push(Diagnostic::new(Code::BrokenAnchor, span, message).help(help));
                    }
                    return Resolved::Generated(generated);
                }
                Err(diagnostic) => Err(diagnostic),
            },
            Target::File { path, anchor } => {
                self.file(page, path, link.image, &span).map(|file| (file, anchor.as_ref()))
            }
            Target::External(_) | Target::Unsafe(_) => return Resolved::Nothing,
        };
        match found {
            Ok((Source::Asset(at), _)) => Resolved::Asset(encode(self.routes.assets[at].as_str())),
            Ok((Source::Page(to), anchor)) => self.place_on(from, to, anchor, &span, diagnostics),
            Err(diagnostic) => {
                if !self.is_told(page, &link.target) {
                    diagnostics.push(*diagnostic);
                }
                Resolved::Nothing
            }
        }
    }

    /// Whether a link means the page of a folder whose levels lack it: that is told of them.
    fn is_told(&self, page: &Page, target: &Target) -> bool {
        match target {
            Target::Name { name, .. } => lacks_track(self.pages, name),
            Target::File { path, .. } => TreePath::normalized(page.place())
                .join(path)
                .is_some_and(|file| file.name() == "index.md" && lacks_track(self.pages, file.parent())),
            _ => false,
        }
    }

    fn named(&self, name: &str, span: &Span, names: &mut Vec<String>) -> Result<Named, Box<Diagnostic>> {
        let folded = fold_named(name);
        let found = self.names.find_folded(self.pages, None, &folded, |_| true);
        names.push(folded);
        match found {
            Found::One(id) => Ok(Named::Page(id)),
            Found::Several(ids) => Err(Box::new(ambiguous(Code::AmbiguousLink, span.clone(), name, &ids, self.pages))),
            Found::Nothing => {
                let path = name.trim_matches('/').to_lowercase();
                self.routes.named.get(&path).cloned().map(Named::Generated).ok_or_else(|| {
                    let message = format!("no page is called `{name}`");
                    let help = self.names.suggest(self.pages, None, name);
                    let made: Vec<String> = self.routes.generated.keys().map(Generated::path).collect();
                    let made = nearest(name, made.iter().map(String::as_str)).filter(|made| !made.is_empty());
                    let help = match made.filter(|_| !help.starts_with("did you mean")) {
                        Some(made) => format!("did you mean `{made}`?"),
                        None => help,
                    };
                    let help = if help.is_empty() { "name a page by its path, title or code".to_owned() } else { help };
                    Box::new(Diagnostic::new(Code::BrokenLink, span.clone(), message).help(help))
                })
            }
        }
    }

    fn file(&self, page: &Page, path: &str, image: bool, span: &Span) -> Result<Source, Box<Diagnostic>> {
        if path.is_empty() {
            let (code, what) = if image { (Code::MissingImage, "image") } else { (Code::BrokenLink, "link") };
            let diagnostic = Diagnostic::new(code, span.clone(), format!("this {what} has no address"));
            return Err(Box::new(diagnostic.help("write between `(` and `)` where it leads, or take it away")));
        }
        let here = TreePath::normalized(page.place());
        let joined = if path.starts_with('/') { TreePath::new(path) } else { here.join(path) };
        let Some(joined) = joined else {
            let message = format!("`{path}` leads out of `content/`");
            let diagnostic = Diagnostic::new(Code::LinkOutside, span.clone(), message)
                .help("only files in `content/` are published; copy the file there, or link to its web address");
            return Err(Box::new(diagnostic));
        };
        let folded = name::lower(joined.as_str());
        let index = if folded.is_empty() { "index.md".to_owned() } else { format!("{folded}/index.md") };
        if let Some(file) = self.routes.files.get(&folded).or_else(|| self.routes.files.get(&index)) {
            return match file {
                Source::Page(_) if image => {
                    let message = format!("`{path}` is a page, not an image");
                    Err(Box::new(
                        Diagnostic::new(Code::MissingImage, span.clone(), message)
                            .help("take the `!` away to link to it"),
                    ))
                }
                file => Ok(*file),
            };
        }
        if let Some(help) = elsewhere(path).filter(|_| !image) {
            let message = format!("`{path}` is read as a file of `content/`, and there is none");
            return Err(Box::new(Diagnostic::new(Code::BrokenLink, span.clone(), message).help(help)));
        }
        let code = if image { Code::MissingImage } else { Code::BrokenLink };
        let message = format!("there is no file `{joined}` in `content/`");
        Err(Box::new(Diagnostic::new(code, span.clone(), message).help(self.near_file(&here, &folded, image))))
    }

    /// The file that was probably meant, as it is written from here.
    fn near_file(&self, here: &TreePath, wrong: &str, image: bool) -> String {
        let page = format!("{}.md", wrong.strip_suffix(".html").unwrap_or(wrong).trim_end_matches('/'));
        let written = |file: &str| relative(here.parent(), file);
        if self.routes.files.contains_key(&page) {
            return format!("links name the source file: `{}`", written(&page));
        }
        let wanted = self.routes.files.iter().filter(|(_, file)| !image || matches!(file, Source::Asset(_)));
        let all: Vec<&str> = wanted.map(|(path, _)| path.as_str()).collect();
        if let Some(near) = nearest(wrong, all.iter().copied()) {
            return format!("did you mean `{}`?", written(near));
        }
        let name = wrong.rsplit('/').next().unwrap_or(wrong);
        let same_name = all.iter().filter(|file| file.rsplit('/').next() == Some(name)).min();
        same_name.map_or_else(
            || {
                format!(
                    "paths start at this page's folder, `content/{}`; with a `/` before them, at `content/`",
                    here.parent()
                )
            },
            |file| format!("did you mean `{}`?", written(file)),
        )
    }

    fn place_on(
        &self,
        from: PageId,
        to: PageId,
        anchor: Option<&String>,
        span: &Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Resolved {
        let target = self.pages.get(to);
        if !self.pages.is_shown(to) {
            let message = format!("`{}` is a draft, and this page is published", target.title.value);
            let diagnostic = Diagnostic::new(Code::LinkToDraft, span.clone(), message)
                .label(target.whole(), "the draft")
                .help("publish it (`draft: false`), or take the link away; `--drafts` shows drafts");
            diagnostics.push(diagnostic);
            return Resolved::Nothing;
        }
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return Resolved::Page(to, None) };
        let anchors = &self.ladder.layout(self.pages, to).anchors;
        if anchors.contains(anchor) || target.broken {
            return Resolved::Page(to, Some(anchor.clone()));
        }
        let slug = name::anchor(anchor);
        if anchors.contains(&slug) {
            return Resolved::Page(to, Some(slug));
        }
        if from == to && slug == "top" {
            return Resolved::Page(to, None); // Every browser knows that place.
        }
        let whose = if from == to { "this page".to_owned() } else { format!("`{}`", target.id) };
        let mut known: Vec<&str> = anchors.iter().map(String::as_str).collect();
        known.sort_unstable();
        let within = || known.iter().copied().find(|known| slug.len() > 2 && known.contains(&slug));
        let help = match nearest(&slug, known.iter().copied()).or_else(within) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if known.is_empty() => "it has no headings; link to the page as a whole".to_owned(),
            None if known.len() > 16 => format!("see the headings of {}", target.file),
            None => {
                format!("its places are {}", known.iter().map(|at| format!("`#{at}`")).collect::<Vec<_>>().join(", "))
            }
        };
        let message = format!("{whose} has no place called `{anchor}`");
        diagnostics.push(Diagnostic::new(Code::BrokenAnchor, span.clone(), message).help(help));
        Resolved::Page(to, None)
    }
}

/// How to write the web or mail address that somebody wrote like a file, if that is what it is.
fn elsewhere(path: &str) -> Option<String> {
    let (host, rest) = path.split_once('/').unwrap_or((path, ""));
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = !name.is_empty() && ending.len() > 1 && ending.chars().all(|c| c.is_ascii_alphabetic());
    if is_host && rest.is_empty() && host.split_once('@').is_some_and(|(who, _)| !who.is_empty()) {
        return Some(format!("a mail address begins with `mailto:`: `mailto:{path}`"));
    }
    let known = ["com", "org", "net", "io", "dev", "app", "edu", "gov", "eu", "uk", "de", "fr"];
    let web = is_host && (host.starts_with("www.") || known.contains(&ending));
    web.then(|| format!("a web address begins with `https://`: `https://{path}`"))
}

enum Named {
    Page(PageId),
    Generated(Generated),
}

/// A path in `content/` as it is written from a folder.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let shared = shared.min(to.len() - 1);
    format!("{}{}", "../".repeat(from.len() - shared), to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_file_is_written_from_where_one_stands() {
        assert_eq!(relative("moves", "ic/senior.md"), "../ic/senior.md");
        assert_eq!(relative("ic", "ic/senior.md"), "senior.md");
        assert_eq!(relative("", "ic/senior.md"), "ic/senior.md");
        assert_eq!(relative("a/b", "a/c.md"), "../c.md");
    }
}
