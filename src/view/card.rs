//! Cards: pages as other pages show them.

use serde::Serialize;

/// A page as other pages show it.
#[derive(Debug, Clone, Serialize, Default)]
pub struct Card {
    /// The page's title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// `track`, `level`, `competency`, `move`, `article`, `worksheet`, `term` or `page`.
    pub kind: &'static str,
    /// Its summary; empty when it has none.
    pub summary: String,
    /// A level's code; empty for all else.
    pub code: String,
    /// The title of a level's track; empty for all else.
    pub track: String,
    /// 1 to 8 for a level or a track: which of the theme's track colours is its own. 0 for all else.
    pub hue: usize,
    /// Whether the page is a draft, shown because drafts were asked for.
    pub draft: bool,
}
