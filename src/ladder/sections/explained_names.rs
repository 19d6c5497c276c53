//! Names with an explanation below them, in one cell of a table or in one list item: `**Craft**<br>Quality of work`.

use std::borrow::Cow;

use crate::ladder::sections::heading_candidate::heading_candidate;
use crate::ladder::sections::name_column::ends_sentence;
use crate::ladder::sections::named_cells::NamedCells;
use crate::markdown::{Paragraph, PartialHtml, Table, TableCell};

/// The table with the first line as the whole text of each cell that begins with a line which names a cell.
pub(crate) fn with_names_alone<'t>(cells: &NamedCells<'_, '_, '_>, table: &'t Table) -> Cow<'t, Table> {
    let name = |cell: &TableCell| match cell.lines.as_slice() {
        [first, _, ..] if !ends_sentence(&first.text) && !cells.is_any_name(&cell.text) => {
            Some(first.text.trim().to_owned()).filter(|text| cells.is_any_name(text))
        }
        _ => None,
    };
    if !table.header.iter().chain(table.rows.iter().flatten()).any(|cell| name(cell).is_some()) {
        return Cow::Borrowed(table);
    }
    let alone = |cell: &TableCell| TableCell { text: name(cell).unwrap_or_else(|| cell.text.clone()), ..cell.clone() };
    let row = |row: &Vec<TableCell>| row.iter().map(alone).collect();
    let (header, rows) = (row(&table.header), table.rows.iter().map(row).collect());
    Cow::Owned(Table { html: PartialHtml::default(), header, rows, span: table.span.clone() })
}

/// The lines below the name in a cell of [`with_names_alone`].
pub(crate) fn explanation(cell: &TableCell) -> impl Iterator<Item = &Paragraph> {
    let is_name = cell.lines.first().is_some_and(|first| first.text.trim() == cell.text);
    cell.lines.iter().skip(1).filter(move |_| is_name)
}

/// The name and the text below it, if the first line of a paragraph is a name.
pub(crate) fn split_paragraph(cells: &NamedCells<'_, '_, '_>, paragraph: &Paragraph) -> Option<(Paragraph, Paragraph)> {
    let source = &cells.page().source[paragraph.span.clone()];
    let (end, length) = ["<br>", "<br/>", "<br />", "\\\n", "\n"]
        .into_iter()
        .filter_map(|mark| Some((source.find(mark)?, mark.len())))
        .min_by_key(|(at, _)| *at)?;
    let below = source[end + length..].trim_start();
    // A wrapped sentence may have a name at the end of its first line.
    let begins = below.starts_with(|c: char| !c.is_lowercase());
    let texts = heading_candidate(&source[..end]).filter(|_| begins)?.texts;
    let text = texts.into_iter().find(|text| cells.is_any_name(text))?;
    let (name, rest) = paragraph.html.split_line()?;
    let start = paragraph.span.end - below.len();
    let rest_text = rest.plain_text(&|_| String::new());
    let name =
        Paragraph { html: name, text, span: paragraph.span.start..paragraph.span.start + end, ..paragraph.clone() };
    let rest =
        Paragraph { html: rest, text: rest_text, bold: false, span: start..paragraph.span.end, ..paragraph.clone() };
    Some((
        Paragraph { id: None, raises: Vec::new(), example: None, ..name },
        Paragraph { example: None, tight: false, ..rest },
    ))
}
