//! Rendering of diagnostics for terminals: source excerpts with underlined spans, drawn by `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::drawn::{drawn, path, without_control_characters};
use super::limit::{Listed, listed};
use super::lines::{Lines, Sources, character_at};
use super::model::Diagnostic;
use super::patch::patch;
use super::severity::Severity;
use super::span::Span;
use crate::tree::Tree;

/// The maximum distance in lines at which a label shares an excerpt with the primary span.
const MAX_SHARED_EXCERPT_DISTANCE: usize = 50;

/// The maximum number of bytes shown after the last span of a line; more than fits on a terminal line.
const MAX_TRAILING_BYTES: usize = 1000;

/// The maximum number of underlined bytes of a span.
const MAX_UNDERLINED_BYTES: usize = 300;

/// Renders diagnostics in the given order, each followed by a blank line; with colours if `styled`.
///
/// Every span is accepted: one that is past the end, inside of a character or across several lines is underlined from its
/// start to the end of the line. A file whose content `sources` doesn't have in memory is only named. Control characters
/// in sources and messages are drawn as symbols, so that a terminal doesn't interpret them.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Tree, styled: bool) -> String {
    let renderer = renderer(styled);
    let sources = Sources::of(diagnostics, sources);
    diagnostics.iter().map(|diagnostic| drawn_diagnostic(diagnostic, &sources, &renderer)).collect()
}

/// Renders sorted diagnostics like [`render`], but not all if there are many: the number of others is given for each file,
/// and in all.
#[must_use]
pub fn report(diagnostics: &[Diagnostic], sources: &Tree, styled: bool) -> String {
    let renderer = renderer(styled);
    let Listed { diagnostics: listed, others } = listed(diagnostics);
    let sources = Sources::of(listed.iter().copied(), sources);
    let note = |text: String| renderer.render(&[Group::with_title(Level::NOTE.primary_title(text))]) + "\n\n";
    let mut text = String::new();
    for of_file in listed.chunk_by(|one, other| one.span.file == other.span.file) {
        text.extend(of_file.iter().map(|diagnostic| drawn_diagnostic(diagnostic, &sources, &renderer)));
        if let Some(count) = others.get(&of_file[0].span.file) {
            text += &note(format!("{} more in {}", count, path(&of_file[0].span)));
        }
    }
    if !others.is_empty() {
        let count = problems(others.values().sum());
        text += &note(format!("not shown: {count}; `stepladder check --format json` prints all"));
    }
    text
}

/// Renders the lines of a diagnostic with its underlined spans, but neither its message, its place nor its help.
#[must_use]
pub fn excerpt(diagnostic: &Diagnostic, sources: &Tree) -> String {
    let bare = Diagnostic { message: String::new(), help: None, fixes: Vec::new(), ..diagnostic.clone() };
    let sources = Sources::of([&bare], sources);
    let text = renderer(false).render(&[snippet_group(&bare, None, &sources)]);
    let after_place = text.lines().skip_while(|line| !line.trim_start().starts_with("-->")).skip(1);
    let lines: Vec<&str> = after_place.skip_while(|line| line.trim() == "|").collect();
    lines.join("\n").trim_end().to_owned()
}

fn renderer(styled: bool) -> Renderer {
    if styled { Renderer::styled() } else { Renderer::plain() }
}

fn problems(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}

fn drawn_diagnostic(diagnostic: &Diagnostic, sources: &Sources<'_>, renderer: &Renderer) -> String {
    // The patch has the help as its title.
    let text = match patch(diagnostic, sources) {
        Some(patch) => renderer.render(&[snippet_group(diagnostic, None, sources), patch]),
        None => renderer.render(&[snippet_group(diagnostic, diagnostic.help.as_deref(), sources)]),
    };
    text + "\n\n"
}

fn snippet_group<'a>(diagnostic: &'a Diagnostic, help: Option<&'a str>, sources: &Sources<'a>) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(
        level.primary_title(without_control_characters(&diagnostic.message)).id(diagnostic.code.as_str()),
    );
    let primary = Underline { span: &diagnostic.span, label: None };
    let labels = diagnostic.labels.iter().map(|(span, label)| Underline { span, label: Some(label) });
    let (nearby, distant): (Vec<Underline>, Vec<Underline>) =
        labels.partition(|label| is_near(label.span, &diagnostic.span, sources));
    group = match sources.get(&diagnostic.span.file) {
        Some(lines) => group.element(snippet(lines, &[vec![primary], nearby].concat())),
        None => group.element(Origin::path(path(&diagnostic.span))),
    };
    for underline in distant {
        group = match sources.get(&underline.span.file) {
            Some(lines) => group.element(snippet(lines, &[underline])),
            None => group.element(Level::NOTE.message(without_control_characters(&format!(
                "{}: {}",
                underline.span.file,
                underline.text()
            )))),
        };
    }
    match help {
        Some(help) => group.element(Level::HELP.message(without_control_characters(help))),
        None => group,
    }
}

/// A span to underline: the primary one, without a label, or a secondary one.
#[derive(Clone, Copy)]
struct Underline<'a> {
    span: &'a Span,
    label: Option<&'a str>,
}

impl Underline<'_> {
    fn text(&self) -> &str {
        self.label.unwrap_or_default()
    }
}

fn is_near(label: &Span, primary: &Span, sources: &Sources<'_>) -> bool {
    let line = |span: &Span| sources.get(&span.file).map(|lines| lines.line_at(span.start));
    match (line(label), line(primary)) {
        (Some(a), Some(b)) => label.file == primary.file && a.abs_diff(b) <= MAX_SHARED_EXCERPT_DISTANCE,
        _ => false,
    }
}

/// The excerpt of a file from the first underlined line to the last.
fn snippet<'a>(lines: &Lines<'_>, underlines: &[Underline<'a>]) -> Snippet<'a, Annotation<'a>> {
    let numbers = || underlines.iter().map(|underline| lines.line_at(underline.span.start));
    let (first, last) = (numbers().min().unwrap_or(1), numbers().max().unwrap_or(1));
    let mut text = String::new();
    let mut annotations = Vec::new();
    for number in first..=last {
        let (start, line) = lines.line(number);
        let mut shown_bytes = MAX_TRAILING_BYTES;
        let line_offset = text.len();
        for underline in underlines.iter().filter(|underline| lines.line_at(underline.span.start) == number) {
            let bytes = bytes_in_line(line, start, underline.span);
            shown_bytes = shown_bytes.max(bytes.end + MAX_TRAILING_BYTES);
            let shown = line_offset + drawn(line, bytes.start).len()..line_offset + drawn(line, bytes.end).len();
            let kind = if underline.label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
            // `annotate-snippets` can't draw labels with line breaks.
            annotations.push(
                kind.span(shown)
                    .label(underline.label.map(|label| without_control_characters(label).replace('\n', " "))),
            );
        }
        text.push_str(&drawn(line, character_at(line, shown_bytes)));
        text.push('\n');
    }
    text.pop();
    let path = underlines.first().map(|underline| path(underline.span));
    Snippet::source(text).line_start(first).path(path).annotations(annotations)
}

/// The bytes of a line that a span underlines. The line starts at byte `start` of its file.
fn bytes_in_line(line: &[u8], start: usize, span: &Span) -> Range<usize> {
    let from = character_at(line, span.start.saturating_sub(start));
    let to = span.end.saturating_sub(start).min(from + MAX_UNDERLINED_BYTES);
    from..character_at(line, to).max(from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Fix};
    use crate::tree::{File, TreePath};

    fn page() -> TreePath {
        TreePath::normalized("content/a.md")
    }

    /// Draws a diagnostic in a page.
    fn draw(source: &str, bytes: Range<usize>) -> String {
        draw_diagnostic(
            source.as_bytes(),
            &Diagnostic::new(Code::BrokenLink, Span::new(&page(), bytes), "nothing there"),
        )
    }

    fn draw_diagnostic(source: &[u8], diagnostic: &Diagnostic) -> String {
        let mut tree = Tree::default();
        tree.insert(page(), source.to_vec());
        tree.insert(TreePath::normalized("content/b.md"), "first\nsecond\n");
        tree.insert(TreePath::normalized("logo.png"), File::OnDisk("/nowhere".into()));
        render(std::slice::from_ref(diagnostic), &tree, false)
    }

    #[test]
    fn a_diagnostic_shows_code_position_line_and_help() {
        let span = Span::new(&page(), 10..14);
        let diagnostic = Diagnostic::new(Code::BrokenLink, span, "`b.md` is not there").help("write it");
        let expected = "\
error[broken-link]: `b.md` is not there
 --> content/a.md:2:5
  |
2 | See b.md, please.
  |     ^^^^
  |
  = help: write it

";
        assert_eq!(draw_diagnostic(b"Title\nSee b.md, please.\nEnd\n", &diagnostic), expected);
    }

    #[test]
    fn a_short_fix_is_shown_below_the_help() {
        let span = Span::new(&page(), 7..12);
        let diagnostic = Diagnostic::new(Code::UnknownOwner, span.clone(), "no owner")
            .help("did you mean `people`?")
            .fix(Fix::replace(span.clone(), "people").as_suggestion());
        let expected = "\
error[unknown-owner]: no owner
 --> content/a.md:1:8
  |
1 | owner: peple
  |        ^^^^^
  |
help: did you mean `people`?
  |
1 | owner: people
  |          +

";
        assert_eq!(draw_diagnostic(b"owner: peple\r\nx: y\n", &diagnostic), expected);
        let two = diagnostic.fix(Fix::replace(span, "persons").as_suggestion());
        assert!(
            draw_diagnostic(b"owner: peple\n", &two).ends_with("  = help: did you mean `people`?\n\n"),
            "no choice is shown as one"
        );
    }

    #[test]
    fn many_diagnostics_are_listed_in_part() {
        let diagnostics: Vec<Diagnostic> =
            (0..103).map(|at| Diagnostic::new(Code::BrokenLink, Span::new(&page(), at..at + 1), "x")).collect();
        let mut tree = Tree::default();
        tree.insert(page(), "y".repeat(200));
        let text = report(&diagnostics, &tree, false);
        assert_eq!(text.matches("error[broken-link]").count(), 100);
        assert!(text.contains("\n\nnote: 3 more in content/a.md\n\n"), "{text}");
        assert!(
            text.ends_with("\n\nnote: not shown: 3 problems; `stepladder check --format json` prints all\n\n"),
            "{text}"
        );
        assert_eq!(report(&diagnostics[..100], &tree, false), render(&diagnostics[..100], &tree, false));
    }

    #[test]
    fn an_excerpt_has_only_the_lines() {
        let diagnostic = Diagnostic::new(Code::BrokenLink, Span::new(&page(), 4..8), "no\nway").help("do");
        let mut tree = Tree::default();
        tree.insert(page(), "See b.md, please.\n");
        assert_eq!(excerpt(&diagnostic, &tree), "1 | See b.md, please.\n  |     ^^^^");
        assert_eq!(excerpt(&diagnostic, &Tree::default()), "");
    }

    #[test]
    fn labels_show_their_lines_in_the_same_file_and_in_others() {
        let other = TreePath::normalized("content/b.md");
        let diagnostic = Diagnostic::new(Code::DuplicateId, Span::new(&page(), 6..9), "twice")
            .label(Span::new(&page(), 0..3), "first here")
            .label(Span::new(&other, 6..12), "and\nhere")
            .label(Span::start_of(&TreePath::normalized("logo.png")), "drawn there");
        let expected = "\
error[duplicate-id]: twice
 --> content/a.md:3:1
  |
1 | one
  | --- first here
2 | -
3 | one
  | ^^^
  |
 ::: content/b.md:2:1
  |
2 | second
  | ------ and here
  |
  = note: logo.png: drawn there

";
        assert_eq!(draw_diagnostic(b"one\n-\none\n", &diagnostic), expected);
    }

    #[test]
    fn a_label_far_away_in_the_same_file_has_an_excerpt_of_its_own() {
        let source = "x\n".repeat(5000);
        let diagnostic = Diagnostic::new(Code::DuplicateId, Span::new(&page(), 0..1), "twice")
            .label(Span::new(&page(), 9998..9999), "here");
        let text = draw_diagnostic(source.as_bytes(), &diagnostic);
        assert!(text.contains("5000 | x") && text.lines().count() < 12, "{text}");
    }

    #[test]
    fn the_start_of_a_file_shows_its_first_line() {
        let text = draw("Hello\nworld", 0..0);
        assert!(text.contains(" --> content/a.md:1:1\n  |\n1 | Hello\n  | ^\n"), "{text}");
        assert!(draw("", 0..0).contains("content/a.md:1:1"));
    }

    #[test]
    fn a_span_of_several_lines_underlines_the_first() {
        let text = draw("abc\r\ndef\r\n", 1..8);
        assert!(text.contains("1 | abc\n  |  ^^\n\n"), "{text}");
    }

    #[test]
    fn columns_agree_with_positions() {
        for source in ["\u{feff}äb\tc", "äb\r\nc", "a\tb", "日本語"] {
            for byte in 0..source.len() + 2 {
                let position = Lines::of(source.as_bytes()).position(byte);
                let place = format!("content/a.md:{}:{}\n", position.line, position.column);
                let text = draw(source, byte..byte + 1);
                assert!(text.contains(&place), "{source:?} at {byte}: {text}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_and_tabs_do_not_move_the_underline() {
        let text = draw("\u{feff}\tlink", 4..8);
        assert!(text.contains("1 |     link\n  |     ^^^^\n"), "{text}");
    }

    #[test]
    fn a_file_that_is_not_in_memory_is_named() {
        for path in ["gone.md", "logo.png"] {
            let span = Span::new(&TreePath::normalized(path), 5..9);
            let text = draw_diagnostic(b"", &Diagnostic::new(Code::MissingImage, span, "x"));
            assert_eq!(text, format!("error[missing-image]: x\n--> {path}\n\n"));
        }
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let evil = "\u{1b}[2J\u{9b}31m\u{7}\u{202e}\r\u{7f}\u{1b}]8;;x\u{7}";
        let path = TreePath::normalized(&format!("content/{evil}\n.md"));
        let mut tree = Tree::default();
        tree.insert(path.clone(), evil);
        let diagnostic = Diagnostic::new(Code::BrokenLink, Span::new(&path, 3..9), evil)
            .label(Span::new(&path, 0..1), evil)
            .label(Span::start_of(&TreePath::normalized(evil)), evil)
            .help(evil);
        let text = render(std::slice::from_ref(&diagnostic), &tree, false);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains('\u{202e}') && text.contains('␛'));
        let styled = render(&[diagnostic], &tree, true);
        assert!(styled.contains("\u{1b}[") && !styled.contains("\u{1b}[2J") && !styled.contains("\u{1b}]"));
    }

    #[test]
    fn a_very_long_line_is_cut_after_the_span() {
        let source = format!("{}HERE{}", "a ".repeat(200_000), "b ".repeat(200_000));
        let text = draw(&source, 400_000..400_004);
        assert!(text.contains("HERE") && text.contains(":1:400001\n") && text.len() < 1000, "{}", text.len());
        assert!(draw(&source, 0..800_000).len() < 2000);
    }

    #[test]
    fn a_warning_is_labelled_as_one() {
        let diagnostic = Diagnostic::new(Code::EmptyLevel, Span::start_of(&page()), "says nothing");
        assert!(draw_diagnostic(b"x", &diagnostic).starts_with("warning[empty-level]: says nothing\n"));
    }

    #[test]
    fn no_span_and_no_source_causes_a_panic() {
        let sources: [&[u8]; 12] = [
            b"",
            b"\n",
            b"\r\n\r\n",
            b"\xef\xbb\xbf",
            b"\xef\xbb\xbf\n",
            b"a\n\n\nb",
            "ä\t日本\u{200d}🧑‍🚀e\u{301}".as_bytes(),
            b"\xff\xfe\x80\x80\x80\x80\x80a",
            b"\xe6\x97\n\xa5",
            b"\0\x1b[31m\x07",
            b"\r\r\n\n\r",
            "a\u{2028}b\u{85}c\n".as_bytes(),
        ];
        for source in sources {
            for start in 0..source.len() + 3 {
                for end in (0..source.len() + 3).chain([usize::MAX]) {
                    let diagnostic = Diagnostic::new(Code::NotUtf8, Span::new(&page(), start..end), "x\ny")
                        .label(Span::new(&page(), end..start), "")
                        .label(Span::new(&page(), end / 2..usize::MAX), "l");
                    assert!(draw_diagnostic(source, &diagnostic).contains("content/a.md:"));
                }
            }
        }
    }
}
