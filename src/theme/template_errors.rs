//! Conversion of template engine errors to diagnostics.

use tera::{Error, ErrorKind};

use super::own_templates::OwnTemplates;
use crate::diagnostic::{Advice, Diagnostic, Span, catalog, did_you_mean};

/// Templates by name.
type Sources = [(String, String)];

/// The diagnostic for an error of rendering `template`.
pub(super) fn rendering(error: &Error, own: &OwnTemplates, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = own.span(report.filename(), &report.span().range);
            let (message, help) = undefined(report.message());
            let name = report.filename();
            if own.names.contains(name) {
                return catalog::template_error(span, message, help);
            }
            let users = used_from(&error.to_string(), own).into_iter();
            catalog::embedded_template_error(span, message, &help, name, &own.folder, users)
        }
        ErrorKind::TemplateNotFound(name) => {
            let span = Span::start_of(&own.file(template));
            catalog::unknown_template(span, name, format!("add `{}/templates/{name}`", own.folder))
        }
        other => {
            let span = Span::start_of(&own.file(template));
            catalog::template_error(span, normalize_message(&other.to_string()), "fix this template")
        }
    }
}

/// The places in a project's templates from which a faulty one is included, by the notes of the engine's report: each in
/// the form of [`parse_report`].
fn used_from(report: &str, own: &OwnTemplates) -> Option<Span> {
    report.split("\nnote: called from ").skip(1).find_map(|note| {
        let mut position = note.lines().next()?.trim().rsplitn(3, ':');
        let (column, line) = (position.next()?.parse::<usize>().ok()?, position.next()?.parse::<usize>().ok()?);
        let template = position.next().filter(|template| own.names.contains(*template))?;
        let text = &own.bound.get(template)?.text;
        let start = offset(text, line, column)?;
        let length = note.lines().nth(3).map_or(0, |underline| underline.matches('^').count());
        Some(own.span(template, &(start..(start + length).min(text.len()))))
    })
}

/// The byte of a text at a line and a column, which are counted from 1.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    Some(text[before..].char_indices().nth(column.checked_sub(1)?).map_or(text.len(), |(at, _)| before + at))
}

/// The message and the help for a value that is undefined in a template, from the engine's message.
fn undefined(message: &str) -> (String, String) {
    let (message, given) = message.split_once(". Available ").unwrap_or((message, ""));
    let wrong = message.split('`').nth(1).unwrap_or_default();
    let given: Vec<&str> = given.split_once(": ").map(|(_, names)| names.split(", ").collect()).unwrap_or_default();
    let help = match did_you_mean(wrong, given.iter().copied()) {
        near if !near.help.is_empty() => near.help,
        _ if !given.is_empty() => format!("available here: {}", given.join(", ")),
        _ => "see the documentation of themes for what templates can use".to_owned(),
    };
    (normalize_message(message), help)
}

/// The diagnostics for errors of loading templates, each with the name of its template if the engine reports it.
pub(super) fn loading(error: &Error, own: &OwnTemplates, sources: &Sources) -> Vec<(Option<String>, Diagnostic)> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let template = report.filename().to_owned();
            let span = own.span(&template, &report.span().range);
            let message = normalize_message(report.message());
            vec![(Some(template), catalog::template_error(span, message, "fix this line of the template"))]
        }
        ErrorKind::CircularInclude { tpl, include_chain: chain }
        | ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
            let next = chain.iter().skip_while(|name| *name == tpl).chain([tpl]).next().unwrap_or(tpl);
            let span = mention(own, tpl, next, sources);
            let message = "this template includes or extends itself";
            vec![(Some(tpl.clone()), catalog::template_error(span, message, "remove one `extends` or `include`"))]
        }
        ErrorKind::MissingParent { current, parent } => {
            let span = mention(own, current, parent, sources);
            vec![(Some(current.clone()), unknown_template(span, parent, sources))]
        }
        other => from_text(&other.to_string(), own, sources),
    }
}

/// Parses errors that the engine reports only as text: for each a message, ` --> template:line:column`, and an excerpt of
/// three lines, the last of which underlines the place.
fn from_text(words: &str, own: &OwnTemplates, sources: &Sources) -> Vec<(Option<String>, Diagnostic)> {
    let text = format!("\n{words}");
    let reports = text.split("\nerror: ").filter_map(|report| parse_report(report, own, sources));
    let found: Vec<_> = reports.collect();
    if found.is_empty() { vec![from_quoted_names(words, own, sources)] } else { found }
}

fn parse_report(report: &str, own: &OwnTemplates, sources: &Sources) -> Option<(Option<String>, Diagnostic)> {
    let (message, rest) = report.split_once("--> ")?;
    let mut position = rest.lines().next()?.trim().rsplitn(3, ':');
    let (column, line) = (position.next()?.parse::<usize>().ok()?, position.next()?.parse::<usize>().ok()?);
    let template = position.next()?;
    let (_, text) = sources.iter().find(|(name, _)| name == template)?;
    let start = offset(text, line, column)?;
    let length = rest.lines().nth(3).map_or(0, |underline| underline.matches('^').count());
    let end = text[start..].char_indices().nth(length).map_or(text.len(), |(at, _)| start + at);
    let span = own.span(template, &(start..end));
    let message = normalize_message(message);
    let unknown = message.strip_prefix("unknown template `").and_then(|name| name.strip_suffix('`'));
    let diagnostic = if let Some(name) = unknown {
        unknown_template(span, name, sources)
    } else {
        let help = "see the documentation of Tera, the template language, for what templates can use";
        catalog::template_error(span, message, help)
    };
    Some((Some(template.to_owned()), diagnostic))
}

/// Locates an error by the quoted names in its message: it is in the first of them that is a template.
fn from_quoted_names(message: &str, own: &OwnTemplates, sources: &Sources) -> (Option<String>, Diagnostic) {
    let names: Vec<&str> = message.split(['`', '\'', '"']).skip(1).step_by(2).collect();
    let is_template = |name: &&&str| sources.iter().any(|(template, _)| template == **name);
    let template = names.iter().find(is_template).map(|name| (*name).to_owned());
    let other = names.iter().find(|name| Some(**name) != template.as_deref());
    let span = match (&template, other) {
        (Some(template), Some(other)) => mention(own, template, other, sources),
        _ => Span::start_of(&own.file(template.as_deref().unwrap_or_default())),
    };
    (template, catalog::template_error(span, normalize_message(message), "fix this template"))
}

/// The span where a template mentions a name; its start if it doesn't.
fn mention(own: &OwnTemplates, template: &str, name: &str, sources: &Sources) -> Span {
    let text = sources.iter().find(|(name, _)| name == template).map_or("", |(_, text)| text);
    Span::new(&own.file(template), text.find(name).map_or(0..0, |at| at..at + name.len()))
}

fn unknown_template(span: Span, name: &str, sources: &Sources) -> Diagnostic {
    let advice = match did_you_mean(name, sources.iter().map(|(name, _)| name.as_str())) {
        near if near.help.is_empty() => Advice::text("add it to the theme's `templates/`, or remove this line"),
        near => near,
    };
    catalog::unknown_template(span, name, advice)
}

/// Converts a message of the engine to one line in the style of diagnostics.
fn normalize_message(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches("error: ").trim_end_matches('.');
    let mut chars = line.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

/// The messages of the engine that this module parses, because it has no types for them. A version of the engine that
/// changes one fails its test.
#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use super::*;

    /// The engine's error of loading some templates.
    fn loading_error(templates: &[(&str, &str)]) -> Error {
        Tera::default().add_raw_templates(templates.iter().copied()).expect_err("a faulty template")
    }

    /// The engine's message of rendering a template that sees `one` and `two.three`.
    fn rendering_message(template: &str) -> String {
        let mut tera = Tera::default();
        tera.add_raw_template("a.html", template).expect("a sound template");
        let mut context = Context::new();
        context.insert("one", &1);
        context.insert("two", &serde_json::json!({ "three": 3, "four": 4 }));
        let error = tera.render("a.html", &context).expect_err("an undefined value");
        let ErrorKind::RenderingError(report) = error.kind() else { panic!("{error:?}") };
        report.message().to_owned()
    }

    /// The problems of some templates: each with the text that it marks.
    fn problems(templates: &[(&str, &str)]) -> Vec<(String, String)> {
        let sources: Vec<(String, String)> =
            templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let problem = |(template, diagnostic): (Option<String>, Diagnostic)| {
            let text = sources.iter().find(|(name, _)| Some(name) == template.as_ref()).map_or("", |(_, text)| text);
            (diagnostic.message.clone(), text[diagnostic.span.start..diagnostic.span.end].to_owned())
        };
        loading(&loading_error(templates), &OwnTemplates::default(), &sources).into_iter().map(problem).collect()
    }

    #[test]
    fn undefined_variables_are_reported_with_those_available() {
        let message = rendering_message("{{ onee }}");
        assert_eq!(message, "Variable `onee` is not defined. Available variables: one, two");
        assert_eq!(undefined(&message), ("variable `onee` is not defined".into(), "did you mean `one`?".into()));
    }

    #[test]
    fn undefined_fields_are_reported_with_those_available() {
        let message = rendering_message("{{ two.five.six }}");
        assert_eq!(message, "Field `five` is not defined. Available fields: four, three");
        let help = "use one of `four`, `three`";
        assert_eq!(undefined(&message), ("field `five` is not defined".into(), help.into()));
    }

    #[test]
    fn references_are_reported_as_text_with_an_excerpt() {
        let text = "{{ one | shout }}";
        let message = loading_error(&[("a.html", text)]).to_string();
        assert_eq!(
            message,
            "error: Unknown filter `shout`\n --> a.html:1:10\n  |\n1 | {{ one | shout }}\n  |          ^^^^^"
        );
        assert_eq!(problems(&[("a.html", text)]), [("unknown filter `shout`".into(), "shout".into())]);
    }

    #[test]
    fn several_references_are_reported_each() {
        let (one, two) = ("error: é ^^ {{ one | shout }}", "\n{% if one is loud %}{% endif %}");
        let found = problems(&[("a.html", one), ("b.html", two)]);
        let shout = ("unknown filter `shout`".to_owned(), "shout".to_owned());
        assert_eq!(found, [shout, ("unknown test `loud`".into(), "loud".into())]);
    }

    #[test]
    fn an_unknown_template_is_recognized() {
        let text = "{% include \"b.html\" %}";
        let message = loading_error(&[("a.html", text)]).to_string();
        assert!(message.starts_with("error: Unknown template `b.html`\n --> a.html:1:12\n"), "{message}");
        assert_eq!(problems(&[("a.html", text)]), [("there's no template `b.html`".into(), "\"b.html\"".into())]);
    }

    #[test]
    fn an_error_without_a_place_is_found_by_the_names_in_it() {
        let text = "{% component Foo() %}A{% endcomponent Foo %}";
        let templates = [("a.html", text), ("b.html", text)];
        let message = loading_error(&templates).to_string();
        assert_eq!(message, "Component `Foo` is defined in both `a.html` and `b.html`");
        let said = "component `Foo` is defined in both `a.html` and `b.html`";
        assert_eq!(problems(&templates), [(said.into(), "Foo".into())]);
    }
}
