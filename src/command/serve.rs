//! `stepladder serve`: runs the live preview of a project.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use clap::Args;
use tokio::sync::oneshot;

use super::error::CliError;
use super::output::{
    GREEN, Verbosity, YELLOW, coloured, counted, diagnostic_counts, print_error, print_line, print_text,
};
use super::project::{self, SiteArgs};
use super::watch_args::{WatchArgs, print_watching};
use crate::diagnostic::Diagnosed;
use crate::serve::{
    DEFAULT_PORT, Preview, PreviewState, ReadError, Server, ServerLimits, ShutdownCause, SiteSource, added_diagnostics,
    run_rebuild_loop, wait_for_shutdown,
};
use crate::site::{Options, Site, SiteCache};
use crate::tree::Tree;

/// Preview the site in a browser while you write
#[derive(Debug, Args)]
#[command(
    after_help = "Open pages update in place when you save a file. While there are errors, you keep seeing the last \
        good site, with the errors on top. The author's page is at /_stepladder/. Nothing is written to \
        `public/`. Press Ctrl-C to stop.\n\nExamples:\n  stepladder serve --open\n  stepladder serve --port 8080 \
        --drafts\n  stepladder serve --project guide"
)]
pub(super) struct Serve {
    #[command(flatten)]
    site: SiteArgs,
    /// The port to listen on; the next free one if it is taken; 0 for any.
    #[arg(
        long,
        value_name = "N",
        help = format!("The port to listen on, or the next free one if it's in use; 0 for any free port [default: \
            {DEFAULT_PORT}]")
    )]
    port: Option<u16>,
    /// Open the site in your browser
    #[arg(long)]
    open: bool,
    /// The IP address to listen on; any but the default lets others read the guide
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = parse_host)]
    host: IpAddr,
    #[command(flatten)]
    watching: WatchArgs,
}

impl Serve {
    pub(super) fn run(self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let root = project::root(project)?;
        project::check_content(&root)?;
        let server = self.listen(verbosity)?;
        let mut watch = self.watching.start(&root)?;
        let mut source = ProjectSource::new(self.site, &root)?;
        let site = source.cache.site(watch.tree());
        let pages = counted(site.value.page_count(), "page");
        let address = browser_address(server.address());
        let on_change =
            move |before: &PreviewState, state: &PreviewState| print_changes(before, state, address, verbosity);
        let preview = Arc::new(Preview::new(watch.root(), watch.tree(), site, on_change));
        let state = preview.current();
        print_text(state.diagnostics(), state.sources(), verbosity);
        let url = site_url(address, &state);
        if verbosity > Verbosity::Quiet {
            let counts = diagnostic_counts(state.diagnostics());
            print_line(format_args!("{} {url} ({pages}, {counts})", coloured("Serving", GREEN)));
        }
        print_watching(&watch, verbosity);
        if self.open
            && let Err(error) = open::that_detached(&url)
        {
            print_line(format_args!("{}: couldn't open a browser at {url}: {error}", coloured("warning", YELLOW)));
        }
        let (alive, worker) = oneshot::channel::<()>();
        let rebuilt = Arc::clone(&preview);
        thread::spawn(move || {
            run_rebuild_loop(&rebuilt, &mut watch, source);
            drop(alive);
        });
        let mut cause = ShutdownCause::Signal;
        server.run(preview, ServerLimits::default(), async { cause = wait_for_shutdown(worker).await });
        if cause == ShutdownCause::WorkerStopped {
            return Err(CliError::system("file watching stopped unexpectedly; restart the preview".to_owned()));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Starts to listen, and prints which port is used if it isn't the requested one.
    fn listen(&self, verbosity: Verbosity) -> Result<Server, CliError> {
        let requested = self.port.unwrap_or(DEFAULT_PORT);
        let server = Server::listen(self.host, requested).map_err(|error| {
            CliError::system(format!("couldn't listen on {}: {error}", SocketAddr::new(self.host, requested)))
        })?;
        let port = server.address().port();
        if requested != 0 && port != requested && verbosity > Verbosity::Quiet {
            print_line(format_args!("Port {requested} is in use; using {port} instead."));
        }
        if !self.host.is_loopback() {
            let whom = if self.host.is_unspecified() { "anyone" } else { "anyone on that network" };
            print_line(format_args!(
                "{}: {whom} who can reach this computer can read the preview",
                coloured("warning", YELLOW)
            ));
        }
        Ok(server)
    }
}

/// Builds the sites of a project incrementally, for the date of each build.
struct ProjectSource {
    args: SiteArgs,
    root: PathBuf,
    options: Options,
    cache: SiteCache,
}

impl ProjectSource {
    fn new(args: SiteArgs, root: &Path) -> Result<Self, CliError> {
        let options = args.options()?;
        Ok(Self { args, root: root.to_owned(), options, cache: SiteCache::new(options) })
    }
}

impl SiteSource for ProjectSource {
    fn build(&mut self, tree: &Tree) -> Result<Diagnosed<Site>, ReadError> {
        let options = project::root(Some(&self.root))
            .and_then(|root| project::check_content(&root))
            .and_then(|()| self.args.options())?;
        if options.today != self.options.today {
            self.cache = SiteCache::new(options);
        }
        self.options = options;
        Ok(self.cache.site(tree))
    }

    fn is_stale(&self) -> bool {
        self.args.options().is_ok_and(|options| options.today != self.options.today)
    }
}

/// Prints what differs between two states: another URL of the site, new diagnostics, and the counts of all.
fn print_changes(before: &PreviewState, state: &PreviewState, address: SocketAddr, verbosity: Verbosity) {
    let prints_status = verbosity > Verbosity::Quiet;
    if prints_status && state.base_path() != before.base_path() {
        print_line(format_args!("{} {}", coloured("Serving", GREEN), site_url(address, state)));
    }
    print_text(added_diagnostics(before.diagnostics(), state.diagnostics()), state.sources(), verbosity);
    match state.read_error() {
        Some(error) if before.read_error() != Some(error) => print_error(&error.clone().into()),
        _ if prints_status => print_line(format_args!("Now {}", diagnostic_counts(state.diagnostics()))),
        _ => {}
    }
}

fn site_url(address: SocketAddr, state: &PreviewState) -> String {
    format!("http://{address}{}", state.base_path())
}

/// Parses `localhost` or an IP address, with or without the brackets that a URL has around an IPv6 address.
fn parse_host(typed: &str) -> Result<IpAddr, String> {
    if typed.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let address = typed.trim_start_matches('[').trim_end_matches(']').parse();
    address.map_err(|_| {
        "expected an IP address, such as 127.0.0.1, or 0.0.0.0 for all of this computer's addresses".to_owned()
    })
}

/// The address at which a browser on this machine reaches a server: the loopback address for an unspecified one.
fn browser_address(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
