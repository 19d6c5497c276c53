//! A diff as Markdown for a comment on a pull request: a summary, then a collapsible section for each page.

use super::outline::{DiffOutline, OutlineLine, OutlineSection};
use super::runs::{RunOf, TextRun};
use crate::markdown as html;

/// Writes an outline as Markdown of GitHub and GitLab. `title` says what's compared, and may have markup.
#[must_use]
pub fn render(outline: &DiffOutline, title: &str) -> String {
    let mut out = format!("**{title}**\n\n{}\n", outline.summary);
    for section in &outline.sections {
        section_text(&mut out, section);
    }
    out
}

fn section_text(out: &mut String, section: &OutlineSection) {
    let title = html::escape(&section.title);
    let has_lines = !(section.fields.is_empty() && section.groups.is_empty());
    if !has_lines {
        out.push_str(&format!("\n- {}: {}\n", escape(&section.title), section.summary));
        return;
    }
    out.push_str(&format!("\n<details>\n<summary><b>{title}</b>: {}</summary>\n\n", section.summary));
    section.fields.iter().for_each(|line| line_text(out, "", line));
    for group in &section.groups {
        let indent = if group.title.is_empty() {
            ""
        } else {
            out.push_str(&format!("- **{}**\n", escape(&group.title)));
            "  "
        };
        group.lines.iter().for_each(|line| line_text(out, indent, line));
    }
    out.push_str("\n</details>\n");
}

fn line_text(out: &mut String, indent: &str, line: &OutlineLine) {
    let texts: Vec<String> = line.texts.iter().map(|runs| marked(runs)).collect();
    let label = escape(&line.label);
    match &*texts {
        [text] => out.push_str(&format!("{indent}- _{label}:_ {text}\n")),
        texts => {
            out.push_str(&format!("{indent}- _{label}:_\n"));
            for text in texts {
                out.push_str(&format!("{indent}  - {text}\n"));
            }
        }
    }
}

/// The words of runs, marked.
fn marked(runs: &[TextRun]) -> String {
    let mut out = String::new();
    for (at, run) in runs.iter().enumerate() {
        out.push_str(&run_text(run));
        // A mark beside a letter, or before punctuation, would not count as one without the space.
        let next = runs.get(at + 1).is_some_and(|next| !next.text.starts_with(char::is_whitespace));
        if run.of != RunOf::Both && next && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
    out
}

/// The words of a run, marked. White space at the ends stays outside of the marks, which would have no effect otherwise.
fn run_text(run: &TextRun) -> String {
    let text = run.text.replace('\n', " ");
    let mark = match run.of {
        RunOf::Both => return escape(&text),
        RunOf::Was => "~~",
        RunOf::Now => "**",
    };
    let words = text.trim();
    if words.is_empty() {
        return text;
    }
    let (start, end) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
    format!("{start}{mark}{}{mark}{end}", escape(words))
}

/// A text in which nothing is markup.
fn escape(text: &str) -> String {
    let is_markup = |c: char| "\\`*_{}[]<>#|~&".contains(c);
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        out.extend(is_markup(c).then_some('\\'));
        out.push(c);
        out
    })
}
