//! Rendering of inline events (of a paragraph, heading or table) to [`PartialHtml`].

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};

use super::autolinks::autolinks;
use super::inline_marks::{self, SpannedEvent};
use super::link::{LINK_SCHEMES, LinkRef, Target};
use super::parser::{MarkdownParser, TextOrigin};
use super::partial_html::{PartialHtml, Placeholder};
use super::raw_html::{self, AttributeUse, PageAttribute, RawHtml};
use super::text::escape;
use crate::diagnostic::{Spanned, catalog};

impl MarkdownParser<'_> {
    /// Renders inline events; returns their HTML and their plain text.
    pub(super) fn render_inline(&mut self, events: Vec<SpannedEvent<'_>>) -> (PartialHtml, String) {
        let text = inline_marks::text_of(&events);
        let (mut raw_html, mut in_code) = (None::<Range<usize>>, false);
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
                    if inside.into_iter().all(|(next, _)| !has_text(next)) {
                        self.push(catalog::image_without_text(self.span(&range)));
                    }
                    let dest_url = self.destination(link_type, &dest_url, true, range);
                    out.push(Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, title, id }));
                }
                Event::Start(Tag::Heading { level, id, .. }) => {
                    let id = id.map_or_else(|| self.unique_anchor("section"), |id| id.to_string());
                    let id = Some(CowStr::from(self.markers.insert(Placeholder::Id(id))));
                    let level = level.max(HeadingLevel::H2);
                    out.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
                }
                Event::End(TagEnd::Heading(level)) => {
                    out.push(Event::End(TagEnd::Heading(level.max(HeadingLevel::H2))));
                }
                Event::FootnoteReference(label) => out.push(Event::InlineHtml(self.footnote_reference(&label).into())),
                Event::TaskListMarker(done) => {
                    out.push(Event::InlineHtml(self.markers.insert(Placeholder::Task(done)).into()));
                }
                Event::Html(html) | Event::InlineHtml(html) if self.raw == RawHtml::Escape => {
                    out.push(Event::Text(html));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    raw_html.get_or_insert(range.clone()).end = range.end;
                    out.push(Event::InlineHtml(self.replace_attributes(&html, &range).into()));
                }
                event => {
                    match &event {
                        Event::Start(Tag::CodeBlock(_)) => in_code = true,
                        Event::End(TagEnd::CodeBlock) => in_code = false,
                        Event::Text(_) if !in_code => self.report_malformed_links(&range),
                        _ => {}
                    }
                    out.push(event);
                }
            }
        }
        let mut marked = String::new();
        html::push_html(&mut marked, autolinks(out).into_iter());
        // A strict Content-Security-Policy blocks style attributes.
        for side in ["left", "center", "right"] {
            let style = format!(" style=\"text-align: {side}\"");
            if marked.contains(&style) {
                marked = marked.replace(&style, &format!(" class=\"align-{side}\""));
            }
        }
        let html = match raw_html {
            Some(span) => self.raw_partial_html(&marked, &span),
            None => self.markers.to_partial_html(&marked),
        };
        (html, text)
    }

    /// As [`Self::partial_html`]. Elements that are nested too deeply to be sanitised are reported.
    pub(super) fn raw_partial_html(&mut self, marked: &str, span: &Range<usize>) -> PartialHtml {
        if self.raw == RawHtml::Safe
            && let Some(at) = raw_html::too_deep(marked)
        {
            let tag = marked[at..].find('>').map_or(marked.len(), |end| at + end + 1);
            // Markers for addresses and ids make the HTML longer than its source.
            let exact = span.start + at..span.start + tag;
            let is_exact = self.verbatim_source(&exact).is_some_and(|source| *source == marked[at..tag]);
            let span = self.span(if is_exact { &exact } else { span });
            self.push(catalog::deep_html(span, raw_html::MAX_HTML_DEPTH));
            return PartialHtml::text(marked);
        }
        self.partial_html(marked)
    }

    /// Converts raw HTML with markers to [`PartialHtml`]. It's sanitised first, if the project asks for it.
    pub(super) fn partial_html(&self, marked: &str) -> PartialHtml {
        match self.raw {
            RawHtml::Safe => self.markers.to_partial_html(&raw_html::sanitise(marked, &self.markers)),
            RawHtml::Escape | RawHtml::Allow => self.markers.to_partial_html(marked),
        }
    }

    /// Renders `[[senior]]`, whose text is the title of the page it names.
    fn bare_wikilink(&mut self, written: &str, range: Range<usize>) -> [Event<'static>; 3] {
        let label = match Target::wiki(written) {
            Target::Own(anchor) => Event::Text(anchor.into()),
            _ => Event::InlineHtml(self.markers.insert(Placeholder::Label(self.links.len())).into()),
        };
        let dest_url = self.add_link(Target::wiki(written), false, range);
        let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
        let start = Tag::Link { link_type: LinkType::Inline, dest_url, title, id };
        [Event::Start(start), label, Event::End(TagEnd::Link)]
    }

    fn destination(&mut self, kind: LinkType, written: &str, image: bool, range: Range<usize>) -> CowStr<'static> {
        match kind {
            LinkType::Email => written.to_owned().into(),
            LinkType::WikiLink { .. } if !image => self.add_link(Target::wiki(written), image, range),
            _ => self.add_link(Target::address(written), image, range),
        }
    }

    /// Registers a link and returns the marker for its address. External addresses are returned unchanged; unsafe ones are
    /// reported and left empty.
    fn add_link(&mut self, target: Target, image: bool, span: Range<usize>) -> CowStr<'static> {
        match target {
            Target::External(_) if image => {
                self.push(catalog::remote_image(self.span(&span)));
                CowStr::Borrowed("")
            }
            Target::External(address) => address.into(),
            Target::Unsafe(address) => {
                self.report_unsafe_address(&address, image, &span);
                CowStr::Borrowed("")
            }
            target => {
                let mark = self.markers.insert(Placeholder::Href(self.links.len()));
                self.links.push(LinkRef { target, image, span });
                mark.into()
            }
        }
    }

    /// Reports an address that could run code, or that refers to a file on the author's computer.
    fn report_unsafe_address(&mut self, address: &str, image: bool, span: &Range<usize>) {
        let scheme = address.split(':').next().unwrap_or_default();
        let span = self.span(span);
        self.push(if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") {
            catalog::local_file(span, address)
        } else if image {
            catalog::unsafe_image(span, scheme)
        } else {
            catalog::unsafe_link(span, scheme, &LINK_SCHEMES)
        });
    }

    /// Replaces the addresses and ids in raw HTML by markers, so that they are treated like those of Markdown.
    pub(super) fn replace_attributes(&mut self, html: &str, range: &Range<usize>) -> String {
        let mut out = String::with_capacity(html.len());
        let mut from = 0;
        let exact = matches!(self.origin, TextOrigin::Verbatim(_));
        let span_of = |at: &Range<usize>| {
            if exact { range.start + at.start..range.start + at.end } else { range.clone() }
        };
        if self.raw == RawHtml::Safe {
            for (element, at) in raw_html::removed_elements(html) {
                self.report_removed_element(element, &span_of(&at));
            }
        }
        for at in raw_html::images_without_alt(html) {
            self.push(catalog::html_image_without_text(self.span(&span_of(&at))));
        }
        for PageAttribute { usage, range: whole, value } in raw_html::page_attributes(html, self.raw == RawHtml::Safe) {
            let span = span_of(&value);
            let written = html[value.clone()].replace("&amp;", "&");
            if usage == AttributeUse::Anchor {
                out.push_str(html[from..whole.start].trim_end());
                out.push_str(&format!(" id=\"{}\"", self.add_anchor(written, span)));
                from = whole.end;
            } else {
                out.push_str(&html[from..value.start]);
                let address = self.add_link(Target::address(&written), usage == AttributeUse::Image, span);
                out.push_str(&escape(&address));
                from = value.end;
            }
        }
        raw_html::without_h1(&(out + &html[from..])).into_owned()
    }

    /// Registers the id of an element of raw HTML and returns the marker for it.
    fn add_anchor(&mut self, id: String, span: Range<usize>) -> String {
        self.report_reserved_id(&id, &span);
        if self.anchors.insert(id.clone()) {
            self.raw_anchors.push(Spanned { value: id.clone(), span });
        } else {
            self.report_duplicate_anchor(&id, &span);
        }
        self.markers.insert(Placeholder::Id(id))
    }

    /// Reports an element of raw HTML that is removed, once for each element name.
    fn report_removed_element(&mut self, element: &str, span: &Range<usize>) {
        if self.removed_elements.insert(element.to_ascii_lowercase()) {
            self.push(catalog::removed_element(self.span(span), element));
        }
    }
}

fn has_text(event: &Event<'_>) -> bool {
    matches!(event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty())
}
