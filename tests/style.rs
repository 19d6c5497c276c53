//! The colours and type that a project sets, and its own style sheet.

use stepladder::tree::TreePath;

use crate::support::{Built, Project};

fn styled(style: &str) -> Built {
    let built = Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\nText.\n")
        .file("stepladder.yaml", &format!("title: Test\nstyle:\n{style}"))
        .build();
    assert_eq!(built.problems, []);
    built
}

#[test]
fn one_value_is_for_the_light_scheme_and_gives_a_dark_one() {
    let built = styled("  paper: \"#fff\"\n  font-text: Inter, sans-serif\n  hue-1: navy\n");
    let expected = "\
        :root {\n  --font-text: Inter, sans-serif;\n  --hue-1: navy;\n}\n\
        @media screen {\n:root {\n  --paper: #fff;\n}\n}\n\
        @media screen and (prefers-color-scheme: dark) {\n:root {\n  --paper: #121212;\n}\n}\n";
    assert_eq!(built.text("assets/properties.css"), expected);
}

#[test]
fn each_scheme_can_have_its_own_value() {
    let built = styled("  paper: { light: \"#fff\", dark: black }\n  ink: { dark: white }\n");
    let expected = "\
        @media screen {\n:root {\n  --paper: #fff;\n}\n}\n\
        @media screen and (prefers-color-scheme: dark) {\n:root {\n  --ink: white;\n  --paper: black;\n}\n}\n";
    assert_eq!(built.text("assets/properties.css"), expected);
}

#[test]
fn what_cannot_be_derived_stays_the_themes_in_the_dark_scheme() {
    let built = styled("  tone-lightness: .5\n  paper: color-mix(in oklab, white, red 5%)\n");
    let css = built.text("assets/properties.css");
    let (light, dark) = css.split_once("@media screen and (prefers-color-scheme: dark)").expect("both schemes");
    assert!(light.contains("--tone-lightness: .5;") && light.contains("--paper: color-mix("), "{css}");
    assert!(dark.contains("--tone-lightness: .8;") && dark.contains("--paper: #171614;"), "{css}");
}

#[test]
fn a_project_has_its_own_style_sheet_with_and_without_style() {
    let links_of = |html: &str| {
        let at = |file: &str| html.find(&format!("assets/{file}.css\">"));
        (at("style").is_some(), at("properties"), at("project"))
    };
    let links = |built: &Built| {
        let (page, redirect) = (links_of(built.text("index.html")), links_of(built.text("old/home.html")));
        assert_eq!((page.1.is_some(), page.2.is_some()), (redirect.1.is_some(), redirect.2.is_some()));
        page
    };
    let own = "p { color: red }";
    let home = "---\ntitle: Home\naliases: [old/home]\n---\nText.\n";
    let plain = Project::new().file("content/index.md", home);
    assert!(matches!(links(&plain.build()), (true, None, None)));
    for file in ["themes/default/assets/project.css", "content/assets/project.css"] {
        let project = Project::new().file("content/index.md", home).file(file, own);
        let built = project.build();
        assert_eq!(built.problems, [], "{file}");
        assert!(matches!(links(&built), (true, None, Some(_))), "{file}");
        let built = project.file("stepladder.yaml", "title: Test\nstyle: { hue-1: navy }\n").build();
        assert_eq!(built.problems, [], "{file}");
        let (_, properties, project) = links(&built);
        assert!(properties.is_some() && properties < project, "{file}: the project's own comes last");
        assert!(built.files.get(&TreePath::normalized("assets/project.css")).is_some());
        assert_eq!(built.text("assets/properties.css"), ":root {\n  --hue-1: navy;\n}\n");
    }
}
