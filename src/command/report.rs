use std::io::{self, IsTerminal, Write};

use super::{CliError, Format, Verbosity};
use crate::diagnostic::{Diagnostic, Severity, json, text};
use crate::site::Site;
use crate::tree::Tree;

pub(super) const RED: &str = "1;31";
pub(super) const GREEN: &str = "1;32";
pub(super) const YELLOW: &str = "1;33";

/// A word in colour, where colours are wanted.
pub(super) fn painted(word: &str, colour: &str) -> String {
    if coloured() { format!("\u{1b}[{colour}m{word}\u{1b}[0m") } else { word.to_owned() }
}

/// Colours are for terminals, and not for those who don't want them (<https://no-color.org>).
fn coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Shows problems: text to standard error (warnings only when not quiet), JSON to standard output.
pub(super) fn problems(
    diagnostics: &[Diagnostic],
    project: &Tree,
    site: &Site,
    format: Format,
    verbosity: Verbosity,
) -> io::Result<()> {
    let sources = project.clone().over(&site.theme_sources());
    match format {
        Format::Lines => write!(io::stdout(), "{}", json::line(diagnostics, &sources)),
        Format::Json => write!(io::stdout(), "{}", json::render(diagnostics, &sources)),
        Format::Text => texts(diagnostics, &sources, verbosity),
    }
}

/// Tells what went wrong outside the content.
pub(super) fn trouble(CliError(message): &CliError) {
    say(format_args!("{}: {message}", painted("error", RED)));
}

/// Says a line on standard error. When nobody is there any more to read it, there is nobody to tell that.
pub(super) fn say(line: impl std::fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether two lists tell an author the same, though the places in the files may have moved.
pub(super) fn are_same(some: &[Diagnostic], others: &[Diagnostic]) -> bool {
    let told = |diagnostic: &Diagnostic| {
        (diagnostic.code, diagnostic.span.file.clone(), diagnostic.message.clone(), diagnostic.help.clone())
    };
    some.iter().map(told).eq(others.iter().map(told))
}

/// Shows problems as text on standard error, warnings only when not quiet.
pub(super) fn texts<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    sources: &Tree,
    verbosity: Verbosity,
) -> io::Result<()> {
    let loud = |diagnostic: &&Diagnostic| verbosity > Verbosity::Quiet || diagnostic.severity() == Severity::Error;
    let shown: Vec<Diagnostic> = diagnostics.into_iter().filter(loud).cloned().collect();
    write!(io::stderr(), "{}", text::render(&shown, sources, coloured()))
}

/// `2 errors and 1 warning`; `no problems`.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    match (errors, diagnostics.len() - errors) {
        (0, 0) => "no problems".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// `1 page`, `2 pages`.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
