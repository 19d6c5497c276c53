use std::collections::HashMap;

use super::links::{AuthorLinks, worded};
use super::view::{
    AlikeView, AuthorView, ClimbView, GapsView, OrphanView, OverdueView, ProblemView, RiseView, SectionView,
};
use crate::diagnostic::{Diagnostic, Sources};
use crate::ladder::{Climb, Gaps, Pace, Rise, SimilarGroup, health};
use crate::page::{Kind, PageId, overdue_since};
use crate::pages::orphans;
use crate::tree::{Tree, TreePath};

/// How many entries a section shows, but for the problems, which are all shown. Who has more to mend than that begins with
/// these.
const MOST: usize = 100;

/// How many problems are shown at once; the others on request.
const FIRST: usize = 10;

/// How many sentences of one group are shown.
const MOST_SENTENCES: usize = 12;

impl AuthorLinks<'_> {
    /// Fills the sections of what there is to mend.
    pub(super) fn find(&self, problems: &[Diagnostic], sources: &Tree, view: &mut AuthorView) {
        let ladder = &self.context.ladder;
        let health = health(ladder);
        view.problems = self.problems(problems, sources);
        view.further = view.problems.split_off(view.problems.len().min(FIRST));
        view.gaps = health.gaps.iter().take(MOST).map(|gaps| self.gaps(gaps)).collect();
        view.examples = health.without_examples.iter().take(MOST).map(|level| self.level(*level)).collect();
        let uneven: Vec<&Climb> = health.climbs.iter().filter(|climb| stand_out(climb) > 0).collect();
        view.climbs = uneven.iter().take(MOST).map(|climb| self.climb(climb)).collect();
        view.alike = health.alike.iter().take(MOST).map(|alike| self.alike(alike)).collect();
        let unused = health.unused.iter().map(|competency| ladder.competency(*competency).page);
        view.unused = unused.take(MOST).map(|page| self.page(page)).collect();
        let overdue = self.overdue();
        view.overdue = overdue.iter().take(MOST).map(|id| self.overdue_page(*id)).collect();
        let lost = orphans(self.context);
        view.orphans = lost.iter().take(MOST).map(|id| self.orphan(*id)).collect();
        let empty = health.gaps.iter().map(|gaps| gaps.competencies.len()).sum();
        let uneven_steps = uneven.iter().map(|climb| stand_out(climb)).sum();
        let found = [
            // All of them are shown.
            (problems.len(), 0),
            (empty, health.gaps.len()),
            (uneven_steps, uneven.len()),
            (health.without_examples.len(), health.without_examples.len()),
            (health.alike.len(), health.alike.len()),
            (overdue.len(), overdue.len()),
            (health.unused.len(), health.unused.len()),
            (lost.len(), lost.len()),
        ];
        view.sections = sections(found);
    }

    /// The problems, errors first.
    fn problems(&self, problems: &[Diagnostic], sources: &Tree) -> Vec<ProblemView> {
        let mut first: Vec<&Diagnostic> = problems.iter().collect();
        first.sort_by_key(|problem| problem.severity());
        let lines = Sources::of(first.iter().copied(), sources);
        let pages: HashMap<&TreePath, PageId> = self.context.pages.shown().map(|(id, page)| (&page.file, id)).collect();
        let view = |problem: &&Diagnostic| ProblemView {
            severity: problem.severity().as_str(),
            code: problem.code.as_str(),
            message: worded(&problem.message),
            help: problem.help.as_deref().map(worded).unwrap_or_default(),
            place: {
                let span = &problem.span;
                self.place(span.file.as_str(), lines.get(&span.file).map(|lines| lines.position(span.start)))
            },
            page: pages.get(&problem.span.file).map(|id| self.link(*id)),
        };
        first.iter().map(view).collect()
    }

    fn gaps(&self, gaps: &Gaps) -> GapsView {
        let cells = gaps.competencies.iter().map(|competency| self.cell(gaps.level, *competency));
        GapsView { level: self.level(gaps.level), cells: cells.collect() }
    }

    fn climb(&self, climb: &Climb) -> ClimbView {
        let most = climb.steps.iter().map(Rise::news).max().unwrap_or_default().max(1);
        let rise = |rise: &Rise| RiseView {
            below: self.link(self.context.ladder.level(rise.below).page),
            level: self.level(rise.level),
            news: rise.news(),
            made_of: made_of(rise),
            bar: rise.news() * 100 / most,
            pace: match rise.pace {
                Pace::Even => "",
                Pace::Thin => "thin",
                Pace::Small => "small",
                Pace::Large => "large",
            },
        };
        ClimbView {
            track: self.link(self.context.ladder.track(climb.track).page),
            median: climb.median,
            mark: climb.median * 100 / most,
            rises: climb.steps.iter().map(rise).collect(),
        }
    }

    fn alike(&self, alike: &SimilarGroup) -> AlikeView {
        let sentences = alike.expectations.iter().take(MOST_SENTENCES).map(|id| self.sentence(*id));
        AlikeView {
            same: alike.same,
            count: alike.expectations.len(),
            sentences: sentences.collect(),
            more: alike.expectations.len().saturating_sub(MOST_SENTENCES),
        }
    }

    /// The pages whose review is overdue, the longest first.
    fn overdue(&self) -> Vec<PageId> {
        let due = |(id, page)| overdue_since(page, self.context.today).map(|due| (due.value, id));
        let mut overdue: Vec<_> = self.context.pages.shown().filter_map(due).collect();
        overdue.sort_unstable();
        overdue.into_iter().map(|(_, id)| id).collect()
    }

    fn overdue_page(&self, id: PageId) -> OverdueView {
        let page = self.context.pages.get(id);
        let due = page.review_due.as_ref();
        OverdueView {
            page: self.page_at(id, due.map_or(0, |due| due.span.start)),
            reviewed: page.reviewed.as_ref().map(|day| day.value.to_string()).unwrap_or_default(),
            due: due.map(|day| day.value.to_string()).unwrap_or_default(),
            owner: page.owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default(),
        }
    }

    fn orphan(&self, id: PageId) -> OrphanView {
        let kind = self.context.pages.get(id).kind;
        OrphanView {
            page: self.page(id),
            kind: kind.as_str(),
            why: match kind {
                Kind::Article | Kind::Worksheet => {
                    "no page links to it, and it isn't listed under any level or \
                    competency"
                }
                Kind::Term => "no page links to it",
                Kind::Level => "no level extends it",
                _ => "no page links to it, and no list, tag, folder or footer shows it",
            },
        }
    }
}

fn stand_out(climb: &Climb) -> usize {
    climb.steps.iter().filter(|rise| rise.pace != Pace::Even).count()
}

/// What is new at a step, in words.
fn made_of(rise: &Rise) -> String {
    let parts = [(rise.added, "added"), (rise.raised, "raised"), (rise.scaled, "higher on a scale")];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// The sections in the order of their use; for each how much there is to mend, and how many entries that makes.
fn sections(found: [(usize, usize); 8]) -> Vec<SectionView> {
    let words = [
        ("problems", "Problems", "Everything a build reports. While there are errors, nothing is published."),
        ("gaps", "Empty cells", "Levels without expectations for a competency that applies to them."),
        (
            "steps",
            "Thin and unequal steps",
            "How much each level adds to the one below it on its track. Thin: 2 or less. Small: less than half the \
             track’s median. Large: more than twice the median.",
        ),
        ("examples", "Levels without examples", "None of their own expectations has an example."),
        (
            "alike",
            "Near-identical expectations",
            "Expectations in almost the same words. Write one and inherit it, or spell out how they differ.",
        ),
        ("overdue", "Overdue reviews", "Pages whose review date has passed, oldest first."),
        ("unused", "Unused competencies", "No level has expectations for them or requires a step of their scale."),
        ("orphans", "Orphans", "Pages that readers are unlikely to find."),
    ];
    let section = |((id, title, about), (count, entries)): ((&'static str, _, _), (usize, usize))| SectionView {
        id,
        title,
        count,
        about,
        more: entries.saturating_sub(MOST),
    };
    words.into_iter().zip(found).map(section).collect()
}
