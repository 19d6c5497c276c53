//! Rendering of blocks and footnotes to HTML.

use super::block::{Block, CodeBlock, Definition, Heading, HtmlBlock, Item, Paragraph};
use super::document::Footnote;
use super::partial_html::PlaceholderWriter;
use super::text::escape;

/// Writes blocks as HTML.
pub fn write_blocks(blocks: &[Block], placeholders: &dyn PlaceholderWriter, out: &mut String) {
    for block in blocks {
        write_block(block, placeholders, out);
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }
}

fn write_block(block: &Block, placeholders: &dyn PlaceholderWriter, out: &mut String) {
    match block {
        Block::Heading(heading) => write_heading(heading, placeholders, out),
        Block::Paragraph(paragraph) => write_paragraph(paragraph, placeholders, out),
        Block::List { start, items } => write_list(*start, items, placeholders, out),
        Block::Quote { alert, blocks } => {
            match alert {
                Some(alert) => {
                    let (class, title) = (alert.title().to_lowercase(), alert.title());
                    out.push_str(&format!(
                        "<blockquote class=\"alert alert-{class}\">\n<p class=\"alert-title\">{title}</p>\n"
                    ));
                }
                None => out.push_str("<blockquote>\n"),
            }
            write_blocks(blocks, placeholders, out);
            out.push_str("</blockquote>");
        }
        Block::Details { summary, open, blocks, .. } => {
            out.push_str(if *open { "<details open><summary>" } else { "<details><summary>" });
            summary.write(placeholders, out);
            out.push_str("</summary>\n");
            write_blocks(blocks, placeholders, out);
            out.push_str("</details>");
        }
        // A wide table scrolls separately from the page; `tabindex` makes it scrollable with the keyboard.
        Block::Table(table) => {
            let columns = table.columns();
            let label = escape(if columns.is_empty() { "Table" } else { &columns });
            out.push_str(&format!("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">\n"));
            table.html.write(placeholders, out);
            out.push_str("</div>");
        }
        Block::DefinitionList(terms) => write_definitions(terms, placeholders, out),
        Block::Prose(block) => write_block(block, placeholders, out),
        Block::Code(CodeBlock { html, .. }) | Block::Html(HtmlBlock { html, .. }) | Block::Other(html) => {
            html.write(placeholders, out);
        }
    }
}

fn write_heading(heading: &Heading, placeholders: &dyn PlaceholderWriter, out: &mut String) {
    // The title of the page is its only heading of level 1.
    let level = placeholders.heading_level(heading.level.max(2));
    out.push_str(&format!("<h{level}"));
    placeholders.id(&heading.id, out);
    out.push('>');
    heading.html.write(placeholders, out);
    out.push_str(&format!("</h{level}>"));
}

fn write_paragraph(paragraph: &Paragraph, placeholders: &dyn PlaceholderWriter, out: &mut String) {
    if paragraph.tight {
        paragraph.html.write(placeholders, out);
        return;
    }
    out.push_str("<p");
    if let Some(id) = &paragraph.id {
        placeholders.id(&id.value, out);
    }
    out.push('>');
    paragraph.html.write(placeholders, out);
    out.push_str("</p>");
}

fn write_list(start: Option<u64>, items: &[Item], placeholders: &dyn PlaceholderWriter, out: &mut String) {
    let tag = if start.is_some() { "ol" } else { "ul" };
    match start {
        Some(number) if number != 1 => out.push_str(&format!("<ol start=\"{number}\">\n")),
        _ => out.push_str(&format!("<{tag}>\n")),
    }
    for item in items {
        write_item(item, placeholders, out);
    }
    out.push_str(&format!("</{tag}>"));
}

fn write_item(item: &Item, placeholders: &dyn PlaceholderWriter, out: &mut String) {
    let task = matches!(item.blocks.first(), Some(Block::Paragraph(first)) if first.task);
    out.push_str(if task { "<li class=\"task\"" } else { "<li" });
    if let Some(Block::Paragraph(Paragraph { id: Some(id), tight: true, .. })) = item.blocks.first() {
        placeholders.id(&id.value, out);
    }
    out.push('>');
    match item.blocks.as_slice() {
        [Block::Paragraph(only)] if only.tight => write_paragraph(only, placeholders, out),
        blocks => write_blocks(blocks, placeholders, out),
    }
    out.push_str("</li>\n");
}

fn write_definitions(terms: &[Definition], placeholders: &dyn PlaceholderWriter, out: &mut String) {
    out.push_str("<dl>\n");
    for term in terms {
        out.push_str("<dt");
        if let Some(id) = &term.term.id {
            placeholders.id(&id.value, out);
        }
        out.push('>');
        term.term.html.write(placeholders, out);
        out.push_str("</dt>\n");
        for definition in &term.definitions {
            out.push_str("<dd>");
            match definition.blocks.as_slice() {
                [Block::Paragraph(only)] if only.tight => write_paragraph(only, placeholders, out),
                blocks => write_blocks(blocks, placeholders, out),
            }
            out.push_str("</dd>\n");
        }
    }
    out.push_str("</dl>");
}

/// Writes footnotes as an ordered list, each with links back to its references. Writes nothing for an empty slice.
pub fn write_footnotes(footnotes: &[Footnote], placeholders: &dyn PlaceholderWriter, out: &mut String) {
    if footnotes.is_empty() {
        return;
    }
    out.push_str("<ol class=\"footnotes\">\n");
    for footnote in footnotes {
        out.push_str("<li");
        placeholders.id(&footnote.anchor(), out);
        out.push('>');
        write_blocks(&footnote.blocks, placeholders, out);
        for reference in 1..=footnote.references {
            out.push_str("<a class=\"footnote-back\" href=\"");
            placeholders.own_anchor(&footnote.reference_anchor(reference), out);
            out.push_str(&format!("\" aria-label=\"Back to reference {} in the text\">↩</a>\n", footnote.number));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}
