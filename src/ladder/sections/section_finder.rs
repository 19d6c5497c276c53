//! Decides which headings, tables and lists in the body of a level, competency or track hold expectations or the
//! criteria of a step; everything else is prose.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::catalog::{self, NameScope, NamingBlock, NearName};
use crate::diagnostic::{Code, Diagnostic, Spanned, nearest, nearly};
use crate::ladder::cache_inputs::Input;
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::ladder::page_names::{Found, NameLookup, ambiguous};
use crate::ladder::sections::cells_in_list;
use crate::ladder::sections::cells_in_table;
use crate::ladder::sections::enclosed_cells::EnclosedCells;
use crate::ladder::sections::leading_names;
use crate::ladder::sections::misplaced_cells::{self, MisplacedCells};
use crate::ladder::sections::missed_headings::MissedHeadings;
use crate::ladder::sections::name_match::{is_common_word, like};
use crate::ladder::sections::named_cells::NamedCells;
use crate::ladder::sections::nested_names::NestedNames;
use crate::ladder::sections::possible_cells::{has_form_of_cell, of_draft, retain_beside_cells};
use crate::ladder::sections::section::{
    FoundSection, SectionKind, Unnamed, UnnamedSection, are_paragraphs, is_list_like, section_end,
};
use crate::ladder::sections::track_sections;
use crate::ladder::sections::written_heading::written_heading;
use crate::ladder::structure::{Role, Structure};
use crate::markdown::{Block, Heading};
use crate::name::{closest, fold};
use crate::page::{FrontMatter, Kind, Page, PageId, PageLayout, layout_without_cells};

/// Splits the body of a level or competency into claims and prose.
pub(crate) fn claims<'p>(
    names: &NameLookup<'p>,
    structure: &Structure,
    id: PageId,
    taken: &mut TakenAnchors<'p>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<FoundSection<'p>>, Vec<UnnamedSection>, PageLayout) {
    let page = names.pages().get(id);
    let track = (page.kind == Kind::Track).then_some((id, 0));
    let mut finder = Finder { names, structure, page, track, unnamed: None, reported: Vec::new(), diagnostics };
    let mut unnamed = Vec::new();
    let mut prose = None;
    let mut claims = Vec::new();
    let mut containers = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let Block::Heading(heading) = &page.blocks[at] else {
            if prose.is_none() {
                claims.extend(finder.named_cells(id, at, taken));
            }
            at += 1;
            continue;
        };
        prose = prose.filter(|level| heading.level > *level).or(heading.is_prose().then_some(heading.level));
        let end = section_end(&page.blocks, at, heading.level);
        let kind = finder.kind_of(heading, &page.blocks[at + 1..end]);
        let named = finder.unnamed.take();
        unnamed.extend(named.map(|named| UnnamedSection { heading: heading.clone(), named, blocks: at..end }));
        if let Some(kind) = kind {
            claims.push(FoundSection { kind, heading: Cow::Borrowed(heading), blocks: at + 1..end, content: None });
            at = end;
        } else {
            containers.push(at..end);
            at += 1;
        }
    }
    let mut reported = std::mem::take(&mut finder.reported);
    if page.kind == Kind::Track {
        diagnostics.extend(track_sections::find(names, page));
    } else {
        let headed: Vec<FoundSection<'p>> = claims.iter().filter(|claim| claim.content.is_none()).cloned().collect();
        MisplacedCells { names, page }.find(&headed, diagnostics);
        for claim in &headed {
            NestedNames { names, id }.find(claim, diagnostics);
        }
        reported.extend(leading_names::find(names, page, &claims, diagnostics));
        MissedHeadings::new(names, page, &claims, reported).find(diagnostics);
    }
    let layout = layout(page, &claims, &containers, diagnostics);
    retain_beside_cells(page, &mut unnamed, &claims);
    unnamed.extend(claims.iter().filter_map(|claim| of_draft(names.pages(), page, claim)));
    (claims, unnamed, layout)
}

struct Finder<'a, 'p> {
    names: &'a NameLookup<'p>,
    structure: &'a Structure,
    page: &'p Page,
    /// On a competency's page: the track that the current heading names, and that heading's level.
    track: Option<(PageId, u8)>,
    /// Why the current heading names no cell, if its section has the form of one.
    unnamed: Option<Unnamed>,
    /// The byte ranges of blocks whose names have been reported.
    reported: Vec<Range<usize>>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'p> Finder<'_, 'p> {
    fn kind_of(&mut self, heading: &Heading, under: &[Block]) -> Option<SectionKind> {
        if heading.is_prose() {
            return None;
        }
        if let Some(diagnostic) = misplaced_cells::nearly_class(self.page, heading) {
            self.diagnostics.push(diagnostic);
            return None;
        }
        match &self.page.front_matter {
            FrontMatter::Level(_) if heading.classes.iter().any(|class| class == "expectations") => {
                Some(SectionKind::Own)
            }
            FrontMatter::Level(_) => self.named(Kind::Competency, heading, under),
            FrontMatter::Competency(competency) => {
                if self.track.is_some_and(|(_, level)| heading.level <= level) {
                    self.track = None;
                }
                let step = closest(&heading.text, competency.scale.iter().map(|step| [step.value.as_str()]));
                if let Some(step) = step.filter(|_| self.track.is_none()) {
                    return Some(SectionKind::Step(step));
                }
                match self.names.find(Some(Kind::Track), &heading.text) {
                    Found::One(track) => {
                        self.track = Some((track, heading.level));
                        return None;
                    }
                    Found::Several(tracks) if self.names.find(Some(Kind::Level), &heading.text) == Found::Nothing => {
                        let span = self.page.span(&heading.span);
                        let pages = self.names.pages();
                        let diagnostic = ambiguous(Code::AmbiguousName, span, &heading.text, &tracks, pages);
                        self.diagnostics.push(diagnostic);
                        self.track = tracks.first().map(|track| (*track, heading.level));
                        return None;
                    }
                    Found::Several(_) | Found::Nothing => {}
                }
                if self.is_nearly_a_track(heading) {
                    return None;
                }
                self.named(Kind::Level, heading, under)
            }
            _ => None,
        }
    }

    /// The cells that a table or a list names.
    fn named_cells<'t>(&mut self, id: PageId, at: usize, taken: &mut TakenAnchors<'t>) -> Vec<FoundSection<'p>> {
        let find = |kind: Kind, text: &str| self.find(kind, text);
        let (page, names, steps) = (self.page, self.names, self.steps());
        let form = if matches!(page.blocks[at], Block::Table(_)) { NamingBlock::Table } else { NamingBlock::List };
        let mut cells = NamedCells::new(names, id, &find, steps, taken, (at, form));
        match &page.blocks[at] {
            Block::Table(table) => cells_in_table::read(&mut cells, table),
            Block::List { items, .. } => cells_in_list::read(&mut cells, items),
            Block::Html(html) => cells_in_list::read(&mut cells, &html.items),
            Block::DefinitionList(terms) => {
                cells_in_list::read(&mut cells, &cells_in_list::of_definitions(terms));
            }
            _ => {}
        }
        let (claims, mut diagnostics) = cells.finish();
        if claims.is_empty() && diagnostics.is_empty() {
            let enclosed = EnclosedCells { names, id, find: &find, steps }.check(&page.blocks[at]);
            let (enclosed, range): (Option<_>, Option<_>) = enclosed.unzip();
            diagnostics.extend(enclosed);
            self.reported.extend(range);
        }
        self.diagnostics.extend(diagnostics);
        claims
    }

    /// The pages that a text names; for levels, on the current track first.
    fn find(&self, kind: Kind, text: &str) -> Found {
        let on_track = match self.track {
            Some(_) if kind == Kind::Level => self.names.find_among(Some(kind), text, |id| self.is_on_track(id)),
            _ => Found::Nothing,
        };
        match on_track {
            Found::Nothing => self.names.find(Some(kind), text),
            found => found,
        }
    }

    fn named(&mut self, kind: Kind, heading: &Heading, under: &[Block]) -> Option<SectionKind> {
        match self.find(kind, &heading.text) {
            Found::One(id) => Some(SectionKind::Cell(id)),
            Found::Several(ids) => {
                let span = self.page.span(&heading.span);
                let diagnostic = ambiguous(Code::AmbiguousName, span, &heading.text, &ids, self.names.pages());
                let scope =
                    if kind == Kind::Level && self.track.is_none() { NameScope::AllTracks } else { NameScope::Here };
                let ids: Vec<&str> = ids.iter().map(|id| self.names.pages().get(*id).id.as_str()).collect();
                let heading = written_heading(self.page, heading);
                self.diagnostics.push(catalog::ambiguous_heading(diagnostic, &heading, &ids, scope));
                None
            }
            Found::Nothing => {
                self.report_possible_cell(kind, heading, under);
                None
            }
        }
    }

    /// Whether a level is on the current track. A page that isn't a rung (a foundation, a hidden draft, a page that could not
    /// be read) counts as on the track that it names, or that of its folder.
    fn is_on_track(&self, level: PageId) -> bool {
        let Some((track, _)) = self.track else { return false };
        self.names.record(Input::Membership);
        if let Some(Role::Level(level)) = self.structure.role(level)
            && !self.structure.levels[level].tracks.is_empty()
        {
            let mut tracks = self.structure.levels[level].tracks.iter();
            return tracks.any(|id| self.structure.tracks[*id].page == track);
        }
        self.names.record(Input::Outline(Kind::Level));
        let level = self.names.pages().get(level);
        match &level.front_matter {
            FrontMatter::Level(front_matter) => match &front_matter.track {
                Some(named) => self.names.find(Some(Kind::Track), &named.value) == Found::One(track),
                None => level.folder() == self.names.pages().get(track).folder(),
            },
            _ => level.broken && level.folder() == self.names.pages().get(track).folder(),
        }
    }

    /// Whether a heading most likely means a track, which then becomes the current one.
    fn is_nearly_a_track(&mut self, heading: &Heading) -> bool {
        if self.names.find(Some(Kind::Level), &heading.text) != Found::Nothing {
            return false;
        }
        let tracks = self.names.search(Kind::Track);
        let near = misplaced_cells::nearly_named(tracks, &heading.text);
        let Some((track, _)) = near.first() else { return false };
        self.track = Some((*track, heading.level));
        let titles: Vec<&str> = near.iter().map(|(_, page)| page.title.value.as_str()).collect();
        let heading = written_heading(self.page, heading);
        self.diagnostics.push(catalog::nearly_named_heading(&heading, NearName::Track, &titles));
        true
    }

    /// Reports a heading with a list under it that nearly names something, or one with paragraphs whose name is misspelt:
    /// it's most likely a cell that would be lost.
    fn report_possible_cell(&mut self, kind: Kind, heading: &Heading, under: &[Block]) {
        let folded = fold(&heading.text);
        let has_list = self.holds_list(kind, under);
        let has_paragraphs = are_paragraphs(under);
        if self.is_like_unread(kind, &folded) {
            return;
        }
        // The criteria of a step and the expectations of a level may be prose.
        let may_be_prose = || {
            self.undescribed_steps().any(|step| like(&folded, &step))
                || self.numbered_step(&folded).is_some()
                || self.is_near_unwritten(kind, &folded)
        };
        let is_misspelt = || has_paragraphs && self.is_misspelt(kind, &folded);
        if !(has_list || !under.is_empty() && may_be_prose() || is_misspelt()) {
            self.unnamed = (has_paragraphs && self.track.is_none()).then_some(Unnamed::Paragraphs);
            return;
        }
        let near = self.near(kind, &folded);
        if let Some((what, first)) = nearest(&heading.text, near.iter().map(|(_, name)| name.as_str()))
            .and_then(|nearest| near.iter().find(|(_, name)| name == nearest))
            .or(near.first())
        {
            let heading = written_heading(self.page, heading);
            if self.is_of_former_name(kind, &folded, first) {
                self.diagnostics.push(catalog::heading_of_former_name(&heading, kind.as_str(), first));
                return;
            }
            let others = near.iter().map(|(_, name)| name.as_str()).filter(|name| name != first);
            let all: Vec<&str> = std::iter::once(first.as_str()).chain(others).collect();
            self.diagnostics.push(catalog::nearly_named_heading(&heading, NearName::Cell(what), &all));
        } else if let Some((track, level)) = self.track
            && kind == Kind::Level
        {
            let is_meant = heading.level == level + 1 && !self.has_unread(track);
            self.unnamed = is_meant.then_some(Unnamed::Unknown(Some(track)));
        } else if has_form_of_cell(&self.page.source, under) {
            self.unnamed = Some(Unnamed::Unknown(None));
        }
    }

    /// Whether a folded heading that has the whole name of another page more likely names one that no longer exists: the
    /// other has a heading here, or one more word makes another level (`Staff Engineer`, `Engineer`).
    fn is_of_former_name(&self, kind: Kind, text: &str, near: &str) -> bool {
        let name = fold(near);
        let has_one_more_word = text.strip_suffix(&name).is_some_and(|before| {
            let before = before.trim();
            !before.is_empty() && before.chars().all(char::is_alphabetic) && !is_common_word(before)
        });
        let is_heading = |block: &Block| matches!(block, Block::Heading(heading) if fold(&heading.text) == name);
        has_one_more_word && (kind == Kind::Level || self.page.blocks.iter().any(is_heading))
    }

    /// Whether a folded heading is the name of a page with a typing error.
    fn is_misspelt(&self, kind: Kind, text: &str) -> bool {
        self.names.search(kind).any(|(_, page)| page.names.iter().any(|name| nearly(text, name)))
    }

    /// Whether a folded heading could name a page whose title or front matter could not be read.
    fn is_like_unread(&self, kind: Kind, text: &str) -> bool {
        let mut unread = self.names.search(kind).map(|(_, page)| page).filter(|page| page.broken);
        self.names.has_untitled(Some(kind)) || unread.any(|page| page.names.iter().any(|name| like(text, name)))
    }

    /// The steps of a competency's scale that a heading here may name: none under the heading of a track.
    fn steps(&self) -> &'p [Spanned<String>] {
        if self.track.is_none() { self.page.scale() } else { &[] }
    }

    /// The folded names of the steps that no heading of the page has.
    fn undescribed_steps(&self) -> impl Iterator<Item = String> {
        let is_heading = |name: &str| {
            let mut blocks = self.page.blocks.iter();
            blocks.any(|block| matches!(block, Block::Heading(heading) if fold(&heading.text) == name))
        };
        self.steps().iter().map(|step| fold(&step.value)).filter(move |step| !is_heading(step))
    }

    /// The step without a heading that a folded heading such as `level 2` names by its number.
    fn numbered_step(&self, text: &str) -> Option<&'p str> {
        let (label, number) = text.rsplit_once(' ')?;
        let is_label = ["grade", "level", "phase", "stage", "step", "tier"].contains(&label);
        let number: usize = number.parse().ok().filter(|_| is_label)?;
        let step = &self.steps().get(number.checked_sub(1)?)?.value;
        self.undescribed_steps().any(|undescribed| undescribed == fold(step)).then_some(step)
    }

    /// Whether a folded heading nearly names a page of a kind that has no heading here, on a page with cells for others or a
    /// step without text. The name of a competency may be a part of other headings, unless they have a single word more.
    fn is_near_unwritten(&self, kind: Kind, text: &str) -> bool {
        let headings = || {
            self.page.blocks.iter().filter_map(|block| match block {
                Block::Heading(heading) => Some(self.find(kind, &heading.text)),
                _ => None,
            })
        };
        let words = |text: &str| text.split_whitespace().count();
        let is_like = |name: &str| like(text, name) && (kind == Kind::Level || words(text) <= words(name) + 1);
        let is_near = |(id, page): (PageId, &Page)| {
            page.names.iter().any(|name| is_like(name)) && !headings().any(|found| found == Found::One(id))
        };
        let has_cells = || headings().any(|found| found != Found::Nothing) || self.undescribed_steps().next().is_some();
        self.names.search(kind).any(is_near) && has_cells()
    }

    /// The steps and titles of pages of a kind that a folded heading is similar to.
    fn near(&self, kind: Kind, text: &str) -> Vec<(&'static str, String)> {
        let steps = self.steps();
        let pages = self.names.search(kind).filter(|(_, page)| page.names.iter().any(|name| like(text, name)));
        let by_title = |id: PageId, page: &Page| {
            let unique = self.names.find(Some(kind), &page.title.value) == Found::One(id);
            if unique { page.title.value.clone() } else { page.id.clone() }
        };
        let numbered = self.numbered_step(text);
        let steps = steps.iter().filter(|step| like(text, &fold(&step.value)) || numbered == Some(step.value.as_str()));
        let pages = pages.map(|(id, page)| (kind.as_str(), by_title(id, page)));
        pages.chain(steps.map(|step| ("step", step.value.clone()))).collect()
    }

    /// Whether a page in a track's folder could not be read, and so could be any level.
    fn has_unread(&self, track: PageId) -> bool {
        let folder = self.names.pages().get(track).folder();
        self.names.pages().shown().any(|(_, page)| page.uncertain && page.folder() == folder)
    }

    /// Whether there is a list right under a heading, or under lower headings that only group it.
    fn holds_list(&self, kind: Kind, under: &[Block]) -> bool {
        let groups = under.iter().all(|block| match block {
            Block::Heading(lower) => self.names.find(Some(kind), &lower.text) == Found::Nothing,
            _ => true,
        });
        let direct = under.iter().take_while(|block| groups || !matches!(block, Block::Heading(_)));
        let is_part =
            |block: &Block| is_list_like(block) || matches!(block, Block::Quote { alert: None, .. } | Block::Code(_));
        direct.into_iter().any(is_part)
    }
}

/// The layout of the blocks that no claim covers. A heading with nothing but claims under it is left out too.
fn layout(
    page: &Page,
    claims: &[FoundSection<'_>],
    containers: &[Range<usize>],
    diagnostics: &mut Vec<Diagnostic>,
) -> PageLayout {
    let mut taken = vec![false; page.blocks.len()];
    for claim in claims {
        taken[claim.extent()].fill(true);
    }
    for container in containers.iter().rev() {
        let mut inside = taken[container.start + 1..container.end].iter();
        if container.len() > 1 && inside.all(|taken| *taken) {
            taken[container.start] = true;
        }
    }
    let first = claims.first().map_or(page.blocks.len(), |claim| claim.extent().start);
    // The prose of a track stays together, and its anchors have been checked with the page.
    let mut checked = Vec::new();
    let (first, diagnostics) =
        if page.kind == Kind::Track { (page.blocks.len(), &mut checked) } else { (first, diagnostics) };
    layout_without_cells(page, &taken, first, diagnostics)
}
