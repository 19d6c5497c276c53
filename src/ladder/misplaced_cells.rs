//! Misplaced cells: text that names a competency or a level but opens no cell, so that its expectations would be lost
//! or attributed to another cell.

use super::claim::{Claim, SectionKind};
use super::names::{Found, NameLookup};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearly};
use crate::markdown::{Block, Heading, Paragraph};
use crate::name::fold;
use crate::page::{Kind, Page, PageId};

/// The classes that a heading may have.
const CLASSES: [&str; 2] = ["expectations", "prose"];

/// The check for misplaced cells on one page.
pub(super) struct MisplacedCells<'a, 'p> {
    pub(super) names: &'a NameLookup<'p>,
    pub(super) page: &'p Page,
}

impl MisplacedCells<'_, '_> {
    /// Finds cells inside other cells, and those under bold text instead of a heading.
    pub(super) fn find(&self, claims: &[Claim<'_>], diagnostics: &mut Vec<Diagnostic>) {
        for claim in claims {
            let inside = self.page.blocks[claim.blocks.clone()].iter();
            let headings =
                inside.filter_map(|block| if let Block::Heading(heading) = block { Some(heading) } else { None });
            let nested: Vec<&Heading> =
                headings.filter(|heading| !is_prose(heading) && self.names_another(&heading.text, claim)).collect();
            if let [first, more @ ..] = nested.as_slice() {
                diagnostics.push(self.nested(claim.heading, first, more));
            }
        }
        let mut above: Option<&Heading> = None;
        for (at, block) in self.page.blocks.iter().enumerate() {
            match (block, self.page.blocks.get(at + 1)) {
                (Block::Heading(heading), _) => above = Some(heading),
                (Block::Paragraph(paragraph), Some(Block::List { .. })) if paragraph.bold => {
                    let claim = claims.iter().find(|claim| claim.blocks.contains(&at));
                    let other = claim.is_none_or(|claim| self.names_another(&paragraph.text, claim));
                    let named = matches!(self.names.find(Some(self.kind()), &paragraph.text), Found::One(_));
                    if named && other && above.is_none_or(|above| above.classes.is_empty()) {
                        let level = claim.map_or(2, |claim| claim.heading.level);
                        diagnostics.push(self.bold(paragraph, level));
                    }
                }
                _ => {}
            }
        }
    }

    /// The kind of page that names the cells of this page.
    fn kind(&self) -> Kind {
        if self.page.kind == Kind::Level { Kind::Competency } else { Kind::Level }
    }

    /// Whether a text names a page that could have a cell here, other than the one that the surrounding cell is for.
    fn names_another(&self, text: &str, claim: &Claim<'_>) -> bool {
        match self.names.find(Some(self.kind()), text) {
            Found::One(id) => claim.kind != SectionKind::Cell(id),
            Found::Several(ids) => !ids.iter().any(|id| claim.kind == SectionKind::Cell(*id)),
            Found::Nothing => false,
        }
    }

    /// Reports cells inside another cell. If the outer heading has level 1, the title's, it's most likely the mistake.
    fn nested(&self, outer: &Heading, first: &Heading, more: &[&Heading]) -> Diagnostic {
        let (text, kind) = (&first.text, self.kind().described());
        if outer.level == 1 {
            let message = format!("`{}` has only one `#`, so it includes `{text}` below", outer.text);
            return Diagnostic::new(Code::NestedCell, self.page.span(&outer.span), message)
                .label(self.page.span(&first.span), format!("this also names {kind}"))
                .help(format!("write `{}`; a single `#` is the page's title", line(first.level, &outer.text)));
        }
        let message = format!("`{text}` names {kind}, but it's inside the section `{}`", outer.text);
        let help = format!(
            "write `{0}`, at the same heading level as `{1}`; if it only groups expectations of `{1}`, mark it as \
             prose: `{2} {{.prose}}`",
            line(outer.level, text),
            outer.text,
            line(first.level, text)
        );
        let diagnostic = Diagnostic::new(Code::NestedCell, self.page.span(&first.span), message).help(help);
        more.iter()
            .fold(diagnostic, |diagnostic, heading| diagnostic.label(self.page.span(&heading.span), "this one too"))
    }

    fn bold(&self, paragraph: &Paragraph, level: u8) -> Diagnostic {
        let (text, kind) = (&paragraph.text, self.kind());
        let message = format!("`{text}` names {}, but bold text isn't a heading", kind.described());
        let help = format!("write `{}`, so that the list below counts as expectations", line(level, text));
        Diagnostic::new(Code::NotAHeading, self.page.span(&paragraph.span), message).help(help)
    }
}

/// A heading in Markdown.
pub(super) fn line(level: u8, text: &str) -> String {
    format!("{} {text}", "#".repeat(level.into()))
}

fn is_prose(heading: &Heading) -> bool {
    heading.classes.iter().any(|class| class == "prose")
}

/// Reports a class of a heading that is nearly a known one.
pub(super) fn nearly_class(page: &Page, heading: &Heading) -> Option<Diagnostic> {
    let class = heading
        .classes
        .iter()
        .find(|class| CLASSES.iter().any(|known| known != class && nearly(&class.to_lowercase(), known)))?;
    let text = page.source.get(heading.span.clone()).unwrap_or_default();
    let span =
        text.find(&format!(".{class}")).map(|at| heading.span.start + at..heading.span.start + at + class.len() + 1);
    let message = format!("headings don't have a class `{class}`");
    let help = did_you_mean(class, CLASSES.iter().copied());
    Some(Diagnostic::new(Code::UnknownClass, page.span(&span.unwrap_or(heading.span.clone())), message).help(help))
}

/// Whether a folded heading most likely means a folded name: they are nearly equal, a part of the heading equals the
/// name (`Craft (technology)`, `1. Craft`, `Craft and delivery`), or they differ in number.
pub(super) fn like(text: &str, name: &str) -> bool {
    nearly(text, name) || parts(text).any(|part| part == name) || singular(text) == singular(name)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let unnumbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let unnumbered = if unnumbered.len() < text.len() { unnumbered.strip_prefix(['.', ')']) } else { None };
    let text = unnumbered.unwrap_or(text);
    let marks = ['(', ')', '[', ']', ':', '/', '&', '+', ',', '|', '–', '—', '·'];
    let words = |part| [" and ", " or ", " - "].into_iter().fold(vec![part], split_all);
    text.split(marks).flat_map(words).map(str::trim).filter(|part| !part.is_empty())
}

fn split_all<'t>(parts: Vec<&'t str>, by: &str) -> Vec<&'t str> {
    parts.into_iter().flat_map(|part| part.split(by).collect::<Vec<_>>()).collect()
}

/// A word without the ending of its plural.
fn singular(text: &str) -> String {
    match text.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => text.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(text).to_owned(),
    }
}

/// The first of some pages whose title nearly equals a heading.
pub(super) fn nearly_named<'p>(
    pages: impl Iterator<Item = (PageId, &'p Page)>,
    text: &str,
) -> Option<(PageId, &'p Page)> {
    let folded = fold(text);
    let mut near = pages.filter(|(_, page)| nearly(&folded, &fold(&page.title.value)));
    near.next()
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn a_heading_that_holds_a_name_is_like_it() {
        for text in
            ["craft (technology)", "1. craft", "2) craft", "craft and delivery", "delivery & craft", "crafts", "carft"]
        {
            assert!(like(text, "craft"), "{text}");
        }
        assert!(like("staff engineer (ic3)", "ic3") && like("deliveries", "delivery"));
        for text in ["how craft grows", "aircraft", "craft fairs we like", "minecraft servers"] {
            assert!(!like(text, "craft"), "{text}");
        }
    }
}
