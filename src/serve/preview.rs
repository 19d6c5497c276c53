//! What the preview shows: the last good site and the problems of the newest one. No I/O happens here.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use hyper::body::Bytes;
use tokio::sync::watch;

use super::address::{self, Asked};
use super::moved::Moved;
use super::next::{Next, key, next, sources};
use super::page::Content;
use crate::diagnostic::{Diagnostic, Noted, any_error, sort};
use crate::site::Site;
use crate::tree::{File, Tree, TreePath};

/// A site that is served, with its pages as far as they have been asked for.
#[derive(Debug)]
struct Standing {
    site: Arc<Site>,
    /// Whether nothing was wrong with it when it was new.
    good: bool,
    pages: Mutex<HashMap<TreePath, Content>>,
}

impl Standing {
    fn new(site: Arc<Site>, good: bool) -> Arc<Self> {
        Arc::new(Self { site, good, pages: Mutex::default() })
    }
}

/// What the preview shows at one moment.
#[derive(Debug)]
pub struct State {
    token: String,
    standing: Arc<Standing>,
    /// The good site before, in case a template of this one turns out to be faulty.
    before: Option<Arc<Standing>>,
    /// Whether the site that is served is the newest, not one that is kept while errors stand.
    fresh: bool,
    problems: Vec<Diagnostic>,
    sources: Tree,
    moved: Arc<Moved>,
    /// Whether its templates are new, so that those of the pages that Stepladder makes are still to be tried.
    untried: bool,
    /// Files of the site whose templates failed.
    failed: BTreeSet<TreePath>,
    sub_path: String,
}

impl State {
    /// What a browser compares to find out whether anything changed.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
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
        &self.standing.site
    }

    /// Where the site is on the server, with `/` at both ends.
    #[must_use]
    pub fn sub_path(&self) -> &str {
        &self.sub_path
    }

    /// Whether its templates have changed.
    pub(super) fn is_untried(&self) -> bool {
        self.untried
    }

    /// What an address asks for.
    pub(super) fn asked(&self, path: &str) -> Asked {
        address::asked(&self.standing.site, &self.sub_path, &self.moved, path)
    }

    /// The files of the site whose templates fail.
    pub(super) fn failed(&self) -> &BTreeSet<TreePath> {
        &self.failed
    }

    /// A page that has been rendered already.
    pub(super) fn at_hand(&self, path: &TreePath) -> Option<Content> {
        lock(&self.standing.pages).get(path).cloned()
    }
}

/// A file of the site as the preview has it.
#[derive(Debug)]
pub(super) enum Shown {
    /// It is in memory.
    Here(Content),
    /// It is copied from this place.
    OnDisk(PathBuf),
    /// Its template fails, and there is no good site that has it.
    Failed,
}

/// What is told when problems change: those before, and the state that has others.
type Tell = Box<dyn Fn(&[Diagnostic], &State) + Send + Sync>;

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
}

impl Preview {
    /// The preview of the project at `root`, which must be its real path. From its second state on, it says when there are
    /// other problems than before.
    #[must_use]
    pub fn new(
        root: &Path,
        tree: &Tree,
        site: Noted<Site>,
        tell: impl Fn(&[Diagnostic], &State) + Send + Sync + 'static,
    ) -> Self {
        let next = next(None, &Tree::default(), tree, site);
        let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let start = format!("{start:x}");
        let standing = Standing::new(next.site, !any_error(&next.problems));
        let state = State {
            token: format!("{start}-0"),
            sub_path: sub_path(&standing.site),
            standing,
            before: None,
            fresh: true,
            problems: next.problems,
            sources: next.sources,
            moved: Arc::default(),
            untried: true,
            failed: next.failed,
        };
        let memory = Mutex::new(Memory { count: 0, templates: next.templates });
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
    pub fn next(&self, tree: &Tree, site: Noted<Site>) -> Next {
        let templates = lock(&self.memory).templates.clone();
        next(Some(&self.now()), &templates, tree, site)
    }

    /// Shows a state. While it has errors, the last good site stays.
    pub fn publish(&self, next: Next) -> Arc<State> {
        let mut memory = lock(&self.memory);
        let now = self.now();
        let good = !any_error(&next.problems);
        memory.templates = next.templates;
        let keep = !good && now.standing.good;
        let mut moved = Arc::clone(&now.moved);
        let (standing, before) = if keep {
            (Arc::clone(&now.standing), None)
        } else {
            Arc::make_mut(&mut moved).follow(&now.standing.site, &next.site);
            // Pages of a site that is served no longer are not worth keeping.
            lock(&now.standing.pages).clear();
            (Standing::new(next.site, good), Some(Arc::clone(&now.standing)).filter(|standing| standing.good))
        };
        let (problems, sources) = (next.problems, next.sources);
        let sub_path = sub_path(&standing.site);
        let state = State {
            token: String::new(),
            standing,
            before,
            fresh: !keep,
            problems,
            sources,
            moved,
            untried: next.untried,
            failed: next.failed,
            sub_path,
        };
        self.show(&mut memory, state)
    }

    /// Renders a page of each sort that Stepladder makes, so that a faulty template is told before it is asked for. Says
    /// whether that could be done: a site that is kept while errors stand is not the newest. Pages that list others take
    /// their time, so this is done once the state is shown.
    pub fn try_out(&self, state: &Arc<State>) -> bool {
        let newest = state.fresh && state.standing.good;
        if newest {
            for path in state.standing.site.samples().generated {
                self.file(state, &path);
            }
        }
        newest
    }

    /// A file of the site; `None` when the site has no such file. May take its time.
    pub(super) fn file(&self, state: &Arc<State>, path: &TreePath) -> Option<Shown> {
        if let Some(content) = state.at_hand(path) {
            return Some(Shown::Here(content));
        }
        match state.standing.site.render(path) {
            Some(Ok(File::Bytes(bytes))) => {
                let content = Content::of_site(path, Bytes::from_owner(bytes));
                lock(&state.standing.pages).insert(path.clone(), content.clone());
                Some(Shown::Here(content))
            }
            Some(Ok(File::OnDisk(place))) => Some(Shown::OnDisk(place)),
            Some(Err(note)) => {
                let now = self.fail(state, path, *note);
                let other = !Arc::ptr_eq(&now.standing, &state.standing);
                let instead = if other { self.file(&now, path) } else { None };
                Some(instead.unwrap_or(Shown::Failed))
            }
            None => None,
        }
    }

    /// Takes in that a template failed on a page of a state; returns the state to go on with.
    fn fail(&self, state: &Arc<State>, path: &TreePath, note: Diagnostic) -> Arc<State> {
        let mut memory = lock(&self.memory);
        let now = self.now();
        let newest = now.fresh && Arc::ptr_eq(&now.standing, &state.standing);
        // What the theme lacks as a whole has been told, and what is wrong with an older site is mended or told, too.
        if !newest || now.failed.contains(path) || !now.standing.site.can_render() {
            return now;
        }
        let mut failed = now.failed.clone();
        failed.insert(path.clone());
        let mut problems = now.problems.clone();
        let tree = now.sources.clone().over(&memory.templates);
        problems.push(note);
        sort(&mut problems);
        let kept = now.before.clone();
        let standing = kept.clone().unwrap_or_else(|| Arc::clone(&now.standing));
        let state = State {
            token: String::new(),
            fresh: kept.is_none(),
            before: None,
            sources: sources(&problems, &tree, &now.standing.site),
            problems,
            moved: Arc::clone(&now.moved),
            untried: false,
            failed,
            sub_path: sub_path(&standing.site),
            standing,
        };
        self.show(&mut memory, state)
    }

    fn show(&self, memory: &mut Memory, state: State) -> Arc<State> {
        memory.count += 1;
        let state = Arc::new(State { token: format!("{}-{}", self.start, memory.count), ..state });
        let before = self.states.send_replace(Arc::clone(&state));
        if !before.problems.iter().map(key).eq(state.problems.iter().map(key)) {
            (self.tell)(&before.problems, &state);
        }
        state
    }
}

fn sub_path(site: &Site) -> String {
    site.scene().config.sub_path().unwrap_or_else(|| "/".to_owned())
}

/// Locks what no panic can leave half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
