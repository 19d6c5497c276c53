//! The page of names.

use crate::context::RenderContext;
use crate::name;
use crate::page::FrontMatter;
use crate::view::{Content, NameView};

/// The content of the page of names: every title, code and other name of levels, tracks, competencies and terms.
pub(crate) fn content(context: &RenderContext) -> Content {
    let mut names = Vec::new();
    for (id, page) in context.pages.shown() {
        match &page.front_matter {
            FrontMatter::Level(level) if !level.is_abstract => {}
            FrontMatter::Competency(_) | FrontMatter::Term(_) | FrontMatter::Track(_) => {}
            _ => continue,
        }
        let mut add = |name: &str, what| names.push(NameView { name: name.to_owned(), what, card: context.card(id) });
        add(&page.title.value, "title");
        let codes = usize::from(page.code().is_some());
        for (at, name) in page.other_names().into_iter().enumerate() {
            add(name, if at < codes { "code" } else { "other-name" });
        }
    }
    names.sort_by(|a, b| (name::fold(&a.name), &a.name, &a.card.url).cmp(&(name::fold(&b.name), &b.name, &b.card.url)));
    Content { titles: Some(names), ..Content::default() }
}
