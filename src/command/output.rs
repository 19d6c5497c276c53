//! The output of commands: diagnostics, errors and status lines.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::error::CliError;
use crate::diagnostic::{Diagnostic, Severity, fixable, github, json, position, sarif, text};
use crate::guide::{Counts, Guide};
use crate::page::Kind;
use crate::site::Site;
use crate::tree::Tree;

pub(super) const RED: &str = "1;31";
pub(super) const GREEN: &str = "1;32";
pub(super) const YELLOW: &str = "1;33";

/// The format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: source lines with the problem underlined and help, on standard error.
    Text,
    /// For programs: one JSON object on standard output; `stepladder schema --diagnostics` describes it.
    Json,
    /// For GitHub Actions, which shows problems beside the changed lines: workflow commands on standard output.
    Github,
    /// For code scanning: a SARIF 2.1.0 log on standard output.
    Sarif,
    /// For programs that read on: JSON on one line.
    #[value(skip)]
    Lines,
}

/// The amount of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

/// A word in a colour (an SGR code), or plain where colours are disabled.
pub(super) fn coloured(word: &str, colour: &str) -> String {
    if colours_enabled() { format!("\u{1b}[{colour}m{word}\u{1b}[0m") } else { word.to_owned() }
}

/// Returns whether standard error is a terminal whose user hasn't disabled colours (<https://no-color.org>).
fn colours_enabled() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// How the diagnostics of a project are printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct DiagnosticPrinter<'a> {
    /// The project's folder.
    pub(super) root: &'a Path,
    pub(super) format: Format,
    pub(super) verbosity: Verbosity,
}

impl DiagnosticPrinter<'_> {
    /// Prints diagnostics: text to standard error, formats for programs to standard output.
    pub(super) fn print(self, diagnostics: &[Diagnostic], project: &Tree, site: &Site) -> Result<(), CliError> {
        self.render(diagnostics, project, site).print()
    }

    /// The diagnostics as they're printed.
    pub(super) fn render(self, diagnostics: &[Diagnostic], project: &Tree, site: &Site) -> PrintedDiagnostics {
        let sources = project.clone().over(&site.theme_sources());
        let output = match self.format {
            Format::Lines => json::line(diagnostics, &sources),
            Format::Json => json::render(diagnostics, &sources),
            Format::Github => github::render(diagnostics, &sources, &folder_in_repository(self.root)),
            Format::Sarif => sarif::render(diagnostics, &sources, &folder_in_repository(self.root)),
            Format::Text => {
                let text = diagnostic_text(diagnostics, &sources, self.verbosity);
                return PrintedDiagnostics { output: None, text };
            }
        };
        PrintedDiagnostics { output: Some(output), text: String::new() }
    }

    /// What the printed diagnostics depend on, apart from the project.
    pub(super) fn key(self) -> String {
        let (colours, folder) = (colours_enabled(), folder_in_repository(self.root));
        format!("{:?} {:?} colours: {colours} folder: {folder:?}", self.format, self.verbosity)
    }
}

/// Diagnostics as they're printed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PrintedDiagnostics {
    /// For standard output, in a format for programs.
    output: Option<String>,
    /// For standard error.
    text: String,
}

impl PrintedDiagnostics {
    /// Prints the diagnostics. Fails silently when the terminal has been closed.
    pub(super) fn print(&self) -> Result<(), CliError> {
        let _ = io::stderr().write_all(self.text.as_bytes());
        self.output.as_deref().map_or(Ok(()), print_output)
    }
}

/// The path of the project's folder in the repository, with a `/` at the end; empty if it's the repository itself, or if
/// it's in another place. GitHub Actions sets the repository's folder; elsewhere, it's the working directory.
fn folder_in_repository(root: &Path) -> String {
    let repository = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from).or_else(|| std::env::current_dir().ok());
    let inside = repository.and_then(|repository| {
        let (root, repository) = (root.canonicalize().ok()?, repository.canonicalize().ok()?);
        Some(root.strip_prefix(repository).ok()?.to_path_buf())
    });
    let names = inside.iter().flat_map(|path| path.iter());
    names.fold(String::new(), |path, name| path + &name.to_string_lossy() + "/")
}

/// Prints what the user asked for to standard output.
///
/// A reader that has seen enough, such as `head` or a pager, is no error.
///
/// # Errors
/// If the output can't be written, e.g. to a disk that's full.
pub(super) fn print_output(text: &str) -> Result<(), CliError> {
    let printed = io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush());
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::system(format!("couldn't write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints diagnostics as text to standard error; without warnings if the user wants quiet output.
/// Fails silently when the terminal has been closed.
pub(super) fn print_text<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    sources: &Tree,
    verbosity: Verbosity,
) {
    let _ = io::stderr().write_all(diagnostic_text(diagnostics, sources, verbosity).as_bytes());
}

fn diagnostic_text<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    sources: &Tree,
    verbosity: Verbosity,
) -> String {
    let is_printed =
        |diagnostic: &&Diagnostic| verbosity > Verbosity::Quiet || diagnostic.severity() == Severity::Error;
    let printed: Vec<Diagnostic> = diagnostics.into_iter().filter(is_printed).cloned().collect();
    text::report(&printed, sources, colours_enabled())
}

/// Prints an error outside the content to standard error.
pub(super) fn print_error(error: &CliError) {
    print_line(format_args!("{}: {error}", coloured("error", RED)));
}

/// Prints a line to standard error. Unlike `eprintln!`, it doesn't panic when the terminal has been closed.
pub(super) fn print_line(line: impl std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Returns whether two lists have the same diagnostics in the same order, ignoring positions within files.
pub(super) fn same_diagnostics(before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let key = |diagnostic: &Diagnostic| {
        (diagnostic.code, diagnostic.span.file.clone(), diagnostic.message.clone(), diagnostic.help.clone())
    };
    before.iter().map(key).eq(after.iter().map(key))
}

/// The number of errors and warnings: `2 errors and 1 warning`, or `no problems`.
pub(super) fn diagnostic_counts(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    match (errors, diagnostics.len() - errors) {
        (0, 0) => "no problems".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// Prints how many problems `check --fix` would fix, if any.
pub(super) fn print_fixable(diagnostics: &[Diagnostic], project: &Tree) {
    let _ = io::stderr().write_all(fixable_line(diagnostics, project).as_bytes());
}

/// The line that says how many problems `check --fix` would fix; empty if it would fix none.
pub(super) fn fixable_line(diagnostics: &[Diagnostic], project: &Tree) -> String {
    match fixable(diagnostics, project) {
        0 => String::new(),
        count => format!("      {count} can be fixed with `stepladder check --fix`\n"),
    }
}

/// Prints what was understood of a project; see [`reading`].
pub(super) fn print_reading(guide: &Guide, verbosity: Verbosity) {
    let _ = io::stderr().write_all(reading(guide, verbosity).as_bytes());
}

/// The lines that say what was understood of a project, so that a loss shows at once; for verbose output, also how each
/// section of each level is read.
pub(super) fn reading(guide: &Guide, verbosity: Verbosity) -> String {
    let sections = if verbosity == Verbosity::Verbose { sections(guide) } else { String::new() };
    let Counts { levels, competencies, expectations, examples, prose_sections } = guide.counts();
    format!(
        "{sections}      {}, {}, {}, {}, {} on level pages\n",
        counted(levels, "level"),
        if competencies == 1 { "1 competency".to_owned() } else { format!("{competencies} competencies") },
        counted(expectations, "expectation"),
        counted(examples, "example"),
        counted(prose_sections, "section") + " of prose",
    )
}

/// The sections of each level's page, and their roles.
fn sections(guide: &Guide) -> String {
    let mut lines = String::new();
    for (id, page) in guide.pages.shown().filter(|(_, page)| page.kind == Kind::Level) {
        lines += &format!("      {}\n", page.file);
        for section in guide.reading(id).iter().filter(|section| !section.heading.is_empty()) {
            let line = position(page.source.as_bytes(), section.span.start).line;
            lines += &format!("{line:>12}  {} \u{2192} {}\n", section.heading, guide.describe(section));
        }
    }
    lines
}

/// A number with its noun: `1 page`, `2 pages`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
