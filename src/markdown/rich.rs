use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

/// HTML with holes: finished but for the addresses and titles that only the whole site knows. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rich(Arc<Inner>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Inner {
    html: String,
    holes: Vec<(usize, Slot)>,
}

/// What belongs into a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// The address of the document's n-th link, inside an attribute.
    Href(usize),
    /// The title of the page that the n-th link names.
    Label(usize),
    /// The address of an anchor of the document's own page, inside an attribute.
    Own(String),
    /// A whole `id` attribute, set only where the document is at home.
    Id(String),
    /// The box of a task, done or not. Authors can't write one as HTML.
    Task(bool),
}

/// Knows what fills the holes of one document's texts on one page. All that it writes is escaped.
pub trait Fill {
    /// Writes the address of the document's n-th link.
    fn href(&self, link: usize, out: &mut String);
    /// Writes the title of the page that the n-th link names.
    fn label(&self, link: usize, out: &mut String);
    /// Writes the address of an anchor on the document's own page.
    fn own(&self, anchor: &str, out: &mut String);
    /// Writes the box of a task.
    fn task(&self, done: bool, out: &mut String) {
        let (checked, label) = if done { (" checked", "Done") } else { ("", "To do") };
        out.push_str(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }
    /// The number of a heading that is written as one of this number.
    fn heading(&self, level: u8) -> u8 {
        level
    }
    /// Whether ids may be set: on the document's own page, and there once.
    fn at_home(&self) -> bool;
    /// Writes an `id` attribute with the space before it, where ids may be set.
    fn id(&self, id: &str, out: &mut String) {
        if self.at_home() {
            out.push_str(" id=\"");
            out.push_str(&super::escape(id));
            out.push('"');
        }
    }
}

impl Rich {
    /// Text without markup.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(Arc::new(Inner { html: super::escape(text), holes: Vec::new() }))
    }

    /// Whether nothing would be shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.html.is_empty() && self.0.holes.is_empty()
    }

    /// Whether it is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.html.trim().is_empty() && self.0.holes.is_empty()
    }

    /// Writes the finished HTML.
    pub fn write(&self, fill: &dyn Fill, out: &mut String) {
        let mut from = 0;
        for (at, slot) in &self.0.holes {
            out.push_str(&self.0.html[from..*at]);
            from = *at;
            match slot {
                Slot::Href(link) => fill.href(*link, out),
                Slot::Label(link) => fill.label(*link, out),
                Slot::Own(anchor) => fill.own(anchor, out),
                Slot::Id(id) => fill.id(id, out),
                Slot::Task(done) => fill.task(*done, out),
            }
        }
        out.push_str(&self.0.html[from..]);
    }
}

/// Marks holes in HTML while other programs (the Markdown renderer, the sanitiser) still work on it. A mark is plain
/// letters, digits and `-`, so it passes through every escaping unchanged. Its stem is a hash of the whole source: an
/// author could write any fixed one (with entities, say, so that it is not seen in the source), and put an address or
/// an id where it opens an attribute.
#[derive(Debug)]
pub(super) struct Marks {
    stem: String,
    slots: Vec<Slot>,
}

impl Marks {
    pub(super) fn of(source: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(source.as_bytes());
        Self { stem: format!("hole-{:016x}-", hasher.finish()), slots: Vec::new() }
    }

    /// A new mark for a slot.
    pub(super) fn mark(&mut self, slot: Slot) -> String {
        self.slots.push(slot);
        format!("{}{}-", self.stem, self.slots.len() - 1)
    }

    /// What every mark begins with (the sanitiser lets those pass where it would drop an author's).
    pub(super) fn stem(&self) -> &str {
        &self.stem
    }

    /// Turns marked HTML into a text with holes.
    pub(super) fn rich(&self, marked: &str) -> Rich {
        let mut html = String::with_capacity(marked.len());
        let mut holes = Vec::new();
        let mut rest = marked;
        while let Some(at) = rest.find(&self.stem) {
            let after = &rest[at + self.stem.len()..];
            let slot = after.split_once('-').and_then(|(number, tail)| {
                let slot = self.slots.get(number.parse::<usize>().ok()?)?;
                Some((slot.clone(), tail))
            });
            let Some((slot, tail)) = slot else {
                html.push_str(&rest[..at + self.stem.len()]);
                rest = after;
                continue;
            };
            html.push_str(&rest[..at]);
            rest = tail;
            if matches!(slot, Slot::Id(_)) {
                let without = html.strip_suffix(" id=\"").map_or(html.len(), str::len);
                html.truncate(without);
                rest = rest.strip_prefix('"').unwrap_or(rest);
            }
            holes.push((html.len(), slot));
        }
        html.push_str(rest);
        Rich(Arc::new(Inner { html, holes }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(bool);

    impl Fill for Fixed {
        fn href(&self, link: usize, out: &mut String) {
            out.push_str(&format!("page-{link}.html"));
        }
        fn label(&self, link: usize, out: &mut String) {
            out.push_str(&format!("Title {link}"));
        }
        fn own(&self, anchor: &str, out: &mut String) {
            out.push_str(&format!("#{anchor}"));
        }
        fn at_home(&self) -> bool {
            self.0
        }
    }

    #[test]
    fn holes_are_filled_and_ids_set_only_at_home() {
        let mut marks = Marks::of("a text with hole-0- in it");
        let (href, label) = (marks.mark(Slot::Href(3)), marks.mark(Slot::Label(3)));
        let (own, id) = (marks.mark(Slot::Own("fn-1".into())), marks.mark(Slot::Id("ref".into())));
        let rich = marks.rich(&format!("<a href=\"{href}\">{label}</a> hole-0- <a href=\"{own}\" id=\"{id}\">1</a>"));
        let mut out = String::new();
        rich.write(&Fixed(true), &mut out);
        assert_eq!(out, "<a href=\"page-3.html\">Title 3</a> hole-0- <a href=\"#fn-1\" id=\"ref\">1</a>");
        out.clear();
        rich.write(&Fixed(false), &mut out);
        assert!(out.ends_with("<a href=\"#fn-1\">1</a>"), "{out}");
    }
}
