use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::name::fold;
use crate::page::{Kind, Page, PageId, Pages};
use crate::yaml::At;

/// Which page a name means. A page's names are its id, every tail of it, its title, and its code and other names.
#[derive(Debug, Default)]
pub struct Names {
    ids: HashMap<String, Vec<PageId>>,
    all: HashMap<String, Vec<PageId>>,
}

/// What a name was found to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One page.
    One(PageId),
    /// Several pages.
    Several(Vec<PageId>),
    /// No page.
    Nothing,
}

impl Names {
    /// Collects the names of all pages, hidden drafts included.
    #[must_use]
    pub fn of(pages: &Pages) -> Self {
        let mut names = Self::default();
        for (id, page) in pages.all() {
            names.ids.entry(fold(&page.id)).or_default().push(id);
            for name in names_of(page) {
                let named = names.all.entry(fold(name)).or_default();
                if named.last() != Some(&id) {
                    named.push(id);
                }
            }
        }
        names
    }

    /// The page that a name means, among those of a kind when one is given. An exact id wins.
    #[must_use]
    pub fn find(&self, pages: &Pages, kind: Option<Kind>, name: &str) -> Found {
        let folded = fold(name.trim().trim_matches('/'));
        let of_kind = |ids: &HashMap<String, Vec<PageId>>| -> Vec<PageId> {
            let named = ids.get(&folded).into_iter().flatten();
            named.copied().filter(|id| kind.is_none_or(|kind| could_be(pages.get(*id), kind))).collect()
        };
        let mut found = of_kind(&self.ids);
        if found.is_empty() {
            found = of_kind(&self.all);
        }
        match found.as_slice() {
            [] => Found::Nothing,
            [one] => Found::One(*one),
            _ => Found::Several(found),
        }
    }

    /// The page of a kind that a front-matter value names. Notes an unknown name with the nearest ones, an ambiguous
    /// one with all that it could mean, and a name of a draft.
    pub fn resolve(
        &self,
        pages: &Pages,
        kind: Kind,
        name: &At<String>,
        of: &Page,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        let span = of.span(&name.span);
        match self.find(pages, Some(kind), &name.value) {
            Found::One(id) if pages.is_shown(id) => return Some(id),
            Found::One(id) => {
                let message = format!("`{}` is a draft, and this page is published", name.value);
                let note = Diagnostic::new(Code::LinkToDraft, span, message)
                    .label(pages.get(id).whole(), "the draft")
                    .help("publish it (`draft: false`), or leave it out here; `--drafts` shows drafts");
                notes.push(note);
            }
            Found::Several(ids) => notes.push(ambiguous(Code::AmbiguousName, span, &name.value, &ids, pages)),
            Found::Nothing => {
                let code = match kind {
                    Kind::Track => Code::UnknownTrack,
                    Kind::Competency => Code::UnknownCompetency,
                    _ => Code::UnknownLevel,
                };
                let message = format!("there is no {} called `{}`", kind.as_str(), name.value);
                notes.push(Diagnostic::new(code, span, message).help(suggest(pages, Some(kind), &name.value)));
            }
        }
        None
    }
}

/// A page of unreadable front matter may be of any kind.
fn could_be(page: &Page, kind: Kind) -> bool {
    page.kind == kind || page.broken && page.kind == Kind::Page
}

/// All names of a page: tails of its id, title, code and other names.
pub fn names_of(page: &Page) -> impl Iterator<Item = &str> {
    let id = page.id.as_str();
    let tails = std::iter::once(id).chain(id.match_indices('/').map(move |(at, _)| &id[at + 1..]));
    tails.chain(std::iter::once(page.title.value.as_str())).chain(page.other_names())
}

/// "Did you mean", among the names of pages of a kind.
#[must_use] 
pub fn suggest(pages: &Pages, kind: Option<Kind>, wrong: &str) -> String {
    let of_kind = pages.all().filter(|(_, page)| kind.is_none_or(|kind| page.kind == kind));
    let names: Vec<&str> = of_kind.flat_map(|(_, page)| names_of(page)).collect();
    let near = did_you_mean(wrong, names.iter().copied());
    if near.starts_with("did you mean") {
        return near;
    }
    let ids: Vec<&str> =
        pages.all().filter(|(_, page)| kind.is_none_or(|kind| page.kind == kind)).map(|(_, page)| page.id.as_str()).collect();
    did_you_mean(wrong, ids.iter().copied())
}

/// A problem that lists every page that a name could mean.
#[must_use] 
pub fn ambiguous(
    code: Code,
    span: crate::diagnostic::Span,
    name: &str,
    ids: &[PageId],
    pages: &Pages,
) -> Diagnostic {
    let mut note = Diagnostic::new(code, span, format!("`{name}` could mean {} pages", ids.len()));
    for id in ids.iter().take(6) {
        let page = pages.get(*id);
        note = note.label(page.whole(), format!("{} `{}`", page.kind.described(), page.id));
    }
    let listed: Vec<_> = ids.iter().take(6).map(|id| format!("`{}`", pages.get(*id).id)).collect();
    note.help(format!("name it by its id: {}", listed.join(" or ")))
}
