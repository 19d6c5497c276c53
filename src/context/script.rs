//! Data for the theme's scripts.

use serde::Serialize;

/// Serializes data as a classic script that passes it to the theme. `<` and line separators are escaped, so that no text can
/// end the script element or a line.
pub(crate) fn data_script(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).unwrap_or_default(); // strings, numbers and maps with string keys always serialize
    let json = json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("stepladder.give({json});\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_the_script() {
        let script = data_script(&["</script>\u{2028}\u{2029}\""]);
        assert_eq!(script, "stepladder.give([\"\\u003c/script>\\u2028\\u2029\\\"\"]);\n");
    }
}
