//! A [`Site`] is a guide and a theme; it renders one file or all of them. [`SiteCache`] builds the sites of a project that
//! changes, and [`fix`] applies the fixes of a project's diagnostics until none is left.

mod active_files;
mod active_xml;
mod cache;
mod checked;
mod fix;
mod local_links;
mod model;
mod queries;
mod render;
mod unlinked;

pub use cache::SiteCache;
pub use checked::{CheckedSite, check, check_found, render_each};
pub use fix::{Fixed, fix, fix_found};
pub use model::Site;

pub use crate::guide::Options;
