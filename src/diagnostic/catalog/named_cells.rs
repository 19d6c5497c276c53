//! Tables, lists and HTML with names of cells.

use super::source_text::{escaped, heading_line};
use crate::diagnostic::{Advice, Code, Diagnostic, Fix, Span};

/// The way out for a part of a page that isn't about cells, before the words for what the mark has to be above.
const PROSE: &str = "if it isn't part of the ladder, write `{.prose}` on the line before";

/// A part of a page inside of which a table or a list fills no cells.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Container {
    Details,
    Quote,
    ListItem,
}

/// A table or list with the name of a cell, inside another block.
pub(crate) fn enclosed_cells(
    span: Span,
    name: &str,
    kind: &str,
    form: NamingBlock,
    container: Container,
) -> Diagnostic {
    let (inside, marked) = match container {
        Container::Details => ("a `<details>` element", "the `<details>`"),
        Container::Quote => ("a quote", "the quote"),
        Container::ListItem => ("a list item", "the list"),
    };
    let form = form.described();
    let message = format!("`{name}` names {kind}, but this {form} is inside {inside}, so it fills no cells");
    let help = format!("put the {form} outside, where it fills the cells that it names; {PROSE} {marked}");
    Diagnostic::new(Code::NestedCell, span, message).help(help)
}

/// A table in HTML with the name of a cell; `rows` are the first lines of the same table in Markdown.
pub(crate) fn cells_in_html_table(span: Span, name: &str, kind: &str, rows: &[String]) -> Diagnostic {
    let message = format!("`{name}` names {kind}, but only a table in Markdown fills its cell, not one in HTML");
    let rows = rows.iter().map(|row| format!("`{row}`")).collect::<Vec<_>>().join(", then ");
    let help = format!("write {rows} and so on, each on its own line; {PROSE} it");
    Diagnostic::new(Code::NotATable, span, message).help(help)
}

/// A text of HTML that names a cell and has its text below or after it; `heading` is how to write the name.
pub(crate) fn cell_in_html(span: Span, name: &str, kind: &str, heading: &str) -> Diagnostic {
    let message = format!("`{name}` names {kind}, but HTML doesn't start a cell");
    let help = format!("write `{heading}`, and its text below it in Markdown; {PROSE} the HTML");
    Diagnostic::new(Code::NotAHeading, span, message).help(help)
}

/// A name in a table or list of steps that's no step; `more` are the others.
pub(crate) fn unknown_step_in_block(
    span: Span,
    name: &str,
    form: NamingBlock,
    near: Advice,
    more: Vec<Span>,
) -> Diagnostic {
    let form = form.described();
    let message = format!("`{name}` is no step of the scale, so what this {form} has for it would be lost");
    let near = if near.help.is_empty() { Advice::text("use a step of the `scale`") } else { near };
    let advice = near.map_help(|near| {
        let end = if near.ends_with('?') { "" } else { "." };
        format!("{near}{end} If the {form} isn't about the steps, write `{{.prose}}` on the line before it")
    });
    let more = more.into_iter().map(|span| (span, "this one too".to_owned()));
    Diagnostic::new(Code::UnknownCell, span, message).advice(advice).labels_of_repetitions(more)
}

/// A block that names cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamingBlock {
    Table,
    List,
}

impl NamingBlock {
    fn described(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::List => "list",
        }
    }
}

/// The reason why a name in a table or list opens no cell.
#[derive(Debug, Clone)]
pub(crate) enum UnknownName {
    /// It's that of a draft.
    Draft,
    /// There is none.
    Empty,
    /// It's that of a facet of levels.
    Facet(NameCompany),
    /// It's that of nothing; these are near.
    Unknown(NameCompany, Advice),
}

/// Whether other names of a table or list open cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameCompany {
    Known,
    Alone,
}

/// A name in a table or list, `text`, that names no page of a `kind`, described with its article; and others.
pub(crate) fn unknown_cell(
    span: Span,
    block: NamingBlock,
    text: &str,
    (kind, described): (&str, &str),
    reason: UnknownName,
    more: Vec<Span>,
) -> Diagnostic {
    let block = block.described();
    let unknown = |company| match company {
        NameCompany::Known => format!("`{text}` isn't {described}, but other names in this {block} are"),
        NameCompany::Alone => format!("`{text}` isn't {described}, so what this {block} has for it would be lost"),
    };
    let (message, advice) = match reason {
        UnknownName::Draft => {
            let message = format!("`{text}` is a draft, so what this {block} has for it would be lost");
            (message, Advice::text("publish it (`draft: false`), or remove it here"))
        }
        UnknownName::Empty => (format!("this part of the {block} names no {kind}"), Advice::text("write its name")),
        UnknownName::Facet(company) => {
            let help = format!("it's a facet of levels, so write it in the front matter, below `facets:`: `{text}: …`");
            (unknown(company), Advice::text(help))
        }
        UnknownName::Unknown(company, near) if near.help.is_empty() => {
            (unknown(company), Advice::text(format!("name {described}")))
        }
        UnknownName::Unknown(company, near) => (unknown(company), near),
    };
    let advice = advice.map_help(|help| {
        let help = if help.ends_with('?') { help } else { format!("{help}.") };
        format!("{help} If the {block} isn't part of the ladder, write `{{.prose}}` on the line before it")
    });
    let diagnostic = Diagnostic::new(Code::UnknownCell, span, message).advice(advice.written(escaped));
    more.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.label(span, "this one too"))
}

/// A column, `heading`, that names pages of a kind, `many`, but isn't the first.
pub(crate) fn names_not_in_first_column(span: Span, heading: &str, many: &str) -> Diagnostic {
    let message = format!("the column `{heading}` names {many}, but only the first column fills their cells");
    Diagnostic::new(Code::UnknownCell, span, message)
        .help("put this column first. If the table isn't part of the ladder, write `{.prose}` on the line before it")
}

/// A column, `heading`, with the titles of the levels in the first column.
pub(crate) fn column_of_titles(span: Span, heading: &str) -> Diagnostic {
    let message = format!("the column `{heading}` has names for the levels, which aren't expectations");
    Diagnostic::new(Code::NotAnExpectation, span, message).help(
        "write each on the page of its level, as `title`, `code` or `also_known_as`, and remove the column; if it's text \
         about the levels, give it another heading",
    )
}

/// A name in a table inside a `section` of another cell; the name means what's `described`. `above` is the place before the
/// table.
pub(crate) fn table_inside_cell(
    span: Span,
    text: &str,
    described: &str,
    section: &str,
    above: Option<(Span, &str)>,
) -> Diagnostic {
    let help = format!(
        "put the table above all sections, where it fills the cells that it names; if it isn't about expectations of \
         `{section}`, write `{{.prose}}` on the line before it"
    );
    let message = format!("`{text}` names {described}, but this table is inside the section `{section}`");
    let diagnostic = Diagnostic::new(Code::NestedCell, span, message).help(help);
    above.into_iter().fold(diagnostic, |diagnostic, (above, line_break)| {
        let fix = Fix::insert(&above, format!("{{.prose}}{line_break}")).as_suggestion();
        diagnostic.fix(fix)
    })
}

/// A list item inside the section of a cell, `section` at a heading `level`, that has items of its own and names what's
/// `described`.
pub(crate) fn named_item_inside_cell(
    span: Span,
    text: &str,
    described: &str,
    (section, level): (&str, u8),
) -> Diagnostic {
    let help = format!(
        "write `{}`, at the same heading level as `{section}`; if it only groups expectations of `{section}`, make it a \
         heading: `{} {{.prose}}`",
        heading_line(level, text),
        heading_line((level + 1).min(6), text)
    );
    let message = format!("`{text}` names {described}, but it's a list item inside the section `{section}`");
    Diagnostic::new(Code::NestedCell, span, message).help(help)
}
