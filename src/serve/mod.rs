//! The live preview: an HTTP server that shows the site as it is on disk, and keeps serving the last error-free site
//! while the project has errors.
//!
//! [`run_rebuild_loop`] follows the project's files, builds a [`SiteCandidate`] from each change, and publishes it to
//! the [`Preview`] as the new [`PreviewState`]. A [`Server`] answers requests from that state and renders pages on
//! demand. The preview's own URLs start with `/_stepladder/`. All other URLs are those of the built site, with the same
//! content except for the two elements that the preview adds to the head of every page.

mod asset;
mod author;
mod candidate;
mod diagnostic_diff;
mod editor_url;
mod events;
mod fix_offer;
mod handler;
mod payload;
mod preview;
mod problem_report;
mod read_error;
mod rebuild_loop;
mod rename_tracker;
mod request_checks;
mod request_path;
mod response;
mod server;
mod shutdown;
mod state;

pub use author::{AUTHOR_CSS, author_page};
pub use candidate::SiteCandidate;
pub use diagnostic_diff::added_diagnostics;
pub use preview::Preview;
pub use read_error::ReadError;
pub use rebuild_loop::{SiteSource, run_rebuild_loop};
pub use server::{DEFAULT_PORT, Server, ServerLimits};
pub use shutdown::{ShutdownCause, wait_for_shutdown};
pub use state::PreviewState;
