//! What is YAML, and yet says something else than its author means: text behind a `#`, and `name:value` without a space.

use std::ops::Range;

use super::explain::{MISSING_SPACE, split_missing_space};
use super::node::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::TreePath;

/// Notes what would be lost from a tree that was read from `source`, and puts right what can be.
pub fn repair(file: &TreePath, source: &str, node: &mut Node, diagnostics: &mut Vec<Diagnostic>) {
    Repairer { file, source, diagnostics }.value(node, "");
}

struct Repairer<'a> {
    file: &'a TreePath,
    source: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Repairer<'_> {
    /// Looks at a value; `before` is what its author writes before it.
    fn value(&mut self, node: &mut Node, before: &str) {
        match &mut node.value {
            Value::Null => {}
            Value::Scalar { text, is_text } => {
                // A number or a boolean is whole as it stands, so what follows it is a comment.
                if *is_text && self.source.get(node.span.clone()) == Some(text.as_str()) {
                    self.comment(node.span.end, before, text);
                }
            }
            Value::List(items) => {
                let before = if self.source[node.span.start..].starts_with('[') { "" } else { "- " };
                for item in items {
                    if item.value == Value::Null {
                        self.empty_item(item.span.start);
                    } else {
                        self.value(item, before);
                    }
                }
            }
            Value::Map(entries) => {
                for (key, value) in entries {
                    if value.value == Value::Null {
                        self.without_value(key, value);
                    } else {
                        self.value(value, &format!("{}: ", key.0));
                    }
                }
            }
        }
    }

    /// A name with nothing behind it.
    fn without_value(&mut self, key: &mut (String, Range<usize>), node: &mut Node) {
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
            self.comment(span.end + 1, &format!("{text}: "), "");
        }
    }

    /// An item of a list with nothing in it; the place is somewhere in its line.
    fn empty_item(&mut self, at: usize) {
        let start = self.source[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = &self.source[start..at];
        let hyphen = line.len() - line.trim_start().len();
        if line[hyphen..].starts_with('-') {
            self.comment(start + hyphen + 1, "- ", "");
        }
    }

    /// Notes what stands behind a value that ends at a byte, when it is a comment to YAML and most likely not to its
    /// author: people put a space behind the `#` of a comment.
    fn comment(&mut self, end: usize, before: &str, value: &str) {
        let rest = self.source[end..].lines().next().unwrap_or_default().trim_end();
        let lost = rest.trim_start();
        let is_text = lost.strip_prefix('#').is_some_and(|lost| lost.starts_with(|c: char| c.is_alphanumeric()));
        if !is_text || lost.len() == rest.len() {
            return;
        }
        let start = end + rest.len() - lost.len();
        let whole = if value.is_empty() { lost.trim_end_matches(';').to_owned() } else { format!("{value}{rest}") };
        let quoted = if whole.contains('"') { format!("'{whole}'") } else { format!("\"{whole}\"") };
        let help = format!("write `{before}{quoted}`, or `# ` with a space if it's a comment");
        let word = lost.split_whitespace().next().unwrap_or_default();
        let on = if word.len() < lost.len() { " and the rest of the line" } else { "" };
        let message = format!("`{word}`{on} would be lost, because ` #` starts a comment");
        self.report(start..start + lost.len(), message, help);
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
    fn what_a_comment_swallows_is_told() {
        assert_eq!(repaired("a: Solves the #1 problem\n").1, ["#1 problem"]);
        assert_eq!(repaired("a: #reviews\nb: 1\n").1, ["#reviews"]);
        assert_eq!(repaired("a:\n  b: One #two\n").1, ["#two"]);
        assert_eq!(repaired("a:\n  - #one\n  - two #three\n").1, ["#one", "#three"]);
    }

    #[test]
    fn comments_are_comments() {
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
    fn a_missing_space_is_told_and_put_in() {
        let (node, diagnostics) = repaired("a: { craft:Leading, b: 1 }\n");
        assert_eq!(diagnostics, ["craft:Leading"]);
        let Value::Map(entries) = node.value else { panic!() };
        let Value::Map(inner) = &entries[0].1.value else { panic!() };
        assert_eq!(inner[0].0, ("craft".to_owned(), 5..10));
        assert_eq!(inner[0].1.span, 11..18);
    }
}
