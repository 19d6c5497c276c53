//! YAML with places: [`parse`] gives a tree in which every key and value knows its bytes in the file, and [`Fields`]
//! reads typed values out of a mapping and notes everything that does not fit.

mod date;
mod explain;
mod fields;
mod node;
mod repair;

pub use fields::{Fields, Spanned};
pub use node::{Node, Value, parse};
pub use repair::mend;
