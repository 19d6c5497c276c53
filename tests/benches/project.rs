//! The project that is measured.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A project of a large company: tracks of ten levels with ten competencies each; the rest are articles and terms that
/// link to levels and to each other.
pub(crate) fn generate(root: &Path, pages: usize) {
    let tracks = (pages / 300).max(1);
    let mut words = Words(0);
    put(root, "stepladder.yaml", "title: Bench\n");
    put(root, "content/index.md", "---\ntitle: Home\n---\nWelcome.\n");
    let mut count = 1;
    for competency in 0..10 {
        let text = format!("---\nkind: competency\ntitle: Competency {competency}\n---\n{}\n", words.sentence(30));
        put(root, &format!("content/competencies/c{competency}.md"), &text);
        count += 1;
    }
    for track in 0..tracks {
        put(
            root,
            &format!("content/t{track}/index.md"),
            &format!("---\nkind: track\ntitle: Track {track}\n---\nText.\n"),
        );
        for level in 0..10 {
            put(root, &format!("content/t{track}/l{level}.md"), &level_page(track, level, &mut words));
        }
        count += 11;
    }
    for article in 0..pages.saturating_sub(count) {
        let (track, level) = (article % tracks, article % 10);
        let mut text = format!("---\nkind: article\ntitle: Article {article}\nlevels: [t{track}/l{level}]\n---\n");
        for section in 0..4 {
            let _ = write!(text, "## {}\n\n{} [[t{track}/l{section}]] ", words.sentence(4), words.sentence(60));
            let _ =
                write!(text, "[next](a{}.md)\n\n- {}\n- {}\n\n", article / 2, words.sentence(12), words.sentence(12));
        }
        put(root, &format!("content/articles/a{article}.md"), &text);
    }
}

pub(crate) fn level_page(track: usize, level: usize, words: &mut Words) -> String {
    let mut text = format!("---\nkind: level\ntitle: Level {level} of track {track}\nrank: {}\n", level + 1);
    if level > 0 {
        let _ = writeln!(text, "extends: t{track}/l{}", level - 1);
    }
    let _ = write!(text, "facets:\n  scope: {}\n  impact: {}\n---\n", words.sentence(6), words.sentence(6));
    for competency in 0..10 {
        let _ = write!(text, "\n## Competency {competency}\n\n");
        for _ in 0..3 {
            let _ = writeln!(text, "- {}\n  > {}", words.sentence(14), words.sentence(14));
        }
    }
    text
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("the folder is made");
    fs::write(file, text).expect("the file is written");
}

/// Words in an order that looks like chance and is the same every time.
pub(crate) struct Words(pub(crate) u64);

impl Words {
    fn sentence(&mut self, length: usize) -> String {
        const WORDS: [&str; 16] = [
            "team", "design", "review", "service", "plan", "release", "test", "risk", "customer", "scope", "outcome",
            "write", "explain", "measure", "lead", "help",
        ];
        let mut sentence = String::from("Sometimes");
        for _ in 1..length {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sentence.push(' ');
            sentence.push_str(WORDS[usize::try_from(self.0 >> 60).unwrap_or(0)]);
        }
        sentence
    }
}
