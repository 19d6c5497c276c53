//! HTML files and exported pages as an outline.

use std::cell::RefCell;
use std::sync::Arc;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::delimited::decode;
use super::file_name::page_name;
use super::outline_builder::OutlineBuilder;
use crate::import::ledger::Ledger;
use crate::import::outline::SourceOutline;
use crate::import::sheet::SheetCell;
use crate::import::source_file::SourceFile;

/// Elements whose text isn't part of the page.
const SKIPPED: [&str; 8] = ["head", "script", "style", "template", "noscript", "svg", "nav", "button"];

/// Reads a file.
pub(super) fn read(source: &SourceFile, ledger: &mut Ledger) -> SourceOutline {
    let text = decode(&source.bytes);
    let place: Arc<str> = source.name.as_str().into();
    let sink = HtmlSink {
        state: RefCell::new(HtmlState {
            builder: OutlineBuilder::new(place, ledger),
            skipped: None,
            depth: 0,
            spans: Vec::new(),
            target: None,
            span: (1, 1),
        }),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.state.into_inner().builder.finish(page_name(&source.name))
}

/// The text of a piece of HTML, without markup.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            c => out.push(c),
        }
    }
    out
}

struct HtmlSink<'a> {
    state: RefCell<HtmlState<'a>>,
}

struct HtmlState<'a> {
    builder: OutlineBuilder<'a>,
    /// The element whose content is skipped.
    skipped: Option<String>,
    /// The number of tables around the text.
    depth: usize,
    /// Cells that reach into the next rows.
    spans: Vec<RowSpan>,
    /// The target of the link that is open.
    target: Option<String>,
    /// The columns and rows of the cell that is open.
    span: (usize, usize),
}

/// A cell that reaches into further rows.
struct RowSpan {
    column: usize,
    rows_left: usize,
    cell: SheetCell,
    /// Whether the row that is being read has it already.
    done: bool,
}

impl TokenSink for HtmlSink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => state.tag(&tag, line),
            Token::CharacterTokens(text) if state.skipped.is_none() => {
                // White space between elements isn't text.
                let collapsed: String = text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).collect();
                state.builder.push(&collapsed, line);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl HtmlState<'_> {
    fn tag(&mut self, tag: &Tag, line: usize) {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some(skipped) = &self.skipped {
            if !opens && skipped == name {
                self.skipped = None;
            }
            return;
        }
        let number = |key: &str| {
            let value = tag.attrs.iter().find(|attribute| &*attribute.name.local == key)?;
            value.value.trim().parse::<usize>().ok().filter(|number| (1..=100).contains(number))
        };
        let is_hidden = tag.attrs.iter().any(|attribute| {
            &*attribute.name.local == "hidden"
                || (&*attribute.name.local == "style" && attribute.value.replace(' ', "").contains("display:none"))
        });
        match (name, opens) {
            (name, true) if (SKIPPED.contains(&name) || is_hidden) && !tag.self_closing && !is_void(name) => {
                self.skipped = Some(name.to_owned());
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) if self.depth == 0 => {
                let depth = usize::from(name.as_bytes()[1] - b'0');
                self.builder.start_heading(depth, line);
            }
            ("ul" | "ol", true) => self.builder.start_list(),
            ("ul" | "ol", false) => self.builder.end_list(),
            ("li", true) => self.builder.start_item(line),
            ("a", true) => {
                let target = tag.attrs.iter().find(|attribute| &*attribute.name.local == "href");
                self.target = target.map(|attribute| attribute.value.to_string());
                if self.target.is_some() {
                    self.builder.start_link();
                }
            }
            ("a", false) => {
                if let Some(target) = self.target.take() {
                    self.builder.end_link(&target);
                }
            }
            ("b" | "strong", _) => self.builder.bold(),
            ("br", _) if self.depth > 0 => self.builder.push("\n", line),
            ("br", _) => self.builder.push(" ", line),
            ("table", true) => {
                self.depth += 1;
                if self.depth == 1 {
                    self.builder.start_table(line);
                    self.spans.clear();
                }
            }
            ("table", false) if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.builder.end_table();
                }
            }
            ("tr", true) if self.depth == 1 => {
                self.builder.start_row();
                for span in &mut self.spans {
                    span.done = false;
                }
                self.repeat_spans();
            }
            ("tr", false) if self.depth == 1 => self.repeat_spans(),
            ("td" | "th", true) if self.depth == 1 => {
                self.repeat_spans();
                self.builder.start_cell(line);
                self.span = (number("colspan").unwrap_or(1), number("rowspan").unwrap_or(1));
            }
            ("td" | "th", false) if self.depth == 1 => {
                self.builder.end_cell(self.span.0);
                if self.span.1 > 1
                    && let Some((column, cell)) = self.builder.last_cell()
                {
                    for column in column + 1 - self.span.0..=column {
                        self.spans.push(RowSpan { column, rows_left: self.span.1 - 1, cell: cell.clone(), done: true });
                    }
                }
            }
            ("p", true) => self.builder.start_paragraph(line),
            ("p", false) => self.builder.end_paragraph(),
            (
                "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section" | "article" | "blockquote" | "dt"
                | "dd",
                _,
            ) => {
                self.builder.end_block();
            }
            _ => {}
        }
    }

    /// Repeats the cells of earlier rows that reach into this one, at the columns that come next.
    fn repeat_spans(&mut self) {
        if !self.builder.is_in_table() {
            return;
        }
        loop {
            let column = self.builder.row_length();
            let Some(span) = self.spans.iter_mut().find(|span| span.column == column && !span.done) else { break };
            (span.done, span.rows_left) = (true, span.rows_left - 1);
            let cell = span.cell.clone();
            self.builder.repeat(column, cell);
        }
        self.spans.retain(|span| span.rows_left > 0);
    }
}

fn is_void(name: &str) -> bool {
    ["br", "img", "hr", "input", "meta", "link", "col", "wbr"].contains(&name)
}
