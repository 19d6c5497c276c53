//! Files for programs: the ladder as data, the feed, the site map, and what scripts load.

pub(crate) mod compare_data;
mod csv;
mod feed;
mod machine;

pub use compare_data::Data;
pub use machine::Machine;
