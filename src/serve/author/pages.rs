//! The list of all pages on the author's page.

use super::links::AuthorLinks;
use super::view::{KindView, RowView, SectionReadingView};
use crate::ladder::{SectionRole, SectionSummary};
use crate::page::{Kind, PageId, overdue_since};

/// The most pages that are listed as linking to a page, which limits the size of the author's page.
const MAX_LINKING_PAGES: usize = 40;

/// The most sections that are listed of a page.
const MAX_SECTIONS: usize = 60;

/// The number of pages up to which all tables are expanded.
const MAX_EXPANDED_PAGES: usize = 150;

/// The tables of all pages: one for each kind, sorted by file.
pub(super) fn page_tables(links: &AuthorLinks<'_>) -> Vec<KindView> {
    let open = links.context.pages.shown().count() <= MAX_EXPANDED_PAGES;
    let table = |kind: Kind| {
        let ids = links.context.pages.shown().filter(|(_, page)| page.kind == kind);
        let has_sections = kind.spec().has_cells;
        let row = |id| row_view(links, id, has_sections);
        KindView { title: kind.spec().plural, open, has_sections, rows: ids.map(|(id, _)| row(id)).collect() }
    };
    Kind::ALL.into_iter().map(table).filter(|table| !table.rows.is_empty()).collect()
}

fn row_view(links: &AuthorLinks<'_>, id: PageId, has_sections: bool) -> RowView {
    let page = links.context.pages.get(id);
    let cited_by = links.context.links.citing(id);
    let sections = if has_sections { section_views(links, id) } else { Vec::new() };
    let day = |day: Option<&crate::diagnostic::Spanned<jiff::civil::Date>>| day.map(|day| day.value.to_string());
    RowView {
        page: links.page(id),
        address: links.context.address(id).url.clone(),
        draft: page.draft,
        cited: cited_by.len(),
        cited_by: cited_by.iter().take(MAX_LINKING_PAGES).map(|id| links.link(*id)).collect(),
        more: cited_by.len().saturating_sub(MAX_LINKING_PAGES),
        reviewed: day(page.reviewed.as_ref()).unwrap_or_default(),
        due: day(page.review_due.as_ref()).unwrap_or_default(),
        overdue: overdue_since(page, links.context.today).is_some(),
        more_sections: sections.len().saturating_sub(MAX_SECTIONS),
        sections: sections.into_iter().take(MAX_SECTIONS).collect(),
    }
}

/// The sections of a page that have a heading.
fn section_views(links: &AuthorLinks<'_>, id: PageId) -> Vec<SectionReadingView> {
    let guide = &links.context.guide;
    let reading = guide.reading(id);
    let section = |section: &SectionSummary| SectionReadingView {
        heading: section.heading.clone(),
        role: guide.describe(section),
        prose: section.role == SectionRole::Prose,
        place: links.line_in_page(id, section.span.start),
    };
    reading.iter().filter(|section| !section.heading.is_empty()).map(section).collect()
}
