//! What is true of any project, on random ones: see `tests/soundness.rs`. The files of a site don't depend on the order in
//! which those of the project are read, nor on the number of threads. `PROPTEST_CASES=1000` tries more than the few of a
//! normal run.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rayon::ThreadPoolBuilder;
use stepladder::tree::{Tree, TreePath};

use crate::soundness::assert_sound;
use crate::support::build;

/// The random projects of a normal run.
const CASES: u32 = 16;

const FOLDERS: [&str; 6] = ["", "ic/", "management/", "competencies/", "Über uns/", "a/b/c/"];

const NAMES: [&str; 10] = [
    "index.md",
    "senior.md",
    "Senior.md",
    "craft.md",
    "404.md",
    "notes.txt",
    "logo.png",
    "_hidden.md",
    "a b.md",
    "é.md",
];

const FRONT_MATTER: [&str; 14] = [
    "kind: level",
    "kind: track",
    "kind: competency",
    "kind: move",
    "title: Senior",
    "title: Craft",
    "rank: 3",
    "extends: [senior, craft]",
    "leads_to: [senior]",
    "aliases: [old, ../old]",
    "tags: [a, 'B', 3]",
    "scale: [one, two]",
    "slug: ../up",
    "summary: \"a: 🧗\"",
];

const BODY: [&str; 22] = [
    "## Craft",
    "## Senior",
    "# Title",
    "- Does things well.",
    "- Does things. {#id}",
    "  - Example: one.",
    "[[senior]]",
    "[[craft#x|y]]",
    "[a](senior.md#x)",
    "![](logo.png)",
    "| Craft | Senior |\n| --- | --- |\n| Writes. | Reads. |",
    "<details>",
    "<b onclick=x>é</b>",
    "> quoted",
    "> - Craft: writes tests.",
    "**Craft**",
    "Craft: writes tests.",
    "[^1]",
    "[^1]: note",
    "TODO",
    "n/a",
    "```",
];

fn front_matter() -> impl Strategy<Value = String> {
    vec(select(FRONT_MATTER.as_slice()), 0..6).prop_map(|fields| format!("---\n{}\n---\n", fields.join("\n")))
}

fn body() -> impl Strategy<Value = String> {
    let line = prop_oneof![9 => select(BODY.as_slice()).prop_map(str::to_owned), 1 => any::<String>()];
    vec((line, select(["\n", "\n\n", " ", ""].as_slice())), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        8 => (front_matter(), body()).prop_map(|(front, body)| (front + &body).into_bytes()),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..60),
    ]
}

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        18 => (select(FOLDERS.as_slice()), select(NAMES.as_slice())).prop_map(|(folder, name)| format!("content/{folder}{name}")),
        1 => Just("stepladder.yaml".to_owned()),
        1 => Just("themes/default/templates/partials/footer.html".to_owned()),
    ]
}

/// The files of a project, each path once.
fn files() -> impl Strategy<Value = Vec<(TreePath, Vec<u8>)>> {
    vec((path(), content()), 1..14).prop_map(|files| {
        let mut files: Vec<_> = files.into_iter().map(|(path, bytes)| (TreePath::normalized(&path), bytes)).collect();
        files.sort();
        files.dedup_by(|one, other| one.0 == other.0);
        files
    })
}

fn tree<'f>(files: impl Iterator<Item = &'f (TreePath, Vec<u8>)>) -> Tree {
    let mut tree = Tree::default();
    for (path, bytes) in files {
        tree.insert(path.clone(), bytes.clone());
    }
    tree
}

#[test]
fn any_project_is_sound_and_builds_the_same_site_in_any_order_and_with_any_number_of_threads() {
    let config = Config { failure_persistence: None, ..Config::with_cases(Config::default().cases.min(CASES)) };
    let config = match std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()) {
        Some(cases) => Config { cases, ..config },
        None => config,
    };
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
    let (one, many) = (pool(1), pool(5));
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&files(), |files| {
        let first = one.install(|| assert_sound(&tree(files.iter())));
        let second = many.install(|| build(&tree(files.iter().rev()), false));
        prop_assert_eq!(&first.problems, &second.problems);
        prop_assert!(first.files == second.files, "the sites differ");
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
