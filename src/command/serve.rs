use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use clap::Args;
use tokio::sync::oneshot;

use super::project::{self, Input};
use super::report::{self, GREEN, YELLOW, counted, counts, painted, texts};
use super::watching::{Watching, announce};
use super::{Loudness, Trouble};
use crate::diagnostic::Diagnostic;
use crate::serve::{self, Limits, PORT, Preview, Server, State, Unreadable, interrupted};
use crate::site::{Memory, Options};
use crate::tree::Tree;
use crate::watch::Watch;

/// Show the site in a browser while it is written
#[derive(Debug, Args)]
#[command(
    after_help = "Every page shows what is on disk; it changes in place when a file is saved. While there are errors, the \
                        last good site stays, with the errors over it. The author's page is at /_stepladder/. Nothing is \
                        written to `public/`. Ctrl-C ends it.\n\nExamples:\n  stepladder serve --open\n  \
                        stepladder serve --port 8080 --drafts\n  stepladder serve --project guide"
)]
pub(super) struct Serve {
    #[command(flatten)]
    input: Input,
    /// The port to listen on; the next free one if it is taken; 0 for any.
    #[arg(
        long,
        value_name = "N",
        help = format!("The port to listen on, or the next free one if it is taken; 0 for any [default: {PORT}]")
    )]
    port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// The address to listen on. Any but this machine's own lets others read the guide
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
    host: IpAddr,
    #[command(flatten)]
    watching: Watching,
}

impl Serve {
    pub(super) fn run(self, place: Option<&Path>, loudness: Loudness) -> Result<ExitCode, Trouble> {
        let root = project::root(place)?;
        project::require_content(&root)?;
        let mut memory = Today::new(self.input.options()?);
        let server = self.listen(loudness)?;
        let watch = self.watching.start(&root)?;
        let site = memory.sites.site(watch.tree());
        let pages = counted(site.value.page_count(), "page");
        let tell = move |before: &[Diagnostic], state: &State| say(before, state, loudness);
        let preview = Arc::new(Preview::new(&root.canonicalize()?, watch.tree(), site, tell));
        let state = preview.now();
        texts(state.problems(), state.sources(), loudness)?;
        let url = format!("http://{}{}", reachable(server.address()?), state.sub_path());
        if loudness > Loudness::Quiet {
            eprintln!("{} {url} ({pages}, {})", painted("Serving", GREEN), counts(state.problems()));
        }
        announce(&watch, loudness);
        if self.open
            && let Err(error) = open::that_detached(&url)
        {
            eprintln!("{}: no browser could be opened: {error}", painted("warning", YELLOW));
        }
        let (alive, gone) = oneshot::channel::<()>();
        let kept = Arc::clone(&preview);
        thread::spawn(move || {
            self.keep(&kept, watch, memory, &root);
            drop(alive);
        });
        let mut lost = false;
        server.run(preview, Limits::default(), async { lost = interrupted(gone).await });
        if lost {
            return Err(Trouble("changes could no longer be followed; start the preview again".to_owned()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Keeps a preview equal to the disk.
    fn keep(&self, preview: &Preview, mut watch: Watch, mut memory: Today, root: &Path) {
        let site = |tree: &Tree| {
            project::root(Some(root)).and_then(|root| project::require_content(&root))?;
            memory.turn(self.input.options()?);
            Ok(memory.sites.site(tree))
        };
        serve::keep(preview, &mut watch, site, |reason| {
            report::trouble(&match reason {
                Unreadable::Files(reason) => project::unreadable(&reason),
                Unreadable::Project(trouble) => trouble,
            });
        });
    }

    /// Takes a port, and says so when it is not the one that was meant.
    fn listen(&self, loudness: Loudness) -> Result<Server, Trouble> {
        let wanted = self.port.unwrap_or(PORT);
        let server = Server::listen(self.host, wanted)
            .map_err(|error| Trouble(format!("can't listen on {}: {error}", SocketAddr::new(self.host, wanted))))?;
        let port = server.address()?.port();
        if wanted != 0 && port != wanted && loudness > Loudness::Quiet {
            eprintln!("Port {wanted} is taken; taking {port} instead.");
        }
        if !self.host.is_loopback() {
            let whom = if self.host.is_unspecified() { "everybody" } else { "everybody on that network" };
            eprintln!("{}: {whom} who can reach this machine can read this preview", painted("warning", YELLOW));
        }
        Ok(server)
    }
}

/// What makes sites, for as long as it is the same day.
struct Today {
    options: Options,
    sites: Memory,
}

impl Today {
    fn new(options: Options) -> Self {
        Self { options, sites: Memory::new(options) }
    }

    /// Begins anew on another day.
    fn turn(&mut self, options: Options) {
        if options.today != self.options.today {
            *self = Self::new(options);
        }
    }
}

/// Says what has become other: new problems in full, and how many there are now.
fn say(before: &[Diagnostic], state: &State, loudness: Loudness) {
    let added = serve::added(before, state.problems());
    // A terminal that has gone is no reason to stop showing pages.
    let _ = texts(added, state.sources(), loudness);
    if loudness > Loudness::Quiet {
        eprintln!("Now {}", counts(state.problems()));
    }
}

/// An address of this machine, as a person may type it.
fn host(typed: &str) -> Result<IpAddr, String> {
    if typed.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let address = typed.trim_start_matches('[').trim_end_matches(']').parse();
    address.map_err(|_| {
        "an address in figures is wanted, such as 127.0.0.1, or 0.0.0.0 for all of this machine".to_owned()
    })
}

/// Where a browser on this machine finds a server.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
