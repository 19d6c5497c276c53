//! The texts and tables of raw HTML, without markup.

use std::ops::Range;

use super::block::{Paragraph, Table, TableCell};
use super::html_list::{INLINE, is_one_of, tags};
use super::partial_html::PartialHtml;
use super::text::plain;

/// A text between two tags of block elements or line breaks.
pub(crate) struct HtmlText {
    /// The text without markup.
    pub(crate) text: String,
    /// The byte range in the file.
    pub(crate) span: Range<usize>,
    /// Whether it has a link.
    pub(crate) has_link: bool,
}

/// The texts of raw HTML that begins at a byte of the file.
pub(crate) fn html_texts(html: &str, start: usize) -> Vec<HtmlText> {
    let html = without_comments(html);
    let is_break = |name: &str| is_one_of(name, &["br"]) || !is_one_of(name, &INLINE);
    let mut texts = Vec::new();
    let mut from = 0;
    let breaks = tags(&html).filter(|(_, tag)| is_break(tag.name)).map(|(at, tag)| (at, at + tag.length));
    for (at, end) in breaks.chain([(html.len(), html.len())]) {
        let inside = html.get(from..at).unwrap_or_default();
        let text = plain(inside);
        if !text.is_empty() {
            let first = start + from + inside.len() - inside.trim_start().len();
            texts.push(HtmlText {
                text,
                span: first..first + inside.trim().len(),
                has_link: tags(inside).any(|(_, tag)| is_one_of(tag.name, &["a"])),
            });
        }
        from = end.max(from);
    }
    texts
}

/// The tables of raw HTML that begins at a byte of the file, with their texts only.
pub(crate) fn html_tables(html: &str, start: usize) -> Vec<Table> {
    let html = without_comments(html);
    let mut tables: Vec<Vec<Vec<TableCell>>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, tag) in tags(&html) {
        let is_cell = is_one_of(tag.name, &["td", "th"]);
        if (is_cell || is_one_of(tag.name, &["tr", "table", "tbody"]))
            && let Some(from) = open.take()
            && let Some(row) = tables.last_mut().and_then(|rows| rows.last_mut())
        {
            row.push(cell(&html[from..at], start + from));
        }
        if tag.closes {
            continue;
        }
        if is_cell {
            open = Some(at + tag.length);
        } else if is_one_of(tag.name, &["table"]) {
            tables.push(Vec::new());
        } else if is_one_of(tag.name, &["tr"])
            && let Some(rows) = tables.last_mut()
        {
            rows.push(Vec::new());
        }
    }
    let table = |rows: Vec<Vec<TableCell>>| {
        let mut rows = rows.into_iter();
        Some(Table {
            html: PartialHtml::default(),
            header: rows.next()?,
            rows: rows.collect(),
            span: start..start + html.len(),
        })
    };
    tables.into_iter().filter_map(table).collect()
}

fn cell(html: &str, start: usize) -> TableCell {
    let line = |HtmlText { text, span, .. }| Paragraph {
        html: PartialHtml::text(&text),
        text,
        id: None,
        raises: Vec::new(),
        example: None,
        bold: false,
        task: false,
        tight: true,
        span,
    };
    let lines: Vec<Paragraph> = html_texts(html, start).into_iter().map(line).collect();
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    TableCell { text: texts.join(" "), lines, span: start..start + html.len() }
}

/// The HTML with spaces in place of its comments.
fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    while let Some(at) = html[out.len()..].find("<!--").map(|at| out.len() + at) {
        let end = html[at..].find("-->").map_or(html.len(), |end| at + end + 3);
        out.push_str(&html[out.len()..at]);
        out.push_str(&" ".repeat(end - at));
    }
    out.push_str(&html[out.len()..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{html_tables, html_texts};

    #[test]
    fn texts_are_between_block_elements() {
        let html =
            "<div>\n<p><b>Craft</b></p> <!-- <p>no</p> --><p>Writes <a href=\"x\">tests</a>.<br>Reviews.</p></div>";
        let texts = html_texts(html, 10);
        let found: Vec<_> = texts.iter().map(|text| (text.text.as_str(), text.has_link)).collect();
        assert_eq!(found, [("Craft", false), ("Writes tests.", true), ("Reviews.", false)]);
        let last = &texts[2].span;
        assert_eq!(&html[last.start - 10..last.end - 10], "Reviews.");
    }

    #[test]
    fn a_table_has_rows_with_places() {
        let html = "<table>\n<tr><th>A<th>B</tr>\n<tr><td>One.<br>Two.</td><td><p>Three.</p></td></tr>\n</table>";
        let tables = html_tables(html, 0);
        let row: Vec<Vec<&str>> =
            tables[0].rows[0].iter().map(|cell| cell.lines.iter().map(|line| line.text.as_str()).collect()).collect();
        assert_eq!(tables[0].header.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        assert_eq!(row, [vec!["One.", "Two."], vec!["Three."]]);
        assert_eq!(&html[tables[0].rows[0][1].lines[0].span.clone()], "Three.");
    }
}
