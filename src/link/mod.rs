//! URLs, anchors and links: the URL and file of each page ([`routes`]), the anchors on it, the target of each link, and
//! the pages that link to a page.

mod address;
mod alias;
mod all_generated;
mod anchors;
mod assess;
mod comparisons;
mod generated;
mod mentions;
mod missing_anchor;
mod missing_file;
mod outputs;
mod page_address;
mod print_parts;
mod resolve;
mod route_cache;
mod routes;
mod tags;
mod unique_slugs;
mod written_link;

pub use address::{Address, root_prefix};
pub use anchors::{AnchorCache, Anchors, CompetencyAnchors, LevelAnchors};
pub use comparisons::Comparisons;
pub use generated::{Generated, PrintPart};
pub use mentions::{Mentions, UsedFiles};
pub use outputs::{ExportFile, Output, ScriptData, ScriptWords};
pub(crate) use print_parts::prints_alone;
pub use resolve::{LinkCache, Links, Resolved, Targets};
pub use route_cache::RouteCache;
pub use routes::{Redirect, Routes, RoutesInputs};
pub use tags::Tag;
pub(crate) use tags::tags;
pub(crate) use unique_slugs::numbered;
