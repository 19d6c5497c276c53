//! What Stepladder promises, as one test binary.

mod cases;
mod support;
