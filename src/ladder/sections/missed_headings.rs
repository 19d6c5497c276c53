//! Lines that name a competency, a level, a track or a step where a heading is meant, but that aren't headings: the
//! expectations under them would be lost or attributed to the cell above.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::diagnostic::catalog::{self, HeadingForm, HeadingLine, NameMatch, NamedHeadingLine};
use crate::diagnostic::{Applicability, Diagnostic, Span};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::heading_candidate::{self, HeadingCandidate, has_form_of_title, heading_candidate};
use crate::ladder::sections::name_match;
use crate::ladder::sections::section::{FoundSection, SectionKind, extent, section_end, start_of};
use crate::ladder::sections::skipped_lines::{Skipped, merged, overlap};
use crate::markdown::{self, Block, Item};
use crate::name::{closest, fold};
use crate::page::{Kind, Page, PageId};

/// The mark of a heading with expectations of one level alone.
const MARK: &str = "{.expectations}";

/// The check for lines that aren't headings on one page.
pub(crate) struct MissedHeadings<'a, 'p> {
    names: &'a NameLookup<'p>,
    page: &'p Page,
    /// The cells under headings.
    claims: Vec<&'a FoundSection<'p>>,
    /// The byte ranges that aren't checked: headings, tables, code, and blocks that are marked as prose.
    /// In order and disjoint, as `prose` is.
    skipped: Vec<Range<usize>>,
    /// The byte ranges of sections that are marked as prose, in which only lines with marks of headings are checked.
    prose: Vec<Range<usize>>,
    /// In order.
    texts: Vec<TextBlock<'p>>,
    /// The first byte of each block of the page whose place is known, and its position; in order.
    starts: Vec<(usize, usize)>,
    /// By the first item of a list, the number of its items that are only a name, and whether the last one is.
    names_in_lists: RefCell<HashMap<*const Item, (usize, bool)>>,
}

/// A paragraph, a term, or a heading inside another block.
struct TextBlock<'p> {
    span: Range<usize>,
    is_heading: bool,
    is_term: bool,
    /// The position of the block of the page that it's in.
    at: usize,
    /// The list and the item that it's the first block of.
    item: Option<(&'p [Item], &'p Item)>,
}

/// The thing that a line names.
enum NamedCell {
    Pages(Kind, Vec<PageId>),
    Step(usize),
}

impl<'a, 'p> MissedHeadings<'a, 'p> {
    /// The check of a page with some claims; the byte ranges in `reported` aren't checked.
    pub(crate) fn new(
        names: &'a NameLookup<'p>,
        page: &'p Page,
        claims: &'a [FoundSection<'p>],
        reported: Vec<Range<usize>>,
    ) -> Self {
        let (claims, named_inside): (Vec<_>, Vec<_>) = claims.iter().partition(|claim| claim.content.is_none());
        let filled: HashSet<usize> = named_inside.iter().map(|claim| claim.blocks.start).collect();
        let starts = page.blocks.iter().enumerate().filter_map(|(at, block)| Some((extent(block)?.start, at)));
        let mut check = Self {
            names,
            page,
            claims,
            skipped: reported,
            prose: Vec::new(),
            texts: Vec::new(),
            starts: starts.collect(),
            names_in_lists: RefCell::default(),
        };
        for (at, block) in page.blocks.iter().enumerate() {
            if let Block::Heading(heading) = block {
                check.skipped.push(heading.span.clone());
                if heading.is_prose() {
                    let end = section_end(&page.blocks, at, heading.level);
                    check.prose.push(heading.span.start..start_of(page, end));
                }
            } else if filled.contains(&at) {
                check.skipped.extend(extent(block));
            } else {
                check.add_texts(block, at, None);
            }
        }
        check.texts.sort_by_key(|block| block.span.start);
        check.skipped = merged(check.skipped);
        check.prose = merged(check.prose);
        check
    }

    fn add_texts(&mut self, block: &'p Block, at: usize, item: Option<(&'p [Item], &'p Item)>) {
        match block {
            Block::Paragraph(paragraph) => {
                self.texts.push(TextBlock {
                    span: paragraph.span.clone(),
                    is_heading: false,
                    is_term: false,
                    at,
                    item,
                });
            }
            Block::Heading(heading) => {
                self.texts.push(TextBlock { span: heading.span.clone(), is_heading: true, is_term: false, at, item });
            }
            Block::List { items, .. } => {
                for item in items {
                    for (nth, block) in item.blocks.iter().enumerate() {
                        self.add_texts(block, at, (nth == 0).then_some((items.as_slice(), item)));
                    }
                }
            }
            // A `<details>` that is never closed, which is reported, has the headings of other cells.
            Block::Details { blocks, .. } if self.page.uncertain => {
                markdown::headings(blocks, &mut |heading| self.skipped.push(heading.span.clone()));
            }
            Block::Quote { blocks, .. } | Block::Details { blocks, .. } => {
                for block in blocks {
                    self.add_texts(block, at, None);
                }
            }
            Block::DefinitionList(terms) => {
                let text = |span: &Range<usize>| TextBlock {
                    span: span.clone(),
                    is_heading: false,
                    is_term: true,
                    at,
                    item: None,
                };
                self.texts.extend(terms.iter().map(|term| text(&term.term.span)));
                for block in terms.iter().flat_map(|term| &term.definitions).flat_map(|definition| &definition.blocks) {
                    self.add_texts(block, at, None);
                }
            }
            Block::Html(html) if html.items.is_empty() => {}
            Block::Code(code) if !code.fenced => {}
            Block::Table(_) | Block::Code(_) | Block::Html(_) | Block::Prose(_) => self.skipped.extend(extent(block)),
            Block::Other(_) => {}
        }
    }

    /// Reports each line that names a cell other than the one that it's in.
    pub(crate) fn find(&self, diagnostics: &mut Vec<Diagnostic>) {
        let body = &self.page.source[self.page.body..];
        let mut start = self.page.body;
        let mut skipped = Skipped::default();
        for whole in body.split_inclusive('\n') {
            let text = whole.trim_end_matches(['\n', '\r']);
            let line = start..start + text.len();
            start += whole.len();
            if skipped.skips(text, &self.page.source[start..]) {
                continue;
            }
            if !overlap(&self.skipped, &line) {
                let is_prose = overlap(&self.prose, &line);
                diagnostics.extend(self.check(text, &line, is_prose));
            }
        }
    }

    fn check(&self, text: &str, line: &Range<usize>, is_prose: bool) -> Option<Diagnostic> {
        let like = heading_candidate(text)?;
        let at = self.texts.partition_point(|block| block.span.end <= line.start);
        let block = self.texts.get(at).filter(|block| block.span.start <= line.end);
        let claim = self.claim_at(line.start);
        if is_reported_as_typo(text, block) || (block.is_some_and(|block| block.is_heading) && text.contains(".prose"))
        {
            return None;
        }
        let place = LinePlace { text, line, block, claim };
        let is_before_list = || matches!(self.next_block(&place), Some(Block::List { .. } | Block::Table(_)));
        if text.contains(MARK) && !text.contains('`') {
            return Some(self.report_mark(&like, &place));
        }
        let is_link = like.texts[0].starts_with('[') && !like.is_marked;
        if is_link && (like.form == HeadingForm::Item || !is_before_list()) {
            return None;
        }
        if is_prose && !like.is_marked {
            return None;
        }
        let exact = like.texts.iter().find_map(|text| Some((text.as_str(), self.named(text)?)));
        if let Some((name, named)) = exact {
            let is_meant = !is_named_by(&named, claim) && self.is_meant(&like, &named, &place);
            return is_meant.then(|| self.report(&like, name, &named, &place));
        }
        if let Some(lead) = heading_candidate::before_gloss(&like.texts[0])
            && self.is_only_line(&place)
            && (is_before_list() || (claim.is_some() && has_form_of_title(text)))
            && let Some(named) = self.named(lead)
        {
            return (!is_named_by(&named, claim)).then(|| self.report(&like, lead, &named, &place));
        }
        if like.is_marked || (self.is_only_line(&place) && is_before_list()) {
            return self.nearly(&like, &place);
        }
        None
    }

    /// Reports a line that is a typo of a name.
    fn nearly(&self, like: &HeadingCandidate, place: &LinePlace<'_, 'p>) -> Option<Diagnostic> {
        let folded: Vec<String> = like.texts.iter().map(|text| fold(text)).collect();
        let is_joined =
            |text: &str, name: &str| !place.text.trim_end().ends_with(':') && name_match::is_joined(text, name);
        let is_like = |name: &str| {
            let is_near = |text: &str| name_match::is_typo(text, name) || is_joined(text, name);
            folded.iter().any(|text| if like.is_marked { name_match::like(text, name) } else { is_near(text) })
        };
        for kind in self.kinds() {
            let mut near = self.names.search(*kind).filter(|(_, page)| page.names.iter().any(|name| is_like(name)));
            if let Some((id, page)) = near.next() {
                let named = NamedCell::Pages(*kind, vec![id]);
                let is_other = !is_named_by(&named, place.claim);
                return is_other.then(|| self.report(like, &page.title.value, &named, place));
            }
        }
        let at = self.page.scale().iter().position(|step| is_like(&fold(&step.value)))?;
        let named = NamedCell::Step(at);
        let is_other = !is_named_by(&named, place.claim);
        is_other.then(|| self.report(like, &self.page.scale()[at].value, &named, place))
    }

    /// The kinds of pages that headings of this page name.
    fn kinds(&self) -> &'static [Kind] {
        if self.page.kind == Kind::Level { &[Kind::Competency] } else { &[Kind::Level, Kind::Track] }
    }

    fn named(&self, text: &str) -> Option<NamedCell> {
        if let Some(step) = closest(text, self.page.scale().iter().map(|step| [step.value.as_str()])) {
            return Some(NamedCell::Step(step));
        }
        self.kinds().iter().find_map(|kind| match self.names.find(Some(*kind), text) {
            Found::One(id) => Some(NamedCell::Pages(*kind, vec![id])),
            Found::Several(ids) => Some(NamedCell::Pages(*kind, ids)),
            Found::Nothing => None,
        })
    }

    /// Whether a line that has exactly the name of another cell is meant as that cell's heading.
    fn is_meant(&self, like: &HeadingCandidate, named: &NamedCell, place: &LinePlace<'_, 'p>) -> bool {
        if like.is_marked || place.block.is_some_and(|block| block.is_heading) {
            return true;
        }
        let next = self.next_block(place);
        // The headings of levels follow that of their track, and those of groups that of their cell.
        let is_track = matches!(named, NamedCell::Pages(Kind::Track, _));
        let level = place.claim.map_or(2, |claim| claim.heading.level);
        let is_content = |next: &Block| !matches!(next, Block::Heading(next) if next.level <= level && !is_track);
        let has_content_below = next.is_some_and(is_content);
        if like.has_gloss {
            let is_before_list = matches!(next, Some(Block::List { .. } | Block::Table(_)));
            return self.is_only_line(place) && (is_before_list || (next.is_some() && has_form_of_title(place.text)));
        }
        let Some(block) = place.block else {
            // Indented text, or a line of HTML.
            return place.claim.is_some() || has_content_below;
        };
        if block.is_term {
            return place.claim.is_some();
        }
        if let Some((items, item)) = block.item
            && place.line.start <= block.span.start
        {
            let is_alone = items.len() == 1 && has_content_below;
            let may_be_last = place.claim.is_some() && has_content_below;
            return self.is_only_line(place)
                && item.blocks.len() == 1
                && (is_alone || self.is_among_sentences(items, may_be_last));
        }
        if !self.stands_alone(place, block) {
            return false;
        }
        let has_more = place.line.end < block.span.end;
        place.claim.is_some() || has_more || has_content_below
    }

    /// Whether most items of a list are text, not names, and the last one too, unless text follows that may belong to it.
    fn is_among_sentences(&self, items: &[Item], may_be_last: bool) -> bool {
        let is_name = |item: &Item| match item.blocks.as_slice() {
            [Block::Paragraph(paragraph)] => self.named(&paragraph.text).is_some(),
            _ => false,
        };
        let count = || (items.iter().filter(|item| is_name(item)).count(), items.last().is_some_and(is_name));
        let (names, is_last_name) = *self.names_in_lists.borrow_mut().entry(items.as_ptr()).or_insert_with(count);
        names * 2 <= items.len() && (may_be_last || !is_last_name)
    }

    /// Whether a line is the whole paragraph.
    fn is_only_line(&self, place: &LinePlace<'_, '_>) -> bool {
        place.block.is_some_and(|block| {
            let text = &self.page.source[block.span.clone()];
            place.line.start <= block.span.start && !text.trim_end().contains('\n')
        })
    }

    /// Whether a line begins a paragraph, or isn't part of the sentence above.
    fn stands_alone(&self, place: &LinePlace<'_, '_>, block: &TextBlock<'_>) -> bool {
        if place.line.start <= block.span.start {
            return true;
        }
        let above = self.page.source[block.span.start..place.line.start].trim_end();
        let text = place.text.trim();
        let is_sentence_end = text.ends_with(['.', ',', ';', '!', '?']);
        above.ends_with(['.', '!', '?', ':', ';', '。', '}', ')', '”', '"'])
            || (!is_sentence_end && text.starts_with(|c: char| !c.is_lowercase()))
    }

    /// The block after the one that a line is in.
    fn next_block(&self, place: &LinePlace<'_, '_>) -> Option<&'p Block> {
        let below_known = || {
            let above = self.starts.partition_point(|(start, _)| *start < place.line.start);
            above.checked_sub(1).map_or(0, |above| self.starts[above].1 + 1)
        };
        let at = place.block.map_or_else(below_known, |block| block.at);
        self.page.blocks.get(at + 1)
    }

    fn claim_at(&self, byte: usize) -> Option<&'a FoundSection<'p>> {
        let contains = |claim: &&FoundSection<'_>| {
            claim.heading.span.start <= byte && byte < start_of(self.page, claim.blocks.end)
        };
        let after = self.claims.partition_point(|claim| claim.heading.span.start <= byte);
        after.checked_sub(1).map(|at| self.claims[at]).filter(contains)
    }

    /// Reports a line that has the mark of a heading with expectations.
    fn report_mark(&self, like: &HeadingCandidate, place: &LinePlace<'_, 'p>) -> Diagnostic {
        let level = self.claims.first().map_or(2, |claim| claim.heading.level);
        let title = like.texts[0].replace(MARK, "");
        let is_clear = !like.is_contained && !like.has_gloss && self.is_only_line(place) && self.is_outside(place);
        let line =
            HeadingLine { attributes: MARK.to_owned(), ..self.heading_line(like, place, applicability(is_clear)) };
        catalog::marked_line_without_heading(self.span(place), MARK, like.form, level, title.trim(), line)
    }

    /// The line as a heading.
    fn heading_line(
        &self,
        like: &HeadingCandidate,
        place: &LinePlace<'_, '_>,
        applicability: Applicability,
    ) -> HeadingLine {
        // A block of HTML lasts until the next empty line.
        let above = self.page.source[..place.line.start].strip_suffix('\n').unwrap_or_default();
        let line_above = above.rsplit('\n').next().unwrap_or_default();
        let is_below_html = like.form == HeadingForm::Html && !line_above.trim().is_empty();
        let line_break = if line_above.ends_with('\r') { "\r\n" } else { "\n" };
        HeadingLine {
            line: self.page.span(&(place.line.start..place.line.start + place.text.trim_end().len())),
            before: if is_below_html { line_break } else { "" },
            attributes: like.attributes.clone(),
            after: String::new(),
            applicability,
        }
    }

    /// The span of a line without the white space around it.
    fn span(&self, place: &LinePlace<'_, '_>) -> Span {
        let text = place.text.trim();
        let start = place.line.start + place.text.len() - place.text.trim_start().len();
        self.page.span(&(start..start + text.len()))
    }

    fn report(&self, like: &HeadingCandidate, name: &str, named: &NamedCell, place: &LinePlace<'_, 'p>) -> Diagnostic {
        let described = match named {
            NamedCell::Pages(kind, _) => kind.described(),
            NamedCell::Step(_) => "a step of the scale".to_owned(),
        };
        let is_heading = place.block.is_some_and(|block| block.is_heading);
        let level = match (named, place.claim.or(self.claims.first().copied())) {
            (NamedCell::Pages(Kind::Track, _), _) | (_, None) => 2,
            (_, Some(claim)) => claim.heading.level,
        };
        let exact = like.texts.iter().find(|text| fold(text) == fold(name));
        let named_line = NamedHeadingLine {
            text: exact.unwrap_or(&like.texts[0]),
            name,
            is: if exact.is_some() { NameMatch::Exact } else { NameMatch::Near },
            described: &described,
            form: if is_heading { HeadingForm::Inside } else { like.form },
            level,
            cell: place.claim.map(|claim| (claim.heading.text.as_str(), claim.heading.level)),
        };
        let is_at_margin = !place.text.starts_with([' ', '\t']);
        // Such a heading begins at the margin, so only its block can be changed.
        let line = (!(is_heading && is_at_margin) && like.is_whole(place.text)).then(|| {
            let is_unique = match named {
                NamedCell::Pages(_, ids) => ids.len() == 1,
                NamedCell::Step(_) => true,
            };
            let is_clear = exact.is_some() && is_unique && like.is_only(name) && self.is_heading(like, place);
            self.heading_line(like, place, applicability(is_clear))
        });
        catalog::named_line_without_heading(self.span(place), &named_line, line.as_ref())
    }

    /// Whether a line isn't inside another block, in which a heading wouldn't start a cell.
    fn is_outside(&self, place: &LinePlace<'_, '_>) -> bool {
        place.block.is_none_or(|block| matches!(self.page.blocks.get(block.at), Some(Block::Paragraph(_))))
    }

    /// Whether the form of a line means nothing but a heading: it has the marks of one, or stands alone above a list.
    fn is_heading(&self, like: &HeadingCandidate, place: &LinePlace<'_, 'p>) -> bool {
        let is_before_list = || matches!(self.next_block(place), Some(Block::List { .. } | Block::Table(_)));
        let below = self.page.source[place.line.end..].lines().find(|line| !line.trim().is_empty());
        let is_indented = |line: &str| line.starts_with([' ', '\t']);
        if is_indented(place.text) {
            return like.is_marked && !below.is_some_and(is_indented);
        }
        let is_quote = place.text.starts_with("bq.");
        self.is_outside(place) && (like.is_marked && !is_quote || self.is_only_line(place) && is_before_list())
    }
}

fn applicability(is_clear: bool) -> Applicability {
    if is_clear { Applicability::MachineApplicable } else { Applicability::Suggestion }
}

/// A line and where it is.
struct LinePlace<'l, 'p> {
    text: &'l str,
    line: &'l Range<usize>,
    block: Option<&'l TextBlock<'p>>,
    claim: Option<&'l FoundSection<'p>>,
}

/// Whether the cell that a line is in has the name that the line has.
fn is_named_by(named: &NamedCell, claim: Option<&FoundSection<'_>>) -> bool {
    claim.is_some_and(|claim| match (named, claim.kind) {
        (NamedCell::Pages(_, ids), SectionKind::Cell(id)) => ids.contains(&id),
        (NamedCell::Step(step), SectionKind::Step(of)) => *step == of,
        _ => false,
    })
}

/// Whether a line is one that the Markdown parser reports as a heading without a space.
fn is_reported_as_typo(line: &str, block: Option<&TextBlock<'_>>) -> bool {
    let bare = line.trim_start_matches([' ', '\t', '>']);
    let rest = bare.trim_start_matches('#');
    let marks = bare.len() - rest.len();
    block.is_some_and(|block| !block.is_heading)
        && (1..=6).contains(&marks)
        && rest.starts_with(|c: char| c == '\u{a0}' || (marks > 1 && c.is_alphabetic()))
}
