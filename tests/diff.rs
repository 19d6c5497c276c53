//! Two revisions of a guide compared: a corpus of labelled edits, and what's true of any two guides.

mod corpus;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use stepladder::diff::{FieldChange, GuideDiff, PageChange, TextChange, TextKind, TextSide, Verdict, diff};

use self::corpus::{Case, Style, styles};

/// The least share of reported changes that are real ones.
const MIN_PRECISION: f64 = 0.97;

/// The least share of real changes that are reported.
const MIN_RECALL: f64 = 0.95;

/// The fewest labelled edits.
const MIN_CASES: usize = 120;

/// A change in one line, as the corpus labels it. What comes or goes with its page isn't labelled.
fn labels(diff: &GuideDiff) -> Vec<String> {
    let mut labels: Vec<String> = diff.configuration.iter().map(|field| format!("config {}", entry(field))).collect();
    for page in &diff.pages {
        match (&page.was, &page.now) {
            (None, Some(now)) => labels.push(format!("added page {}", now.id)),
            (Some(was), None) => labels.push(format!("removed page {}", was.id)),
            (_, Some(now)) => {
                labels.extend(page.fields.iter().map(|field| format!("field {} {}", now.id, entry(field))));
                labels.extend((!page.prose.is_empty()).then(|| format!("text {}", now.id)));
            }
            (None, None) => {}
        }
    }
    labels.extend(diff.texts.iter().filter(|change| !change.implied).map(text_label));
    labels
}

fn entry(field: &FieldChange) -> String {
    field.entry.as_ref().map_or_else(|| field.field.clone(), |entry| format!("{}/{entry}", field.field))
}

fn text_label(change: &TextChange) -> String {
    let mut label = change.verdict.word().to_owned();
    if change.moved && change.verdict != Verdict::Moved {
        label += " moved";
    }
    label += match change.kind {
        TextKind::Expectation => "",
        TextKind::Criterion => " criterion",
        TextKind::Example => " example",
        TextKind::Paragraph => " paragraph",
    };
    let side = change.now.first().or(change.was.first()).expect("a text");
    let part = side.competency.as_ref().or(side.step.as_ref());
    let part = part.map(|part| format!("/{part}")).unwrap_or_default();
    format!("{label} {}{part}: {}", side.page, side.text)
}

/// Whether a label of the corpus, or one of its alternatives, means a change.
fn means(expected: &str, label: &str) -> bool {
    expected.split('|').any(|one| match one.split_once(": ") {
        Some((head, text)) => {
            label.strip_prefix(head).and_then(|rest| rest.strip_prefix(": ")).is_some_and(|rest| rest.starts_with(text))
        }
        None => one == label,
    })
}

/// The numbers of labelled and reported changes.
#[derive(Debug, Default)]
struct Score {
    cases: usize,
    right: usize,
    reported: usize,
    labelled: usize,
    wrong: String,
}

#[allow(clippy::cast_precision_loss, reason = "a corpus has few changes")]
impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / self.reported as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.labelled as f64
    }

    fn add(&mut self, style: &Style, case: &Case) {
        let mut reported = labels(&diff(&style.base, &case.after));
        self.cases += 1;
        self.reported += reported.len();
        self.labelled += case.expected.len();
        for expected in &case.expected {
            match reported.iter().position(|label| means(expected, label)) {
                Some(at) => {
                    reported.remove(at);
                    self.right += 1;
                }
                None => writeln!(self.wrong, "{}: {}: missing: {expected}", style.name, case.name).unwrap(),
            }
        }
        for label in reported {
            writeln!(self.wrong, "{}: {}: reported: {label}", style.name, case.name).unwrap();
        }
    }
}

impl Score {
    fn merge(&mut self, other: &Self) {
        self.cases += other.cases;
        self.right += other.right;
        self.reported += other.reported;
        self.labelled += other.labelled;
        self.wrong += &other.wrong;
    }
}

#[test]
fn labelled_edits_are_reported_as_what_they_are() {
    let mut all = Score::default();
    for style in styles() {
        let mut of_style = Score::default();
        style.cases.iter().for_each(|case| of_style.add(style, case));
        let Score { cases, labelled, .. } = &of_style;
        let (precision, recall) = (of_style.precision(), of_style.recall());
        println!("{}: {cases} edits, {labelled} changes: precision {precision:.3}, recall {recall:.3}", style.name);
        all.merge(&of_style);
    }
    let (precision, recall) = (all.precision(), all.recall());
    println!("all: {} edits, {} changes: precision {precision:.3}, recall {recall:.3}", all.cases, all.labelled);
    print!("{}", all.wrong);
    assert!(all.cases >= MIN_CASES, "{} edits", all.cases);
    assert!(precision >= MIN_PRECISION, "precision {precision:.3}\n{}", all.wrong);
    assert!(recall >= MIN_RECALL, "recall {recall:.3}\n{}", all.wrong);
}

#[test]
fn a_guide_compared_with_itself_has_no_changes() {
    for style in styles() {
        for guide in style.cases.iter().map(|case| &case.after).chain([&style.base]) {
            let difference = diff(guide, guide);
            assert!(difference.is_empty(), "{}: {:?}", style.name, labels(&difference));
        }
    }
}

/// The changes the other way round.
fn mirrored(diff: GuideDiff) -> GuideDiff {
    let field = |field: FieldChange| FieldChange { was: field.now, now: field.was, ..field };
    let text = |text: TextChange| TextChange { verdict: text.verdict.mirrored(), was: text.now, now: text.was, ..text };
    let page = |page: PageChange| PageChange {
        was: page.now,
        now: page.was,
        fields: page.fields.into_iter().map(field).collect(),
        prose: page.prose.into_iter().map(text).collect(),
    };
    GuideDiff {
        configuration: diff.configuration.into_iter().map(field).collect(),
        pages: diff.pages.into_iter().map(page).collect(),
        texts: diff.texts.into_iter().map(text).collect(),
    }
}

/// All changes, whatever their order.
fn unordered(mut diff: GuideDiff) -> BTreeSet<String> {
    let texts = |sides: &mut Vec<TextSide>| sides.sort_by(|a, b| (&a.page, &a.text).cmp(&(&b.page, &b.text)));
    let sort = |changes: &mut Vec<TextChange>| {
        for change in changes.iter_mut() {
            texts(&mut change.was);
            texts(&mut change.now);
        }
        changes.sort_by_key(|change| format!("{change:?}"));
    };
    sort(&mut diff.texts);
    diff.pages.iter_mut().for_each(|page| sort(&mut page.prose));
    let GuideDiff { configuration, pages, texts } = diff;
    let configuration = configuration.iter().map(|change| format!("{change:?}"));
    let pages = pages.iter().map(|change| format!("{change:?}"));
    configuration.chain(pages).chain(texts.iter().map(|change| format!("{change:?}"))).collect()
}

#[test]
fn the_other_way_round_is_the_mirror_image() {
    for style in styles() {
        // With other cases, so that the edits of two mix.
        for (at, Case { name, after, .. }) in style.cases.iter().enumerate() {
            let others = style.cases.iter().map(|case| &case.after).skip(at + 1).step_by(7);
            for other in others.chain([&style.base]) {
                let there = unordered(mirrored(diff(after, other)));
                assert_eq!(there, unordered(diff(other, after)), "{}: {name}", style.name);
            }
        }
    }
}
