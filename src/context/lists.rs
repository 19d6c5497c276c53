//! The pages of a kind, in the order in which they are listed.

use crate::context::RenderContext;
use crate::page::{Kind, PageId};

impl RenderContext {
    /// The pages of a kind in the order in which they are listed: by `order`, then by title.
    pub(crate) fn listed(&self, kind: Kind) -> Vec<PageId> {
        if kind == Kind::Competency {
            return self.ladder.competencies.iter().map(|competency| competency.page).collect();
        }
        self.listed_where(kind, |_| true)
    }

    /// The pages of a kind that `wanted` accepts, in the order in which they are listed.
    pub(crate) fn listed_where(&self, kind: Kind, wanted: impl Fn(PageId) -> bool) -> Vec<PageId> {
        let of_kind = self.pages.shown().filter(|(id, page)| page.kind == kind && wanted(*id));
        self.sorted(of_kind.map(|(id, _)| id))
    }

    /// Pages by `order`, then by title.
    pub(crate) fn sorted(&self, ids: impl Iterator<Item = PageId>) -> Vec<PageId> {
        let keyed = ids.map(|id| {
            let page = self.pages.get(id);
            (page.order.unwrap_or(f64::INFINITY), page.title.value.to_lowercase(), id)
        });
        let mut keyed: Vec<(f64, String, PageId)> = keyed.collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        keyed.into_iter().map(|(.., id)| id).collect()
    }
}
