//! The properties in the configuration's `style`: checked against those of the theme, and as a style sheet.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use csscolorparser::Color;

use super::color::{self, MIN_CONTRAST, contrast};
use super::custom_properties::{ThemeValues, defined};
use crate::config::{self, Config, StyleProperty};
use crate::diagnostic::{Advice, Diagnosed, Diagnostic, Span, Spanned, catalog, did_you_mean, nearly};
use crate::tree::{File, Tree, TreePath};

/// The properties for the colours of text and of what it's on.
const TEXTS: [&str; 3] = ["ink", "ink-soft", "ink-faint"];
const SURFACES: [&str; 3] = ["paper", "paper-raised", "paper-sunken"];

/// A color scheme that readers can prefer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

/// Checks the properties of the configuration, and makes a style sheet from them that overrides those of the theme.
pub(super) fn style_sheet(config: &Config, assets: &Tree) -> Diagnosed<String> {
    if config.style.is_empty() {
        return Diagnosed::default();
    }
    let sheets: Vec<&str> = assets.iter().filter_map(|(path, file)| sheet(path, file)).collect();
    let mut diagnostics = unknown_properties(config, &sheets);
    let theme = defined(sheets.iter().copied());
    let mut style = Style { config, theme: &theme, values: BTreeMap::new(), diagnostics: &mut diagnostics };
    style.check_types();
    style.add_values();
    style.check_contrast();
    let text = style.text();
    Diagnosed::new(text, diagnostics)
}

/// The values of a property in both schemes; `None` where that of the theme applies.
#[derive(Debug, Default)]
struct SchemeValues {
    light: Option<String>,
    dark: Option<String>,
}

/// The style sheet while it is made.
struct Style<'a> {
    config: &'a Config,
    theme: &'a BTreeMap<String, ThemeValues>,
    values: BTreeMap<&'a str, SchemeValues>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Style<'a> {
    /// Reports values that can't be what the theme has for their property: a colour, or a number or length.
    fn check_types(&mut self) {
        for (name, property) in &self.config.style {
            let Some(own) = self.theme.get(name).and_then(|values| values.light.as_deref()) else { continue };
            for value in property.light.iter().chain(&property.dark) {
                let is_valid = match color::parse(own) {
                    Some(_) => color::may_be_color(&value.value),
                    None => !is_size(own) || is_size(&value.value),
                };
                if !is_valid {
                    self.diagnostics.push(wrong_type(name, own, value));
                }
            }
        }
    }

    /// Determines the values in both schemes.
    fn add_values(&mut self) {
        for (name, property) in &self.config.style {
            let light = property.light.as_ref().map(|light| light.value.clone());
            let dark = property.dark.as_ref().map(|dark| dark.value.clone());
            self.values.insert(name, SchemeValues { light, dark });
        }
        // Text is adjusted to what it's on, so surfaces come first.
        let mut names: Vec<&str> = self.config.style.keys().map(String::as_str).collect();
        names.sort_by_key(|name| !SURFACES.contains(name));
        for name in names {
            let property = &self.config.style[name];
            if let (Some(light), None) = (&property.light, &property.dark) {
                let derived = self.derived_dark(name, &light.value);
                self.values.entry(name).or_default().dark = derived;
            }
        }
    }

    /// The dark value of a property with only a light one; `None` if the light one applies to both schemes.
    fn derived_dark(&self, name: &str, light: &str) -> Option<String> {
        let own = self.theme.get(name)?;
        let dark = own.dark.as_ref()?;
        let parsed = (color::parse(light), own.light.as_deref().and_then(color::parse), color::parse(dark));
        let (Some(light), Some(own_light), Some(own_dark)) = parsed else { return Some(dark.clone()) };
        let derived = color::dark_counterpart(&light, (&own_light, &own_dark));
        let others = match (TEXTS.contains(&name), SURFACES.contains(&name)) {
            (true, _) => self.colors(&SURFACES, Scheme::Dark),
            (_, true) => self.colors(&TEXTS, Scheme::Dark),
            _ => Vec::new(),
        };
        Some(color::with_contrast(&derived, &others).to_css_hex().to_string())
    }

    /// The colours of some properties in a scheme.
    fn colors(&self, names: &[&str], scheme: Scheme) -> Vec<Color> {
        names.iter().filter_map(|name| self.color(name, scheme)).collect()
    }

    /// The colour of a property in a scheme: that of the project, or else of the theme.
    fn color(&self, name: &str, scheme: Scheme) -> Option<Color> {
        let own = self.theme.get(name)?;
        let values = self.values.get(name);
        let (set, own) = match scheme {
            Scheme::Light => (values.and_then(|values| values.light.as_ref()), own.light.as_ref()),
            Scheme::Dark => (values.and_then(|values| values.dark.as_ref()), own.dark.as_ref()),
        };
        color::parse(set.or(own)?)
    }

    /// The value that the author wrote for a property in a scheme.
    fn written(&self, name: &str, scheme: Scheme) -> Option<&'a Spanned<String>> {
        let property = self.config.style.get(name)?;
        match scheme {
            Scheme::Light => property.light.as_ref(),
            Scheme::Dark => property.dark.as_ref(),
        }
    }

    /// Reports colours of text that can't be read on what it's on, once for each value: the pair with the lowest contrast.
    fn check_contrast(&mut self) {
        for scheme in [Scheme::Light, Scheme::Dark] {
            let mut lowest: BTreeMap<&str, (f32, Diagnostic)> = BTreeMap::new();
            for (text, surface) in TEXTS.iter().flat_map(|text| SURFACES.iter().map(move |surface| (*text, *surface))) {
                // If both are the author's, the text is reported, unless the surface already is.
                let written = [surface, text].map(|name| Some((name, self.written(name, scheme)?)));
                let is_reported = |name: &str| lowest.contains_key(name);
                let blamed = match written {
                    [Some(surface), Some(_)] if is_reported(surface.0) => Some(surface),
                    [surface, text] => text.or(surface),
                };
                let Some((name, value)) = blamed else { continue };
                let colors = (self.color(text, scheme), self.color(surface, scheme));
                let (Some(text_color), Some(surface_color)) = colors else { continue };
                let ratio = contrast(&text_color, &surface_color);
                if ratio < MIN_CONTRAST && lowest.get(name).is_none_or(|(known, _)| ratio < *known) {
                    lowest.insert(name, (ratio, low_contrast((name, value), (text, surface), ratio, scheme)));
                }
            }
            self.diagnostics.extend(lowest.into_values().map(|(_, diagnostic)| diagnostic));
        }
    }

    /// The style sheet. What the theme sets for print stays as it is there.
    fn text(&self) -> String {
        let in_print = |name: &str| self.theme.get(name).is_some_and(|values| values.in_print);
        let rule = |media: &str, values: Vec<(&str, &String)>| {
            if values.is_empty() {
                return String::new();
            }
            let mut rule = ":root {\n".to_owned();
            for (name, value) in values {
                let _ = writeln!(rule, "  --{name}: {value};");
            }
            rule.push_str("}\n");
            if media.is_empty() { rule } else { format!("@media {media} {{\n{rule}}}\n") }
        };
        let light = self.values.iter().filter_map(|(name, values)| Some((*name, values.light.as_ref()?)));
        let dark = self.values.iter().filter_map(|(name, values)| Some((*name, values.dark.as_ref()?)));
        let (on_screen, everywhere) = light.partition(|(name, _)| in_print(name));
        rule("", everywhere)
            + &rule("screen", on_screen)
            + &rule("screen and (prefers-color-scheme: dark)", dark.collect())
    }
}

/// Returns whether a value has the form of a number or a length, or is a function.
fn is_size(value: &str) -> bool {
    let unsigned = value.trim().trim_start_matches(['+', '-']);
    let is_function = unsigned.ends_with(')') && unsigned.starts_with(char::is_alphabetic);
    unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') || is_function
}

fn wrong_type(name: &str, own: &str, value: &Spanned<String>) -> Diagnostic {
    let text = value.value.trim();
    let hexadecimal = format!("#{text}");
    let (kind, advice) = if color::parse(own).is_none() {
        ("a number or a length", Advice::text(format!("for example, `{name}: {own}`")))
    } else if color::parse(&hexadecimal).is_some() {
        let written = format!("\"{hexadecimal}\"");
        ("a colour", Advice::replace_by(format!("write `{name}: {written}`"), written))
    } else if let Some(near) = color::names().find(|name| nearly(&text.to_lowercase(), name)) {
        ("a colour", Advice::did_you_mean(vec![near.to_owned()]))
    } else {
        let help = format!("write a colour as in CSS, such as `{name}: \"{own}\"` or `{name}: navy`");
        ("a colour", Advice::text(help))
    };
    let span = value.in_file(&TreePath::normalized(config::FILE));
    catalog::wrong_type_of_style(span, name, kind, text, advice)
}

fn low_contrast(
    (name, value): (&str, &Spanned<String>),
    (text, surface): (&str, &str),
    ratio: f32,
    scheme: Scheme,
) -> Diagnostic {
    let scheme = if scheme == Scheme::Light { "light" } else { "dark" };
    let contrast = catalog::LowContrast { name, text, surface, ratio, min_ratio: MIN_CONTRAST, scheme };
    catalog::low_contrast(value.in_file(&TreePath::normalized(config::FILE)), &contrast)
}

/// Reports properties that no style sheet of the theme uses.
fn unknown_properties(config: &Config, sheets: &[&str]) -> Vec<Diagnostic> {
    let known: Vec<&str> = sheets.iter().flat_map(|sheet| properties(sheet)).collect();
    let unknown = config.style.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let file = TreePath::normalized(config::FILE);
    let diagnostic = |(name, property): (&String, &StyleProperty)| {
        let advice = match did_you_mean(name, known.iter().copied()) {
            near if near.is_guess() => near,
            _ => Advice::text(similar_properties_help(name, &known)),
        };
        catalog::unknown_style(Span::new(&file, property.name_span.clone()), name, advice)
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
