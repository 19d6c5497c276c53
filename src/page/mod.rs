//! Pages: [`parse`] turns one Markdown file into a [`Page`], with front matter typed by kind and a body of blocks.
//!
//! Parsing never fails. A page with broken front matter is still a page, so that links to it resolve and one mistake gives
//! one diagnostic.

mod field_specs;
mod foreign_fields;
mod front_matter;
mod infer_kind;
mod kind;
mod kinds;
mod layout;
mod model;
mod pages;
mod parse;
mod placeholder;
mod prose_layout;
mod read_front_matter;
mod review;
mod split;
mod structural_fields;

pub use field_specs::COMMON_FIELDS;
pub use front_matter::{Competency, Extend, FrontMatter, Level, Serves, Track};
pub use kind::{FoundBy, FrontMatterForm, Kind, KindSpec, ListPage, PageFolder, PrintRole};
pub use layout::PageLayout;
pub use model::{FOLDER, Page, TitleSource, id_of, is_page, stem_of};
pub use pages::{PageId, Pages};
pub use parse::parse;
pub use placeholder::{is_placeholder, reported_placeholders};
pub(crate) use prose_layout::layout_without_cells;
pub use review::{overdue_since, reviews};
pub use structural_fields::Outline;
