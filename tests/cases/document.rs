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
    /// The content of the fence, one problem after the other.
    pub(super) problems: String,
    /// The fence's lines in the page.
    fence: std::ops::Range<usize>,
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
                        assert!(case.fence.is_empty(), "\"{}\" has two `problems` fences", case.title);
                        (case.problems, case.fence, case.drafts) = (text, at..end, flags.contains(&"drafts"));
                    }
                    (["symlink", path, reason], Some(case)) => {
                        case.symlinks.push(((*path).to_owned(), format!("{reason} {}", text.trim_end())));
                    }
                    ([_, path, flags @ ..], case) => {
                        let bytes = if flags.contains(&"escaped") { unescape(&text) } else { text.into_bytes() };
                        case.map_or(&mut shared, |case| &mut case.files).push(((*path).to_owned(), bytes));
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

    /// Replaces what the `problems` fences say, case by case.
    pub(super) fn set_problems(&mut self, problems: &[String]) {
        for (case, text) in self.cases.iter().zip(problems).rev() {
            let lines = text.lines().map(str::to_owned);
            self.lines.splice(case.fence.start + 1..case.fence.end, lines);
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
    assert!(!case.fence.is_empty(), "the section \"{}\" has no `problems` fence", case.title);
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
    document.set_problems(&["new\n  newer\n".into(), "more\n".into()]);
    assert_eq!(
        document.to_string(),
        text.replace("old\n", "new\n  newer\n").replace("```problems\n```", "```problems\nmore\n```")
    );
}
