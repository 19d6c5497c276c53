//! Edits of pages: an id for an expectation, an alias for a former address.

use crate::config::Urls;
use crate::diagnostic::Span;
use crate::ladder::Statement;
use crate::page::Page;
use crate::tree::TreePath;
use crate::yaml;

/// The edit that gives an expectation an id: at the end of its first line.
pub(super) fn id_edit(page: &Page, statement: &Statement, id: &str) -> (Span, String) {
    let end = first_line_end(&page.source, statement);
    (page.span(&(end..end)), format!(" {{#{id}}}"))
}

/// The end of the first line of an expectation's text, before white space and marks of a line break.
fn first_line_end(source: &str, statement: &Statement) -> usize {
    let whole = source.get(statement.span.clone()).unwrap_or_default();
    let line = whole.split('\n').next().unwrap_or_default();
    let line = line.to_ascii_lowercase().find("<br").map_or(line, |at| &line[..at]);
    let text = line.trim_end();
    let text = text.strip_suffix('\\').unwrap_or(text).trim_end();
    statement.span.start + text.len()
}

/// The edit that adds a former address to the aliases of a page.
pub(super) fn alias_edit(page: &Page, alias: &str) -> (Span, String) {
    let alias = yaml::scalar(alias);
    let Some(last) = page.aliases.last() else { return (first_field(page), format!("aliases: [{alias}]\n")) };
    let before = page.source[..last.span.start].trim_end();
    let at = page.span(&(last.span.end..last.span.end));
    if before.ends_with(['[', ',']) {
        return (at, format!(", {alias}"));
    }
    if before.ends_with('-') {
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let indentation = &page.source[line..before.len() - 1];
        return (at, format!("\n{indentation}- {alias}"));
    }
    let written = &page.source[last.span.clone()];
    (page.span(&last.span), format!("[{written}, {alias}]"))
}

/// The edit that sets the id of a page.
pub(super) fn page_id_edit(page: &Page, id: &str) -> (Span, String) {
    let id = yaml::scalar(id);
    match &page.id_span {
        Some(span) => (page.span(span), id),
        None => (first_field(page), format!("id: {id}\n")),
    }
}

/// The place of a new first field in front matter.
fn first_field(page: &Page) -> Span {
    let start = page.source.find('\n').map_or(page.source.len(), |end| end + 1);
    page.span(&(start..start))
}

/// The alias that stands for a file of the site.
pub(super) fn alias_of(file: &TreePath, urls: Urls) -> String {
    let path = file.as_str();
    match (path.strip_suffix("/index.html"), path.strip_suffix(".html"), urls) {
        (Some(folder), ..) => format!("{folder}/"),
        (None, Some(stem), Urls::File) => stem.to_owned(),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_written_as_authors_write_it() {
        let of = |file, urls| alias_of(&TreePath::normalized(file), urls);
        assert_eq!(of("ic/senior.html", Urls::File), "ic/senior");
        assert_eq!(of("ic/index.html", Urls::File), "ic/");
        assert_eq!(of("ic/senior/index.html", Urls::Directory), "ic/senior/");
        assert_eq!(of("ic/senior.html", Urls::Directory), "ic/senior.html");
    }
}
