//! What is published of a text: every word of it, unless a problem is reported at its place.

use std::ops::Range;

use stepladder::markdown::{PlaceholderWriter, RawHtml, Target, write_blocks, write_footnotes};
use stepladder::page::{self, Page};
use stepladder::tree::TreePath;

use crate::html::elements;
use crate::sites;
use crate::support::{Project, Rng};

/// The number of pages with a mistake that [`no_word_is_lost`] makes.
const MANGLED_PAGES: u64 = 2_000;

/// A word that no page has.
const WORD: &str = "zqxwordqz";

/// Pieces of markup, complete and incomplete.
const MARKUP: [&str; 58] = [
    "[",
    "]",
    "[[",
    "]]",
    "](",
    ")",
    "(",
    "![",
    "[^",
    "[^1]: ",
    "]: ",
    "[a]: b",
    "[a]: <",
    "|",
    " | ",
    "||",
    "\n|",
    "<",
    ">",
    "</",
    "<b ",
    "<div>",
    "</div>",
    "<div>\n",
    "<details>\n",
    "<!--",
    "<!",
    "<?",
    "<![CDATA[",
    "<pre>",
    "<script>",
    "<style>",
    "<textarea>",
    "<title>",
    "`",
    "``",
    "\n```\n",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "\n: ",
    "\n:",
    "::: ",
    "#",
    "\n## ",
    " {",
    "}",
    " {#",
    "> [!NOTE] ",
    "\n> ",
    "\n- ",
    "\n\t",
    "    ",
    "\\",
    "&",
    "\n---\n",
];

/// Writes every placeholder as nothing.
struct NoPlaceholders;

impl PlaceholderWriter for NoPlaceholders {
    fn href(&self, _: usize, _: &mut String) {}
    fn label(&self, _: usize, _: &mut String) {}
    fn own_anchor(&self, _: &str, _: &mut String) {}
    fn writes_ids(&self) -> bool {
        true
    }
}

/// All HTML that is made of a page's body, its title, and the targets of its links.
pub(crate) fn published(page: &Page) -> String {
    let mut html = page.title.value.clone();
    write_blocks(&page.blocks, &NoPlaceholders, &mut html);
    write_footnotes(&page.document.footnotes, &NoPlaceholders, &mut html);
    for link in &page.document.links {
        html.push(' ');
        match &link.target {
            Target::Name { name, anchor } => html.extend([name.as_str(), anchor.as_deref().unwrap_or_default()]),
            Target::File { path, anchor } => html.extend([path.as_str(), anchor.as_deref().unwrap_or_default()]),
            Target::Own(text) | Target::External(text) | Target::Unsafe(text) => html.push_str(text),
        }
    }
    html
}

/// The pages of all sites: path, text, and the start of the body.
fn pages() -> Vec<(TreePath, String, usize)> {
    let mut pages = Vec::new();
    for site in sites::all() {
        for (path, _) in site.project.iter().filter(|(path, _)| page::is_page(path)) {
            let bytes = site.project.bytes(path).expect("a page in memory");
            let page = page::parse(path, bytes, RawHtml::Safe).value;
            pages.push((path.clone(), page.source.to_string(), page.body));
        }
    }
    pages
}

/// Replaces a word of the body by [`WORD`], and inserts markup before, in and after its line. Returns the text and the range
/// of the lines that differ.
pub(crate) fn mangle(text: &str, body: usize, random: &mut Rng) -> Option<(String, Range<usize>)> {
    let words: Vec<(usize, &str)> = text[body..]
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 2)
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let (at, word) = *words.get(random.below(words.len().max(1)))?;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1).max(body);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let mut line = format!("{}{WORD}{}", &text[start..at], &text[at + word.len()..end]);
    for _ in 0..=random.below(3) {
        let places: Vec<usize> = line.char_indices().map(|(at, _)| at).filter(|at| !is_in_word(&line, *at)).collect();
        line.insert_str(*random.pick(&places), random.pick::<&str>(&MARKUP));
    }
    let mangled = format!("{}{line}{}", &text[..start], &text[end..]);
    Some((mangled, start..start + line.len()))
}

/// Whether a byte of a text is in a comment, which isn't published on purpose.
fn in_comment(text: &str, at: usize) -> bool {
    let Some(start) = text[..at].rfind("<!--") else { return false };
    let inside = &text[start + 4..];
    inside.find("-->").is_some_and(|end| start + 4 + end > at && !inside[..end].contains("<!--"))
}

/// Whether a text ends inside of a tag whose attributes, or whose name at the end of an element, aren't published as text.
fn in_tag(text: &str) -> bool {
    let open = text.rfind('<').map(|open| &text[open + 1..]);
    open.is_some_and(|tag| {
        let has_attributes = tag.starts_with(|c: char| c.is_ascii_alphabetic()) && tag.contains(' ');
        !tag.contains('>') && (has_attributes || tag.starts_with('/'))
    })
}

/// Whether a text ends in the names of the expectations that one raises, which are compared with those of the ladder.
fn in_raises(text: &str) -> bool {
    text.rfind("raises=").is_some_and(|start| !text[start..].contains('}'))
}

fn is_in_word(line: &str, at: usize) -> bool {
    line.match_indices(WORD).any(|(start, _)| (start + 1..start + WORD.len()).contains(&at))
}

#[test]
fn no_word_is_lost() {
    let pages = pages();
    let mut random = Rng::new(12);
    let (mut lost, mut mangled) = (Vec::new(), 0);
    while mangled < MANGLED_PAGES {
        let (path, text, body) = random.pick(&pages);
        let Some((text, lines)) = mangle(text, *body, &mut random) else { continue };
        mangled += 1;
        let parsed = page::parse(path, &text.as_str().into(), RawHtml::Safe);
        let at = lines.start + text[lines.clone()].find(WORD).expect("the word");
        let before = &text[lines.start..at];
        let is_markup = in_comment(&text, at) || in_tag(before) || in_raises(before);
        let near = lines.start.saturating_sub(1)..lines.end + 1;
        let is_reported =
            parsed.diagnostics.iter().any(|problem| problem.span.start <= near.end && near.start <= problem.span.end);
        if !published(&parsed.value).contains(WORD) && !is_reported && !is_markup {
            lost.push(format!("{path}: {:?}", &text[lines]));
        }
    }
    assert!(lost.is_empty(), "{} of {MANGLED_PAGES} pages lose a word:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn every_word_of_every_page_is_published() {
    for (path, text, body) in pages() {
        let html = published(&page::parse(&path, &text.as_str().into(), RawHtml::Safe).value);
        let outside_comments = text[body..]
            .split("<!--")
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once("-->").map_or("", |(_, rest)| rest) });
        let lines = outside_comments.flat_map(str::lines).map(|line| match line.strip_prefix('[') {
            Some(rest) => rest.split_once("]: ").map_or(line, |(_, rest)| rest),
            None => line,
        });
        let lines = lines.map(|line| line.split_once("raises=").map_or(line, |(before, _)| before));
        for word in lines.flat_map(|part| part.split(|c: char| !c.is_ascii_alphabetic())) {
            assert!(word.len() < 3 || html.contains(word) || is_markup(word), "{path}: {word} isn't published");
        }
    }
}

/// Whether a word is markup on the pages of the sites; `one` is the label of an address.
fn is_markup(word: &str) -> bool {
    let alerts = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    alerts.contains(&word) || ["Example", "example", "prose", "expectations", "one"].contains(&word)
}

/// The HTML of a page with a text.
fn page_of(text: &str) -> String {
    let built = Project::new().bytes("content/index.md", format!("---\ntitle: Home\n---\n{text}").as_bytes()).build();
    assert_eq!(built.problems, []);
    built.text("index.html").to_owned()
}

#[test]
fn bare_addresses_are_links() {
    let html =
        page_of("See https://example.org/a_b. Or (www.example.org/b), `https://c.example.org`.\n\n## At www.d.org\n");
    for link in [
        "<a href=\"https://example.org/a_b\">https://example.org/a_b</a>.",
        "(<a href=\"https://www.example.org/b\">www.example.org/b</a>)",
        "<code>https://c.example.org</code>",
        "<a href=\"https://www.d.org\">www.d.org</a></h2>",
    ] {
        assert!(html.contains(link), "no {link} in {html}");
    }
    let html = page_of(
        "[https://a.example.org](https://b.example.org) <a href=\"https://b.example.org\">https://a.example.org</a>\n",
    );
    let found: Vec<_> =
        elements(&html).into_iter().filter_map(|one| one.attribute("href").map(str::to_owned)).collect();
    assert!(!found.iter().any(|address| address.contains("a.example.org")), "{found:?}");
}

#[test]
fn a_bare_address_stays_text_in_files_for_programs() {
    let built = Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file(
            "content/ic/mid.md",
            "---\nkind: level\ntitle: Mid\nrank: 1\n---\n## Craft\n\n- Follows https://example.org/rules.\n",
        )
        .build();
    assert_eq!(built.problems, []);
    for file in ["ladder.csv", "ladder.json"] {
        let text = built.text(file);
        assert!(text.contains("Follows https://example.org/rules.") && !text.contains("<a "), "{file}: {text}");
    }
    assert!(built.text("ic/mid.html").contains("Follows <a href=\"https://example.org/rules\">"));
}

#[test]
fn a_line_that_begins_with_a_colon_is_text() {
    let html = page_of("- Asks \"why\n  :)\" before\n\nRatings:\n:star: Good\n\nTerm\n: Its definition\n");
    for text in ["<li>Asks \"why\n:)\" before</li>", "<p>Ratings:\n:star: Good</p>", "<dt>Term</dt>"] {
        let html = html.replace("&quot;", "\"");
        assert!(html.contains(text), "no {text:?} in {html}");
    }
}

#[test]
fn a_page_has_one_heading_of_level_1() {
    for html in ["safe", "allow", "escape"] {
        let text = "---\ntitle: Home\n---\n# One\n\nText.\n\n# Two\n\n## Three\n\n> # Four\n\n<h1 id=\"x\">Five</h1>\n\nA <H1>six</H1>.\n";
        let configuration = format!("title: Test\nhtml: {html}\n");
        let built = Project::new().file("stepladder.yaml", &configuration).file("content/index.md", text).build();
        let page = elements(built.text("index.html"));
        assert_eq!(page.iter().filter(|element| element.name == "h1").count(), 1, "{html}");
    }
}
