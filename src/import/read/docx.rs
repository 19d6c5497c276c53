//! Word documents as an outline.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::file_name::page_name;
use super::outline_builder::OutlineBuilder;
use super::sheet_xml::{attribute, elements, local_name, reference};
use crate::import::ledger::{Ledger, Reason, TextPlace};
use crate::import::outline::SourceOutline;
use crate::import::source_file::{ImportError, SourceFile};

/// Reads a file. Places count its paragraphs, from 1.
pub(super) fn read(source: &SourceFile, ledger: &mut Ledger) -> Result<SourceOutline, ImportError> {
    let mut archive = Archive::open(source)?;
    let xml = String::from_utf8_lossy(&archive.read("word/document.xml")?).into_owned();
    let headings = heading_styles(&archive.text("word/styles.xml"));
    let place: Arc<str> = source.name.as_str().into();
    elements(&archive.text("word/comments.xml"), |name, element| {
        if name == "comment" {
            let number = attribute(element, "id").unwrap_or_default();
            let id = ledger.add(TextPlace::Part(place.clone(), format!("comment {number}")));
            ledger.leave(id, Reason::Comment);
        }
    });
    let mut document = DocxReader {
        builder: OutlineBuilder::new(place, ledger),
        headings,
        paragraph: 0,
        style: ParagraphStyle::default(),
        bold: false,
        deleted: 0,
        in_text: false,
        lists: 0,
        tables: 0,
        columns: 1,
    };
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => document.start(&element),
            Ok(Event::Empty(element)) => {
                document.start(&element);
                document.end(local_name(element.name().0));
            }
            Ok(Event::End(element)) => document.end(local_name(element.name().0)),
            Ok(Event::Text(text)) => document.text(&text),
            Ok(Event::GeneralRef(name)) => document.text(&reference(&name)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(ImportError::new(format!("{} can't be read: {error}", source.name))),
        }
    }
    document.close_lists(0);
    Ok(document.builder.finish(page_name(&source.name)))
}

/// The styles that are headings, by id, with their depths.
fn heading_styles(xml: &str) -> BTreeMap<String, usize> {
    let mut styles = BTreeMap::new();
    let mut style = String::new();
    elements(xml, |name, element| match name {
        "style" => style = attribute(element, "styleId").unwrap_or_default(),
        "name" => {
            let name = attribute(element, "val").unwrap_or_default().to_lowercase();
            if let Some(depth) = name.strip_prefix("heading ").and_then(|depth| depth.trim().parse::<usize>().ok()) {
                styles.insert(style.clone(), depth);
            } else if name == "title" {
                styles.insert(style.clone(), 1);
            }
        }
        "outlineLvl" => {
            if let Some(depth) =
                attribute(element, "val").and_then(|depth| depth.parse::<usize>().ok()).filter(|depth| *depth < 9)
            {
                styles.entry(style.clone()).or_insert(depth + 1);
            }
        }
        _ => {}
    });
    styles
}

/// The properties of the paragraph that is being read.
#[derive(Default)]
struct ParagraphStyle {
    heading: Option<usize>,
    /// The depth of the list that it's an item of, from 1.
    list: Option<usize>,
    /// Whether its text has begun, so that its properties have had their effect.
    begun: bool,
}

struct DocxReader<'a> {
    builder: OutlineBuilder<'a>,
    headings: BTreeMap<String, usize>,
    paragraph: usize,
    style: ParagraphStyle,
    bold: bool,
    /// The number of elements around that contain deleted or hidden text.
    deleted: usize,
    in_text: bool,
    lists: usize,
    tables: usize,
    columns: usize,
}

impl DocxReader<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let value = || attribute(element, "val");
        match local_name(element.name().0) {
            "p" => {
                self.paragraph += 1;
                self.style = ParagraphStyle::default();
            }
            "pStyle" => {
                self.style.heading = value().and_then(|style| {
                    self.headings.get(&style).copied().or_else(|| style.strip_prefix("Heading")?.parse().ok())
                });
            }
            "ilvl" => {
                self.style.list = value().and_then(|depth| depth.parse::<usize>().ok()).map(|depth| depth.min(8) + 1);
            }
            "numId" if self.style.list.is_none() && value().is_some_and(|id| id != "0") => self.style.list = Some(1),
            "b" => self.bold = value().is_none_or(|value| value != "0" && value != "false"),
            "r" => self.bold = false,
            "del" | "delText" | "instrText" | "vanish" => self.deleted += 1,
            "t" => self.in_text = true,
            "br" | "cr" if self.deleted == 0 => self.text_now("\n"),
            "tab" if self.style.begun => self.text_now(" "),
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.close_lists(0);
                    self.builder.start_table(self.paragraph + 1);
                }
            }
            "tr" if self.tables == 1 => self.builder.start_row(),
            "tc" if self.tables == 1 => {
                self.columns = 1;
                self.builder.start_cell(self.paragraph + 1);
            }
            "gridSpan" => self.columns = value().and_then(|columns| columns.parse().ok()).unwrap_or(1),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            // An item stays open, because a nested list may follow, which belongs to it.
            "p" => {
                if self.tables > 0 || self.style.list.is_none() {
                    self.builder.end_block();
                }
                self.style = ParagraphStyle::default();
            }
            // `vanish` is a property of a run and ends with it.
            "r" => self.deleted = self.deleted.min(usize::from(self.deleted > 1)),
            "del" | "delText" | "instrText" => self.deleted = self.deleted.saturating_sub(1),
            "tc" if self.tables == 1 => self.builder.end_cell(self.columns),
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.builder.end_table();
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.deleted == 0 && !text.is_empty() {
            self.begin();
            if self.bold {
                self.builder.bold();
            }
            self.builder.push(text, self.paragraph);
            if self.bold {
                self.builder.bold();
            }
        }
    }

    fn text_now(&mut self, text: &str) {
        self.begin();
        self.builder.push(text, self.paragraph);
    }

    /// Starts the paragraph as its properties say, once it has text.
    fn begin(&mut self) {
        if std::mem::replace(&mut self.style.begun, true) {
            return;
        }
        if self.tables > 0 {
            if self.style.list.is_some() {
                self.builder.start_item(self.paragraph);
            }
            return;
        }
        if let Some(depth) = self.style.heading {
            self.close_lists(0);
            self.builder.start_heading(depth, self.paragraph);
        } else {
            let depth = self.style.list.unwrap_or(0);
            self.close_lists(depth);
            while self.lists < depth {
                self.builder.start_list();
                self.lists += 1;
            }
            if depth > 0 {
                self.builder.start_item(self.paragraph);
            }
        }
    }

    fn close_lists(&mut self, depth: usize) {
        while self.lists > depth {
            self.builder.end_list();
            self.lists -= 1;
        }
    }
}
