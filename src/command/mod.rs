//! The commands: words typed → library calls → what is printed.

mod build;
mod check;
mod completions;
mod init;
mod new;
mod project;
mod report;
mod serve;
mod watch_args;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// The content has problems.
const PROBLEMS: u8 = 1;

/// The command was used wrongly, or the system refused something.
const WRONG_USE: u8 = 2;

/// Publishes an engineering ladder, written in Markdown, as a checked and cross-linked website.
#[derive(Debug, Parser)]
#[command(
    name = "stepladder",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 on success (even with warnings), 1 if the content has errors, 2 for any other \
        failure.\n\nExamples:\n  stepladder init guide                 create a project in the folder `guide`\n \
        stepladder new level ic/staff         add a level to the track in `content/ic`\n  stepladder serve \
        --open               preview the guide in a browser while you write\n  stepladder check \
        list every problem, where it is and how to fix it\n  stepladder build                      write the \
        site to `public/`\n  stepladder build --watch              write it again after each change"
)]
struct Arguments {
    /// The project's folder [default: this folder, or the nearest above it with a `stepladder.yaml`]
    #[arg(long, global = true, value_name = "DIR")]
    project: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the site in a browser while it is written
    Serve(serve::Serve),
    /// Check the project, then write its site to `public/`
    Build(build::Build),
    /// Report every problem that a build would find; write nothing
    Check(check::Check),
    /// Make a new project with a small, complete ladder to edit
    Init(init::Init),
    /// Add a page with the right front matter in the right place
    New(new::New),
    /// Print a script that completes commands in a shell
    Completions(completions::Completions),
}

/// How problems are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: source line, underlined place, and what to do, on standard error.
    Text,
    /// For programs: one JSON object on standard output.
    Json,
    /// For programs that read on: the same on one line.
    #[value(skip)]
    Lines,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

/// What went wrong outside the content, in words that say what to do.
#[derive(Debug)]
struct CliError(String);

impl<T: std::fmt::Display> From<T> for CliError {
    fn from(cause: T) -> Self {
        Self(cause.to_string())
    }
}

/// Runs the command that was typed.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let verbosity = match (arguments.quiet, arguments.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    let place = arguments.project.as_deref();
    let done = match arguments.command {
        Command::Serve(serve) => serve.run(place, verbosity),
        Command::Build(build) => build.run(place, verbosity),
        Command::Check(check) => check.run(place, verbosity),
        Command::Init(init) => init.run(place, verbosity),
        Command::New(new) => new.run(place),
        Command::Completions(completions) => Ok(completions.run()),
    };
    match done {
        Ok(status) => status,
        Err(trouble) => {
            report::trouble(&trouble);
            ExitCode::from(WRONG_USE)
        }
    }
}
