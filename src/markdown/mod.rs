//! Markdown text → [`Block`]s: paragraphs, lists and the like whose inline HTML is finished but for what only the
//! whole site knows (where links lead). Those gaps are holes in a [`Rich`] text, filled when a page is rendered.

mod almost_link;
mod block;
mod build;
mod group;
mod html;
mod inline;
mod inline_html;
mod likely_typos;
mod link;
mod raw;
mod rich;

pub use block::{Alert, AsExample, Block, Heading, Item, Paragraph, headings, paragraphs};
pub use build::{Document, Footnote, Markdown, Origin};
pub use html::{escape, plain, write_blocks, write_footnotes};
pub use link::{LinkRef, Target};
pub use raw::{RawHtml, comments};
pub use rich::{Fill, Rich};
