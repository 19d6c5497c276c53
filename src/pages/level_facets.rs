//! The views of levels with their facets, for tables and comparisons.

use crate::context::cards::rank_text;
use crate::context::{PageContext, RenderContext};
use crate::ladder::LevelId;
use crate::markdown::Block;
use crate::page::FrontMatter;
use crate::percent::encode;
use crate::view::{ChangedFacet, FacetView, StageView};

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
        let blocks = written(context, id, at);
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

/// The facets that a level and the one `before` it describe in different words.
pub(crate) fn changed(context: &RenderContext, before: LevelId, now: LevelId) -> Vec<ChangedFacet> {
    let text = |level: LevelId, at: usize| {
        written(context, level, at).map(|blocks| context.block_text(context.ladder.level(level).page, blocks))
    };
    let change = |(at, facet): (usize, &crate::config::Facet)| {
        let is = text(now, at).filter(|text| !text.is_empty())?;
        let anchor = context.anchors.level(now).facets.get(at)?;
        (text(before, at).as_ref() != Some(&is))
            .then(|| ChangedFacet { title: facet.title.clone(), fragment: encode(anchor) })
    };
    context.config.facets.iter().enumerate().filter_map(change).collect()
}

/// The text of a level's facet, by the facet's position in the configuration.
fn written(context: &RenderContext, level: LevelId, at: usize) -> Option<&[Block]> {
    let FrontMatter::Level(front_matter) = &context.pages.get(context.ladder.level(level).page).front_matter else {
        return None;
    };
    let mut written = front_matter.facets.iter();
    let facet = written.find(|(name, _)| context.config.facet_position(&name.value) == Some(at));
    facet.map(|(_, blocks)| blocks.as_slice())
}
