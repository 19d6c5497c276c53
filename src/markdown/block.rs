use std::ops::Range;

use super::Rich;
use crate::diagnostic::Spanned;

/// One block of a document. Ranges are bytes of the source file.
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
        /// Its items.
        items: Vec<Item>,
    },
    /// A block quote or an alert.
    Quote {
        /// Which alert it is, if it is one.
        alert: Option<Alert>,
        /// What it quotes.
        blocks: Vec<Block>,
    },
    /// A `<details>` element.
    Details {
        /// What its summary says, with markup.
        summary: Rich,
        /// What its summary says, without.
        summary_text: String,
        /// Whether it is open at first.
        open: bool,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A table, and the words of its first row.
    Table {
        /// The table.
        html: Rich,
        /// What its columns are called.
        columns: String,
    },
    /// Anything else: code, rules, definition lists, raw HTML.
    Other(Rich),
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id, unique in the document.
    pub id: String,
    /// Classes from `{.name}`.
    pub classes: Vec<String>,
    /// Its words with markup.
    pub html: Rich,
    /// Its words without markup.
    pub text: String,
    /// Its place.
    pub span: Range<usize>,
}

/// A paragraph, or the text of a tight list item.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its text with markup.
    pub html: Rich,
    /// Its text without markup.
    pub text: String,
    /// The id given at the end of its first line as `{#id}`.
    pub id: Option<Spanned<String>>,
    /// Set when it begins as an example: how it reads as one.
    pub example: Option<Box<AsExample>>,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it begins with the box of a task list.
    pub task: bool,
    /// Whether it is the text of a tight list item, printed without `<p>`.
    pub tight: bool,
    /// Its place.
    pub span: Range<usize>,
}

/// How a paragraph that begins with `Example:` reads where it is taken for an example.
#[derive(Debug, Clone, PartialEq)]
pub struct AsExample {
    /// The specialism that it speaks of; may be empty.
    pub specialism: String,
    /// Its text with markup, without the words that make it an example.
    pub html: Rich,
    /// Its text without markup, likewise.
    pub text: String,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Its place.
    pub span: Range<usize>,
}

/// GitHub's alerts.
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

impl Block {
    /// Whether readers see nothing of it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Other(html) if html.is_blank())
    }

    /// The blocks inside this one.
    fn children(&self) -> Vec<&[Block]> {
        match self {
            Self::List { items, .. } => items.iter().map(|item| item.blocks.as_slice()).collect(),
            Self::Quote { blocks, .. } | Self::Details { blocks, .. } => vec![blocks],
            Self::Heading(_) | Self::Paragraph(_) | Self::Table { .. } | Self::Other(_) => Vec::new(),
        }
    }
}

/// Calls `visit` for every heading in some blocks, at any depth.
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

/// Calls `visit` for every paragraph in some blocks, at any depth.
pub fn paragraphs<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Paragraph)) {
    for block in blocks {
        if let Block::Paragraph(paragraph) = block {
            visit(paragraph);
        }
        for children in block.children() {
            paragraphs(children, visit);
        }
    }
}
