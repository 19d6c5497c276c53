//! Reading and rewriting the pages of `tests/cases/`.

use std::fmt;

/// The sections of a page that explain its code; every other section is a case.
pub(super) const PROSE_SECTIONS: [&str; 2] = ["What it means", "How to fix it"];

/// One page: its lines, and the cases found in them.
#[derive(Debug)]
pub(super) struct Document {
    lines: Vec<String>,
    pub(super) cases: Vec<Case>,
}

/// One section `## …` that has a `problems` fence.
#[derive(Debug, Clone, Default)]
pub(super) struct Case {
    pub(super) title: String,
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Symbolic links that can't be followed: the path, and the reason and target.
    pub(super) symlinks: Vec<(String, String)>,
    pub(super) drafts: bool,
    /// The files of a version that was published, with which the project is compared.
    pub(super) before: Vec<(String, Vec<u8>)>,
    /// The content of the fence, one problem after the other.
    pub(super) problems: String,
    /// The files that `check --fix` changes, as it leaves them.
    pub(super) fixed: Vec<(String, Vec<u8>)>,
    /// The lines of the page from the `problems` fence to the end of the last `fixed` fence.
    fences: std::ops::Range<usize>,
}

/// What a case produces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) problems: String,
    pub(super) fixed: Vec<(String, Vec<u8>)>,
}

impl Case {
    /// What the page says that the case produces.
    pub(super) fn expected(&self) -> Outcome {
        Outcome { problems: self.problems.clone(), fixed: self.fixed.clone() }
    }
}

impl Document {
    /// Reads a page.
    pub(super) fn parse(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut cases: Vec<Case> = Vec::new();
        let mut shared: Vec<(String, Vec<u8>)> = Vec::new();
        let mut case: Option<Case> = None;
        let mut at = 0;
        while at < lines.len() {
            let line = &lines[at];
            if let Some(title) = line.strip_prefix("## ").filter(|title| !PROSE_SECTIONS.contains(title)) {
                finish(&mut cases, case.take());
                case = Some(Case { title: title.to_owned(), files: shared.clone(), ..Case::default() });
            } else if let Some((fence, info)) = opening(line) {
                let length = lines[at + 1..].iter().position(|line| line.trim_end() == fence);
                let end = at + 1 + length.unwrap_or_else(|| panic!("the fence `{line}` has no end"));
                let words = words(info);
                let text: String = lines[at + 1..end].iter().flat_map(|line| [line.as_str(), "\n"]).collect();
                match (words.as_slice(), case.as_mut()) {
                    (["problems", flags @ ..], Some(case)) => {
                        assert!(case.fences.is_empty(), "\"{}\" has two `problems` fences", case.title);
                        (case.problems, case.fences, case.drafts) = (text, at..end + 1, flags.contains(&"drafts"));
                    }
                    ([_, path, flags @ ..], Some(case)) if flags.contains(&"fixed") => {
                        assert!(!case.fences.is_empty(), "\"{}\": `fixed` fences come after `problems`", case.title);
                        case.fixed.push(((*path).to_owned(), content(text, flags)));
                        case.fences.end = end + 1;
                    }
                    ([_, path, flags @ ..], Some(case)) if flags.contains(&"before") => {
                        case.before.push(((*path).to_owned(), content(text, flags)));
                    }
                    (["symlink", path, reason], Some(case)) => {
                        case.symlinks.push(((*path).to_owned(), format!("{reason} {}", text.trim_end())));
                    }
                    ([_, path, flags @ ..], case) => {
                        let file = ((*path).to_owned(), content(text, flags));
                        case.map_or(&mut shared, |case| &mut case.files).push(file);
                    }
                    _ => {}
                }
                at = end;
            }
            at += 1;
        }
        finish(&mut cases, case);
        Self { lines, cases }
    }

    /// The page's lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    /// Replaces what the page says that its cases produce.
    pub(super) fn set_outcomes(&mut self, outcomes: &[Outcome]) {
        for (case, outcome) in self.cases.iter().zip(outcomes).rev() {
            let opening = self.lines[case.fences.start].clone();
            let fence = opening.trim_end_matches(|c| c != '`').to_owned();
            let mut lines = vec![opening];
            lines.extend(outcome.problems.lines().map(str::to_owned));
            lines.push(fence);
            for (path, bytes) in &outcome.fixed {
                lines.push(String::new());
                lines.extend(fixed_fence(path, bytes));
            }
            self.lines.splice(case.fences.clone(), lines);
        }
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn finish(cases: &mut Vec<Case>, case: Option<Case>) {
    let Some(case) = case else { return };
    assert!(!case.fences.is_empty(), "the section \"{}\" has no `problems` fence", case.title);
    cases.push(case);
}

/// The backticks that open a fence, and what stands behind them.
fn opening(line: &str) -> Option<(&str, &str)> {
    let length = line.len() - line.trim_start_matches('`').len();
    (length >= 3).then(|| line.split_at(length))
}

/// The words behind the backticks; a path with spaces stands in quotes.
fn words(info: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (at, part) in info.split('"').enumerate() {
        if at % 2 == 1 { words.push(part) } else { words.extend(part.split_whitespace()) }
    }
    words
}

/// The bytes that the text of a fence stands for.
fn content(text: String, flags: &[&str]) -> Vec<u8> {
    if flags.contains(&"escaped") { unescape(&text) } else { text.into_bytes() }
}

/// A fence with a file as `check --fix` leaves it.
fn fixed_fence(path: &str, bytes: &[u8]) -> Vec<String> {
    let language = match path.rsplit_once('.') {
        Some((_, "md")) => "markdown",
        Some((_, ending)) => ending,
        None => "text",
    };
    let path = if path.contains(' ') { format!("\"{path}\"") } else { path.to_owned() };
    let is_plain = |text: &str| {
        text.ends_with('\n') && !text.contains(|c: char| c == '\u{feff}' || c.is_control() && !"\n\t".contains(c))
    };
    let (text, flags) = match std::str::from_utf8(bytes) {
        Ok(text) if is_plain(text) => (text.to_owned(), "fixed"),
        _ => (escape(bytes), "escaped fixed"),
    };
    let longest = text.lines().filter_map(opening).map(|(fence, _)| fence.len()).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut lines = vec![format!("{fence}{language} {path} {flags}")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

/// Writes `\xFF` in the place of bytes that aren't ASCII or are control characters.
fn escape(bytes: &[u8]) -> String {
    let escaped = |byte: &u8| match byte {
        b'\n' | b'\t' | b' '..=b'~' => char::from(*byte).to_string(),
        _ => format!("\\x{byte:02X}"),
    };
    bytes.iter().map(escaped).collect()
}

/// Puts bytes in the place of `\xFF`.
fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or_else(|| panic!("`\\x{part}` is no byte"));
        bytes.push(u8::from_str_radix(digits, 16).unwrap_or_else(|_| panic!("`\\x{digits}` is no byte")));
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

#[test]
fn a_page_is_read_and_written_again() {
    let text = "# x\n\n```yaml a.yaml\nb: 1\n```\n\n## One\n\n````markdown c.md escaped\n```\n\\xFF\n```\n````\n\n\
                ```problems drafts\nold\n```\n\n## Two\n\n```problems\n```\n";
    let mut document = Document::parse(text);
    let [one, two] = document.cases.as_slice() else { panic!("{document:?}") };
    assert_eq!(one.files, [("a.yaml".into(), b"b: 1\n".to_vec()), ("c.md".into(), b"```\n\xff\n```\n".to_vec())]);
    assert_eq!((one.title.as_str(), one.drafts, one.problems.as_str()), ("One", true, "old\n"));
    assert_eq!((two.files.len(), two.drafts, two.problems.as_str()), (1, false, ""));
    assert_eq!(document.to_string(), text);
    let fixed = vec![("d.md".to_owned(), b"```\n".to_vec()), ("e.yaml".to_owned(), b"a: 1\r\n".to_vec())];
    document.set_outcomes(&[
        Outcome { problems: "new\n  newer\n".into(), fixed: fixed.clone() },
        Outcome { problems: "more\n".into(), fixed: Vec::new() },
    ]);
    let first = "```problems drafts\nnew\n  newer\n```\n\n````markdown d.md fixed\n```\n````\n\n```yaml e.yaml escaped fixed\na: 1\\x0D\n```\n";
    let updated =
        text.replace("```problems drafts\nold\n```\n", first).replace("```problems\n```", "```problems\nmore\n```");
    assert_eq!(document.to_string(), updated);
    let mut document = Document::parse(&updated);
    assert_eq!(document.cases[0].expected(), Outcome { problems: "new\n  newer\n".into(), fixed });
    document.set_outcomes(&[
        Outcome { problems: "old\n".into(), fixed: Vec::new() },
        Outcome { problems: String::new(), fixed: Vec::new() },
    ]);
    assert_eq!(document.to_string(), text);
}
