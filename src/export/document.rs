//! The whole ladder as one document, in Markdown or HTML.

use serde_json::Value;

use super::data::{LadderData, list, text};
use crate::import::literal;
use crate::markdown::escape;

/// A part of the document.
enum DocumentPart {
    Heading(usize, String),
    Paragraph(String),
    /// An item of a list, with its detail and examples.
    Item(String, Vec<String>),
}

/// The document in Markdown.
pub(crate) fn markdown(ladder: &Value) -> String {
    let mut out = String::new();
    let mut after_item = false;
    for part in parts(ladder) {
        let is_item = matches!(part, DocumentPart::Item(..));
        if !(out.is_empty() || is_item && after_item) {
            out.push('\n');
        }
        match part {
            DocumentPart::Heading(level, text) => out.push_str(&format!("{} {}\n", "#".repeat(level), literal(&text))),
            DocumentPart::Paragraph(text) => out.push_str(&format!("{}\n", literal(&text))),
            DocumentPart::Item(text, more) => {
                out.push_str(&format!("- {}\n", literal(&text)));
                for one in more {
                    out.push_str(&format!("  - {}\n", literal(&one)));
                }
            }
        }
        after_item = is_item;
    }
    out
}

/// The document in HTML without styles, which word processors open.
pub(crate) fn html(ladder: &Value, language: &str) -> String {
    let (title, language) = (escape(&text(ladder, "title")), escape(language));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n"
    );
    let mut in_list = false;
    for part in parts(ladder) {
        let is_item = matches!(part, DocumentPart::Item(..));
        if is_item != in_list {
            out.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            in_list = is_item;
        }
        match part {
            DocumentPart::Heading(level, text) => out.push_str(&format!("<h{level}>{}</h{level}>\n", escape(&text))),
            DocumentPart::Paragraph(text) => out.push_str(&format!("<p>{}</p>\n", escape(&text))),
            DocumentPart::Item(text, more) if more.is_empty() => out.push_str(&format!("<li>{}</li>\n", escape(&text))),
            DocumentPart::Item(text, more) => {
                let more: Vec<String> = more.iter().map(|one| format!("<li>{}</li>", escape(one))).collect();
                out.push_str(&format!("<li>{}\n<ul>\n{}\n</ul>\n</li>\n", escape(&text), more.join("\n")));
            }
        }
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    out + "</body>\n</html>\n"
}

fn parts(ladder: &Value) -> Vec<DocumentPart> {
    let data = LadderData::new(ladder);
    let mut parts = vec![DocumentPart::Heading(1, text(ladder, "title"))];
    for track in list(ladder, "tracks") {
        parts.push(DocumentPart::Heading(2, text(track, "title")));
        paragraph(&mut parts, text(track, "summary"));
        for level in list(track, "levels").iter().filter_map(|id| data.level(id.as_str()?)) {
            let is_first = list(level, "tracks").first() == track.get("id");
            if is_first {
                push_level(&data, level, &mut parts);
            } else {
                parts.push(DocumentPart::Heading(3, text(level, "title")));
                paragraph(&mut parts, format!("See the track {}.", data.track_title(level)));
            }
        }
    }
    let without_track: Vec<&Value> =
        list(ladder, "levels").iter().filter(|level| list(level, "tracks").is_empty()).collect();
    if !without_track.is_empty() {
        parts.push(DocumentPart::Heading(2, "Expectations that other levels build on".to_owned()));
    }
    for level in without_track {
        push_level(&data, level, &mut parts);
    }
    parts.push(DocumentPart::Heading(2, "Competencies".to_owned()));
    for competency in list(ladder, "competencies") {
        let (area, scale) = (text(competency, "area"), list(competency, "scale"));
        let steps: Vec<&str> = scale.iter().filter_map(Value::as_str).collect();
        let area = if area.is_empty() { String::new() } else { format!(" ({area})") };
        let summary = text(competency, "summary");
        let more = [summary, if steps.is_empty() { String::new() } else { format!("Steps: {}", steps.join(", ")) }];
        let more = more.into_iter().filter(|text| !text.is_empty()).collect();
        parts.push(DocumentPart::Item(format!("{}{area}", text(competency, "title")), more));
    }
    parts
}

fn paragraph(parts: &mut Vec<DocumentPart>, text: String) {
    if !text.is_empty() {
        parts.push(DocumentPart::Paragraph(text));
    }
}

fn push_level(data: &LadderData<'_>, level: &Value, parts: &mut Vec<DocumentPart>) {
    let code = text(level, "code");
    let title = text(level, "title");
    parts.push(DocumentPart::Heading(3, if code.is_empty() { title } else { format!("{title} ({code})") }));
    paragraph(parts, text(level, "summary"));
    for (facet, value) in level.get("facets").and_then(Value::as_object).into_iter().flatten() {
        paragraph(parts, format!("{facet}: {}", value.as_str().unwrap_or_default()));
    }
    for base in list(level, "extends") {
        let only: Vec<String> =
            list(base, "competencies").iter().filter_map(Value::as_str).map(|id| data.competency_title(id)).collect();
        let title = data.level(&text(base, "level")).map(|base| text(base, "title")).unwrap_or_default();
        let only = if only.is_empty() { String::new() } else { format!(" in {}", only.join(", ")) };
        paragraph(parts, format!("Includes what {title} expects{only}."));
    }
    items(parts, level);
    for cell in list(level, "cells") {
        if list(cell, "expectations").is_empty() && list(cell, "examples").is_empty() {
            continue;
        }
        parts.push(DocumentPart::Heading(4, data.competency_title(&text(cell, "competency"))));
        items(parts, cell);
        let examples = list(cell, "examples").iter().map(example);
        parts.extend(examples.map(|example| DocumentPart::Item(example, Vec::new())));
    }
}

/// The expectations of a level or a cell. A group is named before each of its expectations' texts.
fn items(parts: &mut Vec<DocumentPart>, of: &Value) {
    for line in list(of, "expectations") {
        let group = text(line, "group");
        let sentence = text(line, "text");
        let sentence = if group.is_empty() { sentence } else { format!("{group}: {sentence}") };
        let detail = text(line, "detail");
        let more = detail.lines().map(str::to_owned).chain(list(line, "examples").iter().map(example)).collect();
        parts.push(DocumentPart::Item(sentence, more));
    }
}

/// An example with the word that says that it is one.
pub(super) fn example(example: &Value) -> String {
    let (specialism, sentence) = (text(example, "specialism"), text(example, "text"));
    if specialism.is_empty() { format!("Example: {sentence}") } else { format!("Example ({specialism}): {sentence}") }
}
