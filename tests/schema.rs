//! The JSON Schemas of front matter and of the configuration: valid projects satisfy them, and faulty ones don't.

use std::path::Path;

use boon::{Compiler, Schemas};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};
use stepladder::config;
use stepladder::diagnostic::{Code, Diagnostic};
use stepladder::guide::{Guide, Options};
use stepladder::page::{Kind, Page};
use stepladder::schema::{SchemaOf, schema};
use stepladder::tree::{Tree, TreePath};
use stepladder::yaml::{self, Node, Value};

use crate::support::Project;
use crate::{cases, sites};

/// The codes of errors that concern a single field.
const FIELD_ERRORS: [Code; 4] = [Code::UnknownField, Code::InvalidValue, Code::MissingField, Code::UnknownKind];

/// Parts of the messages of field errors that a schema can't express, each with the reason.
const INEXPRESSIBLE: &[(&str, &str)] = &[
    ("there's no such date", "months have different lengths"),
    ("not `20000 years`", "a sum of dates"),
    ("is listed after", "the ranks of other pages"),
    ("is abstract, so", "a field of another page"),
    ("isn't on a track", "the page of a folder"),
    ("needs a `title`", "the text can begin with the title"),
    ("`title` is empty", "the text can begin with the title"),
    ("starts a comment", "comments aren't part of a value"),
    ("curly quotes", "all characters can be part of a text"),
    ("no-break space", "all characters can be part of a text"),
    ("a list needs brackets", "a single name can have commas"),
    ("a space is missing after this colon", "keys can be any text"),
    ("in `assets` can't begin", "the syntax of patterns"),
    ("isn't a pattern for files", "the syntax of patterns"),
    ("must be the name of an editor", "schemes that aren't allowed"),
    ("has no `name`, `email` or `url`", "one of several fields"),
];

/// The guide in which drafts have names, as that of the schemas.
fn guide(project: &Tree) -> Guide {
    Guide::new(project, Options { drafts: true, today: Date::default() }).value
}

/// A schema, compiled.
struct Validator {
    schemas: Schemas,
    index: boon::SchemaIndex,
}

impl Validator {
    fn new(guide: &Guide, of: SchemaOf) -> Self {
        let mut compiler = Compiler::new();
        compiler.add_resource("schema.json", schema(guide, of)).expect("a schema");
        let mut schemas = Schemas::new();
        let index = compiler.compile("schema.json", &mut schemas).expect("a valid schema");
        Self { schemas, index }
    }

    /// The first reason why a value is invalid.
    fn error(&self, value: &Json) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| error.to_string())
    }
}

/// A YAML value as other programs read it.
fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar { text, is_text: true } => Json::String(text.clone()),
        Value::Scalar { text, .. } => serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone())),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|((name, _), node)| (name.clone(), json(node))).collect::<Map<_, _>>())
        }
    }
}

/// The front matter of a page between two exact `---` lines, if it is YAML.
fn front_matter(page: &Page) -> Option<Json> {
    let source = &page.source;
    let start = source.strip_prefix('\u{feff}').map_or(0, |_| 3);
    let rest = source[start..].strip_prefix("---\n")?;
    let start = start + 4;
    let end = if rest.starts_with("---") {
        start
    } else {
        start + rest.find("\n---\n").or_else(|| rest.strip_suffix("\n---").map(str::len))?
    };
    yaml::parse(source, start..end).ok().map(|node| json(&node))
}

fn configuration(project: &Tree) -> Option<Json> {
    let text = std::str::from_utf8(project.bytes(&TreePath::normalized(config::FILE))?).ok()?;
    yaml::parse(text, 0..text.len()).ok().map(|node| json(&node))
}

/// The project of the folder `src/command/starter`.
fn starter() -> Tree {
    stepladder::disk::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/command/starter")).expect("a project")
}

#[test]
fn every_file_of_every_valid_site_satisfies_its_schema() {
    let starter = starter();
    let sites = sites::all().map(|site| (site.name.as_str(), &site.project)).chain([("starter", &starter)]);
    let mut checked = 0;
    for (name, project) in sites {
        let guide = guide(project);
        let any_page = Validator::new(&guide, SchemaOf::AnyPage);
        let of_kinds = Kind::ALL.map(|kind| Validator::new(&guide, SchemaOf::Kind(kind)));
        for (_, page) in guide.pages.all() {
            let value = front_matter(page).unwrap_or_else(|| panic!("{name}: {} has front matter", page.file));
            let errors = [any_page.error(&value), of_kinds[page.kind as usize].error(&value)];
            assert_eq!(errors, [None, None], "{name}: {}", page.file);
            for other in Kind::ALL.into_iter().filter(|kind| *kind != page.kind) {
                assert!(
                    of_kinds[other as usize].error(&value).is_some(),
                    "{name}: {} isn't {}",
                    page.file,
                    other.described()
                );
            }
            checked += 1;
        }
        let value = configuration(project).expect("a configuration");
        assert_eq!(Validator::new(&guide, SchemaOf::Config).error(&value), None, "{name}");
    }
    assert!(checked > 100, "{checked} pages");
}

/// A file of a project, with what it says and the schema for it.
struct Described<'g> {
    file: TreePath,
    value: Json,
    of: SchemaOf,
    /// Whether its problems aren't reported: those of drafts, and of front matter that has a larger problem.
    is_unreported: bool,
    /// The problems in its fields.
    problems: Vec<&'g Diagnostic>,
}

/// The files with fields of a project. A page whose kind is unknown has the schema of any page.
fn described<'p>(project: &Tree, drafts: bool, guide: &Guide, problems: &'p [Diagnostic]) -> Vec<Described<'p>> {
    let within = |file: &TreePath, end: usize| -> Vec<&'p Diagnostic> {
        problems.iter().filter(|problem| problem.span.file == *file && problem.span.start < end).collect()
    };
    let page = |page: &Page| {
        let problems = within(&page.file, page.body);
        let is_unknown = problems.iter().any(|problem| problem.code == Code::UnknownKind);
        let of = if is_unknown { SchemaOf::AnyPage } else { SchemaOf::Kind(page.kind) };
        let is_unreported = page.broken || page.draft && !drafts;
        Some(Described { file: page.file.clone(), value: front_matter(page)?, of, is_unreported, problems })
    };
    let file = TreePath::normalized(config::FILE);
    let problems = within(&file, usize::MAX);
    let config = configuration(project).map(|value| Described {
        file,
        value,
        of: SchemaOf::Config,
        is_unreported: false,
        problems,
    });
    guide.pages.all().filter_map(|(_, found)| page(found)).chain(config).collect()
}

#[test]
fn every_faulty_field_of_the_cases_is_refused_and_nothing_else() {
    let (mut wrong, mut refused, mut inexpressible) = (Vec::new(), 0, 0);
    for (name, project, drafts) in cases::projects() {
        let problems = Guide::new(&project, Options { drafts, today: Date::default() }).diagnostics;
        let guide = guide(&project);
        let mut validators: Vec<(SchemaOf, Validator)> = Vec::new();
        for Described { file, value, of, is_unreported, problems } in described(&project, drafts, &guide, &problems) {
            let at = validators.iter().position(|(known, _)| *known == of).unwrap_or_else(|| {
                validators.push((of, Validator::new(&guide, of)));
                validators.len() - 1
            });
            let faults = problems.iter().filter(|problem| FIELD_ERRORS.contains(&problem.code));
            let faults: Vec<&str> = faults.map(|problem| problem.message.as_str()).collect();
            let is_inexpressible = |message: &&str| INEXPRESSIBLE.iter().any(|(part, _)| message.contains(part));
            match validators[at].1.error(&value) {
                Some(_) if !faults.is_empty() => refused += 1,
                Some(error) if !is_unreported => {
                    wrong.push(format!("{name}: {file} is refused: {error}\n{value}"));
                }
                None if !faults.is_empty() && faults.iter().all(is_inexpressible) => inexpressible += 1,
                None if !faults.is_empty() => wrong.push(format!("{name}: {file} is accepted: {faults:?}\n{value}")),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(refused > 50 && inexpressible > 0, "{refused} refused, {inexpressible} inexpressible");
}

#[test]
fn fields_offer_the_names_of_the_project() {
    let project = Project::new()
        .file(
            "stepladder.yaml",
            "title: T\nareas: { tech: Technology }\nowners: { people: { name: People team, email: p@example.org } }\n",
        )
        .file("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n")
        .file("content/ic/senior.md", "---\nkind: level\ntitle: Senior Engineer\ncode: IC3\nrank: 3\n---\n")
        .file("content/m/senior.md", "---\nkind: level\ntitle: Senior Manager\nrank: 3\nalso_known_as: Head\n---\n")
        .file(
            "content/craft.md",
            "---\nkind: competency\ntitle: Craft\nscale: [Learning, Leading]\ndraft: true\n---\n",
        );
    let guide = guide(&project.tree());
    let level = schema(&guide, SchemaOf::Kind(Kind::Level));
    let names = |definition: &str| level["definitions"][definition]["enum"].clone();
    assert_eq!(
        names("level"),
        serde_json::json!(["Head", "IC3", "Senior Engineer", "Senior Manager", "ic/senior", "m/senior"])
    );
    assert_eq!(names("track"), serde_json::json!(["Individual contributor", "ic"]));
    assert_eq!(names("competency"), serde_json::json!(["Craft", "craft"]));
    assert_eq!(names("owner"), serde_json::json!(["People team", "people"]));
    let profile = &level["properties"]["profile"]["anyOf"][0]["properties"]["craft"]["anyOf"][0];
    assert_eq!(profile["enum"], serde_json::json!(["Learning", "Leading", 1, 2]));
    let facets = level["properties"]["facets"]["anyOf"][0]["properties"].as_object().expect("facets");
    assert_eq!(facets.keys().collect::<Vec<_>>(), ["autonomy", "impact", "scope"]);
    let competency = schema(&guide, SchemaOf::Kind(Kind::Competency));
    assert_eq!(competency["definitions"]["area"]["enum"], serde_json::json!(["Technology", "tech"]));
    assert_eq!(competency["definitions"]["level"], Json::Null);
}
