use super::view::{PageLink, PlaceView, SentenceView, ShortLink};
use crate::context::RenderContext;
use crate::diagnostic::{Position, position};
use crate::ladder::{CompetencyId, ExpectationId, LevelId};
use crate::link::encode;
use crate::markdown::escape;
use crate::page::PageId;

/// What links on the author's page are made with.
pub(super) struct AuthorLinks<'a> {
    pub(super) context: &'a RenderContext,
    pub(super) prefix: &'a str,
    pub(super) editor: &'a dyn Fn(&str, usize, usize) -> Option<String>,
}

impl AuthorLinks<'_> {
    pub(super) fn home(&self) -> String {
        self.prefix.to_owned()
    }

    /// A page and the line of its title.
    pub(super) fn page(&self, id: PageId) -> PageLink {
        let page = self.context.pages.get(id);
        self.page_at(id, page.title.span.start)
    }

    /// A page and the line of a byte of its file.
    pub(super) fn page_at(&self, id: PageId, byte: usize) -> PageLink {
        let ShortLink { title, url } = self.link(id);
        PageLink { title, url, place: self.place_on(id, byte) }
    }

    pub(super) fn link(&self, id: PageId) -> ShortLink {
        let url = format!("{}{}", self.prefix, self.context.address(id).url);
        ShortLink { title: self.context.pages.get(id).title.value.clone(), url }
    }

    pub(super) fn level(&self, id: LevelId) -> PageLink {
        self.page(self.context.ladder.level(id).page)
    }

    pub(super) fn place_on(&self, id: PageId, byte: usize) -> PlaceView {
        let page = self.context.pages.get(id);
        self.place(page.file.as_str(), Some(position(page.source.as_bytes(), byte)))
    }

    /// A place in a file; the file alone when its lines are not known.
    pub(super) fn place(&self, file: &str, at: Option<Position>) -> PlaceView {
        match at {
            Some(Position { line, column }) => {
                PlaceView { text: format!("{file}:{line}"), editor: (self.editor)(file, line, column) }
            }
            None => PlaceView { text: file.to_owned(), editor: (self.editor)(file, 1, 1) },
        }
    }

    /// Where a level's page shows a cell.
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
            text: expectation.statement.text.clone(),
            url: format!("{url}#{}", encode(&expectation.id)),
            level: title,
            competency: cell.map(|(of, _)| self.link(ladder.competency(*of).page).title).unwrap_or_default(),
            place: self.place_on(expectation.page, expectation.statement.span.start),
        }
    }
}

/// A message as HTML: what stands between backticks is code.
pub(super) fn worded(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let paired = parts.len() % 2 == 1;
    let mut html = String::new();
    for (at, part) in parts.iter().enumerate() {
        match at % 2 {
            _ if !paired => return escape(message),
            1 => html.push_str(&format!("<code>{}</code>", escape(part))),
            _ => html.push_str(&escape(part)),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::worded;

    #[test]
    fn what_stands_between_backticks_is_code_and_nothing_is_markup() {
        assert_eq!(worded("no `<b>` & `c`"), "no <code>&lt;b&gt;</code> &amp; <code>c</code>");
        assert_eq!(worded("one ` <i>"), "one ` &lt;i&gt;");
    }
}
