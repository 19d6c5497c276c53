use std::ops::Range;

use jiff::civil::Date;

use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, Span, did_you_mean};
use crate::tree::TreePath;

/// A value and where it stands in its file, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// The place.
    pub span: Range<usize>,
}

impl<T> At<T> {
    /// The place with its file.
    pub fn place(&self, file: &TreePath) -> Span {
        Span::new(file, self.span.clone())
    }
}

/// Reads the fields of one mapping, each at most once, and notes what does not fit. What was never asked for is an
/// unknown field.
pub struct Fields<'a> {
    file: &'a TreePath,
    span: Range<usize>,
    /// What the mapping describes, for messages: `a level`, `stepladder.yaml`.
    what: String,
    entries: Vec<(super::node::Key, Node)>,
    known: Vec<&'static str>,
    notes: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Opens a mapping; anything else is noted and read as an empty one.
    pub fn new(file: &'a TreePath, node: Node, what: impl Into<String>, notes: &'a mut Vec<Diagnostic>) -> Self {
        let mut fields =
            Self { file, span: node.span.clone(), what: what.into(), entries: Vec::new(), known: Vec::new(), notes };
        match node.value {
            Value::Map(entries) => fields.take_entries(entries),
            Value::Null => {}
            _ => fields.wrong(&node.span, "expected fields, each as `name: value` on a line of its own", ""),
        }
        fields
    }

    fn take_entries(&mut self, entries: Vec<(super::node::Key, Node)>) {
        for (key, node) in entries {
            if let Some((first, _)) = self.entries.iter().find(|(known, _)| known.0 == key.0) {
                let note = Diagnostic::new(
                    Code::DuplicateField,
                    Span::new(self.file, key.1),
                    format!("`{}` is given twice", key.0),
                )
                .label(Span::new(self.file, first.1.clone()), "first given here")
                .help("keep one of the two");
                self.notes.push(note);
            } else {
                self.entries.push((key, node));
            }
        }
    }

    /// Notes that the value at a place does not fit.
    pub fn wrong(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let note = Diagnostic::new(Code::InvalidValue, Span::new(self.file, span.clone()), message).help(help);
        self.notes.push(note);
    }

    /// Notes a problem of any kind.
    pub fn note(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }

    /// The file that is read.
    #[must_use]
    pub fn file(&self) -> &'a TreePath {
        self.file
    }

    /// Where the value of a field stands, or else the whole mapping. Does not count as reading it.
    #[must_use]
    pub fn place_of(&self, name: &str) -> Range<usize> {
        self.entries.iter().find(|(key, _)| key.0 == name).map_or(self.span.clone(), |(_, node)| node.span.clone())
    }

    /// The value of a field as it stands. A field without a value counts as absent.
    pub fn node(&mut self, name: &'static str) -> Option<Node> {
        self.known.push(name);
        let at = self.entries.iter().position(|(key, _)| key.0 == name)?;
        let (_, node) = self.entries.remove(at);
        (node.value != Value::Null).then_some(node)
    }

    /// A text. Numbers and booleans are taken as written.
    pub fn text(&mut self, name: &'static str) -> Option<At<String>> {
        let node = self.node(name)?;
        self.as_text(node, name)
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &'static str) -> Option<At<String>> {
        let given = self.entries.iter().any(|(key, node)| key.0 == name && node.value != Value::Null);
        let text = self.text(name);
        if !given || text.as_ref().is_some_and(|text| text.value.trim().is_empty()) {
            let message = format!("{} needs a `{name}`", self.what);
            let help = format!("add a line `{name}: …`");
            let span = Span::new(self.file, self.place_of_missing(name));
            self.notes.push(Diagnostic::new(Code::MissingField, span, message).help(help));
            return None;
        }
        text
    }

    fn place_of_missing(&self, _name: &str) -> Range<usize> {
        self.span.start..self.span.start
    }

    /// A text or a list of texts.
    pub fn texts(&mut self, name: &'static str) -> Vec<At<String>> {
        match self.node(name) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => {
                items.into_iter().filter_map(|item| self.as_text(item, name)).collect()
            }
            Some(node) => self.as_text(node, name).into_iter().collect(),
        }
    }

    /// The value of a node as text.
    pub fn as_text(&mut self, node: Node, name: &str) -> Option<At<String>> {
        match node.value {
            Value::Scalar { text, .. } => Some(At { value: text, span: node.span }),
            Value::Null => None,
            Value::List(_) | Value::Map(_) => {
                self.wrong(&node.span, format!("`{name}` takes a text here"), format!("write `{name}: …` in one line"));
                None
            }
        }
    }

    /// `true` or `false`; `default` where it is not given.
    pub fn flag(&mut self, name: &'static str, default: bool) -> bool {
        let Some(text) = self.text(name) else { return default };
        match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" => true,
            "false" | "no" => false,
            _ => {
                self.wrong(&text.span, format!("`{name}` takes `true` or `false`"), "");
                default
            }
        }
    }

    /// A number, fractions allowed.
    pub fn number(&mut self, name: &'static str) -> Option<At<f64>> {
        let text = self.text(name)?;
        match text.value.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => Some(At { value, span: text.span }),
            _ => {
                self.wrong(&text.span, format!("`{name}` takes a number, not `{}`", text.value), "such as `3` or `2.5`");
                None
            }
        }
    }

    /// A day.
    pub fn date(&mut self, name: &'static str) -> Option<At<Date>> {
        let text = self.text(name)?;
        if let Ok(value) = text.value.trim().parse::<Date>() {
            return Some(At { value, span: text.span });
        }
        self.wrong(&text.span, format!("`{name}` takes a day, not `{}`", text.value), "as year-month-day: `2026-11-22`");
        None
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(name)?;
        let found = choices.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let help = did_you_mean(&text.value, choices.iter().map(|(word, _)| *word));
            self.wrong(&text.span, format!("`{name}` can't be `{}`", text.value), help);
        }
        found.map(|(_, choice)| *choice)
    }

    /// A mapping's entries in order, names with places. Repeated names are noted and dropped.
    pub fn map(&mut self, name: &'static str, what: &str) -> Vec<(At<String>, Node)> {
        let Some(node) = self.node(name) else { return Vec::new() };
        self.entries_of(node, what)
    }

    /// The entries of a node that must be a mapping.
    pub fn entries_of(&mut self, node: Node, what: &str) -> Vec<(At<String>, Node)> {
        let inner = Fields::new(self.file, node, what, self.notes);
        inner.entries.into_iter().map(|((value, span), node)| (At { value, span }, node)).collect()
    }

    /// Fields of a node inside this mapping.
    pub fn inner(&mut self, node: Node, what: &str) -> Fields<'_> {
        Fields::new(self.file, node, what, self.notes)
    }

    /// Notes every field that was not asked for.
    pub fn finish(self) {
        for (key, _) in self.entries {
            let help = did_you_mean(&key.0, self.known.iter().copied());
            let message = format!("{} has no field `{}`", self.what, key.0);
            self.notes.push(Diagnostic::new(Code::UnknownField, Span::new(self.file, key.1), message).help(help));
        }
    }
}
