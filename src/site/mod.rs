//! The stages in order: files → [`Site`], which renders one file or all of them. [`SiteCache`] runs them again after a
//! change, and does again only what the change touches.

mod cache;
mod model;
mod parts;
mod render;

pub use cache::SiteCache;
pub use model::Site;

pub use crate::guide::Options;
