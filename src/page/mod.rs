//! Pages: [`parse`] turns one Markdown file into a [`Page`], with front matter typed by kind and a body of blocks.
//!
//! Parsing never fails. A page with broken front matter is still a page, so that links to it resolve and one mistake gives
//! one diagnostic.

mod body_layout;
mod foreign_fields;
mod front_matter;
mod infer_kind;
mod kind;
mod layout;
mod model;
mod outline;
mod pages;
mod parse;
mod placeholder;
mod read_front_matter;
mod review;
mod split;

pub(crate) use body_layout::layout_without_cells;
pub use front_matter::{Competency, Extend, FrontMatter, Level, Serves, Track};
pub use kind::Kind;
pub use layout::PageLayout;
pub use model::{FOLDER, Page, TitleSource, id_of, is_page, stem_of};
pub use outline::Outline;
pub use pages::{PageId, Pages};
pub use parse::parse;
pub use placeholder::{is_placeholder, reported_placeholders};
pub use review::{overdue_since, reviews};
