//! The language of the content, as a BCP 47 tag.

use crate::diagnostic::Advice;
use crate::yaml::Fields;

/// Names that authors write instead of a tag, in English and in the language itself.
const NAMES: [(&str, &str); 34] = [
    ("arabic", "ar"),
    ("chinese", "zh"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dansk", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("finnish", "fi"),
    ("français", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("nederlands", "nl"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("svenska", "sv"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
];

/// Reads `language`.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<String> {
    let language = fields.text("language")?;
    let tag = language.value.trim();
    if is_tag(tag) {
        return Some(tag.to_owned());
    }
    let advice = match likely(tag) {
        Some(tag) => Advice::replace_by(format!("write `language: {tag}`"), tag),
        None => Advice::text("for example, `en`, `de` or `pt-BR`"),
    };
    fields.invalid_value(&language.span, format!("`{tag}` isn't a language tag"), advice);
    None
}

/// Returns whether a text has the form of a tag: a language of two or three letters, and optional subtags. Longer languages
/// exist in the standard, but none was ever registered.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The tag that was most likely meant.
fn likely(text: &str) -> Option<String> {
    let with_hyphens = text.replace('_', "-");
    if is_tag(&with_hyphens) {
        return Some(with_hyphens);
    }
    let name = text.split([' ', '-', '_', '(']).next()?.to_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, tag)| (*tag).to_owned())
}
