//! Files for machines: `ladder.json`, `ladder.csv`, `feed.xml`, `sitemap.xml`, `robots.txt`, the project's own colours, and data for
//! scripts.

use serde_json::{Value, json};

use crate::config::Config;
use crate::context::cards::rank_text;
use crate::context::terms;
use crate::context::{PageContext, RenderContext};
use crate::export::csv;
use crate::ladder::{CompetencyId, Example, ExpectationId, LevelId, TrackId};
use crate::link::Generated;
use crate::markdown::{escape, plain};
use crate::page::{FrontMatter, PageId};
use crate::pages::{Output, shown};
use crate::search;
use crate::tree::TreePath;

/// A file for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// The ladder as data.
    Ladder,
    /// The ladder as a table for spreadsheets.
    Csv,
    /// The ids of all expectations, for self-assessments.
    Expectations,
    /// What was reviewed or changed last.
    Feed,
    /// What search engines may do.
    Robots,
    /// The addresses of all pages.
    Sitemap,
    /// What can be found, for the search.
    Search,
    /// The project's own colours and type.
    Style,
    /// What terms mean, for links to them.
    Terms,
}

impl Machine {
    /// The files for machines that a site has.
    pub fn all(config: &Config) -> impl Iterator<Item = Self> {
        let style = (!config.style.is_empty()).then_some(Self::Style);
        [
            Self::Ladder,
            Self::Csv,
            Self::Expectations,
            Self::Feed,
            Self::Robots,
            Self::Search,
            Self::Sitemap,
            Self::Terms,
        ]
        .into_iter()
        .chain(style)
    }

    /// Its place in the site.
    #[must_use]
    pub fn path(self) -> TreePath {
        TreePath::normalized(match self {
            Self::Ladder => "ladder.json",
            Self::Csv => "ladder.csv",
            Self::Expectations => "assets/expectations.js",
            Self::Feed => crate::export::feed::FILE,
            Self::Robots => "robots.txt",
            Self::Sitemap => "sitemap.xml",
            Self::Search => "assets/search-index.js",
            Self::Style => "assets/project.css",
            Self::Terms => "assets/terms.js",
        })
    }

    /// Its text.
    #[must_use]
    pub fn write(self, context: &RenderContext) -> String {
        match self {
            Self::Ladder => ladder_json(context),
            Self::Csv => csv::write(context),
            Self::Expectations => crate::pages::assess::expectations(context),
            Self::Feed => crate::export::feed::feed(context),
            Self::Robots => robots(context),
            Self::Sitemap => sitemap(context),
            Self::Search => search::write(context),
            Self::Style => project_css(context),
            Self::Terms => terms::write(context),
        }
    }
}

/// The ladder as JSON: tracks, levels, competencies, expectations with their provenance, and moves. Texts are plain.
fn ladder_json(context: &RenderContext) -> String {
    let here = PageContext::at(&TreePath::normalized("ladder.json"), None);
    let ladder = &context.ladder;
    let levels: Vec<Value> = ladder.levels.ids().map(|id| level(context, &here, id)).collect();
    let expectations: Vec<Value> = ladder.expectations.ids().map(|id| expectation(context, &here, id)).collect();
    let value = json!({
        "title": context.config.title,
        "tracks": ladder.tracks.ids().map(|id| track(context, id)).collect::<Vec<_>>(),
        "levels": levels,
        "competencies": ladder.competencies.ids().map(|id| competency(context, id)).collect::<Vec<_>>(),
        "expectations": expectations,
        "moves": ladder.moves.iter().map(|one| {
            let mut value = common(context, one.page);
            value["from"] = level_id(context, one.from);
            value["to"] = level_id(context, one.to);
            value
        }).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn common(context: &RenderContext, id: PageId) -> Value {
    let page = context.pages.get(id);
    json!({ "id": page.id, "title": page.title.value, "url": context.address(id).url, "summary": page.summary })
}

fn page_id(context: &RenderContext, id: PageId) -> Value {
    Value::String(context.pages.get(id).id.clone())
}

fn level_id(context: &RenderContext, id: LevelId) -> Value {
    page_id(context, context.ladder.level(id).page)
}

fn competency_id(context: &RenderContext, id: CompetencyId) -> Value {
    page_id(context, context.ladder.competency(id).page)
}

fn track(context: &RenderContext, id: TrackId) -> Value {
    let track = context.ladder.track(id);
    let mut value = common(context, track.page);
    value["levels"] = track.levels.iter().map(|level| level_id(context, *level)).collect();
    value["weights"] = track
        .weights
        .iter()
        .map(|(competency, share)| json!({ "competency": competency_id(context, *competency), "share": share }))
        .collect();
    value
}

fn level(context: &RenderContext, here: &PageContext, id: LevelId) -> Value {
    let level = context.ladder.level(id);
    let page = context.pages.get(level.page);
    let mut value = common(context, level.page);
    let FrontMatter::Level(front_matter) = &page.front_matter else { return value };
    value["code"] = json!(page.code());
    value["also_known_as"] = front_matter.also_known_as.iter().map(|name| name.value.clone()).collect();
    value["tracks"] = level.tracks.iter().map(|track| page_id(context, context.ladder.track(*track).page)).collect();
    value["rank"] = json!(level.rank.map(|_| rank_text(level.rank).parse::<f64>().unwrap_or_default()));
    value["abstract"] = json!(level.is_abstract);
    value["leads_to"] = level.leads_to.iter().map(|next| level_id(context, *next)).collect();
    let facet = |(name, blocks): &(crate::yaml::Spanned<String>, Vec<crate::markdown::Block>)| {
        (name.value.clone(), Value::String(plain(&context.quoted(here, level.page, blocks, false))))
    };
    value["facets"] = Value::Object(front_matter.facets.iter().map(facet).collect());
    value["cells"] =
        context.ladder.competencies_of(id).into_iter().map(|competency| cell(context, here, id, competency)).collect();
    value
}

fn cell(context: &RenderContext, here: &PageContext, level: LevelId, competency: CompetencyId) -> Value {
    let ids = |ids: &[ExpectationId]| -> Value { ids.iter().map(|id| expectation_key(context, *id)).collect() };
    let of = context.ladder.level(level);
    let cell = of.cells.get(&competency);
    json!({
        "competency": competency_id(context, competency),
        "state": context.ladder.state(level, competency).as_str(),
        "step": of.profile.get(&competency),
        "own": cell.map_or_else(|| json!([]), |cell| ids(&cell.lines)),
        "examples": cell.and_then(|cell| cell.written.as_ref())
            .map_or_else(|| json!([]), |written| examples(context, here, written.page, &written.text.examples)),
        "inherited": cell.map_or_else(|| json!([]), |cell| ids(&cell.inherited)),
    })
}

/// An expectation's name in the file: its level and its permanent id, as in its address.
fn expectation_key(context: &RenderContext, id: ExpectationId) -> Value {
    let expectation = context.ladder.expectation(id);
    let level = &context.pages.get(context.ladder.level(expectation.level).page).id;
    Value::String(format!("{level}#{}", expectation.id))
}

fn examples(context: &RenderContext, here: &PageContext, page: PageId, examples: &[Example]) -> Value {
    let example = |example: &Example| {
        let specialism = (!example.specialism.is_empty()).then_some(&example.specialism);
        json!({ "text": plain(&context.quoted(here, page, &example.blocks, false)), "specialism": specialism })
    };
    examples.iter().map(example).collect()
}

fn expectation(context: &RenderContext, here: &PageContext, id: ExpectationId) -> Value {
    let expectation = context.ladder.expectation(id);
    let level = context.ladder.level(expectation.level);
    let written_in = |cell: &crate::ladder::Cell| cell.lines.contains(&id);
    let competency = level.cells.iter().find(|(_, cell)| written_in(cell)).map(|(id, _)| competency_id(context, *id));
    json!({
        "id": expectation_key(context, id),
        "level": level_id(context, expectation.level),
        "competency": competency,
        "text": plain(&context.rich(here, expectation.page, &expectation.statement.html, false)),
        "detail": plain(&context.quoted(here, expectation.page, &expectation.statement.detail, false)),
        "examples": examples(context, here, expectation.page, &expectation.statement.examples),
        "url": context.expectation_url(id),
        "source": context.pages.get(expectation.page).file.as_str(),
    })
}

fn competency(context: &RenderContext, id: CompetencyId) -> Value {
    let competency = context.ladder.competency(id);
    let mut value = common(context, competency.page);
    let area = context.area(&competency.area).0;
    value["area"] = json!((!area.is_empty()).then_some(area));
    value["tracks"] =
        competency.tracks.iter().map(|track| page_id(context, context.ladder.track(*track).page)).collect();
    value["scale"] = competency.scale.iter().map(|step| step.name.clone()).collect();
    value
}

/// The addresses of all pages, absolute when the configuration gives the site's address, else relative to it.
fn sitemap(context: &RenderContext) -> String {
    let mut out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    for page in shown(&context.config, &context.pages, &context.ladder, &context.routes).values() {
        let (url, reviewed) = match page {
            Output::Page(id) => {
                let reviewed = context.pages.get(*id).reviewed.as_ref().map(|day| day.value);
                (&context.address(*id).url, reviewed)
            }
            Output::Generated(Generated::Missing | Generated::Print)
            | Output::Redirect(_)
            | Output::Machine(_)
            | Output::Data(_)
            | Output::Markdown(_) => {
                continue;
            }
            Output::Generated(generated) => match context.generated(generated) {
                Some(address) => (&address.url, None),
                None => continue,
            },
        };
        let location = context.absolute(url).unwrap_or_else(|| url.clone());
        out.push_str(&format!("<url><loc>{}</loc>", escape(&location)));
        if let Some(day) = reviewed {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out + "</urlset>\n"
}

/// What search engines may do: nothing, unless the configuration lets them.
fn robots(context: &RenderContext) -> String {
    if !context.config.indexed {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let sitemap = context.absolute("sitemap.xml").map(|url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}

/// The project's own colours and type, as a style sheet that lies over the theme's.
fn project_css(context: &RenderContext) -> String {
    let set = |(name, value): (&String, &String)| format!("  --{name}: {value};\n");
    format!(":root {{\n{}}}\n", context.config.style.iter().map(set).collect::<String>())
}
