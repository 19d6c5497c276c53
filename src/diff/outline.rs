//! A [`GuideDiff`] as readers see it: a sentence that sums it up, then a section for each level and each other page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{FieldChange, GuideDiff, PageChange, TextChange, TextKind, TextSide, Verdict};
use super::runs::{RunOf, TextRun, runs};

/// A [`GuideDiff`] in sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiffOutline {
    /// What changed, in one sentence.
    pub summary: String,
    /// The sections, in the order of the ladder.
    pub sections: Vec<OutlineSection>,
}

/// The changes of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineSection {
    /// The id of the page; empty for the configuration.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The name of its kind; empty for the configuration.
    pub kind: String,
    /// Whether the page is new or gone.
    pub state: PageState,
    /// What changed, in a few words.
    pub summary: String,
    /// The changes of its fields.
    pub fields: Vec<OutlineLine>,
    /// The changes of its texts, by competency or step.
    pub groups: Vec<OutlineGroup>,
}

/// Whether a page is in both guides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageState {
    /// It's in both.
    Changed,
    /// It's new.
    Added,
    /// It's gone.
    Removed,
}

/// The changes in one competency or step, those of the level alone (without a title), or those of the page's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineGroup {
    /// Its title.
    pub title: String,
    /// The changes.
    pub lines: Vec<OutlineLine>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineLine {
    /// What happened: a field's name, or a verdict with the place that a text comes from.
    pub label: String,
    /// How a text changed; `None` for a field.
    pub verdict: Option<Verdict>,
    /// The text or texts, with the words that differ.
    pub texts: Vec<Vec<TextRun>>,
}

/// Arranges a [`GuideDiff`] for readers.
#[must_use]
pub fn outline(diff: &GuideDiff) -> DiffOutline {
    let mut sections = Vec::new();
    if !diff.configuration.is_empty() {
        sections.push(OutlineSection {
            id: String::new(),
            title: "Configuration".to_owned(),
            kind: String::new(),
            state: PageState::Changed,
            summary: counted(diff.configuration.len(), "change"),
            fields: diff.configuration.iter().map(configuration_line).collect(),
            groups: Vec::new(),
        });
    }
    let mut texts: BTreeMap<&str, Vec<&TextChange>> = BTreeMap::new();
    let mut order: Vec<(&str, &str)> = Vec::new();
    for change in &diff.texts {
        let Some(side) = change.now.first().or(change.was.first()) else { continue };
        texts.entry(&side.page).or_default().push(change);
        order.push((&side.page, &side.title));
    }
    let ids = |page: &PageChange| page.now.as_ref().or(page.was.as_ref()).map(|side| side.id.clone());
    for page in &diff.pages {
        let id = ids(page).unwrap_or_default();
        sections.push(page_section(page, texts.remove(id.as_str()).unwrap_or_default()));
    }
    for (id, title) in order {
        let Some(changes) = texts.remove(id) else { continue };
        let kind = if changes.iter().any(|change| change.kind == TextKind::Criterion) { "competency" } else { "level" };
        sections.push(OutlineSection {
            id: id.to_owned(),
            title: title.to_owned(),
            kind: kind.to_owned(),
            state: PageState::Changed,
            summary: section_summary(&changes, 0),
            fields: Vec::new(),
            groups: groups(&changes),
        });
    }
    let rank = |section: &OutlineSection| match section.kind.as_str() {
        "" => 0,
        "track" => 1,
        "level" => 2,
        "competency" => 3,
        _ => 4,
    };
    sections.sort_by_key(rank);
    DiffOutline { summary: summary(diff), sections }
}

fn page_section(page: &PageChange, changes: Vec<&TextChange>) -> OutlineSection {
    let state = match (&page.was, &page.now) {
        (None, _) => PageState::Added,
        (_, None) => PageState::Removed,
        _ => PageState::Changed,
    };
    let side = page.now.as_ref().or(page.was.as_ref());
    let text = |of: fn(&super::model::PageSide) -> &str| side.map(of).unwrap_or_default().to_owned();
    let (own, other): (Vec<&TextChange>, Vec<&TextChange>) =
        changes.into_iter().partition(|change| change.implied && state != PageState::Changed);
    let summary = match state {
        PageState::Changed => section_summary(&other, page.fields.len() + page.prose.len()),
        state => {
            let word = if state == PageState::Added { "new" } else { "removed" };
            let expectations = own.iter().filter(|change| change.kind == TextKind::Expectation).count();
            let with = if expectations == 0 {
                String::new()
            } else {
                format!(", with {}", counted(expectations, "expectation"))
            };
            let rest = section_summary(&other, 0);
            format!("{word}{with}{}{rest}", if rest.is_empty() { "" } else { "; " })
        }
    };
    let mut groups = groups(&other);
    if !page.prose.is_empty() {
        groups
            .push(OutlineGroup { title: "Text of the page".to_owned(), lines: page.prose.iter().map(line).collect() });
    }
    let fields = page.fields.iter().map(field_line).collect();
    OutlineSection {
        id: text(|side| &side.id),
        title: text(|side| &side.title),
        kind: text(|side| &side.kind),
        state,
        summary,
        fields,
        groups,
    }
}

/// The changes by competency or step, in the order of the ladder.
fn groups(changes: &[&TextChange]) -> Vec<OutlineGroup> {
    let mut groups: Vec<OutlineGroup> = Vec::new();
    for change in changes {
        let side = change.now.first().or(change.was.first());
        let title = side.and_then(|side| side.competency.as_ref().or(side.step.as_ref())).cloned().unwrap_or_default();
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.lines.push(line(change)),
            None => groups.push(OutlineGroup { title, lines: vec![line(change)] }),
        }
    }
    groups
}

fn line(change: &TextChange) -> OutlineLine {
    let text = |side: &TextSide, of: RunOf| vec![TextRun { of, text: side.text.clone() }];
    let texts = match (&*change.was, &*change.now) {
        ([], [now]) if now.raises.len() == 1 => vec![runs(&now.raises[0].text, &now.text)],
        ([was], [now]) => vec![runs(&was.text, &now.text)],
        ([], now) => now.iter().map(|side| text(side, RunOf::Both)).collect(),
        (was, []) => was.iter().map(|side| text(side, RunOf::Both)).collect(),
        (was, now) => {
            let old = was.iter().map(|side| text(side, RunOf::Was));
            old.chain(now.iter().map(|side| text(side, RunOf::Now))).collect()
        }
    };
    let noun = match change.kind {
        TextKind::Example => "example ",
        TextKind::Expectation | TextKind::Criterion | TextKind::Paragraph => "",
    };
    let from = change.was.first().filter(|_| change.moved).map(origin(change)).unwrap_or_default();
    let word = change.verdict.word();
    let titles = |sides: &[TextSide]| {
        let raised = sides.iter().flat_map(|side| &side.raises);
        let titles: BTreeSet<String> = raised.map(|raised| raised.title.clone()).collect();
        titles.into_iter().collect::<Vec<_>>().join(", ")
    };
    let (old_raised, new_raised) = (titles(&change.was), titles(&change.now));
    let label = match (change.verdict, change.moved) {
        (Verdict::Added, _) if !new_raised.is_empty() => format!("{noun}added, raises a line of {new_raised}"),
        (Verdict::Raises, _) if new_raised.is_empty() => format!("raises no line of {old_raised} any more"),
        (Verdict::Raises, _) => format!("raises a line of {new_raised}"),
        (Verdict::Moved, _) => format!("{noun}moved{from}"),
        (_, true) => format!("{noun}moved{from}, {word}"),
        _ => format!("{noun}{word}"),
    };
    OutlineLine { label, verdict: Some(change.verdict), texts }
}

/// Describes the place that a text comes from, as far as it's another one.
fn origin(change: &TextChange) -> impl Fn(&TextSide) -> String {
    let now = change.now.first();
    move |was| {
        let part = was.competency.as_ref().or(was.step.as_ref());
        let is_same_part = now.is_some_and(|now| now.competency == was.competency && now.step == was.step);
        let is_same_page = now.is_some_and(|now| now.title == was.title);
        match (part, is_same_page, is_same_part) {
            (Some(part), true, _) => format!(" from {part}"),
            (Some(part), false, false) => format!(" from {}, {part}", was.title),
            _ => format!(" from {}", was.title),
        }
    }
}

fn field_line(change: &FieldChange) -> OutlineLine {
    let label = match (change.field.as_str(), &change.entry) {
        ("facets", Some(facet)) => facet.clone(),
        (_, Some(entry)) => format!("{}, {entry}", field_name(&change.field)),
        (_, None) => field_name(&change.field),
    };
    let (was, now) = (change.was.as_deref().unwrap_or_default(), change.now.as_deref().unwrap_or_default());
    OutlineLine { label, verdict: None, texts: vec![runs(was, now)] }
}

/// An entry of the configuration, by its title.
fn configuration_line(change: &FieldChange) -> OutlineLine {
    let entry = match change.field.as_str() {
        "facets" => "Facet",
        "areas" => "Area",
        "owners" => "Owner",
        field => return OutlineLine { label: field_name(field), ..field_line(change) },
    };
    let what = match (&change.was, &change.now) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "renamed",
    };
    OutlineLine { label: format!("{entry} {what}"), ..field_line(change) }
}

/// A field's name in words.
fn field_name(field: &str) -> String {
    let words = field.replace('_', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The numbers of changes of expectations, criteria and examples, apart from implied ones, and of pages.
fn summary(diff: &GuideDiff) -> String {
    if diff.is_empty() {
        return "Nothing changed.".to_owned();
    }
    let mut parts = Vec::new();
    for (kind, plural) in
        [(TextKind::Expectation, "Expectations"), (TextKind::Criterion, "Criteria"), (TextKind::Example, "Examples")]
    {
        let of_kind: Vec<&TextChange> =
            diff.texts.iter().filter(|change| change.kind == kind && !change.implied).collect();
        parts.extend((!of_kind.is_empty()).then(|| format!("{plural}: {}.", verdicts(&of_kind))));
    }
    let count = |what: &str, is: fn(&&PageChange) -> bool| {
        let count = diff.pages.iter().filter(is).count();
        (count > 0).then(|| format!("{count} {what}"))
    };
    let pages = [
        count("added", |page| page.was.is_none()),
        count("removed", |page| page.now.is_none()),
        count("changed", |page| page.was.is_some() && page.now.is_some()),
    ];
    let pages: Vec<String> = pages.into_iter().flatten().collect();
    parts.extend((!pages.is_empty()).then(|| format!("Pages: {}.", pages.join(", "))));
    let configuration = diff.configuration.len();
    parts.extend((configuration > 0).then(|| format!("Configuration: {}.", counted(configuration, "change"))));
    parts.join(" ")
}

/// The changes of a section in a few words.
fn section_summary(changes: &[&TextChange], others: usize) -> String {
    let mut parts = Vec::new();
    parts.extend((!changes.is_empty()).then(|| verdicts(changes)));
    parts.extend((others > 0).then(|| counted(others, if changes.is_empty() { "change" } else { "other change" })));
    parts.join(", ")
}

/// The number of changes with each verdict: `2 added, 1 reworded`.
fn verdicts(changes: &[&TextChange]) -> String {
    let count = |verdict: Verdict| changes.iter().filter(|change| change.verdict == verdict).count();
    let counts = Verdict::ALL.into_iter().map(|verdict| (verdict, count(verdict))).filter(|(_, count)| *count > 0);
    counts.map(|(verdict, count)| format!("{count} {}", verdict.word())).collect::<Vec<_>>().join(", ")
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
