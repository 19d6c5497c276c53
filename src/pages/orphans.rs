//! Pages that readers can hardly reach.

use std::collections::HashSet;

use crate::context::RenderContext;
use crate::ladder::{LevelId, Role};
use crate::page::{FoundBy, PageId};
use crate::pages::footer_pages;

/// The pages that readers can hardly reach, by kind:
///
/// - a page of kind `page`: no text links to it, and no list, tag, folder or footer shows it;
/// - an article or worksheet: no text links to it, and it serves no level or competency;
/// - a term: no text links to it;
/// - a foundation: no text links to it, and no level extends it.
///
/// Tracks, rungs, competencies and moves are part of the ladder, which shows them all.
#[must_use]
pub fn orphans(context: &RenderContext) -> Vec<PageId> {
    let extends = context.ladder.levels.iter().flat_map(|level| &level.extends);
    let extended: HashSet<LevelId> = extends.map(|(base, _)| *base).collect();
    let footer = footer_pages(context);
    let uncited = context.pages.shown().filter(|(id, _)| context.links.citing(*id).is_empty());
    let orphans = uncited.filter(|(id, page)| match page.kind.spec().found_by {
        FoundBy::Navigation => page.tags.is_empty() && !footer.contains(id) && !leads_on(context, *id),
        FoundBy::Subjects => !serves(context, *id),
        FoundBy::Links => true,
        FoundBy::Ladder => matches!(context.ladder.role(*id), Some(Role::Level(level))
            if context.ladder.level(level).is_abstract && !extended.contains(&level)),
    });
    orphans.map(|(id, _)| id).collect()
}

/// Whether a page introduces a generated list or its folder.
fn leads_on(context: &RenderContext, id: PageId) -> bool {
    context.routes.introduces.contains_key(&id) || context.folder_page(context.pages.get(id).folder()) == Some(id)
}

fn serves(context: &RenderContext, id: PageId) -> bool {
    let serves = context.ladder.serves.get(&id);
    serves.is_some_and(|to| !to.levels.is_empty() || !to.competencies.is_empty())
}
