//! Levels that extend each other in a circle.

use std::collections::HashSet;

use super::builder::Builder;
use crate::diagnostic::catalog::{self, Extension};
use crate::index_vec::IndexVec;
use crate::ladder::id_types::LevelId;
use crate::ladder::page_names::Found;
use crate::page::{FrontMatter, Kind};

/// All levels, each after those that it extends. Levels that extend each other in a circle are reported, and no longer
/// extend each other.
pub(super) fn bases_first(builder: &mut Builder<'_>) -> Vec<LevelId> {
    let levels = &builder.levels;
    let mut waiting: IndexVec<LevelId, usize> = levels.iter().map(|level| level.extends.len()).collect();
    let mut extended_by: IndexVec<LevelId, Vec<LevelId>> = IndexVec::from_fn(levels.len(), |_| Vec::new());
    for (id, level) in levels.iter_enumerated() {
        for (base, _) in &level.extends {
            extended_by[*base].push(id);
        }
    }
    let mut ready: Vec<LevelId> = levels.ids().filter(|id| waiting[*id] == 0).collect();
    let mut order = Vec::with_capacity(levels.len());
    while let Some(id) = ready.pop() {
        order.push(id);
        for next in &extended_by[id] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    let stuck: Vec<LevelId> = levels.ids().filter(|id| waiting[*id] > 0).collect();
    let stuck_set: HashSet<LevelId> = stuck.iter().copied().collect();
    for cycle in cycles(builder, &stuck, &stuck_set) {
        report(builder, &cycle);
    }
    for level in &stuck {
        let page = builder.levels[*level].page;
        builder.mark_uncertain(page);
        builder.levels[*level].extends.retain(|(base, _)| !stuck_set.contains(base));
    }
    order.extend(stuck);
    order
}

/// The circles among levels that could not be put into an order, each once.
fn cycles(builder: &Builder<'_>, stuck: &[LevelId], stuck_set: &HashSet<LevelId>) -> Vec<Vec<LevelId>> {
    let mut done: HashSet<LevelId> = HashSet::new();
    let mut cycles = Vec::new();
    for start in stuck {
        let mut path: Vec<LevelId> = Vec::new();
        let mut at = Some(*start);
        while let Some(level) = at {
            if let Some(from) = path.iter().position(|passed| *passed == level) {
                cycles.push(path[from..].to_vec());
                break;
            }
            if done.contains(&level) {
                break;
            }
            path.push(level);
            at = builder.levels[level].extends.iter().map(|(base, _)| *base).find(|base| stuck_set.contains(base));
        }
        done.extend(path);
    }
    cycles
}

fn report(builder: &mut Builder<'_>, cycle: &[LevelId]) {
    let pages = builder.pages;
    let mut circle: Vec<LevelId> = cycle.to_vec();
    let first = circle.iter().enumerate().min_by_key(|(_, level)| &pages.get(builder.levels[**level].page).file);
    let first = first.map_or(0, |(at, _)| at);
    circle.rotate_left(first);
    let page = |level: &LevelId| pages.get(builder.levels[*level].page);
    // Where a level extends the next one of the circle.
    let place = |level: &LevelId, next: &LevelId| {
        let page = page(level);
        let meant = Found::One(builder.levels[*next].page);
        let names_next = |name: &str| builder.find(Kind::Level, name, page) == meant;
        let span = match &page.front_matter {
            FrontMatter::Level(front_matter) => {
                front_matter.extends.iter().find(|extend| names_next(&extend.level.value))
            }
            _ => None,
        };
        page.span(span.map_or(&page.title.span, |extend| &extend.level.span))
    };
    let nexts = circle.iter().skip(1).chain(circle.first());
    let extension = |(level, next)| Extension {
        span: place(level, next),
        level: page(level).id.clone(),
        extended: page(next).id.clone(),
    };
    let extensions: Vec<Extension> = circle.iter().zip(nexts).map(extension).collect();
    if let Some((first, more)) = extensions.split_first() {
        let diagnostic = catalog::extends_cycle(first, more);
        builder.diagnostics.push(diagnostic);
    }
}
