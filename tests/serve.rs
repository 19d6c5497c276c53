//! The live preview over HTTP: its responses, what it refuses, and how it changes with the files.

pub(crate) mod client;
mod events;
mod pages;
pub(crate) mod program;
mod random;
mod safety;
mod states;

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use stepladder::disk;
use stepladder::serve::{Preview, PreviewState, Server, ServerLimits};
use stepladder::site::{Options, SiteCache};
use stepladder::tree::Tree;
use tokio::sync::oneshot;

use self::client::{Events, TestResponse, send};
use crate::support::{Folder, Project, TODAY};

/// A small project without problems.
fn project() -> Project {
    Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\nWelcome to [[About]].\n")
        .file("content/about.md", "---\ntitle: About\n---\nWords.\n")
        .file(
            "content/ic/index.md",
            "---\nkind: track\ntitle: Individual contributor\n---\n[Data](../notes/data.txt)\n",
        )
        .file("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nfacets: { scope: All. }\n---\n")
        .file("content/notes/data.txt", "0123456789")
}

/// A preview server for a project on disk, which runs until this value is dropped. Tests publish changes with
/// [`Served::reload`].
struct Served {
    folder: Folder,
    preview: Arc<Preview>,
    cache: SiteCache,
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn new(project: &Project) -> Self {
        Self::with_limits(project, ServerLimits::default())
    }

    fn with_limits(project: &Project, limits: ServerLimits) -> Self {
        let folder = project.on_disk();
        let mut cache = SiteCache::new(Options { drafts: false, today: TODAY });
        let tree = disk::read(&folder.path("")).expect("the project is read");
        let root = folder.path("").canonicalize().expect("a real path");
        let preview = Arc::new(Preview::new(&root, &tree, cache.site(&tree), |_, _| {}));
        let server = Server::listen([127, 0, 0, 1].into(), 0).expect("a free port");
        let address = server.address();
        let (end, ended) = oneshot::channel::<()>();
        let shown = Arc::clone(&preview);
        let thread = std::thread::spawn(move || {
            let end = async {
                let _ = ended.await;
            };
            server.run(shown, limits, end);
        });
        Self { folder, preview, cache, address, end: Some(end), thread: Some(thread) }
    }

    /// Publishes the changes on disk.
    fn reload(&mut self) -> Arc<PreviewState> {
        let tree = disk::read(&self.folder.path("")).expect("the project is read");
        self.publish(&tree)
    }

    /// Publishes a project.
    fn publish(&mut self, tree: &Tree) -> Arc<PreviewState> {
        let next = self.preview.candidate(tree, self.cache.site(tree));
        self.preview.publish(next)
    }

    /// Writes a file and publishes the change.
    fn write(&mut self, path: &str, text: &str) -> Arc<PreviewState> {
        self.folder.write(path, text);
        self.reload()
    }

    fn get(&self, path: &str) -> TestResponse {
        self.request("GET", path, &[])
    }

    /// Sends a request with headers.
    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.send(&(request + "\r\n"))
    }

    /// Sends a raw request and reads until the server closes the connection.
    fn send(&self, request: &str) -> TestResponse {
        send(self.address, request.as_bytes())
    }

    fn events(&self) -> Events {
        Events::connect(self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server failed");
        }
    }
}
