//! One message for a mistake that a file has several times.

use std::collections::HashMap;

use super::model::Diagnostic;

/// Merges the diagnostics of one file that report the same mistake, in the order of the first of each. Those whose fixes
/// differ in number or applicability stay apart.
pub(crate) fn merge_repeated(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: Vec<Vec<Diagnostic>> = Vec::new();
    let mut known = HashMap::new();
    for diagnostic in diagnostics {
        let fixes: Vec<_> = diagnostic.fixes.iter().map(|fix| fix.applicability).collect();
        // Only one fix can be merged, since several are alternatives.
        let apart = if fixes.len() > 1 || !diagnostic.labels.is_empty() { groups.len() + 1 } else { 0 };
        let at = *known.entry((diagnostic.code, diagnostic.message.clone(), fixes, apart)).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(diagnostic);
    }
    let merged = groups.into_iter().map(|mut group| {
        let first = group.remove(0);
        if group.is_empty() { first } else { first.merge_repetitions(group) }
    });
    merged.collect()
}
