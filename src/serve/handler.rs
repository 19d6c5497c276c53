//! Answers requests: files of the site, and the preview's own resources below `/_stepladder/`.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{from_fn, map_response};
use axum::response::Response;
use axum::routing::get;
use include_dir::{Dir, File, include_dir};
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

use super::asset::{self, Asset, EtagCache};
use super::author::author_page;
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

/// The scripts and style sheets that run in the browser.
static CLIENT_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/serve/client");

/// The icon of the preview's own pages.
const ICON: &str = include_str!("../../themes/default/assets/favicon.svg");

/// The data that requests are answered from. Requests run concurrently on one thread, so that blocking work is moved to
/// others.
pub(super) struct Handler {
    pub(super) preview: Arc<Preview>,
    /// The address that the server was asked to listen on.
    pub(super) host: IpAddr,
    pub(super) heartbeat_interval: Duration,
    /// The permits for event streams.
    pub(super) event_streams: Arc<Semaphore>,
    pub(super) etags: Arc<EtagCache>,
}

/// The routes of a connection that arrived at one of the machine's addresses, with the checks of each request.
pub(super) fn router(handler: Arc<Handler>, local_address: SocketAddr) -> Router {
    let host = handler.host;
    let check_request = move |request, next| request_checks::check_request(request, next, local_address, host);
    Router::new()
        .route("/_stepladder/", get(author))
        .route("/_stepladder/events", get(event_stream))
        .route("/_stepladder/problems", get(problems))
        .route("/_stepladder/{*name}", get(client_file))
        .route_layer(from_fn(request_checks::check_origin))
        .route("/_stepladder", get(async || response::redirect(StatusCode::TEMPORARY_REDIRECT, "/_stepladder/")))
        .fallback(site_file)
        .layer(from_fn(check_request))
        .layer(map_response(response::with_common_headers))
        .with_state(handler)
}

async fn author(State(handler): State<Arc<Handler>>, request: Parts) -> Response {
    handler.generated(&request, "text/html; charset=utf-8", author_html).await
}

async fn problems(State(handler): State<Arc<Handler>>, request: Parts) -> Response {
    let report = |state: &PreviewState, preview: &Preview| problem_report(state, preview.root());
    handler.generated(&request, "application/json; charset=utf-8", report).await
}

async fn event_stream(State(handler): State<Arc<Handler>>) -> Response {
    match Arc::clone(&handler.event_streams).try_acquire_owned() {
        Ok(permit) => events::event_stream(handler.preview.subscribe(), handler.heartbeat_interval, permit),
        Err(_) => response::text(StatusCode::SERVICE_UNAVAILABLE, "Too many preview tabs are open.\n"),
    }
}

/// Answers with a script, a style sheet or the icon.
async fn client_file(Path(name): Path<String>, request: Parts) -> Response {
    let content = match name.as_str() {
        "icon.svg" => Some(ICON.as_bytes()),
        _ => CLIENT_FILES.get_file(&name).map(File::contents),
    };
    match content {
        Some(content) => response::payload(&request, &Payload::new(content, payload::media_type(&name))),
        None => response::text(StatusCode::NOT_FOUND, "The preview has no such file.\n"),
    }
}

async fn site_file(State(handler): State<Arc<Handler>>, request: Parts) -> Response {
    let state = handler.preview.current();
    let response = handler.site_file(&request, &state).await;
    if state.has_custom_code() { response::with_relaxed_policy(response) } else { response }
}

impl Handler {
    /// Answers with a text that is generated on a blocking thread.
    async fn generated(
        &self,
        request: &Parts,
        media_type: &str,
        generate: impl FnOnce(&PreviewState, &Preview) -> String + Send + 'static,
    ) -> Response {
        let (preview, state) = (Arc::clone(&self.preview), self.preview.current());
        match spawn_blocking(move || generate(&state, &preview)).await {
            Ok(text) => response::payload(request, &Payload::new(text, media_type)),
            Err(error) => internal_error(&error),
        }
    }

    /// Answers a request for a file of the site.
    async fn site_file(&self, request: &Parts, state: &Arc<PreviewState>) -> Response {
        match state.resolve(request.uri.path()) {
            Resolution::File(path) => {
                let is_active = state.is_active_asset(&path);
                let response = self.file(request, state, path).await;
                if is_active { response::sandboxed(response) } else { response }
            }
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

    /// Answers with a file of the site.
    async fn file(&self, request: &Parts, state: &Arc<PreviewState>, path: TreePath) -> Response {
        match self.load(state, &path).await {
            Ok(Some(ServedFile::InMemory(page))) => response::payload(request, &page),
            Ok(Some(ServedFile::OnDisk(disk_path))) => self.asset(request, state, path, disk_path).await,
            Ok(Some(ServedFile::TemplateFailed)) => template_failed(request),
            Ok(None) => self.not_found(request, state).await,
            Err(error) => internal_error(&error),
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
    async fn asset(&self, request: &Parts, state: &Arc<PreviewState>, path: TreePath, disk_path: PathBuf) -> Response {
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
    async fn not_found(&self, request: &Parts, state: &Arc<PreviewState>) -> Response {
        let path = Generated::NotFound.address(state.site().context().config.urls).file;
        let page = match self.load(state, &path).await {
            Ok(Some(ServedFile::InMemory(page))) => page.with_base(state.base_path()),
            _ => Payload::notice("Page not found", "The site has no page at this address."),
        };
        response::unconditional(StatusCode::NOT_FOUND, &page, &request.method)
    }
}

fn template_failed(request: &Parts) -> Response {
    let text = "A template of the theme has an error. The page comes back as soon as you fix it.";
    let notice = Payload::notice("This page can’t be shown yet", text);
    response::unconditional(StatusCode::INTERNAL_SERVER_ERROR, &notice, &request.method)
}

fn unreadable_file(path: &TreePath, error: &io::Error) -> Response {
    response::text(StatusCode::INTERNAL_SERVER_ERROR, format!("The preview couldn't read `{path}`: {error}\n"))
}

/// The response after a panic, whose message is on the terminal.
fn internal_error(error: &JoinError) -> Response {
    let text = format!("The preview couldn't render this. That's a bug in Stepladder: {error}\n");
    response::text(StatusCode::INTERNAL_SERVER_ERROR, text)
}

/// The HTML of the author's page.
fn author_html(state: &PreviewState, preview: &Preview) -> String {
    let template = state.editor_template();
    let editor = |file: &str, line, column| editor_url(template?, preview.root(), file, line, column);
    author_page(state.site(), state.diagnostics(), state.sources(), state.base_path(), &editor)
}
