//! Invariants of every site, whatever its content: shown on all golden sites in two themes, on ladders of odd shape,
//! and on the guide that ships.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use stepladder::tree::{File, TreePath};

use crate::html::{ADDRESSES, Element, elements, ids, is_page};
use crate::sites;
use crate::support::{Built, Project, build};

/// All sites, built, by names for messages.
fn sites() -> impl Iterator<Item = (&'static str, &'static Built)> {
    sites::all().map(|site| (site.name.as_str(), site.built()))
}

/// Calls `look` for every page of every site, and fails with all that it finds wrong.
fn on_every_page(look: impl Fn(&Page<'_>, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for (name, built) in sites() {
        let site = Site::of(built);
        let mut found = Vec::new();
        for (path, elements) in &site.pages {
            let before = found.len();
            look(&Page { path, elements, site: &site }, &mut found);
            found[before..].iter_mut().for_each(|one| *one = format!("{name}: {path}: {one}"));
        }
        assert!(site.pages.len() > 5, "{name} has only {} pages", site.pages.len());
        wrong.extend(found);
    }
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// A site's files, and the elements of its pages.
struct Site {
    files: BTreeSet<String>,
    pages: BTreeMap<String, Vec<Element>>,
}

impl Site {
    fn of(built: &Built) -> Self {
        let mut pages = BTreeMap::new();
        for (path, file) in built.files.iter().filter(|(path, _)| is_page(path.as_str())) {
            let File::Bytes(bytes) = file else { panic!("{path} is not in memory") };
            pages.insert(path.to_string(), elements(std::str::from_utf8(bytes).expect("pages are UTF-8")));
        }
        Self { files: built.files.iter().map(|(path, _)| path.to_string()).collect(), pages }
    }
}

/// One page of a site.
struct Page<'a> {
    path: &'a str,
    elements: &'a [Element],
    site: &'a Site,
}

impl Page<'_> {
    /// The addresses on the page, each with the element that has it.
    fn addresses(&self) -> impl Iterator<Item = (&Element, &str)> {
        let of = |element| ADDRESSES.iter().filter_map(move |name| Some((element, Element::attribute(element, name)?)));
        self.elements.iter().flat_map(of)
    }

    /// Follows an address; returns the reason if it leads nowhere.
    fn follow(&self, address: &str) -> Result<(), String> {
        let (path, fragment) = address.split_once('#').map_or((address, None), |(path, rest)| (path, Some(rest)));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if path.starts_with('/') || path.contains([':', '\\']) {
            return Err("is not relative".to_owned());
        }
        let decoded = decode(path)?;
        let here = TreePath::normalized(self.path);
        let joined = if path.is_empty() { here } else { here.join(&decoded).ok_or("leaves the site")? };
        let folder = !path.is_empty() && (joined.as_str().is_empty() || decoded.ends_with(['/', '.']));
        let target = if folder { format!("{joined}/index.html") } else { joined.to_string() };
        let target = target.trim_start_matches('/').to_owned();
        if !self.site.files.contains(&target) {
            return Err(format!("leads to {target}, which is not there"));
        }
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else { return Ok(()) };
        let fragment = decode(fragment)?;
        let there = self.site.pages.get(&target).is_some_and(|elements| ids(elements).contains(&fragment.as_str()));
        if there { Ok(()) } else { Err(format!("leads to a place that {target} does not have")) }
    }
}

fn decode(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte =
            digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).ok_or("has a `%` that encodes nothing")?;
        bytes.push(byte);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())
}

/// Whether an address leads out of the site by intention: a link to follow, not something to load.
fn is_outward(element: &Element, address: &str) -> bool {
    let external = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    let rel = element.attribute("rel").unwrap_or_default();
    external && (element.name == "a" || element.name == "link" && rel == "canonical")
}

#[test]
fn every_link_is_relative_and_leads_somewhere() {
    on_every_page(|page, wrong| {
        for (element, address) in page.addresses().filter(|(element, address)| !is_outward(element, address)) {
            let address = page.seen_from_the_root(address);
            if let Err(why) = page.follow(&address) {
                wrong.push(format!("line {}: {address:?} {why}", element.line));
            }
        }
    });
}

#[test]
fn every_rung_of_a_picture_leads_to_a_level_and_a_level_is_marked_on_its_own_page() {
    on_every_page(|page, wrong| {
        let has = |element: &Element, class: &str| {
            element.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
        };
        let rungs: Vec<&Element> = page.elements.iter().filter(|element| has(element, "map-node")).collect();
        for rung in &rungs {
            let led = rung.attribute("href").map(|address| page.follow(address));
            if led != Some(Ok(())) {
                wrong.push(format!("line {}: a rung leads to {led:?}", rung.line));
            }
        }
        let is_level = page.elements.iter().any(|element| element.name == "body" && has(element, "kind-level"));
        let marked = rungs.iter().filter(|rung| rung.attribute("aria-current").is_some()).count();
        if marked != usize::from(is_level && !rungs.is_empty()) {
            wrong.push(format!("{marked} rungs are marked as this page"));
        }
    });
}

impl Page<'_> {
    /// The error page is shown at any address, so it names the site's own path where the configuration gives that.
    /// Everything else stays as it is.
    fn seen_from_the_root(&self, address: &str) -> String {
        let root = "/shapes/"; // of the `base_url` of the golden site `shapes`
        match address.strip_prefix(root) {
            Some(rest) if self.path == "404.html" => format!("./{rest}"),
            _ => address.to_owned(),
        }
    }
}

#[test]
fn ids_are_unique_on_their_page() {
    on_every_page(|page, wrong| {
        let mut seen = BTreeSet::new();
        for id in ids(page.elements) {
            if id.is_empty() || id.contains(char::is_whitespace) {
                wrong.push(format!("{id:?} won't do as an id"));
            }
            if !seen.insert(id) {
                wrong.push(format!("two elements have the id {id:?}"));
            }
        }
    });
}

#[test]
fn a_page_has_one_heading_of_level_1() {
    on_every_page(|page, wrong| {
        let is_redirect = page.elements.iter().any(|element| element.attribute("http-equiv") == Some("refresh"));
        let count = page.elements.iter().filter(|element| element.name == "h1").count();
        // The golden theme's page for redirects has none.
        if count > 1 || count == 0 && !is_redirect {
            wrong.push(format!("{count} headings of level 1"));
        }
    });
}

#[test]
fn nothing_on_a_page_needs_more_than_a_strict_content_security_policy_allows() {
    on_every_page(|page, wrong| {
        for element in page.elements {
            let loaded = element.attribute("src").is_some_and(|src| src.contains("assets/scripts/"));
            if element.name == "script" && !(loaded && element.attribute("defer").is_some()) {
                wrong.push(format!("line {}: a script that is not the theme's, or not deferred", element.line));
            }
            if matches!(element.name.as_str(), "style" | "iframe" | "object" | "embed" | "base" | "form") {
                wrong.push(format!("line {}: <{}>", element.line, element.name));
            }
            let forbidden = |name: &&String| *name == "style" || name.starts_with("on") || *name == "srcdoc";
            let names = element.attributes.iter().map(|(name, _)| name).filter(forbidden);
            wrong.extend(names.map(|name| format!("line {}: <{} {name}=…>", element.line, element.name)));
        }
    });
}

#[test]
fn no_page_loads_a_script_that_has_nothing_to_do_there() {
    for (name, built) in sites() {
        let mut any = false;
        for (path, elements) in &Site::of(built).pages {
            let scripts = elements.iter().filter(|element| element.name == "script");
            for src in scripts.filter_map(|element| element.attribute("src")) {
                let file = src.rsplit_once("assets/").map(|(_, rest)| format!("assets/{rest}")).expect("a script");
                let text = match built.files.get(&TreePath::normalized(&file)) {
                    Some(File::Bytes(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
                    Some(File::OnDisk(place)) => std::fs::read_to_string(place).expect("the file is there"),
                    None => panic!("{name} has no {file}"),
                };
                let defined = text.split("customElements.define('").skip(1).filter_map(|rest| rest.split('\'').next());
                for element in defined {
                    any = true;
                    assert!(
                        elements.iter().any(|one| one.name == element),
                        "{name}: {path} has no <{element}> for {file}"
                    );
                }
            }
        }
        assert!(any || name.ends_with("expected") || name.ends_with("expected-directory"), "{name} has scripts");
    }
}

#[test]
fn nothing_is_loaded_from_another_host() {
    on_every_page(|page, wrong| {
        for (element, address) in page.addresses() {
            let elsewhere = address.contains("://") || address.starts_with("//") || address.starts_with("data:");
            if elsewhere && !is_outward(element, address) {
                wrong.push(format!("line {}: <{}> loads {address}", element.line, element.name));
            }
        }
    });
}

#[test]
fn a_style_sheet_loads_nothing_from_another_host() {
    for (name, built) in sites() {
        let is_style =
            |path: &TreePath| Path::new(path.as_str()).extension().is_some_and(|extension| extension == "css");
        for (path, file) in built.files.iter().filter(|(path, _)| is_style(path)) {
            let File::Bytes(bytes) = file else { continue };
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("://") && !text.contains("@import"), "{name}: {path}");
        }
    }
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    for site in sites::all() {
        let (name, first, second) = (&site.name, site.built(), build(&site.project, false));
        for (path, file) in first.files.iter() {
            assert!(second.files.get(path) == Some(file), "{name}: {path} differs");
        }
        assert_eq!(first.files.len(), second.files.len(), "{name}");
        assert_eq!(first.problems, second.problems, "{name}");
    }
}

#[test]
fn the_same_mistakes_give_the_same_problems() {
    let files = ["f", "c", "a", "d", "b", "e"].map(|name| format!("content/matrix.html/{name}.png"));
    let project = files.iter().fold(Project::new(), |project, file| project.file(file, ""));
    let project = project
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/ic/one.md", "---\nkind: level\ntitle: One\nrank: 1\n---\n## Craft\n\n- Tests.\n");
    let first = project.problems();
    assert_eq!(first[0].span.file.as_str(), "content/matrix.html/a.png", "{first:#?}");
    for _ in 0..8 {
        assert_eq!(project.problems(), first);
    }
}

#[test]
fn every_site_has_its_fixed_files() {
    for (name, built) in sites() {
        for path in
            ["index.html", "404.html", "ladder.json", "ladder.csv", "sitemap.xml", "robots.txt", "assets/style.css"]
        {
            assert!(built.files.get(&TreePath::normalized(path)).is_some(), "{name} has no {path}");
        }
        let ladder = serde_json::from_str::<serde_json::Value>(built.text("ladder.json")).expect("ladder.json is JSON");
        assert!(ladder["levels"].as_array().is_some_and(|levels| !levels.is_empty()), "{name}");
        elements(built.text("404.html"));
        assert!(built.text("robots.txt").contains("Disallow: /\n"), "{name}: a site is not indexed unless it says so");
    }
}

#[test]
fn the_guide_that_ships_has_no_problem() {
    let guide = sites::guide();
    let built = guide.built();
    let problems = stepladder::diagnostic::text::render(&built.problems, &guide.project, false);
    assert!(problems.is_empty(), "{problems}");
    assert!(built.site.page_count() > 50);
}
