//! Detects valid YAML that has another meaning than intended, reports it, and corrects the value where the intention is
//! clear: text that a `#` makes a comment, `name:value` without a space, curly quotes, and spaces that only look like
//! ordinary ones.

use std::ops::Range;

use super::explain::{MISSING_SPACE, split_missing_space};
use super::node::{Key, Node, Value};
use super::scalar::scalar;
use super::typography::{self, CURLY_QUOTES, MisplacedSpace, WRITE_SPACE, is_unusual_space, within_curly_quotes};
use crate::diagnostic::{Advice, Diagnostic, Span, catalog};
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
        self.check_spaces(node);
        self.check_quotes(node, before);
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
                let first = self.diagnostics.len();
                for item in items {
                    if item.value == Value::Null {
                        self.check_empty_item(item.span.start);
                    } else {
                        self.check_value(item, before);
                    }
                }
                self.join_quotes(first);
            }
            Value::Map(entries) => {
                self.check_keys(entries);
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

    /// Returns whether a value is a text without quotes that begins at its span.
    fn is_plain(&self, node: &Node) -> bool {
        let Value::Scalar { text, is_text: true } = &node.value else { return false };
        let first = text.chars().next();
        first.is_some() && self.source.get(node.span.clone()).and_then(|source| source.chars().next()) == first
    }

    /// Checks a text without quotes for spaces that YAML takes for a part of it. Those at its ends are removed.
    fn check_spaces(&mut self, node: &mut Node) {
        if !self.is_plain(node) {
            return;
        }
        let start = node.span.start;
        let line_start = self.source[..start].rfind('\n').map_or(0, |end| end + 1);
        let line = self.source[start..].lines().next().unwrap_or_default();
        let is_first = self.source[line_start..start].chars().all(char::is_whitespace);
        let misplaced = typography::misplaced_space(line).filter(|_| is_first);
        let Value::Scalar { text, .. } = &mut node.value else { return };
        if let Some(MisplacedSpace { span, message }) = misplaced {
            self.report(start + span.start..start + span.end, message, Advice::replace_by(WRITE_SPACE, " "));
            let name = line[..span.start].strip_suffix(':').map(str::to_owned);
            node.value = name.map_or(Value::Null, |name| {
                let value_start = start + span.end;
                let value = line[span.end..].trim().to_owned();
                let value_span = value_start..value_start + value.len();
                let inner = Node { value: Value::Scalar { text: value, is_text: true }, span: value_span };
                Value::Map(vec![((name.clone(), start..start + name.len()), inner)])
            });
        } else if self.source[start..].starts_with(text.as_str()) {
            let trimmed = text.trim_matches(is_unusual_space);
            let from = start + text.len() - text.trim_start_matches(is_unusual_space).len();
            node.span = from..from + trimmed.len();
            *text = trimmed.to_owned();
        }
    }

    /// Checks a text for curly quotes that were meant as YAML's, and removes them.
    fn check_quotes(&mut self, node: &mut Node, before: &str) {
        let is_plain = self.is_plain(node);
        let Value::Scalar { text, .. } = &mut node.value else { return };
        let Some(inner) = within_curly_quotes(text).filter(|_| is_plain) else { return };
        let inner = text[inner].to_owned();
        let quoted = if inner.contains('"') { format!("'{inner}'") } else { format!("\"{inner}\"") };
        let help = format!("write `{before}{quoted}`; if readers should see these quotes, write `{before}'{text}'`");
        self.report(node.span.clone(), CURLY_QUOTES.to_owned(), Advice::replace_by(help, quoted));
        *text = inner;
    }

    /// Joins the reports of curly quotes in one list, from a position of the diagnostics on, into the first of them.
    fn join_quotes(&mut self, first: usize) {
        let reports = self.diagnostics.split_off(first);
        let (quotes, others): (Vec<_>, Vec<_>) =
            reports.into_iter().partition(|diagnostic| diagnostic.message == CURLY_QUOTES);
        let mut quotes = quotes.into_iter();
        if let Some(report) = quotes.next() {
            self.diagnostics.push(report.merge_repetitions(quotes.collect()));
        }
        self.diagnostics.extend(others);
    }

    /// Checks the names of fields for curly quotes and spaces that YAML takes for a part of them.
    fn check_keys(&mut self, entries: &mut Vec<(Key, Node)>) {
        let mut opener_is_empty = false;
        entries.retain_mut(|(key, value)| {
            let may_be_nested = std::mem::replace(&mut opener_is_empty, value.value == Value::Null);
            let (name, start) = (key.0.clone(), key.1.start);
            if !self.source[start..].starts_with(&name) {
                return true;
            }
            if let Some(inner) = within_curly_quotes(&name) {
                name[inner].clone_into(&mut key.0);
                let advice = Advice::replace_by(format!("write `{}: …`", key.0), scalar(&key.0));
                self.report(key.1.clone(), CURLY_QUOTES.to_owned(), advice);
                return true;
            }
            let Some(at) = outer_space(&name) else { return true };
            let space = name[at..].chars().next().unwrap_or_default();
            let rest = name[at..].trim_start_matches(is_unusual_space);
            let is_indentation = at == 0 && space.is_whitespace();
            let place = match (at, rest) {
                (0, _) if is_indentation => "in the indentation of this line",
                (0, _) => "before this name",
                (_, "") => "before this colon",
                _ => "after this colon",
            };
            let is_needed = matches!(place, "in the indentation of this line" | "after this colon");
            let advice = match place {
                _ if !is_needed => Advice::replace_by("remove it", ""),
                "after this colon" => Advice::replace_by(WRITE_SPACE, " "),
                _ => Advice::replace_by(WRITE_SPACE, " ".repeat(name[..name.len() - rest.len()].chars().count())),
            };
            let message = format!("there's {} {place}", typography::described(space));
            self.report(start + at..start + name.len() - rest.len(), message, advice);
            if let Some(field) = name[..at].strip_suffix(':') {
                let span = start + name.len() - rest.len()..start + name.len();
                *value = Node { value: Value::Scalar { text: rest.to_owned(), is_text: true }, span };
                *key = (field.to_owned(), start..start + field.len());
            } else {
                name.trim_matches(is_unusual_space).clone_into(&mut key.0);
            }
            !(is_indentation && may_be_nested)
        });
    }

    /// Checks a key without a value.
    fn check_missing_value(&mut self, key: &mut (String, Range<usize>), node: &mut Node) {
        let (text, span) = key.clone();
        if self.source.get(span.clone()) != Some(text.as_str()) {
            return;
        }
        if let Some((name, value)) = split_missing_space(&text) {
            let written = format!("{name}: {value}");
            let advice = Advice::replace_by(format!("write `{written}`"), written);
            self.report(span.clone(), MISSING_SPACE.to_owned(), advice);
            *key = (name.to_owned(), span.start..span.start + name.len());
            *node = Node {
                value: Value::Scalar { text: value.to_owned(), is_text: true },
                span: span.end - value.len()..span.end,
            };
        } else if self.source[span.end..].starts_with(':')
            && let Some(comment) = self.check_comment(span.end + 1, &format!("{text}: "), "")
        {
            let start = span.end + self.source[span.end..].find('#').unwrap_or_default();
            *node = Node { span: start..start + comment.len(), value: Value::Scalar { text: comment, is_text: true } };
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
    /// its `#`. Returns the value with the comment.
    fn check_comment(&mut self, end: usize, before: &str, value: &str) -> Option<String> {
        let rest = self.source[end..].lines().next().unwrap_or_default().trim_end();
        let comment = rest.trim_start();
        let is_text =
            comment.strip_prefix('#').is_some_and(|comment| comment.starts_with(|c: char| c.is_alphanumeric()));
        if !is_text || comment.len() == rest.len() {
            return None;
        }
        let start = end + rest.len() - comment.len();
        let full_text =
            if value.is_empty() { comment.trim_end_matches(';').to_owned() } else { format!("{value}{rest}") };
        let quoted = if full_text.contains('"') { format!("'{full_text}'") } else { format!("\"{full_text}\"") };
        let help = format!("write `{before}{quoted}`, or `# ` with a space if it's a comment");
        let word = comment.split_whitespace().next().unwrap_or_default();
        let on = if word.len() < comment.len() { " and the rest of the line" } else { "" };
        let message = format!("`{word}`{on} would be lost, because ` #` starts a comment");
        self.report(start..start + comment.len(), message, help.into());
        Some(full_text)
    }

    fn report(&mut self, span: Range<usize>, message: String, advice: Advice) {
        self.diagnostics.push(catalog::invalid_value(Span::new(self.file, span), message, advice));
    }
}

/// The start of a space that YAML takes for a part of a name: at one of its ends, or after a colon.
fn outer_space(name: &str) -> Option<usize> {
    let after_colon = name.find(':').map(|at| at + 1).filter(|at| name[*at..].starts_with(is_unusual_space));
    let end = name.trim_end_matches(is_unusual_space).len();
    if name.starts_with(is_unusual_space) { Some(0) } else { after_colon.or((end < name.len()).then_some(end)) }
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
    fn spaces_and_quotes_within_texts_are_left_alone() {
        for source in [
            "a\u{a0}b: 10\u{a0}km\n",
            "名　前: 技術　力\n",
            "a: Note:\u{a0}b\n",
            "a: |\n  “b”\n  \u{a0}c\n",
            "a: 'b “c”'\n",
        ] {
            let (node, diagnostics) = repaired(source);
            assert_eq!(
                (diagnostics, node),
                (Vec::new(), crate::yaml::parse(source, 0..source.len()).unwrap()),
                "{source}"
            );
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
