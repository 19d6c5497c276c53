//! A [`Site`] is a guide and a theme; it renders one file or all of them. [`SiteCache`] builds the sites of a project that
//! changes.

mod cache;
mod model;
mod queries;
mod render;
mod unlinked;

pub use cache::SiteCache;
pub use model::Site;

pub use crate::guide::Options;
