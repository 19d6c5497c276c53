//! What Stepladder promises, as one test binary.

mod architecture;
mod cases;
mod golden;
mod html;
mod promises;
mod support;
