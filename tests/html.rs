//! HTML as a browser's tokenizer sees it: the start tags of a page, their attributes, and what can be asked of them.

use std::cell::{Cell, RefCell};
use std::path::Path;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer};

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name in lower case.
    pub(crate) name: String,
    /// Its attributes, entities undone.
    pub(crate) attributes: Vec<(String, String)>,
    /// The line on which it ends.
    pub(crate) line: u64,
}

impl Element {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All elements of a page, in order.
///
/// No tree is built, so that an element counts wherever it stands. Text in which a browser would see no elements
/// (`<title>`, `<style>`, `<script>` and the like) holds none here.
pub(crate) fn elements(html: &str) -> Vec<Element> {
    let sink = Collector { elements: RefCell::default(), faults: Cell::new(0) };
    let tokenizer = Tokenizer::new(sink, html5ever::tokenizer::TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    while !input.is_empty() {
        // The tokenizer stops after a script, and goes on when it is fed again.
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    assert_eq!(tokenizer.sink.faults.get(), 0, "a page that is not well-formed HTML:\n{html}");
    tokenizer.sink.elements.into_inner()
}

/// Whether a file of a site is a page.
pub(crate) fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// Every `id` of a page, in order.
pub(crate) fn ids(elements: &[Element]) -> Vec<&str> {
    elements.iter().filter_map(|element| element.attribute("id")).collect()
}

/// The attributes whose value is an address.
pub(crate) const ADDRESSES: [&str; 11] =
    ["href", "src", "srcset", "action", "formaction", "poster", "data", "background", "cite", "xlink:href", "ping"];

struct Collector {
    elements: RefCell<Vec<Element>>,
    faults: Cell<usize>,
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let attributes =
                    tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
                let element = Element { name: tag.name.to_string(), attributes, line };
                let raw = raw_text(&element.name);
                self.faults.set(self.faults.get() + usize::from(tag.had_duplicate_attributes));
                self.elements.borrow_mut().push(element);
                raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
            }
            Token::ParseError(_) => {
                self.faults.set(self.faults.get() + 1);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

fn raw_text(name: &str) -> Option<RawKind> {
    match name {
        "title" | "textarea" => Some(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

#[test]
fn elements_are_found_with_their_attributes() {
    let found = elements("<!doctype html><p id=a>x<title><b></title><A HREF='b&amp;c'>y</A>");
    let names: Vec<&str> = found.iter().map(|element| element.name.as_str()).collect();
    assert_eq!(names, ["p", "title", "a"]);
    assert_eq!(found[2].attribute("href"), Some("b&c"));
    assert_eq!(ids(&found), ["a"]);
}

#[test]
#[should_panic(expected = "not well-formed")]
fn a_broken_page_is_noticed() {
    elements("<p class=a class=b>");
}

#[test]
fn html_nested_too_deeply_is_reported_at_the_first_tag_that_is() {
    let deep = |count: usize| format!("---\ntitle: Home\n---\n{}x{}\n", "<b>".repeat(count), "</b>".repeat(count));
    assert_eq!(crate::support::Project::new().file("content/index.md", &deep(200)).problems(), []);
    let source = deep(230);
    let problems = crate::support::Project::new().file("content/index.md", &source).problems();
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert!(problem.message.contains("inside of more than 200 elements"), "{problem:#?}");
    assert_eq!(problem.span.start, source.find("<b>").unwrap() + 200 * 3);
}

#[test]
fn an_error_in_a_template_of_the_default_theme_names_it_and_the_place_that_includes_it() {
    let page = "<h1>{{ title }}</h1>\n{% include \"partials/example.html\" %}\n";
    let project = crate::support::Project::new()
        .file("themes/default/templates/page.html", page)
        .file("content/about.md", "---\ntitle: About\n---\n");
    let problems = project.problems();
    let problem = problems.iter().find(|problem| problem.message.contains("`example`")).expect("an unknown variable");
    assert_eq!(problem.span.file.as_str(), "(default theme)/templates/partials/example.html");
    let help = problem.help.as_deref().unwrap_or_default();
    assert!(help.ends_with("copy it to `themes/default/templates/partials/example.html`"), "{help}");
    let (place, _) = problem.labels.first().expect("the place that includes it");
    assert_eq!(&page[place.start..place.end], "\"partials/example.html\"");
}
