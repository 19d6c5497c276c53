//! Tables, lists and HTML that name cells but don't fill them.

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

/// A row of a table that explains its name and has no expectation.
pub(crate) fn explained_without_expectation(span: Span, name: &str) -> Diagnostic {
    let message = format!("this row says what `{name}` is, but it has no expectation");
    let help = "write the expectation beside it, or move the explanation to the page of that name";
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help)
}

/// The first of a table's cells with a single word each.
pub(crate) fn single_words(span: Span, competency: &str, level: &str) -> Diagnostic {
    let message =
        format!("a single word isn't an expectation of {competency} at {level}, so this table would be prose");
    let help = "write a sentence in each cell; or name these steps in `scale` of each competency and in `profile` of each \
                level; if the table isn't part of the ladder, write `{.prose}` on the line before it";
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help)
}

/// A cell with nothing but a step of its competency's scale; `more` are others on the same page, and `help` says where to
/// write them.
pub(crate) fn step_as_expectation(span: Span, step: &str, competency: &str, help: &str, more: Vec<Span>) -> Diagnostic {
    let message = format!("`{step}` is a step of the scale of {competency}, not an expectation");
    let more = more.into_iter().map(|span| (span, "this is one too".to_owned()));
    Diagnostic::new(Code::NotAnExpectation, span, message).help(help).labels_of_repetitions(more)
}

/// What is published of a cell in which nothing is read as an expectation, or of a list item without a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextForm {
    Heading,
    /// A paragraph without text.
    ImageOrLink,
    List,
    Quote,
    Alert,
    Details,
    Table,
    DefinitionList,
    Code,
    Html,
    Prose,
    Rule,
    Example,
}

impl TextForm {
    /// The form in words, with its article.
    pub(super) fn described(self) -> &'static str {
        match self {
            Self::Heading => "a heading",
            Self::ImageOrLink => "an image or a link without text",
            Self::List => "a list",
            Self::Quote => "a quote",
            Self::Alert => "an alert",
            Self::Details => "a `<details>` element",
            Self::Table => "a table",
            Self::DefinitionList => "a definition list",
            Self::Code => "a code block",
            Self::Html => "HTML",
            Self::Prose => "prose",
            Self::Rule => "a line",
            Self::Example => "an example",
        }
    }
}

/// A cell, named by `title`, with nothing under its heading.
pub(crate) fn empty_cell(span: Span, title: &str) -> Diagnostic {
    Diagnostic::new(Code::EmptyCell, span, format!("{title} has a heading, but nothing under it"))
        .help("list the expectations under this heading, or remove the heading")
}

/// A cell, named by `title`, with a text in which nothing is read as an expectation.
pub(crate) fn cell_without_expectation(span: Span, title: &str, form: TextForm) -> Diagnostic {
    let code = if form == TextForm::Prose { Code::EmptyCell } else { Code::NotAnExpectation };
    let help = match form {
        TextForm::Quote => "write each expectation as a list item, `- …`; a quote below an item is its example",
        TextForm::Html => {
            "remove the tags around it, and write each expectation as a list item, `- …`, or as a paragraph"
        }
        TextForm::Example => "write the expectation above it, as a list item, `- …`",
        _ => "write each expectation as a list item, `- …`, or as a paragraph",
    };
    let message = format!("{title} has no expectation: {} isn't read as one", form.described());
    Diagnostic::new(code, span, message).help(help)
}

/// A cell that two headings open, named by `title`.
pub(crate) fn duplicate_cell(span: Span, title: &str, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateCell, span, format!("{title} is written twice"))
        .label(first, "first written here")
        .help("put all the expectations under one of the two headings")
}

/// Cells of a page's tables and lists that are written elsewhere too, each with the name of the cell.
pub(crate) fn duplicate_cells(span: Span, others: Vec<(Span, &str)>) -> Diagnostic {
    let message = format!("{} cells here are written elsewhere too", others.len());
    let others = others.into_iter().map(|(span, title)| (span, format!("{title} is written here too")));
    Diagnostic::new(Code::DuplicateCell, span, message)
        .help("write each cell in one place: here, or under a heading of its own")
        .labels_of_repetitions(others)
}

/// Whether headings describe a step of a scale twice, or a table or list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepPlaces {
    Headings,
    Block,
}

/// A step of a scale that is described twice.
pub(crate) fn duplicate_step(span: Span, first: Span, places: StepPlaces) -> Diagnostic {
    let help = match places {
        StepPlaces::Block => {
            "put both descriptions in one place; if the table or list is only an overview, write `{.prose}` on the line \
             before it"
        }
        StepPlaces::Headings => "put both descriptions under one heading",
    };
    Diagnostic::new(Code::DuplicateCell, span, "this step of the scale is described twice")
        .label(first, "first described here")
        .help(help)
}

/// A cell of a level that a competency doesn't apply to, for the reason `because`; and those of other levels for the same
/// reason.
pub(crate) fn cell_not_applicable(
    span: Span,
    competency: &str,
    level: &str,
    because: &str,
    others: Vec<(Span, String)>,
) -> Diagnostic {
    let sections = if others.is_empty() { "this section" } else { "these sections" };
    let others = others.into_iter().map(|(span, level)| (span, format!("and for {level} here")));
    let message = format!("{competency} doesn't apply to {level}, but it's written here");
    Diagnostic::new(Code::NotApplicableWritten, span, message)
        .help(format!("{because}; change that, or remove {sections}"))
        .labels_of_repetitions(others)
}

/// A cell of a table which says that a competency doesn't apply to a level, although another cell is written for both.
pub(crate) fn written_although_not_applicable(span: Span, competency: &str, level: &str, written: Span) -> Diagnostic {
    let message = format!("this says that {competency} doesn't apply to {level}, but it's written elsewhere");
    Diagnostic::new(Code::NotApplicableWritten, span, message)
        .label(written, "written here")
        .help("remove one of the two")
}

/// A competency in a level's profile that doesn't apply to the level, for the reason `because`.
pub(crate) fn profile_not_applicable(span: Span, competency: &str, level: &str, because: &str) -> Diagnostic {
    let message = format!("{competency} doesn't apply to {level}, but it's in the level's profile");
    Diagnostic::new(Code::NotApplicableWritten, span, message)
        .help(format!("{because}; change that, or remove it from the profile"))
}

/// A level without content.
pub(crate) fn empty_level(title: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyLevel, title, "this level has no content yet")
        .help("add `facets`, and a heading with expectations for each competency; or set `draft: true` until you do")
}

/// Competencies that a level has no cell for.
pub(crate) fn missing_cells(title: Span, level: &str, competencies: &[&str]) -> Diagnostic {
    let quoted: Vec<String> = competencies.iter().map(|title| format!("`{title}`")).collect();
    let message = format!("{level} has no expectations for {}", listed(&quoted));
    Diagnostic::new(Code::MissingCell, title, message).help(
        "write them under a heading with that name, inherit them with `extends`, or use `not_applicable` if there are none",
    )
}

/// Joins items: `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
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
    let diagnostic = Diagnostic::new(Code::UnknownCell, span, message).advice(advice.written(super::escaped));
    more.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.label(span, "this one too"))
}

/// A column, `heading`, that names pages of a kind, `many`, but isn't the first.
pub(crate) fn names_not_in_first_column(span: Span, heading: &str, many: &str) -> Diagnostic {
    let message = format!("the column `{heading}` names {many}, but only the first column fills their cells");
    Diagnostic::new(Code::UnknownCell, span, message)
        .help("put this column first. If the table isn't part of the ladder, write `{.prose}` on the line before it")
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
        super::heading_line(level, text),
        super::heading_line((level + 1).min(6), text)
    );
    let message = format!("`{text}` names {described}, but it's a list item inside the section `{section}`");
    Diagnostic::new(Code::NestedCell, span, message).help(help)
}
