//! What all fuzz targets share: a small project with one file of the fuzzer's, and what has to be true of any project.

use jiff::civil::date;
use stepladder::diagnostic::{json, text};
use stepladder::site::{Options, Site};
use stepladder::tree::{Tree, TreePath};

/// The other files of the project.
const FILES: [(&str, &str); 6] = [
    ("stepladder.yaml", "title: Test\nfacets: [{ id: scope, title: Scope }]\n"),
    ("content/index.md", "---\ntitle: Home\n---\nSee [[senior]].\n"),
    ("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n"),
    ("content/ic/mid.md", "---\nkind: level\ntitle: Mid\nrank: 2\n---\n## Craft\n\n- Writes code that works.\n"),
    ("content/craft.md", "---\nkind: competency\ntitle: Craft\nscale: [One, Two]\n---\n## One\n\n- Tries.\n"),
    ("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 3\nextends: mid\n---\n## Craft\n\n- Reviews code.\n"),
];

/// Takes a project with one more file through the whole pipeline.
///
/// # Panics
/// If a problem isn't at a place in its file, or a file of the site isn't in the output folder.
pub fn check(path: &str, bytes: &[u8]) {
    let mut project = Tree::default();
    for (path, text) in FILES {
        project.insert(TreePath::normalized(path), text);
    }
    project.insert(TreePath::normalized(path), bytes.to_vec());
    let mut problems = Vec::new();
    let options = Options { drafts: false, today: date(2026, 11, 22) };
    let site = Site::new(&project, options).drain_into(&mut problems);
    let files = site.render_all().drain_into(&mut problems);
    let sources = project.over(&site.theme_sources());
    for problem in &problems {
        let edits = problem.fixes.iter().flat_map(|fix| &fix.edits);
        let spans = std::iter::once(&problem.span).chain(problem.labels.iter().chain(edits).map(|(span, _)| span));
        for span in spans {
            let Some(bytes) = sources.bytes(&span.file) else { continue };
            assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?} isn't in its file: {problem:#?}");
            if let Ok(text) = std::str::from_utf8(bytes) {
                assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{problem:#?}");
            }
        }
    }
    for (path, _) in files.iter() {
        assert!(!path.as_str().split('/').any(|part| matches!(part, "" | "." | "..")), "{path}");
    }
    assert!(json::render(&problems, &sources).ends_with('\n'));
    let shown = text::report(&problems, &sources, false);
    assert_eq!(shown.is_empty(), problems.is_empty());
}
