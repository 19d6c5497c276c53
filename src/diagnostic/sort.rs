//! The order of diagnostics, without duplicates and consequences of other diagnostics.

use std::collections::HashSet;

use super::code::Code;
use super::model::Diagnostic;
use super::severity::Severity;
use crate::tree::TreePath;

/// Sorts diagnostics by span, code and message, and drops duplicates and those that merely follow from another one.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    drop_consequences(diagnostics);
    diagnostics.sort_by(|a, b| (&a.span, a.code, &a.message).cmp(&(&b.span, b.code, &b.message)));
    diagnostics.dedup();
}

/// Drops diagnostics that are caused by another one, so that one mistake gives one message: everything else in a file
/// with a merge conflict, and a skipped heading level or another program's markup where a heading has an error already.
fn drop_consequences(diagnostics: &mut Vec<Diagnostic>) {
    let conflicts = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::MergeConflict);
    let files_in_conflict: HashSet<TreePath> = conflicts.map(|diagnostic| diagnostic.span.file.clone()).collect();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let error_starts: HashSet<_> =
        errors.map(|diagnostic| (diagnostic.span.file.clone(), diagnostic.span.start)).collect();
    let is_not_a_heading = |diagnostic: &&Diagnostic| diagnostic.code == Code::NotAHeading;
    let headings: HashSet<_> = diagnostics
        .iter()
        .filter(is_not_a_heading)
        .map(|diagnostic| (diagnostic.span.file.clone(), diagnostic.span.start))
        .collect();
    diagnostics.retain(|diagnostic| match diagnostic.code {
        Code::MergeConflict => true,
        _ if files_in_conflict.contains(&diagnostic.span.file) => false,
        Code::HeadingJump => !error_starts.contains(&(diagnostic.span.file.clone(), diagnostic.span.start)),
        Code::UnknownMarkup => !headings.contains(&(diagnostic.span.file.clone(), diagnostic.span.start)),
        _ => true,
    });
}
