//! Generated ladders in random styles: everything is placed right, or named.

use std::fmt::Write as _;

use stepladder::import::{Mapping, SourceFile, plan};

use super::expected::Cells;
use super::{import, source};
use crate::support::Rng;

/// The number of generated sources.
const SOURCES: u64 = 200;

const LEVELS: [&str; 7] = [
    "Junior Engineer",
    "Engineer",
    "Senior Engineer",
    "Staff Engineer",
    "Principal Engineer",
    "Distinguished Engineer",
    "Fellow",
];
const COMPETENCIES: [&str; 8] =
    ["Craft", "Delivery", "Communication", "Mentoring", "Strategy", "C++", "Risk & safety", "Data (SQL)"];
const WORDS: [&str; 16] = [
    "writes",
    "plans",
    "#1",
    "reviews",
    "<b>",
    "teams",
    "[x]",
    "a_b",
    "50%",
    "designs",
    "{id}",
    "&amp;",
    "*star*",
    "without",
    "help",
    "“quoted”",
];

/// A ladder: for each competency and level its expectations.
pub(crate) struct Generated {
    levels: Vec<&'static str>,
    competencies: Vec<&'static str>,
    texts: Vec<Vec<Vec<String>>>,
}

impl Generated {
    pub(crate) fn new(random: &mut Rng) -> Self {
        let levels = LEVELS[..2 + random.below(6)].to_vec();
        let competencies = COMPETENCIES[..=random.below(8)].to_vec();
        let mut number = 0;
        let mut sentence = |random: &mut Rng| {
            number += 1;
            let words: Vec<&str> = (0..2 + random.below(5)).map(|_| *random.pick(&WORDS)).collect();
            format!("Does {number} {}", words.join(" "))
        };
        let mut cell = |random: &mut Rng| (0..=random.below(3)).map(|_| sentence(random)).collect::<Vec<_>>();
        let texts = competencies.iter().map(|_| levels.iter().map(|_| cell(random)).collect()).collect();
        Self { levels, competencies, texts }
    }

    /// The ladder as a CSV file with levels as columns.
    pub(crate) fn csv(&self) -> SourceFile {
        styled(self, 0)
    }

    fn cells(&self) -> Cells {
        let mut cells = Cells::new();
        for (competency, of_levels) in self.competencies.iter().zip(&self.texts) {
            for (level, texts) in self.levels.iter().zip(of_levels) {
                cells.extend(texts.iter().map(|text| ((*level).to_owned(), (*competency).to_owned(), text.clone())));
            }
        }
        cells
    }

    /// The ladder as a table, with levels as columns or as rows, in which each cell joins its texts.
    fn table(&self, by_columns: bool, join: &dyn Fn(&[String]) -> String) -> Vec<Vec<String>> {
        let (across, down) =
            if by_columns { (&self.levels, &self.competencies) } else { (&self.competencies, &self.levels) };
        let corner = if by_columns { "Competency" } else { "Level" };
        let header = std::iter::once(corner).chain(across.iter().copied()).map(str::to_owned).collect();
        let row = |(at, name): (usize, &&str)| {
            let cell = |other: usize| if by_columns { &self.texts[at][other] } else { &self.texts[other][at] };
            let cells = (0..across.len()).map(|other| join(cell(other)));
            std::iter::once((*name).to_owned()).chain(cells).collect()
        };
        std::iter::once(header).chain(down.iter().enumerate().map(row)).collect()
    }

    fn flat(&self) -> Vec<Vec<String>> {
        let rows = self.cells().into_iter().map(|(level, competency, text)| vec![level, competency, text]);
        std::iter::once(vec!["Role".to_owned(), "Skill".to_owned(), "Expectation".to_owned()]).chain(rows).collect()
    }

    fn markdown(&self, by_level: bool) -> String {
        let mut out = "# Ladder\n".to_owned();
        let (outer, inner) =
            if by_level { (&self.levels, &self.competencies) } else { (&self.competencies, &self.levels) };
        for (first, name) in outer.iter().enumerate() {
            write!(out, "\n## {}\n", literal(name)).expect("to memory");
            for (second, name) in inner.iter().enumerate() {
                write!(out, "\n### {}\n\n", literal(name)).expect("to memory");
                let texts = if by_level { &self.texts[second][first] } else { &self.texts[first][second] };
                for text in texts {
                    writeln!(out, "- {}", literal(text)).expect("to memory");
                }
            }
        }
        out
    }

    fn html(&self) -> String {
        let cell = |text: &String| {
            format!("<td>{}</td>", text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>"))
        };
        let row = |row: &Vec<String>| format!("<tr>{}</tr>", row.iter().map(cell).collect::<String>());
        format!("<table>{}</table>", self.table(true, &|texts| texts.join("\n")).iter().map(row).collect::<String>())
    }
}

/// A text with a backslash before everything that Markdown could read as markup.
fn literal(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect()
}

fn delimited(rows: &[Vec<String>], delimiter: &str) -> String {
    let field = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    rows.iter().map(|row| row.iter().map(field).collect::<Vec<_>>().join(delimiter) + "\r\n").collect()
}

fn styled(ladder: &Generated, style: usize) -> SourceFile {
    let lines = |texts: &[String]| texts.join("\n");
    let bullets = |texts: &[String]| texts.iter().map(|text| format!("• {text}")).collect::<Vec<_>>().join("\n");
    let numbers =
        |texts: &[String]| (1..).zip(texts).map(|(at, text)| format!("{at}. {text}")).collect::<Vec<_>>().join("\n");
    match style {
        0 => source("a.csv", &delimited(&ladder.table(true, &lines), ",")),
        1 => source("a.csv", &delimited(&ladder.table(false, &bullets), ";")),
        2 => source("a.tsv", &delimited(&ladder.table(true, &numbers), "\t")),
        3 => source("a.csv", &delimited(&ladder.flat(), ",")),
        4 => source("a.md", &ladder.markdown(true)),
        5 => source("a.md", &ladder.markdown(false)),
        _ => source("a.html", &ladder.html()),
    }
}

#[test]
fn generated_ladders_are_placed_right_in_every_style() {
    for seed in 0..SOURCES {
        let mut random = Rng::new(seed);
        let ladder = Generated::new(&mut random);
        let style = random.below(7);
        let source = styled(&ladder, style);
        let plan = plan(std::slice::from_ref(&source), &Mapping::default())
            .unwrap_or_else(|error| panic!("{seed}, style {style}: {error}"));
        assert_eq!(plan.placed + plan.named.len(), plan.texts, "{seed}, style {style}");
        assert!(plan.named.is_empty(), "{seed}, style {style}: {:#?}", plan.named);
        // To build a site takes longest, so that's done for some.
        if seed % 5 == 0 {
            let imported = import(&[source], &Mapping::default());
            let (found, expected) = (imported.cells(), ladder.cells());
            let missing: Vec<_> = expected.difference(&found).collect();
            assert!(
                missing.is_empty() && found.len() == expected.len(),
                "{seed}, style {style}: {missing:#?}\n{}",
                imported.text()
            );
        }
    }
}
