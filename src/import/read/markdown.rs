//! Markdown as an outline.

use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::delimited::decode;
use super::file_name::page_name;
use super::outline_builder::OutlineBuilder;
use crate::import::ledger::Ledger;
use crate::import::outline::SourceOutline;
use crate::import::source_file::SourceFile;

/// Reads a file.
pub(super) fn read(source: &SourceFile, ledger: &mut Ledger) -> SourceOutline {
    let text = decode(&source.bytes);
    let place: Arc<str> = source.name.as_str().into();
    let mut builder = OutlineBuilder::new(place.clone(), ledger);
    // Front matter of other programs describes the page, not the ladder.
    let body = front_matter_end(&text);
    if body > 0 {
        builder.leave_lines(1..text[..body].lines().count() + 1);
    }
    let lines = LineIndex::new(&text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    // `pulldown-cmark` has the target at the start of a link.
    let mut targets = Vec::new();
    for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        match &event {
            Event::Start(Tag::Link { dest_url, .. }) => targets.push(dest_url.to_string()),
            Event::End(TagEnd::Link) => builder.end_link(&targets.pop().unwrap_or_default()),
            _ => {}
        }
        pass_on(&mut builder, &event, lines.of(body + range.start));
    }
    builder.finish(page_name(&source.name))
}

fn front_matter_end(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("---\n") else { return 0 };
    rest.find("\n---\n").map_or(0, |end| end + "---\n".len() + "\n---\n".len())
}

/// The starts of the lines of a text.
struct LineIndex(Vec<usize>);

impl LineIndex {
    fn new(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The line of a byte, from 1.
    fn of(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at)
    }
}

/// Passes an event on to a builder.
fn pass_on(builder: &mut OutlineBuilder<'_>, event: &Event<'_>, line: usize) {
    match event {
        Event::Start(Tag::Heading { level, .. }) => builder.start_heading(depth(*level), line),
        Event::Start(Tag::Paragraph) => builder.start_paragraph(line),
        Event::End(TagEnd::Paragraph) => builder.end_paragraph(),
        Event::End(TagEnd::Heading(_) | TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::Item) => builder.end_block(),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) | Tag::HtmlBlock) => {
            builder.end_block();
            builder.start_text(line);
        }
        Event::Start(Tag::List(_)) => builder.start_list(),
        Event::End(TagEnd::List(_)) => builder.end_list(),
        Event::Start(Tag::Item) => builder.start_item(line),
        Event::Start(Tag::Table(_)) => builder.start_table(line),
        Event::End(TagEnd::Table) => builder.end_table(),
        Event::Start(Tag::TableHead | Tag::TableRow) => builder.start_row(),
        Event::Start(Tag::TableCell) => builder.start_cell(line),
        Event::End(TagEnd::TableCell) => builder.end_cell(1),
        Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => builder.bold(),
        Event::Start(Tag::Link { .. }) => builder.start_link(),
        Event::Text(text) | Event::Code(text) => builder.push(text, line),
        Event::InlineHtml(html) if is_break(html) => builder.push("\n", line),
        Event::InlineHtml(html) | Event::Html(html) => {
            let text = super::html::text(html);
            builder.push(&text, line);
        }
        Event::SoftBreak => builder.push(" ", line),
        Event::HardBreak => builder.push("\n", line),
        _ => {}
    }
}

fn is_break(html: &str) -> bool {
    let name = html.trim_matches(['<', '>', '/', ' ']).to_lowercase();
    name == "br" || name == "li" || name == "p"
}

fn depth(level: HeadingLevel) -> usize {
    level as usize
}
