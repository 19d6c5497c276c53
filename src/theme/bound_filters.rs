//! The filters that multiply a text, with a bound: what a page holds or writes is otherwise measured only when it's made.
//! They do what those of the template engine do.

#![allow(clippy::needless_pass_by_value, reason = "filters have the types of the template engine")]

use std::borrow::Cow;
use std::fmt::Write as _;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::bounds::measure;

/// The widest indentation, as in the engine.
const MAX_WIDTH: usize = 1000;

/// Replaces the engine's filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
}

fn replace(text: StringInput, arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let from = arguments.must_get::<&str>("from")?;
    let to = arguments.must_get::<StringInput>("to")?;
    let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = (written(&text, is_safe, state)?, written(&to, is_safe, state)?);
    measure(text.len() + text.matches(from).count() * to.len().saturating_sub(from.len()))?;
    Ok(made(text.replace(from, &to), is_safe))
}

fn join(values: &[Value], arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let separator = arguments.get::<StringInput>("sep")?;
    let is_safe_text = |value: &Value| value.is_string() && value.is_safe();
    let is_safe = state.autoescaping_enabled()
        && (values.iter().any(is_safe_text) || separator.as_ref().is_some_and(StringInput::is_safe));
    let separator = separator.as_ref().map_or(Ok(Cow::Borrowed("")), |text| written(text, is_safe, state))?;
    let mut joined = String::new();
    for (position, value) in values.iter().enumerate() {
        joined.push_str(if position == 0 { "" } else { &separator });
        match is_safe {
            true if value.is_undefined() => {}
            true => joined.push_str(&state.escape_if_needed(value)?),
            false => write!(joined, "{value}").map_err(|error| Error::message(error.to_string()))?,
        }
        measure(joined.len())?;
    }
    Ok(made(joined, is_safe))
}

fn indent(text: StringInput, arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let width = arguments.get::<usize>("width")?.unwrap_or(4).min(MAX_WIDTH);
    let character = arguments.get::<StringInput>("indentation")?;
    let first = arguments.get::<bool>("first")?.unwrap_or(false);
    let blank = arguments.get::<bool>("blank")?.unwrap_or(false);
    if character.as_ref().is_some_and(|character| character.as_str().chars().count() != 1) {
        return Err(Error::message("The `indentation` argument must contain exactly one character"));
    }
    let is_safe =
        state.autoescaping_enabled() && (text.is_safe() || character.as_ref().is_some_and(StringInput::is_safe));
    let text = written(&text, is_safe, state)?;
    let space = character.as_ref().map_or(Ok(Cow::Borrowed(" ")), |character| written(character, is_safe, state))?;
    let space = space.repeat(width);
    measure(text.len() + text.lines().count() * space.len())?;
    let mut indented = String::new();
    for (position, line) in text.lines().enumerate() {
        let is_indented = if position == 0 { first } else { !line.is_empty() || blank };
        indented.push_str(if position == 0 { "" } else { "\n" });
        indented.push_str(if is_indented { &space } else { "" });
        indented.push_str(line);
    }
    indented.push_str(if text.ends_with('\n') { "\n" } else { "" });
    Ok(made(indented, is_safe))
}

/// A text as it's written in the result: escaped, unless it's safe, if the result is safe.
fn written<'t>(text: &'t StringInput<'_>, is_safe: bool, state: &State) -> TeraResult<Cow<'t, str>> {
    if is_safe { text.rendered(state) } else { Ok(Cow::Borrowed(text.as_str())) }
}

fn made(text: String, is_safe: bool) -> Value {
    if is_safe { Value::safe_string(&text) } else { Value::from(text) }
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::*;
    use crate::theme::bounds::BoundOutput;

    fn render(template: &str, with_bounds: bool) -> Result<String, String> {
        let mut tera = Tera::default();
        tera.autoescape_on([".html"]);
        if with_bounds {
            register(&mut tera);
        }
        tera.add_raw_template("a.html", template).expect("a sound template");
        let mut page = BoundOutput::start();
        tera.render_to("a.html", &Context::new(), &mut page)
            .map(|()| page.into_text())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn filters_do_what_those_of_the_engine_do() {
        for template in [
            "{{ 'a<b<c' | replace(from='<', to='&') }}",
            "{{ 'a<b<c' | safe | replace(from='<', to='&') }}",
            "{{ 'abc' | replace(from='b', to='<i>' | safe) }}",
            "{{ 'abc' | replace(from='', to='-') }}",
            "{{ [1, 'a<', true, [2, 'x']] | join(sep=', ') }}",
            "{{ [1, 'a<', 'b' | safe] | join(sep='<') }}",
            "{{ ['a<'] | join }}{{ [] | join(sep=',') }}{{ [1, 2] | join(sep='<br>' | safe) }}",
            "{{ 'a\n\n<b>\n' | indent }}",
            "{{ 'a\n\n<b>' | safe | indent(width=2, first=true, blank=true) }}",
            "{{ 'a\nb' | indent(indentation='<', width=3) }}",
            "{{ 'a\nb' | indent(indentation='--') }}",
        ] {
            assert_eq!(render(template, true), render(template, false), "{template}");
        }
    }

    #[test]
    fn a_text_that_a_filter_multiplies_is_an_error() {
        let long =
            "{% set a = 'aaaaaaaaaa' %}".to_owned() + &"{% set a = a | replace(from='a', to='aaaaaaaaaa') %}".repeat(5);
        for multiply in [
            "{{ a | replace(from='a', to='aaaaaaaaaa') }}",
            "{{ range(end=100) | join(sep=a) }}",
            "{{ a | replace(from='a', to='\n') | indent(width=1000, blank=true) }}",
        ] {
            let error = render(&format!("{long}{multiply}"), true).unwrap_err();
            assert!(error.contains("more than 8 MB"), "{error}");
        }
    }
}
