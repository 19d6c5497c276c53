//! Where each file of the site lives, what each link means, and who cites whom.

mod address;
mod assess;
mod comparisons;
mod generated;
mod resolve;
mod routes;

pub use address::{Address, encode, root_prefix};
pub use comparisons::Comparisons;
pub use generated::{Generated, Tag};
pub(crate) use generated::{numbered, tags};
pub use resolve::{Before, Links, Resolved, resolve};
pub use routes::{Redirect, Routes, place};
