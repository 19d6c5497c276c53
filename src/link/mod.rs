//! Where each file of the site lives, what each link means, and who cites whom.

mod address;
mod assess;
mod comparisons;
mod generated;
mod places;
mod resolve;

pub use address::{Address, encode, way_to_root};
pub use comparisons::Comparisons;
pub use generated::{Generated, Tag};
pub(crate) use generated::{numbered, tags};
pub use places::{Places, Redirect, place};
pub use resolve::{Before, Links, Resolved, resolve};
