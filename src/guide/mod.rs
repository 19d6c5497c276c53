//! The [`Guide`]: everything that can be known of a project without a theme, and queries of it.

mod cache;
mod entity;
mod model;
mod page_cache;
mod references;
mod summary;
mod symlinks;

pub use cache::GuideCache;
pub use entity::{Entity, Key, KeyPart};
pub use model::{Guide, Options};
pub use references::Reference;
pub use summary::Counts;
