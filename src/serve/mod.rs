//! The live preview: what is on disk is what the browser shows, and a mistake never takes the last good site away.
//!
//! A [`Preview`] holds what is shown. It is handed each new site of the project, and decides what becomes of it; a
//! [`Server`] answers from it, rendering pages when they are asked for. Its own addresses begin with `/_stepladder/`;
//! all others are those of the built site, and so is what they give, but for two lines in the head of every page.

mod address;
mod asset;
mod author;
mod body;
mod end;
mod events;
mod guard;
mod http;
mod keep;
mod moved;
mod next;
mod page;
mod preview;
mod problems;
mod respond;
mod server;
mod stall;

pub use author::{AUTHOR_CSS, author_page};
pub use end::interrupted;
pub use keep::{Maker, keep};
pub use next::{Next, added};
pub use preview::{Preview, State};
pub use server::{Limits, PORT, Server};
