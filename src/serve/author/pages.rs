use super::links::AuthorLinks;
use super::view::{KindView, RowView};
use crate::page::{Kind, PageId, overdue_since};

/// How many citing pages are named.
const NAMED: usize = 40;

/// Up to how many pages all tables are open.
const OPEN: usize = 150;

impl AuthorLinks<'_> {
    /// All pages by kind, in the order of their files.
    pub(super) fn kinds(&self) -> Vec<KindView> {
        let open = self.context.pages.shown().count() <= OPEN;
        let kind = |kind| {
            let ids = self.context.pages.shown().filter(|(_, page)| page.kind == kind);
            KindView { title: title(kind), open, rows: ids.map(|(id, _)| self.row(id)).collect() }
        };
        Kind::ALL.into_iter().map(kind).filter(|kind| !kind.rows.is_empty()).collect()
    }

    fn row(&self, id: PageId) -> RowView {
        let page = self.context.pages.get(id);
        let cited_by = self.context.links.citing(id);
        let day = |day: Option<&crate::yaml::Spanned<jiff::civil::Date>>| day.map(|day| day.value.to_string());
        RowView {
            page: self.page(id),
            address: self.context.address(id).url.clone(),
            draft: page.draft,
            cited: cited_by.len(),
            cited_by: cited_by.iter().take(NAMED).map(|id| self.link(*id)).collect(),
            more: cited_by.len().saturating_sub(NAMED),
            reviewed: day(page.reviewed.as_ref()).unwrap_or_default(),
            due: day(page.review_due.as_ref()).unwrap_or_default(),
            overdue: overdue_since(page, self.context.today).is_some(),
        }
    }
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Track => "Tracks",
        Kind::Level => "Levels",
        Kind::Competency => "Competencies",
        Kind::Move => "Moves",
        Kind::Article => "Articles",
        Kind::Worksheet => "Worksheets",
        Kind::Term => "Terms",
        Kind::Page => "Other pages",
    }
}
