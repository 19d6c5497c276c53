//! The loop of a preview: what changes on disk becomes the next state.

use std::time::{Duration, Instant};

use super::next::Next;
use super::preview::Preview;
use crate::diagnostic::Noted;
use crate::site::Site;
use crate::tree::Tree;
use crate::watch::{News, Watch};

/// How long a state with a new error waits: a file that is half written is whole a moment later, and then nobody needs to
/// have seen the error.
const DOUBT: Duration = Duration::from_millis(150);

/// How long one wait for changes is; nothing depends on it.
const LONG: Duration = Duration::from_hours(1);

/// Keeps a preview equal to the disk, for ever. `site` takes the project's tree through its stages, or says why it is no
/// project any more; `unreadable` is told why the project can't be read, when it can't.
pub fn keep<T>(
    preview: &Preview,
    watch: &mut Watch,
    mut site: impl FnMut(&Tree) -> Result<Noted<Site>, T>,
    mut unreadable: impl FnMut(Unreadable<T>),
) {
    preview.try_out(&preview.now());
    loop {
        match watch.wait(LONG) {
            News::Quiet => {}
            News::Unreadable(reason) => unreadable(Unreadable::Files(reason)),
            News::Changed => {
                if let Err(reason) = follow(preview, watch, &mut site) {
                    unreadable(reason);
                }
            }
        }
    }
}

/// Why the preview stays as it is although something has changed.
#[derive(Debug)]
pub enum Unreadable<T> {
    /// A file or folder can't be read.
    Files(String),
    /// What is there is no project.
    Project(T),
}

/// Shows what has changed, once it is sure that it is meant so.
fn follow<T>(
    preview: &Preview,
    watch: &mut Watch,
    site: &mut impl FnMut(&Tree) -> Result<Noted<Site>, T>,
) -> Result<(), Unreadable<T>> {
    let mut next = |watch: &Watch| {
        let site = site(watch.tree()).map_err(Unreadable::Project)?;
        Ok(preview.next(watch.tree(), site))
    };
    let mut shown = next(watch);
    let end = Instant::now() + DOUBT;
    while shown.as_ref().map_or(true, Next::is_worse) {
        match watch.wait(end.saturating_duration_since(Instant::now())) {
            News::Changed => shown = next(watch),
            News::Unreadable(reason) => return Err(Unreadable::Files(reason)),
            News::Quiet => break,
        }
    }
    let state = preview.publish(shown?);
    preview.try_out(&state);
    Ok(())
}
