//! What the preview shows: the last good site and the problems of the newest one. Nothing on disk is touched here.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;
use tokio::sync::watch;

use super::candidate::{Next, key, prepare, sources};
use super::payload::Content;
use super::rename_tracker::RenameTracker;
use super::request_path::{self, Resolution};
use crate::diagnostic::{Diagnosed, Diagnostic, any_error, sort};
use crate::site::Site;
use crate::tree::{File, Tree, TreePath};

/// A site that is served, with its pages as far as they have been asked for.
#[derive(Debug)]
struct ServedSite {
    site: Arc<Site>,
    /// Whether nothing was wrong with it when it was new.
    good: bool,
    /// Whether the project may have scripts and styles of its own in it.
    free: bool,
    pages: Mutex<HashMap<TreePath, Content>>,
}

impl ServedSite {
    fn new(site: Arc<Site>, good: bool, free: bool) -> Arc<Self> {
        Arc::new(Self { site, good, free, pages: Mutex::default() })
    }

    /// The same site, which has turned out to be faulty.
    fn faulty(&self) -> Arc<Self> {
        let pages = Mutex::new(lock(&self.pages).clone());
        Arc::new(Self { site: Arc::clone(&self.site), good: false, free: self.free, pages })
    }
}

/// What the preview shows at one moment.
#[derive(Debug, Clone)]
pub struct State {
    token: String,
    served: Arc<ServedSite>,
    /// The good site before, in case a template of this one turns out to be faulty.
    before: Option<Arc<ServedSite>>,
    /// Whether the site that is served is the newest, not one that is kept while errors stand.
    fresh: bool,
    /// Why the project can't be read, when it can't; all else is then as it was before.
    trouble: Option<String>,
    problems: Vec<Diagnostic>,
    sources: Tree,
    moved: Arc<RenameTracker>,
    /// Files of the site whose templates failed.
    failed: BTreeSet<TreePath>,
    editor: Option<String>,
    sub_path: String,
    /// Where the site was before.
    former: Arc<BTreeSet<String>>,
}

impl State {
    /// What a browser compares to find out whether anything changed.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Why the project can't be read, when it can't; after an empty line, what to do.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// All problems of the newest site, in order.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The files that the problems are in.
    #[must_use]
    pub fn sources(&self) -> &Tree {
        &self.sources
    }

    /// The site that is served.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.served.site
    }

    /// Where the site is on the server, with `/` at both ends.
    #[must_use]
    pub fn sub_path(&self) -> &str {
        &self.sub_path
    }

    /// Whether the site may have scripts and styles in it that the preview knows nothing of.
    pub(super) fn is_free(&self) -> bool {
        self.served.free
    }

    /// What an address asks for.
    pub(super) fn asked(&self, path: &str) -> Resolution {
        request_path::asked(&self.served.site, &self.sub_path, &self.former, &self.moved, path)
    }

    /// What opens an editor, by the newest configuration.
    pub(super) fn editor(&self) -> Option<&str> {
        self.editor.as_deref()
    }

    /// The files of the site whose templates fail.
    pub(super) fn failed(&self) -> &BTreeSet<TreePath> {
        &self.failed
    }

    /// The pages that have been asked for since this state is shown.
    pub(super) fn asked_for(&self) -> Vec<TreePath> {
        let mut pages: Vec<TreePath> = lock(&self.served.pages).keys().cloned().collect();
        pages.sort();
        pages
    }

    /// A page that has been rendered already.
    pub(super) fn at_hand(&self, path: &TreePath) -> Option<Content> {
        lock(&self.served.pages).get(path).cloned()
    }

    /// Whether this site is the one that is served.
    fn serves(&self, site: &Arc<Site>) -> bool {
        Arc::ptr_eq(&self.served.site, site)
    }

    /// Serves another site.
    fn turn_to(&mut self, served: Arc<ServedSite>) {
        let former = std::mem::replace(&mut self.sub_path, sub_path(&served.site));
        if former != self.sub_path {
            Arc::make_mut(&mut self.former).insert(former);
        }
        self.served = served;
    }
}

/// A file of the site as the preview has it.
#[derive(Debug)]
pub(super) enum ServedFile {
    /// It is in memory.
    Here(Content),
    /// It is copied from this place.
    OnDisk(PathBuf),
    /// Its template fails, and there is no good site that has it.
    Failed,
}

/// What is told when there is something to say: the state before, and the one that differs.
type Tell = Box<dyn Fn(&State, &State) + Send + Sync>;

/// The preview of one project. All readers see its newest [`State`].
pub struct Preview {
    root: PathBuf,
    tell: Tell,
    start: String,
    states: watch::Sender<Arc<State>>,
    /// What one update hands to the next; locked while a state is made out of the one before.
    memory: Mutex<Memory>,
}

#[derive(Debug)]
struct Memory {
    count: u64,
    /// The configuration and the templates that have been tried.
    templates: Tree,
    /// Whether templates are new, so that those of the pages that Stepladder makes are still to be tried.
    untried: bool,
}

impl Preview {
    /// The preview of the project at `root`, which must be its real path. From its second state on, it says when there are
    /// other problems than before, and when the site is elsewhere.
    #[must_use]
    pub fn new(
        root: &Path,
        tree: &Tree,
        site: Diagnosed<Site>,
        tell: impl Fn(&State, &State) + Send + Sync + 'static,
    ) -> Self {
        let next = prepare(None, &Tree::default(), tree, site);
        let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let start = format!("{start:x}");
        let served = ServedSite::new(next.site, !any_error(&next.problems), next.free);
        let state = State {
            token: format!("{start}-0"),
            sub_path: sub_path(&served.site),
            served,
            before: None,
            fresh: true,
            trouble: None,
            problems: next.problems,
            sources: next.sources,
            moved: Arc::default(),
            failed: next.failed,
            editor: next.editor,
            former: Arc::default(),
        };
        let memory = Mutex::new(Memory { count: 0, templates: next.templates, untried: true });
        let states = watch::Sender::new(Arc::new(state));
        Self { root: root.to_owned(), tell: Box::new(tell), start, states, memory }
    }

    /// The project's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What is shown now.
    #[must_use]
    pub fn now(&self) -> Arc<State> {
        Arc::clone(&self.states.borrow())
    }

    /// Follows the states from here on.
    #[must_use]
    pub fn states(&self) -> watch::Receiver<Arc<State>> {
        self.states.subscribe()
    }

    /// Makes the next state out of a changed project, and the site that it gives.
    #[must_use]
    pub fn next(&self, tree: &Tree, site: Diagnosed<Site>) -> Next {
        let templates = lock(&self.memory).templates.clone();
        prepare(Some(&self.now()), &templates, tree, site)
    }

    /// Shows a state. While it has errors, the last good site stays.
    pub fn publish(&self, mut next: Next) -> Arc<State> {
        let mut memory = self.all_tried(&mut next);
        let now = self.now();
        let good = !any_error(&next.problems);
        memory.templates = next.templates;
        memory.untried |= next.untried;
        let keep = !good && now.served.good;
        let mut state = State {
            fresh: !keep,
            before: None,
            trouble: None,
            problems: next.problems,
            sources: next.sources,
            failed: next.failed,
            editor: next.editor,
            ..(*now).clone()
        };
        if !keep {
            if !next.site.is_placed_as(now.site()) {
                Arc::make_mut(&mut state.moved).follow(now.site(), &next.site);
            }
            // Pages of a site that is served no longer are not worth keeping.
            lock(&now.served.pages).clear();
            state.before = Some(Arc::clone(&now.served)).filter(|served| served.good);
            state.turn_to(ServedSite::new(next.site, good, next.free));
        }
        self.show(&mut memory, state)
    }

    /// Tries what has failed since a state was made, and locks, so that nothing more can fail before it is shown.
    fn all_tried(&self, next: &mut Next) -> MutexGuard<'_, Memory> {
        loop {
            let memory = lock(&self.memory);
            let untried = next.untried(self.now().failed());
            if untried.is_empty() {
                return memory;
            }
            drop(memory);
            next.retry(untried);
        }
    }

    /// Tells why the project can't be read, over what is shown. The next state that is shown takes that away.
    pub fn halt(&self, trouble: String) {
        let mut memory = lock(&self.memory);
        let now = self.now();
        if now.trouble() != Some(&trouble) {
            self.show(&mut memory, State { trouble: Some(trouble), ..(*now).clone() });
        }
    }

    /// Renders a page of each sort if templates have changed, so that a faulty one is told before it is asked for. Those that
    /// list pages take their time, so this is done once the state is shown, and given up for a newer one; what fails on a
    /// state that is shown no longer isn't told.
    pub fn try_out(&self, state: &Arc<State>) {
        if !state.fresh || !state.served.good || !std::mem::take(&mut lock(&self.memory).untried) {
            return;
        }
        let is_newest = || {
            let now = self.now();
            now.fresh && now.serves(&state.served.site)
        };
        for path in state.site().samples() {
            // What has been asked for has been tried.
            if is_newest()
                && state.at_hand(&path).is_none()
                && let Some(Err(diagnostic)) = state.site().render(&path)
            {
                self.fail(state, &path, *diagnostic);
            }
        }
        if !is_newest() {
            lock(&self.memory).untried = true;
        }
    }

    /// A file of the site; `None` when the site has no such file. May take its time.
    pub(super) fn file(&self, state: &Arc<State>, path: &TreePath) -> Option<ServedFile> {
        if let Some(content) = state.at_hand(path) {
            return Some(ServedFile::Here(content));
        }
        match state.served.site.render(path) {
            Some(Ok(File::Bytes(bytes))) => {
                let content = Content::of_site(path, Bytes::from_owner(bytes));
                lock(&state.served.pages).insert(path.clone(), content.clone());
                Some(ServedFile::Here(content))
            }
            Some(Ok(File::OnDisk(place))) => Some(ServedFile::OnDisk(place)),
            Some(Err(diagnostic)) => {
                let now = self.fail(state, path, *diagnostic);
                let other = !now.serves(&state.served.site);
                let instead = if other { self.file(&now, path) } else { None };
                Some(instead.unwrap_or(ServedFile::Failed))
            }
            None => None,
        }
    }

    /// Takes in that a template failed on a page of a state; returns the state to go on with.
    fn fail(&self, state: &Arc<State>, path: &TreePath, diagnostic: Diagnostic) -> Arc<State> {
        let mut memory = lock(&self.memory);
        let now = self.now();
        let newest = now.fresh && now.serves(&state.served.site);
        // What the theme lacks as a whole has been told, and what is wrong with an older site is mended or told, too.
        if !newest || now.failed.contains(path) || !now.served.site.can_render() {
            return now;
        }
        let mut failed = now.failed.clone();
        failed.insert(path.clone());
        let mut problems = now.problems.clone();
        let tree = now.sources.clone().over(&memory.templates);
        problems.push(diagnostic);
        sort(&mut problems);
        let sources = sources(&problems, &tree, now.site());
        let mut state =
            State { fresh: now.before.is_none(), before: None, sources, problems, failed, ..(*now).clone() };
        state.turn_to(now.before.clone().unwrap_or_else(|| now.served.faulty()));
        self.show(&mut memory, state)
    }

    fn show(&self, memory: &mut Memory, state: State) -> Arc<State> {
        memory.count += 1;
        let state = Arc::new(State { token: format!("{}-{}", self.start, memory.count), ..state });
        let before = self.states.send_replace(Arc::clone(&state));
        let same = before.problems.iter().map(key).eq(state.problems.iter().map(key));
        if !same || before.trouble != state.trouble || before.sub_path != state.sub_path {
            (self.tell)(&before, &state);
        }
        state
    }
}

fn sub_path(site: &Site) -> String {
    site.context().config.sub_path().unwrap_or_else(|| "/".to_owned())
}

/// Locks what no panic can leave half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
