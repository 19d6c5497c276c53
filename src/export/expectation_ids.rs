//! Which expectations there are, as data for scripts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::context::{RenderContext, data_script};

/// The hashes of the permanent ids of all expectations, six digits each, by the id of the level that they are written for.
/// Self-assessments only ask whether an expectation that a reader has marked is still there.
pub(crate) fn write(context: &RenderContext) -> String {
    let page = |level: &crate::ladder::Level| context.pages.get(level.page).id.as_str();
    let mut hashes: BTreeMap<&str, String> =
        context.ladder.levels.iter().map(|level| (page(level), String::new())).collect();
    for expectation in &context.ladder.expectations {
        let level = context.ladder.level(expectation.level);
        let _ = write!(hashes.entry(page(level)).or_default(), "{:06x}", hash(&expectation.id));
    }
    data_script(&hashes)
}

/// The upper 24 bits of FNV-1a, as `assess/guide.js` computes them.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_script() {
        assert_eq!(hash(""), 0x81_1c9d);
        assert_eq!(hash("a"), 0xe4_0c29);
        assert_eq!(hash("foobar"), 0xbf_9cf9);
    }
}
