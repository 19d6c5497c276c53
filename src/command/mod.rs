//! The command line: parses the arguments and runs one module per command.

mod build;
mod build_report;
mod check;
mod completions;
mod diff;
mod error;
mod explain;
mod export;
mod fix;
mod ids;
mod import;
mod init;
mod new;
mod output;
mod page_text;
mod project;
mod published;
mod schema;
mod serve;
mod watch_args;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use output::{Verbosity, print_error};

/// Publishes an engineering ladder, written in Markdown, as a checked and cross-linked website.
#[derive(Debug, Parser)]
#[command(
    name = "stepladder",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 on success (even with warnings), 1 if the content has errors, 2 if the command is \
        used wrongly, 3 if a file, the network or something else of the system gets in the way.\n\n\
        Examples:\n\
        \x20 stepladder init guide                 create a project in the folder `guide`\n\
        \x20 stepladder import ladder.xlsx --into guide   make a project of a spreadsheet\n\
        \x20 stepladder new level ic/staff         add a level to the track in `content/ic`\n\
        \x20 stepladder serve --open               preview the guide in a browser while you write\n\
        \x20 stepladder check                      list every problem, where it is and how to fix it\n\
        \x20 stepladder check --fix                fix those whose solution is certain\n\
        \x20 stepladder diff HEAD                  show what changed in the ladder since the last commit\n\
        \x20 stepladder explain broken-link        explain a kind of problem\n\
        \x20 stepladder build                      write the site to `public/`\n\
        \x20 stepladder build --watch              write it again after each change"
)]
struct Arguments {
    /// The project folder [default: the nearest folder with a `stepladder.yaml`, from this one up]
    #[arg(long, global = true, value_name = "DIR")]
    project: Option<PathBuf>,
    /// Print only errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print more, such as how each section of every level is read
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Preview the site in a browser while you write
    Serve(serve::Serve),
    /// Check the project and write its site to `public/`
    Build(build::Build),
    /// Report every problem a build would find, and fix those whose solution is certain
    Check(check::Check),
    /// Give each expectation without an id a permanent one
    Ids(ids::Ids),
    /// Show what changed in the ladder between two revisions
    Diff(diff::Diff),
    /// Explain a kind of problem, or list all kinds
    Explain(explain::Explain),
    /// Create a project with a small, complete ladder to edit
    Init(init::Init),
    /// Make a project of a ladder in spreadsheets, documents or data
    Import(import::Import),
    /// Write the ladder as a file for other programs
    Export(export::Export),
    /// Add a page with the right front matter in the right place
    New(new::New),
    /// Print or write JSON Schemas of front matter and of `stepladder.yaml`
    Schema(schema::Schema),
    /// Print a shell completion script
    Completions(completions::Completions),
}

/// Runs the program with the arguments of the process and returns its exit status.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let verbosity = match (arguments.quiet, arguments.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    };
    let project = arguments.project.as_deref();
    let result = match arguments.command {
        Command::Serve(serve) => serve.run(project, verbosity),
        Command::Build(build) => build.run(project, verbosity),
        Command::Check(check) => check.run(project, verbosity),
        Command::Ids(ids) => ids.run(project, verbosity),
        Command::Diff(diff) => diff.run(project, verbosity),
        Command::Explain(explain) => explain.run(),
        Command::Init(init) => init.run(project, verbosity),
        Command::Import(import) => import.run(project, verbosity),
        Command::Export(export) => export.run(project, verbosity),
        Command::New(new) => new.run(project),
        Command::Schema(schema) => schema.run(project, verbosity),
        Command::Completions(completions) => completions.run(Arguments::command()),
    };
    match result {
        Ok(status) => status,
        Err(error) => {
            print_error(&error);
            ExitCode::from(error.exit_status())
        }
    }
}
