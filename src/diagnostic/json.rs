//! Problems as one JSON object, for programs.

use serde::Serialize;

use super::lines::{Position, Sources};
use super::model::Diagnostic;
use super::severity::Severity;
use super::span::Span;
use crate::tree::Tree;

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Entry<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes problems, in the order given, as a JSON object and a line feed.
///
/// Lines and columns count from 1, columns in characters; the end is exclusive. A file that `sources` does not hold in
/// memory has its problems at its start.
///
/// # Panics
/// Never: the object holds nothing that JSON can't.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Tree) -> String {
    // Serializing fails for maps whose keys are not strings and for writers that fail; there are neither.
    write(diagnostics, sources, |report| serde_json::to_string_pretty(report))
        .expect("plain structs of text and numbers")
}

/// The same on one line, for programs that read one object after the other.
///
/// # Panics
/// Never, as [`render`].
#[must_use]
pub fn line(diagnostics: &[Diagnostic], sources: &Tree) -> String {
    write(diagnostics, sources, |report| serde_json::to_string(report)).expect("plain structs of text and numbers")
}

fn write(
    diagnostics: &[Diagnostic],
    sources: &Tree,
    to_text: fn(&Report<'_>) -> serde_json::Result<String>,
) -> serde_json::Result<String> {
    let sources = Sources::of(diagnostics, sources);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let report = Report {
        diagnostics: diagnostics.iter().map(|diagnostic| entry(diagnostic, &sources)).collect(),
        errors,
        warnings: diagnostics.len() - errors,
    };
    Ok(to_text(&report)? + "\n")
}

fn entry<'a>(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> Entry<'a> {
    Entry {
        place: place(&diagnostic.span, sources),
        severity: diagnostic.severity().as_str(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        labels: diagnostic.labels.iter().map(|(span, text)| Label { place: place(span, sources), text }).collect(),
    }
}

fn place<'a>(span: &'a Span, sources: &Sources<'_>) -> Place<'a> {
    let position = |byte| sources.get(&span.file).map_or(Position { line: 1, column: 1 }, |lines| lines.position(byte));
    let (start, end) = (position(span.start), position(span.end.max(span.start)));
    Place {
        file: span.file.as_str(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::tree::{File, TreePath};

    fn sources(files: &[(&str, &str)]) -> Tree {
        files.iter().map(|(path, text)| (TreePath::normalized(path), File::from(*text))).collect()
    }

    #[test]
    fn a_problem_is_an_object_with_places_from_one() {
        let (page, other) = (TreePath::normalized("content/ä.md"), TreePath::normalized("content/b.md"));
        let tree = sources(&[("content/ä.md", "---\r\ntrück: x\r\n"), ("content/b.md", "b")]);
        let diagnostic = Diagnostic::new(Code::UnknownField, Span::new(&page, 5..11), "no field \"trück\"")
            .label(Span::new(&other, 0..1), "a label")
            .help("did you mean `track`?");
        let expected = r#"{
  "diagnostics": [
    {
      "file": "content/ä.md",
      "line": 2,
      "column": 1,
      "end_line": 2,
      "end_column": 6,
      "severity": "error",
      "code": "unknown-field",
      "message": "no field \"trück\"",
      "help": "did you mean `track`?",
      "labels": [
        {
          "file": "content/b.md",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 2,
          "text": "a label"
        }
      ]
    }
  ],
  "errors": 1,
  "warnings": 0
}
"#;
        assert_eq!(render(&[diagnostic], &tree), expected);
    }

    #[test]
    fn without_help_there_is_null_and_without_a_file_the_start() {
        let span = Span { start: 7, end: 3, ..Span::start_of(&TreePath::normalized("gone.md")) };
        let text = render(&[Diagnostic::new(Code::EmptyLevel, span, "\u{1b}[31m")], &Tree::default());
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let diagnostic = &json["diagnostics"][0];
        assert_eq!((diagnostic["line"].as_u64(), diagnostic["end_column"].as_u64()), (Some(1), Some(1)));
        assert!(diagnostic["help"].is_null() && diagnostic["labels"].as_array().unwrap().is_empty());
        assert_eq!((json["errors"].as_u64(), json["warnings"].as_u64()), (Some(0), Some(1)));
        assert!(!text.contains('\u{1b}'), "control characters are escaped");
    }

    #[test]
    fn nothing_wrong_is_an_object_too() {
        assert_eq!(
            render(&[], &Tree::default()),
            "{\n  \"diagnostics\": [],\n  \"errors\": 0,\n  \"warnings\": 0\n}\n"
        );
    }
}
