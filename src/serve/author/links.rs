//! Links of the author's page.

use super::view::{PageLink, SentenceView, ShortLink, SourcePlace};
use crate::context::RenderContext;
use crate::diagnostic::{Position, position};
use crate::ladder::{CompetencyId, ExpectationId, LevelId};
use crate::markdown::escape;
use crate::page::PageId;
use crate::percent::encode;

/// Builds the links of the author's page, to pages of the preview and to places in source files.
pub(super) struct AuthorLinks<'a> {
    pub(super) context: &'a RenderContext,
    /// The URL path of the site's root in the preview, with `/` at both ends.
    pub(super) prefix: &'a str,
    /// Returns the URL that opens a file at a line and a column in the author's editor.
    pub(super) editor: &'a dyn Fn(&str, usize, usize) -> Option<String>,
}

impl AuthorLinks<'_> {
    /// The URL of the site's home page.
    pub(super) fn home(&self) -> String {
        self.prefix.to_owned()
    }

    /// A link to a page, and the place of its title.
    pub(super) fn page(&self, id: PageId) -> PageLink {
        let page = self.context.pages.get(id);
        self.page_at(id, page.title.span.start)
    }

    /// A link to a page, and the place of a byte offset in its source.
    pub(super) fn page_at(&self, id: PageId, byte: usize) -> PageLink {
        let ShortLink { title, url } = self.link(id);
        PageLink { title, url, place: self.place_in_page(id, byte) }
    }

    pub(super) fn link(&self, id: PageId) -> ShortLink {
        let url = format!("{}{}", self.prefix, self.context.address(id).url);
        ShortLink { title: self.context.pages.get(id).title.value.clone(), url }
    }

    pub(super) fn level(&self, id: LevelId) -> PageLink {
        self.page(self.context.ladder.level(id).page)
    }

    pub(super) fn place_in_page(&self, id: PageId, byte: usize) -> SourcePlace {
        let page = self.context.pages.get(id);
        self.place(page.file.as_str(), Some(position(page.source.as_bytes(), byte)))
    }

    /// A place in the file of a page that is named beside it: its line.
    pub(super) fn line_in_page(&self, id: PageId, byte: usize) -> SourcePlace {
        let page = self.context.pages.get(id);
        let Position { line, column } = position(page.source.as_bytes(), byte);
        SourcePlace { text: format!("line {line}"), editor: (self.editor)(page.file.as_str(), line, column) }
    }

    /// A place in a file; only the file if the position is unknown.
    pub(super) fn place(&self, file: &str, at: Option<Position>) -> SourcePlace {
        match at {
            Some(Position { line, column }) => {
                SourcePlace { text: format!("{file}:{line}"), editor: (self.editor)(file, line, column) }
            }
            None => SourcePlace { text: file.to_owned(), editor: (self.editor)(file, 1, 1) },
        }
    }

    /// A link to a cell on the page of its level.
    pub(super) fn cell(&self, level: LevelId, competency: CompetencyId) -> ShortLink {
        let url = self.link(self.context.ladder.level(level).page).url;
        let title = self.link(self.context.ladder.competency(competency).page).title;
        match self.context.anchors.level(level).cells.get(&competency) {
            Some(anchor) => ShortLink { title, url: format!("{url}#{}", encode(anchor)) },
            None => ShortLink { title, url },
        }
    }

    pub(super) fn sentence(&self, id: ExpectationId) -> SentenceView {
        let ladder = &self.context.ladder;
        let expectation = ladder.expectation(id);
        let level = ladder.level(expectation.level);
        let cell = level.cells.iter().find(|(_, cell)| cell.lines.contains(&id));
        let ShortLink { title, url } = self.link(level.page);
        SentenceView {
            text: expectation.statement.full_text().into_owned(),
            url: format!("{url}#{}", encode(&expectation.id)),
            level: title,
            competency: cell.map(|(of, _)| self.link(ladder.competency(*of).page).title).unwrap_or_default(),
            place: self.place_in_page(expectation.page, expectation.statement.span.start),
        }
    }
}

/// Converts a message to HTML; text between backticks becomes code. Unpaired backticks stay as they are.
pub(super) fn message_html(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    let mut html = String::new();
    for (at, part) in parts.iter().enumerate() {
        match at % 2 {
            _ if !is_paired => return escape(message),
            1 => html.push_str(&format!("<code>{}</code>", escape(part))),
            _ => html.push_str(&escape(part)),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::message_html;

    #[test]
    fn text_between_backticks_becomes_code_and_markup_is_escaped() {
        assert_eq!(message_html("no `<b>` & `c`"), "no <code>&lt;b&gt;</code> &amp; <code>c</code>");
        assert_eq!(message_html("one ` <i>"), "one ` &lt;i&gt;");
    }
}
