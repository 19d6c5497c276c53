//! Fixes: the edits of source files that resolve a diagnostic.

use super::span::Span;

/// Edits that resolve a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What the edits do, in the imperative: "write `title`".
    pub label: String,
    /// The replaced spans with their new texts, in any order. They don't overlap; an empty span inserts, an empty text deletes.
    pub edits: Vec<(Span, String)>,
    /// Whether a program may make the edits by itself.
    pub applicability: Applicability,
}

/// Whether a program may make the edits of a fix by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Applicability {
    /// The edits give what the author meant for certain; `check --fix` makes them.
    MachineApplicable,
    /// The edits are a guess, or one of several answers. An author has to choose.
    #[default]
    Suggestion,
}

impl Applicability {
    /// The name in data for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MachineApplicable => "machine-applicable",
            Self::Suggestion => "suggestion",
        }
    }
}

impl Fix {
    /// A machine-applicable fix that replaces a span.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        let label = if text.is_empty() { "remove it".to_owned() } else { format!("write `{}`", text.trim()) };
        Self { label, edits: vec![(span, text)], applicability: Applicability::MachineApplicable }
    }

    /// A machine-applicable fix that inserts a text at the start of a span.
    pub fn insert(at: &Span, text: impl Into<String>) -> Self {
        let text = text.into();
        let label = format!("add `{}`", text.trim());
        let span = Span { end: at.start, ..at.clone() };
        Self { label, edits: vec![(span, text)], applicability: Applicability::MachineApplicable }
    }

    /// A machine-applicable fix with several edits, described by `label`.
    pub fn edits(label: impl Into<String>, edits: impl IntoIterator<Item = (Span, String)>) -> Self {
        let edits = edits.into_iter().collect();
        Self { label: label.into(), edits, applicability: Applicability::MachineApplicable }
    }

    /// Adds an edit that belongs to the same fix.
    #[must_use]
    pub fn and_replace(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push((span, text.into()));
        self
    }

    /// Sets the label.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Makes the fix a suggestion, which no program applies by itself.
    #[must_use]
    pub fn as_suggestion(mut self) -> Self {
        self.applicability = Applicability::Suggestion;
        self
    }

    /// Sets whether a program may make the edits by itself.
    #[must_use]
    pub fn applicable(mut self, applicability: Applicability) -> Self {
        self.applicability = applicability;
        self
    }

    /// Returns whether `check --fix` makes the edits.
    #[must_use]
    pub fn is_machine_applicable(&self) -> bool {
        self.applicability == Applicability::MachineApplicable
    }
}

/// The instructions to fix a problem: a text, and the replacements that it names, the likeliest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advice {
    /// The text for people; may be empty.
    pub help: String,
    /// What to write instead of the primary span.
    pub replacements: Vec<String>,
    /// Whether the replacement is certain; several never are.
    pub applicability: Applicability,
}

impl Advice {
    /// Advice that names no replacement.
    pub fn text(help: impl Into<String>) -> Self {
        Self { help: help.into(), ..Self::default() }
    }

    /// Advice to replace the primary span by a text that's certainly meant.
    pub fn replace_by(help: impl Into<String>, text: impl Into<String>) -> Self {
        Self { help: help.into(), replacements: vec![text.into()], applicability: Applicability::MachineApplicable }
    }

    /// Advice with one of several texts that may be meant.
    pub fn suggest(help: impl Into<String>, text: impl Into<String>) -> Self {
        Self { help: help.into(), replacements: vec![text.into()], ..Self::default() }
    }

    /// The question whether one of some replacements was meant: "did you mean `a` or `b`?".
    #[must_use]
    pub fn did_you_mean(replacements: Vec<String>) -> Self {
        let quoted: Vec<String> = replacements.iter().map(|text| format!("`{text}`")).collect();
        Self { help: format!("did you mean {}?", quoted.join(" or ")), replacements, ..Self::default() }
    }

    /// Returns whether the text asks "did you mean", so that a list of valid names wouldn't help more.
    #[must_use]
    pub fn is_guess(&self) -> bool {
        !self.replacements.is_empty()
    }

    /// Makes the only replacement one that's certainly meant.
    #[must_use]
    pub fn certain(self) -> Self {
        let is_only = self.replacements.len() == 1;
        let applicability = if is_only { Applicability::MachineApplicable } else { Applicability::Suggestion };
        Self { applicability, ..self }
    }

    /// Changes the text for people.
    #[must_use]
    pub fn map_help(self, change: impl FnOnce(String) -> String) -> Self {
        Self { help: change(self.help), ..self }
    }

    /// Converts each replacement to how it's written in the source, e.g. with quotes.
    #[must_use]
    pub fn written(mut self, write: impl Fn(&str) -> String) -> Self {
        for replacement in &mut self.replacements {
            *replacement = write(replacement);
        }
        self
    }
}

impl From<String> for Advice {
    fn from(help: String) -> Self {
        Self::text(help)
    }
}

impl From<&str> for Advice {
    fn from(help: &str) -> Self {
        Self::text(help)
    }
}
