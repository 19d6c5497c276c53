//! Large generated ladders, for benchmarks and for the limits of sizes: their text is made up, but in its amount and its
//! proportions like that of real ladders.

mod company;
mod neutral;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of a project, by path.
pub(crate) type Files = BTreeMap<String, String>;

/// The kinds of ladders that are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "not all use both")]
pub(crate) enum Shape {
    /// The ladder of a large company: many tracks of 8 levels, each level with cells of its own, which extends the one below.
    Company,
    /// Few tracks with many levels, without cells: the text that any generator of sites could be given.
    Neutral,
}

#[allow(dead_code, reason = "each bench and test uses a part of it")]
impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::Company, Self::Neutral];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Neutral => "neutral",
        }
    }

    /// A project of about `pages` pages.
    pub(crate) fn files(self, pages: usize) -> Files {
        match self {
            Self::Company => company::files(pages),
            Self::Neutral => neutral::files(pages),
        }
    }

    /// Writes a project of about `pages` pages.
    pub(crate) fn write(self, pages: usize, root: &Path) {
        for (path, text) in self.files(pages) {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("the folder is made");
            fs::write(file, text).expect("the file is written");
        }
    }
}

/// Words that look like chance and are the same every time.
struct Words(u64);

const VERBS: [&str; 20] = [
    "aligns",
    "builds",
    "checks",
    "clarifies",
    "coaches",
    "debugs",
    "delegates",
    "drafts",
    "escalates",
    "guides",
    "improves",
    "launches",
    "maintains",
    "mentors",
    "monitors",
    "prioritises",
    "protects",
    "refactors",
    "schedules",
    "shapes",
];

const NOUNS: [&str; 32] = [
    "audit",
    "backup",
    "benchmark",
    "boundary",
    "calendar",
    "campaign",
    "capability",
    "charter",
    "commitment",
    "component",
    "constraint",
    "dashboard",
    "database",
    "deadline",
    "defect",
    "guideline",
    "handbook",
    "hypothesis",
    "interview",
    "library",
    "milestone",
    "module",
    "network",
    "objective",
    "partnership",
    "postmortem",
    "protocol",
    "prototype",
    "quarter",
    "runbook",
    "schema",
    "workshop",
];

const CIRCUMSTANCES: [&str; 12] = [
    "for one team",
    "across the company",
    "together with another department",
    "before anyone notices",
    "in half of the time",
    "with little guidance",
    "when priorities conflict",
    "during an outage",
    "from first principles",
    "over several quarters",
    "in plain words",
    "for people who are new",
];

impl Words {
    /// A source of words; each seed gives others.
    fn new(seed: u64) -> Self {
        let mut words = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        words.below(2);
        words
    }

    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// A sentence of about a hundred characters, without its full stop.
    fn sentence(&mut self) -> String {
        let sentence = format!(
            "{} a {} and a {} {}, and {} the {} behind it {}",
            self.pick(&VERBS),
            self.pick(&NOUNS),
            self.pick(&NOUNS),
            self.pick(&CIRCUMSTANCES),
            self.pick(&VERBS),
            self.pick(&NOUNS),
            self.pick(&CIRCUMSTANCES),
        );
        capitalized(&sentence)
    }

    /// Sentences in a row.
    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| format!("{}.", self.sentence())).collect::<Vec<_>>().join(" ")
    }
}

fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}
