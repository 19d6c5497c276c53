//! The loop of a preview: what changes on disk becomes the next state.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::candidate::Next;
use super::preview::{Preview, State};
use crate::diagnostic::Diagnosed;
use crate::site::Site;
use crate::tree::Tree;
use crate::watch::{Event, Watch};

/// How long a state with a new error waits: a file that is half written is whole a moment later, and then nobody needs to
/// have seen the error.
const DOUBT: Duration = Duration::from_millis(150);

/// How long nothing new has to be shown until pages are tried out that nobody has asked for.
const CALM: Duration = Duration::from_millis(100);

/// How long one wait for changes is; a new day is noticed after it.
const PATIENCE: Duration = Duration::from_mins(1);

/// What makes the sites of a preview.
pub trait SiteSource {
    /// Takes a project's tree through its stages.
    ///
    /// # Errors
    /// Why it is no project any more, and below that, after an empty line, what to do.
    fn site(&mut self, tree: &Tree) -> Result<Diagnosed<Site>, String>;

    /// Whether the same files would make another site by now, since a new day has begun.
    fn is_stale(&self) -> bool;
}

/// Keeps a preview equal to the disk, for ever.
pub fn keep(preview: &Preview, watch: &mut Watch, mut maker: impl SiteSource) {
    thread::scope(|scope| {
        let (shown, states) = channel();
        scope.spawn(move || try_out(preview, &states));
        send(&shown, preview.now());
        loop {
            if let Some(state) = step(preview, watch, &mut maker, PATIENCE) {
                send(&shown, state);
            }
        }
    });
}

/// Hands a state to the thread that tries pages out. Without that, they are only told of when they are asked for.
fn send(shown: &Sender<Arc<State>>, state: Arc<State>) {
    let _ = shown.send(state);
}

/// Tries out changed templates once no other change follows. It has a thread of its own, so that no change waits for it.
fn try_out(preview: &Preview, states: &Receiver<Arc<State>>) {
    let mut next = states.recv().ok();
    while let Some(state) = next {
        next = match states.recv_timeout(CALM) {
            Ok(newer) => Some(newer),
            Err(RecvTimeoutError::Timeout) => {
                preview.try_out(&state);
                drop(state);
                states.recv().ok()
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }
}

/// Waits for a change and shows it.
fn step(preview: &Preview, watch: &mut Watch, maker: &mut impl SiteSource, patience: Duration) -> Option<Arc<State>> {
    match watch.wait(patience) {
        Event::Unreadable(reason) => halt(preview, unreadable(&reason)),
        Event::Changed => follow(preview, watch, maker),
        Event::Quiet if maker.is_stale() && preview.now().trouble().is_none() => follow(preview, watch, maker),
        Event::Quiet => None,
    }
}

/// Shows what has changed, once it is sure that it is meant so.
fn follow(preview: &Preview, watch: &mut Watch, maker: &mut impl SiteSource) -> Option<Arc<State>> {
    let mut next = |watch: &Watch| maker.site(watch.tree()).map(|site| preview.next(watch.tree(), site));
    let mut shown = next(watch);
    let end = Instant::now() + DOUBT;
    while shown.as_ref().map_or(true, Next::is_worse) {
        let left = end.saturating_duration_since(Instant::now());
        // Changes may come for ever.
        if left.is_zero() {
            break;
        }
        match watch.wait(left) {
            Event::Changed => shown = next(watch),
            Event::Unreadable(reason) => return halt(preview, unreadable(&reason)),
            Event::Quiet => break,
        }
    }
    match shown {
        Ok(next) => Some(preview.publish(next)),
        Err(reason) => halt(preview, reason),
    }
}

fn halt(preview: &Preview, reason: String) -> Option<Arc<State>> {
    preview.halt(reason);
    None
}

fn unreadable(reason: &str) -> String {
    format!("can't read the project: {reason}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::*;
    use crate::site::Options;
    use crate::watch::Mode;

    /// What makes the same site on another day, or, as a project that never keeps still, none at all.
    struct Made {
        folder: tempfile::TempDir,
        day: i8,
        restless: bool,
        count: u32,
    }

    impl SiteSource for Made {
        fn site(&mut self, tree: &Tree) -> Result<Diagnosed<Site>, String> {
            self.count += 1;
            if self.restless {
                fs::write(self.folder.path().join("content/index.md"), self.count.to_string()).unwrap();
                return Err("no project\n\nmake it".to_owned());
            }
            self.day = 2;
            Ok(Site::new(tree, Options { drafts: false, today: date(2026, 11, 2) }))
        }

        fn is_stale(&self) -> bool {
            self.day == 1
        }
    }

    /// A project on its first day, and its preview.
    fn started(restless: bool) -> (Made, Watch, Preview) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("stepladder.yaml"), "title: T\n").unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        let review = "---\ntitle: Home\nreviewed: 2026-11-01\nreview_every: 1 day\n---\n";
        fs::write(folder.path().join("content/index.md"), review).unwrap();
        let watch = Watch::start(folder.path(), Mode::Poll).unwrap();
        let site = Site::new(watch.tree(), Options { drafts: false, today: date(2026, 11, 1) });
        let preview = Preview::new(folder.path(), watch.tree(), site, |_, _| {});
        (Made { folder, day: 1, restless, count: 0 }, watch, preview)
    }

    #[test]
    fn a_new_day_needs_no_edit() {
        let (mut made, mut watch, preview) = started(false);
        assert!(step(&preview, &mut watch, &mut made, Duration::ZERO).is_some());
        assert_eq!(preview.now().site().context().today, date(2026, 11, 2));
        assert!(step(&preview, &mut watch, &mut made, Duration::ZERO).is_none(), "it is the same day still");
    }

    #[test]
    fn a_project_that_never_keeps_still_is_told_of_all_the_same() {
        let (mut made, mut watch, preview) = started(true);
        assert!(follow(&preview, &mut watch, &mut made).is_none());
        assert_eq!(preview.now().trouble(), Some("no project\n\nmake it"));
    }
}
