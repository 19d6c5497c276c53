//! Headings that name no cell, or the wrong one.

use super::source_text::{escaped, heading_line};
use crate::diagnostic::{Advice, Code, Diagnostic, Fix, Span};

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

/// The pages that a name in a heading could mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameScope {
    /// The levels of all tracks.
    AllTracks,
    /// Those of one track, or pages of another kind.
    Here,
}

/// A heading with a name that several pages have, which `ambiguous` reports. `ids` are theirs.
pub(crate) fn ambiguous_heading(
    ambiguous: Diagnostic,
    heading: &WrittenHeading<'_>,
    ids: &[&str],
    scope: NameScope,
) -> Diagnostic {
    let help = match (ambiguous.help.clone(), scope) {
        (Some(help), NameScope::AllTracks) => format!("put it under a heading that names its track; or {help}"),
        (help, _) => help.unwrap_or_default(),
    };
    let by_id = ids.iter().map(|id| heading.rename_fix(id));
    by_id.fold(ambiguous.help(help), Diagnostic::fix)
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

/// Adds what to write if a heading on the pages of competencies names a step that people reach.
pub(crate) fn or_a_step(mut diagnostic: Diagnostic) -> Diagnostic {
    let help = diagnostic.help.take().unwrap_or_default();
    diagnostic.help(format!("{help}; if it's a step that people reach, list it in the `scale` of each competency"))
}

/// The ways out for expectations on a track's page.
const MOVE_FROM_TRACK: &str = "move it to the pages of the levels or of the competencies, or write a table with levels in \
                               one direction and competencies in the other; if it isn't part of the ladder";

/// A bold line on a track's page that names a level or a competency, above text for pages of the other kind.
pub(crate) fn cells_below_label_on_track(span: Span, text: &str, kind: &str) -> Diagnostic {
    let message = format!("`{text}` names {kind}, but it starts no cells, so what's below counts as prose");
    let help = format!("{MOVE_FROM_TRACK}, write it below a heading with `{{.prose}}`");
    Diagnostic::new(Code::NotACell, span, message).help(help)
}

/// A heading on a track's page that names a level or a competency, above text for pages of the other kind.
pub(crate) fn cells_on_track(heading: &WrittenHeading<'_>, kind: &str) -> Diagnostic {
    let message = format!(
        "`{}` names {kind}, but headings start no cells on a track's page, so what's below counts as prose",
        heading.text
    );
    let help = format!("{MOVE_FROM_TRACK}, mark it as prose: `{}`", heading.with_class("prose"));
    Diagnostic::new(Code::NotACell, heading.span.clone(), message).help(help).fix(heading.class_fix("prose"))
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
