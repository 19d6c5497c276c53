//! Rendering of diagnostics as JSON.

use serde::Serialize;

use super::lines::{Position, Sources};
use super::model::Diagnostic;
use super::severity::Severity;
use super::span::Span;
use crate::tree::Tree;

#[derive(Serialize)]
/// The JSON document.
struct JsonReport<'a> {
    diagnostics: Vec<JsonDiagnostic<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
/// A diagnostic in the JSON document.
struct JsonDiagnostic<'a> {
    #[serde(flatten)]
    span: JsonSpan<'a>,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<JsonLabel<'a>>,
}

#[derive(Serialize)]
/// A label in the JSON document.
struct JsonLabel<'a> {
    #[serde(flatten)]
    span: JsonSpan<'a>,
    text: &'a str,
}

#[derive(Serialize)]
/// A span with lines and columns.
struct JsonSpan<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders diagnostics, in the given order, as an indented JSON object and a line feed.
///
/// Lines and columns are counted from 1, columns in characters; the end is exclusive. Diagnostics of a file whose content
/// `sources` doesn't have in memory are at its start.
///
/// # Panics
/// Never, because the object consists of values that JSON supports.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Tree) -> String {
    // Serializing only fails for maps with keys that aren't strings and for failing writers. There are neither.
    write(diagnostics, sources, |report| serde_json::to_string_pretty(report))
        .expect("plain structs of text and numbers")
}

/// Renders diagnostics like [`render`], but on one line, for programs that read a stream of objects.
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
    to_text: fn(&JsonReport<'_>) -> serde_json::Result<String>,
) -> serde_json::Result<String> {
    let sources = Sources::of(diagnostics, sources);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let report = JsonReport {
        diagnostics: diagnostics.iter().map(|diagnostic| json_diagnostic(diagnostic, &sources)).collect(),
        errors,
        warnings: diagnostics.len() - errors,
    };
    Ok(to_text(&report)? + "\n")
}

fn json_diagnostic<'a>(diagnostic: &'a Diagnostic, sources: &Sources<'_>) -> JsonDiagnostic<'a> {
    JsonDiagnostic {
        span: json_span(&diagnostic.span, sources),
        severity: diagnostic.severity().as_str(),
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        labels: diagnostic
            .labels
            .iter()
            .map(|(span, text)| JsonLabel { span: json_span(span, sources), text })
            .collect(),
    }
}

fn json_span<'a>(span: &'a Span, sources: &Sources<'_>) -> JsonSpan<'a> {
    let position = |byte| sources.get(&span.file).map_or(Position { line: 1, column: 1 }, |lines| lines.position(byte));
    let (start, end) = (position(span.start), position(span.end.max(span.start)));
    JsonSpan {
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
    fn lines_and_columns_start_at_one() {
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
    fn missing_help_is_null_and_a_missing_file_has_its_start() {
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
    fn no_diagnostics_give_an_object_too() {
        assert_eq!(
            render(&[], &Tree::default()),
            "{\n  \"diagnostics\": [],\n  \"errors\": 0,\n  \"warnings\": 0\n}\n"
        );
    }
}
