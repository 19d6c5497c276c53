//! The preview of one project: the current state and the transitions to the next one. Reads nothing from disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use tokio::sync::watch;

use super::candidate::{SiteCandidate, diagnostic_sources};
use super::diagnostic_diff::same_diagnostics;
use super::payload::Payload;
use super::read_error::ReadError;
use super::state::{PreviewState, ServedFile, ServedSite, base_path, lock};
use crate::diagnostic::{Diagnosed, Diagnostic, any_error, sort};
use crate::site::Site;
use crate::tree::{File, Tree, TreePath};

/// The callback for a state that differs in what the terminal shows: the state before, and the new one.
type OnChange = Box<dyn Fn(&PreviewState, &PreviewState) + Send + Sync>;

/// The preview of one project. All requests are answered from its current [`PreviewState`].
pub struct Preview {
    root: PathBuf,
    on_change: OnChange,
    /// The first part of all tokens: the start of this preview as hexadecimal nanoseconds.
    session: String,
    states: watch::Sender<Arc<PreviewState>>,
    /// Locked while a new state is derived from the current one.
    progress: Mutex<Progress>,
}

/// The data that transitions between states need besides the current state.
#[derive(Debug)]
struct Progress {
    /// The number of the current state, which is the second part of its token.
    revision: u64,
    /// The configuration and the templates that the last published candidate was checked with.
    checked_templates: Tree,
    /// Whether templates have changed since generated pages were last rendered to check them.
    samples_pending: bool,
}

impl Preview {
    /// The preview of the project at `root`, which must be a canonical path. `on_change` is called for each later state
    /// whose diagnostics, read error or base path differ from those of the state before.
    #[must_use]
    pub fn new(
        root: &Path,
        tree: &Tree,
        site: Diagnosed<Site>,
        on_change: impl Fn(&PreviewState, &PreviewState) + Send + Sync + 'static,
    ) -> Self {
        let first = SiteCandidate::new(None, &Tree::default(), tree, site);
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let session = format!("{since_epoch:x}");
        let served = ServedSite::new(first.site, !any_error(&first.diagnostics), first.has_custom_code);
        let state = PreviewState {
            token: format!("{session}-0"),
            base_path: base_path(&served.site),
            served,
            previous: None,
            is_newest: true,
            read_error: None,
            diagnostics: first.diagnostics,
            sources: first.sources,
            renames: Arc::default(),
            failed_files: first.failed_files,
            editor_template: first.editor_template,
            former_base_paths: Arc::default(),
        };
        let progress = Progress { revision: 0, checked_templates: first.templates, samples_pending: true };
        Self {
            root: root.to_owned(),
            on_change: Box::new(on_change),
            session,
            states: watch::Sender::new(Arc::new(state)),
            progress: Mutex::new(progress),
        }
    }

    /// The project's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The current state.
    #[must_use]
    pub fn current(&self) -> Arc<PreviewState> {
        Arc::clone(&self.states.borrow())
    }

    /// A receiver of the current and all later states.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<Arc<PreviewState>> {
        self.states.subscribe()
    }

    /// Prepares a site that was built from a changed project for [`Preview::publish`].
    #[must_use]
    pub fn candidate(&self, tree: &Tree, site: Diagnosed<Site>) -> SiteCandidate {
        let checked_templates = lock(&self.progress).checked_templates.clone();
        SiteCandidate::new(Some(&self.current()), &checked_templates, tree, site)
    }

    /// Makes a candidate the current state. If it has errors and the site before had none, that site stays, with the
    /// candidate's diagnostics.
    pub fn publish(&self, mut candidate: SiteCandidate) -> Arc<PreviewState> {
        let mut progress = self.lock_for_publishing(&mut candidate);
        let current = self.current();
        let is_error_free = !any_error(&candidate.diagnostics);
        progress.checked_templates = candidate.templates;
        progress.samples_pending |= candidate.templates_changed;
        let keeps_site = !is_error_free && current.served.is_error_free;
        let mut state = PreviewState {
            is_newest: !keeps_site,
            previous: None,
            read_error: None,
            diagnostics: candidate.diagnostics,
            sources: candidate.sources,
            failed_files: candidate.failed_files,
            editor_template: candidate.editor_template,
            ..(*current).clone()
        };
        if !keeps_site {
            if !candidate.site.shares_routes_with(current.site()) {
                Arc::make_mut(&mut state.renames).record(current.site(), &candidate.site);
            }
            // Frees memory: the former site is served again only if a template of the new one fails.
            lock(&current.served.pages).clear();
            state.previous = Some(Arc::clone(&current.served)).filter(|served| served.is_error_free);
            state.set_served(ServedSite::new(candidate.site, is_error_free, candidate.has_custom_code));
        }
        self.replace_state(&mut progress, state)
    }

    /// Renders the pages that failed since the candidate was made, and locks the progress, so that no other page can be
    /// found to fail before the candidate is published.
    fn lock_for_publishing(&self, candidate: &mut SiteCandidate) -> MutexGuard<'_, Progress> {
        loop {
            let progress = lock(&self.progress);
            let unrendered = candidate.unrendered(self.current().failed_files());
            if unrendered.is_empty() {
                return progress;
            }
            drop(progress);
            candidate.check_pages(unrendered);
        }
    }

    /// Reports that the project can't be read, while the site stays as it is. The next published candidate clears the
    /// error.
    pub fn set_read_error(&self, error: ReadError) {
        let mut progress = lock(&self.progress);
        let current = self.current();
        if current.read_error() != Some(&error) {
            self.replace_state(&mut progress, PreviewState { read_error: Some(error), ..(*current).clone() });
        }
    }

    /// Renders one page of each kind if templates have changed, so that template errors are reported before such a page
    /// is requested. Generated lists take long to render, so this runs after a state was published and stops as soon as
    /// a newer site is served. Errors in a site that isn't served any more aren't reported.
    pub fn check_samples(&self, state: &Arc<PreviewState>) {
        let can_check = state.is_newest && state.served.is_error_free;
        if !can_check || !std::mem::take(&mut lock(&self.progress).samples_pending) {
            return;
        }
        let is_current = || {
            let current = self.current();
            current.is_newest && current.serves(&state.served.site)
        };
        for path in state.site().samples() {
            // A page in the cache has been rendered without an error.
            if is_current()
                && state.cached_page(&path).is_none()
                && let Some(Err(diagnostic)) = state.site().render(&path)
            {
                self.record_template_error(state, &path, *diagnostic);
            }
        }
        if !is_current() {
            lock(&self.progress).samples_pending = true;
        }
    }

    /// A file of a state's site, from the cache or rendered now; `None` if the site has no such file. Blocks while the
    /// page is rendered.
    pub(super) fn file(&self, state: &Arc<PreviewState>, path: &TreePath) -> Option<ServedFile> {
        if let Some(page) = state.cached_page(path) {
            return Some(ServedFile::InMemory(page));
        }
        match state.served.site.render(path) {
            Some(Ok(File::Bytes(bytes))) => {
                let page = Payload::site_file(path, Bytes::from_owner(bytes));
                lock(&state.served.pages).insert(path.clone(), page.clone());
                Some(ServedFile::InMemory(page))
            }
            Some(Ok(File::OnDisk(disk_path))) => Some(ServedFile::OnDisk(disk_path)),
            Some(Err(diagnostic)) => {
                let current = self.record_template_error(state, path, *diagnostic);
                let site_changed = !current.serves(&state.served.site);
                let older_page = if site_changed { self.file(&current, path) } else { None };
                Some(older_page.unwrap_or(ServedFile::TemplateFailed))
            }
            None => None,
        }
    }

    /// Publishes a template error that was found while a page of `state` was rendered, and goes back to the site before
    /// if that had no errors. Returns the current state.
    fn record_template_error(
        &self,
        state: &PreviewState,
        path: &TreePath,
        diagnostic: Diagnostic,
    ) -> Arc<PreviewState> {
        let mut progress = lock(&self.progress);
        let current = self.current();
        let is_current = current.is_newest && current.serves(&state.served.site);
        // An error in an older site is outdated, and a theme that can't render anything has been reported as a whole.
        if !is_current || current.failed_files.contains(path) || !current.served.site.can_render() {
            return current;
        }
        let failed_files: BTreeSet<_> = current.failed_files.iter().chain([path]).cloned().collect();
        let mut diagnostics = current.diagnostics.clone();
        diagnostics.push(diagnostic);
        sort(&mut diagnostics);
        let tree = current.sources.clone().over(&progress.checked_templates);
        let sources = diagnostic_sources(&diagnostics, &tree, current.site());
        let mut state = PreviewState {
            is_newest: current.previous.is_none(),
            previous: None,
            sources,
            diagnostics,
            failed_files,
            ..(*current).clone()
        };
        state.set_served(current.previous.clone().unwrap_or_else(|| current.served.with_error()));
        self.replace_state(&mut progress, state)
    }

    /// Makes a state the current one under a new token, and calls `on_change` if the terminal has to show the
    /// difference.
    fn replace_state(&self, progress: &mut Progress, state: PreviewState) -> Arc<PreviewState> {
        progress.revision += 1;
        let state = Arc::new(PreviewState { token: format!("{}-{}", self.session, progress.revision), ..state });
        let before = self.states.send_replace(Arc::clone(&state));
        let is_same = same_diagnostics(&before.diagnostics, &state.diagnostics)
            && before.read_error == state.read_error
            && before.base_path == state.base_path;
        if !is_same {
            (self.on_change)(&before, &state);
        }
        state
    }
}
