//! One mistake gives one message: what only follows from another problem is not told.

use std::collections::HashSet;

use super::{Code, Diagnostic, Severity};
use crate::tree::TreePath;

/// Drops the problems that only follow from another one.
pub(super) fn drop_consequences(notes: &mut Vec<Diagnostic>) {
    let in_conflict = notes.iter().filter(|note| note.code == Code::MergeConflict);
    let conflicts: HashSet<TreePath> = in_conflict.map(|note| note.span.file.clone()).collect();
    let errors = notes.iter().filter(|note| note.severity() == Severity::Error);
    let wrong: HashSet<_> = errors.map(|note| (note.span.file.clone(), note.span.start)).collect();
    notes.retain(|note| match note.code {
        Code::MergeConflict => true,
        _ if conflicts.contains(&note.span.file) => false,
        Code::HeadingJump => !wrong.contains(&(note.span.file.clone(), note.span.start)),
        _ => true,
    });
}
