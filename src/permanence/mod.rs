//! What lasts: addresses, ids and names that were published, and the edits by which something leads on from them.

mod against;
mod edits;
mod ids;
mod published;

pub use against::against;
pub use ids::{WrittenIds, write_ids};
pub use published::{InvalidLadder, Published};
