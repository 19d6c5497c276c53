//! Parsing of one Markdown file to a page.

use std::sync::Arc;

use super::kind::Kind;
use super::model::{Page, TitleSource, id_of};
use super::placeholder;
use super::prose_layout::plain_layout;
use super::read_front_matter::read_front_matter;
use super::split::split;
use crate::diagnostic::{Diagnosed, Diagnostic, Spanned, catalog, read_utf8};
use crate::markdown::{Block, MarkdownParser, RawHtml, TextOrigin, headings};
use crate::name::fold;
use crate::tree::{FileContent, TreePath};

/// Parses the page in `file`, a path in the project.
///
/// Never fails: a page with broken front matter is still a page, so that links to it resolve and one mistake gives one
/// diagnostic.
pub fn parse(file: &TreePath, content: &FileContent, raw: RawHtml) -> Diagnosed<Page> {
    let mut diagnostics = Vec::new();
    let source: Arc<str> = match (read_utf8(file, content), content.text()) {
        (Ok(_), Some(text)) => Arc::clone(text),
        (Ok(text), None) => text.into(),
        (Err(diagnostic), _) => {
            diagnostics.push(*diagnostic);
            readable(content).into()
        }
    };
    let unreadable = !diagnostics.is_empty();
    let mut page = Page::new(file, &source);
    (page.broken, page.uncertain) = (unreadable, unreadable);
    let mut markdown = MarkdownParser::new(file, &source, raw);
    let mut ignored = Vec::new();
    let reported = if unreadable { &mut ignored } else { &mut diagnostics };
    let mut split = split(file, &source, reported);
    let missing_title = read_front_matter(&mut page, &mut split, &mut markdown, reported);
    page.body = split.body;
    page.blocks = markdown.parse(&source[split.body..], TextOrigin::Verbatim(split.body));
    move_title(&mut page, content);
    placeholder::find(&mut page);
    if let Some(missing_title) = missing_title.filter(|_| page.title_source == TitleSource::Guessed) {
        page.uncertain = true;
        reported.push(missing_title);
    }
    if page.title.value.is_empty() {
        page.title.value = title_from(page.content_path());
    }
    page.names = page.own_names().map(|name| fold(name).into()).collect();
    let (document, markdown_diagnostics) = markdown.finish();
    page.document = document;
    if !matches!(page.kind, Kind::Level | Kind::Competency | Kind::Track) {
        let stray = page.document.raises.iter().map(|span| catalog::raises_outside_expectation(page.span(span)));
        if !unreadable {
            diagnostics.extend(stray);
        }
    }
    if !matches!(page.kind, Kind::Level | Kind::Competency) {
        page.layout = plain_layout(&page, if unreadable { &mut ignored } else { &mut diagnostics });
    }
    if !unreadable {
        page.uncertain |= markdown_diagnostics.iter().any(|diagnostic| diagnostic.code.hides_text());
        diagnostics.extend(markdown_diagnostics);
        check_heading_levels(&page, &mut diagnostics);
    }
    Diagnosed::new(page, diagnostics)
}

/// The title of a page without one: the words of its file name.
fn title_from(content_path: &str) -> String {
    let name = id_of(content_path).rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ");
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// The text of a page that isn't UTF-8: each byte that can't be read is a `_`, so that places in it are those in the file,
/// and neither YAML nor Markdown ends there.
fn readable(bytes: &[u8]) -> String {
    bytes.utf8_chunks().fold(String::new(), |text, chunk| text + chunk.valid() + &"_".repeat(chunk.invalid().len()))
}

/// Removes a heading of level 1 that begins the body if it is or repeats the title, because the template shows the title.
fn move_title(page: &mut Page, bytes: &[u8]) {
    let is_garbled = bytes.get(page.title.span.clone()).is_some_and(|title| std::str::from_utf8(title).is_err());
    if page.title.value.trim().is_empty() || is_garbled {
        page.title_source = TitleSource::Guessed;
    }
    let Some(at) = page.blocks.iter().position(|block| !block.is_blank()) else { return };
    let Block::Heading(heading) = &page.blocks[at] else { return };
    if heading.level != 1 || heading.text.trim().is_empty() {
        return;
    }
    if page.title_source == TitleSource::Guessed {
        page.title = Spanned { value: heading.text.trim().to_owned(), span: heading.span.clone() };
        page.title_source = TitleSource::Written;
    } else if fold(&heading.text) != fold(&page.title.value) {
        return;
    }
    page.body = heading.span.end;
    page.blocks.remove(at);
}

/// Reports skipped heading levels. Screen readers and the table of contents use headings as the outline of the page, whose
/// level 1 is the title.
fn check_heading_levels(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let mut previous = 1;
    headings(&page.blocks, &mut |heading| {
        let span = page.span(&heading.span);
        let text = page.source.get(heading.span.clone()).unwrap_or_default();
        let length = text.len() - text.trim_start_matches('#').len();
        let marks = (length > 0).then(|| page.span(&(heading.span.start..heading.span.start + length)));
        match heading.level {
            1 => diagnostics.push(catalog::heading_beside_title(span, marks)),
            level if level > previous + 1 => {
                diagnostics.push(catalog::skipped_heading_level(span, marks, level, previous));
            }
            _ => {}
        }
        previous = heading.level.max(2);
    });
}
