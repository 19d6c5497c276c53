use serde_json::Value;

use super::{broken, careless, files, project};

#[test]
fn a_check_writes_nothing() {
    for project in [project(), broken(), careless()] {
        let folder = project.on_disk();
        let before = files(&folder, "");
        folder.run(&["check"]).prints_nothing();
        assert_eq!(files(&folder, ""), before);
    }
}

#[test]
fn the_status_says_whether_there_are_errors() {
    project().run(&["check"]).succeeds().says("Checked ").says("no problems");
    careless().run(&["check"]).succeeds().says("Checked ").says("1 warning");
    broken().run(&["check"]).fails().says("Checked ").says("1 error");
}

#[test]
fn what_was_understood_is_counted_and_listed_on_request() {
    let folder = project()
        .file(
            "content/ic/mid.md",
            "---\nkind: level\ntitle: Mid\nrank: 1\n---\n## Craft\n\n- Tests.\n  - Example: a pump\n- Plans.\n\n## Pay\n\nText.\n",
        )
        .on_disk();
    for command in ["check", "build"] {
        let run = folder
            .run(&[command])
            .succeeds()
            .says("1 competency, ")
            .says(" 1 example, 1 section of prose on level pages");
        assert!(!run.stderr.contains("mid.md"), "{}", run.stderr);
        folder.run(&[command, "--quiet"]).succeeds().never_says("expectation");
        let run = folder.run(&[command, "--verbose"]).succeeds().says("content/ic/mid.md\n");
        assert!(run.stderr.contains(" 6  Craft → 2 expectations, 1 example\n"), "{}", run.stderr);
        assert!(run.stderr.contains(" 12  Pay → prose\n"), "{}", run.stderr);
    }
}

#[test]
fn a_problem_has_a_place_a_line_and_a_way_out() {
    let run = broken().run(&["check"]).fails();
    for words in [
        "error[broken-link]",
        "content/index.md:4:12",
        "Welcome to [[Seniro]].",
        "^^^^^^^^^^",
        "did you mean `senior`?",
    ] {
        assert!(run.stderr.to_lowercase().contains(&words.to_lowercase()), "{words} is not in\n{}", run.stderr);
    }
}

#[test]
fn all_problems_come_out_at_once_in_the_order_of_their_places() {
    let run = broken()
        .file("content/a.md", "---\ntitle: A\nkidn: page\n---\n[[x y z]]\n")
        .file("content/ic/mid.md", "---\nkind: level\ntitle: Mid\nrank: one\n---\n## Craft\n\n- Tests.\n")
        .run(&["check"])
        .fails()
        .says("4 errors");
    let places = ["content/a.md:3:1", "content/a.md:5:1", "content/ic/mid.md:4:7", "content/index.md:4:12"];
    let found: Vec<_> = places.iter().map(|place| run.stderr.find(place)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}\n{}", run.stderr);
}

#[test]
fn quiet_says_only_errors() {
    assert_eq!(project().run(&["check", "-q"]).succeeds().stderr, "");
    assert_eq!(careless().run(&["check", "-q"]).succeeds().stderr, "");
    broken().run(&["check", "-q"]).fails().says("error[broken-link]").never_says("Checked");
}

#[test]
fn json_has_the_shape_that_is_promised() {
    let project =
        broken().file("content/ic/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nextends: [mid, mid2]\n---\n");
    for command in ["check", "build"] {
        let run = project.run(&[command, "--format", "json", "-q"]).fails();
        assert_eq!(run.stderr, "", "everything is on standard output");
        let value: Value = serde_json::from_str(&run.stdout).expect("one JSON object");
        assert_eq!((&value["errors"], &value["warnings"]), (&2.into(), &0.into()));
        let diagnostics = value["diagnostics"].as_array().expect("a list");
        assert_eq!(diagnostics.len(), 2);
        for diagnostic in diagnostics {
            let mut keys: Vec<&str> = diagnostic.as_object().expect("an object").keys().map(String::as_str).collect();
            keys.sort_unstable();
            let place = ["byte", "column", "end_byte", "end_column", "end_line", "file", "line"];
            let text = ["code", "documentation", "explain", "fixes", "help", "labels", "message", "severity"];
            let mut wanted = [&place[..], &text].concat();
            wanted.sort_unstable();
            assert_eq!(keys, wanted);
        }
        let first = &diagnostics[0];
        assert_eq!((&first["file"], &first["code"]), (&"content/ic/senior.md".into(), &"unknown-level".into()));
        let last = &diagnostics[1];
        assert_eq!(last["file"], "content/index.md");
        assert_eq!((&last["line"], &last["column"]), (&4.into(), &12.into()));
        assert_eq!((&last["end_line"], &last["end_column"]), (&4.into(), &22.into()));
        assert_eq!((&last["severity"], &last["code"]), (&"error".into(), &"broken-link".into()));
        assert!(last["help"].as_str().is_some_and(|help| help.contains("did you mean")), "{last}");
        assert_eq!(last["labels"], Value::Array(Vec::new()));
    }
}

#[test]
fn json_labels_have_their_own_places() {
    let run = project()
        .file(
            "content/ic/mid.md",
            "---\nkind: level\ntitle: Mid\nrank: 1\n---\n## Craft\n\n- One.\n\n## Craft {#again}\n\n- Two.\n",
        )
        .run(&["check", "--format=json"])
        .fails();
    let value: Value = serde_json::from_str(&run.stdout).expect("one JSON object");
    let diagnostic = &value["diagnostics"][0];
    assert_eq!((&diagnostic["code"], &diagnostic["line"]), (&"duplicate-cell".into(), &10.into()));
    let label = &diagnostic["labels"][0];
    assert_eq!((&label["file"], &label["line"], &label["column"]), (&"content/ic/mid.md".into(), &6.into(), &1.into()));
    assert!(label["text"].is_string() && label["end_line"].is_u64() && label["end_column"].is_u64(), "{label}");
}

#[test]
fn json_output_without_problems_is_an_empty_report() {
    let run = project().run(&["check", "--format", "json"]).succeeds().says("Checked");
    let value: Value = serde_json::from_str(&run.stdout).expect("one JSON object");
    assert_eq!(value, serde_json::json!({ "version": 1, "diagnostics": [], "errors": 0, "warnings": 0 }));
}

#[test]
fn overdue_reviews_depend_on_the_given_date() {
    let page = "---\ntitle: Old\nreviewed: 2026-01-10\nreview_every: 6 months\n---\n";
    let folder = project().file("content/old.md", page).on_disk();
    folder.run(&["check", "--today", "2026-07-10"]).succeeds().says("no problems");
    let overdue = folder.run(&["check", "--today=2026-07-11"]).succeeds().says("warning[review-overdue]");
    assert!(overdue.stderr.contains("2026-07-10") && overdue.stderr.contains("content/old.md"), "{}", overdue.stderr);
    let epoch = |seconds: &str| folder.run_in("", &["check"], &[("SOURCE_DATE_EPOCH", seconds)]).succeeds();
    epoch("1783641600").says("no problems"); // 2026-07-10 00:00 UTC
    epoch("1783728000").says("review-overdue"); // a day later
    folder.run_in("", &["check", "--today=2026-07-10"], &[("SOURCE_DATE_EPOCH", "1783728000")]).says("no problems");
}

#[test]
fn missing_files_are_reported_at_the_reference() {
    let project =
        project().file("content/index.md", "---\ntitle: Home\n---\n![A dot](dot.svg) and [a page](ic/gone.md).\n");
    let run = project.run(&["check"]).fails().says("missing-image").says("broken-link").says("2 errors");
    assert!(
        run.stderr.contains("content/index.md:4:1") && run.stderr.contains("content/index.md:4:23"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_template_of_the_project_that_fails_for_one_page_fails_the_check_as_the_build() {
    let template = "{{ title }}{% if title == \"Last\" %}{{ extra.mood }}{% endif %}";
    let folder = project()
        .file("content/first.md", "---\nkind: article\ntitle: First\n---\nText.\n")
        .file("content/last.md", "---\nkind: article\ntitle: Last\n---\nText.\n")
        .file("themes/default/templates/article.html", template)
        .on_disk();
    for command in ["check", "build"] {
        let run = folder.run(&[command]).fails().says("template-error").says("1 error");
        assert!(run.stderr.contains("themes/default/templates/article.html:1:45"), "{}", run.stderr);
    }
}
