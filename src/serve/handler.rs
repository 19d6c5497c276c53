//! Answers requests: files of the site, and the preview's own resources below `/_stepladder/`.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use include_dir::{Dir, include_dir};
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

use super::asset::{self, Asset, EtagCache};
use super::author::author_page;
use super::body::Body;
use super::editor_url::editor_url;
use super::payload::{self, Payload};
use super::preview::Preview;
use super::problem_report::problem_report;
use super::request_path::{RedirectReason, Resolution};
use super::response::{self, Representation};
use super::state::{PreviewState, ServedFile};
use super::{events, request_checks};
use crate::link::Generated;
use crate::tree::TreePath;

/// The start of the URL paths of the preview's own resources, whatever the site's base path is.
const OWN_PREFIX: &str = "/_stepladder/";

/// The scripts and style sheets that run in the browser.
static CLIENT_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/serve/client");

/// The icon of the preview's own pages.
const ICON: &str = include_str!("../../themes/default/assets/favicon.svg");

/// The request handler of a server. Requests run concurrently on one thread, so that blocking work is moved to others.
pub(super) struct Handler {
    pub(super) preview: Arc<Preview>,
    /// The address that the server was asked to listen on.
    pub(super) host: IpAddr,
    pub(super) heartbeat_interval: Duration,
    /// The permits for event streams.
    pub(super) event_streams: Arc<Semaphore>,
    pub(super) etags: Arc<EtagCache>,
}

impl Handler {
    /// Answers a request that arrived at one of the machine's addresses.
    pub(super) async fn respond(&self, request: &Parts, local_address: SocketAddr) -> Response<Body> {
        if let Err(refusal) = request_checks::check_request(request, local_address, self.host) {
            return *refusal;
        }
        let path = request.uri.path();
        match path.strip_prefix(OWN_PREFIX) {
            Some(name) => self.own_resource(request, name).await,
            None if path == OWN_PREFIX.trim_end_matches('/') => {
                response::redirect(StatusCode::TEMPORARY_REDIRECT, OWN_PREFIX)
            }
            None => {
                let state = self.preview.current();
                let response = self.site_file(request, &state).await;
                if state.has_custom_code() { response::with_relaxed_policy(response) } else { response }
            }
        }
    }

    /// Answers a request for one of the preview's own resources.
    async fn own_resource(&self, request: &Parts, name: &str) -> Response<Body> {
        if let Err(refusal) = request_checks::check_origin(request) {
            return *refusal;
        }
        let (preview, state) = (Arc::clone(&self.preview), self.preview.current());
        let (generated, media_type) = match name {
            "events" => return self.event_stream(request),
            "problems" => (
                spawn_blocking(move || problem_report(&state, preview.root())).await,
                "application/json; charset=utf-8",
            ),
            "" => (spawn_blocking(move || author_html(&state, &preview)).await, "text/html; charset=utf-8"),
            "icon.svg" => (Ok(ICON.to_owned()), "image/svg+xml; charset=utf-8"),
            _ => {
                return match CLIENT_FILES.get_file(name) {
                    Some(file) => response::payload(request, &Payload::new(file.contents(), payload::media_type(name))),
                    None => response::text(StatusCode::NOT_FOUND, "The preview has no such file.\n"),
                };
            }
        };
        match generated {
            Ok(text) => response::payload(request, &Payload::new(text, media_type)),
            Err(error) => internal_error(&error),
        }
    }

    fn event_stream(&self, request: &Parts) -> Response<Body> {
        let Ok(permit) = Arc::clone(&self.event_streams).try_acquire_owned() else {
            return response::text(StatusCode::SERVICE_UNAVAILABLE, "Too many preview tabs are open.\n");
        };
        let body = if request.method == hyper::Method::HEAD {
            Body::empty()
        } else {
            events::event_stream(self.preview.subscribe(), self.heartbeat_interval, permit)
        };
        response::event_stream(body)
    }

    /// Answers a request for a file of the site.
    async fn site_file(&self, request: &Parts, state: &Arc<PreviewState>) -> Response<Body> {
        match state.resolve(request.uri.path()) {
            Resolution::File(path) => match self.load(state, &path).await {
                Ok(Some(ServedFile::InMemory(page))) => response::payload(request, &page),
                Ok(Some(ServedFile::OnDisk(disk_path))) => self.asset(request, state, path, disk_path).await,
                Ok(Some(ServedFile::TemplateFailed)) => template_failed(request),
                Ok(None) => self.not_found(request, state).await,
                Err(error) => internal_error(&error),
            },
            Resolution::Redirect { location, reason } => {
                let status = match reason {
                    RedirectReason::Moved => StatusCode::FOUND,
                    RedirectReason::Canonical => StatusCode::TEMPORARY_REDIRECT,
                };
                let query = request.uri.query().map_or(String::new(), |query| format!("?{query}"));
                response::redirect(status, &format!("{location}{query}"))
            }
            Resolution::NotFound(Some(path)) if state.failed_files().contains(&path) => template_failed(request),
            Resolution::NotFound(_) => self.not_found(request, state).await,
            Resolution::Malformed => response::text(StatusCode::BAD_REQUEST, "This isn't a valid address.\n"),
        }
    }

    /// Loads a file of the site; renders a page that isn't in the cache on a blocking thread.
    async fn load(&self, state: &Arc<PreviewState>, path: &TreePath) -> Result<Option<ServedFile>, JoinError> {
        if let Some(page) = state.cached_page(path) {
            return Ok(Some(ServedFile::InMemory(page)));
        }
        let (preview, state, path) = (Arc::clone(&self.preview), Arc::clone(state), path.clone());
        spawn_blocking(move || preview.file(&state, &path)).await
    }

    /// Answers with a file that the site copies from `disk_path`.
    async fn asset(
        &self,
        request: &Parts,
        state: &Arc<PreviewState>,
        path: TreePath,
        disk_path: PathBuf,
    ) -> Response<Body> {
        let (preview, etags, site_path) = (Arc::clone(&self.preview), Arc::clone(&self.etags), path.clone());
        let open = move || asset::open(preview.root(), &site_path, &disk_path, &etags);
        let opened = match spawn_blocking(open).await {
            Ok(opened) => opened,
            Err(error) => return internal_error(&error),
        };
        match opened {
            Ok(Some(Asset::InMemory(file))) => response::payload(request, &file),
            Ok(Some(Asset::Streamed { file, length, media_type, etag })) => {
                let representation = Representation { length, media_type: &media_type, etag: &etag };
                response::conditional(request, &representation, |range| asset::stream_range(file, range))
            }
            Ok(None) => self.not_found(request, state).await,
            Err(error) => unreadable_file(&path, &error),
        }
    }

    /// Answers with the site's own page for URLs that it doesn't have.
    async fn not_found(&self, request: &Parts, state: &Arc<PreviewState>) -> Response<Body> {
        let path = Generated::NotFound.address(state.site().context().config.urls).file;
        let page = match self.load(state, &path).await {
            Ok(Some(ServedFile::InMemory(page))) => page.with_base(state.base_path()),
            _ => Payload::notice("Page not found", "The site has no page at this address."),
        };
        response::unconditional(StatusCode::NOT_FOUND, &page, &request.method)
    }
}

fn template_failed(request: &Parts) -> Response<Body> {
    let text = "A template of the theme has an error. The page comes back as soon as you fix it.";
    let notice = Payload::notice("This page can’t be shown yet", text);
    response::unconditional(StatusCode::INTERNAL_SERVER_ERROR, &notice, &request.method)
}

fn unreadable_file(path: &TreePath, error: &io::Error) -> Response<Body> {
    response::text(StatusCode::INTERNAL_SERVER_ERROR, format!("The preview couldn't read `{path}`: {error}\n"))
}

/// The response after a panic, whose message is on the terminal.
fn internal_error(error: &JoinError) -> Response<Body> {
    let text = format!("The preview couldn't render this. That's a bug in Stepladder: {error}\n");
    response::text(StatusCode::INTERNAL_SERVER_ERROR, text)
}

/// The HTML of the author's page.
fn author_html(state: &PreviewState, preview: &Preview) -> String {
    let template = state.editor_template();
    let editor = |file: &str, line, column| editor_url(template?, preview.root(), file, line, column);
    author_page(state.site(), state.diagnostics(), state.sources(), state.base_path(), &editor)
}
