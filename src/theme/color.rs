//! Colours: their contrast, and the dark ones that are derived from light ones.

use csscolorparser::{Color, NAMED_COLORS};

/// The lowest contrast of text that most people can read, by WCAG 2.2, success criterion 1.4.3.
pub(super) const MIN_CONTRAST: f32 = 4.5;

/// Colours of the system and other words that are valid in place of a colour.
const KEYWORDS: [&str; 25] = [
    "accentcolor",
    "accentcolortext",
    "activetext",
    "buttonborder",
    "buttonface",
    "buttontext",
    "canvas",
    "canvastext",
    "currentcolor",
    "field",
    "fieldtext",
    "graytext",
    "highlight",
    "highlighttext",
    "inherit",
    "initial",
    "linktext",
    "mark",
    "marktext",
    "revert",
    "selecteditem",
    "selecteditemtext",
    "transparent",
    "unset",
    "visitedtext",
];

/// The colour that a CSS value is; `None` for other values, and for colours that only a browser knows, such as `var(--x)`.
pub(super) fn parse(value: &str) -> Option<Color> {
    // The parser accepts hexadecimal colours without `#`, which CSS doesn't.
    let value = value.trim();
    let is_bare = value.chars().all(|c| c.is_ascii_hexdigit());
    if is_bare { None } else { csscolorparser::parse(value).ok() }
}

/// Returns whether a value can be a colour: it is one, or a function or keyword that only a browser can resolve.
pub(super) fn may_be_color(value: &str) -> bool {
    let is_function =
        value.ends_with(')') && value.split('(').next().is_some_and(|name| name.starts_with(char::is_alphabetic));
    let is_unknown_function = is_function && !["rgb", "hsl", "hwb"].iter().any(|known| value.starts_with(known));
    parse(value).is_some() || is_unknown_function || KEYWORDS.contains(&value.trim().to_lowercase().as_str())
}

/// The names of all colours.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    NAMED_COLORS.entries().map(|(name, _)| name.as_str())
}

/// The contrast of a text colour on a background by WCAG 2, from 1 to 21. A transparent text shows the background.
pub(super) fn contrast(text: &Color, background: &Color) -> f32 {
    let visible = background.interpolate_rgb(&Color { a: 1.0, ..*text }, text.a);
    let (a, b) = (luminance(&visible), luminance(background));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(color: &Color) -> f32 {
    let [red, green, blue, _] = color.to_linear_rgba();
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// The counterpart of a light colour in the dark scheme. Its `OKLCH` lightness is inverted around a pair of corresponding
/// colours: as much lighter than the pair's dark one as the given one is darker than the light one. Hue and chroma are kept
/// as far as the screen can show them.
pub(super) fn dark_counterpart(light: &Color, pair: (&Color, &Color)) -> Color {
    let lightness = |color: &Color| color.to_oklcha()[0];
    with_lightness(light, lightness(pair.1) + lightness(pair.0) - lightness(light))
}

/// Changes the lightness of a colour until its contrast with each of some others is sufficient, or until it is black or
/// white. It becomes lighter if the others are darker on average, and darker otherwise.
pub(super) fn with_contrast(color: &Color, others: &[Color]) -> Color {
    const STEP: f32 = 0.01;
    let lightness = |color: &Color| color.to_oklcha()[0];
    let is_sufficient = |color: &Color| others.iter().all(|other| contrast(color, other) >= MIN_CONTRAST);
    let sum: f32 = others.iter().map(lightness).sum();
    #[allow(clippy::cast_precision_loss, reason = "there are three or six of them")]
    let step = if lightness(color) * others.len() as f32 > sum { STEP } else { -STEP };
    let mut adjusted = *color;
    let mut next = lightness(color);
    while !is_sufficient(&adjusted) && (0.0..=1.0).contains(&next) {
        next += step;
        adjusted = with_lightness(color, next);
    }
    adjusted
}

/// A colour with another `OKLCH` lightness, and with less chroma if the screen couldn't show it otherwise.
fn with_lightness(color: &Color, lightness: f32) -> Color {
    /// Steps of chroma that no eye can tell apart.
    const REDUCTION: f32 = 0.95;
    let [_, mut chroma, hue, alpha] = color.to_oklcha();
    let lightness = lightness.clamp(0.0, 1.0);
    loop {
        let changed = Color::from_oklcha(lightness, chroma, hue, alpha);
        let shown = [changed.r, changed.g, changed.b].iter().all(|part| (-0.001..=1.001).contains(part));
        if shown || chroma < 0.001 {
            return changed.clamp();
        }
        chroma *= REDUCTION;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(value: &str) -> Color {
        parse(value).unwrap()
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast(&color("#000"), &color("#fff")) - 21.0).abs() < 0.01);
        assert!((contrast(&color("#777"), &color("white")) - 4.48).abs() < 0.01);
        assert!((contrast(&color("#0000"), &color("#fff")) - 1.0).abs() < 0.01);
    }

    #[test]
    fn only_css_colors_are_colors() {
        for value in
            ["#fff", "Red", "rgb(1 2 3)", "oklch(50% .1 250)", "var(--x)", "color-mix(in oklab, red, blue)", "Canvas"]
        {
            assert!(may_be_color(value), "{value}");
        }
        for value in ["blau", "fff", "#ff", "0a5", "rgb(1)", "1rem", "red blue", ""] {
            assert!(!may_be_color(value), "{value}");
        }
    }

    #[test]
    fn a_dark_counterpart_inverts_lightness_around_the_pair() {
        let (paper, dark_paper) = (color("#fbf9f4"), color("#171614"));
        let lightness = |color: &Color| color.to_oklcha()[0];
        let of = |value: &str| dark_counterpart(&color(value), (&paper, &dark_paper));
        assert_eq!(of("#fbf9f4").to_rgba8()[0].abs_diff(0x17), 0);
        assert!(lightness(&of("#fff")) < lightness(&dark_paper));
        assert!(lightness(&of("#eee")) > lightness(&dark_paper));
        assert_eq!(of("#000").to_css_hex().to_string(), "#ffffff");
        assert!((of("#fde").to_oklcha()[2] - color("#fde").to_oklcha()[2]).abs() < 0.1, "the hue is kept");
    }

    #[test]
    fn lightness_changes_until_the_contrast_suffices() {
        let on = color("#171614");
        let adjusted = with_contrast(&color("#555"), std::slice::from_ref(&on));
        assert!(contrast(&adjusted, &on) >= MIN_CONTRAST && contrast(&adjusted, &on) < 5.0);
        assert_eq!(with_contrast(&color("#eee"), &[on]), color("#eee"));
    }
}
