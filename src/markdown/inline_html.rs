//! The inline part: events of one paragraph, table or the like → finished HTML with holes.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

use super::build::{Footnote, Markdown, Origin};
use super::inline::{self, SpannedEvent};
use super::link::{LinkRef, Target};
use super::raw::{self, RawHtml};
use super::rich::{Rich, Slot};
use crate::diagnostic::Code;

impl Markdown<'_> {
    /// Renders events; their text with markup and without.
    pub(super) fn finished(&mut self, events: Vec<SpannedEvent<'_>>) -> (Rich, String) {
        let text = inline::text_of(&events);
        let (mut raw, mut code) = (false, false);
        let mut out = Vec::with_capacity(events.len());
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, dest_url, .. }) => {
                    events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::Link)));
                    out.extend(self.bare_wikilink(&dest_url, range));
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let dest_url = self.destination(link_type, &dest_url, false, range);
                    let link_type = if link_type == LinkType::Email { link_type } else { LinkType::Inline };
                    out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    let inside = events.as_slice().iter().take_while(|(next, _)| *next != Event::End(TagEnd::Image));
                    if inside.into_iter().all(|(next, _)| !says_something(next)) {
                        let help = "describe it in a few words: `![what it shows](file.png)`";
                        self.report(Code::ImageAlt, &range, NO_ALT, help);
                    }
                    let dest_url = self.destination(link_type, &dest_url, true, range);
                    out.push(Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, title, id }));
                }
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let id = id.map_or_else(|| self.free_anchor("section"), |id| id.to_string());
                    let id = Some(CowStr::from(self.marks.mark(Slot::Id(id))));
                    out.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
                }
                Event::FootnoteReference(label) => out.push(Event::InlineHtml(self.footnote_reference(&label).into())),
                Event::TaskListMarker(done) => out.push(Event::InlineHtml(self.marks.mark(Slot::Task(done)).into())),
                Event::Html(html) | Event::InlineHtml(html) if self.raw == RawHtml::Escape => {
                    out.push(Event::Text(html));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    raw = true;
                    out.push(Event::InlineHtml(self.mark_addresses(&html, &range).into()));
                }
                event => {
                    match &event {
                        Event::Start(Tag::CodeBlock(_)) => code = true,
                        Event::End(TagEnd::CodeBlock) => code = false,
                        Event::Text(_) if !code => self.link_slips(&range),
                        _ => {}
                    }
                    out.push(event);
                }
            }
        }
        let mut marked = String::new();
        html::push_html(&mut marked, out.into_iter());
        // A strict Content-Security-Policy refuses style attributes.
        for side in ["left", "center", "right"] {
            let style = format!(" style=\"text-align: {side}\"");
            if marked.contains(&style) {
                marked = marked.replace(&style, &format!(" class=\"align-{side}\""));
            }
        }
        (self.rich(&marked, raw), text)
    }

    pub(super) fn rich(&self, marked: &str, raw: bool) -> Rich {
        if raw && self.raw == RawHtml::Safe {
            self.marks.rich(&raw::sanitise(marked, &self.marks))
        } else {
            self.marks.rich(marked)
        }
    }

    /// `[[senior]]`: shown under the title of the page it names.
    fn bare_wikilink(&mut self, written: &str, range: Range<usize>) -> [Event<'static>; 3] {
        let label = match Target::wiki(written) {
            Target::Own(anchor) => Event::Text(anchor.into()),
            _ => Event::InlineHtml(self.marks.mark(Slot::Label(self.links.len())).into()),
        };
        let dest_url = self.target(Target::wiki(written), false, range);
        let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
        let start = Tag::Link { link_type: LinkType::Inline, dest_url, title, id };
        [Event::Start(start), label, Event::End(TagEnd::Link)]
    }

    fn destination(&mut self, kind: LinkType, written: &str, image: bool, range: Range<usize>) -> CowStr<'static> {
        match kind {
            LinkType::Email => written.to_owned().into(),
            LinkType::WikiLink { .. } if !image => self.target(Target::wiki(written), image, range),
            _ => self.target(Target::address(written), image, range),
        }
    }

    /// Notes a link down and returns what stands for its address in the HTML.
    fn target(&mut self, target: Target, image: bool, span: Range<usize>) -> CowStr<'static> {
        match target {
            Target::External(_) if image => {
                let help = "save the image next to the page, so that no other site learns who reads it";
                self.report(Code::RemoteImage, &span, "this image would be loaded from another site", help);
                CowStr::Borrowed("")
            }
            Target::External(address) => address.into(),
            Target::Unsafe(address) => {
                self.refuse(&address, image, &span);
                CowStr::Borrowed("")
            }
            target => {
                let mark = self.marks.mark(Slot::Href(self.links.len()));
                self.links.push(LinkRef { target, image, span });
                mark.into()
            }
        }
    }

    /// Notes an address that could run code, or that leads to a file of its author's machine.
    fn refuse(&mut self, address: &str, image: bool, span: &Range<usize>) {
        let scheme = address.split(':').next().unwrap_or_default();
        if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") {
            let help = "copy the file into `content/` and link to the copy, or link to its web address";
            self.report(Code::LinkOutside, span, format!("`{address}` is a file on your computer"), help);
        } else if image {
            let help = "save the image next to the page, and link to that file";
            self.report(Code::UnsafeLink, span, format!("an image's address can't start with `{scheme}:`"), help);
        } else {
            let known = super::link::SCHEMES.map(|name| format!("`{name}:`")).join(", ");
            let help = format!("link to a page, to a file in `content/`, or to an address that starts with {known}");
            self.report(Code::UnsafeLink, span, format!("a link can't start with `{scheme}:`"), help);
        }
    }

    /// Replaces the addresses in raw HTML by marks, so that they are checked and led like any other link.
    pub(super) fn mark_addresses(&mut self, html: &str, range: &Range<usize>) -> String {
        let mut out = String::with_capacity(html.len());
        let mut from = 0;
        let exact = matches!(self.place, Origin::From(_));
        let place = |at: &Range<usize>| {
            if exact { range.start + at.start..range.start + at.end } else { range.clone() }
        };
        if self.raw == RawHtml::Safe {
            for (element, at) in raw::removed(html) {
                self.note_removed(element, &place(&at));
            }
        }
        for at in raw::undescribed_images(html) {
            let help = "describe it in a few words, `alt=\"…\"`; if it's only decoration, write `alt=\"\"`";
            self.report(Code::ImageAlt, &place(&at), NO_ALT, help);
        }
        for (image, at) in raw::addresses(html, self.raw == RawHtml::Safe) {
            let span = place(&at);
            let written = html[at.clone()].replace("&amp;", "&");
            out.push_str(&html[from..at.start]);
            let address = self.target(Target::address(&written), image, span);
            out.push_str(&super::escape(&address));
            from = at.end;
        }
        out + &html[from..]
    }

    /// Notes an element of raw HTML that is left out, each kind once.
    fn note_removed(&mut self, element: &str, place: &Range<usize>) {
        if self.removed.insert(element.to_ascii_lowercase()) {
            let message = format!("`<{element}>` is removed: it isn't on the list of safe HTML");
            let help = format!(
                "to show it as text, put it in backticks: `` `<{element}>` ``; to publish all HTML unchanged, set \
                 `html: allow` in stepladder.yaml"
            );
            self.report(Code::HtmlRemoved, place, message, help);
        }
    }

    fn footnote_reference(&mut self, label: &str) -> String {
        let at = self.footnotes.iter().position(|footnote| footnote.label == label).unwrap_or_else(|| {
            let number = self.footnotes.len() + 1;
            self.footnotes.push(Footnote { label: label.to_owned(), number, references: 0, blocks: Vec::new() });
            number - 1
        });
        let footnote = &mut self.footnotes[at];
        footnote.references += 1;
        let href = self.marks.mark(Slot::Own(footnote.anchor()));
        let id = self.marks.mark(Slot::Id(footnote.reference_anchor(footnote.references)));
        let number = footnote.number;
        format!(
            "<sup class=\"footnote-ref\"><a href=\"{href}\" id=\"{id}\" aria-label=\"Footnote {number}\">{number}</a></sup>"
        )
    }
}

/// What is wrong with an image without a text.
const NO_ALT: &str = "this image has no text for people who can't see it";

fn says_something(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty())
}
