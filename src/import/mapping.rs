//! What an author says about sources, in `import.yaml` or by flags.

use std::fmt;

use serde::Deserialize;

/// The direction in which a table has the levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelDirection {
    /// Each level is a column, below a header row.
    Columns,
    /// Each level is a row.
    Rows,
}

/// How the text of a cell is divided into expectations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Splitting {
    /// By whichever of the others the cell has.
    #[default]
    Auto,
    /// By line breaks alone.
    Lines,
    /// By bullets and numbers alone.
    Bullets,
    /// By semicolons alone.
    Semicolons,
    /// Not at all.
    None,
}

/// What an author says about sources. Whatever is missing is recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Mapping {
    /// The direction in which tables have the levels.
    pub levels: Option<LevelDirection>,
    /// The number of the header row, from 1.
    pub header_row: Option<usize>,
    /// How cells are divided.
    pub split: Splitting,
    /// The name of the track, if the source has only one.
    pub track: Option<String>,
    /// The title of the guide.
    pub title: Option<String>,
    /// Whether each level of a track extends the one below.
    pub extends: bool,
    /// Whether hidden sheets, rows and columns are imported.
    pub hidden: bool,
}

/// An `import.yaml` that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError(String);

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// If the text isn't YAML, or has an unknown key or value; the message has the place.
    pub fn parse(yaml: &str) -> Result<Self, MappingError> {
        serde_yaml::from_str(yaml).map_err(|error| MappingError(error.to_string()))
    }

    /// The mapping as the text of an `import.yaml`, with every key explained.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        let or_comment = |key: &str, value: Option<String>, other: &str| match value {
            Some(value) => format!("{key}: {value}\n"),
            None => format!("# {key}: {other}\n"),
        };
        let direction = self.levels.map(|levels| match levels {
            LevelDirection::Columns => "columns".to_owned(),
            LevelDirection::Rows => "rows".to_owned(),
        });
        let split = match self.split {
            Splitting::Auto => "auto",
            Splitting::Lines => "lines",
            Splitting::Bullets => "bullets",
            Splitting::Semicolons => "semicolons",
            Splitting::None => "none",
        };
        let text = |value: &Option<String>| value.as_deref().map(crate::yaml::scalar);
        [
            "# How `stepladder import` reads the sources. What isn't set is recognised.\n\n".to_owned(),
            "# Whether tables have levels as `columns` or as `rows`.\n".to_owned(),
            or_comment("levels", direction, "columns"),
            "# The row with the names above a table's columns, from 1.\n".to_owned(),
            or_comment("header-row", self.header_row.map(|row| row.to_string()), "1"),
            "# What divides the text of a cell into expectations: `auto`, `lines`, `bullets`, `semicolons`, `none`.\n"
                .to_owned(),
            format!("split: {split}\n"),
            "# The name of the track, if there's only one.\n".to_owned(),
            or_comment("track", text(&self.track), "Engineering"),
            "# The title of the guide.\n".to_owned(),
            or_comment("title", text(&self.title), "Career guide"),
            "# Whether each level also expects what the levels below it expect.\n".to_owned(),
            format!("extends: {}\n", self.extends),
            "# Whether hidden sheets, rows and columns are imported.\n".to_owned(),
            format!("hidden: {}\n", self.hidden),
        ]
        .concat()
    }
}
