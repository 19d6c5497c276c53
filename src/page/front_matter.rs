//! Front matter, typed by kind.

use std::ops::Range;

use super::split::{self, Split};
use super::{Kind, Page, kind, review};
use crate::diagnostic::{Diagnostic, Spanned, any_error};
use crate::markdown::{Block, Item, MarkdownParser, TextOrigin};
use crate::yaml::{self, Fields, Node, Value};

/// What a page's kind adds to it.
#[derive(Debug, Clone, PartialEq)]
pub enum FrontMatter {
    /// Of a track.
    Track(Track),
    /// Of a level.
    Level(Box<Level>),
    /// Of a competency.
    Competency(Competency),
    /// Of a move: where it starts and leads.
    Move {
        /// A level.
        from: Option<Spanned<String>>,
        /// A level.
        to: Option<Spanned<String>>,
    },
    /// Of an article: what it serves.
    Article(Serves),
    /// Of a worksheet: what it serves.
    Worksheet(Serves),
    /// Of a term: its other names.
    Term(Vec<Spanned<String>>),
    /// Of any other page: nothing.
    Page,
}

/// Front matter of a track.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Track {
    /// Its levels in order.
    pub levels: Vec<Spanned<String>>,
    /// Tracks of one family are shown as a group.
    pub family: String,
    /// Competencies and their share of 100.
    pub weights: Vec<(Spanned<String>, Spanned<f64>)>,
    /// Where the weights stand.
    pub weights_span: Range<usize>,
}

/// Front matter of a level.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Level {
    /// Its track, if it is not that of its folder.
    pub track: Option<Spanned<String>>,
    /// Its place on the common vertical scale.
    pub rank: Option<f64>,
    /// A short name.
    pub code: Option<Spanned<String>>,
    /// Other names.
    pub also_known_as: Vec<Spanned<String>>,
    /// Facets and their values.
    pub facets: Vec<(Spanned<String>, Vec<Block>)>,
    /// Levels whose expectations hold here too.
    pub extends: Vec<Extend>,
    /// Whether it is a foundation and no rung.
    pub is_abstract: bool,
    /// What follows it, instead of the next rank.
    pub leads_to: Option<Vec<Spanned<String>>>,
    /// Competencies and the step of their scale that is needed.
    pub profile: Vec<(Spanned<String>, Spanned<String>)>,
    /// Competencies in which nothing is expected.
    pub not_applicable: Vec<Spanned<String>>,
    /// Typical experience.
    pub experience: Vec<Block>,
}

/// A level that another one extends.
#[derive(Debug, Clone, PartialEq)]
pub struct Extend {
    /// Which.
    pub level: Spanned<String>,
    /// The competencies for which it does; all when not given.
    pub competencies: Option<Vec<Spanned<String>>>,
}

/// Front matter of a competency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Competency {
    /// Its area.
    pub area: Option<Spanned<String>>,
    /// The tracks in which it applies; all when empty.
    pub tracks: Vec<Spanned<String>>,
    /// The steps of its own scale, lowest first.
    pub scale: Vec<Spanned<String>>,
    /// Other names.
    pub also_known_as: Vec<Spanned<String>>,
}

/// What an article or a worksheet serves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Serves {
    /// Levels.
    pub levels: Vec<Spanned<String>>,
    /// Competencies.
    pub competencies: Vec<Spanned<String>>,
    /// Tracks.
    pub tracks: Vec<Spanned<String>>,
}

/// Fills a page from its front matter.
pub(super) fn read(
    page: &mut Page,
    split: &mut Split,
    markdown: &mut MarkdownParser<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(yaml) = split.yaml.clone() else {
        (page.broken, page.uncertain) = (true, true);
        return;
    };
    let source = std::sync::Arc::clone(&page.source);
    let parsed = yaml::parse(&source, yaml.clone());
    let holds_text = parsed.as_ref().map_or(true, holds_sentence);
    let node = match (parsed, split::early_end(&source, &yaml).filter(|_| holds_text)) {
        (_, Some(end)) => {
            (split.body, split.unclosed) = (end, true);
            diagnostics.push(split::no_end(&page.file, &source, &(yaml.start..end)));
            sound_fields(&source, yaml.start..end)
        }
        (Ok(node), None) => node,
        (Err(error), None) => {
            page.broken = true;
            if !split.unclosed {
                diagnostics.push(error.into_diagnostic(&page.file));
            }
            sound_fields(&source, yaml)
        }
    };
    page.broken |= split.unclosed;
    let before = diagnostics.len();
    read_fields(page, node, markdown, diagnostics);
    if split.unclosed {
        diagnostics.truncate(before);
    }
    page.uncertain = page.broken || any_error(&diagnostics[before..]);
}

/// Whether one of the names is rather the beginning of a sentence with a colon in it.
fn holds_sentence(node: &Node) -> bool {
    matches!(&node.value, Value::Map(entries) if entries.iter().any(|((name, _), _)| name.contains(' ')))
}

fn read_fields(page: &mut Page, mut node: Node, markdown: &mut MarkdownParser<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let file = page.file.clone();
    yaml::repair(&file, &page.source, &mut node, diagnostics);
    let before = diagnostics.len();
    let known_kind = kind::read(page, &node, diagnostics);
    page.broken |= diagnostics.len() > before;
    let mut fields = Fields::new(&file, node, page.kind.described(), diagnostics);
    read_common(page, &mut fields);
    page.front_matter = read_matter(page, &mut fields, markdown);
    if !known_kind {
        fields.ignore_rest();
    }
    if page.broken {
        fields.ignore_missing();
    }
    fields.finish();
}

/// The fields of front matter that is not YAML as a whole: every one that is by itself, and of the others, what the page
/// is called by. So links to the page hold, and what it says elsewhere is not missed.
fn sound_fields(source: &str, yaml: Range<usize>) -> Node {
    const NAMES: [&str; 6] = ["kind", "title", "id", "slug", "code", "draft"];
    let mut starts = Vec::new();
    let mut at = yaml.start;
    for line in source[yaml.clone()].split_inclusive('\n') {
        if line.starts_with(|c: char| c.is_alphabetic()) && line.contains(':') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([yaml.end]);
    let mut sound = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        if let Ok(Node { value: Value::Map(entries), .. }) = yaml::parse(source, start..end) {
            sound.extend(entries);
            continue;
        }
        let line = source[start..end].lines().next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':').filter(|(name, _)| NAMES.contains(name)) else { continue };
        let text = value.trim().trim_matches(['"', '\'']).to_owned();
        let (key, span) = (start..start + name.len(), start + name.len() + 1..start + line.len());
        sound.push(((name.to_owned(), key), Node { value: Value::Scalar { text, is_text: true }, span }));
    }
    Node { value: Value::Map(sound), span: yaml }
}

fn read_common(page: &mut Page, fields: &mut Fields<'_>) {
    fields.text("kind");
    if let Some(title) = fields.required("title") {
        page.title = title;
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
    page.summary = fields.text("summary").map(|text| text.value.trim().to_owned()).unwrap_or_default();
    page.tags = fields.texts("tags");
    page.aliases = fields.distinct("aliases");
    page.order = fields.number("order").map(|order| order.value);
    page.draft = fields.flag("draft", false);
    page.owner = fields.text("owner");
    page.changed = fields.date("changed");
    let reviewed = fields.has("reviewed");
    page.reviewed = fields.date("reviewed");
    page.review_due = review::due(page.reviewed.as_ref(), reviewed, fields);
}

fn read_matter(page: &Page, fields: &mut Fields<'_>, markdown: &mut MarkdownParser<'_>) -> FrontMatter {
    match page.kind {
        Kind::Track => FrontMatter::Track(track(fields)),
        Kind::Level => FrontMatter::Level(Box::new(level(&page.source, fields, markdown))),
        Kind::Competency => FrontMatter::Competency(Competency {
            area: fields.text("area"),
            tracks: fields.texts("tracks"),
            scale: fields.distinct("scale"),
            also_known_as: fields.texts("also_known_as"),
        }),
        Kind::Move => FrontMatter::Move { from: fields.required("from"), to: fields.required("to") },
        Kind::Article => FrontMatter::Article(Serves {
            levels: fields.texts("levels"),
            competencies: fields.texts("competencies"),
            tracks: fields.texts("tracks"),
        }),
        Kind::Worksheet => FrontMatter::Worksheet(Serves {
            levels: fields.texts("levels"),
            competencies: fields.texts("competencies"),
            tracks: Vec::new(),
        }),
        Kind::Term => FrontMatter::Term(fields.texts("also_known_as")),
        Kind::Page => FrontMatter::Page,
    }
}

fn track(fields: &mut Fields<'_>) -> Track {
    let weights_span = fields.key_span("weights");
    let mut weights = Vec::new();
    for (competency, node) in fields.map("weights", "weights: { craft: 40, delivery: 60 }") {
        let span = node.span.clone();
        let share =
            fields.as_text(node, "weights").and_then(|text| text.value.trim_end_matches('%').trim().parse().ok());
        match share {
            Some(value) if value >= 0.0 && f64::is_finite(value) => weights.push((competency, Spanned { value, span })),
            _ => fields.invalid_value(
                &span,
                "a weight must be a number from 0 to 100",
                "for example, `40`; all weights must add up to 100",
            ),
        }
    }
    let family = fields.text("family").map(|family| family.value).unwrap_or_default();
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
        rank: fields.number("rank").map(|rank| rank.value),
        code: fields.text("code"),
        also_known_as: fields.texts("also_known_as"),
        facets,
        extends: extends(fields),
        is_abstract: fields.flag("abstract", false),
        leads_to,
        profile,
        not_applicable: fields.texts("not_applicable"),
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

/// A Markdown value: one text, or a list of texts, which becomes a list.
fn prose(
    source: &str,
    node: Node,
    name: &str,
    fields: &mut Fields<'_>,
    markdown: &mut MarkdownParser<'_>,
) -> Vec<Block> {
    let Value::List(items) = node.value else {
        let Some(text) = fields.as_text(node, name) else { return Vec::new() };
        return inline(source, &text, markdown);
    };
    let mut list = Vec::new();
    for item in items {
        let Some(text) = fields.as_text(item, name) else { continue };
        list.push(Item { blocks: inline(source, &text, markdown), span: text.span });
    }
    vec![Block::List { start: None, items: list }]
}

fn inline(source: &str, text: &Spanned<String>, markdown: &mut MarkdownParser<'_>) -> Vec<Block> {
    let exact = source.get(text.span.clone()) == Some(text.value.as_str());
    let place = if exact { TextOrigin::Verbatim(text.span.start) } else { TextOrigin::Derived(text.span.clone()) };
    let mut blocks = markdown.parse(&text.value, place);
    if let [Block::Paragraph(only)] = blocks.as_mut_slice() {
        only.tight = true;
    }
    blocks
}
