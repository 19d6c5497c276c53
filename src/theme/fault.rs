//! Mistakes in templates, with their places.

use tera::{Error, ErrorKind};

use crate::diagnostic::{Code, Diagnostic, Span, did_you_mean};
use crate::tree::TreePath;

fn place(folder: &str, template: &str) -> TreePath {
    TreePath::known(&format!("{folder}/templates/{template}"))
}

/// A mistake found while rendering; `template` is the one that was asked for.
pub(super) fn rendering(error: &Error, folder: &str, template: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = Span::new(&place(folder, report.filename()), report.span().range.clone());
            Diagnostic::new(Code::TemplateError, span, tidy(report.message()))
                .help("what templates are given is listed in the documentation of themes")
        }
        ErrorKind::TemplateNotFound(name) => {
            let span = Span::start_of(&place(folder, template));
            Diagnostic::new(Code::TemplateError, span, format!("there is no template `{name}`"))
                .help(format!("add `{folder}/templates/{name}`"))
        }
        other => Diagnostic::new(Code::TemplateError, Span::start_of(&place(folder, template)), tidy(&other.to_string())),
    }
}

/// A mistake found while loading: which template it is in, if that can be told, and the problem.
pub(super) fn loading(error: &Error, folder: &str, sources: &[(String, String)]) -> (Option<String>, Diagnostic) {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let template = report.filename().to_owned();
            let span = Span::new(&place(folder, &template), report.span().range.clone());
            let note = Diagnostic::new(Code::TemplateError, span, tidy(report.message()));
            (Some(template), note.help("mend this line of the template"))
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let span = Span::start_of(&place(folder, tpl));
            let note = Diagnostic::new(Code::TemplateError, span, "this template includes or extends itself");
            (Some(tpl.clone()), note.help("take one `extends` or `include` away"))
        }
        ErrorKind::MissingParent { current, parent } => {
            (Some(current.clone()), missing(folder, current, parent, sources))
        }
        other => quoted(&other.to_string(), folder, sources),
    }
}

/// Some mistakes are told in words alone, with names in quotes: the template is the first of them that is one.
fn quoted(message: &str, folder: &str, sources: &[(String, String)]) -> (Option<String>, Diagnostic) {
    let names: Vec<&str> = message.split(['`', '\'', '"']).skip(1).step_by(2).collect();
    let is_template = |name: &&&str| sources.iter().any(|(known, _)| known == **name);
    let Some(template) = names.iter().find(is_template).map(|name| (*name).to_owned()) else {
        let note = Diagnostic::new(Code::TemplateError, Span::start_of(&place(folder, "")), tidy(message));
        return (None, note);
    };
    let Some(other) = names.iter().find(|name| **name != template) else {
        let note = Diagnostic::new(Code::TemplateError, Span::start_of(&place(folder, &template)), tidy(message));
        return (Some(template), note);
    };
    let text = sources.iter().find(|(known, _)| *known == template).map_or("", |(_, text)| text);
    let at = text.find(other).unwrap_or(0);
    let span = Span::new(&place(folder, &template), at..at + if at > 0 { other.len() } else { 0 });
    let note = Diagnostic::new(Code::TemplateError, span, tidy(message));
    (Some(template), note.help(did_you_mean(other, sources.iter().map(|(name, _)| name.as_str()))))
}

fn missing(folder: &str, current: &str, parent: &str, sources: &[(String, String)]) -> Diagnostic {
    let text = sources.iter().find(|(known, _)| known == current).map_or("", |(_, text)| text);
    let at = text.find(parent).map_or(0..0, |at| at..at + parent.len());
    let span = Span::new(&place(folder, current), at);
    Diagnostic::new(Code::TemplateError, span, format!("there is no template `{parent}`"))
        .help(did_you_mean(parent, sources.iter().map(|(name, _)| name.as_str())))
}

/// The engine's words in one line, in the form of our own.
fn tidy(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = line.trim_end_matches('.').chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}
