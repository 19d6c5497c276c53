//! One request → one answer.

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

use super::asset::{self, Asset, Tags};
use super::author::author_page;
use super::body::Body;
use super::payload::{self, Content};
use super::preview::{Preview, ServedFile, State};
use super::problem_report::{editor_url, report};
use super::request_path::Resolution;
use super::response::{self, Representation};
use super::{events, guard};
use crate::link::Generated;
use crate::tree::TreePath;

/// Where the preview's own addresses begin, whatever the site's path is.
const OWN: &str = "/_stepladder/";

/// What runs in the browser: the script of every page with its modules, and the styles.
static CLIENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/serve/client");

/// The icon of the preview's own pages.
const ICON: &str = include_str!("../../themes/default/assets/favicon.svg");

/// What answers requests.
pub(super) struct Handler {
    pub(super) preview: Arc<Preview>,
    /// The address to listen on that was asked for.
    pub(super) host: IpAddr,
    pub(super) heartbeat: Duration,
    /// Routes for those who listen to events.
    pub(super) listeners: Arc<Semaphore>,
    pub(super) tags: Arc<Tags>,
}

impl Handler {
    /// Answers a request that came in at one of the machine's addresses.
    pub(super) async fn answer(&self, request: &Parts, here: SocketAddr) -> Response<Body> {
        if let Err(refusal) = guard::check(request, here, self.host) {
            return *refusal;
        }
        let path = request.uri.path();
        match path.strip_prefix(OWN) {
            Some(own) => self.own(request, own).await,
            None if path == OWN.trim_end_matches('/') => response::redirect(StatusCode::TEMPORARY_REDIRECT, OWN),
            None => {
                let state = self.preview.now();
                let answer = self.site(request, &state).await;
                if state.is_free() { response::free(answer) } else { answer }
            }
        }
    }

    /// What belongs to the preview, not to the site.
    async fn own(&self, request: &Parts, name: &str) -> Response<Body> {
        if let Err(refusal) = guard::check_origin(request) {
            return *refusal;
        }
        let (preview, state) = (Arc::clone(&self.preview), self.preview.now());
        let (made, kind) = match name {
            "events" => return self.events(request),
            "problems" => {
                (spawn_blocking(move || report(&state, preview.root())).await, "application/json; charset=utf-8")
            }
            "" => (spawn_blocking(move || author(&state, &preview)).await, "text/html; charset=utf-8"),
            "icon.svg" => (Ok(ICON.to_owned()), "image/svg+xml; charset=utf-8"),
            _ => {
                return match CLIENT.get_file(name) {
                    Some(file) => response::content(request, &Content::new(file.contents(), payload::kind_of(name))),
                    None => response::text(StatusCode::NOT_FOUND, "The preview has no such file.\n"),
                };
            }
        };
        match made {
            Ok(text) => response::content(request, &Content::new(text, kind)),
            Err(error) => faulty(&error),
        }
    }

    fn events(&self, request: &Parts) -> Response<Body> {
        let Ok(place) = Arc::clone(&self.listeners).try_acquire_owned() else {
            return response::text(StatusCode::SERVICE_UNAVAILABLE, "Too many preview tabs are open.\n");
        };
        let body = if request.method == hyper::Method::HEAD {
            Body::empty()
        } else {
            events::stream(self.preview.states(), self.heartbeat, place)
        };
        response::stream(body)
    }

    /// A file of the site.
    async fn site(&self, request: &Parts, state: &Arc<State>) -> Response<Body> {
        match state.asked(request.uri.path()) {
            Resolution::File(path) => match self.shown(state, &path).await {
                Ok(Some(ServedFile::Here(content))) => response::content(request, &content),
                Ok(Some(ServedFile::OnDisk(place))) => self.copied(request, state, path, place).await,
                Ok(Some(ServedFile::Failed)) => failed(request),
                Ok(None) => self.missing(request, state).await,
                Err(error) => faulty(&error),
            },
            Resolution::Elsewhere { to, moved } => {
                let status = if moved { StatusCode::FOUND } else { StatusCode::TEMPORARY_REDIRECT };
                let query = request.uri.query().map_or(String::new(), |query| format!("?{query}"));
                response::redirect(status, &format!("{to}{query}"))
            }
            Resolution::Unknown(Some(path)) if state.failed().contains(&path) => failed(request),
            Resolution::Unknown(_) => self.missing(request, state).await,
            Resolution::Malformed => response::text(StatusCode::BAD_REQUEST, "This isn't a valid address.\n"),
        }
    }

    async fn shown(&self, state: &Arc<State>, path: &TreePath) -> Result<Option<ServedFile>, JoinError> {
        if let Some(content) = state.at_hand(path) {
            return Ok(Some(ServedFile::Here(content)));
        }
        let (preview, state, path) = (Arc::clone(&self.preview), Arc::clone(state), path.clone());
        spawn_blocking(move || preview.file(&state, &path)).await
    }

    async fn copied(&self, request: &Parts, state: &Arc<State>, path: TreePath, place: PathBuf) -> Response<Body> {
        let (preview, tags) = (Arc::clone(&self.preview), Arc::clone(&self.tags));
        let opened = match spawn_blocking(move || asset::open(preview.root(), &path, &place, &tags)).await {
            Ok(opened) => opened,
            Err(error) => return faulty(&error),
        };
        match opened {
            Ok(Some(Asset::Small(content))) => response::content(request, &content),
            Ok(Some(Asset::Large(file, length, kind, tag))) => {
                let whole = Representation { length, kind: &kind, tag: &tag };
                response::some(request, &whole, |part| asset::part(file, part.start, part.end - part.start))
            }
            Ok(None) => self.missing(request, state).await,
            Err(error) => unreadable(&error),
        }
    }

    /// The site's own page for an address that it does not have.
    async fn missing(&self, request: &Parts, state: &Arc<State>) -> Response<Body> {
        let path = Generated::Missing.address(state.site().context().config.urls).file;
        let content = match self.shown(state, &path).await {
            Ok(Some(ServedFile::Here(content))) => content.rooted(state.sub_path()),
            _ => Content::notice("Page not found", "The site has no page at this address."),
        };
        response::plain(StatusCode::NOT_FOUND, &content, &request.method)
    }
}

fn failed(request: &Parts) -> Response<Body> {
    let text = "A template of the theme has an error. The page comes back as soon as you fix it.";
    let notice = Content::notice("This page can’t be shown yet", text);
    response::plain(StatusCode::INTERNAL_SERVER_ERROR, &notice, &request.method)
}

fn unreadable(error: &io::Error) -> Response<Body> {
    response::text(StatusCode::INTERNAL_SERVER_ERROR, format!("Can't read the file: {error}\n"))
}

/// What is said when the program itself has failed; its own words about that are on the terminal.
fn faulty(error: &JoinError) -> Response<Body> {
    let text = format!("The preview couldn't render this. That's a bug in Stepladder: {error}\n");
    response::text(StatusCode::INTERNAL_SERVER_ERROR, text)
}

/// The author's page.
fn author(state: &State, preview: &Preview) -> String {
    let editor = state.editor();
    let link = |file: &str, line, column| editor_url(editor?, preview.root(), file, line, column);
    author_page(state.site(), state.problems(), state.sources(), state.sub_path(), &link)
}
