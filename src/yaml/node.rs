use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Location, Spanned};

/// A YAML value and its place: bytes of the whole file, quotes included.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a YAML value can be. Scalars keep their text as written: whether `010` is a text or a number is for the
/// reader of the field to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar, and whether an untyped reader would call it a text.
    Scalar {
        /// Its text, without quotes.
        text: String,
        /// False for what looks like a number or a boolean and is not quoted.
        is_text: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file, repeated keys included.
    Map(Vec<(Key, Node)>),
}

/// A key of a mapping: its text and its place.
pub(super) type Key = (String, Range<usize>);

/// Why some text is not YAML, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong, in an author's words.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The place, in bytes of the file.
    pub span: Range<usize>,
}

/// How deep lists and mappings may nest. Nobody nests them deeper than three or four, and each level takes up so much of
/// the stack while it is read that the library's own limit is too high for the threads that read pages.
const DEEPEST: usize = 16;

/// How many values there may be, those that stand for others (`*name`) counted with all that they stand for.
const MOST: usize = 20_000;

/// Parses the YAML that stands in `source[bytes]`; an empty text is an empty mapping.
///
/// # Errors
/// Says what the parser stumbled over, and where, when it is not YAML.
pub fn parse(source: &str, bytes: Range<usize>) -> Result<Node, Malformed> {
    let text = &source[bytes.clone()];
    let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if blank {
        return Ok(Node { value: Value::Map(Vec::new()), span: bytes });
    }
    let mut options = serde_yaml::Options::default();
    let mut budget = serde_yaml::Budget::default();
    budget.max_depth = DEEPEST;
    budget.max_nodes = MOST;
    options.budget = Some(budget);
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    let read = serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options);
    let malformed = |at: usize, parser: &str| {
        let malformed = super::explain::explain(text, at, parser);
        let span = bytes.start + malformed.span.start..bytes.start + malformed.span.end;
        Malformed { span, ..malformed }
    };
    let node = read.map(|raw| finish(raw, text, bytes.start)).map_err(|error| {
        let at = error.location().map_or(0, |location| start(&location, text)).min(text.len());
        malformed(at, &first_line(error.without_snippet()))
    })?;
    match swallowed(&node, source) {
        Some(at) => Err(malformed(at - bytes.start, "a word is taken for a tag or an anchor")),
        None => Ok(node),
    }
}

/// Where a value begins whose first word YAML takes for a tag (`!word`) or for an anchor (`&word`) that nothing refers
/// to: it would be lost.
fn swallowed(node: &Node, source: &str) -> Option<usize> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find_map(|((_, key), value)| {
        let line = source[key.end..].lines().next().unwrap_or_default();
        let rest = line.strip_prefix(':').unwrap_or_default().trim_start();
        let word = rest.split_whitespace().next().unwrap_or_default();
        let own_line = source[..key.start].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let tag = word.starts_with('!') && !word.starts_with("!!");
        let anchor = word.strip_prefix('&').is_some_and(|name| !source.contains(&format!("*{name}")));
        let lost = own_line && (tag || anchor);
        lost.then_some(key.end + line.len() - rest.len()).or_else(|| swallowed(value, source))
    })
}

/// The parser's message without the place that it repeats.
fn first_line(error: &serde_yaml::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.split(" at line ").next().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

fn start(location: &Location, text: &str) -> usize {
    if let Some(byte) = location.span().byte_offset() {
        return usize::try_from(byte).unwrap_or(0);
    }
    let line = usize::try_from(location.line()).unwrap_or(1).max(1);
    let column = usize::try_from(location.column()).unwrap_or(1).max(1);
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[line_start..];
    line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

fn range(location: &Location, text: &str) -> Range<usize> {
    let start = start(location, text).min(text.len());
    let length = location.span().byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let end = text.floor_char_boundary((start + length).min(text.len()));
    let trimmed = text[start..end].trim_end().len();
    start..start + trimmed
}

fn finish(raw: Spanned<Raw>, text: &str, offset: usize) -> Node {
    let mut bytes = range(&raw.referenced, text);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Text(text) => Value::Scalar { text, is_text: true },
        Raw::Untyped => {
            let defined = range(&raw.defined, text);
            Value::Scalar { text: text[defined].to_owned(), is_text: false }
        }
        Raw::List(items) => {
            let items: Vec<Node> = items.into_iter().map(|item| finish(item, text, offset)).collect();
            bytes.end = collection_end(text, bytes.start, items.last().map(|last| last.span.end - offset));
            Value::List(items)
        }
        Raw::Map(entries) => {
            let entry = |(key, value): (Spanned<String>, Spanned<Raw>)| {
                let place = range(&key.referenced, text);
                ((key.value, place.start + offset..place.end + offset), finish(value, text, offset))
            };
            let entries: Vec<(Key, Node)> = entries.into_iter().map(entry).collect();
            let last = entries.last().map(|((_, key), node)| node.span.end.max(key.end) - offset);
            bytes.end = collection_end(text, bytes.start, last);
            Value::Map(entries)
        }
    };
    Node { value, span: bytes.start + offset..bytes.end + offset }
}

/// Where a list or mapping ends, which the YAML library does not tell: behind its last part, and the bracket if it has one.
fn collection_end(text: &str, start: usize, last: Option<usize>) -> usize {
    let end = last.unwrap_or(start).clamp(start, text.len());
    let closing = match text[start..].chars().next() {
        Some('[') => ']',
        Some('{') => '}',
        _ => return end,
    };
    text[end..].find(closing).map_or(end, |length| end + length + 1)
}

/// What the YAML library hands over, before the text of untyped scalars is looked up in the source.
#[derive(Debug)]
enum Raw {
    Null,
    Text(String),
    Untyped,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Untyped)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Untyped)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Untyped)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Untyped)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Untyped)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Untyped)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
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
    fn untyped_scalars_keep_their_text_and_place() {
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
    fn repeated_keys_are_all_there() {
        let keys: Vec<_> = entries("a: 1\nb: 2\na: 3\n").into_iter().map(|(key, ..)| key).collect();
        assert_eq!(keys, ["a", "b", "a"]);
    }

    #[test]
    fn what_is_not_yaml_has_a_place() {
        let source = "title: One: two\n";
        let malformed = parse(source, 0..source.len()).unwrap_err();
        assert!(malformed.span.start >= 7 && malformed.span.start < source.len(), "{malformed:?}");
        let tab = parse("a:\n\tb: 1\n", 0..9).unwrap_err();
        assert_eq!(position_line("a:\n\tb: 1\n", tab.span.start), 2, "{tab:?}");
    }

    fn position_line(source: &str, byte: usize) -> usize {
        source[..byte].matches('\n').count() + 1
    }

    #[test]
    fn a_first_word_that_yaml_would_swallow_is_told() {
        let said = |source: &str| {
            parse(source, 0..source.len()).map_err(|error| (error.message, source[error.span].to_owned()))
        };
        let quotes = |first: char, value: &str| {
            Err((format!("a text that begins with `{first}` needs quotes"), value.to_owned()))
        };
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
