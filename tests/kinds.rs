//! The table of kinds: what the program derives from it, and what documentation and the theme say of each kind.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stepladder::config;
use stepladder::field::FieldSpec;
use stepladder::page::{COMMON_FIELDS, Kind, ListPage};

use crate::support::Project;

fn source(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fields of a kind as the README lists them.
fn documented(fields: &[FieldSpec]) -> String {
    let names = fields.iter().map(|field| format!("`{}`{}", field.name, if field.is_required { "*" } else { "" }));
    let names: Vec<String> = names.collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

#[test]
fn the_readme_describes_every_kind_and_every_field() {
    let readme = source("README.md");
    for kind in Kind::ALL {
        let spec = kind.spec();
        let row = format!("| `{}` | {} | {} |", spec.name, spec.about, documented(spec.fields));
        assert!(readme.contains(&row), "README.md needs the row\n{row}");
    }
    let words: Vec<&str> = readme.split_whitespace().collect();
    let readme = words.join(" ");
    let (others, last) = COMMON_FIELDS.split_at(COMMON_FIELDS.len() - 1);
    let (title, others) = others.split_at(1);
    let sentence = format!("can have {} and `{}`.", documented(others), last[0].name);
    assert!(readme.contains(&sentence), "README.md needs the words\n{sentence}");
    assert!(readme.contains(&format!("Every kind requires `{}`", title[0].name)));
    for field in config::FIELDS {
        assert!(readme.contains(&format!("| `{}` | ", field.name)), "README.md needs a row for `{}`", field.name);
    }
}

#[test]
fn the_theme_names_every_kind_of_search_result() {
    let (labels, weights) =
        (source("themes/default/templates/search-words.html"), source("themes/default/assets/scripts/search/find.js"));
    for kind in Kind::ALL.map(Kind::as_str) {
        assert!(
            labels.contains(&format!("<template data-kind=\"{kind}\">")),
            "search-words.html has no words for `{kind}`"
        );
        assert!(weights.contains(&format!(" {kind}: ")), "find.js has no worth for `{kind}`");
    }
}

#[test]
fn a_new_page_of_every_kind_is_published_listed_and_found() {
    let folder = Project::new().file("content/index.md", "---\ntitle: Home\n---\n").on_disk();
    for kind in Kind::ALL.map(Kind::as_str) {
        folder.run(&["new", kind, &format!("one-{kind}")]).succeeds();
    }
    folder.run(&["new", "level", "one-track/two-level"]).succeeds();
    let moving = "content/moves/one-move.md";
    folder.write(moving, folder.read(moving).replace("from: \nto: ", "from: one-level\nto: two-level"));
    folder.run(&["build", "--drafts"]).succeeds();
    let index = folder.read("public/assets/search-index.js");
    for kind in Kind::ALL {
        let title = format!("One {}", kind.as_str());
        assert!(index.contains(&title), "{title} can be found");
        let list = match kind.spec().list {
            // In the footer.
            ListPage::None => "index.html",
            ListPage::Ladder => "tracks/index.html",
            ListPage::Own { path, .. } => &format!("{path}/index.html"),
        };
        assert!(folder.read(&format!("public/{list}")).contains(&title), "{list} lists {title}");
    }
}

/// The names of the fields that a file reads, in calls such as `fields.text("summary")` and `text(fields, "summary")`.
fn read_fields(path: &str) -> BTreeSet<String> {
    const READERS: [&str; 3] = ["fields", "inner", "schemes"];
    const OTHER_METHODS: [&str; 3] = ["invalid_value", "as_text", "inner"];
    // Calls can span lines.
    let source: String = source(path).split_whitespace().collect();
    let mut names = BTreeSet::new();
    for (at, _) in source.match_indices("(\"").chain(source.match_indices("(fields,\"")) {
        let is_part = |c: char| c.is_alphanumeric() || "_.".contains(c);
        let call = source[..at].rsplit(|c| !is_part(c)).next().unwrap_or_default();
        let is_method = call.split_once('.').is_some_and(|(reader, method)| {
            READERS.iter().any(|known| reader.ends_with(known)) && !OTHER_METHODS.contains(&method)
        });
        if is_method || source[at..].starts_with("(fields,") {
            names.extend(source[at..].split('"').nth(1).map(str::to_owned));
        }
    }
    names
}

/// The names of fields, at any depth.
fn names_of(fields: &[FieldSpec]) -> BTreeSet<&'static str> {
    use stepladder::field::ValueSpec::{self, AnyOf, Fields, List, Map};
    fn add(value: &ValueSpec, names: &mut BTreeSet<&'static str>) {
        match value {
            Fields(fields) => names.extend(names_of(fields)),
            AnyOf(values) => values.iter().for_each(|value| add(value, names)),
            List(value) | Map { values: value, .. } => add(value, names),
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    for field in fields {
        names.insert(field.name);
        add(&field.value, &mut names);
    }
    names
}

#[test]
fn every_field_that_is_read_is_described() {
    let mut of_pages = names_of(COMMON_FIELDS);
    of_pages.extend(Kind::ALL.iter().flat_map(|kind| names_of(kind.spec().fields)));
    of_pages.insert("kind");
    let of_config = names_of(config::FIELDS);
    let read = |files: &[&str]| files.iter().flat_map(|file| read_fields(file)).collect::<BTreeSet<_>>();
    let from_pages = read(&["src/page/read_front_matter.rs", "src/page/review.rs"]);
    let config_files = ["mod", "assets", "editor", "entries", "language", "owners", "style"];
    let from_config = read(&config_files.map(|file| format!("src/config/{file}.rs")).each_ref().map(String::as_str));
    assert_eq!(from_pages.iter().map(String::as_str).collect::<BTreeSet<_>>(), of_pages);
    assert_eq!(from_config.iter().map(String::as_str).collect::<BTreeSet<_>>(), of_config);
}
