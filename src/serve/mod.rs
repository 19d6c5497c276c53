//! The live preview.

mod author;

pub use author::{AUTHOR_CSS, author_page};
