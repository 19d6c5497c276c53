//! What differs between pages and those before, for whoever remembers what was made of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Competency, Extend, FrontMatter, Kind, Level, Page, PageId, Pages, Serves, Track};
use crate::yaml::Spanned;

/// What differs between pages that are the same but for their bodies and for words of their front matter: titles, other
/// names, summaries, facets, owners, dates. What stands where, and what names what, is as it was.
#[derive(Debug, Default)]
pub struct Words {
    /// The pages whose front matter differs.
    pub pages: Vec<PageId>,
    /// The folded names that only one of the two has, of each such page.
    pub names: BTreeSet<Arc<str>>,
}

impl Words {
    /// Whether pages differ in their bodies at most.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.pages.is_empty()
    }

    /// Whether front matter of such a page differs.
    #[must_use]
    pub fn is_of(&self, pages: &Pages, kind: Kind) -> bool {
        self.pages.iter().any(|id| pages.get(*id).kind == kind)
    }
}

impl Pages {
    /// What differs from pages before; `None` where that may be anything.
    #[must_use]
    pub fn since(&self, before: &Self) -> Option<Words> {
        let mut words = Words::default();
        if self.len() != before.len() {
            return None;
        }
        for (at, (page, old)) in self.pages.iter().zip(before.pages.iter()).enumerate() {
            if Arc::ptr_eq(page, old) || page.is_like(old) {
                continue;
            }
            if !page.stands_like(old) {
                return None;
            }
            words.pages.push(PageId(at));
            let (names, old_names): (BTreeSet<_>, BTreeSet<_>) =
                (page.names.iter().collect(), old.names.iter().collect());
            words.names.extend(names.symmetric_difference(&old_names).map(|name| Arc::clone(name)));
        }
        Some(words)
    }
}

impl Page {
    /// Whether everything that other pages can know of this one but its text is as on another page, places included:
    /// the front matter is the same text, and no more and no less of the page is understood.
    fn is_like(&self, other: &Self) -> bool {
        let front = |page: &Self| (page.body, page.broken, page.uncertain);
        self.file == other.file
            && front(self) == front(other)
            && self.source.as_bytes()[..self.body] == other.source.as_bytes()[..other.body]
    }

    /// Whether the front matter of both is understood, and says the same but for its words. Routes may differ.
    fn stands_like(&self, other: &Self) -> bool {
        // No field is left out here, so that a new one is not forgotten.
        #[rustfmt::skip]
        let Self {
            file, id, id_span, kind, slug, tags, aliases, order, draft, front_matter,
            broken: _, uncertain: _, source: _, title: _, summary: _, owner: _, changed: _, reviewed: _,
            review_due: _,
            names: _, body: _, blocks: _, document: _, layout: _,
        } = self;
        let sound = |page: &Self| !page.broken && !page.uncertain;
        sound(self)
            && sound(other)
            && (file, id, kind, order, draft) == (&other.file, &other.id, &other.kind, &other.order, &other.draft)
            && id_span.is_some() == other.id_span.is_some()
            && same(slug, &other.slug)
            && same(tags, &other.tags)
            && same(aliases, &other.aliases)
            && same(front_matter, &other.front_matter)
    }
}

/// What says something, wherever it stands.
trait SemanticEq {
    /// Whether both say the same, words that nothing depends on aside.
    fn says(&self, other: &Self) -> bool;
}

fn same<T: SemanticEq>(one: &T, other: &T) -> bool {
    one.says(other)
}

impl<T: PartialEq> SemanticEq for Spanned<T> {
    fn says(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: SemanticEq> SemanticEq for Option<T> {
    fn says(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(other)) => one.says(other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl<T: SemanticEq> SemanticEq for Vec<T> {
    fn says(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(one, other)| one.says(other))
    }
}

impl<A: SemanticEq, B: SemanticEq> SemanticEq for (A, B) {
    fn says(&self, other: &Self) -> bool {
        self.0.says(&other.0) && self.1.says(&other.1)
    }
}

impl SemanticEq for FrontMatter {
    fn says(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Track(one), Self::Track(other)) => one.says(other),
            (Self::Level(one), Self::Level(other)) => one.says(other),
            (Self::Competency(one), Self::Competency(other)) => one.says(other),
            (Self::Move { from, to }, Self::Move { from: other_from, to: other_to }) => {
                from.says(other_from) && to.says(other_to)
            }
            (Self::Article(one), Self::Article(other)) | (Self::Worksheet(one), Self::Worksheet(other)) => {
                one.says(other)
            }
            (Self::Term(_), Self::Term(_)) | (Self::Page, Self::Page) => true,
            _ => false,
        }
    }
}

impl SemanticEq for Track {
    fn says(&self, other: &Self) -> bool {
        let Self { levels, family, weights, weights_span: _ } = self;
        levels.says(&other.levels) && *family == other.family && weights.says(&other.weights)
    }
}

impl SemanticEq for Level {
    fn says(&self, other: &Self) -> bool {
        #[rustfmt::skip]
        let Self {
            track, rank, extends, is_abstract, leads_to, profile, not_applicable,
            code: _, also_known_as: _, facets: _, experience: _,
        } = self;
        track.says(&other.track)
            && (rank, is_abstract) == (&other.rank, &other.is_abstract)
            && extends.says(&other.extends)
            && leads_to.says(&other.leads_to)
            && profile.says(&other.profile)
            && not_applicable.says(&other.not_applicable)
    }
}

impl SemanticEq for Extend {
    fn says(&self, other: &Self) -> bool {
        let Self { level, competencies } = self;
        level.says(&other.level) && competencies.says(&other.competencies)
    }
}

impl SemanticEq for Competency {
    fn says(&self, other: &Self) -> bool {
        let Self { area, tracks, scale, also_known_as: _ } = self;
        area.says(&other.area) && tracks.says(&other.tracks) && scale.says(&other.scale)
    }
}

impl SemanticEq for Serves {
    fn says(&self, other: &Self) -> bool {
        let Self { levels, competencies, tracks } = self;
        levels.says(&other.levels) && competencies.says(&other.competencies) && tracks.says(&other.tracks)
    }
}
