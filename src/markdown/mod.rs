//! Markdown parsed to [`Block`]s, whose inline content is rendered to [`PartialHtml`].
//!
//! Everything that depends on the whole site, such as the addresses of linked pages, is a placeholder in the HTML. It is
//! filled in by a [`PlaceholderWriter`] when a page is rendered.

mod anchor_ids;
mod autolinks;
mod block;
mod block_text;
mod bullets;
mod cell_lines;
mod definition_list;
mod document;
mod footnotes;
mod foreign_notes;
mod html_block;
mod html_list;
mod html_text;
mod inline;
mod inline_marks;
mod item_marker;
mod item_typos;
mod likely_typos;
mod line_marks;
mod link;
mod literal_colons;
mod malformed_links;
mod markdown_in_html;
mod marker_characters;
mod paragraph_line;
mod parser;
mod partial_html;
mod prose_mark;
mod raw_html;
mod table;
mod table_typos;
mod text;
mod unclosed;
mod unknown_markup;
mod unpublished_text;
mod wrapping_html;
mod write;

pub use block::{
    Alert, Block, CodeBlock, Definition, ExampleText, Heading, HtmlBlock, Item, Paragraph, Table, TableCell, headings,
    paragraphs, tables,
};
pub use block_text::{block_texts, written_texts};
pub(crate) use bullets::possible_list_marker;
pub use document::{Document, Footnote};
pub(crate) use html_text::{HtmlText, html_tables, html_texts};
pub use link::{LinkRef, Target};
pub(crate) use markdown_in_html::has_markdown;
pub use parser::{MarkdownParser, TextOrigin};
pub use partial_html::{PartialHtml, PlaceholderWriter};
pub use raw_html::{RawHtml, comments};
pub(crate) use table_typos::shown_row;
pub use text::escape;
pub use write::{write_blocks, write_footnotes};
