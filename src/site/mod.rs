//! A [`Site`] is a guide and a theme; it renders one file or all of them. [`SiteCache`] builds the sites of a project that
//! changes, and [`fix`] applies the fixes of a project's diagnostics until none is left.

mod cache;
mod fix;
mod model;
mod queries;
mod render;
mod rendered;
mod unlinked;

pub use cache::SiteCache;
pub use fix::{Fixed, fix};
pub use model::Site;
pub use rendered::{RenderedSite, render, render_each};

pub use crate::guide::Options;
