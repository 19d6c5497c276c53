//! YAML with places: [`parse`] gives a tree in which every key and value knows its bytes in the file, and [`Fields`]
//! reads typed values out of a mapping and notes everything that does not fit.

mod date;
mod fields;
mod mend;
mod node;
mod words;

pub use fields::{At, Fields};
pub use mend::mend;
pub use node::{Node, Value, parse};
