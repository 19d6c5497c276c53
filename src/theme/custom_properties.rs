//! The custom properties that style sheets define on `:root`, for each medium.

use std::collections::BTreeMap;

/// The values of a custom property in a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ThemeValues {
    /// The value for the light scheme.
    pub(super) light: Option<String>,
    /// The value for the dark scheme, if it has its own.
    pub(super) dark: Option<String>,
    /// Whether print has its own value.
    pub(super) in_print: bool,
}

/// The values of all custom properties that some style sheets define on `:root`, by their names without the leading `--`.
pub(super) fn defined<'s>(sheets: impl IntoIterator<Item = &'s str>) -> BTreeMap<String, ThemeValues> {
    let mut properties: BTreeMap<String, ThemeValues> = BTreeMap::new();
    for sheet in sheets {
        let sheet = without_comments(sheet);
        let mut blocks: Vec<&str> = Vec::new();
        let mut start = 0;
        for (at, mark) in sheet.match_indices(['{', '}', ';']) {
            let text = sheet[start..at].trim();
            start = at + 1;
            if mark == "{" {
                blocks.push(text);
                continue;
            }
            if let Some((name, value)) = text.strip_prefix("--").and_then(|text| text.split_once(':')) {
                define(&mut properties, &blocks, name.trim(), value.trim());
            }
            if mark == "}" {
                blocks.pop();
            }
        }
    }
    properties
}

fn define(properties: &mut BTreeMap<String, ThemeValues>, blocks: &[&str], name: &str, value: &str) {
    let [conditions @ .., selector] = blocks else { return };
    if !selector.split(',').any(|selector| selector.trim() == ":root") {
        return;
    }
    let values = properties.entry(name.to_owned()).or_default();
    let slot = match conditions {
        [] => &mut values.light,
        [condition] if condition.contains("prefers-color-scheme: dark") => &mut values.dark,
        [condition] => {
            values.in_print |= condition.contains("print");
            return;
        }
        _ => return,
    };
    slot.get_or_insert_with(|| value.to_owned());
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once("*/")).fold(first, |text, (_, rest)| text + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_a_value_for_each_scheme() {
        let sheet = "/* --x: 0; */ :root { --a: 1; --b: 2 }\n.c { --a: 3; }\n@media (prefers-color-scheme: dark) { \
            :root { --a: 4; } }\n@media print { :root, .d { --b: 5; } }\n@supports (x: y) { .c { --e: 6; } }";
        let found = defined([sheet]);
        let values = |light: &str, dark: Option<&str>, in_print| ThemeValues {
            light: Some(light.to_owned()),
            dark: dark.map(str::to_owned),
            in_print,
        };
        let expected = [("a".to_owned(), values("1", Some("4"), false)), ("b".to_owned(), values("2", None, true))];
        assert_eq!(found, BTreeMap::from(expected));
    }
}
