//! The page of a move.

use crate::context::{PageContext, RenderContext};
use crate::diagram::chart::profile;
use crate::ladder::compare;
use crate::pages::difference_kinds::counts;
use crate::pages::{changes, level_facets};
use crate::view::{Content, MoveView};

/// The content of a move's page; empty if its ends are unknown.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, page: crate::page::PageId) -> Content {
    let moving = context.move_of(page).map(|one| {
        let differences = compare(&context.ladder, one.from, one.to);
        MoveView {
            from: level_facets::view(context, page_context, one.from),
            to: level_facets::view(context, page_context, one.to),
            url: context.comparison_url(one.from, one.to),
            counts: counts(&differences),
            changes: differences
                .iter()
                .filter_map(|changes| changes::competency_change(context, one.to, changes))
                .collect(),
            profile: profile::of_both(context, one.from, one.to),
        }
    });
    Content { moving, ..Content::default() }
}
