//! Lines that look like headings, and headings that aren't what they look like.

use super::source_text::{escaped, heading_line, with_class};
use crate::diagnostic::{Advice, Applicability, Code, Diagnostic, Fix, Span};

/// What follows the marks of a heading in place of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingGap {
    /// Nothing.
    Nothing,
    /// A no-break space.
    NoBreakSpace,
}

/// A line that isn't a heading because of what follows its `marks`. `start` is the line up to `title`, without the containers
/// that it's in; none if it's unclear which these are. It's
/// machine-applicable for a title.
pub(crate) fn heading_without_space(
    span: Span,
    marks: &str,
    title: &str,
    gap: HeadingGap,
    start: Option<Span>,
    applicability: Applicability,
) -> Diagnostic {
    let message = match gap {
        HeadingGap::NoBreakSpace => format!("this isn't a heading: the space after `{marks}` is a no-break space"),
        HeadingGap::Nothing => format!("this isn't a heading: there's no space after `{marks}`"),
    };
    let heading = format!("write `{marks} {title}`");
    let help = format!("{heading}, with a regular space");
    // A title most likely names a cell, whose name would be reported with a backslash too.
    let is_title = applicability == Applicability::MachineApplicable;
    let help = if is_title { help } else { format!("{help}; to show the `#`, write `\\{marks}{title}`") };
    let as_text = (!is_title).then(|| Fix::insert(&span, "\\").labelled("show it as text").as_suggestion());
    let as_heading =
        start.map(|start| Fix::replace(start, format!("{marks} ")).labelled(heading).applicable(applicability));
    let diagnostic = Diagnostic::new(Code::NotAHeading, span, message).help(help);
    as_heading.into_iter().chain(as_text).fold(diagnostic, Diagnostic::fix)
}

/// The form of a line that isn't a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadingForm {
    /// Plain text.
    Text,
    /// Bold text.
    Bold,
    /// Italic text.
    Italic,
    /// A list item.
    Item,
    /// A quotation.
    Quote,
    /// A line indented as code.
    Indented,
    /// An HTML element.
    Html,
    /// A line that begins with a backslash and a `#`.
    Escaped,
    /// A line that begins with a full-width `＃`.
    FullWidth,
    /// A heading in the notation of another markup language.
    OtherMarkup,
    /// A heading inside another block.
    Inside,
}

impl HeadingForm {
    /// The end of a sentence that says why the line isn't a heading.
    fn why(self) -> &'static str {
        match self {
            Self::Text => "plain text isn't a heading",
            Self::Bold => "bold text isn't a heading",
            Self::Italic => "italic text isn't a heading",
            Self::Item => "a list item isn't a heading",
            Self::Quote => "a quotation isn't a heading",
            Self::Indented => "an indented line isn't a heading",
            Self::Html => "an HTML element doesn't start a cell",
            Self::Escaped => "`\\#` doesn't start a heading",
            Self::FullWidth => "a full-width `＃` doesn't start a heading",
            Self::OtherMarkup => "this isn't how Markdown writes headings",
            Self::Inside => "a heading inside another block doesn't start a cell",
        }
    }
}

/// Whether a text is a name or only similar to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameMatch {
    /// It's the name.
    Exact,
    /// It's similar.
    Near,
}

/// A line that is replaced by a heading.
#[derive(Debug)]
pub(crate) struct HeadingLine {
    /// The line, without its line break.
    pub(crate) line: Span,
    /// The text before the heading: a line break, if an empty line has to be above it.
    pub(crate) before: &'static str,
    /// The id and classes in braces.
    pub(crate) attributes: String,
    /// The text that follows on the same line, in a paragraph of its own.
    pub(crate) after: String,
    /// Whether it was meant as a heading for certain.
    pub(crate) applicability: Applicability,
}

impl HeadingLine {
    fn write(&self, level: u8, text: &str, class: Option<&str>) -> String {
        let heading = heading_line(level, &escaped(text));
        let attributes = with_class(&self.attributes, class);
        format!("{}{heading}{attributes}{}", self.before, self.after)
    }
}

/// A line that names a part of the ladder where a heading is meant.
#[derive(Debug)]
pub(crate) struct NamedHeadingLine<'a> {
    /// The text of the line.
    pub(crate) text: &'a str,
    /// The name that it has, or is like.
    pub(crate) name: &'a str,
    pub(crate) is: NameMatch,
    /// What the name means, with its article.
    pub(crate) described: &'a str,
    pub(crate) form: HeadingForm,
    /// The level of the heading to write.
    pub(crate) level: u8,
    /// The cell that the line is in, and the level of its heading.
    pub(crate) cell: Option<(&'a str, u8)>,
}

/// A line that names a part of the ladder where a heading is meant.
pub(crate) fn named_line_without_heading(
    span: Span,
    named: &NamedHeadingLine<'_>,
    line: Option<&HeadingLine>,
) -> Diagnostic {
    let NamedHeadingLine { text, name, is, described, form, level, cell } = named;
    let verb = if *is == NameMatch::Exact { "names" } else { "looks like" };
    let heading = format!("write `{}`", heading_line(*level, name));
    let help = format!("{heading}, so that what's below belongs to it");
    let group = cell.filter(|(_, level)| *level < 6).map(|(cell, level)| {
        let group = format!("write `{} {{.prose}}`", heading_line(level + 1, name));
        (format!("if it only groups expectations of `{cell}`, {group}"), group, level + 1)
    });
    let help = group.as_ref().map_or(help.clone(), |(group, ..)| format!("{help}; {group}"));
    let message = format!("`{text}` {verb} {described}, but {}", form.why());
    let mut diagnostic = Diagnostic::new(Code::NotAHeading, span, message).help(help);
    if let Some(line) = line {
        let fix = Fix::replace(line.line.clone(), line.write(*level, name, None));
        diagnostic = diagnostic.fix(fix.labelled(heading).applicable(line.applicability));
        if let Some((_, group, level)) = group {
            let fix = Fix::replace(line.line.clone(), line.write(level, name, Some(".prose")));
            diagnostic = diagnostic.fix(fix.labelled(group).as_suggestion());
        }
    }
    diagnostic
}

/// A line with the mark of a heading with expectations, which isn't one.
pub(crate) fn marked_line_without_heading(
    span: Span,
    mark: &str,
    form: HeadingForm,
    level: u8,
    title: &str,
    line: HeadingLine,
) -> Diagnostic {
    let heading = format!("write `{} {mark}`", heading_line(level, title));
    let text = line.write(level, title, None);
    Diagnostic::new(Code::NotAHeading, span, format!("`{mark}` marks headings, but {}", form.why()))
        .help(format!("{heading}, so that what's below counts as expectations"))
        .fix(Fix::replace(line.line, text).labelled(heading).applicable(line.applicability))
}

/// Lines that begin with names of cells, the first of which is `name` and means what's `described`, with text after them.
pub(crate) fn names_before_text(span: Span, name: &str, described: &str, more: Vec<Span>) -> Diagnostic {
    let message = format!("`{name}` names {described}, but a name with text after it doesn't start a cell");
    let help = format!(
        "write each name as a heading (`{}`), and the text below it; if these aren't expectations, put them under a \
         heading marked `{{.prose}}`",
        heading_line(2, name)
    );
    let diagnostic = Diagnostic::new(Code::NotAHeading, span, message).help(help);
    more.into_iter().fold(diagnostic, |diagnostic, line| diagnostic.label(line, "this one too"))
}

/// A heading and the parts of its source.
#[derive(Debug, Clone)]
pub(crate) struct WrittenHeading<'a> {
    /// The whole heading.
    pub(crate) span: Span,
    pub(crate) level: u8,
    /// The plain text.
    pub(crate) text: &'a str,
    /// Its number signs; none if it's underlined.
    pub(crate) marks: Option<Span>,
    /// The text in the source.
    pub(crate) name: Span,
    /// The place of a further class, and whether it's in the braces of the others.
    pub(crate) class: (Span, ClassPlace),
}

/// The place of a further class of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClassPlace {
    /// Behind other attributes in braces.
    InBraces,
    /// Behind the text.
    BehindText,
}

impl WrittenHeading<'_> {
    /// The heading with a class, as shown in help.
    pub(crate) fn with_class(&self, class: &str) -> String {
        format!("{} {{.{class}}}", heading_line(self.level, self.text))
    }

    /// The edit that adds a class.
    fn add_class(&self, class: &str) -> (Span, String) {
        let text = match self.class.1 {
            ClassPlace::InBraces => format!(" .{class}"),
            ClassPlace::BehindText => format!(" {{.{class}}}"),
        };
        (self.class.0.clone(), text)
    }

    fn class_fix(&self, class: &str) -> Fix {
        Fix::edits(format!("write `{}`", self.with_class(class)), [self.add_class(class)]).as_suggestion()
    }

    fn rename_fix(&self, name: &str) -> Fix {
        let label = format!("write `{}`", heading_line(self.level, name));
        Fix::replace(self.name.clone(), escaped(name)).labelled(label).as_suggestion()
    }

    /// The edit that changes the level.
    fn set_level(&self, level: u8) -> Option<(Span, String)> {
        Some((self.marks.clone()?, "#".repeat(level.into())))
    }
}

/// What a heading nearly names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NearName<'a> {
    /// A track.
    Track,
    /// A cell of what is described.
    Cell(&'a str),
}

/// A heading that nearly has one of some names, the nearest first.
pub(crate) fn nearly_named_heading(heading: &WrittenHeading<'_>, what: NearName<'_>, names: &[&str]) -> Diagnostic {
    let text = heading.text;
    let first = names.first().copied().unwrap_or_default();
    let message = match what {
        NearName::Track => format!("`{text}` looks like the track `{first}`, but doesn't match it"),
        NearName::Cell(what) => {
            format!("`{text}` looks like the {what} `{first}`, but doesn't match it, so what's below would be lost")
        }
    };
    let lines: Vec<String> = names.iter().map(|name| format!("`{}`", heading_line(heading.level, name))).collect();
    let meant =
        if lines.len() > 1 { "you mean one of them (each needs its own heading)" } else { "that's what you mean" };
    let help = format!(
        "write {} if {meant}; if it's just a heading, mark it as prose: `{}`",
        lines.join(" or "),
        heading.with_class("prose")
    );
    let diagnostic = Diagnostic::new(Code::NearlyNamedHeading, heading.span.clone(), message).help(help);
    let fixes = names.iter().map(|name| heading.rename_fix(name)).chain([heading.class_fix("prose")]);
    fixes.fold(diagnostic, Diagnostic::fix)
}

/// A heading that most likely has the name of a page of a `kind` that was renamed or deleted; `near` is another one.
pub(crate) fn heading_of_former_name(heading: &WrittenHeading<'_>, kind: &str, near: &str) -> Diagnostic {
    let text = heading.text;
    let help = format!(
        "if the {kind} was renamed, add `also_known_as: [{text}]` to its page, or change the heading; if it was \
         deleted, remove this section; if you mean `{near}`, put the text under its heading; if it's just a \
         heading, mark it as prose: `{}`",
        heading.with_class("prose")
    );
    let message = format!("no {kind} is called `{text}`, so what's below would be lost");
    Diagnostic::new(Code::NearlyNamedHeading, heading.span.clone(), message).help(help).fix(heading.class_fix("prose"))
}

/// A heading with a single `#` that names a cell, and so includes the others: `inner` is the first, described with its article.
pub(crate) fn cell_at_title_level(
    outer: &WrittenHeading<'_>,
    inner: &WrittenHeading<'_>,
    described: &str,
) -> Diagnostic {
    let heading = format!("write `{}`", heading_line(inner.level, outer.text));
    let message = format!("`{}` has only one `#`, so it includes `{}` below", outer.text, inner.text);
    let diagnostic = Diagnostic::new(Code::NestedCell, outer.span.clone(), message)
        .label(inner.span.clone(), format!("this also names {described}"))
        .help(format!("{heading}; a single `#` is the page's title"));
    let edit = outer.set_level(inner.level);
    edit.into_iter().fold(diagnostic, |diagnostic, edit| diagnostic.fix(Fix::edits(heading.clone(), [edit])))
}

/// Headings inside the section of a cell, `outer`, that name another one. The first is described with its article.
pub(crate) fn nested_cells(
    outer: &WrittenHeading<'_>,
    first: &WrittenHeading<'_>,
    more: &[WrittenHeading<'_>],
    described: &str,
) -> Diagnostic {
    let (section, text) = (outer.text, first.text);
    let heading = format!("write `{}`", heading_line(outer.level, text));
    let prose = first.with_class("prose");
    let help = format!(
        "{heading}, at the same heading level as `{section}`; if it only groups expectations of `{section}`, mark it as \
         prose: `{prose}`"
    );
    let message = format!("`{text}` names {described}, but it's inside the section `{section}`");
    let diagnostic = Diagnostic::new(Code::NestedCell, first.span.clone(), message).help(help);
    let all = || std::iter::once(first).chain(more);
    let levels: Option<Vec<_>> = all().map(|heading| heading.set_level(outer.level)).collect();
    let fixes = levels.map(|edits| Fix::edits(heading, edits)).into_iter();
    let as_prose = Fix::edits(format!("write `{prose}`"), all().map(|heading| heading.add_class("prose")));
    let diagnostic = fixes.chain([as_prose]).fold(diagnostic, |it, fix| it.fix(fix.as_suggestion()));
    more.iter().fold(diagnostic, |diagnostic, heading| diagnostic.label(heading.span.clone(), "this one too"))
}

/// A class of a heading that is nearly one with a meaning.
pub(crate) fn unknown_class(span: Span, class: &str, near: Advice) -> Diagnostic {
    Diagnostic::new(Code::UnknownClass, span, format!("headings don't have a class `{class}`")).advice(near)
}

/// A heading that names a draft.
pub(crate) fn heading_of_draft(heading: &WrittenHeading<'_>, draft: Span) -> Diagnostic {
    let message = format!("`{}` is a draft, so what's below this heading wouldn't be published", heading.text);
    Diagnostic::new(Code::LinkToDraft, heading.span.clone(), message)
        .label(draft, "the draft")
        .help("publish it (`draft: false`), or remove this section; to preview drafts, use `--drafts`")
}

/// A heading under that of a track which names no level of it.
pub(crate) fn unknown_level_of_track(heading: &WrittenHeading<'_>, track: &str, near: &Advice) -> Diagnostic {
    let message = format!("{track} has no level called `{}`, so what's below would be lost", heading.text);
    let names = match near.help.as_str() {
        "" => "name a level.".to_owned(),
        names if near.is_guess() => names.to_owned(),
        names => format!("{names}."),
    };
    let help = format!("{names} If it's just a heading, mark it as prose: `{}`", heading.with_class("prose"));
    let diagnostic = Diagnostic::new(Code::UnknownLevel, heading.span.clone(), message).help(help);
    let renames = near.replacements.iter().map(|name| heading.rename_fix(name));
    renames.chain([heading.class_fix("prose")]).fold(diagnostic, Diagnostic::fix)
}

/// Whether a heading can have expectations of a level alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OwnExpectationsPlace {
    /// It's on a level's page.
    Here,
    /// It's on another page.
    Elsewhere,
}

/// Headings of several sections that name no page of the `kind` that names cells there.
pub(crate) fn unknown_headings(
    code: Code,
    first: &WrittenHeading<'_>,
    headings: &[WrittenHeading<'_>],
    kind: &str,
    own: OwnExpectationsPlace,
) -> Diagnostic {
    let is_level = own == OwnExpectationsPlace::Here;
    let (text, prose, expectations) = (first.text, first.with_class("prose"), first.with_class("expectations"));
    let message = format!("there's no {kind} called `{text}`, but {} sections have this heading", headings.len());
    let own = if is_level {
        format!("; if each has expectations of that level alone, write `{expectations}`")
    } else {
        String::new()
    };
    let help = format!(
        "if it's just a heading, mark each as prose: `{prose}`{own}; if a {kind} of that name was renamed, add \
         `also_known_as: [{text}]` to its page, or change the headings; if it was deleted, restore its page, or remove \
         these sections"
    );
    let mark_each = |class: &str, heading: &str| {
        let edits = headings.iter().map(|heading| heading.add_class(class));
        Fix::edits(format!("mark each: `{heading}`"), edits).as_suggestion()
    };
    let diagnostic = Diagnostic::new(code, first.span.clone(), message).help(help).fix(mark_each("prose", &prose));
    if is_level { diagnostic.fix(mark_each("expectations", &expectations)) } else { diagnostic }
}

/// A heading of a section with the form of a cell that names no page of the `kind` that names cells there.
pub(crate) fn not_a_cell(heading: &WrittenHeading<'_>, kind: &str, own: OwnExpectationsPlace) -> Diagnostic {
    let is_level = own == OwnExpectationsPlace::Here;
    let own = if is_level {
        let heading = heading.with_class("expectations");
        format!("; if these are expectations of this level alone, write `{heading}`")
    } else {
        String::new()
    };
    let prose = heading.with_class("prose");
    let help = format!("if that's right, mark it as prose: `{prose}`; otherwise use the name of a {kind}{own}");
    let message = format!("`{}` names no {kind}, so what's below counts as prose", heading.text);
    let diagnostic =
        Diagnostic::new(Code::NotACell, heading.span.clone(), message).help(help).fix(heading.class_fix("prose"));
    if is_level { diagnostic.fix(heading.class_fix("expectations")) } else { diagnostic }
}
