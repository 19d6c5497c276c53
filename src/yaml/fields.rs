//! Typed access to the fields of a mapping.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::explain::{MISSING_SPACE, split_missing_space};
use super::node::{Key, Node, Value};
use crate::diagnostic::{Advice, Diagnostic, Fix, Span, Spanned, catalog, did_you_mean, nearest, nearly};
use crate::tree::TreePath;

/// The comma-separated parts of a text that starts at byte `start` of its file, each with its span.
fn split_at_commas(text: &str, start: usize) -> Vec<Node> {
    let mut at = start;
    let mut parts = Vec::new();
    for part in text.split(',') {
        let from = at + part.len() - part.trim_start().len();
        at += part.len() + 1;
        let text = part.trim().to_owned();
        if !text.is_empty() {
            let span = from..from + text.len();
            parts.push(Node { value: Value::Scalar { text, is_text: true }, span });
        }
    }
    parts
}

/// The advice for an unknown field whose meaning is known.
#[derive(Debug)]
pub struct FieldAdvice {
    /// The text for people.
    pub help: String,
    /// The name that the field has here; `None` if nothing can be written in its place.
    pub name: Option<String>,
    /// The value in the form that it has here, if that's another one.
    pub value: Option<String>,
}

impl FieldAdvice {
    /// Advice without a replacement.
    pub fn text(help: impl Into<String>) -> Self {
        Self { help: help.into(), name: None, value: None }
    }
}

/// A reader for the fields of a mapping, which reports invalid values, missing fields and unknown fields.
///
/// Each field can be read once. [`finish`](Self::finish) reports all fields that were never read as unknown.
pub struct Fields<'a> {
    file: &'a TreePath,
    span: Range<usize>,
    /// The thing that the mapping describes, for messages: `a level`, `stepladder.yaml`.
    subject: String,
    entries: Vec<(Key, Node)>,
    /// The names of all fields that were read.
    read_names: Vec<&'static str>,
    /// Those of them that the mapping has.
    present_names: Vec<String>,
    /// Missing required fields. [`Fields::finish`] reports those that aren't just misspelled.
    missing: Vec<(&'static str, Diagnostic)>,
    /// Whether the node is not a mapping. Missing fields aren't reported then.
    is_not_a_mapping: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Opens a mapping. Any other value is reported and treated as an empty mapping.
    pub fn new(
        file: &'a TreePath,
        node: Node,
        subject: impl Into<String>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let (span, subject) = (node.span.clone(), subject.into());
        let (entries, read_names, present_names, missing) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut fields = Self {
            file,
            span,
            subject,
            entries,
            read_names,
            present_names,
            missing,
            is_not_a_mapping: false,
            diagnostics,
        };
        match node.value {
            Value::Map(entries) => fields.add_entries(entries),
            Value::Null => {}
            _ => {
                fields.is_not_a_mapping = true;
                match &node.value {
                    Value::Scalar { text, .. } if let Some((name, value)) = split_missing_space(text) => {
                        let written = format!("{name}: {value}");
                        let advice = Advice::replace_by(format!("write `{written}`"), written);
                        fields.invalid_value(&node.span, MISSING_SPACE, advice);
                    }
                    _ => {
                        let message = "expected fields here, each written as `name: value` on its own line";
                        fields.invalid_value(
                            &node.span,
                            message,
                            "write the field's name, a colon, a space, and its value",
                        );
                    }
                }
            }
        }
        fields
    }

    fn add_entries(&mut self, entries: Vec<(Key, Node)>) {
        let mut first: HashMap<String, Range<usize>> = HashMap::new();
        for (key, node) in entries {
            if let Some(first) = first.get(&key.0) {
                let first = Span::new(self.file, first.clone());
                self.diagnostics.push(catalog::duplicate_field(Span::new(self.file, key.1), first, &key.0));
            } else {
                first.insert(key.0.clone(), key.1.clone());
                self.entries.push((key, node));
            }
        }
    }

    /// Reports an invalid value.
    pub fn invalid_value(&mut self, span: &Range<usize>, message: impl Into<String>, advice: impl Into<Advice>) {
        self.diagnostics.push(catalog::invalid_value(Span::new(self.file, span.clone()), message, advice));
    }

    /// Adds a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The file of the mapping.
    #[must_use]
    pub fn file(&self) -> &'a TreePath {
        self.file
    }

    /// Returns whether a field is present and not empty, without reading it.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, node)| key.0 == name && node.value != Value::Null)
    }

    /// Returns whether a field is a mapping, without reading it.
    #[must_use]
    pub fn is_map(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, node)| key.0 == name && matches!(node.value, Value::Map(_)))
    }

    /// The span of a field's value, or of the whole mapping if the field is missing; doesn't read the field.
    #[must_use]
    pub fn value_span(&self, name: &str) -> Range<usize> {
        self.entries.iter().find(|(key, _)| key.0 == name).map_or(self.span.clone(), |(_, node)| node.span.clone())
    }

    /// The span of a field's name, or the start of the mapping if the field is missing; doesn't read the field.
    #[must_use]
    pub fn key_span(&self, name: &str) -> Range<usize> {
        let start = self.span.start..self.span.start;
        self.entries.iter().find(|(key, _)| key.0 == name).map_or(start, |(key, _)| key.1.clone())
    }

    /// Reads a field of any type. A field without a value counts as missing.
    pub fn node(&mut self, name: &'static str) -> Option<Node> {
        self.read_names.push(name);
        let at = self.entries.iter().position(|(key, _)| key.0 == name)?;
        self.present_names.push(name.to_owned());
        let (_, node) = self.entries.remove(at);
        (node.value != Value::Null).then_some(node)
    }

    /// Reads a text. Numbers and booleans are accepted as written.
    pub fn text(&mut self, name: &'static str) -> Option<Spanned<String>> {
        let node = self.node(name)?;
        self.as_text(node, name)
    }

    /// Reads a required text.
    pub fn required(&mut self, name: &'static str) -> Option<Spanned<String>> {
        let given = self.has(name);
        let span = Span::new(self.file, self.key_span(name));
        let text = self.text(name);
        if given && text.as_ref().is_none_or(|text| !text.value.trim().is_empty()) {
            return text;
        }
        let is_empty = span.start < span.end;
        let diagnostic =
            if is_empty { catalog::empty_field(span, name) } else { catalog::missing_field(span, &self.subject, name) };
        self.missing.push((name, diagnostic));
        None
    }

    /// Reads a text or a list of texts.
    pub fn texts(&mut self, name: &'static str) -> Vec<Spanned<String>> {
        let items = self.items(name).unwrap_or_default();
        items.into_iter().filter_map(|item| self.as_text(item, name)).collect()
    }

    /// Reads a list of texts and reports duplicates, compared by their folded forms.
    pub fn distinct(&mut self, name: &'static str) -> Vec<Spanned<String>> {
        let mut distinct: Vec<Spanned<String>> = Vec::new();
        let mut first: HashMap<String, Span> = HashMap::new();
        for text in self.texts(name) {
            let span = text.in_file(self.file);
            match first.entry(crate::name::fold(&text.value)) {
                Entry::Vacant(entry) => {
                    entry.insert(span);
                    distinct.push(text);
                }
                Entry::Occupied(entry) => {
                    let first = entry.get().clone();
                    self.diagnostics.push(catalog::duplicate_entry(span, first, &text.value, name));
                }
            }
        }
        distinct
    }

    /// Reads a list. A single value is treated as a list of one.
    pub fn items(&mut self, name: &'static str) -> Option<Vec<Node>> {
        let node = self.node(name)?;
        Some(self.items_of(node, name))
    }

    /// The items of a node that should be a list. A comma-separated text without brackets is reported and split.
    pub fn items_of(&mut self, node: Node, name: &str) -> Vec<Node> {
        match node.value {
            Value::List(items) => items,
            // A text in quotes is shorter than its span, and is one item even with commas in it.
            Value::Scalar { ref text, .. } if text.contains(',') && text.len() == node.span.len() => {
                let help = format!("write `{name}: [{text}]`; if it's a single name, put it in quotes");
                self.invalid_value(&node.span, "a list needs brackets", Advice::suggest(help, format!("[{text}]")));
                split_at_commas(text, node.span.start)
            }
            _ => vec![node],
        }
    }

    /// Converts a node to a text, and reports lists and mappings.
    pub fn as_text(&mut self, node: Node, name: &str) -> Option<Spanned<String>> {
        match node.value {
            Value::Scalar { text, .. } => Some(Spanned { value: text, span: node.span }),
            Value::Null => None,
            Value::List(_) | Value::Map(_) => {
                let help = format!(
                    "write it on one line: `{name}: …`; if the brackets are part of the text, put it in \
                        quotes"
                );
                self.invalid_value(&node.span, format!("`{name}` must be plain text here, not a list or fields"), help);
                None
            }
        }
    }

    /// Reads a boolean, with all spellings of YAML 1.1; returns `default` for a missing or invalid one.
    pub fn flag(&mut self, name: &'static str, default: bool) -> bool {
        let example = format!("write `{name}: {default}`, or remove the line");
        let Some(text) = self.scalar(name, "`true` or `false`", &example) else { return default };
        match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => true,
            "false" | "no" | "off" => false,
            _ => {
                let message = format!("`{name}` must be `true` or `false`, not `{}`", text.value);
                self.invalid_value(&text.span, message, example);
                default
            }
        }
    }

    /// Reads a value of a type with a single form, such as a number. `wanted` is that type, with an article.
    fn scalar(&mut self, name: &'static str, wanted: &str, example: &str) -> Option<Spanned<String>> {
        let node = self.node(name)?;
        let advice = match &node.value {
            Value::List(items) => match items.as_slice() {
                [Node { value: Value::Scalar { text, .. }, .. }] => {
                    Advice::replace_by(format!("write `{name}: {text}`, without brackets"), text)
                }
                _ => Advice::text(example),
            },
            Value::Map(_) => Advice::text(example),
            _ => return self.as_text(node, name),
        };
        let given = if matches!(node.value, Value::List(_)) { "a list" } else { "fields" };
        self.invalid_value(&node.span, format!("`{name}` must be {wanted}, not {given}"), advice);
        None
    }

    /// Reads a finite number, with an optional fraction.
    pub fn number(&mut self, name: &'static str) -> Option<Spanned<f64>> {
        const EXAMPLE: &str = "for example, `3` or `2.5`";
        let text = self.scalar(name, "a number", EXAMPLE)?;
        match text.value.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => Some(Spanned { value, span: text.span }),
            _ => {
                let with_point = text.value.trim().replacen(',', ".", 1);
                let advice = if with_point != text.value && with_point.parse::<f64>().is_ok() {
                    Advice::replace_by(format!("write `{name}: {with_point}`"), with_point)
                } else {
                    Advice::text(EXAMPLE)
                };
                self.invalid_value(&text.span, format!("`{name}` must be a number, not `{}`", text.value), advice);
                None
            }
        }
    }

    /// Reads a date.
    pub fn date(&mut self, name: &'static str) -> Option<Spanned<Date>> {
        let example = format!("for example, `{name}: 2026-11-22`");
        let text = self.scalar(name, "a date", &example)?;
        if let Ok(value) = text.value.trim().parse::<Date>() {
            return Some(Spanned { value, span: text.span });
        }
        let (message, help) = super::date_errors::explain(name, &text.value);
        self.invalid_value(&text.span, message, help);
        None
    }

    /// Reads one of several keywords.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = choices.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let advice = did_you_mean(&text.value, choices.iter().map(|(word, _)| *word));
            self.invalid_value(&text.span, format!("`{name}` can't be `{}`", text.value), advice);
        }
        found.map(|(_, choice)| *choice)
    }

    /// Reads the entries of a mapping in order. Repeated names are reported and dropped. `example` is used in the help
    /// for other values.
    pub fn map(&mut self, name: &'static str, example: &str) -> Vec<(Spanned<String>, Node)> {
        let Some(node) = self.node(name) else { return Vec::new() };
        self.entries_of(node, name, example)
    }

    /// The entries of a node that should be a mapping. See [`map`](Self::map).
    pub fn entries_of(&mut self, node: Node, name: &str, example: &str) -> Vec<(Spanned<String>, Node)> {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            self.invalid_value(
                &node.span,
                format!("`{name}` must contain names with values"),
                format!("for example, `{example}`"),
            );
            return Vec::new();
        }
        let inner = Fields::new(self.file, node, format!("`{name}`"), self.diagnostics);
        inner.entries.into_iter().map(|((value, span), node)| (Spanned { value, span }, node)).collect()
    }

    /// Reads a mapping of any values, as JSON. Repeated names are reported at any depth.
    pub fn data(&mut self, name: &'static str, example: &str) -> Map<String, Json> {
        let entries = self.map(name, example);
        entries.into_iter().map(|(key, node)| (key.value, self.json(node))).collect()
    }

    fn json(&mut self, node: Node) -> Json {
        match node.value {
            Value::Null => Json::Null,
            Value::Scalar { text, is_text: true } => Json::String(text),
            // A number in a form that JSON doesn't have stays a text.
            Value::Scalar { text, .. } => serde_json::from_str(&text).unwrap_or(Json::String(text)),
            Value::List(items) => items.into_iter().map(|item| self.json(item)).collect(),
            Value::Map(_) => {
                let entries = self.entries_of(node, "", "");
                Json::Object(entries.into_iter().map(|(key, node)| (key.value, self.json(node))).collect())
            }
        }
    }

    /// A reader for a mapping inside of this one.
    pub fn inner(&mut self, node: Node, subject: &str) -> Fields<'_> {
        Fields::new(self.file, node, subject, self.diagnostics)
    }

    /// Suppresses reports of missing fields.
    pub fn ignore_missing(&mut self) {
        self.missing.clear();
    }

    /// Suppresses reports of unknown fields.
    pub fn ignore_rest(&mut self) {
        self.entries.clear();
    }

    /// Removes the report of a missing field, for the caller to decide about. Returns `None` if the field isn't missing,
    /// or just misspelled.
    pub fn take_missing(&mut self, name: &str) -> Option<Diagnostic> {
        let at = self.missing.iter().position(|(missing, _)| *missing == name)?;
        let (_, diagnostic) = self.missing.remove(at);
        (!self.is_not_a_mapping && !self.misspelled().contains(&name)).then_some(diagnostic)
    }

    /// The names of the fields that unknown ones are probably typos of.
    fn misspelled(&self) -> Vec<&'static str> {
        self.entries.iter().filter_map(|(key, _)| nearest(&key.0, self.read_names.iter().copied())).collect()
    }

    /// Reports all missing and all unknown fields.
    pub fn finish(self) {
        self.finish_with(|_, _| None);
    }

    /// As [`finish`](Self::finish), with a function that returns the advice for unknown fields that have a specific one.
    pub fn finish_with(self, advice: impl Fn(&str, &Node) -> Option<FieldAdvice>) {
        let misspelled = self.misspelled();
        let missing = self.missing.into_iter().filter(|(name, _)| !self.is_not_a_mapping && !misspelled.contains(name));
        self.diagnostics.extend(missing.map(|(_, diagnostic)| diagnostic));
        let mut taken: HashSet<String> = self.present_names.into_iter().collect();
        for ((name, span), node) in self.entries {
            let span = Span::new(self.file, span);
            let diagnostic = if let Some(FieldAdvice { help, name: new_name, value }) = advice(&name, &node) {
                let value = value.map(|value| (Span::new(self.file, node.span), value));
                let fix = new_name.map(|name| {
                    let fix = Fix::replace(span.clone(), name);
                    value.into_iter().fold(fix, |fix, (span, value)| fix.and_replace(span, value))
                });
                let diagnostic = catalog::unknown_field(span, &self.subject, &name, help.into());
                fix.into_iter().fold(diagnostic, Diagnostic::fix)
            } else {
                let advice = did_you_mean(&name, self.read_names.iter().copied());
                let typo_of = advice.replacements.first().filter(|near| nearly(&name.to_lowercase(), near)).cloned();
                let is_certain = typo_of.as_ref().is_some_and(|near| !taken.contains(near));
                taken.extend(typo_of);
                let advice = if is_certain { advice.certain() } else { advice };
                catalog::unknown_field(span, &self.subject, &name, advice)
            };
            self.diagnostics.push(diagnostic);
        }
    }
}
