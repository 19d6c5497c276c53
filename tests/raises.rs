//! Expectations that are raised or retired: they hold no longer at a level and all that extend it, in whatever way these
//! inherit them.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use stepladder::guide::{Guide, Options};
use stepladder::ladder::{ExpectationId, Ladder, LevelId, State, compare};

use crate::support::{Built, Project, TODAY};

const COMPETENCIES: [&str; 2] = ["craft", "people"];

/// A level of a random ladder; numbers choose from what is possible.
#[derive(Debug, Clone)]
struct LevelPlan {
    /// The bits of the levels below that it extends.
    bases: u8,
    /// For each base, the competencies that it takes over: 0 for all, otherwise one of them.
    only: [u8; 3],
    /// The competency that doesn't apply, if it's 1 or 2.
    not_applicable: u8,
    /// The number of expectations in each competency.
    lines: [u8; 2],
    /// The inherited expectations that its expectations raise.
    raises: Vec<u8>,
    /// The inherited expectations that it retires.
    retires: Vec<u8>,
}

fn level_plan() -> impl Strategy<Value = LevelPlan> {
    let only = [0..4_u8, 0..4, 0..4];
    let lines = [0..3_u8, 0..3];
    (any::<u8>(), only, 0..8_u8, lines, vec(any::<u8>(), 0..4), vec(any::<u8>(), 0..2)).prop_map(
        |(bases, only, not_applicable, lines, raises, retires)| LevelPlan {
            bases,
            only,
            not_applicable,
            lines,
            raises,
            retires,
        },
    )
}

/// An expectation of a planned ladder: its level, its competency, and its number in the cell.
type Line = (usize, usize, usize);

/// A ladder by its definition: what is written, and what each level says of it.
#[derive(Debug, Default)]
struct Planned {
    /// For each level those that it extends, each with the competencies that it takes over.
    extends: Vec<Vec<(usize, Vec<usize>)>>,
    lines: Vec<Vec<Line>>,
    /// What each level raises or retires itself, each with the competency in which other levels have that from there: that of
    /// the expectation that raises it, or its own.
    superseded: Vec<BTreeSet<(Line, usize)>>,
    files: Vec<(String, String)>,
}

impl Planned {
    fn new(plans: &[LevelPlan]) -> Self {
        let mut planned = Self::default();
        for plan in plans {
            planned.add(plan);
        }
        planned
    }

    /// The levels that a level has a competency from, itself included.
    fn reached(&self, level: usize, competency: usize) -> BTreeSet<usize> {
        let (mut reached, mut waiting) = (BTreeSet::new(), vec![level]);
        while let Some(next) = waiting.pop() {
            if reached.insert(next) {
                let bases = self.extends[next].iter().filter(|(_, only)| only.contains(&competency));
                waiting.extend(bases.map(|(base, _)| *base));
            }
        }
        reached
    }

    /// What holds at a level: what is written for it, and what holds at those that it extends, unless it or a level that it
    /// has the competency from says that it no longer holds.
    fn holding(&self, level: usize) -> BTreeSet<Line> {
        let mut holding: BTreeSet<Line> = self.lines[level].iter().copied().collect();
        for (base, only) in &self.extends[level] {
            holding.extend(self.holding(*base).into_iter().filter(|line| only.contains(&line.1)));
        }
        for competency in 0..COMPETENCIES.len() {
            for of in self.reached(level, competency) {
                holding.retain(|line| !self.superseded[of].contains(&(*line, competency)));
            }
        }
        holding
    }

    fn add(&mut self, plan: &LevelPlan) {
        let level = self.extends.len();
        let not_applicable = usize::from(plan.not_applicable).checked_sub(1).filter(|at| *at < COMPETENCIES.len());
        let applies = |competency: &usize| Some(*competency) != not_applicable;
        let bases = (0..level).filter(|base| plan.bases & (1 << base) != 0).take(3);
        let mut written_bases = Vec::new();
        let extends = bases.zip(plan.only).map(|(base, only)| {
            let only = usize::from(only).checked_sub(1).filter(|at| *at < COMPETENCIES.len());
            let limit = only.map(|at| format!(", competencies: [{}]", COMPETENCIES[at])).unwrap_or_default();
            written_bases.push(format!("{{level: ic/l{base}{limit}}}"));
            (base, (0..COMPETENCIES.len()).filter(|at| only.is_none_or(|only| only == *at)).filter(applies).collect())
        });
        self.extends.push(extends.collect());
        let of = |competency| (0..usize::from(plan.lines[competency])).map(move |at| (level, competency, at));
        self.lines.push((0..COMPETENCIES.len()).filter(applies).flat_map(of).collect());
        self.superseded.push(BTreeSet::new());
        let mut left: Vec<Line> = self.holding(level).into_iter().filter(|line| line.0 != level).collect();
        let mut choose = |numbers: &[u8]| -> Vec<Line> {
            let mut chosen = Vec::new();
            for number in numbers.iter().filter(|_| !self.lines[level].is_empty() || numbers.len() < 2) {
                if !left.is_empty() {
                    chosen.push(left.remove(usize::from(*number) % left.len()));
                }
            }
            chosen
        };
        let raised = if self.lines[level].is_empty() { Vec::new() } else { choose(&plan.raises) };
        let retired = choose(&plan.retires);
        self.superseded[level].extend(retired.iter().map(|line| (*line, line.1)));
        let mut marks: BTreeMap<Line, Vec<String>> = BTreeMap::new();
        for (at, line) in raised.iter().enumerate() {
            let by = self.lines[level][at % self.lines[level].len()];
            self.superseded[level].insert((*line, by.1));
            marks.entry(by).or_default().push(format!("ic/l{}#{}", line.0, id(line)));
        }
        let mut text = format!("---\nkind: level\ntitle: L{level}\nrank: {level}\nfacets: {{scope: One}}\n");
        text += &format!("extends: [{}]\n", written_bases.join(", "));
        text += &not_applicable.map(|at| format!("not_applicable: [{}]\n", COMPETENCIES[at])).unwrap_or_default();
        let retires: Vec<String> = retired.iter().map(|line| format!("\"ic/l{}#{}\"", line.0, id(line))).collect();
        text += &format!("retires: [{}]\n---\n", retires.join(", "));
        for (at, competency) in COMPETENCIES.iter().enumerate() {
            for (number, line) in self.lines[level].iter().filter(|line| line.1 == at).enumerate() {
                if number == 0 {
                    text += &format!("\n## {competency}\n\n");
                }
                let raises = marks.get(line).map(|names| format!(" raises={}", names.join(","))).unwrap_or_default();
                let id = id(line);
                text += &format!("- Word{id} other{id} third{id}. {{#{id}{raises}}}\n");
            }
        }
        self.files.push((format!("content/ic/l{level}.md"), text));
    }

    fn project(&self) -> Project {
        let project = Project::new().file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n");
        let project = COMPETENCIES.iter().fold(project, |project, name| {
            project.file(&format!("content/{name}.md"), &format!("---\nkind: competency\ntitle: {name}\n---\n"))
        });
        self.files.iter().fold(project, |project, (path, text)| project.bytes(path, text.as_bytes()))
    }
}

fn id((level, competency, at): &Line) -> String {
    format!("x{level}y{competency}z{at}")
}

/// What holds at a level, by the ids of expectations.
fn held(ladder: &Ladder, level: LevelId) -> BTreeSet<String> {
    let cells = ladder.level(level).cells.values();
    let lines = cells.flat_map(|cell| cell.lines.iter().chain(&cell.inherited));
    lines.map(|line| ladder.expectation(*line).id.to_string()).collect()
}

/// The comparison of two levels tells apart all expectations of both, each once.
fn assert_compared(ladder: &Ladder, before: LevelId, now: LevelId) {
    let changes = compare(ladder, before, now);
    let (mut of_before, mut of_now): (Vec<ExpectationId>, Vec<ExpectationId>) = (Vec::new(), Vec::new());
    for one in &changes {
        of_now.extend(one.added.iter().chain(&one.unchanged).chain(one.raised.iter().map(|raised| &raised.now)));
        of_before.extend(one.dropped.iter().chain(&one.open).chain(&one.unchanged));
        for raised in &one.raised {
            assert!(!raised.was.is_empty());
            let (mut replaced, mut at) = (ladder.raises(raised.now).to_vec(), 0);
            while let Some(next) = replaced.get(at) {
                replaced.extend_from_slice(ladder.raises(*next));
                at += 1;
            }
            assert!(raised.was.iter().all(|was| replaced.contains(was)), "{before:?} to {now:?}: {raised:?}");
        }
    }
    let was: BTreeSet<_> = changes.iter().flat_map(|one| &one.raised).flat_map(|raised| &raised.was).collect();
    of_before.extend(was);
    for (level, mut found) in [(before, of_before), (now, of_now)] {
        found.sort_unstable();
        let cells = ladder.level(level).cells.values();
        let mut lines: Vec<_> = cells.flat_map(|cell| cell.lines.iter().chain(&cell.inherited)).copied().collect();
        lines.sort_unstable();
        assert_eq!(found, lines, "{before:?} to {now:?}");
    }
}

#[test]
fn what_is_raised_or_retired_holds_at_no_level_that_has_it_from_there() {
    let config = Config { cases: 256, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (mut superseded, mut several) = (0, 0);
    let counts = std::cell::RefCell::new((&mut superseded, &mut several));
    let result = runner.run(&vec(level_plan(), 2..8), |plans| {
        let planned = Planned::new(&plans);
        let guide = Guide::new(&planned.project().tree(), Options { drafts: false, today: TODAY });
        let errors = guide
            .diagnostics
            .iter()
            .filter(|one| one.code.as_str() != "missing-cell" && one.code.as_str() != "empty-level");
        prop_assert_eq!(errors.collect::<Vec<_>>(), Vec::<&stepladder::diagnostic::Diagnostic>::new());
        let ladder = &guide.value.ladder;
        for level in ladder.levels.ids() {
            let number: usize =
                guide.value.pages.get(ladder.level(level).page).title.value[1..].parse().expect("a number");
            let expected: BTreeSet<String> = planned.holding(number).iter().map(id).collect();
            prop_assert_eq!(held(ladder, level), expected, "{}", number);
            let mut counts = counts.borrow_mut();
            *counts.0 += planned.superseded[number].len();
            *counts.1 += usize::from(planned.extends[number].len() > 1);
            for other in ladder.levels.ids() {
                assert_compared(ladder, level, other);
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(superseded > 300 && several > 300, "{superseded} expectations, {several} levels with several bases");
}

fn level(project: Project, id: &str, front: &str, body: &str) -> Project {
    let title = id.rsplit('/').next().expect("a name");
    project.bytes(
        &format!("content/{id}.md"),
        format!("---\nkind: level\ntitle: {title}\nfacets: {{scope: One}}\n{front}\n---\n{body}").as_bytes(),
    )
}

/// Three levels, of which the second raises two lines of the first at once, and one of another competency.
fn ladder() -> Project {
    let project = Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/people.md", "---\nkind: competency\ntitle: People\n---\n");
    let low = "## Craft\n- Takes tasks of up to three days.\n- Writes **a note** for each.\n- Stays.\n\n## People\n- Asks within half a day.\n- Listens.\n";
    let mid = "## Craft\n- Takes tasks of up to three weeks, with a design for each. {#weeks raises=takes-tasks-of-up-to-three-days,low#writes-a-note-for-each}\n\n## People\n- Answers within half a day. {raises=asks-within-half-a-day}\n";
    let project = level(project, "ic/low", "rank: 1", low);
    let project = level(project, "ic/mid", "rank: 2\nextends: ic/low", mid);
    level(
        project,
        "ic/top",
        "rank: 3\nextends: ic/mid\nretires: [low#stays]",
        "## Craft\n- Owns a service. {raises=weeks}\n",
    )
}

#[track_caller]
fn built(project: &Project) -> Built {
    let built = project.build();
    assert!(built.problems.is_empty(), "{:#?}", built.problems);
    built
}

#[test]
fn pages_say_raised_with_the_words_that_differ() {
    let built = built(&ladder());
    let (mid, top) = (built.text("ic/mid.html"), built.text("ic/top.html"));
    assert!(mid.contains("<b>2</b> raised") && !mid.contains("hanged</mark>"), "{mid}");
    assert!(mid.contains("<mark>Raised</mark>") && !mid.contains("<mark>New</mark>"), "{mid}");
    let was = "<p>Takes tasks of up to three <del>days.</del></p><p><del>Writes</del> a <del>note</del> for each.</p>";
    assert!(mid.contains(was), "{mid}");
    assert!(mid.contains("4 expectations hold at this level"), "two of its own, and two: {mid}");
    assert!(!mid.contains("Asks within half a day.</li>") && mid.contains("<li>Listens.</li>"), "{mid}");
    assert!(top.contains("3 expectations hold at this level") && top.contains("1 no longer expected"), "{top}");
    assert!(!top.contains("<li>Stays.</li>") && !top.contains("weeks, with a design for each.</li>"), "{top}");
    let low = built.text("ic/low.html");
    assert!(low.contains("id=\"stays\"") && low.contains("id=\"takes-tasks-of-up-to-three-days\""), "still there");
}

#[test]
fn comparisons_follow_what_raises_what_over_several_levels() {
    let built = built(&ladder());
    let page = built.text("compare/low--mid.html");
    assert!(page.contains("<b>2</b> raised") && !page.contains("no longer expected</summary>"), "{page}");
    assert!(
        page.contains("class=\"was-text\">Takes tasks") && page.contains("class=\"was-text\"><del>Writes"),
        "{page}"
    );
    let context = built.site.context();
    let id = |title: &str| {
        let of = |level: &LevelId| context.pages.get(context.ladder.level(*level).page).title.value == title;
        context.ladder.levels.ids().find(of).expect("the level")
    };
    let changes = compare(&context.ladder, id("low"), id("top"));
    let text = |one: &ExpectationId| context.ladder.expectation(*one).statement.text.as_str();
    assert_eq!(text(&changes[0].raised[0].now), "Owns a service.");
    let was: Vec<&str> = changes[0].raised[0].was.iter().map(text).collect();
    assert_eq!(was, ["Takes tasks of up to three days.", "Writes a note for each."]);
    assert_eq!(changes[0].dropped.iter().map(text).collect::<Vec<_>>(), ["Stays."], "it's retired");
}

#[test]
fn the_matrix_the_assessment_and_print_follow() {
    let built = built(&ladder());
    let matrix = built.text("matrix.html");
    assert!(matrix.contains("<mark>Raised</mark> Takes tasks of up to three <ins>weeks, with"), "{matrix}");
    assert!(matrix.contains("data-gone=\"0.0 0.1\"") && matrix.contains("data-gone=\"1.0 0.2\""), "{matrix}");
    let sheet = built.text("assess/ic.html");
    let except = "data-except=\"ic/low#takes-tasks-of-up-to-three-days\nic/low#writes-a-note-for-each\nic/low#asks-within-half-a-day\"";
    assert!(sheet.contains(except) && sheet.contains("apart from 3 that are raised or no longer expected"), "{sheet}");
    let print = built.text("print/index.html");
    let listed = "apart from what is raised or no longer expected here:</p>\n<ul class=\"book-superseded\">";
    assert_eq!(print.matches(listed).count(), 1, "{print}");
    assert!(print.contains("expects but in Craft applies as well.</p>"), "of which everything is: {print}");
    assert!(print.contains(">Asks within half a day.</a></li>"), "{print}");
}

#[test]
fn a_competency_of_which_everything_is_retired_is_not_written_yet() {
    let project =
        level(ladder(), "ic/end", "rank: 4\nextends: ic/top\nretires: [listens, answers-within-half-a-day]", "Text.\n");
    let built = project.build();
    let codes: Vec<&str> = built.problems.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["missing-cell"]);
    let context = built.site.context();
    let level = context.ladder.levels.ids().last().expect("levels");
    let end =
        context.ladder.levels.ids().find(|id| context.pages.get(context.ladder.level(*id).page).title.value == "end");
    let people = context.ladder.competencies.ids().last().expect("a competency");
    assert_eq!(context.ladder.state(end.unwrap_or(level), people), State::Missing);
    assert!(built.text("ladder.csv").contains("IC,end,,4,,People,retired,,Listens.,,,ic/low.html#listens"));
    let fixed = level_without(&project);
    assert!(fixed.problems().is_empty(), "{:?}", fixed.problems());
}

/// The same, where the author says that the competency doesn't apply.
fn level_without(project: &Project) -> Project {
    level(project.clone(), "ic/end", "rank: 4\nextends: ic/top\nnot_applicable: [people]", "Text.\n")
}

#[test]
fn raising_in_the_same_words_is_reported_once() {
    let project = level(ladder(), "ic/end", "rank: 4\nextends: ic/top", "## People\n- Listens. {raises=listens}\n");
    let codes: Vec<&str> = project.problems().iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["duplicate-expectation"]);
}

#[test]
fn an_expectation_on_a_competency_s_page_raises_too() {
    let craft = "---\nkind: competency\ntitle: Craft\n---\n## low\n- Takes tasks. {#takes}\n\n## mid\n| Expectation |\n| --- |\n| Takes projects. {#projects raises=takes} |\n";
    let project = Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .bytes("content/craft.md", craft.as_bytes());
    let built = built(&level(level(project, "ic/low", "rank: 1", ""), "ic/mid", "rank: 2\nextends: ic/low", ""));
    assert!(built.text("ic/mid.html").contains("1 expectation holds at this level"), "{}", built.text("ic/mid.html"));
}
