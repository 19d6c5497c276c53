//! The permanent ids of expectations, as data for scripts.

use std::collections::BTreeMap;

use crate::context::{RenderContext, data_script};

/// The permanent ids of all expectations, by the id of the level that they are written for.
pub(crate) fn write(context: &RenderContext) -> String {
    let page = |level: &crate::ladder::Level| context.pages.get(level.page).id.as_str();
    let mut ids: BTreeMap<&str, Vec<&str>> =
        context.ladder.levels.iter().map(|level| (page(level), Vec::new())).collect();
    for expectation in &context.ladder.expectations {
        let level = context.ladder.level(expectation.level);
        ids.entry(page(level)).or_default().push(&expectation.id);
    }
    data_script(&ids)
}
