//! Nothing is lost in silence: after a heading, a list item or a row of a table of a ladder has been mangled as pasting
//! and typing mangle them, either the ladder is the same or a problem is reported at that place.

mod rows;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use stepladder::diagnostic::{Diagnosed, Diagnostic, Span};
use stepladder::guide::{Guide, GuideCache, Options};
use stepladder::ladder::{ExpectationId, SectionRole};
use stepladder::page::{Kind, Page};
use stepladder::tree::{Tree, TreePath};

use crate::support::{Rng, TODAY};
use crate::{golden, sites};

/// The number of manglings of each kind, over all projects.
const MANGLINGS: usize = 2_000;

/// The manglings of a heading, where `#` stands for its marks and `T` for its text.
pub(crate) const HEADINGS: &[&str] = &[
    "T",
    "T:",
    "*T*",
    "**T**",
    "__T__",
    "***T***",
    "<h2>T</h2>",
    "    # T",
    "\t# T",
    "- # T",
    "> # T",
    "#T",
    "# 2.3 T",
    "h2. T",
    "== T ==",
    "**T** – gloss",
    "＃＃ T",
    "\\# T",
    "  # T",
    "# Our T",
    "# T/Quality",
    "# T (draft)",
    "#\u{a0}T",
    "• T",
    "1. T",
    "~~T~~",
    "{panel:title=T}",
];

/// The manglings of a list item, where `T` stands for its text. Those that begin with `=` have another text, which is
/// what the item has to say then.
pub(crate) const ITEMS: &[&str] = &[
    "·\tT",
    "o\tT",
    "§\tT",
    "\u{f0b7}\tT",
    "► T",
    "➢ T",
    "○ T",
    "→ T",
    "✓ T",
    "− T",
    "‐ T",
    "• T",
    "– T",
    "— T",
    "*T",
    "-T",
    "a) T",
    "(1) T",
    "-\u{a0}T",
    "=[Glass]: T",
    "-",
    "- [ ]",
    "- ****",
    "=T why\n  :) before",
    ":star: T",
    ":::note T",
    "- <!-- T -->",
    "🚀 T",
    "+T",
    "1.T",
];

/// What the ladder says, independent of anchors and places.
fn meaning(guide: &Guide) -> BTreeMap<(String, String), Vec<String>> {
    let (pages, ladder) = (&guide.pages, &guide.ladder);
    let id = |page| pages.get(page).id.clone();
    let text = |lines: &[ExpectationId]| -> Vec<String> {
        let statements = lines.iter().map(|line| &ladder.expectation(*line).statement);
        statements.map(|one| format!("{} {:?} {}", one.text, one.detail.texts, one.examples.len())).collect()
    };
    let mut meaning = BTreeMap::new();
    for level in &ladder.levels {
        for (competency, cell) in level.cells.iter() {
            meaning.insert((id(level.page), id(ladder.competency(*competency).page)), text(&cell.lines));
        }
        let own = level.own.iter().flat_map(|own| text(&own.lines)).collect();
        meaning.insert((id(level.page), "this level alone".to_owned()), own);
    }
    for competency in &ladder.competencies {
        for (at, step) in competency.scale.iter().enumerate() {
            let written = step.criteria.as_ref().map(|criteria| format!("{} blocks", criteria.blocks.len()));
            meaning.insert((id(competency.page), format!("step {at}")), written.into_iter().collect());
        }
    }
    meaning
}

/// A line of a page that can be mangled.
struct Line {
    file: TreePath,
    /// From 0.
    at: usize,
    /// The marks of a heading; empty for a list item.
    marks: String,
    text: String,
    /// The line of the heading above it, from 0.
    heading: usize,
}

/// The number of the line that has a byte, from 0.
fn line_of(source: &[u8], byte: usize) -> usize {
    source[..byte.min(source.len())].split(|byte| *byte == b'\n').count() - 1
}

/// The headings of cells, and the list items in them, of all levels and competencies.
fn lines(guide: &Guide) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, page) in guide.pages.shown().filter(|(_, page)| matches!(page.kind, Kind::Level | Kind::Competency)) {
        for section in guide.reading(id).iter() {
            if matches!(section.role, SectionRole::Prose | SectionRole::Container) {
                continue;
            }
            lines.extend(heading_at(page, section.span.start));
            lines.extend(items_after(page, section.span.start));
        }
    }
    lines
}

fn heading_at(page: &Page, start: usize) -> Option<Line> {
    let at = line_of(page.source.as_bytes(), start);
    let line = page.source.lines().nth(at)?;
    let text = line.trim_start_matches('#');
    let marks = &line[..line.len() - text.len()];
    let is_plain = text.starts_with(' ') && !text.contains('{');
    (is_plain && !marks.is_empty()).then(|| Line {
        file: page.file.clone(),
        at,
        marks: marks.to_owned(),
        text: text.trim().to_owned(),
        heading: at,
    })
}

/// The items of the list right below a heading.
fn items_after(page: &Page, start: usize) -> Vec<Line> {
    let first = line_of(page.source.as_bytes(), start) + 1;
    let lines = page.source.lines().enumerate().skip(first);
    let inside = lines.take_while(|(_, line)| !line.starts_with('#'));
    let item = |(at, line): (usize, &str)| {
        let text = line.strip_prefix("- ")?.to_owned();
        Some(Line { file: page.file.clone(), at, marks: String::new(), text, heading: first - 1 })
    };
    inside.filter_map(item).collect()
}

/// A project, and the guide that it is before it is mangled.
struct Original {
    name: String,
    project: Tree,
    cache: GuideCache,
    /// What the ladder says, as text.
    meaning: String,
    /// What the line of counts says that `check` ends with.
    counts: String,
    diagnostics: Vec<Diagnostic>,
}

/// A page after one of its lines was mangled.
struct Mangled {
    file: TreePath,
    source: String,
    /// The lines at which a problem is one of the mangled text.
    places: Vec<RangeInclusive<usize>>,
}

/// The ladder of a project with a mangled page.
struct Outcome {
    meaning: String,
    counts: String,
    /// The codes of new problems at other places, unless a new problem is reported at the mangled text.
    elsewhere: Option<Vec<&'static str>>,
}

impl Original {
    fn new(name: String, project: Tree) -> (Self, Guide) {
        let mut cache = GuideCache::new(Options { drafts: false, today: TODAY });
        let Diagnosed { value: guide, diagnostics } = cache.guide(&project, &[]);
        let (meaning, counts) = (format!("{:?}", meaning(&guide)), format!("{:?}", guide.counts()));
        (Self { name, project, cache, meaning, counts, diagnostics }, guide)
    }

    fn source(&self, file: &TreePath) -> String {
        String::from_utf8(self.project.bytes(file).expect("a page").to_vec()).expect("a text")
    }

    fn with(&mut self, mangled: &Mangled) -> Outcome {
        let mut project = self.project.clone();
        project.insert(mangled.file.clone(), mangled.source.clone().into_bytes());
        let Diagnosed { value: guide, diagnostics } = self.cache.guide(&project, &[]);
        let bytes = mangled.source.as_bytes();
        let is_here = |span: &Span| {
            let (first, last) = (line_of(bytes, span.start), line_of(bytes, span.end));
            span.file == mangled.file
                && mangled.places.iter().any(|place| first <= *place.end() && last >= *place.start())
        };
        let is_new =
            |one: &&Diagnostic| !self.diagnostics.iter().any(|old| old.code == one.code && old.message == one.message);
        let is_reported = diagnostics
            .iter()
            .filter(is_new)
            .any(|one| is_here(&one.span) || one.labels.iter().any(|(span, _)| is_here(span)));
        let elsewhere = || diagnostics.iter().filter(is_new).map(|one| one.code.as_str()).collect();
        Outcome {
            meaning: format!("{:?}", meaning(&guide)),
            counts: format!("{:?}", guide.counts()),
            elsewhere: (!is_reported).then(elsewhere),
        }
    }

    /// Mangles one heading or list item. Returns what went wrong, if the ladder differs and nothing was reported at that
    /// place.
    fn mangle(&mut self, line: &Line, random: &mut Rng) -> Option<String> {
        let forms = if line.marks.is_empty() { ITEMS } else { HEADINGS };
        let form = random.pick(forms);
        let text = form.trim_start_matches('=').replace('#', &line.marks).replace('T', &line.text);
        let mangled = if form.starts_with('=') { format!("- {text}") } else { text.clone() };
        let source = self.source(&line.file);
        let mut lines: Vec<&str> = source.lines().collect();
        lines[line.at] = &mangled;
        // The line below counts too, as it may be all that is left to point at; and the heading of an empty cell.
        let places = vec![line.at..=line.at + 1, line.heading..=line.heading];
        let source = lines.join("\n") + "\n";
        let outcome = self.with(&Mangled { file: line.file.clone(), source, places });
        // Ids and footnotes are no part of the text.
        let kept = text.replace("\n  ", " ").replace(" {#", "\0{#").replace("[^", "\0[^");
        let kept = format!("{:?}", kept.split('\0').next().unwrap_or_default());
        let is_kept = form.starts_with('=') && outcome.meaning.contains(&kept[1..kept.len() - 1]);
        let codes = outcome.elsewhere.filter(|_| !is_kept && outcome.meaning != self.meaning)?;
        Some(format!(
            "{}: {}:{}: {form:?} of {:?} (reported elsewhere: {codes:?})",
            self.name,
            line.file,
            line.at + 1,
            line.text
        ))
    }
}

/// Every golden project, and the guide that ships.
fn projects() -> impl Iterator<Item = (String, Tree)> {
    let projects = golden::names().map(|name| (name.to_owned(), golden::project(name, "urls: file")));
    projects.chain([("the guide that ships".to_owned(), sites::guide().project.clone())])
}

#[test]
fn what_is_mangled_is_reported_or_changes_nothing() {
    let originals = projects().map(|(name, project)| Original::new(name, project));
    let originals = originals.map(|(original, guide)| (original, lines(&guide)));
    let mut originals: Vec<(Original, Vec<Line>)> = originals.filter(|(_, lines)| !lines.is_empty()).collect();
    let mut random = Rng::new(12);
    let mut silent = Vec::new();
    for number in 0..MANGLINGS {
        let at = number % originals.len();
        let (original, lines) = &mut originals[at];
        silent.extend(original.mangle(random.pick(lines), &mut random));
    }
    println!("{MANGLINGS} manglings of {} projects", originals.len());
    assert!(silent.is_empty(), "{} of {MANGLINGS} were silent:\n{}", silent.len(), silent.join("\n"));
}
