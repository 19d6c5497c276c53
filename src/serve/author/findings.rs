//! The findings of the author's page: problems, gaps in the ladder, overdue reviews and pages that no page links to.

use std::collections::HashMap;

use super::links::{AuthorLinks, message_html};
use super::view::{
    AuthorView, FindingSection, GapsView, LevelStepView, LikelyRaiseView, OrphanView, OverdueView, ProblemView,
    ProgressionView, SimilarGroupView,
};
use crate::diagnostic::{Diagnostic, Sources};
use crate::ladder::{Gaps, LevelStep, LikelyRaise, Progression, SimilarGroup, StepSize, health};
use crate::page::{FoundBy, PageId, overdue_since};
use crate::pages::orphans;
use crate::serve::fix_offer::fix_offers;
use crate::tree::{Tree, TreePath};

/// The most entries that a section lists, which limits the size of the page. Problems are always listed in full.
const MAX_SECTION_ENTRIES: usize = 100;

/// The number of problems that are visible; the others are folded.
const MAX_VISIBLE_PROBLEMS: usize = 10;

/// The most sentences that are listed of a group of similar ones.
const MAX_GROUP_SENTENCES: usize = 12;

/// Adds the sections of problems and of other findings to the view.
pub(super) fn add_findings(links: &AuthorLinks<'_>, diagnostics: &[Diagnostic], sources: &Tree, view: &mut AuthorView) {
    let ladder = &links.context.ladder;
    let health = health(ladder, &links.context.pages);
    view.problems = problem_views(links, diagnostics, sources);
    view.further = view.problems.split_off(view.problems.len().min(MAX_VISIBLE_PROBLEMS));
    view.gaps = health.gaps.iter().take(MAX_SECTION_ENTRIES).map(|gaps| gaps_view(links, gaps)).collect();
    view.examples = health.without_examples.iter().take(MAX_SECTION_ENTRIES).map(|level| links.level(*level)).collect();
    let uneven: Vec<&Progression> =
        health.progressions.iter().filter(|progression| uneven_steps(progression) > 0).collect();
    view.climbs =
        uneven.iter().take(MAX_SECTION_ENTRIES).map(|progression| progression_view(links, progression)).collect();
    view.raises =
        health.likely_raises.iter().take(MAX_SECTION_ENTRIES).map(|likely| likely_raise_view(links, likely)).collect();
    view.alike = health.similar.iter().take(MAX_SECTION_ENTRIES).map(|group| similar_view(links, group)).collect();
    let unused = health.unused.iter().map(|competency| ladder.competency(*competency).page);
    view.unused = unused.take(MAX_SECTION_ENTRIES).map(|page| links.page(page)).collect();
    let overdue = overdue_pages(links);
    view.overdue = overdue.iter().take(MAX_SECTION_ENTRIES).map(|id| overdue_view(links, *id)).collect();
    let orphans = orphans(links.context);
    view.orphans = orphans.iter().take(MAX_SECTION_ENTRIES).map(|id| orphan_view(links, *id)).collect();
    let empty_cells = health.gaps.iter().map(|gaps| gaps.competencies.len()).sum();
    let uneven_step_count = uneven.iter().map(|progression| uneven_steps(progression)).sum();
    let counts = [
        // No entry is left out.
        (diagnostics.len(), 0),
        (empty_cells, health.gaps.len()),
        (uneven_step_count, uneven.len()),
        (health.without_examples.len(), health.without_examples.len()),
        (health.likely_raises.len(), health.likely_raises.len()),
        (health.similar.len(), health.similar.len()),
        (overdue.len(), overdue.len()),
        (health.unused.len(), health.unused.len()),
        (orphans.len(), orphans.len()),
    ];
    view.sections = sections(counts);
}

/// The diagnostics, errors first.
fn problem_views(links: &AuthorLinks<'_>, diagnostics: &[Diagnostic], sources: &Tree) -> Vec<ProblemView> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|problem| problem.severity());
    let lines = Sources::of(sorted.iter().copied(), sources);
    let pages: HashMap<&TreePath, PageId> = links.context.pages.shown().map(|(id, page)| (&page.file, id)).collect();
    let view = |problem: &&Diagnostic| ProblemView {
        severity: problem.severity().as_str(),
        code: problem.code.as_str(),
        message: message_html(&problem.message),
        help: problem.help.as_deref().map(message_html).unwrap_or_default(),
        fixes: fix_offers(problem, sources),
        place: {
            let span = &problem.span;
            links.place(span.file.as_str(), lines.get(&span.file).map(|lines| lines.position(span.start)))
        },
        page: pages.get(&problem.span.file).map(|id| links.link(*id)),
    };
    sorted.iter().map(view).collect()
}

fn gaps_view(links: &AuthorLinks<'_>, gaps: &Gaps) -> GapsView {
    let cells = gaps.competencies.iter().map(|competency| links.cell(gaps.level, *competency));
    GapsView { level: links.level(gaps.level), cells: cells.collect() }
}

fn progression_view(links: &AuthorLinks<'_>, progression: &Progression) -> ProgressionView {
    let max_news = progression.steps.iter().map(LevelStep::changes).max().unwrap_or_default().max(1);
    let rise = |step: &LevelStep| LevelStepView {
        below: links.link(links.context.ladder.level(step.below).page),
        level: links.level(step.level),
        news: step.changes(),
        made_of: step_summary(step),
        bar: step.changes() * 100 / max_news,
        pace: match step.size {
            StepSize::Even => "",
            StepSize::Thin => "thin",
            StepSize::Small => "small",
            StepSize::Large => "large",
        },
    };
    ProgressionView {
        track: links.link(links.context.ladder.track(progression.track).page),
        median: progression.median,
        mark: progression.median * 100 / max_news,
        rises: progression.steps.iter().map(rise).collect(),
    }
}

fn likely_raise_view(links: &AuthorLinks<'_>, likely: &LikelyRaise) -> LikelyRaiseView {
    let (now, was) = (links.sentence(likely.now), links.sentence(likely.was));
    LikelyRaiseView { now, was, mark: likely.mark.clone() }
}

fn similar_view(links: &AuthorLinks<'_>, group: &SimilarGroup) -> SimilarGroupView {
    let sentences = group.expectations.iter().take(MAX_GROUP_SENTENCES).map(|id| links.sentence(*id));
    SimilarGroupView {
        same: group.same,
        count: group.expectations.len(),
        sentences: sentences.collect(),
        more: group.expectations.len().saturating_sub(MAX_GROUP_SENTENCES),
    }
}

/// The pages whose review is overdue, sorted by due date.
fn overdue_pages(links: &AuthorLinks<'_>) -> Vec<PageId> {
    let due = |(id, page)| overdue_since(page, links.context.today).map(|due| (due.value, id));
    let mut overdue: Vec<_> = links.context.pages.shown().filter_map(due).collect();
    overdue.sort_unstable();
    overdue.into_iter().map(|(_, id)| id).collect()
}

fn overdue_view(links: &AuthorLinks<'_>, id: PageId) -> OverdueView {
    let page = links.context.pages.get(id);
    let due = page.review_due.as_ref();
    OverdueView {
        page: links.page_at(id, due.map_or(0, |due| due.span.start)),
        reviewed: page.reviewed.as_ref().map(|day| day.value.to_string()).unwrap_or_default(),
        due: due.map(|day| day.value.to_string()).unwrap_or_default(),
        owner: page.owner.as_ref().map(|owner| owner.value.clone()).unwrap_or_default(),
    }
}

fn orphan_view(links: &AuthorLinks<'_>, id: PageId) -> OrphanView {
    let kind = links.context.pages.get(id).kind;
    OrphanView {
        page: links.page(id),
        kind: kind.as_str(),
        why: match kind.spec().found_by {
            FoundBy::Subjects => {
                "no page links to it, and it isn't listed under any level or \
                competency"
            }
            FoundBy::Links => "no page links to it",
            FoundBy::Ladder => "no level extends it",
            FoundBy::Navigation => "no page links to it, and no list, tag, folder or footer shows it",
        },
    }
}

/// The number of steps of a progression that are thinner, smaller or larger than its others.
fn uneven_steps(progression: &Progression) -> usize {
    progression.steps.iter().filter(|step| step.size != StepSize::Even).count()
}

/// The numbers of expectations that a step adds or raises, in words.
fn step_summary(step: &LevelStep) -> String {
    let parts = [(step.added, "added"), (step.raised, "raised"), (step.scaled, "higher on a scale")];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    parts.collect::<Vec<_>>().join(", ")
}

/// The sections, the most useful ones first. For each, `counts` has the number of findings for its badge, and the
/// number of entries that they are listed in.
fn sections(counts: [(usize, usize); 9]) -> Vec<FindingSection> {
    let texts = [
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
            "raises",
            "Perhaps raised",
            "Both expectations hold at the level. If the first says all that the second does, and more, write the mark at \
             the end of its first line: the second then no longer holds from this level on.",
        ),
        (
            "alike",
            "Near-identical expectations",
            "Expectations in almost the same words. Write one and inherit it, or spell out how they differ.",
        ),
        ("overdue", "Overdue reviews", "Pages whose review date has passed, oldest first."),
        ("unused", "Unused competencies", "No level has expectations for them or requires a step of their scale."),
        ("orphans", "Orphans", "Pages that readers are unlikely to find."),
    ];
    let section = |((id, title, about), (count, entries)): ((&'static str, _, _), (usize, usize))| FindingSection {
        id,
        title,
        count,
        about,
        more: entries.saturating_sub(MAX_SECTION_ENTRIES),
    };
    texts.into_iter().zip(counts).map(section).collect()
}
