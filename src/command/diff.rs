//! `stepladder diff`: what changed in the ladder between two revisions or folders.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::error::CliError;
use super::output::{Verbosity, print_line, print_output};
use super::project;
use crate::config;
use crate::diagnostic::{any_error, nearest};
use crate::diff::json::GuideRevision;
use crate::diff::outline::{DiffOutline, outline};
use crate::diff::terminal::{self, TerminalStyle};
use crate::diff::{self, json, markdown};
use crate::disk::{GitError, ProjectAt, Repository};
use crate::guide::{Guide, Options};
use crate::theme::{self, Theme};
use crate::tree::{Tree, TreePath};
use crate::view::DiffView;

/// The columns where there's no terminal.
const DEFAULT_COLUMNS: usize = 100;

/// The name of the project as it is on disk.
const WORKING_TREE: &str = "working tree";

/// The exit status with `--exit-code` if something changed.
const EXIT_CHANGED: u8 = 1;

/// Show what changed in the ladder between two revisions
#[derive(Debug, Args)]
#[command(
    after_help = "A revision is a commit, branch or tag of git; a folder that has a stepladder.yaml can stand for one. \
        With one revision, the project as it is on disk is compared with it. The order of lines and fields, line breaks \
        and the characters of bullets are no changes; an expectation that was reworded or moved isn't one that was \
        removed and another that was added. Nothing is written, and no file in the working tree is touched.\n\n\
        Exit status: 0, or with --exit-code 1 if something changed; 2 for an unknown revision or a folder without a \
        project; 3 if git or the system refuses.\n\n\
        Examples:\n\
        \x20 stepladder diff HEAD                       what you changed since the last commit\n\
        \x20 stepladder diff 2026-spring 2026-autumn    between two tags\n\
        \x20 stepladder diff main --format markdown     for a comment on a pull request\n\
        \x20 stepladder diff v1 --format html > changes.html\n\
        \x20 stepladder diff ../old-guide .             between two folders\n\
        \x20 stepladder diff HEAD~1 --exit-code --quiet fail if anything changed"
)]
pub(super) struct Diff {
    /// The revision or folder before
    #[arg(value_name = "REV")]
    was: String,
    /// The revision or folder now [default: the project on disk]
    #[arg(value_name = "REV")]
    now: Option<String>,
    /// How to print the changes
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// Exit with status 1 if something changed
    #[arg(long)]
    exit_code: bool,
    /// Compare drafts as if they were published
    #[arg(long)]
    drafts: bool,
}

/// The format of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// A page in the theme of the project, in one file.
    Html,
    /// For programs: one object; `stepladder schema --diff` describes it.
    Json,
}

/// One of the compared projects.
struct Compared {
    tree: Tree,
    revision: GuideRevision,
}

impl Diff {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sources = DiffSources::of(project, &self.was, self.now.as_deref())?;
        let was = sources.read(&self.was, verbosity)?;
        let now = match &self.now {
            Some(now) => sources.read(now, verbosity)?,
            None => sources.on_disk()?,
        };
        let (old, new) = (self.guide(&was, verbosity), self.guide(&now, verbosity));
        let diff = diff::diff(&old, &new);
        let outline = outline(&diff);
        let title = format!("Changes from {} to {}", name(&was.revision), name(&now.revision));
        let text = match self.format {
            DiffFormat::Json => json::render(&diff, &was.revision, &now.revision),
            DiffFormat::Markdown => markdown::render(&outline, &title),
            DiffFormat::Html => page(&now.tree, &new, &outline, title)?,
            DiffFormat::Text if verbosity == Verbosity::Quiet => String::new(),
            DiffFormat::Text => terminal::render(&outline, &title, terminal_style()),
        };
        print_output(&text)?;
        let changed = self.exit_code && !diff.is_empty();
        Ok(if changed { ExitCode::from(EXIT_CHANGED) } else { ExitCode::SUCCESS })
    }

    /// The guide of a project. Its errors don't matter here, but what they hide can't be compared.
    fn guide(&self, of: &Compared, verbosity: Verbosity) -> Guide {
        // No date matters here.
        let built = Guide::new(&of.tree, Options { drafts: self.drafts, today: Date::default() });
        if any_error(&built.diagnostics) && verbosity > Verbosity::Quiet {
            let name = &of.revision.name;
            print_line(format_args!(
                "note: {name} has errors, which may hide text; `stepladder check` lists those of a folder"
            ));
        }
        built.value
    }
}

/// What revisions are read from.
struct DiffSources {
    root: PathBuf,
    /// The project on disk, if anything is compared with it or with a revision of its repository.
    on_disk: Option<Tree>,
}

impl DiffSources {
    /// The project, which isn't needed to compare two other folders.
    fn of(project: Option<&Path>, was: &str, now: Option<&str>) -> Result<Self, CliError> {
        if is_project(was) && now.is_some_and(is_project) {
            return Ok(Self { root: PathBuf::new(), on_disk: None });
        }
        let root = project::root(project)?;
        let on_disk = Some(project::read(&root)?);
        Ok(Self { root, on_disk })
    }

    /// The project as it is on disk.
    fn on_disk(&self) -> Result<Compared, CliError> {
        project::check_content(&self.root)?;
        let revision = GuideRevision { name: WORKING_TREE.to_owned(), commit: None, date: None };
        Ok(Compared { tree: self.on_disk.clone().unwrap_or_default(), revision })
    }

    /// Reads a folder or a revision.
    fn read(&self, given: &str, verbosity: Verbosity) -> Result<Compared, CliError> {
        if is_project(given) {
            let tree = project::read_with_content(Path::new(given))?;
            return Ok(Compared { tree, revision: GuideRevision { name: given.to_owned(), commit: None, date: None } });
        }
        let (at, commit) = self.at_revision(given).map_err(|error| revision_error(&error, given))?;
        if let Some(folder) = at.renamed_from.filter(|_| verbosity > Verbosity::Quiet) {
            print_line(format_args!("note: at {given}, the content was in {folder}/"));
        }
        Ok(Compared { tree: at.tree, revision: commit })
    }

    fn at_revision(&self, given: &str) -> Result<(ProjectAt, GuideRevision), GitError> {
        let repository = Repository::of(&self.root)?;
        let commit = repository.commit(given)?;
        let at = repository.read(&commit, self.on_disk.as_ref().unwrap_or(&Tree::default()))?;
        Ok((at, GuideRevision { name: given.to_owned(), commit: Some(commit.hash), date: Some(commit.date) }))
    }
}

fn is_project(given: &str) -> bool {
    Path::new(given).join(config::FILE).is_file()
}

/// The name of a revision, with its day.
fn name(revision: &GuideRevision) -> String {
    match &revision.date {
        Some(date) => format!("{} ({date})", revision.name),
        None if revision.name == WORKING_TREE => format!("the {WORKING_TREE}"),
        None => revision.name.clone(),
    }
}

/// The error for a revision that can't be read, with the way out.
pub(super) fn revision_error(error: &GitError, given: &str) -> CliError {
    let message = error.to_string();
    match error {
        GitError::NoGit => {
            CliError::system(message).help("install it, or compare two folders: `stepladder diff ../before .`")
        }
        GitError::NoRepository { .. } => {
            CliError::usage(message).help("revisions need one; or compare two folders: `stepladder diff ../before .`")
        }
        GitError::UnknownRevision { names, is_shallow, .. } => {
            let range = given.split_once("..").map(|(from, to)| (from, to.trim_start_matches('.')));
            let similar = nearest(given, names.iter().map(String::as_str));
            let help = match (range, similar) {
                (Some((from, to)), _) => format!("write the two ends apart: `stepladder diff {from} {to}`"),
                (None, _) if Path::new(given).is_dir() => {
                    format!("to compare the folder, it needs a {}", config::FILE)
                }
                (None, Some(similar)) => format!("did you mean `{similar}`?"),
                (None, None) if *is_shallow => {
                    "this is a shallow clone, which lacks older commits; fetch them with `git fetch --unshallow --tags`"
                        .to_owned()
                }
                (None, None) => "`git branch --all` and `git tag` list branches and tags, `git log` commits".to_owned(),
            };
            CliError::usage(message).help(help)
        }
        GitError::NoContent { .. } => {
            CliError::usage(message).help("choose a later revision, at which the guide exists")
        }
        GitError::Failed { .. } => CliError::system(message),
    }
}

/// The page of a diff, in the theme of a project.
fn page(project: &Tree, guide: &Guide, outline: &DiffOutline, title: String) -> Result<String, CliError> {
    let theme: Theme = theme::compile(project, &guide.config, None).value;
    let sheet = theme.assets().bytes(&TreePath::normalized("style.css"));
    let sheet = sheet.map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let config = &guide.config;
    let view = DiffView {
        title,
        guide: &config.title,
        language: &config.language,
        direction: if config.is_right_to_left() { "rtl" } else { "ltr" },
        style: format!("{sheet}{}", theme.style_sheet()),
        outline,
    };
    theme.render("diff.html", &view).map_err(|problem| {
        CliError::usage(format!("the theme can't render the page: {}", problem.message))
            .help("`stepladder check` shows the place in the template")
    })
}

/// The style for standard output.
fn terminal_style() -> TerminalStyle {
    let columns = terminal_size::terminal_size().map_or(DEFAULT_COLUMNS, |(width, _)| width.0.into());
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    TerminalStyle { columns: columns.clamp(40, 120), colours }
}
