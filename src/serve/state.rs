//! The state that the preview serves: a site, the diagnostics of the newest build, and where moved pages are found.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::payload::Payload;
use super::read_error::ReadError;
use super::rename_tracker::RenameTracker;
use super::request_path::{RequestResolver, Resolution};
use crate::diagnostic::Diagnostic;
use crate::markdown::RawHtml;
use crate::site::Site;
use crate::tree::{ActiveFormat, Tree, TreePath};

/// A site with a cache of its rendered pages.
#[derive(Debug)]
pub(super) struct ServedSite {
    pub(super) site: Arc<Site>,
    /// Whether the site had no errors when it was published.
    pub(super) is_error_free: bool,
    /// Whether the project may bring scripts and styles of its own.
    pub(super) has_custom_code: bool,
    /// The pages that have been requested.
    pub(super) pages: Mutex<HashMap<TreePath, Payload>>,
}

impl ServedSite {
    pub(super) fn new(site: Arc<Site>, is_error_free: bool, has_custom_code: bool) -> Arc<Self> {
        Arc::new(Self { site, is_error_free, has_custom_code, pages: Mutex::default() })
    }

    /// A copy for a site in which an error was found after it was published.
    pub(super) fn with_error(&self) -> Arc<Self> {
        let pages = Mutex::new(lock(&self.pages).clone());
        let (site, has_custom_code) = (Arc::clone(&self.site), self.has_custom_code);
        Arc::new(Self { site, is_error_free: false, has_custom_code, pages })
    }
}

/// The state of the preview at one time. It never changes, except for its cache of rendered pages.
#[derive(Debug, Clone)]
pub struct PreviewState {
    pub(super) token: String,
    pub(super) served: Arc<ServedSite>,
    /// The error-free site that was served before, for the case that a template of this site fails later.
    pub(super) previous: Option<Arc<ServedSite>>,
    /// Whether the served site is the newest one; otherwise, it is an older one that is served because the newest has
    /// errors.
    pub(super) is_newest: bool,
    pub(super) read_error: Option<ReadError>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Tree,
    pub(super) renames: Arc<RenameTracker>,
    pub(super) failed_files: BTreeSet<TreePath>,
    pub(super) editor_template: Option<String>,
    pub(super) base_path: String,
    pub(super) former_base_paths: Arc<BTreeSet<String>>,
}

impl PreviewState {
    /// The identifier of the state, which a browser compares to detect changes. It is unique across restarts.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The reason why the project can't be read; `None` if it was read. All else is then as in the state before.
    #[must_use]
    pub fn read_error(&self) -> Option<&ReadError> {
        self.read_error.as_ref()
    }

    /// All diagnostics of the newest site, sorted.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The files that the spans of the diagnostics point into.
    #[must_use]
    pub fn sources(&self) -> &Tree {
        &self.sources
    }

    /// The site that is served, which isn't the newest one while that has errors.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.served.site
    }

    /// The URL path of the site's root on the server, with `/` at both ends.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// Returns whether the site may contain scripts and styles that the preview's strict security policy would block.
    pub(super) fn has_custom_code(&self) -> bool {
        self.served.has_custom_code
    }

    /// Returns whether a file of the site is one of `content/` in which a browser would run scripts, although raw HTML isn't
    /// allowed.
    pub(super) fn is_active_asset(&self, path: &TreePath) -> bool {
        let guide = &self.served.site.context().guide;
        ActiveFormat::of(path.as_str()).is_some()
            && guide.config.html != RawHtml::Allow
            && guide.routes.assets.binary_search(path).is_ok()
    }

    /// Resolves the path of a request.
    pub(super) fn resolve(&self, path: &str) -> Resolution {
        let resolver = RequestResolver {
            site: &self.served.site,
            base_path: &self.base_path,
            former_base_paths: &self.former_base_paths,
            renames: &self.renames,
        };
        resolver.resolve(path)
    }

    /// The template of URLs that open an editor, from the newest configuration.
    pub(super) fn editor_template(&self) -> Option<&str> {
        self.editor_template.as_deref()
    }

    /// The files of the newest site whose templates fail.
    pub(super) fn failed_files(&self) -> &BTreeSet<TreePath> {
        &self.failed_files
    }

    /// The pages that have been requested since this site was published, sorted.
    pub(super) fn requested_pages(&self) -> Vec<TreePath> {
        let mut pages: Vec<TreePath> = lock(&self.served.pages).keys().cloned().collect();
        pages.sort();
        pages
    }

    /// A page from the cache of rendered pages.
    pub(super) fn cached_page(&self, path: &TreePath) -> Option<Payload> {
        lock(&self.served.pages).get(path).cloned()
    }

    /// Returns whether this very site is served.
    pub(super) fn serves(&self, site: &Arc<Site>) -> bool {
        Arc::ptr_eq(&self.served.site, site)
    }

    /// Serves another site, and records the base path that the former one had.
    pub(super) fn set_served(&mut self, served: Arc<ServedSite>) {
        let former = std::mem::replace(&mut self.base_path, base_path(&served.site));
        if former != self.base_path {
            Arc::make_mut(&mut self.former_base_paths).insert(former);
        }
        self.served = served;
    }
}

/// A file of the site as the preview serves it.
#[derive(Debug)]
pub(super) enum ServedFile {
    InMemory(Payload),
    /// A file that is sent from this path on disk.
    OnDisk(PathBuf),
    /// A page whose template fails, and of which there is no older version.
    TemplateFailed,
}

/// The URL path of a site's root, with `/` at both ends.
pub(super) fn base_path(site: &Site) -> String {
    site.context().config.sub_path().unwrap_or_else(|| "/".to_owned())
}

/// Locks a mutex whose value stays consistent even if a thread panics while it holds the lock.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
