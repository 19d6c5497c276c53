//! Raw HTML that spans several blocks.

use std::cell::RefCell;
use std::ops::Range;

use super::block::Block;
use super::build::{DEEPEST, Markdown, Piece};
use super::raw;
use super::rich::{Fill, Marks, Slot};
use crate::diagnostic::Code;

impl Markdown<'_> {
    /// Puts raw HTML together with what it wraps: `<details>` with what it holds, and any other element that opens in
    /// one block and closes in a later one.
    pub(super) fn group(&mut self, pieces: Vec<Piece>) -> Vec<Block> {
        self.group_inside(pieces, 0)
    }

    /// As [`Self::group`], inside so many `<details>`.
    fn group_inside(&mut self, pieces: Vec<Piece>, depth_of_details: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut pieces = pieces.into_iter();
        while let Some(piece) = pieces.next() {
            let (html, place) = match piece {
                Piece::Block(block) => {
                    blocks.push(block);
                    continue;
                }
                Piece::Raw(html, place) => (html, place),
            };
            let open = raw::unclosed(&html);
            let mut inside = Vec::new();
            let mut depth = open;
            while depth > 0 {
                let Some(next) = pieces.next() else { break };
                if let Piece::Raw(html, _) = &next {
                    depth += raw::unclosed(html);
                }
                inside.push(next);
            }
            if depth > 0 && !inside.is_empty() || html.starts_with("<!--") && !html.contains("-->") {
                self.unclosed_element(&html, &place);
            }
            let block = match details_head(&html) {
                Some(head) if (open > 0 || ends_details(&html)) && depth_of_details < DEEPEST => {
                    self.details(&head, inside, depth_of_details + 1)
                }
                _ => self.wrapped(html, inside),
            };
            blocks.push(block);
        }
        blocks
    }

    /// Notes an element that nothing closes, for all that follows is in it.
    fn unclosed_element(&mut self, html: &str, place: &Range<usize>) {
        let comment = html.starts_with("<!--");
        let name: String = html.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let (open, close, length) = if comment {
            ("<!--".to_owned(), "-->".to_owned(), 4)
        } else {
            let tag = html.split(['>', '\n']).next().map_or(0, str::len) + 1;
            (format!("<{name}>"), format!("</{name}>"), html.len().min(tag))
        };
        let span = if self.exactly(place).is_some() { place.start..place.start + length } else { place.clone() };
        let message = format!("`{open}` is never closed, so it includes everything below");
        self.report(Code::UnclosedBlock, &span, message, format!("close it with `{close}` on its own line"));
    }

    fn details(&mut self, head: &DetailsHead, mut inside: Vec<Piece>, depth: usize) -> Block {
        inside.insert(0, Piece::Raw(head.rest.clone(), 0..0));
        // The last piece closes the element; what it says before that stays.
        if let Some(Piece::Raw(last, _)) = inside.last_mut() {
            let kept = last.rfind("</details").map_or(last.len(), |at| at);
            last.truncate(kept);
        }
        inside.retain(|piece| !matches!(piece, Piece::Raw(html, _) if html.trim().is_empty()));
        let blocks = self.group_inside(inside, depth);
        let summary = self.rich(&head.summary, true);
        Block::Details { summary, summary_text: super::plain(&head.summary), open: head.open, blocks }
    }

    fn wrapped(&mut self, html: String, inside: Vec<Piece>) -> Block {
        let mut marked = html;
        for piece in inside {
            match piece {
                Piece::Raw(html, _) => marked.push_str(&html),
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
    fn task(&self, done: bool, out: &mut String) {
        out.push_str(&self.0.borrow_mut().mark(Slot::Task(done)));
    }
    fn at_home(&self) -> bool {
        true
    }
    fn id(&self, id: &str, out: &mut String) {
        out.push_str(&format!(" id=\"{}\"", self.0.borrow_mut().mark(Slot::Id(id.to_owned()))));
    }
}

/// Whether raw HTML that opens and closes in one block ends with what closes its `<details>`.
fn ends_details(html: &str) -> bool {
    raw::unclosed(html) == 0 && html.trim_end().to_ascii_lowercase().ends_with("</details>")
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
