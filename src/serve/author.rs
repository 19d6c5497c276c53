//! The author's page: the health of the ladder, and which pages a page is cited by. It is part of the preview alone.

mod findings;
mod links;
mod pages;
mod view;

use std::sync::LazyLock;

use tera::{Context, Tera};

use self::links::AuthorLinks;
use self::view::{AuthorView, Total};
use crate::context::RenderContext;
use crate::diagnostic::{Diagnostic, Severity};
use crate::site::Site;
use crate::tree::Tree;

/// The style sheet that the author's page asks for, at `/_stepladder/author.css`.
pub const AUTHOR_CSS: &str = include_str!("client/author.css");

const TEMPLATE: &str = "author.html";

static TERA: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    // The template is part of the program, and tests render it.
    tera.add_raw_template(TEMPLATE, include_str!("author.html")).expect("a template that a test has loaded");
    tera
});

/// The author's page of a site, as HTML.
///
/// `problems` are those of the site as it stands, sorted, and `sources` the files that they point into. `prefix` is the
/// path under which the preview serves the site, with a `/` at both ends. `editor` gives the address that opens a file at
/// a line and a column.
///
/// # Panics
/// Never: template and view go together, whatever the site holds.
#[must_use]
pub fn author_page(
    site: &Site,
    problems: &[Diagnostic],
    sources: &Tree,
    prefix: &str,
    editor: &dyn Fn(&str, usize, usize) -> Option<String>,
) -> String {
    let links = AuthorLinks { context: site.context(), prefix, editor };
    let view = view(&links, problems, sources);
    let context = Context::from_serialize(&view).expect("plain structs of text and numbers");
    TERA.render(TEMPLATE, &context).expect("a template that asks for nothing that its view lacks")
}

fn view(links: &AuthorLinks<'_>, problems: &[Diagnostic], sources: &Tree) -> AuthorView {
    let context = links.context;
    let language = &context.config.language;
    let english = language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"));
    let mut view = AuthorView {
        title: context.config.title.clone(),
        language: if english { String::new() } else { language.clone() },
        home: links.home(),
        totals: totals(context, problems),
        sections: Vec::new(),
        problems: Vec::new(),
        further: Vec::new(),
        gaps: Vec::new(),
        examples: Vec::new(),
        climbs: Vec::new(),
        alike: Vec::new(),
        unused: Vec::new(),
        overdue: Vec::new(),
        orphans: Vec::new(),
        kinds: links.kinds(),
    };
    links.find(problems, sources, &mut view);
    view.sections.sort_by_key(|section| section.count == 0);
    view
}

fn totals(context: &RenderContext, problems: &[Diagnostic]) -> Vec<Total> {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    let total = |count, one, many| Total { count, what: if count == 1 { one } else { many }, class: "" };
    let of_problems =
        |count, one, many, class| Total { class: if count == 0 { "" } else { class }, ..total(count, one, many) };
    vec![
        total(context.pages.shown().count(), "page", "pages"),
        total(context.ladder.rungs().count(), "level", "levels"),
        total(context.ladder.competencies.len(), "competency", "competencies"),
        total(context.ladder.expectations.len(), "expectation", "expectations"),
        of_problems(errors, "error", "errors", "error"),
        of_problems(problems.len() - errors, "warning", "warnings", "warning"),
    ]
}
