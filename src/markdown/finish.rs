//! The inline part: events of one paragraph, table or the like → finished HTML with holes.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

use super::build::{Footnote, Markdown, Place};
use super::inline::{self, Placed};
use super::link::{LinkRef, Target};
use super::raw::{self, RawHtml};
use super::rich::{Rich, Slot};
use crate::diagnostic::Code;

impl Markdown<'_> {
    /// Renders events; their text with markup and without.
    pub(super) fn finished(&mut self, events: Vec<Placed<'_>>) -> (Rich, String) {
        let text = inline::text_of(&events);
        let mut raw = false;
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
                    let described = events.as_slice().first().is_some_and(|(next, _)| *next != Event::End(TagEnd::Image));
                    if !described {
                        let help = "say in a few words what it shows: `![what it shows](file.png)`";
                        self.note(Code::ImageAlt, &range, "this image has no text for those who can't see it", help);
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
                Event::TaskListMarker(done) => out.push(Event::InlineHtml(task_mark(done).into())),
                Event::Html(html) | Event::InlineHtml(html) if self.raw == RawHtml::Escape => out.push(Event::Text(html)),
                Event::Html(html) | Event::InlineHtml(html) => {
                    raw = true;
                    out.push(Event::InlineHtml(self.mark_addresses(&html, &range).into()));
                }
                event => out.push(event),
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
                let help = "save the image beside the page, so that no other host learns who reads it";
                self.note(Code::RemoteImage, &span, "this image would be loaded from another host", help);
                CowStr::Borrowed("")
            }
            Target::External(address) => address.into(),
            Target::Unsafe(address) => {
                let scheme = address.split(':').next().unwrap_or_default().to_owned();
                let help = format!("links may start with {}", super::link::SCHEMES.map(|name| format!("`{name}:`")).join(", "));
                self.note(Code::UnsafeLink, &span, format!("a link can't start with `{scheme}:`"), help);
                CowStr::Borrowed("")
            }
            target => {
                let mark = self.marks.mark(Slot::Href(self.links.len()));
                self.links.push(LinkRef { target, image, span });
                mark.into()
            }
        }
    }

    /// Replaces the addresses in raw HTML by marks, so that they are checked and led like any other link.
    pub(super) fn mark_addresses(&mut self, html: &str, range: &Range<usize>) -> String {
        let mut out = String::with_capacity(html.len());
        let mut from = 0;
        for (image, at) in raw::addresses(html) {
            let exact = matches!(self.place, Place::From(_));
            let span = if exact { range.start + at.start..range.start + at.end } else { range.clone() };
            let written = html[at.clone()].replace("&amp;", "&");
            out.push_str(&html[from..at.start]);
            let address = self.target(Target::address(&written), image, span);
            out.push_str(&super::escape(&address));
            from = at.end;
        }
        out + &html[from..]
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
        format!("<sup class=\"footnote-ref\"><a href=\"{href}\" id=\"{id}\" aria-label=\"Footnote {number}\">{number}</a></sup>")
    }
}

fn task_mark(done: bool) -> String {
    let (checked, label) = if done { (" checked", "Done") } else { ("", "To do") };
    format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ")
}
