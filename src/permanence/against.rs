//! The addresses that a version of a guide has published, and from which nothing leads on any more.

use std::collections::{HashMap, HashSet};

use similar::TextDiff;

use super::edits::{alias_edit, alias_of, id_edit, page_id_edit};
use super::published::{Published, PublishedExpectation, PublishedPage};
use crate::config;
use crate::diagnostic::catalog::{self, Gone};
use crate::diagnostic::{Diagnostic, Fix, Span};
use crate::guide::Guide;
use crate::ladder::{ExpectationId, LevelId, Role};
use crate::link::Output;
use crate::name::fold;
use crate::page::{Page, PageId};
use crate::tree::TreePath;

/// The share of equal words from which a sentence certainly is another one, reworded.
const MIN_ALIKE: f32 = 0.6;

/// Finds the pages, aliases, ids and expectations of a published version that are gone, each with the line that would lead on
/// from it, if it's known which.
#[must_use]
pub fn against(published: &Published, guide: &Guide) -> Vec<Diagnostic> {
    let comparison = Comparison::new(published, guide);
    let mut diagnostics = Vec::new();
    for page in &published.pages {
        match comparison.at_address(&page.file) {
            AtAddress::Page(found) => comparison.parts(page, found, &mut diagnostics),
            AtAddress::Generated => {}
            AtAddress::Gone => diagnostics.push(comparison.gone_page(page)),
        }
    }
    for (alias, to) in &published.aliases {
        if matches!(comparison.at_address(alias), AtAddress::Gone) {
            diagnostics.extend(comparison.gone_alias(alias, to));
        }
    }
    diagnostics
}

struct Comparison<'a> {
    published: &'a Published,
    guide: &'a Guide,
    pages: HashMap<&'a TreePath, PageId>,
}

/// What is at a former address.
enum AtAddress {
    Page(PageId),
    Generated,
    Gone,
}

impl<'a> Comparison<'a> {
    fn new(published: &'a Published, guide: &'a Guide) -> Self {
        let shown = guide.pages.shown().map(|(id, _)| (&guide.routes.pages[id].file, id));
        let redirects = guide.routes.redirects.iter().map(|one| (&one.file, one.to));
        Self { published, guide, pages: redirects.chain(shown).collect() }
    }

    fn at_address(&self, file: &TreePath) -> AtAddress {
        if let Some(page) = self.pages.get(file) {
            return AtAddress::Page(*page);
        }
        match self.guide.routes.outputs.get(file) {
            Some(Output::Generated(_)) => AtAddress::Generated,
            _ => AtAddress::Gone,
        }
    }

    fn page(&self, id: PageId) -> &'a Page {
        self.guide.pages.get(id)
    }

    fn gone_page(&self, gone: &PublishedPage) -> Diagnostic {
        let address = gone.file.as_str();
        let draft = self.guide.pages.all().find(|(id, _)| self.guide.routes.pages[*id].file == gone.file);
        if let Some((_, draft)) = draft {
            return catalog::gone(draft.title_span(), Gone::Draft { address });
        }
        let Some(successor) = self.successor(gone) else {
            return catalog::gone(nowhere(), Gone::Page { address });
        };
        self.with_alias(Gone::Page { address }, successor, &gone.file)
    }

    /// The page that replaces one, if it's certain: one that wasn't published, and that has its id or its title.
    fn successor(&self, gone: &PublishedPage) -> Option<PageId> {
        let known: HashSet<&TreePath> = self.published.pages.iter().map(|page| &page.file).collect();
        let is_new = |id: &PageId| !known.contains(&self.guide.routes.pages[*id].file);
        let of_kind = || self.guide.pages.shown_of(gone.kind).filter(|(id, _)| is_new(id));
        let by_id = of_kind().find(|(_, page)| page.id_span.is_some() && gone.id.as_ref() == Some(&page.id));
        if let Some((id, _)) = by_id {
            return Some(id);
        }
        let title = fold(&gone.title);
        let titled: Vec<PageId> =
            of_kind().filter(|(_, page)| fold(&page.title.value) == title).map(|(id, _)| id).collect();
        <[PageId; 1]>::try_from(titled).ok().map(|[only]| only)
    }

    fn gone_alias(&self, alias: &TreePath, to: &TreePath) -> Option<Diagnostic> {
        let gone = Gone::Alias { address: alias.as_str() };
        if let AtAddress::Page(page) = self.at_address(to) {
            return Some(self.with_alias(gone, page, alias));
        }
        // If the page is gone as well, its successor is the one to lead to.
        let page = self.published.pages.iter().find(|page| page.file == *to)?;
        Some(match self.successor(page) {
            Some(successor) => self.with_alias(gone, successor, alias),
            None => catalog::gone(nowhere(), gone),
        })
    }

    fn with_alias(&self, gone: Gone<'_>, page: PageId, file: &TreePath) -> Diagnostic {
        let page = self.page(page);
        let alias = alias_of(file, self.guide.config.urls);
        let fix = Fix::edits(format!("add `{alias}` to `aliases`"), [alias_edit(page, &alias)]);
        catalog::gone(page.title_span(), gone).fix(fix)
    }

    /// Reports the id and the expectations of a page that still has its address, or another that this one leads to.
    fn parts(&self, published: &PublishedPage, id: PageId, diagnostics: &mut Vec<Diagnostic>) {
        let page = self.page(id);
        if let Some(former) = published.id.as_ref().filter(|former| page.id != **former && !has_name(page, former)) {
            let span = page.id_span.as_ref().map_or_else(|| page.title_span(), |span| page.span(span));
            let fix = Fix::edits(format!("write `id: {former}`"), [page_id_edit(page, former)]);
            diagnostics.push(catalog::gone(span, Gone::Id { id: former }).fix(fix));
        }
        let anchors = self.guide.anchors.linkable(&self.guide.pages, &self.guide.ladder, id);
        let level = match self.guide.ladder.role(id) {
            Some(Role::Level(level)) => Some(level),
            _ => None,
        };
        let here = level.map_or(&[][..], |level| self.guide.ladder.written_for(level));
        let ids: HashSet<&str> = here.iter().map(|one| &*self.guide.ladder.expectation(*one).id).collect();
        let gone = published.expectations.iter().filter(|one| !ids.contains(&*one.id) && !anchors.contains(&one.id));
        let gone: Vec<&PublishedExpectation> = gone.collect();
        let successors = level.map(|level| self.reworded(level, published, &gone)).unwrap_or_default();
        for one in gone {
            let address = format!("{}#{}", published.file, one.id);
            let gone = Gone::Expectation { address: &address, id: &one.id, text: &one.text };
            diagnostics.push(match successors.get(one.id.as_str()) {
                Some(successor) => {
                    let expectation = self.guide.ladder.expectation(*successor);
                    let of = self.page(expectation.page);
                    let label = format!("add `{{#{}}}`", one.id);
                    let fix = Fix::edits(label, [id_edit(of, &expectation.statement, &one.id)]);
                    catalog::gone(of.span(&expectation.statement.span), gone).fix(fix)
                }
                None => catalog::gone(page.title_span(), gone),
            });
        }
    }

    /// The expectations of a level that are some former ones, reworded: those without an id of their own that weren't
    /// published, one to one, the most alike first.
    fn reworded<'g>(
        &self,
        level: LevelId,
        published: &PublishedPage,
        gone: &[&'g PublishedExpectation],
    ) -> HashMap<&'g str, ExpectationId> {
        let known: HashSet<&str> = published.expectations.iter().map(|one| one.id.as_str()).collect();
        let is_new = |id: &ExpectationId| {
            let one = self.guide.ladder.expectation(*id);
            one.statement.id.is_none() && !known.contains(&*one.id)
        };
        let new: Vec<ExpectationId> = self.guide.ladder.written_for(level).iter().copied().filter(is_new).collect();
        let mut pairs: Vec<(f32, &str, ExpectationId)> = Vec::new();
        for former in gone {
            for id in &new {
                let text = &self.guide.ladder.expectation(*id).statement.text;
                let alike = TextDiff::from_words(former.text.as_str(), text.as_str()).ratio();
                if alike >= MIN_ALIKE {
                    pairs.push((alike, &former.id, *id));
                }
            }
        }
        pairs.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
        let (mut found, mut taken) = (HashMap::new(), HashSet::new());
        for (_, former, id) in pairs {
            if !found.contains_key(former) && taken.insert(id) {
                found.insert(former, id);
            }
        }
        found
    }
}

/// The place of what isn't anywhere: the start of the configuration.
fn nowhere() -> Span {
    Span::new(&TreePath::normalized(config::FILE), 0..0)
}

/// Whether a page can be referred to by a name.
fn has_name(page: &Page, name: &str) -> bool {
    let name = fold(name);
    page.names.iter().any(|own| **own == *name)
}
