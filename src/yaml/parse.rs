//! Parsing of YAML to nodes.

use std::cell::LazyCell;
use std::fmt;
use std::ops::{Deref, Range};

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, Spanned};

use super::cause::Cause;
use super::error::SyntaxError;
use super::explain::explain;
use super::node::{Key, Node, Value};

/// The maximum nesting depth of lists and mappings. Real files need three or four levels; each level takes so much stack
/// that the library's own limit overflows the threads that parse pages.
const MAX_DEPTH: usize = 16;

/// The maximum number of values, aliases (`*name`) counted as expanded.
const MAX_NODES: usize = 20_000;

/// Parses `source[bytes]` as YAML. Text without any value is an empty mapping. All spans are relative to `source`.
///
/// # Errors
/// The first syntax error, and a tag or anchor that would silently swallow a word of the author's text.
pub fn parse(source: &str, bytes: Range<usize>) -> Result<Node, SyntaxError> {
    let text = &source[bytes.clone()];
    let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if blank {
        return Ok(Node { value: Value::Map(Vec::new()), span: bytes });
    }
    let mut options = serde_yaml::Options::default();
    let mut budget = serde_yaml::Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.max_nodes = MAX_NODES;
    options.budget = Some(budget);
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    let deserialized = serde_yaml::from_str_with_options::<Spanned<DeserializedValue>>(text, options);
    let syntax_error = |offset: usize, cause: Cause, parser_message: &str| {
        let error = explain(text, offset, cause, parser_message);
        let span = bytes.start + error.span.start..bytes.start + error.span.end;
        SyntaxError { span, ..error }
    };
    let node = deserialized.map(|value| to_node(value, text, bytes.start)).map_err(|error| {
        let offset = error.location().map_or(0, |location| byte_offset(&location, text)).min(text.len());
        syntax_error(offset, Cause::of(&error), &first_line(error.without_snippet()))
    })?;
    match unintended_tag(&node, source, &LazyCell::new(|| aliases(source))) {
        Some(offset) => Err(syntax_error(offset - bytes.start, Cause::Other, "a word is taken for a tag or an anchor")),
        None => Ok(node),
    }
}

/// The start of the first value whose first word YAML reads as a tag (`!word`) or as an anchor (`&word`) that nothing
/// refers to. The word would be missing from the value.
fn unintended_tag<'s>(node: &Node, source: &'s str, aliases: &impl Deref<Target = Vec<&'s str>>) -> Option<usize> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find_map(|((_, key), value)| {
        let line = source[key.end..].lines().next().unwrap_or_default();
        let rest = line.strip_prefix(':').unwrap_or_default().trim_start();
        let word = rest.split_whitespace().next().unwrap_or_default();
        let starts_line = source[..key.start].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let tag = word.starts_with('!') && !word.starts_with("!!");
        let anchor = word.strip_prefix('&').is_some_and(|name| {
            let first = aliases.partition_point(|alias| *alias < name);
            !aliases.get(first).is_some_and(|alias| alias.starts_with(name))
        });
        let is_lost = starts_line && (tag || anchor);
        is_lost.then_some(key.end + line.len() - rest.len()).or_else(|| unintended_tag(value, source, aliases))
    })
}

/// The words after each `*` in a text, sorted.
fn aliases(source: &str) -> Vec<&str> {
    let words = source.split('*').skip(1).filter_map(|after| after.split(char::is_whitespace).next());
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable();
    words
}

/// The first line of the parser's message, without the position that it repeats.
fn first_line(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.split(" at line ").next().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// The byte offset of a parser location, computed from line and column where the parser doesn't provide it.
fn byte_offset(location: &Location, text: &str) -> usize {
    if let Some(byte) = location.span().byte_offset() {
        return usize::try_from(byte).unwrap_or(0);
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[line_start..];
    line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

/// The byte range of a parser location, without trailing white space.
fn byte_range(location: &Location, text: &str) -> Range<usize> {
    let start = byte_offset(location, text).min(text.len());
    let length = location.span().byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let end = text.floor_char_boundary((start + length).min(text.len()));
    let trimmed = text[start..end].trim_end().len();
    start..start + trimmed
}

/// Converts a deserialized value of `text`, which starts at byte `offset` of its file.
fn to_node(deserialized: Spanned<DeserializedValue>, text: &str, offset: usize) -> Node {
    let mut bytes = byte_range(&deserialized.referenced, text);
    let value = match deserialized.value {
        DeserializedValue::Null => Value::Null,
        DeserializedValue::Text(text) => Value::Scalar { text, is_text: true },
        DeserializedValue::Untyped => {
            let defined = byte_range(&deserialized.defined, text);
            Value::Scalar { text: text[defined].to_owned(), is_text: false }
        }
        DeserializedValue::List(items) => {
            let items: Vec<Node> = items.into_iter().map(|item| to_node(item, text, offset)).collect();
            bytes.end = collection_end(text, bytes.start, items.last().map(|last| last.span.end - offset));
            Value::List(items)
        }
        DeserializedValue::Map(entries) => {
            let entry = |(key, value): (Spanned<String>, Spanned<DeserializedValue>)| {
                let key_bytes = byte_range(&key.referenced, text);
                ((key.value, key_bytes.start + offset..key_bytes.end + offset), to_node(value, text, offset))
            };
            let entries: Vec<(Key, Node)> = entries.into_iter().map(entry).collect();
            let last = entries.last().map(|((_, key), node)| node.span.end.max(key.end) - offset);
            bytes.end = collection_end(text, bytes.start, last);
            Value::Map(entries)
        }
    };
    Node { value, span: bytes.start + offset..bytes.end + offset }
}

/// The end of a list or mapping that starts at `start`: the end of its last element, or its closing bracket. The YAML
/// library doesn't report it.
fn collection_end(text: &str, start: usize, last: Option<usize>) -> usize {
    let end = last.unwrap_or(start).clamp(start, text.len());
    let closing = match text[start..].chars().next() {
        Some('[') => ']',
        Some('{') => '}',
        _ => return end,
    };
    text[end..].find(closing).map_or(end, |length| end + length + 1)
}

/// A value as deserialized by the YAML library. The text of untyped scalars is still only in the source.
#[derive(Debug)]
enum DeserializedValue {
    Null,
    Text(String),
    Untyped,
    List(Vec<Spanned<DeserializedValue>>),
    Map(Vec<(Spanned<String>, Spanned<DeserializedValue>)>),
}

impl<'de> Deserialize<'de> for DeserializedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = DeserializedValue;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<DeserializedValue, D::Error> {
        DeserializedValue::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Untyped)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Untyped)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Untyped)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Untyped)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Untyped)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Untyped)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DeserializedValue, E> {
        Ok(DeserializedValue::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<DeserializedValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(DeserializedValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<DeserializedValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(DeserializedValue::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(source: &str) -> Vec<(String, Value, String)> {
        let node = parse(source, 0..source.len()).unwrap();
        let Value::Map(entries) = node.value else { panic!("not a mapping: {node:?}") };
        entries.into_iter().map(|((key, _), node)| (key, node.value, source[node.span].to_owned())).collect()
    }

    #[test]
    fn untyped_scalars_have_their_source_text_and_span() {
        let found = entries("é: 1\na: No\nb: 010\nc: 1_000\nd: 2026-11-22\ne: \"true\"\nf: true\ng: 2.50\n");
        let texts: Vec<_> = found
            .iter()
            .map(|(_, value, place)| match value {
                Value::Scalar { text, is_text } => (text.as_str(), *is_text, place.as_str()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(
            texts,
            [
                ("1", false, "1"),
                ("No", true, "No"),
                ("010", true, "010"),
                ("1_000", true, "1_000"),
                ("2026-11-22", true, "2026-11-22"),
                ("true", true, "\"true\""),
                ("true", false, "true"),
                ("2.50", false, "2.50"),
            ]
        );
    }

    #[test]
    fn repeated_keys_are_all_returned() {
        let keys: Vec<_> = entries("a: 1\nb: 2\na: 3\n").into_iter().map(|(key, ..)| key).collect();
        assert_eq!(keys, ["a", "b", "a"]);
    }

    #[test]
    fn a_syntax_error_has_a_span() {
        let source = "title: One: two\n";
        let error = parse(source, 0..source.len()).unwrap_err();
        assert!(error.span.start >= 7 && error.span.start < source.len(), "{error:?}");
        let tab = parse("a:\n\tb: 1\n", 0..9).unwrap_err();
        assert_eq!(line_number("a:\n\tb: 1\n", tab.span.start), 2, "{tab:?}");
    }

    fn line_number(source: &str, byte: usize) -> usize {
        source[..byte].matches('\n').count() + 1
    }

    #[test]
    fn a_first_word_that_yaml_reads_as_tag_or_anchor_is_an_error() {
        let said = |source: &str| {
            parse(source, 0..source.len()).map_err(|error| (error.message, source[error.span].to_owned()))
        };
        let quotes =
            |first: char, value: &str| Err((format!("text that begins with `{first}` needs quotes"), value.to_owned()));
        assert_eq!(said("a: b\ntitle: !foo bar\n"), quotes('!', "!foo bar"));
        assert_eq!(said("title: !important\n"), quotes('!', "!important"));
        assert_eq!(said("facets:\n  scope: &x\nb: c\n"), quotes('&', "&x"));
        for sound in ["a: &x b\nc: *x\n", "a: !!str 5\n", "a: R&D !x\n", "a: \"!x\"\n", "a: |\n  b: !c d\n"] {
            assert!(said(sound).is_ok(), "{sound}");
        }
    }

    #[test]
    fn an_empty_text_is_an_empty_mapping() {
        assert_eq!(parse("# nothing\n", 0..10).unwrap().value, Value::Map(Vec::new()));
    }
}
