//! The live preview: what is on disk is what the browser shows, and a mistake never takes the last good site away.
//!
//! A [`Preview`] holds what is shown. It is handed each new site of the project, and decides what becomes of it; a
//! [`Server`] answers from it, rendering pages when they are asked for. Its own addresses begin with `/_stepladder/`;
//! all others are those of the built site, and so is what they give, but for two lines in the head of every page.

mod asset;
mod author;
mod body;
mod candidate;
mod events;
mod guard;
mod handler;
mod payload;
mod preview;
mod problem_report;
mod rebuild_loop;
mod rename_tracker;
mod request_path;
mod response;
mod server;
mod shutdown;
mod write_timeout;

pub use author::{AUTHOR_CSS, author_page};
pub use candidate::{Next, added};
pub use preview::{Preview, State};
pub use rebuild_loop::{SiteSource, keep};
pub use server::{Limits, PORT, Server};
pub use shutdown::interrupted;
