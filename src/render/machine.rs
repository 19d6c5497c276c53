//! Files for machines: `ladder.json`, `ladder.csv`, `feed.xml`, `sitemap.xml`, `robots.txt`, the project's own colours, and data for
//! scripts.

use serde_json::{Value, json};

use super::cards::rank_text;
use super::csv;
use super::pages::{Shown, shown};
use super::scene::{Here, Scene};
use super::{search, terms};
use crate::config::Config;
use crate::ladder::{CompetencyId, Example, ExpectationId, LevelId, TrackId};
use crate::link::Generated;
use crate::markdown::{escape, plain};
use crate::page::{Matter, PageId};
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
        TreePath::known(match self {
            Self::Ladder => "ladder.json",
            Self::Csv => "ladder.csv",
            Self::Expectations => "assets/expectations.js",
            Self::Feed => super::feed::FILE,
            Self::Robots => "robots.txt",
            Self::Sitemap => "sitemap.xml",
            Self::Search => "assets/search-index.js",
            Self::Style => "assets/project.css",
            Self::Terms => "assets/terms.js",
        })
    }

    /// Its text.
    #[must_use]
    pub fn write(self, scene: &Scene) -> String {
        match self {
            Self::Ladder => ladder_json(scene),
            Self::Csv => csv::write(scene),
            Self::Expectations => super::assess::expectations(scene),
            Self::Feed => super::feed::feed(scene),
            Self::Robots => robots(scene),
            Self::Sitemap => sitemap(scene),
            Self::Search => search::write(scene),
            Self::Style => project_css(scene),
            Self::Terms => terms::write(scene),
        }
    }
}

/// The ladder as JSON: tracks, levels, competencies, expectations with their provenance, and moves. Texts are plain.
fn ladder_json(scene: &Scene) -> String {
    let here = Here::at(&TreePath::known("ladder.json"), None);
    let ladder = &scene.ladder;
    let levels: Vec<Value> = (0..ladder.levels.len()).map(|at| level(scene, &here, LevelId(at))).collect();
    let expectations: Vec<Value> =
        (0..ladder.expectations.len()).map(|at| expectation(scene, &here, ExpectationId(at))).collect();
    let value = json!({
        "title": scene.config.title,
        "tracks": (0..ladder.tracks.len()).map(|at| track(scene, TrackId(at))).collect::<Vec<_>>(),
        "levels": levels,
        "competencies": (0..ladder.competencies.len()).map(|at| competency(scene, CompetencyId(at))).collect::<Vec<_>>(),
        "expectations": expectations,
        "moves": ladder.moves.iter().map(|one| {
            let mut value = common(scene, one.page);
            value["from"] = level_id(scene, one.from);
            value["to"] = level_id(scene, one.to);
            value
        }).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn common(scene: &Scene, id: PageId) -> Value {
    let page = scene.pages.get(id);
    json!({ "id": page.id, "title": page.title.value, "url": scene.address(id).url, "summary": page.summary })
}

fn page_id(scene: &Scene, id: PageId) -> Value {
    Value::String(scene.pages.get(id).id.clone())
}

fn level_id(scene: &Scene, id: LevelId) -> Value {
    page_id(scene, scene.ladder.level(id).page)
}

fn competency_id(scene: &Scene, id: CompetencyId) -> Value {
    page_id(scene, scene.ladder.competency(id).page)
}

fn track(scene: &Scene, id: TrackId) -> Value {
    let track = scene.ladder.track(id);
    let mut value = common(scene, track.page);
    value["levels"] = track.levels.iter().map(|level| level_id(scene, *level)).collect();
    value["weights"] = track
        .weights
        .iter()
        .map(|(competency, share)| json!({ "competency": competency_id(scene, *competency), "share": share }))
        .collect();
    value
}

fn level(scene: &Scene, here: &Here, id: LevelId) -> Value {
    let level = scene.ladder.level(id);
    let page = scene.pages.get(level.page);
    let mut value = common(scene, level.page);
    let Matter::Level(matter) = &page.matter else { return value };
    value["code"] = json!(page.code());
    value["also_known_as"] = matter.also_known_as.iter().map(|name| name.value.clone()).collect();
    value["tracks"] = level.tracks.iter().map(|track| page_id(scene, scene.ladder.track(*track).page)).collect();
    value["rank"] = json!(level.rank.map(|_| rank_text(level.rank).parse::<f64>().unwrap_or_default()));
    value["abstract"] = json!(level.is_abstract);
    value["leads_to"] = level.leads_to.iter().map(|next| level_id(scene, *next)).collect();
    let facet = |(name, blocks): &(crate::yaml::At<String>, Vec<crate::markdown::Block>)| {
        (name.value.clone(), Value::String(plain(&scene.quoted(here, level.page, blocks, false))))
    };
    value["facets"] = Value::Object(matter.facets.iter().map(facet).collect());
    value["cells"] =
        scene.ladder.competencies_of(id).into_iter().map(|competency| cell(scene, here, id, competency)).collect();
    value
}

fn cell(scene: &Scene, here: &Here, level: LevelId, competency: CompetencyId) -> Value {
    let ids = |ids: &[ExpectationId]| -> Value { ids.iter().map(|id| expectation_key(scene, *id)).collect() };
    let of = scene.ladder.level(level);
    let cell = of.cells.get(&competency);
    json!({
        "competency": competency_id(scene, competency),
        "state": scene.ladder.state(level, competency).as_str(),
        "step": of.profile.get(&competency),
        "own": cell.map_or_else(|| json!([]), |cell| ids(&cell.lines)),
        "examples": cell.and_then(|cell| cell.written.as_ref())
            .map_or_else(|| json!([]), |written| examples(scene, here, written.page, &written.text.examples)),
        "inherited": cell.map_or_else(|| json!([]), |cell| ids(&cell.inherited)),
    })
}

/// An expectation's name in the file: its level and its permanent id, as in its address.
fn expectation_key(scene: &Scene, id: ExpectationId) -> Value {
    let expectation = scene.ladder.expectation(id);
    let level = &scene.pages.get(scene.ladder.level(expectation.level).page).id;
    Value::String(format!("{level}#{}", expectation.id))
}

fn examples(scene: &Scene, here: &Here, page: PageId, examples: &[Example]) -> Value {
    let example = |example: &Example| {
        let specialism = (!example.specialism.is_empty()).then_some(&example.specialism);
        json!({ "text": plain(&scene.quoted(here, page, &example.blocks, false)), "specialism": specialism })
    };
    examples.iter().map(example).collect()
}

fn expectation(scene: &Scene, here: &Here, id: ExpectationId) -> Value {
    let expectation = scene.ladder.expectation(id);
    let level = scene.ladder.level(expectation.level);
    let written_in = |cell: &crate::ladder::Cell| cell.lines.contains(&id);
    let competency = level.cells.iter().find(|(_, cell)| written_in(cell)).map(|(id, _)| competency_id(scene, *id));
    json!({
        "id": expectation_key(scene, id),
        "level": level_id(scene, expectation.level),
        "competency": competency,
        "text": plain(&scene.rich(here, expectation.page, &expectation.line.html, false)),
        "detail": plain(&scene.quoted(here, expectation.page, &expectation.line.detail, false)),
        "examples": examples(scene, here, expectation.page, &expectation.line.examples),
        "url": scene.expectation_url(id),
        "source": scene.pages.get(expectation.page).file.as_str(),
    })
}

fn competency(scene: &Scene, id: CompetencyId) -> Value {
    let competency = scene.ladder.competency(id);
    let mut value = common(scene, competency.page);
    let area = scene.area(&competency.area).0;
    value["area"] = json!((!area.is_empty()).then_some(area));
    value["tracks"] = competency.tracks.iter().map(|track| page_id(scene, scene.ladder.track(*track).page)).collect();
    value["scale"] = competency.scale.iter().map(|step| step.name.clone()).collect();
    value
}

/// The addresses of all pages, absolute when the configuration gives the site's address, else relative to it.
fn sitemap(scene: &Scene) -> String {
    let mut out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    for page in shown(&scene.config, &scene.pages, &scene.ladder, &scene.places).values() {
        let (url, reviewed) = match page {
            Shown::Page(id) => {
                let reviewed = scene.pages.get(*id).reviewed.as_ref().map(|day| day.value);
                (&scene.address(*id).url, reviewed)
            }
            Shown::Generated(Generated::Missing | Generated::Print)
            | Shown::Redirect(_)
            | Shown::Machine(_)
            | Shown::Data(_)
            | Shown::Markdown(_) => {
                continue;
            }
            Shown::Generated(generated) => match scene.generated(generated) {
                Some(address) => (&address.url, None),
                None => continue,
            },
        };
        let location = scene.absolute(url).unwrap_or_else(|| url.clone());
        out.push_str(&format!("<url><loc>{}</loc>", escape(&location)));
        if let Some(day) = reviewed {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out + "</urlset>\n"
}

/// What search engines may do: nothing, unless the configuration lets them.
fn robots(scene: &Scene) -> String {
    if !scene.config.indexed {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let sitemap = scene.absolute("sitemap.xml").map(|url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}

/// The project's own colours and type, as a style sheet that lies over the theme's.
fn project_css(scene: &Scene) -> String {
    let set = |(name, value): (&String, &String)| format!("  --{name}: {value};\n");
    format!(":root {{\n{}}}\n", scene.config.style.iter().map(set).collect::<String>())
}
