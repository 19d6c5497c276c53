//! One mistake gives one message: what only follows from another problem is not told.

use std::collections::HashSet;

use super::{Code, Diagnostic, Severity};
use crate::tree::TreePath;

/// Drops the problems that only follow from another one.
pub(super) fn drop_consequences(diagnostics: &mut Vec<Diagnostic>) {
    let in_conflict = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::MergeConflict);
    let conflicts: HashSet<TreePath> = in_conflict.map(|diagnostic| diagnostic.span.file.clone()).collect();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let wrong: HashSet<_> = errors.map(|diagnostic| (diagnostic.span.file.clone(), diagnostic.span.start)).collect();
    diagnostics.retain(|diagnostic| match diagnostic.code {
        Code::MergeConflict => true,
        _ if conflicts.contains(&diagnostic.span.file) => false,
        Code::HeadingJump => !wrong.contains(&(diagnostic.span.file.clone(), diagnostic.span.start)),
        _ => true,
    });
}
