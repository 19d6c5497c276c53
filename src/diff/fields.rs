//! What changed in the front matter of a page, and in the configuration.

use std::collections::{BTreeMap, BTreeSet};

use super::model::FieldChange;
use super::page_pairs::PagePairs;
use crate::config::{Config, Facet};
use crate::guide::Guide;
use crate::ladder::{Area, CompetencyId, LevelId, Role, number};
use crate::markdown::{Block, written_texts};
use crate::name::fold;
use crate::page::{FrontMatter, PageId};

/// A value as it's compared, and as it's shown, with the name of its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FieldValue {
    compared: String,
    shown: String,
    entry: Option<String>,
}

/// The fields of a page: by name, and by a key of the entry that means the same in both guides.
type FieldValues = BTreeMap<(&'static str, String), FieldValue>;

/// A guide whose pages have numbers that mean the same in the other guide.
pub(super) struct NumberedGuide<'g> {
    pub(super) guide: &'g Guide,
    /// The number of a page.
    pub(super) number: &'g dyn Fn(PageId) -> usize,
    /// The key of a facet, by its position.
    pub(super) facets: &'g [String],
}

/// The changes of the front matter of a page.
pub(super) fn of_page(was: (&NumberedGuide<'_>, PageId), now: (&NumberedGuide<'_>, PageId)) -> Vec<FieldChange> {
    let (old, new) = (values(was.0, was.1), values(now.0, now.1));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).cloned().collect();
    let change = |key: (&'static str, String)| {
        let (was, now) = (old.get(&key), new.get(&key));
        let is_same = was.map(|value| &value.compared) == now.map(|value| &value.compared);
        let shown = |value: Option<&FieldValue>| value.map(|value| value.shown.clone());
        let entry = now.or(was).and_then(|value| value.entry.clone());
        (!is_same).then(|| FieldChange { field: key.0.to_owned(), entry, was: shown(was), now: shown(now) })
    };
    keys.into_iter().filter_map(change).chain(level_order(was, now)).collect()
}

/// The change of the order of a track's levels, those aside that came or went.
fn level_order(was: (&NumberedGuide<'_>, PageId), now: (&NumberedGuide<'_>, PageId)) -> Option<FieldChange> {
    let levels = |of: &NumberedGuide<'_>, page: PageId| -> Option<Vec<(usize, String)>> {
        let Some(Role::Track(track)) = of.guide.ladder.role(page) else { return None };
        let pages = of.guide.ladder.track(track).levels.iter().map(|level| of.guide.ladder.level(*level).page);
        Some(pages.map(|page| ((of.number)(page), of.guide.pages.get(page).title.value.clone())).collect())
    };
    let (old, new) = (levels(was.0, was.1)?, levels(now.0, now.1)?);
    let common = |levels: &[(usize, String)], others: &[(usize, String)]| -> Vec<usize> {
        let is_common = |number: &usize| others.iter().any(|(other, _)| other == number);
        levels.iter().map(|(number, _)| *number).filter(is_common).collect()
    };
    let shown =
        |levels: Vec<(usize, String)>| Some(levels.into_iter().map(|(_, title)| title).collect::<Vec<_>>().join(", "));
    let is_same = common(&old, &new) == common(&new, &old);
    (!is_same).then(|| FieldChange { field: "levels".to_owned(), entry: None, was: shown(old), now: shown(new) })
}

/// The fields of a page that readers see or that make up the ladder.
fn values(of: &NumberedGuide<'_>, id: PageId) -> FieldValues {
    let page = of.guide.pages.get(id);
    let mut values = Values { of, id, found: FieldValues::new() };
    values.text("title", &page.title.value);
    values.text("address", &page.id);
    values.text("kind", page.kind.as_str());
    values.text("summary", &page.summary);
    values.text("owner", page.owner.as_ref().map_or("", |owner| &owner.value));
    values.names("tags", page.tags.iter().map(|tag| tag.value.as_str()));
    let others = page.other_names();
    let code = page.code();
    values.text("code", code.unwrap_or_default());
    values.names("also_known_as", others.into_iter().filter(|name| Some(*name) != code));
    values.of_role();
    if let Some(serves) = of.guide.ladder.serves.get(&id) {
        let ladder = &of.guide.ladder;
        values.pages("levels", serves.levels.iter().map(|level| ladder.level(*level).page));
        values.pages("competencies", serves.competencies.iter().map(|one| ladder.competency(*one).page));
        values.pages("tracks", serves.tracks.iter().map(|track| ladder.track(*track).page));
    }
    for one in of.guide.ladder.moves.iter().filter(|one| one.page == id) {
        values.pages("from", [of.guide.ladder.level(one.from).page]);
        values.pages("to", [of.guide.ladder.level(one.to).page]);
    }
    values.found
}

/// The values collected so far.
struct Values<'a, 'g> {
    of: &'a NumberedGuide<'g>,
    id: PageId,
    found: FieldValues,
}

impl Values<'_, '_> {
    fn text(&mut self, field: &'static str, text: &str) {
        self.entry(field, (String::new(), None), text);
    }

    /// The value of an entry, which has a key that means the same in both guides and a name.
    fn entry(&mut self, field: &'static str, (key, entry): (String, Option<String>), text: &str) {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !shown.is_empty() {
            self.found.insert((field, key), FieldValue { compared: shown.clone(), shown, entry });
        }
    }

    fn texts_of(&self, blocks: &[Block]) -> String {
        written_texts(blocks, &self.of.guide.pages.get(self.id).document.links).join(" ")
    }

    /// The key and the name of the entry of a competency.
    fn competency(&self, competency: CompetencyId) -> (String, Option<String>) {
        let page = self.of.guide.ladder.competency(competency).page;
        ((self.of.number)(page).to_string(), Some(self.of.guide.pages.get(page).title.value.clone()))
    }

    /// Names whose order doesn't matter.
    fn names<'n>(&mut self, field: &'static str, names: impl Iterator<Item = &'n str>) {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        self.text(field, &names.join(", "));
    }

    /// Pages whose order doesn't matter.
    fn pages(&mut self, field: &'static str, pages: impl IntoIterator<Item = PageId>) {
        let title = |page: PageId| self.of.guide.pages.get(page).title.value.as_str();
        let mut pages: Vec<(usize, &str)> =
            pages.into_iter().map(|page| ((self.of.number)(page), title(page))).collect();
        pages.sort_unstable();
        pages.dedup();
        let join = |parts: Vec<String>| parts.join(", ");
        let compared = join(pages.iter().map(|(number, _)| number.to_string()).collect());
        let shown = join(pages.iter().map(|(_, title)| (*title).to_owned()).collect());
        if !pages.is_empty() {
            self.found.insert((field, String::new()), FieldValue { compared, shown, entry: None });
        }
    }

    /// The fields of a track, a level or a competency.
    fn of_role(&mut self) {
        let guide = self.of.guide;
        let ladder = &guide.ladder;
        match ladder.role(self.id) {
            Some(Role::Track(id)) => {
                let track = ladder.track(id);
                self.text("family", &track.family);
                for (competency, weight) in &track.weights {
                    self.entry("weights", self.competency(*competency), &number(*weight));
                }
            }
            Some(Role::Level(id)) => self.of_level(id),
            Some(Role::Competency(id)) => {
                let competency = ladder.competency(id);
                let area = match &competency.area {
                    Area::Listed(at) => guide.config.areas[*at].title.as_str(),
                    Area::Named(name) => name,
                    Area::None => "",
                };
                self.text("area", area);
                self.pages("tracks", competency.tracks.iter().map(|track| ladder.track(*track).page));
                self.text("scale", &competency.steps.join(" → "));
            }
            None => {}
        }
    }

    fn of_level(&mut self, id: LevelId) {
        let guide = self.of.guide;
        let ladder = &guide.ladder;
        let level = ladder.level(id);
        let page_of = |level: &LevelId| ladder.level(*level).page;
        self.pages("track", level.tracks.iter().map(|track| ladder.track(*track).page));
        self.pages("extends", level.extends.iter().map(|(level, _)| page_of(level)));
        let not_applicable = level.not_applicable.iter().map(|one| ladder.competency(*one).page);
        self.pages("not_applicable", not_applicable);
        self.text("abstract", if level.is_abstract { "yes" } else { "" });
        for (competency, step) in &level.profile {
            let name = ladder.competency(*competency).steps.get(step - 1).map_or("", String::as_str);
            self.entry("profile", self.competency(*competency), name);
        }
        let retired = ladder.retires(id).iter().map(|retired| {
            let expectation = ladder.expectation(*retired);
            let page = ladder.level(expectation.level).page;
            (format!("{}#{}", (self.of.number)(page), expectation.id), expectation.statement.text.clone())
        });
        let (mut keys, texts): (Vec<String>, Vec<String>) = retired.unzip();
        if !keys.is_empty() {
            keys.sort();
            let value = FieldValue { compared: keys.join(" "), shown: texts.join(" / "), entry: None };
            self.found.insert(("retires", String::new()), value);
        }
        let page = guide.pages.get(self.id);
        let FrontMatter::Level(written) = &page.front_matter else { return };
        if let Some(rank) = &written.rank {
            self.text("rank", &number(rank.value));
        }
        match &written.leads_to {
            Some(levels) if levels.is_empty() => self.text("leads_to", "no level"),
            Some(_) => self.pages("leads_to", level.leads_to.iter().map(page_of)),
            None => {}
        }
        self.text("experience", &self.texts_of(&written.experience));
        for (name, blocks) in &written.facets {
            let position = guide.config.facet_position(&name.value);
            let key = position.map_or_else(|| name.value.clone(), |at| self.of.facets[at].clone());
            self.entry("facets", (key.clone(), Some(key)), &self.texts_of(blocks));
        }
    }
}

/// The changes of the configuration that readers see.
pub(super) fn of_configuration(was: &Config, now: &Config) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut push = |field: &str, entry: Option<&str>, was: Option<&str>, now: Option<&str>| {
        if was != now {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            changes.push(FieldChange {
                field: field.to_owned(),
                entry: owned(entry),
                was: owned(was),
                now: owned(now),
            });
        }
    };
    push("title", None, Some(&was.title), Some(&now.title));
    let described = |text| Some(text).filter(|text: &&str| !text.is_empty());
    push("description", None, described(&was.description), described(&now.description));
    let facets = |config: &Config| entries(config.facets.iter().map(|facet| (&facet.id.value, &facet.title)));
    let areas = |config: &Config| entries(config.areas.iter().map(|area| (&area.id.value, &area.title)));
    let owners = |config: &Config| entries(config.owners.iter().map(|owner| (&owner.id.value, &owner.name)));
    let lists =
        [("facets", facets(was), facets(now)), ("areas", areas(was), areas(now)), ("owners", owners(was), owners(now))];
    for (field, old, new) in &lists {
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for id in ids {
            push(field, Some(id), old.get(id).map(String::as_str), new.get(id).map(String::as_str));
        }
    }
    changes
}

fn entries<'c>(entries: impl Iterator<Item = (&'c String, &'c String)>) -> BTreeMap<String, String> {
    entries.map(|(id, title)| (fold(id), title.clone())).collect()
}

/// Keys of facets that mean the same in two guides: the titles that they have now. A facet with another id is the same
/// if it's the only one that went and the only one that came.
pub(super) fn facet_keys(was: &Config, now: &Config) -> (Vec<String>, Vec<String>) {
    let same = |one: &Facet, other: &Facet| {
        fold(&one.id.value) == fold(&other.id.value) || fold(&one.title) == fold(&other.title)
    };
    let new: Vec<String> = now.facets.iter().map(|facet| facet.title.clone()).collect();
    let gone: Vec<_> = was.facets.iter().filter(|one| !now.facets.iter().any(|other| same(one, other))).collect();
    let came: Vec<_> = now.facets.iter().filter(|one| !was.facets.iter().any(|other| same(one, other))).collect();
    let renamed = if let ([gone], [came]) = (&*gone, &*came) { Some((*gone, *came)) } else { None };
    let key = |facet: &Facet| {
        let kept = now.facets.iter().find(|other| same(facet, other));
        let renamed = renamed.filter(|(gone, _)| *gone == facet).map(|(_, came)| came);
        kept.or(renamed).map_or_else(|| facet.title.clone(), |facet| facet.title.clone())
    };
    (was.facets.iter().map(key).collect(), new)
}

/// The number of the pair of a page, in the guide before and in the guide now.
pub(super) fn numbering(pairs: &PagePairs) -> (impl Fn(PageId) -> usize, impl Fn(PageId) -> usize) {
    (|page| pairs.of_was(page), |page| pairs.of_now(page))
}
