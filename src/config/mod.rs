//! The project configuration, `stepladder.yaml`. Everything except the title has a default.

mod assets;
mod editor;
mod entries;
mod field_specs;
mod language;
mod owners;
mod style;
mod web_address;

pub use field_specs::FIELDS;
pub use owners::Owner;
pub use style::{PROJECT_STYLE_SHEET, StyleProperty};

use std::collections::BTreeMap;

use self::entries::id_entries;
use self::web_address::is_web_address;
use crate::diagnostic::{Diagnosed, Spanned, read_utf8};
use crate::markdown::RawHtml;
use crate::name::closest;
use crate::tree::TreePath;
use crate::yaml::{self, Fields, Node, Value};

pub use assets::{AssetPatterns, pattern_of};

/// The path of the configuration file in a project.
pub const FILE: &str = "stepladder.yaml";

/// The configuration of a project.
#[derive(Debug, Clone)]
pub struct Config {
    /// The title of the guide.
    pub title: String,
    /// A one-sentence description of the guide.
    pub description: String,
    /// The BCP 47 language tag of the content.
    pub language: String,
    /// The absolute address of the site, with a trailing `/`.
    pub base_url: Option<String>,
    /// The form of page addresses.
    pub urls: Urls,
    /// Whether search engines may index the site.
    pub indexed: bool,
    /// The name of the theme.
    pub theme: Spanned<String>,
    /// The treatment of raw HTML in Markdown.
    pub html: RawHtml,
    /// The address under which a page's source can be edited; `{path}` stands for its path in the project.
    pub edit_url: Option<String>,
    /// The address that opens a file in the author's editor, for the preview; `{file}`, `{line}` and `{column}` in it
    /// stand for a position.
    pub editor: Option<String>,
    /// The facets of levels, in display order.
    pub facets: Vec<Facet>,
    /// The areas of competencies, in display order.
    pub areas: Vec<Area>,
    /// The owners that pages may name; empty to allow any.
    pub owners: Vec<Owner>,
    /// The CSS custom properties of the theme that the project overrides, without the leading `--`.
    pub style: BTreeMap<String, StyleProperty>,
    /// The files of `content/` that are published without a link to them.
    pub assets: AssetPatterns,
    /// Whether the file has errors, so that seemingly missing values may exist in a form that wasn't understood.
    pub uncertain: bool,
}

/// The form of page addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urls {
    /// `ic/senior.html`: works without a web server, too.
    File,
    /// `ic/senior/`: requires a web server.
    Directory,
}

/// A dimension of levels that is described in front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The name in front matter. The span is empty for a default facet.
    pub id: Spanned<String>,
    /// The title on the site.
    pub title: String,
}

/// A group of competencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The name in front matter.
    pub id: Spanned<String>,
    /// The title.
    pub title: String,
    /// A one-sentence summary; may be empty.
    pub summary: String,
}

impl Default for Config {
    fn default() -> Self {
        let id = |id: &str| Spanned { value: id.to_owned(), span: 0..0 };
        let facet = |name: &str, title: &str| Facet { id: id(name), title: title.to_owned() };
        Self {
            title: "Career guide".to_owned(),
            description: String::new(),
            language: "en".to_owned(),
            base_url: None,
            urls: Urls::File,
            indexed: false,
            theme: Spanned { value: "default".to_owned(), span: 0..0 },
            html: RawHtml::Safe,
            edit_url: None,
            editor: None,
            facets: vec![facet("scope", "Scope"), facet("autonomy", "Autonomy"), facet("impact", "Impact")],
            areas: Vec::new(),
            owners: Vec::new(),
            style: BTreeMap::new(),
            assets: AssetPatterns::default(),
            uncertain: false,
        }
    }
}

impl Config {
    /// The path of [`base_url`](Self::base_url), with a leading and a trailing `/`.
    #[must_use]
    pub fn sub_path(&self) -> Option<String> {
        let (_, rest) = self.base_url.as_ref()?.split_once("://")?;
        Some(rest.split_once('/').map_or("/".to_owned(), |(_, path)| format!("/{path}")))
    }

    /// Returns whether the language is written from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        let primary = self.language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        ["ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"].contains(&primary.as_str())
    }

    /// The position of the facet whose id or title equals a name most closely.
    #[must_use]
    pub fn facet_position(&self, name: &str) -> Option<usize> {
        closest(name, self.facets.iter().map(|facet| [facet.id.value.as_str(), &facet.title]))
    }

    /// The position of the area whose id or title equals a name most closely.
    #[must_use]
    pub fn area_position(&self, name: &str) -> Option<usize> {
        closest(name, self.areas.iter().map(|area| [area.id.value.as_str(), &area.title]))
    }

    /// The position of the owner whose id or name equals a name most closely.
    #[must_use]
    pub fn owner_position(&self, name: &str) -> Option<usize> {
        closest(name, self.owners.iter().map(|owner| [owner.id.value.as_str(), &owner.name]))
    }
}

/// Parses `stepladder.yaml`. Invalid values are reported and replaced by their defaults.
pub fn parse(source: &[u8]) -> Diagnosed<Config> {
    let file = TreePath::normalized(FILE);
    let mut diagnostics = Vec::new();
    let config = match read_utf8(&file, source) {
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            Config::default()
        }
        Ok(text) => {
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            match yaml::parse(text, start..text.len()) {
                Ok(mut node) => {
                    yaml::repair(&file, text, &mut node, &mut diagnostics);
                    read(Fields::new(&file, node, FILE, &mut diagnostics))
                }
                Err(error) => {
                    diagnostics.push(error.into_diagnostic(&file));
                    Config::default()
                }
            }
        }
    };
    Diagnosed::new(Config { uncertain: !diagnostics.is_empty(), ..config }, diagnostics)
}

fn read(mut owned: Fields<'_>) -> Config {
    let fields = &mut owned;
    let default = Config::default();
    let config = Config {
        title: fields.required("title").map_or(default.title, |title| title.value),
        description: text(fields, "description").unwrap_or_default(),
        language: language::read(fields).unwrap_or(default.language),
        base_url: base_url(fields),
        urls: fields.choice("urls", &[("file", Urls::File), ("directory", Urls::Directory)]).unwrap_or(default.urls),
        indexed: fields.flag("indexed", false),
        theme: theme(fields).unwrap_or(default.theme),
        html: fields
            .choice("html", &[("safe", RawHtml::Safe), ("escape", RawHtml::Escape), ("allow", RawHtml::Allow)])
            .unwrap_or_default(),
        edit_url: edit_url(fields),
        editor: editor::read(fields),
        facets: facets(fields).unwrap_or(default.facets),
        areas: areas(fields),
        owners: owners::read(fields),
        style: style::read(fields),
        assets: assets::read(fields),
        uncertain: false,
    };
    owned.finish();
    config
}

fn text(fields: &mut Fields<'_>, name: &'static str) -> Option<String> {
    fields.text(name).map(|text| text.value.trim().to_owned())
}

fn base_url(fields: &mut Fields<'_>) -> Option<String> {
    let url = fields.text("base_url")?;
    if !is_web_address(&url.value) || url.value.contains(['?', '#']) {
        let help = "write the address where the site is published, such as `https://careers.example.org/guide/`";
        fields.invalid_value(&url.span, "`base_url` must be a web address", help);
        return None;
    }
    Some(format!("{}/", url.value.trim_end_matches('/')))
}

fn theme(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let theme = fields.text("theme")?;
    if theme.value.is_empty() || theme.value.starts_with('.') || theme.value.contains(['/', '\\']) {
        fields.invalid_value(
            &theme.span,
            "`theme` must be the name of a folder in `themes/`",
            "for example, `theme: default`",
        );
        return None;
    }
    Some(theme)
}

fn edit_url(fields: &mut Fields<'_>) -> Option<String> {
    let url = fields.text("edit_url")?;
    if !is_web_address(&url.value) || !url.value.contains("{path}") {
        let help = "for example, `https://git.example.org/guide/edit/main/{path}`; `{path}` is replaced with the \
            page's file";
        fields.invalid_value(&url.span, "`edit_url` must be a web address that contains `{path}`", help);
        return None;
    }
    Some(url.value)
}

/// Reads an entry's title: its value if that is a text, else its field `title`, else its capitalized id.
fn entry_title(fields: &mut Fields<'_>, id: &str, node: Node, subject: &str) -> (String, Option<EntryFields>) {
    match node.value {
        Value::Null => (capitalized(id), None),
        Value::Scalar { text, .. } => (text, None),
        _ => {
            let mut inner = fields.inner(node, subject);
            let title = inner.text("title").map_or_else(|| capitalized(id), |title| title.value);
            let summary = inner.text("summary").map(|text| text.value).unwrap_or_default();
            let order = inner.number("order").map(|order| order.value);
            inner.finish();
            (title, Some(EntryFields { summary, order }))
        }
    }
}

/// The further fields of an entry.
struct EntryFields {
    summary: String,
    order: Option<f64>,
}

fn capitalized(id: &str) -> String {
    let mut chars = id.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &chars.as_str().replace(['-', '_'], " ")
}

fn facets(fields: &mut Fields<'_>) -> Option<Vec<Facet>> {
    let entries = id_entries(fields, "facets")?;
    let facet = |(id, node): (Spanned<String>, Node)| {
        let title = match node.value {
            Value::Map(_) => {
                let mut inner = fields.inner(node, "a facet");
                let title = inner.text("title").map_or_else(|| capitalized(&id.value), |title| title.value);
                inner.finish();
                title
            }
            _ => entry_title(fields, &id.value, node, "a facet").0,
        };
        Facet { id, title }
    };
    Some(entries.into_iter().map(facet).collect())
}

fn areas(fields: &mut Fields<'_>) -> Vec<Area> {
    let entries = id_entries(fields, "areas").unwrap_or_default();
    let mut ordered: Vec<(f64, Area)> = Vec::new();
    for (position, (id, node)) in entries.into_iter().enumerate() {
        let (title, entry) = entry_title(fields, &id.value, node, "an area");
        let order = entry.as_ref().and_then(|entry| entry.order);
        #[allow(clippy::cast_precision_loss, reason = "no project has 2^52 areas")]
        let order = order.unwrap_or(position as f64 + 1.0);
        ordered.push((order, Area { id, title, summary: entry.map(|entry| entry.summary).unwrap_or_default() }));
    }
    ordered.sort_by(|a, b| a.0.total_cmp(&b.0));
    ordered.into_iter().map(|(_, area)| area).collect()
}
