//! The loop that watches a project and publishes each change to its preview.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::candidate::SiteCandidate;
use super::preview::Preview;
use super::read_error::ReadError;
use super::state::PreviewState;
use crate::diagnostic::Diagnosed;
use crate::site::Site;
use crate::tree::Tree;
use crate::watch::{Event, Watch};

/// The time for which a candidate with a new error waits for the next change: the error may come from a file that is
/// being written.
const NEW_ERROR_DEBOUNCE: Duration = Duration::from_millis(150);

/// The time without a newer state after which samples of pages that nobody has requested are rendered.
const SAMPLE_DEBOUNCE: Duration = Duration::from_millis(100);

/// The longest wait for a change; after it, the loop checks whether a new day has begun.
const WATCH_TIMEOUT: Duration = Duration::from_mins(1);

/// Builds the sites of a preview.
pub trait SiteSource {
    /// Builds the site from a project's tree.
    ///
    /// # Errors
    /// If the folder isn't a project any more.
    fn build(&mut self, tree: &Tree) -> Result<Diagnosed<Site>, ReadError>;

    /// Returns whether the same tree would give another site now, since a new day has begun.
    fn is_stale(&self) -> bool;
}

/// Publishes each change of a project to its preview. Never returns.
pub fn run_rebuild_loop(preview: &Preview, watch: &mut Watch, mut source: impl SiteSource) {
    thread::scope(|scope| {
        let (published, states) = channel();
        scope.spawn(move || check_samples(preview, &states));
        send(&published, preview.current());
        loop {
            if let Some(state) = wait_and_rebuild(preview, watch, &mut source, WATCH_TIMEOUT) {
                send(&published, state);
            }
        }
    });
}

/// Sends a state to the thread that checks samples. If that thread has stopped, template errors are reported when their
/// pages are requested.
fn send(published: &Sender<Arc<PreviewState>>, state: Arc<PreviewState>) {
    let _ = published.send(state);
}

/// Checks samples of each state that no newer one follows at once. Runs in a thread of its own, so that rebuilds don't
/// wait for it.
fn check_samples(preview: &Preview, states: &Receiver<Arc<PreviewState>>) {
    let mut next = states.recv().ok();
    while let Some(state) = next {
        next = match states.recv_timeout(SAMPLE_DEBOUNCE) {
            Ok(newer) => Some(newer),
            Err(RecvTimeoutError::Timeout) => {
                preview.check_samples(&state);
                drop(state);
                states.recv().ok()
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }
}

/// Waits for a change and publishes it; `None` if no site was published.
fn wait_and_rebuild(
    preview: &Preview,
    watch: &mut Watch,
    source: &mut impl SiteSource,
    timeout: Duration,
) -> Option<Arc<PreviewState>> {
    match watch.wait(timeout) {
        Event::Unreadable(message) => report_read_error(preview, ReadError { message, help: None }),
        Event::Changed => rebuild(preview, watch, source),
        Event::Quiet if source.is_stale() && preview.current().read_error().is_none() => {
            rebuild(preview, watch, source)
        }
        Event::Quiet => None,
    }
}

/// Builds a site from the watched tree and publishes it. If it has a new error, further changes are awaited first.
fn rebuild(preview: &Preview, watch: &mut Watch, source: &mut impl SiteSource) -> Option<Arc<PreviewState>> {
    let mut build = |watch: &Watch| source.build(watch.tree()).map(|site| preview.candidate(watch.tree(), site));
    let mut built = build(watch);
    let deadline = Instant::now() + NEW_ERROR_DEBOUNCE;
    while built.as_ref().map_or(true, SiteCandidate::has_new_error) {
        let remaining = deadline.saturating_duration_since(Instant::now());
        // Changes may follow each other without end.
        if remaining.is_zero() {
            break;
        }
        match watch.wait(remaining) {
            Event::Changed => built = build(watch),
            Event::Unreadable(message) => return report_read_error(preview, ReadError { message, help: None }),
            Event::Quiet => break,
        }
    }
    match built {
        Ok(candidate) => Some(preview.publish(candidate)),
        Err(error) => report_read_error(preview, error),
    }
}

fn report_read_error(preview: &Preview, error: ReadError) -> Option<Arc<PreviewState>> {
    preview.set_read_error(error);
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::*;
    use crate::site::Options;
    use crate::watch::Mode;

    /// A source that builds the same site on another day. If its project keeps changing, it writes a file in each build
    /// and builds no site.
    struct TestSource {
        folder: tempfile::TempDir,
        day: i8,
        keeps_changing: bool,
        builds: u32,
    }

    fn no_project() -> ReadError {
        ReadError { message: "no project".to_owned(), help: Some("make it".to_owned()) }
    }

    impl SiteSource for TestSource {
        fn build(&mut self, tree: &Tree) -> Result<Diagnosed<Site>, ReadError> {
            self.builds += 1;
            if self.keeps_changing {
                fs::write(self.folder.path().join("content/index.md"), self.builds.to_string()).unwrap();
                return Err(no_project());
            }
            self.day = 2;
            Ok(Site::new(tree, Options { drafts: false, today: date(2026, 11, 2) }))
        }

        fn is_stale(&self) -> bool {
            self.day == 1
        }
    }

    /// A project on its first day, and its preview.
    fn start(keeps_changing: bool) -> (TestSource, Watch, Preview) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("stepladder.yaml"), "title: T\n").unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        let review = "---\ntitle: Home\nreviewed: 2026-11-01\nreview_every: 1 day\n---\n";
        fs::write(folder.path().join("content/index.md"), review).unwrap();
        let watch = Watch::start(folder.path(), Mode::Poll).unwrap();
        let site = Site::new(watch.tree(), Options { drafts: false, today: date(2026, 11, 1) });
        let preview = Preview::new(folder.path(), watch.tree(), site, |_, _| {});
        (TestSource { folder, day: 1, keeps_changing, builds: 0 }, watch, preview)
    }

    #[test]
    fn a_new_day_causes_a_rebuild_without_an_edit() {
        let (mut source, mut watch, preview) = start(false);
        assert!(wait_and_rebuild(&preview, &mut watch, &mut source, Duration::ZERO).is_some());
        assert_eq!(preview.current().site().context().today, date(2026, 11, 2));
        assert!(
            wait_and_rebuild(&preview, &mut watch, &mut source, Duration::ZERO).is_none(),
            "it is still the same day"
        );
    }

    #[test]
    fn an_error_is_reported_even_if_the_project_keeps_changing() {
        let (mut source, mut watch, preview) = start(true);
        assert!(rebuild(&preview, &mut watch, &mut source).is_none());
        assert_eq!(preview.current().read_error(), Some(&no_project()));
    }
}
