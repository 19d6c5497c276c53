//! The Markdown parser: events of `pulldown-cmark` as blocks with spans.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::block::{Alert, Block, CodeBlock, ExampleText, Heading, Item, Paragraph};
use super::document::{Document, Footnote};
use super::inline_marks::{self, SpannedEvent};
use super::line_marks::{LineMarks, ends_with_literal_brace, malformed_marks, take_marks};
use super::link::LinkRef;
use super::literal_colons::HiddenColons;
use super::partial_html::PlaceholderMarkers;
use super::raw_html::RawHtml;
use crate::diagnostic::{Diagnostic, Span, Spanned, catalog, merge_repeated};
use crate::tree::TreePath;

/// The maximum nesting depth of blocks that are parsed to [`Block`]s. Deeper ones are rendered to HTML as a whole, which
/// bounds the recursion.
pub(super) const MAX_BLOCK_DEPTH: usize = 40;

/// A parser for the Markdown texts of one file: its body and the values in its front matter. They share links, footnotes
/// and anchors.
pub struct MarkdownParser<'a> {
    pub(super) file: &'a TreePath,
    pub(super) raw: RawHtml,
    pub(super) markers: PlaceholderMarkers,
    pub(super) links: Vec<LinkRef>,
    pub(super) anchors: HashSet<String>,
    /// The last number appended to each repeated anchor.
    pub(super) repeats: HashMap<String, usize>,
    pub(super) footnotes: Vec<Footnote>,
    /// The positions of footnotes by their labels.
    pub(super) footnotes_by_label: HashMap<String, usize>,
    /// The position of the footnote of each reference, in order.
    pub(super) footnote_references: Vec<usize>,
    /// The texts of footnotes by their labels, each with its span.
    pub(super) definitions: HashMap<String, Spanned<Vec<Block>>>,
    /// The ids of elements of raw HTML.
    pub(super) raw_anchors: Vec<Spanned<String>>,
    /// The names in `{raises=id}`.
    raises: Vec<Range<usize>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Diagnostics of which each kind is reported once, for all of its places.
    pub(super) repeated: Vec<Diagnostic>,
    pub(super) origin: TextOrigin,
    /// The text of the whole file.
    pub(super) source: &'a str,
    /// Elements of raw HTML whose removal has been reported.
    pub(super) removed_elements: HashSet<String>,
    /// The text that is being parsed, if its origin is [`TextOrigin::Derived`].
    derived_text: String,
}

/// The origin of a Markdown text in its file, from which the spans of its parts are computed.
#[derive(Debug, Clone)]
pub enum TextOrigin {
    /// The text is the file's content from this byte on.
    Verbatim(usize),
    /// The text was decoded from this byte range, for example from a quoted YAML scalar. The spans of its parts are exact
    /// only where they can be found in the range.
    Derived(Range<usize>),
}

pub(super) type Events<'t> = TextMergeWithOffset<'t, std::vec::IntoIter<SpannedEvent<'t>>>;

/// A parsed block, or raw HTML that may open an element which wraps the following blocks.
pub(super) enum UngroupedBlock {
    Block(Block),
    /// Raw HTML and its source range.
    Html(String, Range<usize>),
}

impl<'a> MarkdownParser<'a> {
    /// A parser for the texts of `file`, whose whole content is `source`.
    #[must_use]
    pub fn new(file: &'a TreePath, source: &'a str, raw: RawHtml) -> Self {
        Self {
            file,
            raw,
            markers: PlaceholderMarkers::for_source(source),
            links: Vec::new(),
            anchors: HashSet::new(),
            repeats: HashMap::new(),
            footnotes: Vec::new(),
            footnotes_by_label: HashMap::new(),
            footnote_references: Vec::new(),
            definitions: HashMap::new(),
            raw_anchors: Vec::new(),
            raises: Vec::new(),
            diagnostics: Vec::new(),
            repeated: Vec::new(),
            origin: TextOrigin::Verbatim(0),
            source,
            removed_elements: HashSet::new(),
            derived_text: String::new(),
        }
    }

    /// Parses one text of the file.
    pub fn parse(&mut self, text: &str, origin: TextOrigin) -> Vec<Block> {
        self.derived_text = if matches!(origin, TextOrigin::Derived(_)) { text.to_owned() } else { String::new() };
        self.origin = origin;
        if let TextOrigin::Verbatim(start) = self.origin {
            self.report_merge_conflict(text, start);
        }
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let hidden = HiddenColons::new(text);
        let mut parser = Parser::new_ext(hidden.text(), options).into_offset_iter();
        let events: Vec<_> = parser.by_ref().map(|(event, range)| (hidden.restore(event), range)).collect();
        self.report_unpublished_text(text, &events, parser.reference_definitions());
        let mut events = TextMergeWithOffset::new(events.into_iter());
        self.blocks(&mut events, 0, false)
    }

    /// Returns the links, footnotes and anchors of all parsed texts, and the diagnostics.
    #[must_use]
    pub fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.finish_footnotes();
        self.diagnostics.extend(merge_repeated(self.repeated));
        let (links, footnotes, anchors, raises) = (self.links, self.footnotes, self.raw_anchors, self.raises);
        let document = Document { links, footnotes, anchors, raises };
        (document, self.diagnostics)
    }

    /// Converts a range of the parsed text to a range of the file.
    pub(super) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        match &self.origin {
            TextOrigin::Verbatim(start) => start + range.start..start + range.end,
            TextOrigin::Derived(whole) => self.find_in_source(whole, range).unwrap_or_else(|| whole.clone()),
        }
    }

    /// Searches the source range of a derived text for one of its parts. Returns `None` if the part is spelled differently
    /// there.
    fn find_in_source(&self, whole: &Range<usize>, range: &Range<usize>) -> Option<Range<usize>> {
        /// The search is repeated for every part, so its cost is quadratic in the length of the text.
        const MAX_SEARCHED_BYTES: usize = 4000;
        let part = self.derived_text.get(range.clone()).map(str::trim_end).filter(|part| !part.is_empty())?;
        let source = self.source.get(whole.clone()).filter(|source| source.len() <= MAX_SEARCHED_BYTES)?;
        let before = self.derived_text[..range.start].matches(part).count();
        let (at, _) = source.match_indices(part).nth(before)?;
        Some(whole.start + at..whole.start + at + part.len())
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The span of a byte range of the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.clone())
    }

    /// Parses blocks up to the end of their container.
    pub(super) fn blocks(&mut self, events: &mut Events<'_>, depth: usize, in_item: bool) -> Vec<Block> {
        let mut ungrouped = Vec::new();
        let mut inline: Vec<SpannedEvent<'_>> = Vec::new();
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if !is_inline(&tag) => {
                    self.flush(&mut inline, &mut ungrouped, in_item);
                    self.block(tag, range, events, depth, in_item, &mut ungrouped);
                }
                Event::Start(tag) => {
                    let end = tag.to_end();
                    inline.push((Event::Start(tag), self.source_range(&range)));
                    self.collect(events, end, &mut inline);
                }
                Event::Rule => {
                    self.flush(&mut inline, &mut ungrouped, in_item);
                    ungrouped.push(UngroupedBlock::Block(Block::Other(self.markers.to_partial_html("<hr>"))));
                }
                event => inline.push((event, self.source_range(&range))),
            }
        }
        self.flush(&mut inline, &mut ungrouped, in_item);
        self.group(ungrouped)
    }

    /// Converts the collected inline events, the text of a tight list item, to a paragraph.
    fn flush(&mut self, inline: &mut Vec<SpannedEvent<'_>>, ungrouped: &mut Vec<UngroupedBlock>, in_item: bool) {
        if !inline.is_empty() {
            let paragraphs = self.paragraphs(std::mem::take(inline), true, in_item);
            ungrouped.extend(paragraphs.into_iter().map(UngroupedBlock::Block));
        }
    }

    fn block<'t>(
        &mut self,
        tag: Tag<'t>,
        range: Range<usize>,
        events: &mut Events<'t>,
        depth: usize,
        in_item: bool,
        ungrouped: &mut Vec<UngroupedBlock>,
    ) {
        let container = matches!(tag, Tag::List(_) | Tag::BlockQuote(_));
        match tag {
            Tag::Paragraph => {
                let mut inside = Vec::new();
                self.collect(events, TagEnd::Paragraph, &mut inside);
                inside.pop();
                let paragraphs = self.paragraphs(inside, false, in_item);
                ungrouped.extend(paragraphs.into_iter().map(UngroupedBlock::Block));
            }
            Tag::Heading { level, .. } if self.report_accidental_heading(&range) => {
                let mut inside = Vec::new();
                self.collect(events, TagEnd::Heading(level), &mut inside);
                inside.pop();
                let paragraphs = self.paragraphs(inside, false, in_item);
                ungrouped.extend(paragraphs.into_iter().map(UngroupedBlock::Block));
            }
            Tag::Heading { level, id, classes, .. } => {
                let heading = self.heading(level, id, &classes, range, events);
                ungrouped.push(UngroupedBlock::Block(Block::Heading(heading)));
            }
            Tag::List(start) if depth < MAX_BLOCK_DEPTH => {
                let items = self.items(events, depth);
                ungrouped.push(UngroupedBlock::Block(Block::List { start, items }));
            }
            Tag::BlockQuote(kind) if depth < MAX_BLOCK_DEPTH => {
                let blocks = self.blocks(events, depth + 1, false);
                ungrouped.push(UngroupedBlock::Block(Block::Quote { alert: kind.map(alert), blocks }));
            }
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(events, depth + 1, false);
                self.add_footnote(&label, blocks, &range);
            }
            Tag::HtmlBlock => {
                let mut inside = Vec::new();
                self.collect(events, TagEnd::HtmlBlock, &mut inside);
                let span = self.source_range(&range);
                self.html_block(&inside, span, ungrouped);
            }
            Tag::DefinitionList if depth < MAX_BLOCK_DEPTH => {
                let list = self.definition_list(events, depth);
                ungrouped.push(UngroupedBlock::Block(Block::DefinitionList(list)));
            }
            Tag::Table(_) => {
                let span = self.source_range(&range);
                let mut all = vec![(Event::Start(tag), span.clone())];
                self.collect(events, TagEnd::Table, &mut all);
                ungrouped.push(UngroupedBlock::Block(Block::Table(self.table(all, span))));
            }
            tag => {
                let fenced = match &tag {
                    Tag::CodeBlock(kind) => Some(matches!(kind, CodeBlockKind::Fenced(_))),
                    _ => None,
                };
                match fenced {
                    Some(true) => self.report_unclosed_fence(&self.source_range(&range)),
                    Some(false) => {
                        self.report_indented_bullets(&self.source_range(&range), in_item);
                        self.report_indented_row(&self.source_range(&range), in_item);
                    }
                    None => {}
                }
                debug_assert!(!container || depth >= MAX_BLOCK_DEPTH, "containers are parsed");
                let end = tag.to_end();
                let mut all = vec![(Event::Start(tag), self.source_range(&range))];
                self.collect(events, end, &mut all);
                let (html, text) = self.render_inline(all);
                let span = self.source_range(&range);
                ungrouped.push(UngroupedBlock::Block(match fenced {
                    Some(fenced) => Block::Code(CodeBlock { html, text, fenced, span }),
                    None => Block::Other(html),
                }));
            }
        }
    }

    /// Moves the events of an open element to `into`, including its end.
    pub(super) fn collect<'t>(&self, events: &mut Events<'t>, end: TagEnd, into: &mut Vec<SpannedEvent<'t>>) {
        let mut depth = 0;
        for (event, range) in events.by_ref() {
            let span = self.source_range(&range);
            match &event {
                Event::Start(tag) if tag.to_end() == end => depth += 1,
                Event::End(tag) if *tag == end && depth == 0 => {
                    into.push((event, span));
                    return;
                }
                Event::End(tag) if *tag == end => depth -= 1,
                _ => {}
            }
            into.push((event, span));
        }
    }

    fn items(&mut self, events: &mut Events<'_>, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), range)) = events.next() {
            let span = self.source_range(&range);
            let blocks = self.blocks(events, depth + 1, true);
            items.push(Item { blocks, span });
        }
        items.shrink_to_fit();
        items
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'_>>,
        classes: &[CowStr<'_>],
        range: Range<usize>,
        events: &mut Events<'_>,
    ) -> Heading {
        let mut inside = Vec::new();
        self.collect(events, TagEnd::Heading(level), &mut inside);
        inside.pop();
        let span = self.source_range(&range);
        let (html, text) = self.render_inline(inside);
        let id = match id {
            Some(id) if self.anchors.insert(id.to_string()) => id.to_string(),
            Some(id) => {
                self.report_duplicate_anchor(&id, &span);
                id.to_string()
            }
            None => self.heading_anchor(&text),
        };
        self.report_reserved_id(&id, &span);
        Heading { level: level as u8, id, classes: classes.iter().map(ToString::to_string).collect(), html, text, span }
    }

    /// Builds a paragraph, or two where a later line of a list item begins with `Example:`.
    fn paragraphs(&mut self, mut events: Vec<SpannedEvent<'_>>, tight: bool, in_item: bool) -> Vec<Block> {
        self.report_likely_typos(&events, in_item);
        let rest = in_item.then(|| inline_marks::example_line(&events)).flatten().map(|at| events.split_off(at));
        let mut blocks = vec![Block::Paragraph(self.paragraph(events, tight))];
        if let Some(mut rest) = rest {
            rest.remove(0);
            blocks.push(Block::Paragraph(Paragraph { tight: false, ..self.paragraph(rest, tight) }));
        }
        blocks
    }

    /// Renders a text without its `Example:` prefix, if it has one.
    ///
    /// The whole text is rendered afterwards. So links, footnotes, anchors and diagnostics of this rendering are discarded, or they
    /// would be registered twice.
    fn example_text(&mut self, events: &[SpannedEvent<'_>]) -> Option<Box<ExampleText>> {
        let mut rest = events.to_vec();
        let specialism = inline_marks::take_example(&mut rest)?;
        let (html, text) = self.discard_references(|parser| parser.render_inline(rest));
        Some(Box::new(ExampleText { specialism, html, text }))
    }

    /// Calls `render`, and discards the links, footnotes, anchors and diagnostics of what it renders.
    pub(super) fn discard_references<T>(&mut self, render: impl FnOnce(&mut Self) -> T) -> T {
        let (links, references, diagnostics) =
            (self.links.len(), self.footnote_references.len(), self.diagnostics.len());
        let (removed_elements, anchors) = (self.removed_elements.clone(), self.raw_anchors.len());
        let rendered = render(self);
        for anchor in self.raw_anchors.drain(anchors..) {
            self.anchors.remove(&anchor.value);
        }
        self.links.truncate(links);
        self.truncate_footnote_references(references);
        self.removed_elements = removed_elements;
        self.diagnostics.truncate(diagnostics);
        rendered
    }

    pub(super) fn paragraph(&mut self, mut events: Vec<SpannedEvent<'_>>, tight: bool) -> Paragraph {
        let start = events.first().map_or(0, |(_, range)| range.start);
        let end = events.last().map_or(start, |(_, range)| range.end).max(start);
        let task = matches!(events.first(), Some((Event::TaskListMarker(_), _)));
        let is_literal = ends_with_literal_brace(&events, self.source);
        if let Some((range, mistake, valid)) = malformed_marks(&events).filter(|_| !is_literal) {
            let is_exact = |written: &str| written.starts_with('{') && written.ends_with('}');
            let written = self.source.get(range.clone()).filter(|written| is_exact(written)).map(|_| self.span(&range));
            self.push(catalog::malformed_id(self.span(&range), mistake, valid.as_deref(), written));
        }
        let LineMarks { id, raises } = if is_literal { LineMarks::default() } else { take_marks(&mut events) };
        self.raises.extend(raises.iter().map(|name| name.span.clone()));
        if let Some(id) = &id {
            self.report_reserved_id(&id.value, &id.span);
        }
        let bold = inline_marks::is_bold(&events);
        let example = if bold { None } else { self.example_text(&events) };
        let (html, text) = self.render_inline(events);
        Paragraph { html, text, id, raises, example, bold, task, tight, span: start..end }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}
