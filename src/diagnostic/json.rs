//! Rendering of diagnostics as JSON, as `schema.json` describes it.

use serde::Serialize;

use super::fix::Fix;
use super::lines::{Position, Sources};
use super::model::Diagnostic;
use super::severity::Severity;
use super::span::Span;
use crate::tree::Tree;

/// The version of the format. It changes when a program that reads the former one could fail.
const VERSION: u32 = 1;

/// The JSON Schema of the format.
pub const SCHEMA: &str = include_str!("schema.json");

/// The JSON document.
#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    diagnostics: Vec<JsonDiagnostic<'a>>,
    errors: usize,
    warnings: usize,
}

/// A diagnostic in the JSON document.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    #[serde(flatten)]
    span: JsonSpan<'a>,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<JsonText<'a>>,
    fixes: Vec<JsonFix<'a>>,
    documentation: String,
    explain: String,
}

/// A text with its place: a label, or the new text of an edit.
#[derive(Serialize)]
struct JsonText<'a> {
    #[serde(flatten)]
    span: JsonSpan<'a>,
    text: &'a str,
}

/// A fix in the JSON document.
#[derive(Serialize)]
struct JsonFix<'a> {
    label: &'a str,
    applicability: &'a str,
    edits: Vec<JsonText<'a>>,
}

/// A span with lines, columns and bytes.
#[derive(Serialize)]
struct JsonSpan<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte: usize,
    end_byte: usize,
}

/// Renders diagnostics, in the given order, as an indented JSON object and a line feed.
///
/// Lines and columns are counted from 1, columns in characters, bytes from 0; the end is exclusive. Diagnostics of a file
/// whose content `sources` doesn't have in memory are at its start.
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
        version: VERSION,
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
        labels: json_texts(&diagnostic.labels, sources),
        fixes: diagnostic.fixes.iter().map(|fix| json_fix(fix, sources)).collect(),
        documentation: diagnostic.code.documentation(),
        explain: diagnostic.code.explain_command(),
    }
}

fn json_fix<'a>(fix: &'a Fix, sources: &Sources<'_>) -> JsonFix<'a> {
    let Fix { label, edits, applicability } = fix;
    JsonFix { label, applicability: applicability.as_str(), edits: json_texts(edits, sources) }
}

fn json_texts<'a>(texts: &'a [(Span, String)], sources: &Sources<'_>) -> Vec<JsonText<'a>> {
    texts.iter().map(|(span, text)| JsonText { span: json_span(span, sources), text }).collect()
}

fn json_span<'a>(span: &'a Span, sources: &Sources<'_>) -> JsonSpan<'a> {
    let file = span.file.as_str();
    let Some((start, end)) = sources.range(span) else {
        return JsonSpan { file, line: 1, column: 1, end_line: 1, end_column: 1, byte: 0, end_byte: 0 };
    };
    let Position { line, column } = start;
    let Position { line: end_line, column: end_column } = end;
    JsonSpan { file, line, column, end_line, end_column, byte: span.start, end_byte: span.end.max(span.start) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Advice, Code};
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
            .advice(Advice::did_you_mean(vec!["track".to_owned()]));
        let expected = r#"{
  "version": 1,
  "diagnostics": [
    {
      "file": "content/ä.md",
      "line": 2,
      "column": 1,
      "end_line": 2,
      "end_column": 6,
      "byte": 5,
      "end_byte": 11,
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
          "byte": 0,
          "end_byte": 1,
          "text": "a label"
        }
      ],
      "fixes": [
        {
          "label": "write `track`",
          "applicability": "suggestion",
          "edits": [
            {
              "file": "content/ä.md",
              "line": 2,
              "column": 1,
              "end_line": 2,
              "end_column": 6,
              "byte": 5,
              "end_byte": 11,
              "text": "track"
            }
          ]
        }
      ],
      "documentation": "tests/cases/unknown-field.md",
      "explain": "stepladder explain unknown-field"
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
            "{\n  \"version\": 1,\n  \"diagnostics\": [],\n  \"errors\": 0,\n  \"warnings\": 0\n}\n"
        );
    }
}
