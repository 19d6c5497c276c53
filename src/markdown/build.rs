use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::block::{Alert, AsExample, Block, Heading, Item, Paragraph};
use super::inline::{self, SpannedEvent};
use super::link::LinkRef;
use super::raw::RawHtml;
use super::rich::Marks;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::name;
use crate::tree::TreePath;

/// How deep blocks may nest before they are only printed, not looked into.
pub(super) const DEEPEST: usize = 40;

/// Reads the Markdown texts of one file: its body and what stands in its front matter. They share one table of links.
pub struct Markdown<'a> {
    pub(super) file: &'a TreePath,
    pub(super) raw: RawHtml,
    pub(super) marks: Marks,
    pub(super) links: Vec<LinkRef>,
    pub(super) anchors: HashSet<String>,
    /// The last number behind each heading that is repeated.
    repeats: HashMap<String, usize>,
    pub(super) footnotes: Vec<Footnote>,
    pub(super) definitions: HashMap<String, Vec<Block>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) place: Origin,
    /// The file's whole text.
    pub(super) source: &'a str,
    /// Elements of raw HTML that are known to be left out.
    pub(super) removed: HashSet<String>,
    /// The text that is being read, where it is not a part of the source as it stands.
    made: String,
}

/// Where a text stands in its file.
#[derive(Debug, Clone)]
pub enum Origin {
    /// It is the file's bytes from here on.
    From(usize),
    /// It was made from these bytes (a YAML text, for example), so that is as exact as its places get.
    Within(Range<usize>),
}

/// What all texts of a file have in common.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The links, in the order in which [`Fill::href`] counts them.
    pub links: Vec<LinkRef>,
    /// The footnotes that are referred to, in order.
    pub footnotes: Vec<Footnote>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Its label in the source.
    pub label: String,
    /// Its number on the page, from 1.
    pub number: usize,
    /// How often it is referred to.
    pub references: usize,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl Footnote {
    /// The id of its text. Made from its number, for labels such as `*` and `†` have no letters.
    #[must_use]
    pub fn anchor(&self) -> String {
        format!("fn-{}", self.number)
    }

    /// The id of its n-th reference, from 1.
    #[must_use]
    pub fn reference_anchor(&self, reference: usize) -> String {
        format!("fnref-{}-{reference}", self.number)
    }
}

type Events<'t> = TextMergeWithOffset<'t, pulldown_cmark::OffsetIter<'t>>;

/// A block, or raw HTML that may belong together with what follows it.
pub(super) enum Piece {
    Block(Block),
    Raw(String, Range<usize>),
}

impl<'a> Markdown<'a> {
    /// A reader for the texts of `file`, whose whole text is `source`.
    #[must_use]
    pub fn new(file: &'a TreePath, source: &'a str, raw: RawHtml) -> Self {
        Self {
            file,
            raw,
            marks: Marks::of(source),
            links: Vec::new(),
            anchors: HashSet::new(),
            repeats: HashMap::new(),
            footnotes: Vec::new(),
            definitions: HashMap::new(),
            diagnostics: Vec::new(),
            place: Origin::From(0),
            source,
            removed: HashSet::new(),
            made: String::new(),
        }
    }

    /// Reads one text.
    pub fn parse(&mut self, text: &str, place: Origin) -> Vec<Block> {
        self.made = if matches!(place, Origin::Within(_)) { text.to_owned() } else { String::new() };
        self.place = place;
        if let Origin::From(start) = self.place {
            self.conflicts(text, start);
        }
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let mut events = TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter());
        self.blocks(&mut events, 0, false)
    }

    /// Hands over what the texts have in common, and the problems met in them.
    #[must_use]
    pub fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        for footnote in &mut self.footnotes {
            footnote.blocks = self.definitions.remove(&footnote.label).unwrap_or_default();
        }
        (Document { links: self.links, footnotes: self.footnotes }, self.diagnostics)
    }

    fn at(&self, range: &Range<usize>) -> Range<usize> {
        match &self.place {
            Origin::From(start) => start + range.start..start + range.end,
            Origin::Within(whole) => self.found(whole, range).unwrap_or_else(|| whole.clone()),
        }
    }

    /// Where a part of a text that was made from bytes of the source stands in them, if it stands there as it is.
    fn found(&self, whole: &Range<usize>, range: &Range<usize>) -> Option<Range<usize>> {
        /// Longer texts would take long to search, again and again.
        const LONGEST: usize = 4000;
        let written = self.made.get(range.clone()).map(str::trim_end).filter(|part| !part.is_empty())?;
        let source = self.source.get(whole.clone()).filter(|source| source.len() <= LONGEST)?;
        let before = self.made[..range.start].matches(written).count();
        let (at, _) = source.match_indices(written).nth(before)?;
        Some(whole.start + at..whole.start + at + written.len())
    }

    pub(super) fn report(
        &mut self,
        code: Code,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::new(code, Span::new(self.file, span.clone()), message).help(help);
        self.diagnostics.push(diagnostic);
    }

    /// Reads blocks up to the end of their container.
    fn blocks(&mut self, events: &mut Events<'_>, depth: usize, in_item: bool) -> Vec<Block> {
        let mut pieces = Vec::new();
        let mut inline: Vec<SpannedEvent<'_>> = Vec::new();
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if !is_inline(&tag) => {
                    self.flush(&mut inline, &mut pieces, in_item);
                    self.block(tag, range, events, depth, in_item, &mut pieces);
                }
                Event::Start(tag) => {
                    let end = tag.to_end();
                    inline.push((Event::Start(tag), self.at(&range)));
                    self.collect(events, end, &mut inline);
                }
                Event::Rule => {
                    self.flush(&mut inline, &mut pieces, in_item);
                    pieces.push(Piece::Block(Block::Other(self.marks.rich("<hr>"))));
                }
                event => inline.push((event, self.at(&range))),
            }
        }
        self.flush(&mut inline, &mut pieces, in_item);
        self.group(pieces)
    }

    /// Turns the text of a tight list item into a paragraph.
    fn flush(&mut self, inline: &mut Vec<SpannedEvent<'_>>, pieces: &mut Vec<Piece>, in_item: bool) {
        if !inline.is_empty() {
            let paragraphs = self.paragraphs(std::mem::take(inline), true, in_item);
            pieces.extend(paragraphs.into_iter().map(Piece::Block));
        }
    }

    fn block<'t>(
        &mut self,
        tag: Tag<'t>,
        range: Range<usize>,
        events: &mut Events<'t>,
        depth: usize,
        in_item: bool,
        pieces: &mut Vec<Piece>,
    ) {
        let container = matches!(tag, Tag::List(_) | Tag::BlockQuote(_));
        match tag {
            Tag::Paragraph => {
                let mut inside = Vec::new();
                self.collect(events, TagEnd::Paragraph, &mut inside);
                inside.pop();
                let paragraphs = self.paragraphs(inside, false, in_item);
                pieces.extend(paragraphs.into_iter().map(Piece::Block));
            }
            Tag::Heading { level, id, classes, .. } => {
                let heading = self.heading(level, id, &classes, range, events);
                pieces.push(Piece::Block(Block::Heading(heading)));
            }
            Tag::List(start) if depth < DEEPEST => {
                let items = self.items(events, depth);
                pieces.push(Piece::Block(Block::List { start, items }));
            }
            Tag::BlockQuote(kind) if depth < DEEPEST => {
                let blocks = self.blocks(events, depth + 1, false);
                pieces.push(Piece::Block(Block::Quote { alert: kind.map(alert), blocks }));
            }
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(events, depth + 1, false);
                self.definitions.entry(label.to_string()).or_insert(blocks);
            }
            Tag::HtmlBlock => {
                let mut inside = Vec::new();
                self.collect(events, TagEnd::HtmlBlock, &mut inside);
                let place = self.at(&range);
                self.html_block(&inside, place, pieces);
            }
            tag => {
                if let Tag::CodeBlock(CodeBlockKind::Fenced(_)) = &tag {
                    self.unclosed_fence(&self.at(&range));
                }
                debug_assert!(!container || depth >= DEEPEST, "containers are looked into");
                let end = tag.to_end();
                let mut all = vec![(Event::Start(tag), self.at(&range))];
                self.collect(events, end, &mut all);
                let columns = (end == TagEnd::Table).then(|| columns(&all));
                let (html, _) = self.finished(all);
                pieces.push(Piece::Block(match columns {
                    Some(columns) => Block::Table { html, columns },
                    None => Block::Other(html),
                }));
            }
        }
    }

    fn html_block(&mut self, inside: &[SpannedEvent<'_>], place: Range<usize>, pieces: &mut Vec<Piece>) {
        let mut text = String::new();
        for (event, range) in inside {
            if let Event::Html(part) | Event::Text(part) = event {
                let part =
                    if self.raw == RawHtml::Escape { part.to_string() } else { self.mark_addresses(part, range) };
                text.push_str(&part);
            }
        }
        if self.raw == RawHtml::Escape {
            let html = self.marks.rich(&format!("<pre><code>{}</code></pre>", super::escape(&text)));
            pieces.push(Piece::Block(Block::Other(html)));
        } else {
            pieces.push(Piece::Raw(text, place));
        }
    }

    /// Collects the events up to and with the end of an element that has just been opened.
    fn collect<'t>(&self, events: &mut Events<'t>, end: TagEnd, into: &mut Vec<SpannedEvent<'t>>) {
        let mut depth = 0;
        for (event, range) in events.by_ref() {
            let place = self.at(&range);
            match &event {
                Event::Start(tag) if tag.to_end() == end => depth += 1,
                Event::End(tag) if *tag == end && depth == 0 => {
                    into.push((event, place));
                    return;
                }
                Event::End(tag) if *tag == end => depth -= 1,
                _ => {}
            }
            into.push((event, place));
        }
    }

    fn items(&mut self, events: &mut Events<'_>, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), range)) = events.next() {
            let span = self.at(&range);
            let blocks = self.blocks(events, depth + 1, true);
            items.push(Item { blocks, span });
        }
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
        let span = self.at(&range);
        let (html, text) = self.finished(inside);
        let id = match id {
            Some(id) if self.anchors.insert(id.to_string()) => id.to_string(),
            Some(id) => {
                let message = format!("this page has two anchors called `{id}`");
                self.report(Code::DuplicateAnchor, &span, message, "give one of them a different id");
                id.to_string()
            }
            None => self.free_anchor(&text),
        };
        self.note_of_theme(&id, &span);
        Heading { level: level as u8, id, classes: classes.iter().map(ToString::to_string).collect(), html, text, span }
    }

    /// Notes an id that a part of the theme may have.
    fn note_of_theme(&mut self, id: &str, span: &Range<usize>) {
        if let Some(rest) = id.strip_prefix(name::OF_THEME) {
            let message = format!("ids that begin with `{}` are reserved for the theme", name::OF_THEME);
            self.report(Code::MalformedId, span, message, format!("write `{{#{rest}}}`"));
        }
    }

    /// An anchor made from a heading by GitHub's rule: `-1`, `-2` … where it is taken.
    pub(super) fn free_anchor(&mut self, text: &str) -> String {
        let wanted = match name::anchor(text) {
            anchor if anchor.is_empty() => "section".to_owned(),
            anchor => anchor,
        };
        let mut anchor = wanted.clone();
        while !self.anchors.insert(anchor.clone()) {
            let number = self.repeats.entry(wanted.clone()).or_insert(0);
            *number += 1;
            anchor = format!("{wanted}-{number}");
        }
        anchor
    }

    /// One paragraph; two where a list item's text goes on with a line `Example: …`.
    fn paragraphs(&mut self, mut events: Vec<SpannedEvent<'_>>, tight: bool, in_item: bool) -> Vec<Block> {
        self.line_slips(&events, in_item);
        let rest = in_item.then(|| inline::example_line(&events)).flatten().map(|at| events.split_off(at));
        let mut blocks = vec![Block::Paragraph(self.paragraph(events, tight))];
        if let Some(mut rest) = rest {
            rest.remove(0);
            blocks.push(Block::Paragraph(Paragraph { tight: false, ..self.paragraph(rest, tight) }));
        }
        blocks
    }

    /// How some text reads as an example, if it begins as one. Its links and footnotes are those of the whole text, which
    /// is finished after it and counts them again.
    fn as_example(&mut self, events: &[SpannedEvent<'_>]) -> Option<Box<AsExample>> {
        let mut rest = events.to_vec();
        let specialism = inline::take_example(&mut rest)?;
        let (links, footnotes, diagnostics) = (self.links.len(), self.footnotes.clone(), self.diagnostics.len());
        let removed = self.removed.clone();
        let (html, text) = self.finished(rest);
        self.links.truncate(links);
        (self.footnotes, self.removed) = (footnotes, removed);
        self.diagnostics.truncate(diagnostics);
        Some(Box::new(AsExample { specialism, html, text }))
    }

    fn paragraph(&mut self, mut events: Vec<SpannedEvent<'_>>, tight: bool) -> Paragraph {
        let start = events.first().map_or(0, |(_, range)| range.start);
        let end = events.last().map_or(start, |(_, range)| range.end).max(start);
        let task = matches!(events.first(), Some((Event::TaskListMarker(_), _)));
        if let Some((span, message, id)) = inline::malformed_id(&events) {
            self.report(Code::MalformedId, &span, message, format!("write `{id}`"));
        }
        let id = inline::take_id(&mut events);
        if let Some(id) = &id {
            self.note_of_theme(&id.value, &id.span);
        }
        let bold = inline::is_bold(&events);
        let example = if bold { None } else { self.as_example(&events) };
        let (html, text) = self.finished(events);
        Paragraph { html, text, id, example, bold, task, tight, span: start..end }
    }
}

/// What a table's columns are called.
fn columns(table: &[SpannedEvent<'_>]) -> String {
    let head = table.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead)));
    let cells = head.filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text.trim()),
        _ => None,
    });
    cells.collect::<Vec<_>>().join(", ")
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
