//! The live preview over real HTTP: what it answers, what it refuses, and what becomes of it when files change.

pub(crate) mod client;
mod events;
mod flood;
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

use self::client::{Answer, Events, send};
use crate::support::{Folder, Project, TODAY};

/// A small project without problems.
fn project() -> Project {
    Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\nWelcome to [[About]].\n")
        .file("content/about.md", "---\ntitle: About\n---\nWords.\n")
        .file("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n")
        .file("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nfacets: { scope: All. }\n---\n")
        .file("content/notes/data.txt", "0123456789")
}

/// A preview of a project on disk, which answers on a port of its own until this value goes away. Changes are published by
/// [`Served::look`], so that tests say when.
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
        Self::within(project, ServerLimits::default())
    }

    fn within(project: &Project, limits: ServerLimits) -> Self {
        let folder = project.on_disk();
        let mut cache = SiteCache::new(Options { drafts: false, today: TODAY });
        let tree = disk::read(&folder.path("")).expect("the project is read");
        let root = folder.path("").canonicalize().expect("a real path");
        let preview = Arc::new(Preview::new(&root, &tree, cache.site(&tree), |_, _| {}));
        let server = Server::listen([127, 0, 0, 1].into(), 0).expect("a free port");
        let address = server.address().expect("an address");
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

    /// Takes in what has changed on disk.
    fn look(&mut self) -> Arc<PreviewState> {
        let tree = disk::read(&self.folder.path("")).expect("the project is read");
        self.take(&tree)
    }

    /// Takes in a project.
    fn take(&mut self, tree: &Tree) -> Arc<PreviewState> {
        let next = self.preview.candidate(tree, self.cache.site(tree));
        self.preview.publish(next)
    }

    /// Writes a file and takes it in.
    fn write(&mut self, path: &str, text: &str) -> Arc<PreviewState> {
        self.folder.write(path, text);
        self.look()
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks with headers.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.send(&(request + "\r\n"))
    }

    /// Sends bytes as they are and reads until the connection ends.
    fn send(&self, request: &str) -> Answer {
        send(self.address, request.as_bytes())
    }

    fn events(&self) -> Events {
        Events::of(self.address)
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
