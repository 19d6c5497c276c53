//! The author's page of the preview: problems, the health of the ladder, and which pages link to which.

mod findings;
mod links;
mod pages;
mod view;

use std::sync::LazyLock;

use tera::{Context, Tera};

use self::findings::add_findings;
use self::links::AuthorLinks;
use self::pages::page_tables;
use self::view::{AuthorView, Total, TrackCompetencies};
use crate::context::RenderContext;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ladder::{CompetencyId, Track};
use crate::site::Site;
use crate::tree::Tree;

/// The style sheet that the author's page loads from `/_stepladder/author.css`.
pub const AUTHOR_CSS: &str = include_str!("client/author.css");

const TEMPLATE: &str = "author.html";

static TERA: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    // The template is part of the program, and tests render it.
    tera.add_raw_template(TEMPLATE, include_str!("author.html"))
        .expect("the embedded template is valid, which tests check");
    tera
});

/// Renders the author's page of a site as HTML.
///
/// `diagnostics` are those of the site, sorted, and `sources` the files that their spans point into. `prefix` is the
/// URL path at which the preview serves the site, with `/` at both ends. `editor` returns the URL that opens a file at
/// a line and a column.
///
/// # Panics
/// Never: the template uses only values that the view has.
#[must_use]
pub fn author_page(
    site: &Site,
    diagnostics: &[Diagnostic],
    sources: &Tree,
    prefix: &str,
    editor: &dyn Fn(&str, usize, usize) -> Option<String>,
) -> String {
    let links = AuthorLinks { context: site.context(), prefix, editor };
    let view = author_view(&links, diagnostics, sources);
    let context = Context::from_serialize(&view).expect("plain structs of text and numbers");
    TERA.render(TEMPLATE, &context).expect("the template uses only values of its view")
}

fn author_view(links: &AuthorLinks<'_>, diagnostics: &[Diagnostic], sources: &Tree) -> AuthorView {
    let context = links.context;
    let language = &context.config.language;
    let english = language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"));
    let mut view = AuthorView {
        title: context.config.title.clone(),
        language: if english { String::new() } else { language.clone() },
        home: links.home(),
        totals: totals(context, diagnostics),
        sections: Vec::new(),
        problems: Vec::new(),
        further: Vec::new(),
        gaps: Vec::new(),
        examples: Vec::new(),
        climbs: Vec::new(),
        raises: Vec::new(),
        alike: Vec::new(),
        unused: Vec::new(),
        overdue: Vec::new(),
        orphans: Vec::new(),
        tracks: context.ladder.tracks.iter().map(|track| track_competencies(links, track)).collect(),
        kinds: page_tables(links),
    };
    add_findings(links, diagnostics, sources, &mut view);
    view.sections.sort_by_key(|section| section.count == 0);
    view
}

fn track_competencies(links: &AuthorLinks<'_>, track: &Track) -> TrackCompetencies {
    let competency = |id: &CompetencyId| links.link(links.context.ladder.competency(*id).page);
    TrackCompetencies {
        track: links.link(track.page),
        competencies: track.competencies.iter().map(competency).collect(),
    }
}

/// The numbers at the top of the page.
fn totals(context: &RenderContext, diagnostics: &[Diagnostic]) -> Vec<Total> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let total = |count, one, many| Total { count, what: if count == 1 { one } else { many }, class: "" };
    let of_diagnostics =
        |count, one, many, class| Total { class: if count == 0 { "" } else { class }, ..total(count, one, many) };
    vec![
        total(context.pages.shown().count(), "page", "pages"),
        total(context.ladder.concrete_levels().count(), "level", "levels"),
        total(context.ladder.competencies.len(), "competency", "competencies"),
        total(context.ladder.expectations.len(), "expectation", "expectations"),
        of_diagnostics(errors, "error", "errors", "error"),
        of_diagnostics(diagnostics.len() - errors, "warning", "warnings", "warning"),
    ]
}
