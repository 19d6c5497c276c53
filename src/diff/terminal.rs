//! A diff as text for a terminal.

use textwrap::Options;
use textwrap::WordSplitter::NoHyphenation;

use super::model::Verdict;
use super::outline::{DiffOutline, OutlineLine, OutlineSection, PageState};
use super::runs::{RunOf, TextRun};

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// The appearance of text on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalStyle {
    /// The number of columns.
    pub columns: usize,
    /// Whether there are colours. Without them, `[-…-]` is around words that went and `{+…+}` around those that came.
    pub colours: bool,
}

/// Writes an outline for a terminal. `title` says what's compared.
#[must_use]
pub fn render(outline: &DiffOutline, title: &str, style: TerminalStyle) -> String {
    let mut out = wrapped(title, style, "", "") + &wrapped(&outline.summary, style, "", "");
    for section in &outline.sections {
        section_text(&mut out, section, style);
    }
    out
}

fn section_text(out: &mut String, section: &OutlineSection, style: TerminalStyle) {
    let colour = match section.state {
        PageState::Changed => BOLD,
        PageState::Added => GREEN,
        PageState::Removed => RED,
    };
    let id = if section.id.is_empty() { String::new() } else { format!(" ({})", section.id) };
    let title = painted(&format!("{}{id}", section.title), colour, style);
    out.push('\n');
    out.push_str(&wrapped(&format!("{title}: {}", section.summary), style, "", "  "));
    section.fields.iter().for_each(|line| line_text(out, line, style, "  "));
    for group in &section.groups {
        let indent = if group.title.is_empty() {
            "  "
        } else {
            out.push_str(&wrapped(&painted(&group.title, BOLD, style), style, "  ", "    "));
            "    "
        };
        group.lines.iter().for_each(|line| line_text(out, line, style, indent));
    }
}

fn line_text(out: &mut String, line: &OutlineLine, style: TerminalStyle, indent: &str) {
    let (sign, colour) = match line.verdict {
        Some(Verdict::Added) => ("+", GREEN),
        Some(Verdict::Removed) => ("-", RED),
        Some(Verdict::Moved) => (">", CYAN),
        _ => ("~", YELLOW),
    };
    let next = format!("{indent}  ");
    let label = painted(&format!("{sign} {}:", line.label), colour, style);
    let mut texts = line.texts.iter().map(|runs| runs.iter().map(|run| run_text(run, style)).collect::<String>());
    if line.texts.len() == 1 {
        let text = texts.next().unwrap_or_default();
        out.push_str(&wrapped(&format!("{label} {}", text.replace('\n', " ")), style, indent, &next));
        return;
    }
    out.push_str(&wrapped(&label, style, indent, &next));
    texts.for_each(|text| out.push_str(&wrapped(&text.replace('\n', " "), style, &next, &next)));
}

fn run_text(run: &TextRun, style: TerminalStyle) -> String {
    let (colour, start, end) = match run.of {
        RunOf::Both => return run.text.clone(),
        RunOf::Was => (RED, "[-", "-]"),
        RunOf::Now => (GREEN, "{+", "+}"),
    };
    let words = run.text.trim();
    if words.is_empty() {
        return run.text.clone();
    }
    let (before, after) =
        (&run.text[..run.text.len() - run.text.trim_start().len()], &run.text[run.text.trim_end().len()..]);
    if !style.colours {
        return format!("{before}{start}{words}{end}{after}");
    }
    // Each word by itself: a line may end after any of them.
    let words = words.split(' ').map(|word| painted(word, colour, style)).collect::<Vec<_>>().join(" ");
    // Where the colour is all that divides them.
    format!("{before}{words}{}", if after.is_empty() && run.of == RunOf::Was { " " } else { after })
}

fn painted(text: &str, colour: &str, style: TerminalStyle) -> String {
    if style.colours { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
}

fn wrapped(text: &str, style: TerminalStyle, first: &str, next: &str) -> String {
    let options =
        Options::new(style.columns).word_splitter(NoHyphenation).initial_indent(first).subsequent_indent(next);
    textwrap::fill(text, options) + "\n"
}
