//! Bounds for what a project's own templates may do: the engine has none, so a template could loop or grow a text until the
//! program is killed.
//!
//! Calls of a function are inserted into the templates, at loops, includes, components and assignments. It counts steps,
//! and measures what a variable holds. What a template writes is counted as it is written.

use std::cell::Cell;
use std::io;
use std::ops::Range;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// The most steps of one page: about a second. The largest pages take some hundred thousand.
const MAX_STEPS: u64 = 3_000_000;

/// The most bytes that a page may have: more than the print edition of ten thousand pages.
const MAX_OUTPUT_BYTES: usize = 128 << 20;

/// The most bytes that a variable may hold, all values in it counted.
const MAX_HELD_BYTES: usize = 8 << 20;

/// The deepest nesting of values that a variable may hold.
const MAX_HELD_DEPTH: usize = 64;

/// The bytes held by the largest variable that make a loop inside a captured text take one step more, since each of its
/// turns may add them to that text.
const HELD_BYTES_PER_STEP: usize = 4096;

/// The function that is called.
const FUNCTION: &str = "stepladder_step";

thread_local! {
    /// What the page that this thread renders has done.
    static USED: Cell<Usage> = const { Cell::new(Usage { steps: 0, held: 0, written: 0 }) };
}

#[derive(Debug, Clone, Copy)]
struct Usage {
    steps: u64,
    /// The bytes of the largest variable.
    held: usize,
    written: usize,
}

/// Adds the function that templates with calls need.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(FUNCTION, |arguments: Kwargs, _: &State| step(&arguments));
}

/// Counts a step, measures the variable `held`, if given, and fails if a page has done too much.
fn step(arguments: &Kwargs) -> TeraResult<Value> {
    let mut used = USED.get();
    if let Some(held) = arguments.get::<&Value>("held")? {
        let bytes = size(held, 0).ok_or_else(|| {
            let limit = MAX_HELD_BYTES >> 20;
            Error::message(format!("this variable would hold more than {limit} MB, or values too deep in each other"))
        })?;
        used.held = used.held.max(bytes);
    }
    let is_captured = arguments.get::<bool>("captured")?.unwrap_or(false);
    used.steps += 1 + if is_captured { (used.held / HELD_BYTES_PER_STEP) as u64 } else { 0 };
    USED.set(used);
    if used.steps > MAX_STEPS {
        let message = "this page takes too many steps; do loops inside each other multiply, or includes?";
        return Err(Error::message(message));
    }
    if used.written > MAX_OUTPUT_BYTES {
        return Err(Error::message(too_large()));
    }
    Ok(Value::safe_string(""))
}

/// Fails if a text of so many bytes is more than a variable may hold.
pub(super) fn measure(bytes: usize) -> TeraResult<()> {
    if bytes <= MAX_HELD_BYTES {
        return Ok(());
    }
    Err(Error::message(format!("this text would have more than {} MB", MAX_HELD_BYTES >> 20)))
}

fn too_large() -> String {
    format!("this page would be larger than {} MB", MAX_OUTPUT_BYTES >> 20)
}

/// The bytes of a value; `None` if they are too many, or if it's nested too deeply.
fn size(value: &Value, depth: usize) -> Option<usize> {
    let of = |bytes: usize, value: &Value| {
        let bytes = bytes + size(value, depth + 1)?;
        (bytes <= MAX_HELD_BYTES).then_some(bytes)
    };
    (depth <= MAX_HELD_DEPTH).then_some(())?;
    if let Some(text) = value.as_str() {
        return Some(text.len()).filter(|bytes| *bytes <= MAX_HELD_BYTES);
    }
    if let Some(values) = value.as_array() {
        return values.iter().try_fold(size_of::<Value>(), of);
    }
    match value.as_map() {
        Some(map) => map.values().try_fold(size_of::<Value>(), of),
        None => Some(size_of::<Value>()),
    }
}

/// The text that a template writes.
#[derive(Default)]
pub(super) struct BoundOutput(Vec<u8>);

impl BoundOutput {
    /// Begins the next page of this thread.
    pub(super) fn start() -> Self {
        USED.set(Usage { steps: 0, held: 0, written: 0 });
        Self::default()
    }

    pub(super) fn into_text(self) -> String {
        // Templates, and the values in them, are text.
        String::from_utf8(self.0).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl io::Write for BoundOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        let used = USED.get();
        USED.set(Usage { written: self.0.len(), ..used });
        // The next step reports it with its place; this is for a template that takes none.
        if self.0.len() > MAX_OUTPUT_BYTES * 2 { Err(io::Error::other(too_large())) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template with inserted calls.
#[derive(Debug, Default)]
pub(super) struct BoundTemplate {
    pub(super) text: String,
    inserted: Vec<Insertion>,
}

/// An inserted call.
#[derive(Debug)]
struct Insertion {
    /// Its range in the text with calls.
    range: Range<usize>,
    /// The tag in the original text that it belongs to.
    tag: Range<usize>,
}

impl BoundTemplate {
    /// Inserts calls into a template.
    pub(super) fn new(template: &str) -> Self {
        let mut bound = Self::default();
        let mut copied = 0;
        // The variables of captured texts that are open; none for those of `filter` and of components.
        let mut captures: Vec<Option<&str>> = Vec::new();
        for tag in tags(template) {
            let (word, rest) = first_word(tag.inside);
            let captured = !captures.is_empty();
            let arguments = match word {
                "for" | "include" => Some(format!("captured={captured}")),
                "component" => {
                    captures.push(None);
                    Some("captured=true".to_owned())
                }
                "set" | "set_global" => {
                    let (name, rest) = first_word(rest);
                    let is_block = !rest.trim_start().starts_with('=');
                    if is_block {
                        captures.push(Some(name));
                    }
                    (!is_block).then(|| held(name))
                }
                "endset" => captures.pop().flatten().map(held),
                "filter" => {
                    captures.push(None);
                    None
                }
                "endfilter" | "endcomponent" => {
                    captures.pop();
                    None
                }
                _ => None,
            };
            let Some(arguments) = arguments else { continue };
            bound.text.push_str(&template[copied..tag.range.end]);
            copied = tag.range.end;
            let start = bound.text.len();
            let call = format!("{FUNCTION}({arguments})");
            // White space is trimmed as without the call.
            let call = if tag.is_trimmed { format!("{{{{- {call} -}}}}") } else { format!("{{{{ {call} }}}}") };
            bound.text.push_str(&call);
            bound.inserted.push(Insertion { range: start..bound.text.len(), tag: tag.range });
        }
        bound.text.push_str(&template[copied..]);
        bound
    }

    /// The range in the original template of a range of the text with calls: for an inserted call, that of its tag.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.inserted.partition_point(|insertion| insertion.range.start <= range.start);
        if let Some(last) = before.checked_sub(1).map(|at| &self.inserted[at])
            && range.start < last.range.end
        {
            return last.tag.clone();
        }
        let original = |at: usize| {
            let before = self.inserted.iter().take_while(|insertion| insertion.range.end <= at);
            at - before.map(|insertion| insertion.range.len()).sum::<usize>()
        };
        original(range.start)..original(range.end)
    }
}

fn held(name: &str) -> String {
    format!("held={name} | default(value=\"\")")
}

/// The first word of a tag, and what follows it.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_at(text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len()))
}

/// A tag `{% … %}` of a template.
struct TemplateTag<'t> {
    range: Range<usize>,
    inside: &'t str,
    /// Whether white space after it is trimmed.
    is_trimmed: bool,
}

/// The tags of a template, outside of comments and raw text.
fn tags(template: &str) -> Vec<TemplateTag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = template[at..].find('{').map(|offset| at + offset) {
        let rest = &template[open..];
        let closing = match rest.as_bytes().get(1) {
            Some(b'%') => "%}",
            Some(b'{') => "}}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let length = if closing == "#}" { rest.find(closing) } else { end_outside_strings(rest, closing) };
        let Some(length) = length.map(|length| length + closing.len()) else { break };
        at = open + length;
        if closing != "%}" {
            continue;
        }
        let inside = &rest[2..length - 2];
        let is_trimmed = inside.ends_with('-');
        let inside = inside.trim_matches('-');
        if first_word(inside).0 == "raw" {
            at = template[at..].find("endraw").map_or(template.len(), |offset| at + offset);
            continue;
        }
        tags.push(TemplateTag { range: open..at, inside, is_trimmed });
    }
    tags
}

/// The position of the end of a tag, which isn't in a string.
fn end_outside_strings(text: &str, end: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text[at..].starts_with(end) => return Some(at),
            Some(_) | None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::*;

    fn render(template: &str) -> Result<String, (String, String)> {
        let bound = BoundTemplate::new(template);
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("a.html", &bound.text).expect("a sound template");
        let mut page = BoundOutput::start();
        tera.render_to("a.html", &Context::new(), &mut page).map(|()| page.into_text()).map_err(|error| {
            let tera::ErrorKind::RenderingError(report) = error.kind() else { panic!("{error:?}") };
            (report.message().to_owned(), template[bound.original(&report.span().range)].to_owned())
        })
    }

    #[test]
    fn calls_change_nothing_that_is_written() {
        for template in [
            "{% for x in [1, 2] -%}\n  {{ x }}\n{%- endfor %}\n{# {% for #}{% raw %}{% for x in y %}{% endraw %}",
            "{% set a = \"%}\" %} {{ a }} {% set b %}[{{ a }}]{% endset %}\n{{ b }}{% if a == '{{' %}{% endif %}",
            "{% filter upper %}{% for x in range(end=3) %}x{% endfor %}{% endfilter %}",
        ] {
            let mut plain = Tera::default();
            plain.add_raw_template("a.html", template).expect("a sound template");
            assert_eq!(render(template), Ok(plain.render("a.html", &Context::new()).unwrap()), "{template}");
        }
    }

    #[test]
    fn a_variable_that_grows_without_end_is_an_error_at_its_tag() {
        for grow in [
            "{% set_global a = a ~ a %}",
            "{% set_global a = [a, a] %}",
            "{% set_global a %}{{ a }}{{ a }}{% endset %}",
            "{% set_global a = {\"b\": [a]} %}",
        ] {
            let template =
                format!("{{% set a = \"0123456789\" %}}\n{{% for x in range(end=70) %}}{grow}{{% endfor %}}");
            let (message, place) = render(&template).unwrap_err();
            assert!(message.contains("more than 8 MB"), "{message}");
            assert!(grow.ends_with(&place) && place.starts_with("{%"), "{place}");
        }
    }

    #[test]
    fn loops_that_multiply_end_with_an_error_at_one_of_them() {
        let inner = "{% for y in range(end=100000) %}";
        let (message, place) =
            render(&format!("{{% for x in range(end=100000) %}}{inner}{{% endfor %}}{{% endfor %}}")).unwrap_err();
        assert!(message.contains("too many steps"), "{message}");
        assert_eq!(place, inner);
    }

    #[test]
    fn places_behind_calls_are_those_of_the_original() {
        let (message, place) = render("{% for x in [1] %}\n{% set y = x %}{{ yy }}{% endfor %}").unwrap_err();
        assert_eq!((message.contains("`yy`"), place.as_str()), (true, "yy"));
    }

    #[test]
    fn a_page_that_is_written_without_end_is_an_error() {
        let long = "a".repeat(1 << 20);
        let template = format!("{{% for x in range(end=1000) %}}{long}{{% endfor %}}");
        let (message, place) = render(&template).unwrap_err();
        assert_eq!(message, "this page would be larger than 128 MB");
        assert_eq!(place, "{% for x in range(end=1000) %}");
    }
}
