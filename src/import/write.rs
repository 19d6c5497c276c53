//! The pages of a ladder.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::draft::{DraftCell, DraftExample, DraftLadder, DraftLevel, DraftLine, DraftPage};
use super::text::escape;
use crate::config;
use crate::name::{fold, slug};
use crate::page::FOLDER;
use crate::tree::{Tree, TreePath};
use crate::yaml::scalar;

/// The title of a guide that the sources don't name.
const DEFAULT_TITLE: &str = "Career guide";

/// Names of files and folders that mean something else: pages of folders, folders that the site has anyway, and names that
/// Windows doesn't allow.
const TAKEN: [&str; 20] = [
    "index",
    "con",
    "prn",
    "aux",
    "nul",
    "assets",
    "assess",
    "compare",
    "competencies",
    "matrix",
    "moves",
    "print",
    "search",
    "tags",
    "levels",
    "articles",
    "worksheets",
    "glossary",
    "stages",
    "feed",
];

/// Writes a ladder as the files of a project.
pub(super) fn write(ladder: &DraftLadder) -> Tree {
    let writer = ProjectWriter::new(ladder);
    let mut files = Tree::default();
    files.insert(TreePath::normalized(config::FILE), writer.configuration());
    let mut page = |path: &str, text: String| files.insert(TreePath::normalized(&format!("{FOLDER}/{path}")), text);
    page("index.md", writer.home());
    for track in 0..ladder.tracks.len() {
        page(&format!("{}/index.md", writer.tracks[track]), writer.track(track));
    }
    for competency in 0..ladder.competencies.len() {
        page(&format!("{}.md", writer.competencies[competency]), writer.competency(competency));
    }
    for level in 0..ladder.levels.len() {
        page(&format!("{}.md", writer.levels[level]), writer.level(level));
    }
    for (at, one) in ladder.moves.iter().enumerate() {
        let path = one.page.id.clone().unwrap_or_else(|| format!("moves/{}", at + 1));
        let order = (at + 1).to_string();
        let fields =
            [("order", order), ("from", scalar(&writer.levels[one.from])), ("to", scalar(&writer.levels[one.to]))];
        page(&format!("{path}.md"), front_matter("move", &one.page, &fields) + &paragraphs(&one.page.intro));
    }
    files
}

struct ProjectWriter<'l> {
    ladder: &'l DraftLadder,
    title: &'l str,
    /// The ids of pages by position.
    tracks: Vec<String>,
    competencies: Vec<String>,
    levels: Vec<String>,
    areas: Vec<String>,
    /// Folded names that a line must not consist of.
    names: BTreeSet<String>,
    /// How often each title of a competency occurs.
    titles: BTreeMap<String, usize>,
}

/// Chooses names for files that no two share.
#[derive(Default)]
struct FileNames(BTreeSet<String>);

impl FileNames {
    /// A name in a folder from a title, or from `fallback` if the title has no letter or digit.
    fn choose(&mut self, folder: &str, title: &str, fallback: &str) -> String {
        let slug = slug(title);
        let base = match slug.as_str() {
            "" => fallback.to_owned(),
            // C, C++ and C# have one slug.
            taken if TAKEN.contains(&taken) => format!("{taken}-{fallback}"),
            _ => slug.chars().take(80).collect(),
        };
        let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut name = path(&base);
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = path(&format!("{base}-{number}"));
            number += 1;
        }
        name
    }
}

impl<'l> ProjectWriter<'l> {
    fn new(ladder: &'l DraftLadder) -> Self {
        let mut names = FileNames::default();
        let ids = ladder.tracks.iter().map(|track| &track.page).chain(ladder.competencies.iter().map(|one| &one.page));
        let ids = ids.chain(ladder.levels.iter().map(|level| &level.page)).filter_map(|page| page.id.clone());
        names.0.extend(ids);
        let mut choose = |page: &DraftPage, folder: &str, fallback: &str| {
            page.id.clone().unwrap_or_else(|| names.choose(folder, &page.title, fallback))
        };
        let tracks: Vec<String> = ladder.tracks.iter().map(|track| choose(&track.page, "", "track")).collect();
        let competencies =
            ladder.competencies.iter().map(|one| choose(&one.page, "competencies", "competency")).collect();
        let folder = |level: &DraftLevel| level.tracks.first().map_or("levels", |track| tracks[*track].as_str());
        let levels = ladder.levels.iter().map(|level| choose(&level.page, folder(level), "level")).collect();
        let mut areas = FileNames::default();
        let areas = ladder.areas.iter().map(|area| areas.choose("", area, "area")).collect();
        let mut titles = BTreeMap::new();
        for competency in &ladder.competencies {
            *titles.entry(fold(&competency.page.title)).or_default() += 1;
        }
        let level_names = |level: &DraftLevel| {
            let names = level.also_known_as.iter().chain(&level.code);
            names.map(|name| fold(name)).chain([fold(&level.page.title)]).collect::<Vec<_>>()
        };
        let steps = ladder.competencies.iter().flat_map(|one| one.scale.iter().map(|(step, _)| fold(step)));
        let all = titles.keys().cloned().chain(ladder.levels.iter().flat_map(level_names)).chain(steps).collect();
        let title = ladder.title.as_deref().unwrap_or(DEFAULT_TITLE);
        Self { ladder, title, tracks, competencies, levels, areas, names: all, titles }
    }

    fn configuration(&self) -> String {
        let mut out = format!("title: {}\n", scalar(self.title));
        if !self.ladder.facets.is_empty() {
            out.push_str("facets:\n");
            for (id, title) in &self.ladder.facets {
                out.push_str(&format!("  {}: {}\n", scalar(id), scalar(title)));
            }
        }
        if !self.ladder.areas.is_empty() {
            out.push_str("areas:\n");
            for (title, id) in self.ladder.areas.iter().zip(&self.areas) {
                out.push_str(&format!("  {}:\n    title: {}\n", scalar(id), scalar(title)));
            }
        }
        out
    }

    fn home(&self) -> String {
        let page = DraftPage { title: self.title.to_owned(), ..DraftPage::default() };
        front_matter("page", &page, &[]) + &paragraphs(&self.ladder.intro)
    }

    fn track(&self, at: usize) -> String {
        let track = &self.ladder.tracks[at];
        let mut on_track: Vec<usize> =
            (0..self.ladder.levels.len()).filter(|level| self.ladder.levels[*level].tracks.contains(&at)).collect();
        let rank = |level: &usize| self.ladder.levels[*level].rank.as_ref().and_then(|rank| rank.parse::<f64>().ok());
        on_track.sort_by(|one, other| rank(one).partial_cmp(&rank(other)).unwrap_or(Ordering::Equal));
        let is_shared = |level: &usize| self.ladder.levels[*level].tracks.first() != Some(&at);
        let mut fields = vec![("order", (at + 1).to_string())];
        if on_track.iter().any(is_shared) || on_track.iter().any(|level| self.ladder.levels[*level].tracks.len() > 1) {
            fields.push(("levels", Self::list(on_track.iter().map(|level| &self.levels[*level]))));
        }
        if !track.weights.is_empty() {
            let weight =
                |(competency, share): &(usize, String)| format!("{}: {share}", scalar(&self.competencies[*competency]));
            let weights: Vec<String> = track.weights.iter().map(weight).collect();
            fields.push(("weights", format!("{{ {} }}", weights.join(", "))));
        }
        front_matter("track", &track.page, &fields) + &paragraphs(&track.page.intro)
    }

    fn list<'n>(names: impl Iterator<Item = &'n String>) -> String {
        format!("[{}]", names.map(|name| scalar(name)).collect::<Vec<_>>().join(", "))
    }

    fn competency(&self, at: usize) -> String {
        let competency = &self.ladder.competencies[at];
        let mut fields = vec![("order", (at + 1).to_string())];
        if let Some(area) = competency.area {
            fields.push(("area", scalar(&self.areas[area])));
        }
        if !competency.tracks.is_empty() {
            fields.push(("tracks", Self::list(competency.tracks.iter().map(|track| &self.tracks[*track]))));
        }
        if !competency.scale.is_empty() {
            fields.push(("scale", Self::list(competency.scale.iter().map(|(step, _)| step))));
        }
        let mut out = front_matter("competency", &competency.page, &fields) + &paragraphs(&competency.page.intro);
        for (step, criteria) in competency.scale.iter().filter(|(_, criteria)| !criteria.is_empty()) {
            out.push_str(&format!("\n## {}\n\n", escape(step)));
            for criterion in criteria {
                out.push_str(&format!("- {}\n", escape(criterion)));
            }
        }
        out
    }

    fn level(&self, at: usize) -> String {
        let level = &self.ladder.levels[at];
        let mut fields: Vec<(&str, String)> = Vec::new();
        if let Some(code) = &level.code {
            fields.push(("code", scalar(code)));
        }
        if !level.also_known_as.is_empty() {
            fields.push(("also_known_as", Self::list(level.also_known_as.iter())));
        }
        if let Some(track) =
            level.tracks.first().filter(|track| !self.levels[at].starts_with(&format!("{}/", self.tracks[**track])))
        {
            fields.push(("track", scalar(&self.tracks[*track])));
        }
        if level.is_abstract {
            fields.push(("abstract", "true".to_owned()));
        }
        if let Some(rank) = self.rank(at) {
            fields.push(("rank", rank));
        }
        if !level.experience.is_empty() {
            fields.push(("experience", scalar(&escape(&level.experience))));
        }
        if !level.facets.is_empty() {
            let facet = |(id, text): &(String, String)| format!("\n  {}: {}", scalar(id), scalar(&escape(text)));
            fields.push(("facets", level.facets.iter().map(facet).collect()));
        }
        if !level.extends.is_empty() {
            let base = |(base, only): &(usize, Vec<usize>)| {
                let id = scalar(&self.levels[*base]);
                if only.is_empty() {
                    return id;
                }
                format!(
                    "{{ level: {id}, competencies: {} }}",
                    Self::list(only.iter().map(|one| &self.competencies[*one]))
                )
            };
            fields.push(("extends", format!("[{}]", level.extends.iter().map(base).collect::<Vec<_>>().join(", "))));
        }
        if let Some(leads_to) = &level.leads_to {
            fields.push(("leads_to", Self::list(leads_to.iter().map(|next| &self.levels[*next]))));
        }
        if !level.profile.is_empty() {
            let step =
                |(competency, step): &(usize, usize)| format!("{}: {step}", scalar(&self.competencies[*competency]));
            fields
                .push(("profile", format!("{{ {} }}", level.profile.iter().map(step).collect::<Vec<_>>().join(", "))));
        }
        if !level.not_applicable.is_empty() {
            let names = level.not_applicable.iter().map(|competency| &self.competencies[*competency]);
            fields.push(("not_applicable", Self::list(names)));
        }
        if !level.retires.is_empty() {
            fields.push(("retires", Self::list(level.retires.iter())));
        }
        let mut out = front_matter("level", &level.page, &fields) + &paragraphs(&level.page.intro);
        if !level.own.is_empty() {
            out.push_str("\n## Expectations {.expectations}\n");
            self.lines(&level.own, &mut out);
        }
        for cell in level.cells.iter().filter(|cell| !cell.lines.is_empty() || !cell.examples.is_empty()) {
            out.push_str(&format!("\n## {}\n", self.heading(cell)));
            self.lines(&cell.lines, &mut out);
            if !cell.examples.is_empty() {
                out.push_str("\n### Examples\n\n");
                for example in &cell.examples {
                    out.push_str(&format!("- {}\n", example_text(example)));
                }
            }
        }
        out
    }

    /// The rank of a level: its own, or its position on its track.
    fn rank(&self, at: usize) -> Option<String> {
        let level = &self.ladder.levels[at];
        if level.rank.is_some() || level.is_abstract || level.page.id.is_some() {
            return level.rank.clone();
        }
        let track = level.tracks.first()?;
        let below = self.ladder.levels[..=at].iter().filter(|other| other.tracks.first() == Some(track)).count();
        Some(below.to_string())
    }

    /// The heading of a cell: the competency's title, or its id if several have the title.
    fn heading(&self, cell: &DraftCell) -> String {
        let title = &self.ladder.competencies[cell.competency].page.title;
        if self.titles.get(&fold(title)).is_some_and(|count| *count > 1) {
            return escape(&self.competencies[cell.competency]);
        }
        escape(title)
    }

    fn lines(&self, lines: &[DraftLine], out: &mut String) {
        let mut label = "";
        out.push('\n');
        for line in lines {
            // A label that is also a name would start a cell of its own.
            let is_name = self.names.contains(&fold(&line.label));
            let own_label = if is_name { "" } else { line.label.as_str() };
            if own_label != label && !own_label.is_empty() {
                out.push_str(&format!("- **{}**\n", escape(own_label)));
            }
            label = own_label;
            let text = if is_name && !line.label.is_empty() {
                escape(&format!("{}: {}", line.label, line.text))
            } else {
                escape(&line.text)
            };
            let indent = if own_label.is_empty() { "" } else { "  " };
            out.push_str(&format!("{indent}- {text}{}\n", marks(line)));
            for detail in &line.detail {
                out.push_str(&format!("\n{indent}  {}\n", escape(detail)));
            }
            for example in &line.examples {
                if example.specialism.is_empty() {
                    out.push_str(&format!("{indent}  > {}\n\n", escape(&example.text)));
                } else {
                    out.push_str(&format!("\n{indent}  {}\n", example_text(example)));
                }
            }
        }
    }
}

/// The id of an expectation, and what it raises, in braces.
fn marks(line: &DraftLine) -> String {
    let id = line.id.iter().map(|id| format!("#{id}"));
    let raises = (!line.raises.is_empty()).then(|| format!("raises={}", line.raises.join(",")));
    let marks: Vec<String> = id.chain(raises).collect();
    if marks.is_empty() { String::new() } else { format!(" {{{}}}", marks.join(" ")) }
}

fn example_text(example: &DraftExample) -> String {
    if example.specialism.is_empty() {
        return escape(&example.text);
    }
    format!("Example ({}): {}", escape(&example.specialism), escape(&example.text))
}

fn front_matter(kind: &str, page: &DraftPage, fields: &[(&str, String)]) -> String {
    let mut out = format!("---\nkind: {kind}\ntitle: {}\n", scalar(&page.title));
    if !page.summary.is_empty() {
        out.push_str(&format!("summary: {}\n", scalar(&page.summary)));
    }
    for (name, value) in fields {
        out.push_str(&format!("{name}:{}{value}\n", if value.starts_with('\n') { "" } else { " " }));
    }
    out + "---\n"
}

fn paragraphs(texts: &[String]) -> String {
    let texts = texts.iter().filter(|text| !text.trim().is_empty());
    texts.fold(String::new(), |body, text| body + "\n" + &escape(text) + "\n")
}
