//! The CSS custom properties of the theme that the project overrides.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Spanned;
use crate::name;
use crate::yaml::{Fields, Node, Value};

/// The path in the site of a style sheet that the project adds, in its theme or in `content/`. Every page links to it.
pub const PROJECT_STYLE_SHEET: &str = "assets/project.css";

/// A CSS custom property of the theme that the project overrides. At least one of the values is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleProperty {
    /// The value for the light scheme. If there's none for the dark one, that is derived from it.
    pub light: Option<Spanned<String>>,
    /// The value for the dark scheme.
    pub dark: Option<Spanned<String>>,
    /// The span of the property's name.
    pub name_span: Range<usize>,
}

/// Reads `style`: a mapping from properties to their values, or to a value for each color scheme.
pub(super) fn read(fields: &mut Fields<'_>) -> BTreeMap<String, StyleProperty> {
    let mut style = BTreeMap::new();
    for (key, node) in fields.map("style", "style: { hue-1: \"#0a5\" }") {
        let name = key.value.trim_start_matches("--").to_owned();
        if is_empty(&node) {
            let help = "write it after the colon, such as `hue-1: \"#0a5\"`, or remove the line";
            fields.invalid_value(&key.span, format!("`{name}` has no value"), help);
            continue;
        }
        let (light, dark) = if matches!(node.value, Value::Map(_)) {
            let mut schemes = fields.inner(node, &format!("`{name}` in `style`"));
            let nodes = (schemes.node("light"), schemes.node("dark"));
            schemes.finish();
            nodes
        } else {
            (Some(node), None)
        };
        let light = light.and_then(|node| value(fields, &name, node));
        let dark = dark.and_then(|node| value(fields, &name, node));
        if light.is_some() || dark.is_some() {
            style.insert(name, StyleProperty { light, dark, name_span: key.span });
        }
    }
    style
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Map(entries) => entries.iter().all(|(_, value)| value.value == Value::Null),
        value => *value == Value::Null,
    }
}

/// A value that can't end its declaration, and loads nothing.
fn value(fields: &mut Fields<'_>, name: &str, node: Node) -> Option<Spanned<String>> {
    let value = fields.as_text(node, name)?;
    let is_valid_name = name::slug(name) == name && !name.is_empty();
    let lower = value.value.to_ascii_lowercase();
    let loads_resource = ["url(", "image(", "image-set(", "src(", "//"].iter().any(|word| lower.contains(word));
    if !is_valid_name || loads_resource || lower.contains(['{', '}', ';', '<', '\\', '@', '\n']) {
        let help = "for example, `hue-1: \"#0a5\"`; values can't contain `;`, braces or URLs";
        fields.invalid_value(&value.span, format!("`{name}` can't have this value"), help);
        return None;
    }
    Some(value)
}
