//! `ladder.json` and `ladder.csv` as programs read them: each expectation is in them once, and what a level inherits is
//! found by following what it extends.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stepladder::diagnostic::Code;
use stepladder::ladder::{ExpectationId, LevelId, State};

use crate::sites;
use crate::support::{Built, Project};

/// `ladder.json`, read by the rules in README.md.
pub(crate) struct LadderData(Value);

impl LadderData {
    pub(crate) fn of(built: &Built) -> Self {
        Self(serde_json::from_str(built.text("ladder.json")).expect("JSON"))
    }

    /// The elements of a list; none if the field is left out.
    fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
        value[field].as_array().into_iter().flatten()
    }

    fn text<'a>(value: &'a Value, field: &str) -> &'a str {
        value[field].as_str().unwrap_or_else(|| panic!("{value} has a {field}"))
    }

    fn find<'a>(&'a self, list: &str, id: &str) -> &'a Value {
        Self::list(&self.0, list).find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id} in {list}"))
    }

    pub(crate) fn level(&self, id: &str) -> &Value {
        self.find("levels", id)
    }

    fn cell(&self, level: &str, competency: &str) -> Option<&Value> {
        Self::list(self.level(level), "cells").find(|cell| cell["competency"] == competency)
    }

    /// All expectations in cells: the ids of level and competency, and the sentence.
    pub(crate) fn expectations(&self) -> Vec<[&str; 3]> {
        let of_cell = |level, cell| {
            let competency = Self::text(cell, "competency");
            Self::list(cell, "expectations").map(move |one| [level, competency, Self::text(one, "text")])
        };
        let of_level = |level| Self::list(level, "cells").flat_map(move |cell| of_cell(Self::text(level, "id"), cell));
        Self::list(&self.0, "levels").flat_map(of_level).collect()
    }

    /// The competencies in which something is written for a level.
    pub(crate) fn written(&self, level: &str) -> Vec<&str> {
        let written = Self::list(self.level(level), "cells").filter(|cell| cell["expectations"].is_array());
        written.map(|cell| Self::text(cell, "competency")).collect()
    }

    /// The expectations written for a level in a competency, each as the ids of its level and its own.
    fn own(&self, level: &str, competency: &str) -> Vec<String> {
        let own = self.cell(level, competency).into_iter().flat_map(|cell| Self::list(cell, "expectations"));
        own.map(|one| format!("{level}#{}", Self::text(one, "id"))).collect()
    }

    /// The expectations that a level inherits in a competency.
    pub(crate) fn inherited(&self, id: &str, competency: &str) -> BTreeSet<String> {
        let level = self.level(id);
        let tracks: Vec<&Value> = Self::list(level, "tracks").collect();
        let only: Vec<&Value> = Self::list(self.find("competencies", competency), "tracks").collect();
        let on_track = only.is_empty() || tracks.is_empty() || tracks.iter().any(|track| only.contains(track));
        if !on_track || Self::list(level, "not_applicable").any(|one| one == competency) {
            return BTreeSet::new();
        }
        let includes = |base: &&Value| {
            base["competencies"].is_null() || Self::list(base, "competencies").any(|one| one == competency)
        };
        let mut all = BTreeSet::new();
        for base in Self::list(level, "extends").filter(includes).map(|base| Self::text(base, "level")) {
            all.extend(self.own(base, competency));
            all.extend(self.inherited(base, competency));
        }
        for excluded in self.cell(id, competency).into_iter().flat_map(|cell| Self::list(cell, "excludes")) {
            assert!(all.remove(excluded.as_str().expect("an id")), "{id} would inherit {excluded}");
        }
        all
    }
}

/// A ladder with every way to inherit: from several levels that have a level in common, in some competencies only, in one
/// that doesn't apply to all, and with expectations that are repeated, raised and retired.
fn inheriting() -> Project {
    let level = |fields: &str, body: &str| format!("---\nkind: level\n{fields}---\n{body}");
    Project::new()
        .file("content/a/index.md", "---\nkind: track\ntitle: A\n---\n")
        .file("content/b/index.md", "---\nkind: track\ntitle: B\n---\n")
        .file("content/c/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/c/people.md", "---\nkind: competency\ntitle: People\ntracks: [a]\n---\n")
        .file("content/c/reach.md", "---\nkind: competency\ntitle: Reach\n---\n")
        .file(
            "content/all.md",
            &level(
                "title: All\nabstract: true\n",
                "## Craft\n- Is honest.\n\n## People\n- Is kind.\n- Is polite.\n\n## Reach\n- Asks.\n- Waits.\n",
            ),
        )
        .file(
            "content/a/low.md",
            &level(
                "title: Low\nrank: 1\nextends: all\n",
                "## Craft\n- Writes tests.\n- Reads them.\n\n## Alone {.expectations}\n- Shines.\n",
            ),
        )
        .file(
            "content/a/mid.md",
            &level(
                "title: Mid\nrank: 2\nextends: a/low\nnot_applicable: [reach]\n",
                "## Craft\n- Writes tests.\n- Plans.\n",
            ),
        )
        .file("content/a/top.md", &level(
                "title: Top\nrank: 3\nextends: [a/mid, a/low]\nretires: [is-kind, all#asks]\n",
                "## Craft\n- Plans for others. {#plans-more raises=plans,low#reads-them}\n\n## Reach\n- Speaks. {raises=waits}\n",
            ))
        .file(
            "content/a/peak.md",
            &level("title: Peak\nrank: 4\nextends: [a/top, all, a/mid]\n", "## Craft\n- Plans all. {raises=plans-more}\n"),
        )
        .file(
            "content/b/lead.md",
            &level(
                "title: Lead\nrank: 2\nextends: [{level: a/mid, competencies: [craft]}, all]\n",
                "## Reach\n- Leads.\n",
            ),
        )
}

#[test]
fn an_importer_that_follows_what_levels_extend_finds_what_they_inherit() {
    let ours = inheriting().build();
    assert!(ours.problems.iter().all(|problem| problem.code == Code::DuplicateExpectation), "{:#?}", ours.problems);
    let mut inherited = 0;
    let sites: Vec<&Built> = sites::all().map(sites::Site::built).collect();
    for built in sites.into_iter().chain([&ours]) {
        let (data, guide) = (LadderData::of(built), &**built.site.context());
        let page_id = |page| guide.pages.get(page).id.as_str();
        let level_id = |id: LevelId| page_id(guide.ladder.level(id).page);
        let keys = |ids: &[ExpectationId]| -> BTreeSet<String> {
            let one = |id: &ExpectationId| guide.ladder.expectation(*id);
            ids.iter().map(one).map(|one| format!("{}#{}", level_id(one.level), one.id)).collect()
        };
        let pairs =
            guide.ladder.levels.ids().flat_map(|level| guide.ladder.competencies.ids().map(move |of| (level, of)));
        for (level, competency) in pairs {
            let (id, of): (&str, &str) = (level_id(level), page_id(guide.ladder.competency(competency).page));
            let cell = guide.ladder.level(level).cells.get(&competency);
            let expected = cell.map_or_else(BTreeSet::new, |cell| keys(&cell.inherited));
            inherited += expected.len();
            assert_eq!(data.inherited(id, of), expected, "{id} in {of}");
            let own = cell.map_or_else(BTreeSet::new, |cell| keys(&cell.lines));
            assert_eq!(BTreeSet::from_iter(data.own(id, of)), own, "{id} in {of}");
            assert_eq!(
                LadderData::list(data.level(id), "not_written").any(|one| one == of),
                guide.ladder.missing_cells(level).contains(&competency),
                "{id} in {of}"
            );
            assert_eq!(
                LadderData::list(data.level(id), "not_applicable").any(|one| one == of),
                guide.ladder.state(level, competency) == State::NotApplicable
                    && guide.ladder.competencies_of(level).contains(&competency),
                "{id} in {of}"
            );
        }
    }
    assert!(inherited > 100, "{inherited}");
    let data = LadderData::of(&ours);
    assert_eq!(data.cell("a/mid", "c/craft").expect("a cell")["excludes"], serde_json::json!(["a/low#writes-tests"]));
    assert_eq!(data.level("a/low")["expectations"][0]["text"], "Shines.");
    let raising = &data.cell("a/top", "c/craft").expect("a cell")["expectations"][0];
    assert_eq!(raising["raises"], serde_json::json!(["a/mid#plans", "a/low#reads-them"]));
    assert_eq!(data.level("a/top")["retires"], serde_json::json!(["all#is-kind", "all#asks"]));
}

#[test]
fn every_expectation_is_in_the_files_once() {
    for built in sites::all().map(sites::Site::built) {
        let ladder = &built.site.context().ladder;
        let data: Value = serde_json::from_str(built.text("ladder.json")).expect("JSON");
        let mut count = 0;
        for level in LadderData::list(&data, "levels") {
            let cells = LadderData::list(level, "cells");
            count += LadderData::list(level, "expectations").count();
            count += cells.map(|cell| LadderData::list(cell, "expectations").count()).sum::<usize>();
        }
        assert_eq!(count, ladder.expectations.len());
        let states = states(built.text("ladder.csv"));
        assert_eq!(states.get("own").copied().unwrap_or_default(), count);
    }
}

/// The number of rows with each state of a table for spreadsheets.
fn states(csv: &str) -> BTreeMap<String, usize> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let state = reader.headers().expect("headers").iter().position(|name| name == "state").expect("a state");
    reader.records().fold(BTreeMap::new(), |mut states, row| {
        *states.entry(row.expect("a row")[state].to_owned()).or_default() += 1;
        states
    })
}

#[test]
fn the_table_says_what_is_inherited_by_reference() {
    let built = inheriting().build();
    let csv = built.text("ladder.csv");
    let rows = [
        "A,Low,,1,,,extends,,All,,,all.html",
        "A,Mid,,2,,,extends,,Low,,,a/low.html",
        "A,Mid,,2,,Craft,own,,Writes tests.,,,a/mid.html#writes-tests",
        "A,Mid,,2,,Craft,excludes,,Writes tests.,,,a/low.html#writes-tests",
        "A,Mid,,2,,Reach,not-applicable,,,,,a/mid.html#reach",
        "A,Top,,3,,Craft,raised,,Plans.,,,a/mid.html#plans",
        "A,Top,,3,,Reach,raised,,Waits.,,,all.html#waits",
        "A,Top,,3,,People,retired,,Is kind.,,,all.html#is-kind",
        "A,Peak,,4,,Craft,raised,,Plans for others.,,,a/top.html#plans-more",
        "A,Peak,,4,,People,retired,,Is kind.,,,all.html#is-kind",
        "B,Lead,,2,,Craft,extends,,Mid,,,a/mid.html",
        "B,Lead,,2,,,extends,,All,,,all.html",
        ",All,,,,Craft,own,,Is honest.,,,all.html#is-honest",
    ];
    for row in rows {
        assert_eq!(csv.split("\r\n").filter(|line| *line == row).count(), 1, "{row}\n{csv}");
    }
}
