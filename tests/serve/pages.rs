use stepladder::tree::TreePath;

use super::{Served, project};
use crate::support::Project;

/// The elements that load the client of the preview.
const CLIENT_ELEMENTS: &str =
    r#"<link rel="stylesheet" href="/_stepladder/preview.css"><script src="/_stepladder/preview.js" defer></script>"#;

/// The content security policy without custom code.
const STRICT_POLICY: &str = "default-src 'self'; frame-ancestors 'self'";

/// A file of a built site as the preview sends it.
pub(super) fn previewed(path: &TreePath, built: &[u8]) -> Vec<u8> {
    match path.as_str().rsplit_once('.') {
        Some((_, "html")) => {
            let html = std::str::from_utf8(built).expect("pages are UTF-8");
            html.replacen("</head>", &format!("{CLIENT_ELEMENTS}</head>"), 1).into_bytes()
        }
        _ => built.to_vec(),
    }
}

#[test]
fn every_file_equals_the_built_one_except_for_the_client_elements() {
    let served = Served::new(&project());
    let tree = stepladder::disk::read(&served.folder.path("")).unwrap();
    let built = crate::support::build(&tree, false);
    assert!(built.problems.is_empty(), "{:?}", built.problems);
    let mut pages = 0;
    for (path, _) in built.files.iter() {
        let response = served.get(&format!("/{path}")).is(200);
        let Some(bytes) = built.files.bytes(path) else { continue };
        let expected = previewed(path, bytes);
        pages += usize::from(expected.len() > bytes.len());
        assert_eq!(String::from_utf8_lossy(&response.body), String::from_utf8_lossy(&expected), "{path}");
        assert_eq!(response.header("content-length"), Some(expected.len().to_string().as_str()), "{path}");
    }
    assert!(pages > 5);
    assert_eq!(served.get("/").is(200).body, served.get("/index.html").body);
}

#[test]
fn responses_have_all_headers() {
    let served = Served::new(&project());
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/ladder.json", "application/json; charset=utf-8"),
        ("/notes/data.txt", "text/plain; charset=utf-8"),
        ("/_stepladder/preview.js", "text/javascript; charset=utf-8"),
        ("/_stepladder/preview.css", "text/css; charset=utf-8"),
        ("/_stepladder/problems", "application/json; charset=utf-8"),
        ("/_stepladder/", "text/html; charset=utf-8"),
        ("/_stepladder/icon.svg", "image/svg+xml; charset=utf-8"),
    ] {
        let response = served.get(path).is(200);
        assert_eq!(response.header("content-type"), Some(kind), "{path}");
        assert_eq!(response.header("cache-control"), Some("no-cache"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("content-security-policy"), Some(STRICT_POLICY));
        assert_eq!(response.header("cross-origin-resource-policy"), Some("same-origin"));
        assert!(response.tag().starts_with('"'), "a strong tag");
        let head = served.request("HEAD", path, &[]).is(200);
        assert!(head.body.is_empty(), "{path}");
        for name in ["content-length", "content-type", "etag"] {
            assert_eq!(head.header(name), response.header(name), "{name} of {path}");
        }
    }
}

#[test]
fn a_site_with_custom_code_gets_a_relaxed_security_policy() {
    let theme = project().file("themes/default/assets/own.js", "");
    for free in [theme, project().file("stepladder.yaml", "title: T\nhtml: allow\n")] {
        let served = Served::new(&free);
        let policy = |path: &str| served.get(path).header("content-security-policy").map(ToOwned::to_owned);
        assert_eq!(policy("/about.html").as_deref(), Some("frame-ancestors 'self'"));
        assert_eq!(policy("/_stepladder/").as_deref(), Some(STRICT_POLICY));
    }
}

#[test]
fn files_of_the_content_that_could_run_scripts_are_sandboxed() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let own = project().file("content/notes/own.svg", drawing).file("content/notes/own.xml", "<a/>");
    let theme = own.clone().file("themes/default/assets/own.svg", drawing);
    for project in [own.clone(), theme] {
        let served = Served::new(&project);
        let policy = |path: &str| served.get(path).is(200).header("content-security-policy").map(ToOwned::to_owned);
        for path in ["/notes/own.svg", "/notes/own.xml"] {
            assert!(policy(path).is_some_and(|policy| policy.starts_with("sandbox; ")), "{path}");
        }
        for path in ["/notes/data.txt", "/about.html"] {
            assert!(policy(path).is_some_and(|policy| !policy.contains("sandbox")), "{path}");
        }
    }
    let allowed = own.file("stepladder.yaml", "title: T\nhtml: allow\n").file("content/notes/own.html", "<p>");
    let served = Served::new(&allowed);
    for path in ["/notes/own.svg", "/notes/own.html"] {
        assert_eq!(
            served.get(path).is(200).header("content-security-policy"),
            Some("frame-ancestors 'self'"),
            "{path}"
        );
    }
}

#[test]
fn the_authors_page_loads_the_client_too() {
    let served = Served::new(&project());
    assert!(served.get("/_stepladder/").is(200).text().contains(&format!("{CLIENT_ELEMENTS}</head>")));
    assert_eq!(served.get("/_stepladder").is(307).header("location"), Some("/_stepladder/"));
}

#[test]
fn conditional_requests_for_unchanged_files_get_no_body() {
    let mut served = Served::new(&project());
    for path in ["/about.html", "/notes/data.txt", "/_stepladder/preview.js", "/_stepladder/problems"] {
        let tag = served.get(path).is(200).tag();
        for known in [tag.clone(), format!("\"other\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
            let response = served.request("GET", path, &[("If-None-Match", &known)]).is(304);
            assert!(response.body.is_empty() && response.header("content-length").is_none());
            assert_eq!(response.tag(), tag);
            served.request("HEAD", path, &[("If-None-Match", &known)]).is(304);
        }
        served.request("GET", path, &[("If-None-Match", "\"other\"")]).is(200);
    }
    let tag = served.get("/about.html").tag();
    served.write("content/about.md", "---\ntitle: About\n---\nOther words.\n");
    let response = served.request("GET", "/about.html", &[("If-None-Match", &tag)]).is(200);
    assert!(response.text().contains("Other words."));
    let tag = served.get("/notes/data.txt").tag();
    served.folder.write("content/notes/data.txt", "abcdefghij");
    assert_ne!(served.get("/notes/data.txt").tag(), tag, "copied files are read when they are asked for");
}

#[test]
fn range_requests_get_a_part_of_a_file() {
    let large: Vec<u8> = (0..9_000_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let served = Served::new(&project().bytes("content/notes/film.mp4", &large));
    let tag = served.get("/notes/data.txt").tag();
    let part = |range: &str| served.request("GET", "/notes/data.txt", &[("Range", range)]);
    let response = part("bytes=2-4").is(206);
    assert_eq!((response.text(), response.header("content-range")), ("234", Some("bytes 2-4/10")));
    assert_eq!(response.header("accept-ranges"), Some("bytes"));
    assert_eq!(part("bytes=-3").is(206).text(), "789");
    assert_eq!(part("bytes=8-99").is(206).text(), "89");
    assert_eq!(part("bytes=10-").is(416).header("content-range"), Some("bytes */10"));
    assert_eq!(part("bytes=0-1,3-4").is(200).text(), "0123456789");
    assert_eq!(part("lines=1-2").is(200).text(), "0123456789");
    let if_range =
        |known: &str| served.request("GET", "/notes/data.txt", &[("Range", "bytes=0-1"), ("If-Range", known)]).status;
    assert_eq!(
        (if_range(&tag), if_range("\"other\""), if_range("W/\"x\""), if_range("nonsense")),
        (206, 200, 200, 200)
    );
    let whole = served.get("/notes/film.mp4").is(200);
    assert!(whole.body == large && whole.header("content-type") == Some("video/mp4"));
    let part = served.request("GET", "/notes/film.mp4", &[("Range", "bytes=5000000-5999999")]).is(206);
    assert!(part.body == large[5_000_000..6_000_000]);
    assert_eq!(part.header("content-range"), Some("bytes 5000000-5999999/9000000"));
    served.request("GET", "/notes/film.mp4", &[("If-None-Match", &whole.tag())]).is(304);
    assert_eq!(served.request("HEAD", "/notes/film.mp4", &[]).is(200).header("content-length"), Some("9000000"));
}

#[test]
fn an_unknown_path_gets_the_sites_own_404_page() {
    let served = Served::new(&project().file("content/404.md", "---\ntitle: Gone fishing\n---\n"));
    let response = served.get("/nowhere.html").is(404);
    assert!(response.text().contains("Gone fishing") && response.text().contains(CLIENT_ELEMENTS));
    assert!(response.text().contains("<head><base href=\"/\">"), "its links lead home from any depth");
    let conditional = served.request("GET", "/no/where", &[("If-None-Match", "*"), ("Range", "bytes=0-1")]);
    assert_eq!(conditional.is(404).body, response.body);
    assert!(served.request("HEAD", "/nowhere", &[]).is(404).body.is_empty());
    served.get("/_stepladder/nowhere").is(404);
    served.get("/_stepladder/../index.html").is(404);
    served.get("/404.html").is(200);
}

#[test]
fn a_site_with_a_base_path_is_served_there() {
    let config = "title: T\nbase_url: https://example.org/guide/\nurls: directory\n";
    let served = Served::new(&project().file("stepladder.yaml", config));
    for (from, to) in [("/", "/guide/"), ("/guide", "/guide/"), ("/guide/about?a=b", "/guide/about/?a=b")] {
        assert_eq!(served.get(from).is(307).header("location"), Some(to));
    }
    served.get("/guide/").is(200);
    assert!(served.get("/guide/about/").is(200).text().contains("Words."));
    served.get("/guide/assets/style.css").is(200);
    served.get("/_stepladder/preview.js").is(200);
    let missing = served.get("/nowhere/").is(404);
    assert!(missing.text().contains("href=\"/guide/"), "its links lead home from anywhere");
}

#[test]
fn a_connection_serves_several_requests() {
    let served = Served::new(&project());
    let host = served.address;
    let kept = format!("GET /about.html HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let last = format!("HEAD /about.html HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let response = served.send(&format!("{kept}{kept}{last}"));
    assert_eq!(response.text().matches("HTTP/1.1 200").count(), 2);
}

#[test]
fn pages_of_a_custom_theme_get_the_client_elements() {
    let theme = Project::new()
        .file("content/index.md", "---\ntitle: Home\n---\n")
        .file("content/raw.html", "<title>Raw</title><p>No head.")
        .file("themes/default/templates/home.html", "<TITLE>Mine</TITLE></HEAD><body>{{ title }}</body>");
    let served = Served::new(&theme);
    assert_eq!(served.get("/").text(), format!("<TITLE>Mine</TITLE>{CLIENT_ELEMENTS}</HEAD><body>Home</body>"));
    assert_eq!(served.get("/raw.html").text(), format!("<title>Raw</title><p>No head.{CLIENT_ELEMENTS}"));
}
