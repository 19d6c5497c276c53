//! YAML frameworks: a file per competency or level, or lists of levels, skills and behaviours.

use super::recogniser::{DEFAULT_TRACK, Recogniser};
use crate::import::draft::{DraftExample, DraftLevel, DraftLine, DraftPage};
use crate::import::ledger::{Placed, Reason, TextId, TextPlace};
use crate::import::level_name::level_from;
use crate::import::read::page_name;
use crate::yaml::{Node, Value};

/// Reads all YAML files.
pub(super) fn recognise(recogniser: &mut Recogniser<'_>, files: &[(String, String, Node)]) {
    for (name, source, node) in files {
        let before = recogniser.ladder.expectations();
        let mut reader = YamlReader { recogniser, name, source, ids: Vec::new() };
        reader.record(node);
        let value = Entry { node };
        if let Some(topics) = value.list("topics") {
            reader.topics(value, topics);
        } else if value.has("levels") && (value.has("skills") || value.has("behaviours") || value.has("behaviors")) {
            reader.skills(value);
        } else if let Value::List(entries) = &node.value {
            reader.entries(entries);
        } else if value.has("level") {
            reader.entries(std::slice::from_ref(node));
        }
        if recogniser.ladder.expectations() > before {
            recogniser.understood.push(format!("{name}: a framework in YAML"));
        } else {
            recogniser.seen.push(format!("{name} has YAML of an unknown form"));
        }
    }
}

/// A mapping of YAML.
#[derive(Clone, Copy)]
struct Entry<'n> {
    node: &'n Node,
}

impl<'n> Entry<'n> {
    fn get(self, key: &str) -> Option<&'n Node> {
        let Value::Map(fields) = &self.node.value else { return None };
        fields.iter().find(|((name, _), _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    fn any(self, keys: &[&str]) -> Option<&'n Node> {
        keys.iter().find_map(|key| self.get(key))
    }

    fn has(self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn list(self, key: &str) -> Option<&'n [Node]> {
        match &self.get(key)?.value {
            Value::List(values) => Some(values),
            _ => None,
        }
    }
}

struct YamlReader<'a, 'l> {
    recogniser: &'a mut Recogniser<'l>,
    name: &'a str,
    source: &'a str,
    /// The texts by the start of their values.
    ids: Vec<(usize, TextId)>,
}

impl YamlReader<'_, '_> {
    /// Records every value of a file.
    fn record(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => {
                let line = self.source[..node.span.start.min(self.source.len())].matches('\n').count() + 1;
                let id = self.recogniser.ledger.add(TextPlace::Line(self.name.into(), line));
                self.ids.push((node.span.start, id));
            }
            Value::List(values) => values.iter().for_each(|value| self.record(value)),
            Value::Map(fields) => fields.iter().for_each(|(_, value)| self.record(value)),
            _ => {}
        }
    }

    fn mark(&mut self, node: &Node, outcome: Result<Placed, Reason>) {
        let id = self.ids.iter().find(|(start, _)| *start == node.span.start).map(|(_, id)| *id);
        self.recogniser.record(id, outcome);
    }

    /// The text of a value, recorded as placed.
    fn text(&mut self, node: Option<&Node>, placed: Placed) -> String {
        let Some(node) = node else { return String::new() };
        let Value::Scalar { text, .. } = &node.value else { return String::new() };
        self.mark(node, Ok(placed));
        text.trim().to_owned()
    }

    /// The texts of a value that is one or a list.
    fn texts(&mut self, node: Option<&Node>, placed: Placed) -> Vec<String> {
        match node.map(|node| &node.value) {
            Some(Value::List(values)) => values.iter().flat_map(|value| self.texts(Some(value), placed)).collect(),
            Some(Value::Map(_)) => {
                let entry = Entry { node: node.unwrap_or_else(|| unreachable!("a value was matched")) };
                self.texts(entry.any(&["description", "summary", "text", "criteria", "name"]), placed)
            }
            _ => Some(self.text(node, placed)).filter(|text| !text.is_empty()).into_iter().collect(),
        }
    }

    fn track(&mut self) -> usize {
        let name = self.recogniser.mapping.track.clone();
        self.recogniser.ladder.track(name.as_deref().unwrap_or(DEFAULT_TRACK))
    }

    fn level(&mut self, name: &str) -> usize {
        let track = self.track();
        // Numbers alone need a word to be names.
        let level = if name.chars().all(|c| c.is_ascii_digit()) {
            DraftLevel { page: DraftPage::new(&format!("Level {name}")), ..DraftLevel::default() }
        } else {
            level_from(name)
        };
        self.recogniser.ladder.level(track, &level)
    }

    fn add(&mut self, level: usize, competency: usize, texts: Vec<String>, examples: Vec<String>) {
        let example = |text: String| DraftExample { text, ..DraftExample::default() };
        let line = |text: String| DraftLine { text: one_line(&text), ..DraftLine::default() };
        let mut lines: Vec<DraftLine> = texts.into_iter().map(line).collect();
        let examples = examples.into_iter().map(|text| example(one_line(&text)));
        match lines.as_mut_slice() {
            [only] => only.examples.extend(examples),
            _ => self.recogniser.ladder.cell(level, competency).examples.extend(examples),
        }
        self.recogniser.ladder.add(level, competency, lines);
    }

    /// `topics[].content[{level, criteria, exampleCriteria}]`
    fn topics(&mut self, file: Entry<'_>, topics: &[Node]) {
        let area = self.text(file.any(&["name", "title", "category"]), Placed::Area);
        for node in topics {
            let topic = Entry { node };
            let name = self.text(topic.any(&["title", "name", "topic"]), Placed::Competency);
            if name.is_empty() {
                continue;
            }
            let area = (!area.is_empty()).then_some(area.as_str());
            let competency = self.recogniser.ladder.competency(&name, area);
            let intro = self.texts(topic.any(&["description", "summary"]), Placed::Summary);
            self.recogniser.ladder.competencies[competency].page.intro.extend(intro);
            for node in topic.list("content").unwrap_or_default() {
                let content = Entry { node };
                let level = self.text(content.get("level"), Placed::Level);
                if level.is_empty() {
                    continue;
                }
                let level = self.level(&level);
                let texts = self.texts(content.any(&["criteria", "expectations"]), Placed::Expectation);
                let examples = self.texts(content.any(&["exampleCriteria", "examples"]), Placed::Example);
                self.add(level, competency, texts, examples);
            }
        }
    }

    /// `{level, theme, summary, examples}`, one or a list.
    fn entries(&mut self, entries: &[Node]) {
        for node in entries {
            let entry = Entry { node };
            let level = self.text(entry.get("level"), Placed::Level);
            let theme = self.text(entry.any(&["theme", "competency", "topic", "skill"]), Placed::Competency);
            if level.is_empty() {
                continue;
            }
            let theme = if theme.is_empty() { page_name(self.name) } else { theme };
            let level = self.level(&level);
            let area = self.text(entry.any(&["area", "category"]), Placed::Area);
            let competency = self.recogniser.ladder.competency(&theme, (!area.is_empty()).then_some(area.as_str()));
            let texts =
                self.texts(entry.any(&["summary", "expectations", "criteria", "description"]), Placed::Expectation);
            let examples = self.texts(entry.get("examples"), Placed::Example);
            self.add(level, competency, texts, examples);
        }
    }

    /// `{skills, behaviours, levels, disciplines}` with a description for each level, by its number or name.
    fn skills(&mut self, file: Entry<'_>) {
        let mut levels = Vec::new();
        for (at, node) in file.list("levels").unwrap_or_default().iter().enumerate() {
            let entry = Entry { node };
            let named = entry.any(&["name", "title", "level"]).unwrap_or(node);
            let name = self.text(Some(named), Placed::Level);
            if name.is_empty() {
                continue;
            }
            let level = self.level(&name);
            let key = self.text(entry.any(&["id", "key", "code"]), Placed::Link);
            let intro = self.texts(entry.any(&["description", "summary"]), Placed::Summary);
            self.recogniser.ladder.levels[level].page.intro.extend(intro);
            levels.push((level, vec![name, key, (at + 1).to_string()]));
        }
        for (group, area) in [("skills", "Skills"), ("behaviours", "Behaviours"), ("behaviors", "Behaviors")] {
            for node in file.list(group).unwrap_or_default() {
                self.skill(Entry { node }, area, &levels);
            }
        }
    }

    fn skill(&mut self, skill: Entry<'_>, area: &str, levels: &[(usize, Vec<String>)]) {
        let name = self.text(skill.any(&["name", "title"]), Placed::Competency);
        if name.is_empty() {
            return;
        }
        let competency = self.recogniser.ladder.competency(&name, Some(area));
        let intro = self.texts(skill.any(&["description", "summary"]), Placed::Summary);
        self.recogniser.ladder.competencies[competency].page.intro.extend(intro);
        let described =
            skill.any(&["proficiencies", "proficiency", "levels", "descriptions", "proficiencyDescriptions"]);
        let entries: Vec<(String, &Node)> = match described.map(|node| &node.value) {
            Some(Value::Map(fields)) => fields.iter().map(|((key, _), value)| (key.clone(), value)).collect(),
            Some(Value::List(values)) => values
                .iter()
                .enumerate()
                .map(|(at, node)| {
                    let key = Entry { node }.any(&["level", "id", "name"]);
                    let key = key.map_or(String::new(), |key| self.text(Some(key), Placed::Link));
                    (if key.is_empty() { (at + 1).to_string() } else { key }, node)
                })
                .collect(),
            _ => Vec::new(),
        };
        for (key, node) in entries {
            let level = levels.iter().find(|(_, keys)| keys.iter().any(|one| one.eq_ignore_ascii_case(&key)));
            let Some((level, _)) = level else { continue };
            let texts = self.texts(Some(node), Placed::Expectation);
            let examples = self.texts(Entry { node }.get("examples"), Placed::Example);
            self.add(*level, competency, texts, examples);
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
