//! Fixing a project: the machine-applicable fixes of its diagnostics, applied until none is left.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::cache::SiteCache;
use super::checked::{CheckedSite, check_found};
use super::model::Site;
use crate::diagnostic::{Applied, Code, Diagnostic, Fix, Span, apply};
use crate::guide::Options;
use crate::tree::{Tree, TreePath};

/// The most times that fixes are applied. A fix can make another problem visible, such as an unknown field in front matter
/// that was invalid; more than a handful of rounds means that fixes undo each other.
const MAX_ROUNDS: usize = 20;

/// A project whose machine-applicable fixes have been applied.
#[derive(Debug)]
pub struct Fixed {
    /// The files of the project after the fixes.
    pub project: Tree,
    /// The changed files, each with the number of fixes that edited it.
    pub files: BTreeMap<TreePath, usize>,
    /// The number of fixes.
    pub count: usize,
    /// The site of the fixed project, and the diagnostics that are left.
    pub checked: CheckedSite,
}

/// The mistake that a diagnostic reports, wherever in its file it is.
type Mistake = (Code, TreePath, String);

/// Applies the machine-applicable fixes of a project's diagnostics, and those of the diagnostics that are found then, until
/// none is left.
///
/// `aliases` are the paths of files that have another path as well, by which they are fixed. A fix after which its
/// diagnostic is still reported at the same place isn't applied.
#[must_use]
pub fn fix(project: &Tree, options: Options, aliases: &BTreeMap<TreePath, TreePath>) -> Fixed {
    fix_found(project, options, aliases, &|_| Vec::new())
}

/// As [`fix`]; `find` finds further diagnostics of a site.
#[must_use]
pub fn fix_found(
    project: &Tree,
    options: Options,
    aliases: &BTreeMap<TreePath, TreePath>,
    find: &dyn Fn(&Site) -> Vec<Diagnostic>,
) -> Fixed {
    let mut cache = SiteCache::new(options);
    let check = |site| check_found(site, find);
    let checked = check(cache.site(project));
    let mut fixed = Fixed { project: project.clone(), files: BTreeMap::new(), count: 0, checked };
    let mut refused: HashSet<Mistake> = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let is_candidate = |diagnostic: &&Diagnostic| {
            let edits_alias = |fix: &Fix| {
                fix.edits.iter().any(|(span, _)| aliases.get(&span.file).is_some_and(|to| *to != span.file))
            };
            diagnostic.machine_applicable_fix().is_some_and(|fix| !edits_alias(fix))
                && !refused.contains(&mistake(diagnostic))
        };
        let candidates: Vec<Diagnostic> = fixed.checked.diagnostics.iter().filter(is_candidate).cloned().collect();
        let applied = apply(&candidates, &fixed.project);
        if applied.fixed.is_empty() {
            break;
        }
        let project = with_files(&fixed.project, &applied, aliases);
        let checked = check(cache.site(&project));
        let taken: Vec<&Diagnostic> = applied.fixed.iter().map(|at| &candidates[*at]).collect();
        let unresolved = unresolved(&taken, &applied.edits, &checked.diagnostics);
        if unresolved.is_empty() {
            fixed.count(&taken);
            (fixed.project, fixed.checked) = (project, checked);
        } else {
            refused.extend(unresolved);
        }
    }
    fixed
}

impl Fixed {
    /// Counts the fixes of some diagnostics, in total and for each file that they edit.
    fn count(&mut self, taken: &[&Diagnostic]) {
        self.count += taken.len();
        for fix in taken.iter().filter_map(|diagnostic| diagnostic.machine_applicable_fix()) {
            let files: BTreeSet<&TreePath> = fix.edits.iter().map(|(span, _)| &span.file).collect();
            for file in files {
                *self.files.entry(file.clone()).or_default() += 1;
            }
        }
    }
}

/// The project with the changed files, under all of their paths.
fn with_files(project: &Tree, applied: &Applied, aliases: &BTreeMap<TreePath, TreePath>) -> Tree {
    let mut project = project.clone();
    for (path, bytes) in &applied.files {
        for (alias, _) in aliases.iter().filter(|(_, to)| *to == path) {
            project.insert(alias.clone(), bytes.clone());
        }
        project.insert(path.clone(), bytes.clone());
    }
    project
}

fn mistake(diagnostic: &Diagnostic) -> Mistake {
    (diagnostic.code, diagnostic.span.file.clone(), diagnostic.message.clone())
}

/// The mistakes of `taken` that are still reported at the same place after some edits.
fn unresolved(taken: &[&Diagnostic], edits: &[(Span, String)], after: &[Diagnostic]) -> Vec<Mistake> {
    let reported: HashSet<(Mistake, usize)> = after.iter().map(|one| (mistake(one), one.span.start)).collect();
    let is_reported = |diagnostic: &&&Diagnostic| {
        let starts = starts_after(diagnostic, edits);
        starts.into_iter().any(|start| reported.contains(&(mistake(diagnostic), start)))
    };
    taken.iter().filter(is_reported).map(|diagnostic| mistake(diagnostic)).collect()
}

/// The places at which the start of a diagnostic can be after some edits: before or behind a text that was inserted right
/// there.
fn starts_after(diagnostic: &Diagnostic, edits: &[(Span, String)]) -> [usize; 2] {
    let start = diagnostic.span.start;
    let earlier = |(span, _): &&(Span, String)| span.file == diagnostic.span.file && span.end <= start;
    let (mut added, mut removed, mut inserted_here) = (0, 0, 0);
    for (span, text) in edits.iter().filter(earlier) {
        if span.start == start {
            inserted_here += text.len();
        } else {
            added += text.len();
            removed += span.end - span.start;
        }
    }
    let before = (start + added).saturating_sub(removed);
    [before, before + inserted_here]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::catalog;

    fn page() -> TreePath {
        TreePath::normalized("content/a.md")
    }

    fn diagnostic(start: usize, message: &str) -> Diagnostic {
        catalog::invalid_value(Span::new(&page(), start..start + 1), message, "")
    }

    #[test]
    fn a_diagnostic_that_only_moved_is_unresolved() {
        let inserted = diagnostic(4, "x").fix(Fix::insert(&Span::new(&page(), 4..5), "- "));
        let removed = diagnostic(10, "y").fix(Fix::replace(Span::new(&page(), 7..9), ""));
        let taken = [&inserted, &removed];
        let edits = [inserted.fixes[0].edits.clone(), removed.fixes[0].edits.clone()].concat();
        for (start, is_unresolved) in [(3, false), (4, true), (5, false), (6, true)] {
            assert_eq!(!unresolved(&taken, &edits, &[diagnostic(start, "x")]).is_empty(), is_unresolved, "{start}");
        }
        assert_eq!(unresolved(&taken, &edits, &[diagnostic(10, "y")]), [mistake(&removed)]);
        assert_eq!(unresolved(&taken, &edits, &[diagnostic(10, "z"), diagnostic(9, "y")]), []);
    }
}
