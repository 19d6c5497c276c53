//! The page of `stepladder diff --format html`.

use serde::Serialize;

use crate::diff::outline::DiffOutline;

/// The data of a page that stands alone: it isn't part of a site, and has its style sheet in itself.
#[derive(Debug, Serialize)]
pub struct DiffView<'a> {
    /// What's compared.
    pub title: String,
    /// The guide's title.
    pub guide: &'a str,
    /// BCP 47 language tag.
    pub language: &'a str,
    /// Writing direction, `ltr` or `rtl`.
    pub direction: &'static str,
    /// The theme's style sheet and the custom properties of the configuration.
    pub style: String,
    /// The changes.
    pub outline: &'a DiffOutline,
}
