//! Lines that begin with the name of a cell and have its text after a colon or a dash: `- Craft: writes tests.` Several
//! such lines most likely are cells, which would be lost.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::{self, NameBeforeText};
use crate::ladder::page_names::{Found, NameLookup};
use crate::ladder::sections::heading_candidate::before_gloss;
use crate::ladder::sections::section::{FoundSection, SectionKind, section_end};
use crate::markdown::Block;
use crate::name::closest;
use crate::page::{Kind, Page};

/// A line that begins with a name.
struct NamedLine<'p> {
    name: &'p str,
    kind: SectionKind,
    span: Range<usize>,
}

/// Reports the lines of each part of a page, between two headings, that begin with different names of cells which the page
/// doesn't have, and returns their byte ranges.
pub(crate) fn find(
    names: &NameLookup<'_>,
    page: &Page,
    claims: &[FoundSection<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Range<usize>> {
    let claimed: HashSet<SectionKind> = claims.iter().map(|claim| claim.kind).collect();
    let mut found = Vec::new();
    let mut prose_end = 0;
    let mut at = 0;
    while at < page.blocks.len() {
        if let Block::Heading(heading) = &page.blocks[at] {
            if heading.is_prose() {
                prose_end = prose_end.max(section_end(&page.blocks, at, heading.level));
            }
            at += 1;
            continue;
        }
        let rest = &page.blocks[at..];
        let end = at + rest.iter().position(|block| matches!(block, Block::Heading(_))).unwrap_or(rest.len());
        if at >= prose_end {
            let mut lines = Vec::new();
            for block in &page.blocks[at..end] {
                add_lines(names, page, block, &mut lines);
            }
            lines.retain(|line| !claimed.contains(&line.kind));
            if lines.iter().any(|line| line.kind != lines[0].kind) {
                diagnostics.push(report(page, &lines));
                found.extend(lines.into_iter().map(|line| line.span));
            }
        }
        at = end;
    }
    found
}

fn add_lines<'p>(names: &NameLookup<'_>, page: &'p Page, block: &Block, lines: &mut Vec<NamedLine<'p>>) {
    match block {
        Block::Paragraph(paragraph) => {
            // Rows of a spreadsheet are reported with the page.
            let rows = || page.source[paragraph.span.clone()].lines();
            if rows().count() > 1 && rows().all(|line| line.trim().contains('\t')) {
                return;
            }
            let mut start = paragraph.span.start;
            for line in page.source[paragraph.span.clone()].split_inclusive('\n') {
                let end = start + line.trim_end().len();
                lines.extend(named_line(names, page, start..end));
                start += line.len();
            }
        }
        Block::List { items, .. } => {
            let first = items.iter().filter_map(|item| item.blocks.first());
            first.for_each(|block| add_lines(names, page, block, lines));
        }
        Block::Quote { alert: None, blocks } => blocks.iter().for_each(|block| add_lines(names, page, block, lines)),
        _ => {}
    }
}

fn named_line<'p>(names: &NameLookup<'_>, page: &'p Page, span: Range<usize>) -> Option<NamedLine<'p>> {
    let text = &page.source[span.clone()];
    let plain = text.replace(['*', '_'], "");
    let lead = before_gloss(&plain).or_else(|| run_in_heading(text))?;
    // A number, such as a share of time, or a single word makes it a table in words.
    let gloss = plain[lead.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_text = gloss.contains(char::is_whitespace) || gloss.ends_with(['.', '。']);
    if text.starts_with('[') || gloss.starts_with(|c: char| c.is_ascii_digit()) || !is_text {
        return None;
    }
    let start = text.find(|c: char| !matches!(c, '*' | '_'))?;
    let name = text.get(start..start + lead.len()).unwrap_or(text);
    let (kind, steps) = match page.kind {
        Kind::Level => (Kind::Competency, &[][..]),
        _ => (Kind::Level, page.scale()),
    };
    if let Some(step) = closest(lead, steps.iter().map(|step| [step.value.as_str()])) {
        return Some(NamedLine { name, kind: SectionKind::Step(step), span });
    }
    match names.find(Some(kind), lead) {
        Found::One(id) => Some(NamedLine { name, kind: SectionKind::Cell(id), span }),
        _ => None,
    }
}

/// The words in bold that a line begins with, up to a full stop: `**Craft.** Writes tests.`
fn run_in_heading(line: &str) -> Option<&str> {
    let (bold, rest) = line.strip_prefix("**")?.split_once("**")?;
    bold.strip_suffix('.').filter(|name| !name.contains(['*', '_']) && rest.starts_with(char::is_whitespace))
}

fn report(page: &Page, lines: &[NamedLine<'_>]) -> Diagnostic {
    let first = &lines[0];
    let kind = match (first.kind, page.kind) {
        (SectionKind::Step(_), _) => "a step of the scale".to_owned(),
        (_, Kind::Level) => Kind::Competency.described(),
        _ => Kind::Level.described(),
    };
    let written: Vec<NameBeforeText<'_>> = lines.iter().map(|line| name_before_text(page, line)).collect();
    catalog::names_before_text(&written[0], &written[1..], &kind)
}

fn name_before_text<'p>(page: &Page, line: &NamedLine<'p>) -> NameBeforeText<'p> {
    let source = &page.source;
    let start = source[..line.span.start].rfind('\n').map_or(0, |end| end + 1);
    let text = &source[line.span.clone()];
    let line_break = if source[line.span.end..].starts_with("\r\n") { "\r\n" } else { "\n" };
    // Only a name, its emphasis and one mark are before the text.
    let after = text.find(line.name).map(|at| text[at + line.name.len()..].trim_start_matches(['*', '_']));
    let after = after.map(|after| after.trim_start().trim_start_matches([':', '：', '.', '–', '—', '-', '*', '_']));
    let gloss = after.map(str::trim_start).filter(|gloss| gloss.starts_with(char::is_alphanumeric));
    let is_at_margin = matches!(source[start..line.span.start].trim_end(), "" | "-" | "*" | "+");
    let lead = gloss.filter(|_| is_at_margin).map(|gloss| page.span(&(start..line.span.end - gloss.len())));
    NameBeforeText { span: page.span(&line.span), name: line.name, lead, line_break }
}
