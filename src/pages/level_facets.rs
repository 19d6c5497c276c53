//! The views of levels with their facets, for tables and comparisons.

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::ladder::LevelId;
use crate::page::FrontMatter;
use crate::view::{FacetView, StageView};

/// A level with its facets. Facets without a text have empty HTML.
pub(crate) fn view(context: &RenderContext, page_context: &PageContext, id: LevelId) -> StageView {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else {
        return StageView {
            level: context.card(level.page),
            rank: String::new(),
            facets: Vec::new(),
            experience: String::new(),
        };
    };
    let anchors = context.anchors.level(id);
    let facet = |(at, facet): (usize, &crate::config::Facet)| {
        let mut written = front_matter.facets.iter();
        let blocks = written.find(|(name, _)| context.config.facet_position(&name.value) == Some(at));
        let blocks = blocks.map(|(_, blocks)| blocks);
        FacetView {
            title: facet.title.clone(),
            anchor: anchors.facets.get(at).cloned().unwrap_or_default(),
            html: blocks.map(|blocks| context.quoted(page_context, level.page, blocks, true)).unwrap_or_default(),
        }
    };
    StageView {
        level: context.card(level.page),
        rank: rank_text(level.rank),
        facets: context.config.facets.iter().enumerate().map(facet).collect(),
        experience: context.quoted(page_context, level.page, &front_matter.experience, true),
    }
}
