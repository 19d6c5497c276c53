use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use clap::Args;
use tokio::sync::oneshot;

use super::project::{self, Input};
use super::report::{self, GREEN, YELLOW, counted, counts, painted, say, texts};
use super::watch_args::{Watching, announce};
use super::{CliError, Verbosity};
use crate::diagnostic::Diagnosed;
use crate::serve::{self, Limits, PORT, Preview, Server, SiteSource, State, interrupted};
use crate::site::{Options, Site, SiteCache};
use crate::tree::Tree;

/// Show the site in a browser while it is written
#[derive(Debug, Args)]
#[command(
    after_help = "Open pages update in place when you save a file. While there are errors, you keep seeing the last \
        good site, with the errors on top. The author's page is at /_stepladder/. Nothing is written to \
        `public/`. Press Ctrl-C to stop.\n\nExamples:\n  stepladder serve --open\n  stepladder serve --port 8080 \
        --drafts\n  stepladder serve --project guide"
)]
pub(super) struct Serve {
    #[command(flatten)]
    input: Input,
    /// The port to listen on; the next free one if it is taken; 0 for any.
    #[arg(
        long,
        value_name = "N",
        help = format!("The port to listen on, or the next free one if it's in use; 0 for any free port [default: \
            {PORT}]")
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
    pub(super) fn run(self, place: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let root = project::root(place)?;
        project::require_content(&root)?;
        let server = self.listen(verbosity)?;
        let mut watch = self.watching.start(&root)?;
        let mut today = Today::new(self.input, &root)?;
        let site = today.sites.site(watch.tree());
        let pages = counted(site.value.page_count(), "page");
        let place = reachable(server.address()?);
        let tell = move |before: &State, state: &State| tell(before, state, place, verbosity);
        let preview = Arc::new(Preview::new(&root.canonicalize()?, watch.tree(), site, tell));
        let state = preview.now();
        // A terminal that has gone is no reason not to show pages.
        let _ = texts(state.problems(), state.sources(), verbosity);
        let url = url(place, &state);
        if verbosity > Verbosity::Quiet {
            say(format_args!("{} {url} ({pages}, {})", painted("Serving", GREEN), counts(state.problems())));
        }
        announce(&watch, verbosity);
        if self.open
            && let Err(error) = open::that_detached(&url)
        {
            say(format_args!("{}: can't open a browser: {error}", painted("warning", YELLOW)));
        }
        let (alive, gone) = oneshot::channel::<()>();
        let kept = Arc::clone(&preview);
        thread::spawn(move || {
            serve::keep(&kept, &mut watch, today);
            drop(alive);
        });
        let mut lost = false;
        server.run(preview, Limits::default(), async { lost = interrupted(gone).await });
        if lost {
            return Err(CliError("file watching stopped unexpectedly; restart the preview".to_owned()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Takes a port, and says so when it is not the one that was meant.
    fn listen(&self, verbosity: Verbosity) -> Result<Server, CliError> {
        let wanted = self.port.unwrap_or(PORT);
        let server = Server::listen(self.host, wanted)
            .map_err(|error| CliError(format!("can't listen on {}: {error}", SocketAddr::new(self.host, wanted))))?;
        let port = server.address()?.port();
        if wanted != 0 && port != wanted && verbosity > Verbosity::Quiet {
            say(format_args!("Port {wanted} is in use; using {port} instead."));
        }
        if !self.host.is_loopback() {
            let whom = if self.host.is_unspecified() { "anyone" } else { "anyone on that network" };
            say(format_args!(
                "{}: {whom} who can reach this computer can read the preview",
                painted("warning", YELLOW)
            ));
        }
        Ok(server)
    }
}

/// What makes the sites of a day.
struct Today {
    input: Input,
    root: PathBuf,
    options: Options,
    sites: SiteCache,
}

impl Today {
    fn new(input: Input, root: &Path) -> Result<Self, CliError> {
        let options = input.options()?;
        Ok(Self { input, root: root.to_owned(), options, sites: SiteCache::new(options) })
    }
}

impl SiteSource for Today {
    fn site(&mut self, tree: &Tree) -> Result<Diagnosed<Site>, String> {
        let options = project::root(Some(&self.root))
            .and_then(|root| project::require_content(&root))
            .and_then(|()| self.input.options())
            .map_err(|CliError(message)| message)?;
        if options.today != self.options.today {
            self.sites = SiteCache::new(options);
        }
        self.options = options;
        Ok(self.sites.site(tree))
    }

    fn is_stale(&self) -> bool {
        self.input.options().is_ok_and(|options| options.today != self.options.today)
    }
}

/// Says what has become other: where the site is, new problems in full, and how many there are now.
fn tell(before: &State, state: &State, place: SocketAddr, verbosity: Verbosity) {
    let loud = verbosity > Verbosity::Quiet;
    if loud && state.sub_path() != before.sub_path() {
        say(format_args!("{} {}", painted("Serving", GREEN), url(place, state)));
    }
    // A terminal that has gone is no reason to stop showing pages.
    let _ = texts(serve::added(before.problems(), state.problems()), state.sources(), verbosity);
    match state.trouble() {
        Some(trouble) if before.trouble() != Some(trouble) => report::trouble(&CliError(trouble.to_owned())),
        _ if loud => say(format_args!("Now {}", counts(state.problems()))),
        _ => {}
    }
}

/// Where the site is found.
fn url(place: SocketAddr, state: &State) -> String {
    format!("http://{place}{}", state.sub_path())
}

/// An address of this machine, as a person may type it.
fn host(typed: &str) -> Result<IpAddr, String> {
    if typed.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let address = typed.trim_start_matches('[').trim_end_matches(']').parse();
    address.map_err(|_| {
        "expected an IP address, such as 127.0.0.1, or 0.0.0.0 for all of this computer's addresses".to_owned()
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
