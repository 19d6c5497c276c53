//! Permanent ids for the expectations that have none.

use std::collections::{BTreeMap, HashSet};

use super::edits::id_edit;
use crate::diagnostic::{Span, edited_files};
use crate::guide::{Guide, Options};
use crate::ladder::ExpectationId;
use crate::tree::{Tree, TreePath};

/// The most times that edits are tried: each time, those that didn't give an id are left out.
const MAX_ROUNDS: usize = 4;

/// A project whose expectations have ids.
#[derive(Debug)]
pub struct WrittenIds {
    /// The files of the project with the ids.
    pub project: Tree,
    /// The changed files, each with the number of ids that were written.
    pub files: BTreeMap<TreePath, usize>,
    /// The expectations whose form can't have an id, such as items of HTML lists and headings.
    pub left: Vec<Span>,
}

/// Writes `{#id}` at the end of each expectation that has no id, with the one that its address has now. Nothing else
/// changes: an edit after which its expectation had another text or address isn't made. `aliases` are the paths of files that
/// have another path as well, by which they are edited.
#[must_use]
pub fn write_ids(project: &Tree, options: Options, aliases: &BTreeMap<TreePath, TreePath>) -> WrittenIds {
    let guide = Guide::new(project, options).value;
    let expectations = &guide.ladder.expectations;
    let is_alias = |id: ExpectationId| {
        let file = &guide.pages.get(expectations[id].page).file;
        aliases.get(file).is_some_and(|to| to != file)
    };
    let without: Vec<ExpectationId> =
        expectations.ids().filter(|id| expectations[*id].statement.id.is_none() && !is_alias(*id)).collect();
    let mut left: HashSet<ExpectationId> = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let written: Vec<ExpectationId> = without.iter().copied().filter(|id| !left.contains(id)).collect();
        let edits: Vec<(Span, String)> = written
            .iter()
            .map(|id| {
                let one = &expectations[*id];
                id_edit(guide.pages.get(one.page), &one.statement, &one.id)
            })
            .collect();
        let mut changed = project.clone();
        for (path, bytes) in edited_files(&edits, project) {
            for (alias, _) in aliases.iter().filter(|(_, to)| **to == path) {
                changed.insert(alias.clone(), bytes.clone());
            }
            changed.insert(path, bytes);
        }
        let failed = failed(&guide, &Guide::new(&changed, options).value, &written);
        if failed.is_empty() {
            let mut files = BTreeMap::new();
            for (span, _) in &edits {
                *files.entry(span.file.clone()).or_default() += 1;
            }
            let place = |id: &ExpectationId| {
                let one = &expectations[*id];
                guide.pages.get(one.page).span(&one.statement.span)
            };
            let mut left: Vec<Span> = left.iter().map(place).collect();
            left.sort();
            return WrittenIds { project: changed, files, left };
        }
        left.extend(failed);
    }
    WrittenIds { project: project.clone(), files: BTreeMap::new(), left: Vec::new() }
}

/// The expectations of `written` that have no id of their own in a changed guide, or another text or address.
fn failed(guide: &Guide, changed: &Guide, written: &[ExpectationId]) -> Vec<ExpectationId> {
    let (before, after) = (&guide.ladder.expectations, &changed.ladder.expectations);
    if before.len() != after.len() {
        let counts = |guide: &Guide| {
            guide.ladder.expectations.iter().fold(BTreeMap::new(), |mut counts: BTreeMap<_, usize>, one| {
                *counts.entry(guide.pages.get(one.page).file.clone()).or_default() += 1;
                counts
            })
        };
        let (old, new) = (counts(guide), counts(changed));
        let is_on_changed = |id: &&ExpectationId| {
            let file = &guide.pages.get(before[**id].page).file;
            old.get(file) != new.get(file)
        };
        return written.iter().filter(is_on_changed).copied().collect();
    }
    let is_kept = |id: &ExpectationId| {
        let (old, new) = (&before[*id], &after[*id]);
        new.statement.id.is_some() && old.id == new.id && old.statement.says_same(&new.statement)
    };
    written.iter().copied().filter(|id| !is_kept(id)).collect()
}
