//! Detection of valid YAML that has another meaning than intended: text that a `#` makes a comment, and `name:value`
//! without a space.

use std::ops::Range;

use super::explain::{MISSING_SPACE, split_missing_space};
use super::node::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::TreePath;

/// Reports text of `source` that its YAML tree lacks, and repairs the tree where the intended value is clear.
pub fn repair(file: &TreePath, source: &str, node: &mut Node, diagnostics: &mut Vec<Diagnostic>) {
    Repairer { file, source, diagnostics }.check_value(node, "");
}

struct Repairer<'a> {
    file: &'a TreePath,
    source: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Repairer<'_> {
    /// Checks a value. `before` is the syntax in front of it, for the help.
    fn check_value(&mut self, node: &mut Node, before: &str) {
        match &mut node.value {
            Value::Null => {}
            Value::Scalar { text, is_text } => {
                // Numbers and booleans are complete, so text after them is meant as a comment.
                if *is_text && self.source.get(node.span.clone()) == Some(text.as_str()) {
                    self.check_comment(node.span.end, before, text);
                }
            }
            Value::List(items) => {
                let before = if self.source[node.span.start..].starts_with('[') { "" } else { "- " };
                for item in items {
                    if item.value == Value::Null {
                        self.check_empty_item(item.span.start);
                    } else {
                        self.check_value(item, before);
                    }
                }
            }
            Value::Map(entries) => {
                for (key, value) in entries {
                    if value.value == Value::Null {
                        self.check_missing_value(key, value);
                    } else {
                        self.check_value(value, &format!("{}: ", key.0));
                    }
                }
            }
        }
    }

    /// Checks a key without a value.
    fn check_missing_value(&mut self, key: &mut (String, Range<usize>), node: &mut Node) {
        let (text, span) = key.clone();
        if self.source.get(span.clone()) != Some(text.as_str()) {
            return;
        }
        if let Some((name, value)) = split_missing_space(&text) {
            let help = format!("write `{name}: {value}`");
            self.report(span.clone(), MISSING_SPACE.to_owned(), help);
            *key = (name.to_owned(), span.start..span.start + name.len());
            *node = Node {
                value: Value::Scalar { text: value.to_owned(), is_text: true },
                span: span.end - value.len()..span.end,
            };
        } else if self.source[span.end..].starts_with(':') {
            self.check_comment(span.end + 1, &format!("{text}: "), "");
        }
    }

    /// Checks an empty item of a list. `at` is any offset in its line.
    fn check_empty_item(&mut self, at: usize) {
        let start = self.source[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = &self.source[start..at];
        let hyphen = line.len() - line.trim_start().len();
        if line[hyphen..].starts_with('-') {
            self.check_comment(start + hyphen + 1, "- ", "");
        }
    }

    /// Reports a comment after a value that ends at `end`, if it was probably meant as text: the author wrote no space after
    /// its `#`.
    fn check_comment(&mut self, end: usize, before: &str, value: &str) {
        let rest = self.source[end..].lines().next().unwrap_or_default().trim_end();
        let comment = rest.trim_start();
        let is_text =
            comment.strip_prefix('#').is_some_and(|comment| comment.starts_with(|c: char| c.is_alphanumeric()));
        if !is_text || comment.len() == rest.len() {
            return;
        }
        let start = end + rest.len() - comment.len();
        let full_text =
            if value.is_empty() { comment.trim_end_matches(';').to_owned() } else { format!("{value}{rest}") };
        let quoted = if full_text.contains('"') { format!("'{full_text}'") } else { format!("\"{full_text}\"") };
        let help = format!("write `{before}{quoted}`, or `# ` with a space if it's a comment");
        let word = comment.split_whitespace().next().unwrap_or_default();
        let on = if word.len() < comment.len() { " and the rest of the line" } else { "" };
        let message = format!("`{word}`{on} would be lost, because ` #` starts a comment");
        self.report(start..start + comment.len(), message, help);
    }

    fn report(&mut self, span: Range<usize>, message: String, help: String) {
        self.diagnostics.push(Diagnostic::new(Code::InvalidValue, Span::new(self.file, span), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(source: &str) -> (Node, Vec<String>) {
        let mut node = crate::yaml::parse(source, 0..source.len()).unwrap();
        let mut diagnostics = Vec::new();
        repair(&TreePath::normalized("a.md"), source, &mut node, &mut diagnostics);
        (
            node,
            diagnostics
                .into_iter()
                .map(|diagnostic| source[diagnostic.span.start..diagnostic.span.end].to_owned())
                .collect(),
        )
    }

    #[test]
    fn text_that_yaml_reads_as_a_comment_is_reported() {
        assert_eq!(repaired("a: Solves the #1 problem\n").1, ["#1 problem"]);
        assert_eq!(repaired("a: #reviews\nb: 1\n").1, ["#reviews"]);
        assert_eq!(repaired("a:\n  b: One #two\n").1, ["#two"]);
        assert_eq!(repaired("a:\n  - #one\n  - two #three\n").1, ["#one", "#three"]);
    }

    #[test]
    fn real_comments_are_not_reported() {
        for source in [
            "a: One # two\n",
            "a: 3 #third\n",
            "a: \"One\" #two\n",
            "a: C# and F#\n",
            "a: # two\n  b: One\n",
            "a: #two\n  b: One\n",
            "a:\n  #b: One\n",
            "a: [b, c] #two\n",
            "a: |\n  One #two\n",
        ] {
            assert_eq!(repaired(source).1, Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn a_missing_space_is_reported_and_inserted() {
        let (node, diagnostics) = repaired("a: { craft:Leading, b: 1 }\n");
        assert_eq!(diagnostics, ["craft:Leading"]);
        let Value::Map(entries) = node.value else { panic!() };
        let Value::Map(inner) = &entries[0].1.value else { panic!() };
        assert_eq!(inner[0].0, ("craft".to_owned(), 5..10));
        assert_eq!(inner[0].1.span, 11..18);
    }
}
