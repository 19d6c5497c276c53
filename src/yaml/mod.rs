//! YAML with source spans.
//!
//! [`parse`] returns a tree in which every key and value has its byte range in the file. [`Fields`] reads typed values
//! from a mapping and reports everything that doesn't fit.

mod cause;
mod date_errors;
mod error;
mod explain;
mod fields;
mod node;
mod parse;
mod repair;
mod scalar;
mod typography;

pub use fields::{FieldAdvice, Fields};
pub use node::{Node, Value};
pub use parse::parse;
pub use repair::repair;
pub use scalar::scalar;
