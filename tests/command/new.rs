use super::{files, project};
use crate::html::is_page;
use crate::support::{Folder, Project};

/// A project with two tracks.
fn two_tracks() -> Project {
    project().file("content/management/index.md", "---\nkind: track\ntitle: Management\n---\n")
}

/// Adds a page and returns its text.
#[track_caller]
fn made(folder: &Folder, kind: &str, name: &str, path: &str) -> String {
    let run = folder.run(&["new", kind, name]).succeeds();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (format!("{path}\n").as_str(), ""));
    let text = folder.read(path);
    assert!(text.starts_with(&format!("---\nkind: {kind}\n")) && text.contains("\ndraft: true"), "{text}");
    text
}

#[test]
fn every_kind_of_page_has_a_folder_and_passes_the_check() {
    let folder = project().on_disk();
    for (kind, name, path) in [
        ("track", "management", "content/management/index.md"),
        ("level", "ic/staff", "content/ic/staff.md"),
        ("competency", "System design", "content/competencies/system-design.md"),
        ("move", "mid-to-senior", "content/moves/mid-to-senior.md"),
        ("article", "Ask for: feedback", "content/articles/ask-for-feedback.md"),
        ("worksheet", "growth-plan", "content/worksheets/growth-plan.md"),
        ("term", "scope", "content/glossary/scope.md"),
        ("page", "about", "content/about.md"),
    ] {
        made(&folder, kind, name, path);
        folder.run(&["check"]).succeeds().says("no problems");
        folder.run(&["check", "--drafts"]).succeeds().never_says("error");
    }
    assert!(folder.read("content/articles/ask-for-feedback.md").contains("\ntitle: \"Ask for: feedback\"\n"));
    assert!(folder.read("content/worksheets/growth-plan.md").contains("\ntitle: Growth plan\n"));
    folder.run(&["build", "--drafts"]).succeeds();
    assert!(folder.has("public/ic/staff.html") && folder.has("public/glossary/scope.html"));
}

#[test]
fn every_kind_of_page_can_be_added_to_a_new_project() {
    let folder = Folder::empty();
    folder.run(&["init"]).succeeds();
    for (kind, name) in [
        ("track", "research"),
        ("level", "ic/one-more"),
        ("level", "management/vp"),
        ("competency", "curiosity"),
        ("move", "engineer-to-staff"),
        ("article", "one-more"),
        ("worksheet", "one-more"),
        ("term", "rung"),
        ("page", "one-more"),
    ] {
        folder.run(&["new", kind, name]).succeeds();
    }
    folder.run(&["check"]).succeeds().says("no problems");
    folder.run(&["check", "--drafts"]).succeeds().never_says("error");
}

#[test]
fn a_level_gets_its_fields_from_its_track() {
    let folder = project().on_disk();
    let text = made(&folder, "level", "ic/staff", "content/ic/staff.md");
    for words in ["\ntitle: Staff\n", "\nrank: 3\n", "\nextends: ic/senior", "\nfacets:\n  scope: \n", "\n## Craft\n"] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("\ntrack:"), "the folder says it");
    let text = made(&folder, "level", "ic/principal", "content/ic/principal.md");
    assert!(text.contains("\nrank: 4\n"), "{text}");
}

#[test]
fn levels_on_top_of_each_other_have_placeholders_and_no_duplicates() {
    let folder = Folder::empty();
    folder.run(&["init"]).succeeds();
    for name in ["ic/one-more", "ic/another", "ic/the-last"] {
        folder.run(&["new", "level", name]).succeeds();
    }
    let run = folder.run(&["check", "--drafts"]).succeeds().never_says("duplicate-expectation");
    assert_eq!(run.stderr.matches("warning[placeholder]").count(), 3, "{}", run.stderr);
}

#[test]
fn a_level_of_the_only_track_needs_no_folder() {
    let folder = project().on_disk();
    assert!(
        made(&folder, "level", "Staff Engineer", "content/ic/staff-engineer.md").contains("\ntitle: Staff Engineer\n")
    );
    assert!(made(&folder, "level", "other/chief", "content/other/chief.md").contains("\ntrack: ic\n"));
    folder.run(&["check", "--drafts"]).succeeds().never_says("error");
}

#[test]
fn a_level_without_a_track_is_refused_with_help() {
    two_tracks().run(&["new", "level", "staff"]).refuses().says("ic/").says("management/");
    two_tracks().run(&["new", "level", "other/staff"]).refuses().says("stepladder new track other");
    Project::new().run(&["new", "level", "staff"]).refuses().says("stepladder new track");
}

#[test]
fn the_levels_of_a_move_follow_from_its_name() {
    let folder = two_tracks()
        .file("content/management/lead.md", "---\nkind: level\ntitle: Tech Lead\nrank: 2\n---\nLeads.\n")
        .on_disk();
    let text = made(&folder, "move", "senior-to-tech-lead", "content/moves/senior-to-tech-lead.md");
    assert!(text.contains("\nfrom: ic/senior\nto: management/lead\n"), "{text}");
    let text = made(&folder, "move", "sideways", "content/moves/sideways.md");
    assert!(text.contains("\nfrom: \nto: \n"), "{text}");
    folder.run(&["check"]).succeeds().says("no problems");
}

#[test]
fn a_page_is_added_to_the_folder_with_most_pages_of_its_kind() {
    let folder = project().file("content/skills/depth.md", "---\nkind: term\ntitle: Depth\n---\n").on_disk();
    made(&folder, "term", "breadth", "content/skills/breadth.md");
    made(&folder, "term", "words/height", "content/words/height.md");
    made(&folder, "article", "/Some Folder/Deep Title.md", "content/some-folder/deep-title.md");
}

#[test]
fn a_competency_lists_the_areas_to_choose_from() {
    let folder = project().file("stepladder.yaml", "title: Test\nareas: [people, technology]\n").on_disk();
    let text = made(&folder, "competency", "hiring", "content/competencies/hiring.md");
    assert!(text.contains("\narea: people # one of people, technology\n"), "{text}");
}

#[test]
fn no_file_is_overwritten() {
    let folder = project().on_disk();
    let before = files(&folder, "");
    folder
        .run(&["new", "level", "ic/senior"])
        .refuses()
        .prints_nothing()
        .says("content/ic/senior.md")
        .says("already exists");
    folder.run(&["new", "track", "ic"]).refuses().says("content/ic/index.md");
    assert_eq!(files(&folder, ""), before);
}

#[test]
fn a_name_without_letters_is_refused() {
    for name in ["", "/", "..", "../outside", "ic/…", "!"] {
        let folder = project().on_disk();
        let before = files(&folder, "");
        folder.run(&["new", "page", name]).refuses().prints_nothing();
        assert_eq!(files(&folder, ""), before, "{name:?}");
    }
}

#[test]
fn titles_are_written_as_typed() {
    for title in
        ["Say \"no\"", "C++: a guide", "Yes", "007", "# not a comment", "Back\\slash", "It's", "a {b} [c]", "é 🚀"]
    {
        let folder = project().on_disk();
        folder.run(&["new", "page", title]).succeeds();
        folder.run(&["build", "--drafts"]).succeeds().says("no problems");
        let site = files(&folder, "public").into_iter().filter(|(path, _)| is_page(path));
        let escaped = title.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#x27;");
        let shown = |page: &str| {
            [title, &escaped, &escaped.replace("&#x27;", "&#39;")]
                .iter()
                .any(|form| page.contains(&format!("<h1>{form}</h1>")))
        };
        assert!(site.map(|(_, page)| String::from_utf8_lossy(&page).into_owned()).any(|page| shown(&page)), "{title}");
    }
}

#[test]
fn a_page_can_be_added_to_a_project_with_errors() {
    let folder = super::broken().on_disk();
    made(&folder, "level", "ic/staff", "content/ic/staff.md");
}
