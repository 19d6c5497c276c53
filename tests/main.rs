//! What Stepladder promises, as one test binary.

mod anchors;
mod architecture;
mod browser;
mod cases;
mod golden;
mod html;
mod promises;
mod support;
