//! `assets/project.css`: the custom properties that the configuration sets.

use crate::config::StyleProperty;
use crate::context::RenderContext;

/// The custom properties that the configuration sets, as a style sheet that overrides the theme's.
pub(crate) fn project_style(context: &RenderContext) -> String {
    let set = |(name, property): (&String, &StyleProperty)| format!("  --{name}: {};\n", property.value);
    format!(":root {{\n{}}}\n", context.config.style.iter().map(set).collect::<String>())
}
