//! The loop of a preview: what changes on disk becomes the next state.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::next::Next;
use super::preview::{Preview, State};
use crate::diagnostic::Noted;
use crate::site::Site;
use crate::tree::Tree;
use crate::watch::{News, Watch};

/// How long a state with a new error waits: a file that is half written is whole a moment later, and then nobody needs to
/// have seen the error.
const DOUBT: Duration = Duration::from_millis(150);

/// How long nothing new has to be shown until pages are tried out that nobody has asked for.
const CALM: Duration = Duration::from_millis(100);

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
    thread::scope(|scope| {
        let (shown, states) = channel();
        scope.spawn(move || try_out(preview, &states));
        // Without the thread that tries pages out, they are only told of when they are asked for.
        let _ = shown.send(preview.now());
        loop {
            match watch.wait(LONG) {
                News::Quiet => {}
                News::Unreadable(reason) => unreadable(Unreadable::Files(reason)),
                News::Changed => match follow(preview, watch, &mut site) {
                    Ok(state) => _ = shown.send(state),
                    Err(reason) => unreadable(reason),
                },
            }
        }
    });
}

/// Tries out changed templates once no other change follows. It has a thread of its own, so that no change waits for it.
fn try_out(preview: &Preview, states: &Receiver<Arc<State>>) {
    let mut owed = false;
    let mut next = states.recv().ok();
    while let Some(state) = next {
        owed |= state.is_untried();
        next = match states.recv_timeout(CALM) {
            Ok(newer) => Some(newer),
            Err(RecvTimeoutError::Timeout) => {
                let done = owed && preview.try_out(&state);
                drop(state);
                let newer = states.try_recv().ok();
                // What fails on a state that is shown no longer isn't told.
                owed = owed && !(done && newer.is_none());
                newer.or_else(|| states.recv().ok())
            }
            Err(RecvTimeoutError::Disconnected) => None,
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
) -> Result<Arc<State>, Unreadable<T>> {
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
    Ok(preview.publish(shown?))
}
