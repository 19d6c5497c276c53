//! The diagnostics of a state as JSON for the browser.

use std::path::Path;

use serde::Serialize;

use super::editor_url::editor_url;
use super::fix_offer::{FixOffer, fix_offers};
use super::read_error::ReadError;
use super::state::PreviewState;
use crate::diagnostic::{Diagnostic, Position, Severity, position, text};

/// The most diagnostics in a report, which limits its size. The counts are of all, and the author's page lists all.
const MAX_REPORTED_PROBLEMS: usize = 200;

/// The report as `client/problems.js` reads it.
#[derive(Serialize)]
struct ProblemReport<'a> {
    token: &'a str,
    errors: usize,
    warnings: usize,
    problems: Vec<ReportedProblem<'a>>,
}

#[derive(Serialize)]
struct ReportedProblem<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    /// The file's path in the project; empty for a problem without a place.
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    /// The lines of the file with the problem underlined, as the terminal shows them.
    excerpt: String,
    fixes: Vec<FixOffer>,
    /// The URL that opens the place in the author's editor.
    editor: Option<String>,
}

/// The diagnostics of a state as a JSON object: errors before warnings, each sorted by place. `root` is the project's
/// folder.
///
/// # Panics
/// Never: the report contains nothing that JSON can't represent.
pub(super) fn problem_report(state: &PreviewState, root: &Path) -> String {
    let (errors, warnings): (Vec<&Diagnostic>, Vec<_>) =
        state.diagnostics().iter().partition(|diagnostic| diagnostic.severity() == Severity::Error);
    let unreadable = state.read_error().map(unreadable_project);
    let reported = errors.iter().chain(&warnings).take(MAX_REPORTED_PROBLEMS);
    let problems = reported.map(|diagnostic| reported_problem(diagnostic, state, root));
    let report = ProblemReport {
        token: state.token(),
        errors: errors.len() + usize::from(unreadable.is_some()),
        warnings: warnings.len(),
        problems: unreadable.into_iter().chain(problems).collect(),
    };
    // Serialization fails only for maps with keys that aren't strings and for writers that fail; there are neither.
    serde_json::to_string(&report).expect("plain structs of text and numbers")
}

/// The problem that the project can't be read, which has no place in a file.
fn unreadable_project(ReadError { message, help }: &ReadError) -> ReportedProblem<'_> {
    ReportedProblem {
        severity: Severity::Error.as_str(),
        code: "unreadable",
        message,
        help: help.as_deref(),
        file: "",
        line: None,
        column: None,
        excerpt: String::new(),
        fixes: Vec::new(),
        editor: None,
    }
}

fn reported_problem<'a>(diagnostic: &'a Diagnostic, state: &PreviewState, root: &Path) -> ReportedProblem<'a> {
    let sources = state.sources();
    let start = sources.bytes(&diagnostic.span.file).map(|bytes| position(bytes, diagnostic.span.start));
    let Position { line, column } = start.unwrap_or(Position { line: 1, column: 1 });
    let file = diagnostic.span.file.as_str();
    ReportedProblem {
        severity: diagnostic.severity().as_str(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        file,
        line: Some(line),
        column: Some(column),
        excerpt: text::excerpt(diagnostic, sources),
        fixes: fix_offers(diagnostic, sources),
        editor: state.editor_template().and_then(|template| editor_url(template, root, file, line, column)),
    }
}
