//! Golden diagrams: the ladder diagram of the home page, for ladders of several shapes.
//!
//! Each is an SVG in `tests/golden/diagrams/`, as the default theme draws it, without the style sheet that colours it.
//! `STEPLADDER_BLESS=1 cargo test diagrams` rewrites them; review the result in a browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::html::{Element, elements};
use crate::support::{Built, Project, blessing};

/// A builder for projects with tracks and levels.
struct LadderProject(Project);

impl LadderProject {
    fn new(language: &str) -> Self {
        Self(Project::new().file("stepladder.yaml", &format!("title: Test\nlanguage: {language}\n")))
    }

    /// A track in a folder of its own; `fields` are lines of front matter.
    fn track(self, folder: &str, title: &str, fields: &str) -> Self {
        let text = format!("---\nkind: track\ntitle: {title}\n{fields}\n---\nText.\n");
        Self(self.0.file(&format!("content/{folder}/index.md"), &text))
    }

    /// A level; `fields` are lines of front matter.
    fn level(self, id: &str, title: &str, fields: &str) -> Self {
        let text = format!("---\nkind: level\ntitle: {title}\n{fields}\n---\nText.\n");
        Self(self.0.file(&format!("content/{id}.md"), &text))
    }

    fn moving(self, from: &str, to: &str) -> Self {
        let text = format!("---\nkind: move\ntitle: A move\nfrom: {from}\nto: {to}\n---\nText.\n");
        Self(self.0.file("content/moves/one.md", &text))
    }

    #[track_caller]
    fn built(&self) -> Built {
        let built = self.0.build();
        assert!(built.problems.is_empty(), "{:#?}", built.problems);
        built
    }

    /// Compares the diagram of the home page with the golden file of this name.
    #[track_caller]
    fn golden(&self, name: &str) {
        let built = self.built();
        let diagram = diagram(built.text("index.html")).expect("a diagram");
        let place = home().join(format!("{name}.svg"));
        if blessing() {
            fs::create_dir_all(home()).expect("a folder for diagrams");
            fs::write(&place, diagram).expect("the diagram can be written");
        }
        let expected = fs::read_to_string(&place).unwrap_or_default();
        let differs = similar::TextDiff::from_lines(&*expected, diagram).unified_diff().context_radius(1).to_string();
        assert!(differs.is_empty(), "{} differs:\n{differs}", place.display());
    }
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/diagrams")
}

/// The SVG element of the diagram on a page.
fn diagram(page: &str) -> Option<&str> {
    let start = page.find("<svg class=\"map-picture\"")?;
    let end = start + page[start..].find("</svg>")? + "</svg>".len();
    Some(&page[start..end])
}

/// The nodes of the diagram on a page.
fn nodes(page: &str) -> Vec<Element> {
    let of_picture = elements(diagram(page).unwrap_or_default()).into_iter();
    of_picture.filter(|one| one.attribute("class").is_some_and(|class| class.starts_with("map-node"))).collect()
}

fn fork_and_rejoin() -> LadderProject {
    let project = LadderProject::new("en").track("ic", "Individual contributor", "").track("m", "Management", "");
    let project =
        project.level("ic/engineer", "Engineer", "rank: 1\ncode: IC1").level("ic/senior", "Senior", "rank: 2");
    let project = project.level("ic/staff", "Staff", "rank: 3").level("ic/fellow", "Fellow", "rank: 5");
    let project = project.level("m/lead", "Lead", "rank: 2.5\nleads_to: [m/manager, ic/staff]");
    let project = project.level("m/manager", "Manager", "rank: 4\nleads_to: ic/fellow").moving("m/manager", "ic/staff");
    project.level("ic/mid", "Mid-Level", "rank: 1.5\nleads_to: [ic/senior, m/lead]")
}

fn shared_nodes() -> LadderProject {
    let project = LadderProject::new("en").track("a", "Backend", "levels: [first, second, a/third]");
    let project = project.track("b", "Mobile", "levels: [first, b/second, b/third]");
    let project = project.track("c", "Frontend", "levels: [first, second, c/third]");
    let project = project.level("x/first", "Associate", "id: first").level("x/second", "Engineer", "id: second");
    let project = project.level("a/third", "Senior Backend Engineer", "").level("b/second", "Mobile Engineer", "");
    project.level("b/third", "Senior Mobile Engineer", "").level("c/third", "Senior Frontend Engineer", "")
}

fn uneven_ranks() -> LadderProject {
    let project = LadderProject::new("en").track("a", "A", "").track("b", "B", "");
    let project = project.level("a/one", "One", "rank: 1").level("a/two", "Two", "rank: 2\ncode: A2");
    let project =
        project.level("a/twin", "Twin", "rank: 2\nleads_to: [a/nine, b/three]").level("a/nine", "Nine", "rank: 9");
    project.level("b/half", "Half", "rank: 2.5").level("b/three", "Three", "rank: 3")
}

fn one_track() -> LadderProject {
    let project =
        LadderProject::new("en").track("a", "Engineering", "").level("a/one", "Engineer", "rank: 1\ncode: E1");
    project.level("a/two", "An engineer with a title that nobody could put on one line, nor on two or three", "rank: 2")
}

fn twelve_by_eight() -> LadderProject {
    let mut project = LadderProject::new("en");
    for track in 0..8 {
        let family = ["Product", "Platform"][track % 2];
        project = project.track(&format!("t{track}"), &format!("Track {track}"), &format!("family: {family}"));
        for rank in 1..=12 {
            let fork = if rank == 5 && track > 0 { format!("\nleads_to: [t{track}/l6, t0/l6]") } else { String::new() };
            let fields = format!("rank: {rank}\ncode: T{track}L{rank}{fork}");
            project = project.level(&format!("t{track}/l{rank}"), "Senior Software Engineer", &fields);
        }
    }
    project
}

fn right_to_left() -> LadderProject {
    let project = LadderProject::new("he").track("a", "מסלול מקצועי", "").track("b", "מסלול ניהולי", "");
    let project = project.level("a/one", "מהנדס תוכנה בכיר", "rank: 1\ncode: E1\nleads_to: [a/two, b/two]");
    project
        .level("a/two", "シニアソフトウェアエンジニア、そして指導者として働く人々のための長い肩書き", "rank: 2")
        .level("b/two", "ראש צוות", "rank: 2")
}

#[test]
fn the_diagram_of_a_fork_that_rejoins() {
    fork_and_rejoin().golden("fork-and-rejoin");
}

#[test]
fn the_diagram_of_tracks_with_shared_levels() {
    shared_nodes().golden("shared-rungs");
}

#[test]
fn the_diagram_of_ranks_with_gaps_and_fractions() {
    uneven_ranks().golden("uneven-ranks");
}

#[test]
fn the_diagram_of_a_single_track() {
    one_track().golden("one-track");
}

#[test]
fn the_diagram_of_eight_tracks_with_twelve_levels() {
    twelve_by_eight().golden("twelve-by-eight");
}

#[test]
fn the_diagram_of_titles_from_right_to_left_and_without_spaces() {
    right_to_left().golden("right-to-left");
}

#[test]
fn every_golden_diagram_has_a_test() {
    let entries = fs::read_dir(home()).expect("the golden diagrams");
    let found: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let names = [
        "fork-and-rejoin",
        "one-track",
        "right-to-left",
        "shared-rungs",
        "star-even",
        "star-uneven",
        "twelve-by-eight",
        "uneven-ranks",
    ];
    assert_eq!(found, names.map(|name| format!("{name}.svg")).into());
}

#[test]
fn a_level_is_marked_in_the_diagram_on_its_page() {
    let built = twelve_by_eight().built();
    // With its neighbours, and the levels of other tracks that it leads to or that lead to it.
    for (id, count) in [("t0/l6", 10), ("t3/l5", 4)] {
        let nodes = nodes(built.text(&format!("{id}.html")));
        assert_eq!(nodes.len(), count, "{id}");
        let current: Vec<_> = nodes.iter().filter(|node| node.attribute("aria-current").is_some()).collect();
        assert_eq!(current.len(), 1, "{id}");
        let name = id.rsplit('/').next().expect("a name");
        assert_eq!(current[0].attribute("href"), Some(&*format!("{name}.html")));
    }
    assert!(nodes(built.text("index.html")).iter().all(|node| node.attribute("aria-current").is_none()));
}

#[test]
fn a_shared_level_is_one_node() {
    let project = shared_nodes();
    let built = project.built();
    let names: Vec<_> = nodes(built.text("index.html"))
        .iter()
        .filter_map(|node| node.attribute("aria-label").map(str::to_owned))
        .collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("Associate,")).count(), 1, "{names:?}");
    assert_eq!(names.len(), 6);
}

#[test]
fn fewer_than_two_levels_have_no_diagram() {
    let none = LadderProject::new("en").track("a", "A", "");
    assert_eq!(diagram(none.0.build().text("index.html")), None);
    let one = none.level("a/one", "One", "rank: 1").built();
    assert_eq!(diagram(one.text("index.html")), None);
    assert!(one.text("index.html").contains("a/one.html"), "it is still named");
    assert_eq!(diagram(one.text("a/one.html")), None);
}

#[test]
fn a_level_s_page_has_a_diagram_of_what_is_next_to_it_if_that_is_on_other_tracks() {
    let mut project = LadderProject::new("en");
    for track in 0..12 {
        let next = if track == 3 { "\nleads_to: [t3/b, t9/b]" } else { "" };
        project = project.track(&format!("t{track}"), &format!("Track {track}"), "");
        project = project.level(&format!("t{track}/a"), "A", &format!("rank: 1{next}"));
        project = project.level(&format!("t{track}/b"), "B", "rank: 2");
    }
    let built = project.built();
    assert_eq!(nodes(built.text("index.html")).len(), 24);
    assert_eq!(nodes(built.text("t3/a.html")).len(), 3);
    assert_eq!(nodes(built.text("t9/b.html")).len(), 3);
    assert_eq!(diagram(built.text("t5/a.html")), None, "the strip of its track shows the same");
}

#[test]
fn a_level_that_many_lead_to_has_a_diagram_of_the_first_ones() {
    let mut project = LadderProject::new("en").track("z", "Z", "").level("z/top", "Top", "rank: 2");
    for track in 0..30 {
        project = project.track(&format!("t{track}"), &format!("Track {track}"), "");
        project = project.level(&format!("t{track}/a"), "A", "rank: 1\nleads_to: [z/top]");
    }
    let page = project.built();
    let page = page.text("z/top.html");
    assert_eq!(nodes(page).len(), 12);
    assert!(page.contains(">22 more in the whole ladder<"), "{page}");
}
