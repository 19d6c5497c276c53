//! Rendering of diagnostics as SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::code::Code;
use super::fix::Fix;
use super::lines::Sources;
use super::model::Diagnostic;
use super::severity::Severity;
use super::span::Span;
use crate::percent;
use crate::tree::{Tree, TreePath};

/// Renders diagnostics, in the given order, as an indented SARIF log and a line feed.
///
/// Programs that show SARIF resolve relative paths at the root of the repository: `folder` is the path of the project's
/// folder there, with a `/` at the end, or empty. Files that `sources` doesn't have in memory have no region.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Tree, folder: &str) -> String {
    let sources = Sources::of(diagnostics, sources);
    let writer = SarifWriter { sources, folder };
    let mut rules: BTreeMap<Code, usize> = diagnostics.iter().map(|diagnostic| (diagnostic.code, 0)).collect();
    for (index, rule) in rules.values_mut().enumerate() {
        *rule = index;
    }
    let results: Vec<Value> =
        diagnostics.iter().map(|diagnostic| writer.result(diagnostic, rules[&diagnostic.code])).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Stepladder",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.keys().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// The kind of problem. `helpUri` would have to be an absolute URI, and the pages have no address on the web, so the page
/// itself is part of the log.
fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.description() },
        "help": {
            "text": format!("{}\n\nThis page is {}; `{}` prints it.", code.page(), code.documentation(), code.explain_command()),
            "markdown": code.page(),
        },
        "defaultConfiguration": { "level": level(code.severity()) },
        "properties": { "documentation": code.documentation(), "explain": code.explain_command() },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

struct SarifWriter<'a> {
    sources: Sources<'a>,
    folder: &'a str,
}

impl SarifWriter<'_> {
    fn result(&self, diagnostic: &Diagnostic, rule: usize) -> Value {
        let help = diagnostic.help.as_ref().map(|help| format!("\n\n{help}")).unwrap_or_default();
        let mut result = json!({
            "ruleId": diagnostic.code.as_str(),
            "ruleIndex": rule,
            "level": level(diagnostic.severity()),
            "message": { "text": format!("{}{help}", diagnostic.message) },
            "locations": [self.location(&diagnostic.span)],
        });
        if !diagnostic.labels.is_empty() {
            let related = diagnostic.labels.iter().map(|(span, text)| {
                let mut location = self.location(span);
                location["message"] = json!({ "text": text });
                location
            });
            result["relatedLocations"] = related.collect();
        }
        let fixes: Vec<Value> = diagnostic.fixes.iter().filter_map(|fix| self.fix(fix)).collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }

    /// A fix; `None` if it edits a file without regions.
    fn fix(&self, fix: &Fix) -> Option<Value> {
        let mut files: BTreeMap<&TreePath, Vec<Value>> = BTreeMap::new();
        for (span, text) in &fix.edits {
            let replacement = json!({ "deletedRegion": self.region(span)?, "insertedContent": { "text": text } });
            files.entry(&span.file).or_default().push(replacement);
        }
        let change =
            |(file, replacements)| json!({ "artifactLocation": self.artifact(file), "replacements": replacements });
        Some(json!({
            "description": { "text": fix.label },
            "artifactChanges": files.into_iter().map(change).collect::<Vec<_>>(),
            "properties": { "applicability": fix.applicability.as_str() },
        }))
    }

    fn location(&self, span: &Span) -> Value {
        let mut physical = json!({ "artifactLocation": self.artifact(&span.file) });
        if let Some(region) = self.region(span) {
            physical["region"] = region;
        }
        json!({ "physicalLocation": physical })
    }

    fn artifact(&self, file: &TreePath) -> Value {
        json!({ "uri": percent::encode(&format!("{}{file}", self.folder)) })
    }

    /// The region of a span. Columns count Unicode code points, as `columnKind` says; the end is exclusive.
    fn region(&self, span: &Span) -> Option<Value> {
        let (start, end) = self.sources.range(span)?;
        Some(json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "byteOffset": span.start,
            "byteLength": span.end.saturating_sub(span.start),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_has_its_place_its_rule_and_its_fixes() {
        let (page, image) = (TreePath::normalized("content/ä b.md"), TreePath::normalized("content/x.png"));
        let mut tree = Tree::default();
        tree.insert(page.clone(), "\u{feff}ö [[X]]\n");
        let fix = Fix::replace(Span::new(&page, 6..11), "Y").and_replace(Span::new(&page, 12..12), "z");
        let diagnostics = [
            Diagnostic::new(Code::BrokenLink, Span::new(&page, 6..11), "no X").help("write Y").fix(fix),
            Diagnostic::new(Code::UnlinkedFile, Span::start_of(&image), "x").label(Span::new(&page, 3..5), "here"),
        ];
        let log: Value = serde_json::from_str(&render(&diagnostics, &tree, "guide/")).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "broken-link");
        let [link, image] = run["results"].as_array().unwrap().as_slice() else { panic!("{run}") };
        assert_eq!((&link["ruleIndex"], &image["ruleIndex"]), (&0.into(), &1.into()));
        assert_eq!(link["message"]["text"], "no X\n\nwrite Y");
        let region =
            json!({ "startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 8, "byteOffset": 6, "byteLength": 5 });
        let artifact = json!({ "uri": "guide/content/%C3%A4%20b.md" });
        let place = json!({ "physicalLocation": { "artifactLocation": artifact.clone(), "region": region.clone() } });
        assert_eq!(link["locations"], json!([place]));
        let change = &link["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"], artifact);
        assert_eq!(change["replacements"][0], json!({ "deletedRegion": region, "insertedContent": { "text": "Y" } }));
        assert_eq!(change["replacements"][1]["deletedRegion"]["startLine"], 2);
        assert!(image["locations"][0]["physicalLocation"]["region"].is_null());
        assert_eq!(image["relatedLocations"][0]["message"]["text"], "here");
    }
}
