//! Where each file of the site lives, what each link means, and who cites whom.

mod address;
mod anchors;
mod assess;
mod comparisons;
mod generated;
mod outputs;
mod resolve;
mod routes;

pub use address::{Address, encode, root_prefix};
pub use anchors::{AnchorCache, Anchors, CompetencyAnchors, LevelAnchors};
pub use comparisons::Comparisons;
pub use generated::{Generated, Tag};
pub(crate) use generated::{numbered, tags};
pub use outputs::{ExportFile, Output, ScriptData};
pub use resolve::{LinkCache, Links, Resolved, Targets};
pub use routes::{Redirect, Routes, route};
