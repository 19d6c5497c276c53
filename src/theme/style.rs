//! Checks the properties in the configuration's `style` against those of the theme.

use crate::config::{self, Config, StyleProperty};
use crate::diagnostic::{Code, Diagnostic, Span, did_you_mean};
use crate::tree::{File, Tree, TreePath};

/// Reports properties that no style sheet of the theme uses.
pub(super) fn unknown_properties(config: &Config, assets: &Tree) -> Vec<Diagnostic> {
    let sheets: Vec<&str> = assets.iter().filter_map(|(path, file)| sheet(path, file)).collect();
    let known: Vec<&str> = sheets.iter().flat_map(|sheet| properties(sheet)).collect();
    let unknown = config.style.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let file = TreePath::normalized(config::FILE);
    let diagnostic = |(name, property): (&String, &StyleProperty)| {
        let message = format!("the theme has no property `--{name}`, so this has no effect");
        let help = match did_you_mean(name, known.iter().copied()) {
            near if near.starts_with("did you mean") => near,
            _ => similar_properties_help(name, &known),
        };
        Diagnostic::new(Code::UnknownStyle, Span::new(&file, property.name_span.clone()), message).help(help)
    };
    unknown.map(diagnostic).collect()
}

/// The help that lists the properties with the same first word.
fn similar_properties_help(name: &str, known: &[&str]) -> String {
    let first = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
    let mut similar: Vec<String> =
        known.iter().filter(|known| first(known) == first(name)).map(|known| format!("`{known}`")).collect();
    similar.sort_unstable();
    similar.dedup();
    match similar.len() {
        1..=8 => format!("the theme has {}", similar.join(", ")),
        _ => "see the list at the top of the theme's style sheet".to_owned(),
    }
}

/// The text of a style sheet.
fn sheet<'f>(path: &TreePath, file: &'f File) -> Option<&'f str> {
    match file {
        File::Bytes(bytes) if path.name().rsplit('.').next() == Some("css") => std::str::from_utf8(bytes).ok(),
        _ => None,
    }
}

/// The custom properties that a style sheet names, without the leading `--`.
fn properties(sheet: &str) -> impl Iterator<Item = &str> {
    sheet.match_indices("--").map(|(at, _)| {
        let rest = &sheet[at + 2..];
        &rest[..rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len())]
    })
}
