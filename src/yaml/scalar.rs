//! Writing of YAML values.

/// A text as a YAML value: quoted unless it's plainly a text, wherever it's written.
#[must_use]
pub fn scalar(text: &str) -> String {
    let is_plain_char = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '(' | ')' | '.' | '+');
    let is_keyword =
        ["true", "false", "null", "yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_plain = text.chars().all(is_plain_char) && text.starts_with(char::is_alphabetic) && text.trim() == text;
    if is_plain && !is_keyword {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '\\' | '"' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Value, parse};

    #[test]
    fn texts_are_read_as_they_were_in_lists_and_fields() {
        let texts = [
            "Senior Engineer",
            "C++",
            "#1",
            "a: b",
            "a, b",
            "[x]",
            "it's",
            "say \"hi\"",
            "\\",
            "no",
            "12",
            "",
            " a ",
            "a\nb\t\u{7}",
        ];
        for text in texts {
            let source = format!("title: {0}\nlist: [{0}, x]\n", scalar(text));
            let Value::Map(fields) = parse(&source, 0..source.len()).unwrap().value else { panic!("{source}") };
            let Value::Scalar { text: title, .. } = &fields[0].1.value else { panic!("{source}") };
            let Value::List(items) = &fields[1].1.value else { panic!("{source}") };
            let Value::Scalar { text: item, .. } = &items[0].value else { panic!("{source}") };
            assert_eq!((title.as_str(), item.as_str(), items.len()), (text, text, 2));
        }
    }
}
