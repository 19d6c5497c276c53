//! Routes, anchors and links: the path of each file of the site, the target of each link, and the pages that link to a
//! page.

mod address;
mod alias;
mod all_generated;
mod anchors;
mod assess;
mod comparisons;
mod generated;
mod mentions;
mod missing_file;
mod numbered;
mod outputs;
mod resolve;
mod routes;
mod tags;

pub use address::{Address, encode, root_prefix};
pub use anchors::{AnchorCache, Anchors, CompetencyAnchors, LevelAnchors};
pub use comparisons::Comparisons;
pub use generated::Generated;
pub use mentions::{Mentions, UsedFiles};
pub(crate) use numbered::numbered;
pub use outputs::{ExportFile, Output, ScriptData};
pub use resolve::{LinkCache, Links, Resolved, Targets};
pub use routes::{Redirect, Routes, route};
pub use tags::Tag;
pub(crate) use tags::tags;
