//! Which headings of levels and competencies open cells, and what of their bodies is prose.

use std::ops::Range;

use super::model::Layout;
use super::names::{Found, Names, ambiguous, names_of};
use crate::diagnostic::{Code, Diagnostic, nearly};
use crate::markdown::{Block, Heading, headings, paragraphs};
use crate::name::fold;
use crate::page::{Kind, Matter, Page, PageId, Pages};

/// A part of a body that is no prose: what it is, its heading, and the blocks under it.
#[derive(Debug)]
pub(super) struct Claim<'p> {
    pub(super) what: What,
    pub(super) heading: &'p Heading,
    pub(super) blocks: Range<usize>,
}

/// What a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The cell of a competency (on a level's page) or of a level (on a competency's).
    Cell(PageId),
    /// Expectations of this level alone.
    Own,
    /// The criteria of the n-th step of a competency's scale, from 0.
    Step(usize),
}

/// Goes through the headings of a level's or competency's page.
pub(super) fn claims<'p>(
    pages: &'p Pages,
    names: &Names,
    id: PageId,
    notes: &mut Vec<Diagnostic>,
) -> (Vec<Claim<'p>>, Layout) {
    let page = pages.get(id);
    let mut finder = Finder { pages, names, page, track: None, notes };
    let mut claims = Vec::new();
    let mut containers = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let Block::Heading(heading) = &page.blocks[at] else {
            at += 1;
            continue;
        };
        let end = section_end(&page.blocks, at, heading.level);
        if let Some(what) = finder.meaning(heading, &page.blocks[at + 1..end]) {
            claims.push(Claim { what, heading, blocks: at + 1..end });
            at = end;
        } else {
            containers.push(at..end);
            at += 1;
        }
    }
    let layout = layout(page, &claims, &containers);
    (claims, layout)
}

/// A section runs to the next heading of the same or a higher level.
fn section_end(blocks: &[Block], start: usize, level: u8) -> usize {
    let after = blocks[start + 1..].iter().position(|block| matches!(block, Block::Heading(next) if next.level <= level));
    after.map_or(blocks.len(), |offset| start + 1 + offset)
}

struct Finder<'a, 'p> {
    pages: &'p Pages,
    names: &'a Names,
    page: &'p Page,
    /// On a competency's page: the track whose heading we are under, and that heading's level.
    track: Option<(PageId, u8)>,
    notes: &'a mut Vec<Diagnostic>,
}

impl Finder<'_, '_> {
    fn meaning(&mut self, heading: &Heading, under: &[Block]) -> Option<What> {
        if heading.classes.iter().any(|class| class == "prose") {
            return None;
        }
        match &self.page.matter {
            Matter::Level(_) if heading.classes.iter().any(|class| class == "expectations") => Some(What::Own),
            Matter::Level(_) => self.named(Kind::Competency, heading, under),
            Matter::Competency(competency) => {
                if self.track.is_some_and(|(_, level)| heading.level <= level) {
                    self.track = None;
                }
                let folded = fold(&heading.text);
                let step = competency.scale.iter().position(|step| fold(&step.value) == folded);
                if let Some(step) = step.filter(|_| self.track.is_none()) {
                    return Some(What::Step(step));
                }
                if let Found::One(track) = self.names.find(self.pages, Some(Kind::Track), &heading.text) {
                    self.track = Some((track, heading.level));
                    return None;
                }
                self.named(Kind::Level, heading, under)
            }
            _ => None,
        }
    }

    fn named(&mut self, kind: Kind, heading: &Heading, under: &[Block]) -> Option<What> {
        match self.names.find(self.pages, Some(kind), &heading.text) {
            Found::One(id) => Some(What::Cell(id)),
            Found::Several(ids) => {
                let on_track: Vec<_> = ids.iter().copied().filter(|id| self.is_on_track(*id)).collect();
                if let [one] = on_track.as_slice() {
                    return Some(What::Cell(*one));
                }
                let span = self.page.span(&heading.span);
                self.notes.push(ambiguous(Code::AmbiguousName, span, &heading.text, &ids, self.pages));
                None
            }
            Found::Nothing => {
                self.report_near(kind, heading, under);
                None
            }
        }
    }

    /// Whether a level stands in the folder of the track whose heading we are under, or names that track.
    fn is_on_track(&self, level: PageId) -> bool {
        let Some((track, _)) = self.track else { return false };
        let level = self.pages.get(level);
        match &level.matter {
            Matter::Level(matter) => match &matter.track {
                Some(named) => self.names.find(self.pages, Some(Kind::Track), &named.value) == Found::One(track),
                None => level.folder() == self.pages.get(track).folder(),
            },
            _ => false,
        }
    }

    /// A heading with a list right under it that nearly names something is most likely a cell that would be lost.
    fn report_near(&mut self, kind: Kind, heading: &Heading, under: &[Block]) {
        let direct = under.iter().take_while(|block| !matches!(block, Block::Heading(_)));
        if !direct.into_iter().any(|block| matches!(block, Block::List { .. })) {
            return;
        }
        let text = fold(&heading.text);
        let of_kind = self.pages.all().filter(|(_, page)| page.kind == kind);
        let near = of_kind.flat_map(|(_, page)| names_of(page)).find(|name| nearly(&text, &fold(name)));
        if let Some(near) = near {
            let message = format!("`{}` nearly names the {} `{near}`", heading.text, kind.as_str());
            let help = format!("write `{near}` if that is meant; if the heading is prose, say so: `{} {{.prose}}`", heading.text);
            let span = self.page.span(&heading.span);
            self.notes.push(Diagnostic::new(Code::NearlyNamedHeading, span, message).help(help));
        }
    }
}

/// What is left when the claims are taken away. A heading that has nothing left under it but claims goes too.
fn layout(page: &Page, claims: &[Claim<'_>], containers: &[Range<usize>]) -> Layout {
    let mut taken = vec![false; page.blocks.len()];
    for claim in claims {
        taken[claim.blocks.start - 1..claim.blocks.end].fill(true);
    }
    for container in containers.iter().rev() {
        let mut inside = taken[container.start + 1..container.end].iter();
        if container.len() > 1 && inside.all(|taken| *taken) {
            taken[container.start] = true;
        }
    }
    let first = claims.first().map_or(page.blocks.len(), |claim| claim.blocks.start - 1);
    let ranges = |blocks: Range<usize>| -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for at in blocks.filter(|at| !taken[*at]) {
            match ranges.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => ranges.push(at..at + 1),
            }
        }
        ranges
    };
    let mut layout = Layout { lead: ranges(0..first), rest: ranges(first..page.blocks.len()), ..Layout::default() };
    add_prose_anchors(page, &mut layout);
    layout
}

/// The layout of a page without cells.
pub(super) fn plain_layout(page: &Page) -> Layout {
    layout(page, &[], &[])
}

fn add_prose_anchors(page: &Page, layout: &mut Layout) {
    for range in layout.lead.iter().chain(&layout.rest) {
        let blocks = &page.blocks[range.clone()];
        headings(blocks, &mut |heading| {
            layout.anchors.insert(heading.id.clone());
        });
        paragraphs(blocks, &mut |paragraph| {
            layout.anchors.extend(paragraph.id.iter().map(|id| id.value.clone()));
        });
    }
    for footnote in &page.document.footnotes {
        layout.anchors.insert(footnote.anchor());
        layout.anchors.extend((1..=footnote.references).map(|number| footnote.reference_anchor(number)));
    }
}
