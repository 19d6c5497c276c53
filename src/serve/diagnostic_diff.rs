//! Comparison of diagnostics across two builds of the site, between which their spans may have moved.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::tree::TreePath;

/// The parts of a diagnostic that stay the same when it moves within its file.
type DiagnosticKey<'a> = (Code, &'a TreePath, &'a str);

fn key(diagnostic: &Diagnostic) -> DiagnosticKey<'_> {
    (diagnostic.code, &diagnostic.span.file, &diagnostic.message)
}

/// Returns whether two lists have the same diagnostics in the same order, ignoring positions within files.
pub(super) fn same_diagnostics(before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    before.iter().map(key).eq(after.iter().map(key))
}

/// Returns whether `after` has an error that `before` doesn't have, ignoring positions within files.
pub(super) fn has_new_error(before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error;
    let known: HashSet<DiagnosticKey<'_>> = before.iter().filter(is_error).map(key).collect();
    after.iter().filter(is_error).any(|diagnostic| !known.contains(&key(diagnostic)))
}

/// The diagnostics of `after` that `before` doesn't have, ignoring positions within files. Equal diagnostics are
/// counted: the third of a kind is new if there were two before.
#[must_use]
pub fn added_diagnostics<'a>(before: &'a [Diagnostic], after: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut known: HashMap<DiagnosticKey<'_>, usize> = HashMap::new();
    for diagnostic in before {
        *known.entry(key(diagnostic)).or_default() += 1;
    }
    let is_new = |diagnostic: &&'a Diagnostic| match known.get_mut(&key(diagnostic)) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    after.iter().filter(is_new).collect()
}
