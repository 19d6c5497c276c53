//! Drawings that the build makes: the diagram of the [`ladder`] and [`chart`]s.
//!
//! Both are laid out here in pixels, as views; templates turn them into SVG. The width of [`text`] is estimated.

pub(crate) mod chart;
pub(crate) mod ladder;
mod text;
