//! HTML with placeholders for what isn't known until a page is rendered.

use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

use super::text::{escape, plain};

/// HTML with placeholders for everything that depends on the whole site or on the page that shows it, such as addresses
/// and titles of linked pages. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartialHtml(Arc<Inner>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Inner {
    html: Box<str>,
    /// Byte offsets in `html`, ascending, and what is inserted there.
    placeholders: Box<[(usize, Placeholder)]>,
}

impl Inner {
    fn new(html: impl Into<Box<str>>, placeholders: Vec<(usize, Placeholder)>) -> Self {
        Self { html: html.into(), placeholders: placeholders.into() }
    }
}

/// A part of HTML that is inserted when a page is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// The address of the document's n-th link, inside an attribute.
    Href(usize),
    /// The title of the page that the n-th link names.
    Label(usize),
    /// The address of an anchor on the document's own page, inside an attribute.
    OwnAnchor(String),
    /// An `id` attribute, written only on the document's own page.
    Id(String),
    /// The checkbox of a task list item, checked or not. The sanitiser would remove an `<input>`.
    Task(bool),
}

/// Writes the placeholders of one document's texts on one page. Implementations escape what they write.
pub trait PlaceholderWriter {
    /// Writes the address of the document's n-th link.
    fn href(&self, link: usize, out: &mut String);
    /// Writes the title of the page that the n-th link names.
    fn label(&self, link: usize, out: &mut String);
    /// Writes the address of an anchor on the document's own page.
    fn own_anchor(&self, anchor: &str, out: &mut String);
    /// Writes the checkbox of a task list item.
    fn task(&self, done: bool, out: &mut String) {
        let (checked, label) = if done { (" checked", "Done") } else { ("", "To do") };
        out.push_str(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }
    /// Maps the level of a heading to the level at which it is written.
    fn heading_level(&self, level: u8) -> u8 {
        level
    }
    /// Returns whether `id` attributes are written: only on the document's own page, and only once there.
    fn writes_ids(&self) -> bool;
    /// Writes an `id` attribute with a leading space, if [`writes_ids`](Self::writes_ids).
    fn id(&self, id: &str, out: &mut String) {
        if self.writes_ids() {
            out.push_str(" id=\"");
            out.push_str(&escape(id));
            out.push('"');
        }
    }
}

impl PartialHtml {
    /// Escaped text without markup.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(Arc::new(Inner::new(escape(text), Vec::new())))
    }

    /// Several parts, one after the other.
    #[must_use]
    pub fn concat(parts: &[Self]) -> Self {
        let (mut html, mut placeholders) = (String::new(), Vec::new());
        for part in parts {
            let start = html.len();
            html.push_str(&part.0.html);
            placeholders.extend(part.0.placeholders.iter().map(|(at, one)| (start + at, one.clone())));
        }
        Self(Arc::new(Inner::new(html, placeholders)))
    }

    /// A text after a label in bold: `Label: text`.
    #[must_use]
    pub fn labelled(label: &Self, text: &Self) -> Self {
        let tag = |html: &str| Self(Arc::new(Inner::new(html, Vec::new())));
        Self::concat(&[tag("<strong>"), label.clone(), tag(":</strong> "), text.clone()])
    }

    /// Splits the HTML at its first line break outside of elements.
    #[must_use]
    pub(crate) fn split_line(&self) -> Option<(Self, Self)> {
        let html = &self.0.html;
        let mut open_tags = 0_isize;
        let (at, mark) = html.match_indices(['<', '\n']).find_map(|(at, _)| {
            let mark = ["<br>", "<br />", "<br/>", "\n"].into_iter().find(|mark| html[at..].starts_with(mark));
            match mark.filter(|_| open_tags == 0) {
                Some(mark) => Some((at, mark)),
                None if html[at..].starts_with('\n') => None,
                None => {
                    open_tags += if html[at..].starts_with("</") { -1 } else { 1 };
                    None
                }
            }
        })?;
        let end = at + mark.len();
        let part = |from: usize, to: usize| {
            let placeholders = self.0.placeholders.iter().filter(|(of, _)| (from..=to).contains(of));
            let placeholders = placeholders.map(|(of, one)| (of - from, one.clone())).collect();
            Self(Arc::new(Inner::new(&html[from..to], placeholders)))
        };
        Some((part(0, at), part(end, html.len())))
    }

    /// Returns whether there is neither HTML nor a placeholder.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.html.is_empty() && self.0.placeholders.is_empty()
    }

    /// Returns whether there is only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.html.trim().is_empty() && self.0.placeholders.is_empty()
    }

    /// Returns the text without markup and footnote numbers, white space collapsed. `titles` returns the title of the page
    /// that the document's n-th link names.
    #[must_use]
    pub fn plain_text(&self, titles: &dyn Fn(usize) -> String) -> String {
        let mut html = String::with_capacity(self.0.html.len());
        let mut from = 0;
        for (at, placeholder) in &self.0.placeholders {
            // All others are attributes, or a checkbox, and so no text.
            if let Placeholder::Label(link) = placeholder {
                html.push_str(&self.0.html[from..*at]);
                html.push_str(&escape(&titles(*link)));
                from = *at;
            }
        }
        html.push_str(&self.0.html[from..]);
        plain(&html)
    }

    /// Writes the HTML with all placeholders filled in.
    pub fn write(&self, writer: &dyn PlaceholderWriter, out: &mut String) {
        let mut from = 0;
        for (at, placeholder) in &self.0.placeholders {
            out.push_str(&self.0.html[from..*at]);
            from = *at;
            match placeholder {
                Placeholder::Href(link) => writer.href(*link, out),
                Placeholder::Label(link) => writer.label(*link, out),
                Placeholder::OwnAnchor(anchor) => writer.own_anchor(anchor, out),
                Placeholder::Id(id) => writer.id(id, out),
                Placeholder::Task(done) => writer.task(*done, out),
            }
        }
        out.push_str(&self.0.html[from..]);
    }
}

/// Markers for placeholders, in HTML that is still being processed by the Markdown renderer and the sanitiser.
///
/// A marker consists of letters, digits and `-`, so it passes through every escaping unchanged. Its prefix has a hash of the
/// whole source. With a fixed prefix, authors could write markers themselves (unnoticed, by way of entities), and so insert
/// an address or an id at the start of an attribute.
#[derive(Debug)]
pub(super) struct PlaceholderMarkers {
    prefix: String,
    placeholders: Vec<Placeholder>,
}

impl PlaceholderMarkers {
    /// Markers for the texts of a file with the content `source`.
    pub(super) fn for_source(source: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(source.as_bytes());
        Self { prefix: format!("placeholder-{:016x}-", hasher.finish()), placeholders: Vec::new() }
    }

    /// Registers a placeholder and returns its marker.
    pub(super) fn insert(&mut self, placeholder: Placeholder) -> String {
        self.placeholders.push(placeholder);
        format!("{}{}-", self.prefix, self.placeholders.len() - 1)
    }

    /// The common prefix of all markers. The sanitiser keeps ids with it and drops all others.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Replaces the markers in HTML by placeholders.
    pub(super) fn to_partial_html(&self, marked: &str) -> PartialHtml {
        let mut html = String::with_capacity(marked.len());
        let mut placeholders = Vec::new();
        let mut rest = marked;
        while let Some(at) = rest.find(&self.prefix) {
            let after = &rest[at + self.prefix.len()..];
            let placeholder = after.split_once('-').and_then(|(number, tail)| {
                let placeholder = self.placeholders.get(number.parse::<usize>().ok()?)?;
                Some((placeholder.clone(), tail))
            });
            let Some((placeholder, tail)) = placeholder else {
                html.push_str(&rest[..at + self.prefix.len()]);
                rest = after;
                continue;
            };
            html.push_str(&rest[..at]);
            rest = tail;
            if matches!(placeholder, Placeholder::Id(_)) {
                let without = html.strip_suffix(" id=\"").map_or(html.len(), str::len);
                html.truncate(without);
                rest = rest.strip_prefix('"').unwrap_or(rest);
            }
            placeholders.push((html.len(), placeholder));
        }
        html.push_str(rest);
        PartialHtml(Arc::new(Inner::new(html, placeholders)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct TestWriter(bool);

    impl PlaceholderWriter for TestWriter {
        fn href(&self, link: usize, out: &mut String) {
            out.push_str(&format!("page-{link}.html"));
        }
        fn label(&self, link: usize, out: &mut String) {
            out.push_str(&format!("Title {link}"));
        }
        fn own_anchor(&self, anchor: &str, out: &mut String) {
            out.push_str(&format!("#{anchor}"));
        }
        fn writes_ids(&self) -> bool {
            self.0
        }
    }

    #[test]
    fn placeholders_are_filled_and_ids_written_only_on_the_own_page() {
        let mut markers = PlaceholderMarkers::for_source("a text with placeholder-0- in it");
        let (href, label) = (markers.insert(Placeholder::Href(3)), markers.insert(Placeholder::Label(3)));
        let (own, id) =
            (markers.insert(Placeholder::OwnAnchor("fn-1".into())), markers.insert(Placeholder::Id("ref".into())));
        let html = markers.to_partial_html(&format!(
            "<a href=\"{href}\">{label}</a> placeholder-0- <a href=\"{own}\" id=\"{id}\">1</a>"
        ));
        let mut out = String::new();
        html.write(&TestWriter(true), &mut out);
        assert_eq!(out, "<a href=\"page-3.html\">Title 3</a> placeholder-0- <a href=\"#fn-1\" id=\"ref\">1</a>");
        out.clear();
        html.write(&TestWriter(false), &mut out);
        assert!(out.ends_with("<a href=\"#fn-1\">1</a>"), "{out}");
    }
}
