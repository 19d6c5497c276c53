//! Front matter, typed by kind.

use std::ops::Range;

use jiff::civil::Date;

use super::split::Split;
use super::{Kind, Page};
use crate::diagnostic::{Code, Diagnostic, did_you_mean, nearest};
use crate::markdown::{Block, Item, Markdown, Place};
use crate::yaml::{self, At, Fields, Node, Value};

/// What a page's kind adds to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Matter {
    /// Of a track.
    Track(Track),
    /// Of a level.
    Level(Box<Level>),
    /// Of a competency.
    Competency(Competency),
    /// Of a move: where it starts and leads.
    Move {
        /// A level.
        from: Option<At<String>>,
        /// A level.
        to: Option<At<String>>,
    },
    /// Of an article: what it serves.
    Article(Serves),
    /// Of a worksheet: what it serves.
    Worksheet(Serves),
    /// Of a term: its other names.
    Term(Vec<At<String>>),
    /// Of any other page: nothing.
    Page,
}

/// Front matter of a track.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Track {
    /// Its levels in order.
    pub levels: Vec<At<String>>,
    /// Tracks of one family are shown as a group.
    pub family: String,
    /// Competencies and their share of 100.
    pub weights: Vec<(At<String>, At<f64>)>,
    /// Where the weights stand.
    pub weights_span: Range<usize>,
}

/// Front matter of a level.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Level {
    /// Its track, if it is not that of its folder.
    pub track: Option<At<String>>,
    /// Its place on the common vertical scale.
    pub rank: Option<f64>,
    /// A short name.
    pub code: Option<At<String>>,
    /// Other names.
    pub also_known_as: Vec<At<String>>,
    /// Facets and their values.
    pub facets: Vec<(At<String>, Vec<Block>)>,
    /// Levels whose expectations hold here too.
    pub extends: Vec<Extend>,
    /// Whether it is a foundation and no rung.
    pub is_abstract: bool,
    /// What follows it, instead of the next rank.
    pub leads_to: Option<Vec<At<String>>>,
    /// Competencies and the step of their scale that is needed.
    pub profile: Vec<(At<String>, At<String>)>,
    /// Competencies in which nothing is expected.
    pub not_applicable: Vec<At<String>>,
    /// Typical experience.
    pub experience: Vec<Block>,
}

/// A level that another one extends.
#[derive(Debug, Clone, PartialEq)]
pub struct Extend {
    /// Which.
    pub level: At<String>,
    /// The competencies for which it does; all when not given.
    pub competencies: Option<Vec<At<String>>>,
}

/// Front matter of a competency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Competency {
    /// Its area.
    pub area: Option<At<String>>,
    /// The tracks in which it applies; all when empty.
    pub tracks: Vec<At<String>>,
    /// The steps of its own scale, lowest first.
    pub scale: Vec<At<String>>,
    /// Other names.
    pub also_known_as: Vec<At<String>>,
}

/// What an article or a worksheet serves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Serves {
    /// Levels.
    pub levels: Vec<At<String>>,
    /// Competencies.
    pub competencies: Vec<At<String>>,
    /// Tracks.
    pub tracks: Vec<At<String>>,
}

/// Fills a page from its front matter.
pub(super) fn read(page: &mut Page, split: &Split, markdown: &mut Markdown<'_>, notes: &mut Vec<Diagnostic>) {
    let Some(yaml) = split.yaml.clone() else {
        page.broken = true;
        return;
    };
    let unclosed = notes.iter().any(|note| note.code == Code::UnclosedFrontMatter);
    let file = page.file.clone();
    match yaml::parse(&page.source, yaml.clone()) {
        Ok(node) => {
            let before = notes.len();
            read_kind(page, &node, notes);
            let mut fields = Fields::new(&file, node, page.kind.described(), notes);
            read_common(page, &mut fields);
            page.matter = read_matter(page, &mut fields, markdown);
            fields.finish();
            page.broken |= notes[before..].iter().any(|note| note.code == Code::UnknownKind);
        }
        Err(malformed) => {
            salvage(page, yaml);
            if !unclosed {
                let span = page.span(&malformed.span);
                let help = "a value with `: ` or ` #` in it, or one that begins with a special character, wants quotes";
                notes.push(Diagnostic::new(Code::InvalidYaml, span, malformed.message).help(help));
            }
        }
    }
    page.broken |= unclosed;
}

fn read_kind(page: &mut Page, node: &Node, notes: &mut Vec<Diagnostic>) {
    let Value::Map(entries) = &node.value else { return };
    let Some((_, node)) = entries.iter().find(|(key, _)| key.0 == "kind") else { return };
    let Value::Scalar { text, .. } = &node.value else { return };
    if let Some(kind) = kind_named(text) {
        page.kind = kind;
        return;
    }
    let names = Kind::ALL.map(Kind::as_str);
    let message = format!("there is no kind of page called `{text}`");
    let note = Diagnostic::new(Code::UnknownKind, page.span(&node.span), message).help(did_you_mean(text, names));
    notes.push(note);
    // The likeliest kind, so that the page's other fields and the links to it make sense.
    page.kind = nearest(text, names).and_then(kind_named).unwrap_or(Kind::Page);
}

fn kind_named(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
}

/// Takes the names out of front matter that is not YAML, so that links to the page still hold.
fn salvage(page: &mut Page, yaml: Range<usize>) {
    page.broken = true;
    let source = std::sync::Arc::clone(&page.source);
    let mut start = yaml.start;
    let mut code = None;
    for line in source[yaml].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        let text = At { value: value.to_owned(), span: at..at + line.trim_end().len() };
        match key {
            "kind" => page.kind = kind_named(value).unwrap_or(page.kind),
            "title" => page.title = text,
            "id" if !value.is_empty() => value.clone_into(&mut page.id),
            "slug" => page.slug = Some(text),
            "draft" => page.draft = value == "true",
            "code" => code = Some(text),
            _ => {}
        }
    }
    page.matter = match page.kind {
        Kind::Track => Matter::Track(Track::default()),
        Kind::Level => Matter::Level(Box::new(Level { code, ..Level::default() })),
        Kind::Competency => Matter::Competency(Competency::default()),
        Kind::Move => Matter::Move { from: None, to: None },
        Kind::Article => Matter::Article(Serves::default()),
        Kind::Worksheet => Matter::Worksheet(Serves::default()),
        Kind::Term => Matter::Term(Vec::new()),
        Kind::Page => Matter::Page,
    };
}

fn read_common(page: &mut Page, fields: &mut Fields<'_>) {
    fields.text("kind");
    if let Some(title) = fields.required("title") {
        page.title = title;
    }
    if let Some(id) = fields.text("id") {
        id.value.trim().trim_matches('/').clone_into(&mut page.id);
        page.id_span = Some(id.span);
    }
    page.slug = fields.text("slug");
    page.summary = fields.text("summary").map(|text| text.value.trim().to_owned()).unwrap_or_default();
    page.tags = fields.texts("tags");
    page.aliases = fields.texts("aliases");
    page.order = fields.number("order").map(|order| order.value);
    page.draft = fields.flag("draft", false);
    page.owner = fields.text("owner");
    page.reviewed = fields.date("reviewed");
    page.review_due = review_due(page.reviewed.as_ref(), fields);
}

fn review_due(reviewed: Option<&At<Date>>, fields: &mut Fields<'_>) -> Option<At<Date>> {
    let every = fields.text("review_every")?;
    let Ok(period) = every.value.trim().parse::<jiff::Span>() else {
        let message = format!("`review_every` takes a length of time, not `{}`", every.value);
        fields.wrong(&every.span, message, "such as `6 months`, `1 year` or `90 days`");
        return None;
    };
    let due = reviewed?.value.checked_add(period).ok()?;
    Some(At { value: due, span: every.span })
}

fn read_matter(page: &Page, fields: &mut Fields<'_>, markdown: &mut Markdown<'_>) -> Matter {
    match page.kind {
        Kind::Track => Matter::Track(track(fields)),
        Kind::Level => Matter::Level(Box::new(level(&page.source, fields, markdown))),
        Kind::Competency => Matter::Competency(Competency {
            area: fields.text("area"),
            tracks: fields.texts("tracks"),
            scale: fields.texts("scale"),
            also_known_as: fields.texts("also_known_as"),
        }),
        Kind::Move => Matter::Move { from: fields.required("from"), to: fields.required("to") },
        Kind::Article => Matter::Article(Serves {
            levels: fields.texts("levels"),
            competencies: fields.texts("competencies"),
            tracks: fields.texts("tracks"),
        }),
        Kind::Worksheet => Matter::Worksheet(Serves {
            levels: fields.texts("levels"),
            competencies: fields.texts("competencies"),
            tracks: Vec::new(),
        }),
        Kind::Term => Matter::Term(fields.texts("also_known_as")),
        Kind::Page => Matter::Page,
    }
}

fn track(fields: &mut Fields<'_>) -> Track {
    let weights_span = fields.place_of("weights");
    let mut weights = Vec::new();
    for (competency, node) in fields.map("weights", "`weights`") {
        let span = node.span.clone();
        let share = fields.as_text(node, "weights").and_then(|text| text.value.trim_end_matches('%').trim().parse().ok());
        match share {
            Some(value) if value >= 0.0 && f64::is_finite(value) => weights.push((competency, At { value, span })),
            _ => fields.wrong(&span, "a weight is a number from 0 to 100", ""),
        }
    }
    let family = fields.text("family").map(|family| family.value).unwrap_or_default();
    Track { levels: fields.texts("levels"), family, weights, weights_span }
}

fn level(source: &str, fields: &mut Fields<'_>, markdown: &mut Markdown<'_>) -> Level {
    let leads_to = fields.node("leads_to").map(|node| match node.value {
        Value::List(items) => items.into_iter().filter_map(|item| fields.as_text(item, "leads_to")).collect(),
        _ => fields.as_text(node, "leads_to").into_iter().collect(),
    });
    let facets = fields.map("facets", "`facets`");
    let facets = facets.into_iter().map(|(name, node)| (name, prose(source, node, fields, markdown))).collect();
    let profile = fields.map("profile", "`profile`");
    let profile = profile.into_iter().filter_map(|(name, node)| Some((name, fields.as_text(node, "profile")?))).collect();
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
        experience: fields.node("experience").map(|node| prose(source, node, fields, markdown)).unwrap_or_default(),
    }
}

fn extends(fields: &mut Fields<'_>) -> Vec<Extend> {
    let Some(node) = fields.node("extends") else { return Vec::new() };
    let items = match node.value {
        Value::List(items) => items,
        _ => vec![node],
    };
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
fn prose(source: &str, node: Node, fields: &mut Fields<'_>, markdown: &mut Markdown<'_>) -> Vec<Block> {
    let Value::List(items) = node.value else {
        let Some(text) = fields.as_text(node, "facets") else { return Vec::new() };
        return inline(source, &text, markdown);
    };
    let mut list = Vec::new();
    for item in items {
        let Some(text) = fields.as_text(item, "facets") else { continue };
        list.push(Item { blocks: inline(source, &text, markdown), span: text.span });
    }
    vec![Block::List { start: None, items: list }]
}

fn inline(source: &str, text: &At<String>, markdown: &mut Markdown<'_>) -> Vec<Block> {
    let exact = source.get(text.span.clone()) == Some(text.value.as_str());
    let place = if exact { Place::From(text.span.start) } else { Place::Within(text.span.clone()) };
    let mut blocks = markdown.parse(&text.value, place);
    if let [Block::Paragraph(only)] = blocks.as_mut_slice() {
        only.tight = true;
    }
    blocks
}
