//! The pages of articles, worksheets and terms.

use crate::context::RenderContext;
use crate::page::{FrontMatter, Kind, PageId};
use crate::pages::worksheet_markdown;
use crate::percent::encode;
use crate::view::{Content, RelatedView};

/// The content of an article's, a worksheet's or a term's page.
pub(crate) fn content(context: &RenderContext, page: PageId) -> Content {
    let also_known_as = match &context.pages.get(page).front_matter {
        FrontMatter::Term(names) => names.iter().map(|name| name.value.clone()).collect(),
        _ => Vec::new(),
    };
    let mut view = RelatedView { also_known_as, ..RelatedView::default() };
    if let Some(serves) = context.ladder.serves.get(&page) {
        view.levels = serves.levels.iter().map(|level| context.level_card(*level)).collect();
        view.competencies = serves.competencies.iter().map(|id| context.competency_card(*id)).collect();
        view.tracks = serves.tracks.iter().map(|track| context.track_card(*track)).collect();
    }
    if context.pages.get(page).kind == Kind::Worksheet {
        view.markdown = encode(context.address(page).markdown().as_str());
        view.source = worksheet_markdown::markdown(context, page);
    }
    Content { related: Some(view), ..Content::default() }
}
