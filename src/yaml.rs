//! YAML with places: [`parse`] gives a tree in which every key and value knows its bytes in the file, and [`Fields`]
//! reads typed values out of a mapping and notes everything that does not fit.

mod fields;
mod node;

pub use fields::{At, Fields};
pub use node::{Node, Value, parse};
