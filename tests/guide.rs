//! A guide without a theme: what is where in its files, who refers to what, and keys that last.

use std::collections::BTreeSet;

use stepladder::diagnostic::{Diagnosed, Span};
use stepladder::guide::{Entity, Guide, Key, Options};
use stepladder::ladder::{LevelId, SectionRole, SectionSummary};
use stepladder::page::PageId;
use stepladder::site::Site;
use stepladder::tree::{Tree, TreePath};

use crate::golden::project;
use crate::sites;
use crate::support::{Project, TODAY};

const OPTIONS: Options = Options { drafts: false, today: TODAY };

const SENIOR: &str = "---\nkind: level\ntitle: Senior\nrank: 2\nextends: Junior\nprofile: {Craft: Able}\n---\n## Craft\n\n\
                      - Designs services. {#designs}\n- Reviews designs.\n";

/// Two levels, a competency with a scale, and an article that links to them.
fn small() -> Project {
    Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: Engineers\n---\n")
        .file("content/ic/junior.md", "---\nkind: level\ntitle: Junior\nrank: 1\n---\n## Craft\n\n- Writes tests.\n")
        .file("content/ic/senior.md", SENIOR)
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\nscale: [Novice, Able]\n---\n")
        .file(
            "content/advice.md",
            "---\nkind: article\ntitle: Advice\nlevels: [Senior]\n---\n[[senior]], [[Senior#designs]], [[craft#able]].\n",
        )
}

fn guide(project: &Tree) -> Guide {
    let Diagnosed { value, diagnostics } = Guide::new(project, OPTIONS);
    assert_eq!(diagnostics, [], "the project is sound");
    value
}

/// A configuration that defines facets as a list, and areas and owners as mappings.
const CONFIGURATION: &str = "title: Test\nfacets: [scope, \"impact\"]\nareas:\n  people: {title: Working with people, \
                             order: 2}\n  technical: {title: Technology, order: 1}\nowners:\n  hr: People team\n  \
                             tech: {name: Tech leads, email: tech@example.org}\n";

/// The small project with facets, areas and owners, which its pages name.
fn configured() -> Project {
    let junior = "---\nkind: level\ntitle: Junior\nrank: 1\nowner: People Team\nfacets: {scope: A task., impact: The team.}\n\
                  ---\n## Craft\n\n- Writes tests.\n";
    let craft = "---\nkind: competency\ntitle: Craft\nscale: [Novice, Able]\narea: technology\nowner: hr\n---\n";
    small()
        .bytes("stepladder.yaml", CONFIGURATION.as_bytes())
        .file("content/ic/junior.md", junior)
        .file("content/craft.md", craft)
}

/// The texts of the places that refer to the entity with a key, each after the name of its file.
fn references(guide: &Guide, project: &Tree, key: &str) -> Vec<String> {
    let spans = guide.references(find(guide, key));
    spans.iter().map(|span| format!("{} {}", span.file.name(), text(project, span))).collect()
}

/// All entities of a guide.
fn entities(guide: &Guide) -> Vec<Entity> {
    let ladder = &guide.ladder;
    let steps = ladder.competencies.iter_enumerated();
    let steps = steps.flat_map(|(id, one)| (1..=one.scale.len()).map(move |number| Entity::Step(id, number)));
    let pages = guide.pages.shown().map(|(id, _)| guide.entity_of(id));
    let of_pages = pages.chain(steps).chain(ladder.expectations.ids().map(Entity::Expectation));
    let config = &guide.config;
    let facets = (0..config.facets.len()).map(Entity::Facet);
    let areas = (0..config.areas.len()).map(Entity::Area);
    let owners = (0..config.owners.len()).map(Entity::Owner);
    of_pages.chain(facets).chain(areas).chain(owners).collect()
}

fn text(project: &Tree, span: &Span) -> String {
    let bytes = project.bytes(&span.file).expect("the file of a span");
    String::from_utf8_lossy(&bytes[span.start..span.end]).trim_end().to_owned()
}

fn find(guide: &Guide, key: &str) -> Entity {
    let found = entities(guide).into_iter().find(|entity| guide.key(*entity).to_string() == key);
    found.unwrap_or_else(|| panic!("{key} is not in the guide"))
}

#[test]
fn a_guide_needs_no_theme_and_finds_what_a_site_finds() {
    for (name, project) in [("guide", sites::guide().project.clone()), ("shapes", project("shapes", "urls: file"))] {
        let of_guide = Guide::new(&project, OPTIONS).diagnostics;
        let of_site = Site::new(&project, OPTIONS).diagnostics;
        assert_eq!(of_guide, of_site, "{name}");
    }
    let unsound = small().file("content/ic/staff.md", "---\nkind: level\ntitle: Staff\nrank: 3\nextends: Snior\n---\n");
    let of_guide = Guide::new(&unsound.tree(), OPTIONS).diagnostics;
    assert_eq!(of_guide, Site::new(&unsound.tree(), OPTIONS).diagnostics);
    assert!(!of_guide.is_empty());
}

#[test]
fn every_entity_has_a_definition_and_a_key_of_its_own() {
    for project in [sites::guide().project.clone(), configured().tree()] {
        let guide = guide(&project);
        let mut keys: BTreeSet<Key> = BTreeSet::new();
        for entity in entities(&guide) {
            let key = guide.key(entity);
            assert_eq!(guide.find(&key), Some(entity), "{key} is found by its key");
            assert!(!text(&project, &guide.definition(entity)).is_empty(), "{key} is defined somewhere");
            assert!(keys.insert(key.clone()), "{key} is given twice");
        }
        assert!(keys.len() > 7, "{} keys", keys.len());
    }
}

#[test]
fn keys_mean_the_same_in_another_revision() {
    let before = guide(&small().tree());
    let reworded =
        SENIOR.replace("Designs services.", "Designs services end to end.").replace("- Reviews", "- New.\n- Reviews");
    let changed = small()
        .file("content/about.md", "---\ntitle: About\n---\n")
        .file("content/ic/senior.md", &reworded)
        .file("content/ic/entry.md", "---\nkind: level\ntitle: Entry\nrank: 0\n---\n## Craft\n\n- Asks.\n");
    let after = guide(&changed.tree());
    for entity in entities(&before) {
        let key = before.key(entity);
        let found = after.find(&key).unwrap_or_else(|| panic!("{key} is gone"));
        assert_eq!(after.key(found), key);
    }
    let added: Vec<String> = entities(&after)
        .into_iter()
        .map(|entity| after.key(entity))
        .filter(|key| before.find(key).is_none())
        .map(|key| key.to_string())
        .collect();
    assert_eq!(added, ["about", "ic/entry", "ic/entry#asks", "ic/senior#new"]);
}

#[test]
fn what_is_at_a_place_and_who_refers_to_it_can_be_asked() {
    let project = small().tree();
    let guide = guide(&project);
    let at = |file: &str, before: &str| {
        let path = TreePath::new(file).expect("a path");
        let source = std::str::from_utf8(project.bytes(&path).expect("a file")).expect("a text");
        let entity = guide.at(&path, source.find(before).expect("the text") + 1).expect("something");
        guide.key(entity).to_string()
    };
    assert_eq!(at("content/ic/senior.md", "Junior"), "ic/junior");
    assert_eq!(at("content/ic/senior.md", "## Craft"), "craft");
    assert_eq!(at("content/ic/senior.md", "Designs services"), "ic/senior#designs");
    assert_eq!(at("content/ic/senior.md", "rank"), "ic/senior");
    assert_eq!(at("content/advice.md", "[[Senior#designs]]"), "ic/senior#designs");
    assert_eq!(at("content/advice.md", "[[craft#able]]"), "craft#able");
    assert_eq!(at("content/advice.md", "title"), "advice");
    let references = |key: &str| references(&guide, &project, key);
    assert_eq!(references("ic/junior"), ["senior.md Junior"]);
    assert_eq!(references("ic/senior"), ["advice.md Senior", "advice.md [[senior]]"]);
    assert_eq!(references("ic/senior#designs"), ["advice.md [[Senior#designs]]"]);
    assert_eq!(references("craft"), ["junior.md ## Craft", "senior.md Craft", "senior.md ## Craft"]);
    assert_eq!(references("craft#able"), ["advice.md [[craft#able]]"]);
}

#[test]
fn facets_areas_and_owners_are_defined_where_the_configuration_names_them() {
    let project = configured().tree();
    let guide = guide(&project);
    let defined = |key: &str| {
        let span = guide.definition(find(&guide, key));
        assert_eq!(span.file.as_str(), "stepladder.yaml");
        (span.start, text(&project, &span))
    };
    let place = |text: &str| CONFIGURATION.find(text).expect("the text");
    let expected = [
        ("stepladder.yaml#facets/scope", "scope"),
        ("stepladder.yaml#facets/impact", "\"impact\""),
        ("stepladder.yaml#areas/technical", "technical"),
        ("stepladder.yaml#areas/people", "people"),
        ("stepladder.yaml#owners/hr", "hr"),
        ("stepladder.yaml#owners/tech", "tech: {"),
    ];
    let configuration = TreePath::new("stepladder.yaml").expect("a path");
    for (key, written) in expected {
        assert_eq!(defined(key), (place(written), written.trim_end_matches(": {").to_owned()), "{key}");
        let at = guide.at(&configuration, place(written) + 1).map(|entity| guide.key(entity).to_string());
        assert_eq!(at.as_deref(), Some(key));
    }
    assert_eq!(guide.at(&configuration, 0), None, "the title defines no entity");
}

#[test]
fn levels_refer_to_facets_competencies_to_areas_and_pages_to_owners() {
    let project = configured().tree();
    let guide = guide(&project);
    let references = |key: &str| references(&guide, &project, key);
    assert_eq!(references("stepladder.yaml#facets/scope"), ["junior.md scope"]);
    assert_eq!(references("stepladder.yaml#facets/impact"), ["junior.md impact"]);
    assert_eq!(references("stepladder.yaml#areas/technical"), ["craft.md technology"], "by its title");
    assert!(references("stepladder.yaml#areas/people").is_empty());
    assert_eq!(references("stepladder.yaml#owners/hr"), ["craft.md hr", "junior.md People Team"]);
    assert!(references("stepladder.yaml#owners/tech").is_empty());
}

#[test]
fn keys_of_facets_areas_and_owners_mean_the_same_in_another_configuration() {
    let before = guide(&configured().tree());
    let reordered = "title: Test\nfacets: [impact, autonomy, scope]\nareas: [technology, technical, people]\n\
                     owners: [tech, people team, hr]\n";
    let after = guide(&configured().bytes("stepladder.yaml", reordered.as_bytes()).tree());
    for key in ["facets/scope", "facets/impact", "areas/technical", "areas/people", "owners/hr", "owners/tech"] {
        let key = before.key(find(&before, &format!("stepladder.yaml#{key}")));
        let found = after.find(&key).unwrap_or_else(|| panic!("{key} is gone"));
        assert_eq!(after.key(found), key);
    }
    let unconfigured = guide(&small().tree());
    let scope = unconfigured.find(&before.key(find(&before, "stepladder.yaml#facets/scope"))).expect("a default facet");
    let span = unconfigured.definition(scope);
    assert_eq!((span.file.as_str(), span.start, span.end), ("stepladder.yaml", 0, 0));
}

/// A page's sections as they are read: heading, role, expectations, examples, and the roles of its blocks.
fn reading(guide: &Guide, file: &str) -> Vec<String> {
    let id = guide.pages.id_of(&TreePath::normalized(file)).expect("a page");
    let title = |id: PageId| guide.pages.get(id).title.value.clone();
    let line = |section: &SectionSummary| {
        let role = match section.role {
            SectionRole::Cell(of) => format!("cell of {}", title(of)),
            role => format!("{role:?}"),
        };
        let blocks: Vec<String> = section.block_roles.iter().map(|role| format!("{role:?}")).collect();
        let (heading, blocks) = (&section.heading, blocks.join(" "));
        format!("{heading}: {role}, {}, {}: {blocks}", section.expectations, section.examples)
    };
    guide.reading(id).iter().map(line).collect()
}

#[test]
fn every_section_of_a_page_has_a_role() {
    let senior = "---\nkind: level\ntitle: Senior\nrank: 2\n---\nAbove.\n\n## Craft\n\nIntro.\n\n- One.\n  > An example.\n\n\
                  ### Tests\n\nMore.\n\n- Two.\n\nAfter.\n\n### Examples\n\n- Of the cell.\n\n## Alone {.expectations}\n\n\
                  Three.\n\n## Ways on\n\nText.\n\n### Further\n\nText.\n";
    let craft = "---\nkind: competency\ntitle: Craft\nscale: [Novice, Able]\n---\n## Able\n\nKnows.\n\n## Engineers\n\n\
                 ### Junior\n\n- Writes tests.\n";
    let junior = "---\nkind: level\ntitle: Junior\nrank: 1\n---\nText.\n";
    let project = small()
        .file("content/ic/junior.md", junior)
        .file("content/ic/senior.md", senior)
        .file("content/craft.md", craft)
        .file("content/advice.md", "---\nkind: article\ntitle: Advice\n---\nText.\n");
    let guide = guide(&project.tree());
    let of_senior = [
        ": Prose, 0, 0: Prose",
        "Craft: cell of Craft, 2, 2: Introduction Expectations Heading Introduction Expectations Prose Heading Examples",
        "Alone: Own, 1, 0: Expectations",
        "Ways on: Prose, 0, 0: Prose",
        "Further: Prose, 0, 0: Prose",
    ];
    assert_eq!(reading(&guide, "content/ic/senior.md"), of_senior);
    let of_craft =
        ["Able: Step(1), 0, 0: Prose", "Engineers: Container, 0, 0: ", "Junior: cell of Junior, 1, 0: Expectations"];
    assert_eq!(reading(&guide, "content/craft.md"), of_craft);
    assert_eq!(reading(&guide, "content/advice.md"), [": Prose, 0, 0: Prose"]);
}

#[test]
fn the_sections_of_all_pages_have_all_expectations() {
    let guide = guide(&sites::guide().project);
    let sections = guide.pages.shown().map(|(id, _)| guide.reading(id));
    let count: usize =
        sections.map(|sections| sections.iter().map(|section| section.expectations).sum::<usize>()).sum();
    assert_eq!(count, guide.ladder.expectations.len());
    assert!(count > 100);
}

/// The most expectations that hold for everyone.
const MOST_FOR_EVERYONE: usize = 8;

/// The most expectations that hold at a level, its own and inherited ones: people remember few.
const MOST_AT_A_LEVEL: usize = 45;

#[test]
fn no_level_of_the_guide_that_ships_asks_too_much() {
    let guide = guide(&sites::guide().project);
    for level in &guide.ladder.levels {
        let in_cells = level.cells.values().map(|cell| cell.lines.len() + cell.inherited.len());
        let held: usize = in_cells.chain(level.own.iter().map(|own| own.lines.len())).sum();
        let most = if level.is_abstract { MOST_FOR_EVERYONE } else { MOST_AT_A_LEVEL };
        assert!((1..=most).contains(&held), "{}: {held}", guide.pages.get(level.page).id);
    }
}

/// The number of examples of each specialism at each level from Mid to Staff.
const EXAMPLES_OF_A_SPECIALISM: usize = 3;

#[test]
fn each_specialism_has_examples_from_mid_to_staff() {
    let guide = guide(&sites::guide().project);
    for id in ["ic/mid", "ic/senior", "ic/staff"] {
        let is_here = |level: LevelId| guide.pages.get(guide.ladder.level(level).page).id == id;
        let written = guide.ladder.expectations.iter().filter(|one| is_here(one.level));
        let examples: Vec<_> = written.flat_map(|one| &one.statement.examples).collect();
        for specialism in ["Web", "Mobile", "Data", "ML", "SRE", "Security", "Embedded", "Product"] {
            let count = examples.iter().filter(|one| one.specialism == specialism).count();
            assert!(count >= EXAMPLES_OF_A_SPECIALISM, "{id}: {count} of {specialism}");
        }
    }
}
