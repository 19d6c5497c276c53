//! The live preview: what is on disk is what the browser shows, and a mistake never takes the last good site away.
//!
//! A [`Preview`] holds what is shown. It is handed each new site of the project, and decides what becomes of it; a
//! [`Server`] answers from it, rendering pages when they are asked for. Its own addresses begin with `/_stepladder/`;
//! all others are those of the built site, and so is what they give, but for two lines in the head of every page.

mod address;
mod asset;
mod author;
mod body;
mod events;
mod guard;
mod http;
mod next;
mod page;
mod preview;
mod problems;
mod rebuild_loop;
mod rename_tracker;
mod respond;
mod server;
mod shutdown;
mod write_timeout;

pub use author::{AUTHOR_CSS, author_page};
pub use next::{Next, added};
pub use preview::{Preview, State};
pub use rebuild_loop::{SiteSource, keep};
pub use server::{Limits, PORT, Server};
pub use shutdown::interrupted;
