//! Themes: their files, templates and styles.

use crate::diagnostic::{Advice, Code, Diagnostic, Span};

/// A theme that doesn't exist in the folder of themes.
pub(crate) fn unknown_theme(span: Span, name: &str, folder: &str, near: Advice) -> Diagnostic {
    Diagnostic::new(Code::InvalidTheme, span, format!("there's no theme called `{name}` in `{folder}/`")).advice(near)
}

/// A theme for other versions of Stepladder than this one.
pub(crate) fn theme_for_another_version(span: Span, range: &str, version: &str) -> Diagnostic {
    let message = format!("this theme needs Stepladder {range}, but this is {version}");
    let help = "use a version of the theme for this version of Stepladder, or check its templates and widen the range";
    Diagnostic::new(Code::InvalidTheme, span, message).help(help)
}

/// A range of versions that can't be read.
pub(crate) fn invalid_version_range(span: Span, range: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidTheme, span, format!("`{range}` isn't a version range"))
        .help("for example, `\">=0.1, <0.2\"`")
}

/// A template that can't be loaded or rendered.
pub(crate) fn template_error(span: Span, message: impl Into<String>, advice: impl Into<Advice>) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, span, message).advice(advice)
}

/// An error in a template of the default theme, which is embedded in the program. `users` are the places in the project's
/// templates that include it.
pub(crate) fn embedded_template_error(
    span: Span,
    message: impl Into<String>,
    help: &str,
    name: &str,
    folder: &str,
    users: impl Iterator<Item = Span>,
) -> Diagnostic {
    let help =
        format!("{help}; this template is the default theme's: to change it, copy it to `{folder}/templates/{name}`");
    let diagnostic = template_error(span, message, help);
    users.fold(diagnostic, |diagnostic, place| diagnostic.label(place, "it's included here"))
}

/// The name of a template that doesn't exist.
pub(crate) fn unknown_template(span: Span, name: &str, advice: impl Into<Advice>) -> Diagnostic {
    template_error(span, format!("there's no template `{name}`"), advice)
}

/// A file of a theme that has no effect.
pub(crate) fn unused_theme_file(file: Span, message: String, help: String) -> Diagnostic {
    Diagnostic::new(Code::UnusedThemeFile, file, message).help(help)
}

/// A property in `style` that the theme has no use for. The span is its name.
pub(crate) fn unknown_style(span: Span, name: &str, advice: Advice) -> Diagnostic {
    let message = format!("the theme has no property `--{name}`, so this has no effect");
    Diagnostic::new(Code::UnknownStyle, span, message).advice(advice)
}

/// A value in `style` of another type than the theme's. `kind` is that type, with an article.
pub(crate) fn wrong_type_of_style(span: Span, name: &str, kind: &str, text: &str, advice: Advice) -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, span, format!("`{name}` must be {kind}, not `{text}`")).advice(advice)
}

/// A colour of text that's too similar to that of its background.
pub(crate) struct LowContrast<'a> {
    /// The property that's set in `style`.
    pub(crate) name: &'a str,
    /// The property of the text.
    pub(crate) text: &'a str,
    /// The property of the background.
    pub(crate) surface: &'a str,
    /// The contrast ratio, and the lowest that's readable.
    pub(crate) ratio: f32,
    pub(crate) min_ratio: f32,
    /// "light" or "dark".
    pub(crate) scheme: &'a str,
}

/// Colours of text and background that are too similar.
pub(crate) fn low_contrast(span: Span, contrast: &LowContrast<'_>) -> Diagnostic {
    let LowContrast { name, text, surface, ratio, min_ratio, scheme } = contrast;
    // Rounded down, so that a ratio that is just too low isn't shown as the lowest that is enough.
    let ratio = (ratio * 10.0).floor() / 10.0;
    let message =
        format!("text in `{text}` is hard to read on `{surface}` in the {scheme} scheme: contrast {ratio:.1}:1");
    let help = format!(
        "it needs at least {min_ratio}:1: make one of the two lighter or darker (`{name}: {{ light: …, dark: … }}` sets \
         a colour for each scheme)"
    );
    Diagnostic::new(Code::LowContrast, span, message).help(help)
}

/// Files that are published although nothing links to them. The span is the first of them.
pub(crate) fn unlinked_file(first: Span, message: String, help: String) -> Diagnostic {
    Diagnostic::new(Code::UnlinkedFile, first, message).help(help)
}
