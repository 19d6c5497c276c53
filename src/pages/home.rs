//! The home page.

use crate::context::{PageContext, RenderContext};
use crate::diagram::ladder;
use crate::link::Generated;
use crate::page::Kind;
use crate::pages::lists;
use crate::view::{Content, GroupView, HomeView};

/// The content of the home page.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext) -> Content {
    // The home page is an entry point; the whole list is one click away.
    const MAX_GROUP_CARDS: usize = 12;
    let mut kinds = Kind::ALL.to_vec();
    kinds.retain(|kind| kind.spec().home_position.is_some());
    kinds.sort_by_key(|kind| kind.spec().home_position);
    let group = |kind: &Kind| {
        let generated = Generated::of(*kind)?;
        let card = context.generated_card(&generated)?;
        let anchor = generated.path();
        Some(GroupView {
            title: card.title,
            anchor,
            summary: card.summary,
            url: card.url,
            cards: context.cards(context.listed(*kind).into_iter().take(MAX_GROUP_CARDS)),
        })
    };
    let home = HomeView {
        picture: ladder::of_whole_ladder(context),
        ladder: context.ladder_view(),
        groups: lists::distinct(context, page_context, kinds.iter().filter_map(group).collect()),
    };
    Content { home: Some(home), ..Content::default() }
}
