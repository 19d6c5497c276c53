//! The sizes of a diagram, in pixels.

/// The sizes of a diagram, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metrics {
    /// The width of the whole diagram above which nodes become narrower.
    pub(crate) preferred_width: i32,
    /// The smallest and the largest width of a column.
    pub(crate) column_width: (i32, i32),
    /// The font size of titles in nodes.
    pub(crate) font_size: i32,
    /// The font size of codes in nodes.
    pub(crate) code_font_size: i32,
    /// The distance between two baselines of a title.
    pub(crate) line_height: i32,
    /// The distance between a node's border and its text, across and down.
    pub(crate) padding: (i32, i32),
    /// The least height of a channel between layers one rank apart.
    pub(crate) channel_height: i32,
    /// The font size of lanes' titles.
    pub(crate) lane_font_size: i32,
    /// The width of a gutter between lanes: with up to [`MAX_SPACIOUS_LANES`] lanes, and with more.
    pub(crate) gutter_width: (i32, i32),
}

/// The most lanes that have wide gutters between them.
pub(crate) const MAX_SPACIOUS_LANES: usize = 3;

/// The sizes of the diagram on the home page.
pub(crate) const HOME_PAGE: Metrics = Metrics {
    preferred_width: 1060,
    column_width: (148, 272),
    font_size: 15,
    code_font_size: 12,
    line_height: 19,
    padding: (14, 12),
    channel_height: 36,
    lane_font_size: 18,
    gutter_width: (76, 32),
};

/// The sizes of the diagram on a level's page.
pub(crate) const LEVEL_PAGE: Metrics = Metrics {
    preferred_width: 900,
    column_width: (124, 256),
    font_size: 13,
    code_font_size: 11,
    line_height: 16,
    padding: (10, 10),
    channel_height: 24,
    lane_font_size: 14,
    gutter_width: (56, 28),
};
