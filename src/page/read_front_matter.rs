//! Reads front matter into a page.

use std::ops::Range;

use super::foreign_fields;
use super::front_matter::{Competency, Extend, FrontMatter, Level, Serves, Track};
use super::infer_kind::infer_kind;
use super::kind::FrontMatterForm;
use super::model::{Page, TitleSource};
use super::placeholder::is_todo;
use super::review;
use super::split::{self, Split};
use crate::diagnostic::{Diagnostic, Spanned, any_error};
use crate::markdown::{Block, Item, MarkdownParser, TextOrigin};
use crate::yaml::{self, Fields, Node, Value};

/// Fills in the fields of a page from its front matter, and corrects `split` if a rule in the body was taken for the end of
/// the front matter. Returns the report of a missing title, which the body may have.
pub(super) fn read_front_matter(
    page: &mut Page,
    split: &mut Split,
    markdown: &mut MarkdownParser<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Diagnostic> {
    let Some(yaml) = split.yaml.clone() else {
        (page.broken, page.uncertain) = (true, true);
        return None;
    };
    let source = std::sync::Arc::clone(&page.source);
    let parsed = yaml::parse(&source, yaml.clone());
    let may_contain_prose = !split.reported && parsed.as_ref().map_or(true, contains_sentence);
    let node = match (parsed, split::early_end(&source, &yaml).filter(|_| may_contain_prose)) {
        (_, Some(end)) => {
            (split.body, split.reported) = (end, true);
            diagnostics.push(split::unclosed_front_matter(&page.file, &source, &(yaml.start..end)));
            valid_fields(page, &source, yaml.start..end)
        }
        (Ok(node), None) => node,
        (Err(error), None) => {
            page.broken = true;
            if !split.reported {
                diagnostics.push(error.into_diagnostic(&page.file));
            }
            valid_fields(page, &source, yaml)
        }
    };
    page.broken |= split.reported;
    let before = diagnostics.len();
    let missing_title = read_fields(page, node, markdown, diagnostics);
    if split.reported {
        diagnostics.truncate(before);
    }
    page.uncertain = page.broken || any_error(&diagnostics[before..]);
    missing_title
}

/// Returns whether one of the keys is probably the start of a sentence with a colon.
fn contains_sentence(node: &Node) -> bool {
    matches!(&node.value, Value::Map(entries) if entries.iter().any(|((name, _), _)| name.contains(' ')))
}

/// Reads all fields. Returns the report of a missing title.
fn read_fields(
    page: &mut Page,
    mut node: Node,
    markdown: &mut MarkdownParser<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Diagnostic> {
    let file = page.file.clone();
    yaml::repair(&file, &page.source, &mut node, diagnostics);
    let before = diagnostics.len();
    let known_kind = infer_kind(page, &node, diagnostics);
    page.broken |= diagnostics.len() > before;
    let given = match &node.value {
        Value::Map(entries) => entries.iter().map(|((name, _), _)| name.clone()).collect(),
        _ => Vec::new(),
    };
    let mut fields = Fields::new(&file, node, page.kind.described(), diagnostics);
    read_common(page, &mut fields);
    page.front_matter = read_kind_fields(page, &mut fields, markdown);
    if !known_kind {
        fields.ignore_rest();
    }
    if page.broken {
        fields.ignore_missing();
    }
    let missing_title = fields.take_missing("title");
    fields.finish_with(|name, value| foreign_fields::advice(name, value, &page.source, &given));
    missing_title
}

/// Recovers fields from front matter that isn't valid YAML: all fields that are valid separately, and the text of fields
/// that the page is identified by. With them, links to the page resolve, and its other fields aren't reported as missing.
/// The text of a title that isn't valid may be another one than the author's.
fn valid_fields(page: &mut Page, source: &str, yaml: Range<usize>) -> Node {
    const IDENTIFYING_FIELDS: [&str; 6] = ["kind", "title", "id", "slug", "code", "draft"];
    let mut starts = Vec::new();
    let mut at = yaml.start;
    for line in source[yaml.clone()].split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_alphabetic()) && line.contains([':', '=']) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([yaml.end]);
    let mut valid = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let line = source[start..end].lines().next().unwrap_or_default();
        let Some((name, value)) = line.split_once([':', '=']) else { continue };
        let is_yaml = line[name.len()..].starts_with(':');
        if is_yaml && let Ok(Node { value: Value::Map(entries), .. }) = yaml::parse(source, start..end) {
            valid.extend(entries);
            continue;
        }
        let name = name.trim_end();
        if !IDENTIFYING_FIELDS.contains(&name) {
            continue;
        }
        if name == "title" && is_yaml {
            page.title_source = TitleSource::Guessed;
        }
        let text = value.trim().trim_matches(['"', '\'', '“', '”', '„', '‘', '’']).to_owned();
        let (key, span) = (start..start + name.len(), start + line.len() - value.len()..start + line.len());
        valid.push(((name.to_owned(), key), Node { value: Value::Scalar { text, is_text: true }, span }));
    }
    Node { value: Value::Map(valid), span: yaml }
}

fn read_common(page: &mut Page, fields: &mut Fields<'_>) {
    fields.text("kind");
    let title_span = fields.value_span("title");
    if let Some(title) = fields.required("title") {
        page.title = title;
    } else {
        page.title_source = TitleSource::Guessed;
        if let Some(text) = page.source.get(title_span.clone()).filter(|text| text.starts_with('[')) {
            // The brackets were most likely meant as part of the title.
            let text = text.trim_matches(['[', ']', '"', '\'', ' ']).to_owned();
            page.title = Spanned { value: text, span: title_span };
        }
    }
    if let Some(id) = fields.text("id") {
        let given = id.value.trim().trim_matches('/');
        if given.is_empty() {
            fields.invalid_value(&id.span, "`id` is empty", "remove the line to use the page's path as its id");
        } else {
            given.clone_into(&mut page.id);
            page.id_span = Some(id.span);
        }
    }
    page.slug = fields.text("slug");
    let summary = fields.text("summary");
    page.placeholders.extend(summary.iter().filter(|text| is_todo(&text.value)).map(|text| text.span.clone()));
    page.summary = summary.map(|text| text.value.trim().to_owned()).unwrap_or_default();
    page.tags = fields.texts("tags");
    page.aliases = fields.distinct("aliases");
    page.order = fields.number("order").map(|order| order.value);
    page.draft = fields.flag("draft", false);
    page.extra = fields.data("extra", "extra: { mood: calm }");
    page.owner = fields.text("owner");
    page.changed = fields.date("changed");
    let reviewed = fields.has("reviewed");
    page.reviewed = fields.date("reviewed");
    page.review_due = review::due(page.reviewed.as_ref(), reviewed, fields);
}

fn read_kind_fields(page: &Page, fields: &mut Fields<'_>, markdown: &mut MarkdownParser<'_>) -> FrontMatter {
    match page.kind.spec().form {
        FrontMatterForm::Track => FrontMatter::Track(track(fields)),
        FrontMatterForm::Level => FrontMatter::Level(Box::new(level(&page.source, fields, markdown))),
        FrontMatterForm::Competency => FrontMatter::Competency(Competency {
            area: fields.text("area"),
            tracks: fields.texts("tracks"),
            scale: scale(fields),
            also_known_as: fields.texts("also_known_as"),
        }),
        FrontMatterForm::Move => FrontMatter::Move { from: fields.required("from"), to: fields.required("to") },
        FrontMatterForm::Serves => FrontMatter::Serves(Serves {
            levels: fields.texts("levels"),
            competencies: fields.texts("competencies"),
            tracks: if page.kind.has_own_field("tracks") { fields.texts("tracks") } else { Vec::new() },
        }),
        FrontMatterForm::Term => FrontMatter::Term(fields.texts("also_known_as")),
        FrontMatterForm::Plain => FrontMatter::Plain,
    }
}

/// The most steps of a scale. Each can have a section, a row of each chart and a column of each table of its own.
const MAX_STEPS: usize = 100;

fn scale(fields: &mut Fields<'_>) -> Vec<Spanned<String>> {
    let mut steps = fields.distinct("scale");
    if let Some(first) = steps.get(MAX_STEPS) {
        let message = format!("a scale has at most {MAX_STEPS} steps, but this one has {}", steps.len());
        let span = first.span.clone();
        fields.invalid_value(&span, message, "keep those between which people can tell a difference");
        // With only some of them, the headings of the others would be reported, too.
        steps.clear();
    }
    steps
}

fn track(fields: &mut Fields<'_>) -> Track {
    let weights_span = fields.key_span("weights");
    let mut weights = Vec::new();
    for (competency, node) in fields.map("weights", "weights: { craft: 40, delivery: 60 }") {
        let span = node.span.clone();
        let share = match &node.value {
            Value::Scalar { text, .. } => text.trim_end_matches('%').trim().parse().ok(),
            _ => None,
        };
        match share {
            Some(value) if value >= 0.0 && f64::is_finite(value) => weights.push((competency, Spanned { value, span })),
            _ => fields.invalid_value(
                &span,
                "a weight must be a number from 0 to 100",
                "for example, `40`; all weights must add up to 100",
            ),
        }
    }
    let family = fields.text("family");
    Track { levels: fields.texts("levels"), family, weights, weights_span }
}

fn level(source: &str, fields: &mut Fields<'_>, markdown: &mut MarkdownParser<'_>) -> Level {
    let leads_to = fields.items("leads_to");
    let leads_to =
        leads_to.map(|items| items.into_iter().filter_map(|item| fields.as_text(item, "leads_to")).collect());
    let facets = fields.map("facets", "facets: { scope: One team. }");
    let facets = facets.into_iter().map(|(name, node)| {
        let text = prose(source, node, &name.value, fields, markdown);
        (name, text)
    });
    let facets = facets.collect();
    let profile = fields.map("profile", "profile: { craft: 2 }");
    let profile =
        profile.into_iter().filter_map(|(name, node)| Some((name, fields.as_text(node, "profile")?))).collect();
    let experience = fields.node("experience").map(|node| prose(source, node, "experience", fields, markdown));
    Level {
        track: fields.text("track"),
        rank: fields.number("rank"),
        code: fields.text("code"),
        also_known_as: fields.texts("also_known_as"),
        facets,
        extends: extends(fields),
        is_abstract: fields.flag("abstract", false),
        leads_to,
        profile,
        not_applicable: fields.texts("not_applicable"),
        retires: fields.texts("retires"),
        experience: experience.unwrap_or_default(),
    }
}

fn extends(fields: &mut Fields<'_>) -> Vec<Extend> {
    let items = fields.items("extends").unwrap_or_default();
    items.into_iter().filter_map(|item| extend(fields, item)).collect()
}

fn extend(fields: &mut Fields<'_>, node: Node) -> Option<Extend> {
    if !matches!(node.value, Value::Map(_)) {
        return fields.as_text(node, "extends").map(|level| Extend { level, competencies: None });
    }
    let mut inner = fields.inner(node, "an entry of `extends`");
    let level = inner.required("level");
    let competencies = inner.texts("competencies");
    inner.finish();
    level.map(|level| Extend { level, competencies: (!competencies.is_empty()).then_some(competencies) })
}

/// Parses a field whose value is Markdown: a text, or a list of texts, which becomes a Markdown list.
fn prose(
    source: &str,
    node: Node,
    name: &str,
    fields: &mut Fields<'_>,
    markdown: &mut MarkdownParser<'_>,
) -> Vec<Block> {
    let Value::List(items) = node.value else {
        let Some(text) = fields.as_text(node, name) else { return Vec::new() };
        return parse_text(source, &text, markdown);
    };
    let mut list = Vec::new();
    for item in items {
        let Some(text) = fields.as_text(item, name) else { continue };
        list.push(Item { blocks: parse_text(source, &text, markdown), span: text.span });
    }
    vec![Block::List { start: None, items: list }]
}

fn parse_text(source: &str, text: &Spanned<String>, markdown: &mut MarkdownParser<'_>) -> Vec<Block> {
    let exact = source.get(text.span.clone()) == Some(text.value.as_str());
    let origin = if exact { TextOrigin::Verbatim(text.span.start) } else { TextOrigin::Derived(text.span.clone()) };
    let mut blocks = markdown.parse(&text.value, origin);
    if let [Block::Paragraph(only)] = blocks.as_mut_slice() {
        only.tight = true;
    }
    blocks
}
