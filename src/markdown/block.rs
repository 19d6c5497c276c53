//! Blocks: headings, paragraphs, lists, quotations and others, with their spans.

use std::ops::Range;

use super::partial_html::PartialHtml;
use crate::diagnostic::Spanned;

/// A block of a document. Spans are byte ranges of the source file.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// The items.
        items: Vec<Item>,
    },
    /// A block quote or an alert.
    Quote {
        /// The kind of alert; `None` for a block quote.
        alert: Option<Alert>,
        /// The content.
        blocks: Vec<Block>,
    },
    /// A `<details>` element.
    Details {
        /// The summary.
        summary: PartialHtml,
        /// The summary as plain text.
        summary_text: String,
        /// Whether the element is initially open.
        open: bool,
        /// The content.
        blocks: Vec<Block>,
    },
    /// A table.
    Table(Table),
    /// A definition list.
    DefinitionList(Vec<Definition>),
    /// A code block.
    Code(CodeBlock),
    /// A block of raw HTML.
    Html(HtmlBlock),
    /// A block that its author marked as prose, by `{.prose}` on the line before.
    Prose(Box<Block>),
    /// Any other block: rules, and blocks that are nested too deeply.
    Other(PartialHtml),
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// The level, 1 to 6.
    pub level: u8,
    /// The id, unique in the document.
    pub id: String,
    /// The classes from `{.name}`.
    pub classes: Vec<String>,
    /// The text with markup.
    pub html: PartialHtml,
    /// The plain text.
    pub text: String,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// A paragraph, or the text of a tight list item.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// The text with markup.
    pub html: PartialHtml,
    /// The plain text.
    pub text: String,
    /// The id given at the end of its first line as `{#id}`.
    pub id: Option<Spanned<String>>,
    /// The names of the expectations that it raises, given there as `{raises=id}`.
    pub raises: Vec<Spanned<String>>,
    /// The paragraph without its `Example:` prefix, if it has one.
    pub example: Option<Box<ExampleText>>,
    /// Whether the whole text is bold.
    pub bold: bool,
    /// Whether it begins with the checkbox of a task list item.
    pub task: bool,
    /// Whether it is the text of a tight list item, written without `<p>`.
    pub tight: bool,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// A paragraph without its `Example:` prefix, as shown among the examples of an expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleText {
    /// The specialism it applies to; empty if none is named.
    pub specialism: String,
    /// Its text with markup, without the words that make it an example.
    pub html: PartialHtml,
    /// Its text without markup, likewise.
    pub text: String,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The content.
    pub blocks: Vec<Block>,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The `<table>` element.
    pub html: PartialHtml,
    /// The cells of its header.
    pub header: Vec<TableCell>,
    /// The cells of each row below the header.
    pub rows: Vec<Vec<TableCell>>,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCell {
    /// Its lines, which `<br>`, bullets and the items of HTML lists separate. Empty ones are left out.
    pub lines: Vec<Paragraph>,
    /// The plain text of the whole cell.
    pub text: String,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// A term of a definition list and its definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The term.
    pub term: Paragraph,
    /// Its definitions.
    pub definitions: Vec<Item>,
}

/// A code block.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeBlock {
    /// The `<pre>` element.
    pub html: PartialHtml,
    /// The code.
    pub text: String,
    /// Whether it's between fences; otherwise it's indented by four spaces.
    pub fenced: bool,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// A block of raw HTML.
#[derive(Debug, Clone, PartialEq)]
pub struct HtmlBlock {
    /// The HTML.
    pub html: PartialHtml,
    /// The items, if it's a plain list: `<ul>` or `<ol>` with texts and lists in it.
    pub items: Vec<Item>,
    /// The byte range in the file.
    pub span: Range<usize>,
}

/// The kinds of GitHub's alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Alert {
    /// The alert's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

impl Heading {
    /// Whether its author marked it as prose.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        self.classes.iter().any(|class| class == "prose")
    }
}

impl Table {
    /// The texts of the header cells, separated by commas.
    pub(super) fn columns(&self) -> String {
        let texts = self.header.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(", ")
    }
}

impl Block {
    /// Returns whether the block has no visible content.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Html(HtmlBlock { html, .. }) | Self::Other(html) => html.is_blank(),
            Self::Prose(block) => block.is_blank(),
            _ => false,
        }
    }

    /// The lists of child blocks.
    fn children(&self) -> Vec<&[Block]> {
        match self {
            Self::List { items, .. } => items.iter().map(|item| item.blocks.as_slice()).collect(),
            Self::Quote { blocks, .. } | Self::Details { blocks, .. } => vec![blocks],
            Self::DefinitionList(terms) => {
                let definitions = terms.iter().flat_map(|term| &term.definitions);
                definitions.map(|definition| definition.blocks.as_slice()).collect()
            }
            Self::Prose(block) => vec![std::slice::from_ref(block)],
            Self::Heading(_) | Self::Paragraph(_) | Self::Table(_) | Self::Code(_) | Self::Html(_) | Self::Other(_) => {
                Vec::new()
            }
        }
    }
}

/// Calls `visit` for every heading in `blocks`, at any depth, in document order.
pub fn headings<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Heading)) {
    for block in blocks {
        if let Block::Heading(heading) = block {
            visit(heading);
        }
        for children in block.children() {
            headings(children, visit);
        }
    }
}

/// Calls `visit` for every paragraph in `blocks`, at any depth, in document order.
pub fn paragraphs<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => visit(paragraph),
            Block::DefinitionList(terms) => terms.iter().for_each(|term| visit(&term.term)),
            _ => {}
        }
        for children in block.children() {
            paragraphs(children, visit);
        }
    }
}

/// Calls `visit` for every table in `blocks`, at any depth, in document order.
pub fn tables<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Table)) {
    for block in blocks {
        if let Block::Table(table) = block {
            visit(table);
        }
        for children in block.children() {
            tables(children, visit);
        }
    }
}
