//! Descriptions of fields, of front matter and of `stepladder.yaml`: what documentation and JSON Schemas say of them.
//!
//! Tests compare these descriptions with what is read.

/// The description of one field.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The name.
    pub name: &'static str,
    /// The values that it can have.
    pub value: ValueSpec,
    /// Whether it can't be left out.
    pub is_required: bool,
    /// A sentence for authors.
    pub about: &'static str,
}

/// The values that a field can have. An empty value is the same as a missing field.
#[derive(Debug, Clone, Copy)]
pub enum ValueSpec {
    /// Any text, number or boolean, which is read as it is written.
    Text,
    /// As [`Text`](Self::Text), but with more than spaces and slashes.
    Id,
    /// A text in which a regular expression matches.
    Matching(&'static str),
    /// A name of something in the project.
    Name(NameOf),
    /// A finite number.
    Number,
    /// A number from 0, with or without a percent sign.
    Percent,
    /// `true` or `false`, with all spellings of YAML 1.1.
    Flag,
    /// A day, such as `2026-11-22`.
    Date,
    /// A length of time, such as `6 months`.
    Period,
    /// One of several keywords.
    Choice(&'static [&'static str]),
    /// A list, or a single item of it.
    List(&'static ValueSpec),
    /// A mapping from names to values.
    Map {
        /// The things that the keys name; `None` if they can be anything.
        keys: Option<NameOf>,
        /// The values.
        values: &'static ValueSpec,
    },
    /// A mapping with fields of its own.
    Fields(&'static [FieldSpec]),
    /// A value in one of several forms.
    AnyOf(&'static [ValueSpec]),
    /// Any value.
    Anything,
}

/// The things in a project that fields name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOf {
    /// A track.
    Track,
    /// A level.
    Level,
    /// A competency.
    Competency,
    /// A step of the scale of the competency that is the key.
    Step,
    /// An area of the configuration.
    Area,
    /// A facet of the configuration.
    Facet,
    /// An owner of the configuration.
    Owner,
}

impl FieldSpec {
    /// Describes an optional field.
    #[must_use]
    pub const fn optional(name: &'static str, value: ValueSpec, about: &'static str) -> Self {
        Self { name, value, is_required: false, about }
    }

    /// Describes a required field.
    #[must_use]
    pub const fn required(name: &'static str, value: ValueSpec, about: &'static str) -> Self {
        Self { name, value, is_required: true, about }
    }
}
