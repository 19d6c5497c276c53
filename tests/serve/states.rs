use stepladder::serve::ReadError;

use super::{Served, project};

const ABOUT: &str = "---\ntitle: About\n---\n";

/// The problem report that the browser fetches.
fn problems(served: &Served) -> serde_json::Value {
    serde_json::from_str(served.get("/_stepladder/problems").is(200).text()).expect("JSON")
}

#[test]
fn the_last_error_free_site_is_served_while_there_are_errors() {
    let mut served = Served::new(&project());
    let good = served.get("/about.html").body;
    let broken = format!("{ABOUT}To [[Nowhere]].\n");
    let state = served.write("content/about.md", &broken);
    assert_eq!(served.get("/about.html").is(200).body, good);
    let told = problems(&served);
    assert_eq!((told["errors"].as_u64(), told["warnings"].as_u64()), (Some(1), Some(0)));
    assert_eq!(told["token"], state.token());
    let problem = &told["problems"][0];
    assert_eq!(problem["code"], "broken-link");
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["file"], "content/about.md");
    assert_eq!((problem["line"].as_u64(), problem["column"].as_u64()), (Some(4), Some(4)));
    assert!(problem["excerpt"].as_str().unwrap().contains("4 | To [[Nowhere]]."), "{problem}");
    assert!(problem["editor"].is_null() && problem["fixes"] == serde_json::json!([]));
    served.write("content/about.md", "---\ntitle: About\nsumary: It.\n---\n");
    let offer = serde_json::json!([{ "label": "Replace line 3 with", "text": "summary: It." }]);
    assert_eq!(problems(&served)["problems"][0]["fixes"], offer);
    served.folder.remove("content/ic/senior.md");
    served.reload();
    served.get("/ic/senior.html").is(200);
    served.write("content/about.md", &format!("{ABOUT}Mended.\n"));
    assert!(served.get("/about.html").text().contains("Mended."));
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0));
    served.get("/ic/senior.html").is(404);
}

#[test]
fn without_an_error_free_site_the_newest_one_is_served() {
    let mut served = Served::new(&project().file("content/about.md", &format!("{ABOUT}First [[Nowhere]].\n")));
    assert!(served.get("/about.html").is(200).text().contains("First"));
    served.write("content/about.md", &format!("{ABOUT}Second [[Nowhere]].\n"));
    assert!(served.get("/about.html").is(200).text().contains("Second"));
    assert_eq!(problems(&served)["errors"].as_u64(), Some(1));
}

#[test]
fn errors_are_reported_before_warnings() {
    let about = "---\ntitle: About\n---\n![](notes/x.svg)\n\n[[Nowhere]]\n";
    let served = Served::new(&project().file("content/about.md", about).file("content/notes/x.svg", "<svg/>"));
    let told = problems(&served);
    assert_eq!((told["errors"].as_u64(), told["warnings"].as_u64()), (Some(1), Some(1)));
    assert_eq!(told["problems"][0]["severity"], "error");
    assert_eq!(told["problems"][1]["severity"], "warning");
}

#[test]
fn problems_link_to_the_configured_editor() {
    let broken = format!("{ABOUT}To [[Nowhere]].\n");
    let link = |editor: &str| {
        let config = format!("title: T\neditor: \"{editor}\"\n");
        let served = Served::new(&project().file("stepladder.yaml", &config).file("content/about.md", &broken));
        let root = served.folder.path("").canonicalize().unwrap();
        (problems(&served)["problems"][0]["editor"].as_str().map(ToOwned::to_owned), root.display().to_string())
    };
    let (url, root) = link("vscode");
    assert_eq!(url, Some(format!("vscode://file{root}/content/about.md:4:4")));
    let (url, root) = link("my-editor://{file}?line={line}");
    assert_eq!(url, Some(format!("my-editor://{root}/content/about.md?line=4")));
    assert_eq!(link("javascript:alert('{file}')").0, None);
}

#[test]
fn a_template_error_is_reported_and_the_former_page_stays() {
    let mut served = Served::new(&project());
    let good = served.get("/ic/senior.html").is(200).body;
    served.write("themes/default/templates/level.html", "<head></head>\n{{ nothing.there }}\n");
    let told = problems(&served);
    assert_eq!(told["problems"][0]["code"], "template-error", "found before the page is asked for: {told}");
    assert_eq!(told["problems"][0]["file"], "themes/default/templates/level.html");
    assert_eq!(told["problems"][0]["line"].as_u64(), Some(2));
    assert_eq!(served.get("/ic/senior.html").is(200).body, good);
    served.write("themes/default/templates/level.html", "<head></head>Mine");
    assert!(served.get("/ic/senior.html").is(200).text().ends_with("</head>Mine"));
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0));
}

#[test]
fn a_template_error_on_a_requested_page_restores_the_former_site() {
    let template = "<head></head>{% if summary %}{{ nothing.there }}{% endif %}\n";
    let mut served = Served::new(&project().file("themes/default/templates/page.html", template));
    let good = served.get("/about.html").is(200).body;
    let mut events = served.events();
    events.token();
    let summed = "---\ntitle: About\nsummary: In short.\n---\n";
    served.write("content/about.md", summed);
    let fine = events.token();
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0), "nobody asked for the page yet");
    assert_eq!(served.get("/about.html").is(200).body, good);
    let told = problems(&served);
    assert_eq!(told["problems"][0]["code"], "template-error");
    assert_eq!(told["problems"].as_array().unwrap().len(), 1);
    let found = events.token();
    assert_ne!(found, fine, "the browser is told");
    let token = served.write("content/index.md", "---\ntitle: Home\n---\nOther.\n").token().to_owned();
    assert_eq!(problems(&served)["errors"].as_u64(), Some(1), "the error stands while nothing has mended it");
    assert!(!served.get("/").text().contains("Other."));
    assert_eq!(events.token(), token);
    served.write("content/about.md", ABOUT);
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0));
    assert!(served.get("/").text().contains("Other."));
}

#[test]
fn without_a_former_site_a_template_error_gives_a_notice_with_the_client() {
    let mut served = Served::new(&project().file("themes/default/templates/page.html", "{{ nothing.there }}"));
    let response = served.get("/about.html").is(500);
    assert!(response.text().contains("/_stepladder/preview.js\" defer"));
    assert!(served.request("HEAD", "/about.html", &[]).is(500).body.is_empty());
    let told = problems(&served);
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["problems"][0]["code"], "template-error");
    served.folder.remove("themes/default/templates/page.html");
    served.reload();
    served.get("/about.html").is(200);
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0));
}

#[test]
fn an_invalid_theme_gives_notices_and_one_problem() {
    let theme = "name: mine\nstepladder: \">=99\"\n";
    let served = Served::new(&project().file("themes/default/theme.yaml", theme));
    for path in ["/", "/about.html", "/tracks/"] {
        assert!(served.get(path).is(500).text().contains("/_stepladder/preview.js\" defer"));
    }
    assert!(served.get("/nowhere").is(404).text().contains("/_stepladder/preview.js\" defer"));
    let told = problems(&served);
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["problems"][0]["code"], "invalid-theme");
}

#[test]
fn templates_of_generated_pages_are_checked() {
    let mut served = Served::new(&project());
    let state = served.write("themes/default/templates/stages.html", "{{ nothing.there }}");
    served.preview.check_samples(&state);
    assert_eq!(problems(&served)["problems"][0]["file"], "themes/default/templates/stages.html");
    assert!(served.get("/tracks/").is(200).text().contains("<h1"));
}

#[test]
fn the_former_url_of_a_moved_page_redirects() {
    let config = "title: T\nbase_url: https://example.org/guide/\n";
    let mut served = Served::new(&project().file("stepladder.yaml", config));
    served.write("content/about.md", "---\ntitle: About\nslug: über-uns\n---\n");
    let response = served.get("/guide/about.html?x=1").is(302);
    assert_eq!(response.header("location"), Some("/guide/%C3%BCber-uns.html?x=1"));
    served.folder.remove("content/about.md");
    served.write("content/who/we-are.md", "---\ntitle: About\nslug: über-uns\n---\n");
    assert_eq!(served.get("/guide/about.html").is(302).header("location"), Some("/guide/who/%C3%BCber-uns.html"));
    served.write("content/about.md", "---\ntitle: New\n---\n");
    assert!(served.get("/guide/about.html").is(200).text().contains("New"));
    assert_eq!(
        served.get("/guide/%C3%BCber-uns.html").is(302).header("location"),
        Some("/guide/who/%C3%BCber-uns.html")
    );
}

#[test]
fn a_change_of_the_configuration_is_served() {
    let mut served = Served::new(&project());
    served.write("stepladder.yaml", "title: Another title\nbase_url: https://example.org/new/\nurls: directory\n");
    assert_eq!(served.get("/").is(307).header("location"), Some("/new/"));
    assert!(served.get("/new/about/").is(200).text().contains("Another title"));
    assert_eq!(served.get("/ic/senior/").is(302).header("location"), Some("/new/ic/senior/"));
    assert_eq!(served.get("/about.html").is(302).header("location"), Some("/new/about/"), "it has moved inside, too");
    served.write("stepladder.yaml", "title: [\n");
    assert!(served.get("/new/about/").is(200).text().contains("Another title"));
    assert!(problems(&served)["errors"].as_u64() > Some(0));
    served.write("stepladder.yaml", "title: T\nurls: directory\n");
    assert_eq!(served.get("/new/ic/senior/?x").is(302).header("location"), Some("/ic/senior/?x"));
    served.get("/new/nowhere/").is(404);
    served.get("/old/ic/senior/").is(404);
}

#[test]
fn a_read_error_is_reported_and_the_last_site_stays() {
    let mut served = Served::new(&project());
    let error = || ReadError { message: "there is no x".to_owned(), help: Some("make it".to_owned()) };
    served.preview.set_read_error(error());
    let state = served.preview.current();
    served.preview.set_read_error(error());
    assert_eq!(served.preview.current().token(), state.token(), "told once");
    let told = problems(&served);
    assert_eq!(told["errors"].as_u64(), Some(1));
    let problem = &told["problems"][0];
    assert_eq!((&problem["message"], &problem["file"]), (&"there is no x".into(), &"".into()));
    assert_eq!((problem["line"].is_null(), &problem["help"]), (true, &"make it".into()));
    served.get("/about.html").is(200);
    served.reload();
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0));
}

#[test]
fn the_editor_is_that_of_the_newest_valid_configuration() {
    let mut served = Served::new(&project());
    served.write("content/about.md", &format!("{ABOUT}To [[Nowhere]].\n"));
    served.write("stepladder.yaml", "title: T\neditor: vscode\n");
    assert!(problems(&served)["problems"][0]["editor"].is_string());
    served.write("stepladder.yaml", "title: [\n");
    assert!(problems(&served)["problems"][0]["editor"].is_string(), "it opens the file that lacks it, too");
}

#[test]
fn templates_that_change_while_there_are_errors_are_checked_later() {
    let mut served = Served::new(&project());
    served.preview.check_samples(&served.preview.current());
    let broken = served.write("content/about.md", &format!("{ABOUT}To [[Nowhere]].\n"));
    served.preview.check_samples(&broken);
    let state = served.write("themes/default/templates/stages.html", "{{ nothing.there }}");
    served.preview.check_samples(&state);
    let state = served.write("content/about.md", ABOUT);
    assert_eq!(problems(&served)["errors"].as_u64(), Some(0));
    served.preview.check_samples(&state);
    assert_eq!(problems(&served)["problems"][0]["file"], "themes/default/templates/stages.html");
}

#[test]
fn a_page_that_fails_while_a_candidate_is_prepared_stays_reported() {
    let template = "<head></head>{% if summary %}{{ nothing.there }}{% endif %}\n";
    let summed = "---\ntitle: Zoo\nsummary: In short.\n---\n";
    let project = project().file("themes/default/templates/page.html", template).file("content/zoo.md", summed);
    let mut served = Served::new(&project);
    let tree = stepladder::disk::read(&served.folder.path("")).unwrap();
    let next = served.preview.candidate(&tree, served.cache.site(&tree));
    served.get("/zoo.html").is(500);
    served.preview.publish(next);
    assert_eq!(problems(&served)["errors"].as_u64(), Some(1), "it failed while the next state was made");
    served.write("content/index.md", "---\ntitle: Home\n---\nOther.\n");
    assert!(served.get("/").is(200).text().contains("Other."), "there is no good site to go back to");
    assert_eq!(problems(&served)["errors"].as_u64(), Some(1));
}
