use super::block::{Block, Heading, Item, Paragraph};
use super::build::Footnote;
use super::rich::Fill;

/// Text made safe for HTML, inside attributes too.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// The text of finished HTML: without tags and the numbers of footnotes, entities undone, white space folded.
#[must_use]
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let end = if tag.starts_with("sup class=\"footnote-ref\"") { "</sup>" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes blocks as prose.
pub fn write_blocks(blocks: &[Block], fill: &dyn Fill, out: &mut String) {
    for block in blocks {
        write_block(block, fill, out);
        if !out.ends_with('\n') {
            out.push('\n');
        }
    }
}

fn write_block(block: &Block, fill: &dyn Fill, out: &mut String) {
    match block {
        Block::Heading(heading) => write_heading(heading, fill, out),
        Block::Paragraph(paragraph) => write_paragraph(paragraph, fill, out),
        Block::List { start, items } => write_list(*start, items, fill, out),
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
            write_blocks(blocks, fill, out);
            out.push_str("</blockquote>");
        }
        Block::Details { summary, open, blocks, .. } => {
            out.push_str(if *open { "<details open><summary>" } else { "<details><summary>" });
            summary.write(fill, out);
            out.push_str("</summary>\n");
            write_blocks(blocks, fill, out);
            out.push_str("</details>");
        }
        // A wide table scrolls by itself, with the keyboard, too.
        Block::Table { html, columns } => {
            let label = escape(if columns.is_empty() { "Table" } else { columns });
            out.push_str(&format!("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">\n"));
            html.write(fill, out);
            out.push_str("</div>");
        }
        Block::Other(html) => html.write(fill, out),
    }
}

fn write_heading(heading: &Heading, fill: &dyn Fill, out: &mut String) {
    let level = fill.heading(heading.level);
    out.push_str(&format!("<h{level}"));
    fill.id(&heading.id, out);
    out.push('>');
    heading.html.write(fill, out);
    out.push_str(&format!("</h{level}>"));
}

fn write_paragraph(paragraph: &Paragraph, fill: &dyn Fill, out: &mut String) {
    if paragraph.tight {
        paragraph.html.write(fill, out);
        return;
    }
    out.push_str("<p");
    if let Some(id) = &paragraph.id {
        fill.id(&id.value, out);
    }
    out.push('>');
    paragraph.html.write(fill, out);
    out.push_str("</p>");
}

fn write_list(start: Option<u64>, items: &[Item], fill: &dyn Fill, out: &mut String) {
    let tag = if start.is_some() { "ol" } else { "ul" };
    match start {
        Some(number) if number != 1 => out.push_str(&format!("<ol start=\"{number}\">\n")),
        _ => out.push_str(&format!("<{tag}>\n")),
    }
    for item in items {
        write_item(item, fill, out);
    }
    out.push_str(&format!("</{tag}>"));
}

fn write_item(item: &Item, fill: &dyn Fill, out: &mut String) {
    let task = matches!(item.blocks.first(), Some(Block::Paragraph(first)) if first.task);
    out.push_str(if task { "<li class=\"task\"" } else { "<li" });
    if let Some(Block::Paragraph(Paragraph { id: Some(id), tight: true, .. })) = item.blocks.first() {
        fill.id(&id.value, out);
    }
    out.push('>');
    match item.blocks.as_slice() {
        [Block::Paragraph(only)] if only.tight => write_paragraph(only, fill, out),
        blocks => write_blocks(blocks, fill, out),
    }
    out.push_str("</li>\n");
}

/// Writes footnotes as an ordered list, each with links back to where it is referred to. Writes nothing for none.
pub fn write_footnotes(footnotes: &[Footnote], fill: &dyn Fill, out: &mut String) {
    if footnotes.is_empty() {
        return;
    }
    out.push_str("<ol class=\"footnotes\">\n");
    for footnote in footnotes {
        out.push_str("<li");
        fill.id(&footnote.anchor(), out);
        out.push('>');
        write_blocks(&footnote.blocks, fill, out);
        for reference in 1..=footnote.references {
            out.push_str("<a class=\"footnote-back\" href=\"");
            fill.own(&footnote.reference_anchor(reference), out);
            out.push_str(&format!("\" aria-label=\"Back to reference {} in the text\">↩</a>\n", footnote.number));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_is_what_a_reader_sees() {
        assert_eq!(plain("<p>A <b>b</b>\n &amp;lt; c</p>"), "A b &lt; c");
        assert_eq!(plain("One.<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup> Two<sup>2</sup>"), "One. Two2");
    }
}
