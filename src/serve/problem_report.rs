//! The problems of a state for the browser, and the addresses that open an editor.

use std::path::Path;

use serde::Serialize;

use super::preview::State;
use crate::diagnostic::{Diagnostic, Position, Severity, position, text};
use crate::link::encode;

/// How many problems of the site a browser is given at most. The counts are of all, and the author's page lists all.
const MOST: usize = 200;

#[derive(Serialize)]
struct Report<'a> {
    token: &'a str,
    errors: usize,
    warnings: usize,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    text: String,
    editor: Option<String>,
}

/// The problems as a JSON object: errors first, then warnings, each in the order of places.
///
/// # Panics
/// Never: the object holds nothing that JSON can't.
pub(super) fn report(state: &State, root: &Path) -> String {
    let (errors, warnings): (Vec<&Diagnostic>, Vec<_>) =
        state.problems().iter().partition(|diagnostic| diagnostic.severity() == Severity::Error);
    let unreadable = state.trouble().map(unreadable);
    let shown = errors.iter().chain(&warnings).take(MOST);
    let report = Report {
        token: state.token(),
        errors: errors.len() + usize::from(unreadable.is_some()),
        warnings: warnings.len(),
        problems: unreadable.into_iter().chain(shown.map(|diagnostic| problem(diagnostic, state, root))).collect(),
    };
    // Serializing fails for maps whose keys are not strings and for writers that fail; there are neither.
    serde_json::to_string(&report).expect("plain structs of text and numbers")
}

/// The problem that the project can't be read, which has no place in any file of it.
fn unreadable(trouble: &str) -> Problem<'_> {
    let (message, help) = trouble.split_once("\n\n").unwrap_or((trouble, ""));
    Problem {
        severity: Severity::Error.as_str(),
        code: "unreadable",
        message,
        file: "",
        line: None,
        column: None,
        text: format!("error: {message}\n{help}").trim_end().to_owned(),
        editor: None,
    }
}

fn problem<'a>(diagnostic: &'a Diagnostic, state: &State, root: &Path) -> Problem<'a> {
    let sources = state.sources();
    let place = sources.bytes(&diagnostic.span.file).map(|bytes| position(bytes, diagnostic.span.start));
    let Position { line, column } = place.unwrap_or(Position { line: 1, column: 1 });
    let file = diagnostic.span.file.as_str();
    Problem {
        severity: diagnostic.severity().as_str(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        file,
        line: Some(line),
        column: Some(column),
        text: text::render(std::slice::from_ref(diagnostic), sources, false).trim_end().to_owned(),
        editor: state.editor().and_then(|editor| editor_url(editor, root, file, line, column)),
    }
}

/// The address that opens a place in the author's editor; `None` for a file that the project does not have itself.
pub(super) fn editor_url(editor: &str, root: &Path, file: &str, line: usize, column: usize) -> Option<String> {
    let place = root.join(file);
    if !place.is_file() {
        return None;
    }
    let path = place.to_str()?.replace('\\', "/");
    let path = if path.starts_with('/') { path } else { format!("/{path}") };
    let [line, column] = [line, column].map(|number| number.to_string());
    Some(editor.replace("{line}", &line).replace("{column}", &column).replace("{file}", &encode(&path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_gets_the_whole_path_as_an_address_writes_it() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("ü b&{line}.md"), "").unwrap();
        let url = |file: &str| editor_url("e://{file}?l={line}&c={column}", root.path(), file, 3, 7);
        let path = encode(root.path().to_str().unwrap());
        assert_eq!(url("ü b&{line}.md"), Some(format!("e://{path}/%C3%BC%20b%26%7Bline%7D.md?l=3&c=7")));
        assert_eq!(url("embedded.html"), None);
    }
}
