//! Raw HTML that spans several blocks.

use std::cell::RefCell;

use super::block::Block;
use super::build::{Markdown, Piece};
use super::raw;
use super::rich::{Fill, Marks, Slot};

impl Markdown<'_> {
    /// Puts raw HTML together with what it wraps: `<details>` with what it holds, and any other element that opens in
    /// one block and closes in a later one.
    pub(super) fn group(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut pieces = pieces.into_iter();
        while let Some(piece) = pieces.next() {
            let html = match piece {
                Piece::Block(block) => {
                    blocks.push(block);
                    continue;
                }
                Piece::Raw(html) => html,
            };
            let open = raw::unclosed(&html);
            let mut inside = Vec::new();
            let mut depth = open;
            while depth > 0 {
                let Some(next) = pieces.next() else { break };
                if let Piece::Raw(html) = &next {
                    depth += raw::unclosed(html);
                }
                inside.push(next);
            }
            let block = match details_head(&html) {
                Some(head) if open > 0 => self.details(&head, inside),
                _ => self.wrapped(html, inside),
            };
            blocks.push(block);
        }
        blocks
    }

    fn details(&mut self, head: &DetailsHead, mut inside: Vec<Piece>) -> Block {
        // The last piece closes the element; what it says before that stays.
        if let Some(Piece::Raw(last)) = inside.last_mut() {
            let kept = last.rfind("</details").map_or(last.len(), |at| at);
            last.truncate(kept);
        }
        inside.insert(0, Piece::Raw(head.rest.clone()));
        inside.retain(|piece| !matches!(piece, Piece::Raw(html) if html.trim().is_empty()));
        let blocks = self.group(inside);
        let summary = self.rich(&head.summary, true);
        Block::Details { summary, summary_text: super::plain(&head.summary), open: head.open, blocks }
    }

    fn wrapped(&mut self, html: String, inside: Vec<Piece>) -> Block {
        let mut marked = html;
        for piece in inside {
            match piece {
                Piece::Raw(html) => marked.push_str(&html),
                Piece::Block(block) => {
                    let again = Again(RefCell::new(&mut self.marks));
                    super::write_blocks(&[block], &again, &mut marked);
                }
            }
        }
        Block::Other(self.rich(&marked, true))
    }
}

/// Turns holes back into marks, so that finished blocks can be sanitised as part of something larger.
struct Again<'m>(RefCell<&'m mut Marks>);

impl Fill for Again<'_> {
    fn href(&self, link: usize, out: &mut String) {
        out.push_str(&self.0.borrow_mut().mark(Slot::Href(link)));
    }
    fn label(&self, link: usize, out: &mut String) {
        out.push_str(&self.0.borrow_mut().mark(Slot::Label(link)));
    }
    fn own(&self, anchor: &str, out: &mut String) {
        out.push_str(&self.0.borrow_mut().mark(Slot::Own(anchor.to_owned())));
    }
    fn at_home(&self) -> bool {
        true
    }
    fn id(&self, id: &str, out: &mut String) {
        out.push_str(&format!(" id=\"{}\"", self.0.borrow_mut().mark(Slot::Id(id.to_owned()))));
    }
}

struct DetailsHead {
    summary: String,
    rest: String,
    open: bool,
}

/// Takes `<details><summary>…</summary>` apart, if that is how some raw HTML begins.
fn details_head(html: &str) -> Option<DetailsHead> {
    let trimmed = html.trim_start();
    let lower = trimmed.to_ascii_lowercase();
    let tag = lower.strip_prefix("<details")?;
    let tag_end = tag.find('>')?;
    let open = tag[..tag_end].split_whitespace().any(|attribute| attribute.split('=').next() == Some("open"));
    let after = "<details".len() + tag_end + 1;
    let summary_tag = lower[after..].find("<summary").map(|at| after + at);
    let Some((from, to)) = summary_tag.and_then(|tag| {
        let from = tag + lower[tag..].find('>')? + 1;
        Some((from, from + lower[from..].find("</summary")?))
    }) else {
        return Some(DetailsHead { summary: "Details".to_owned(), rest: trimmed[after..].to_owned(), open });
    };
    let rest_from = to + lower[to..].find('>')? + 1;
    let summary = trimmed[from..to].trim().to_owned();
    Some(DetailsHead { summary, rest: trimmed[rest_from..].to_owned(), open })
}
