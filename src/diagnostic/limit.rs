//! The limits of a text that lists diagnostics.

use std::collections::BTreeMap;

use super::model::Diagnostic;
use super::severity::Severity;
use crate::tree::TreePath;

/// The most diagnostics of one file: a file that's misread as a whole mustn't hide the problems of all others.
const MAX_PER_FILE: usize = 100;

/// The most diagnostics in all: more than anyone reads at once.
const MAX_IN_ALL: usize = 1_000;

/// The diagnostics that a text lists, and the number of others in each file.
pub(super) struct Listed<'a> {
    pub(super) diagnostics: Vec<&'a Diagnostic>,
    pub(super) others: BTreeMap<&'a TreePath, usize>,
}

/// Selects the diagnostics that a text lists: the first ones of each file and of all, errors before warnings. Their order
/// stays.
pub(super) fn listed(diagnostics: &[Diagnostic]) -> Listed<'_> {
    let mut is_listed = vec![false; diagnostics.len()];
    let mut counts: BTreeMap<&TreePath, usize> = BTreeMap::new();
    let mut total = 0;
    for severity in [Severity::Error, Severity::Warning] {
        let of_severity = diagnostics.iter().enumerate().filter(|(_, diagnostic)| diagnostic.severity() == severity);
        for (at, diagnostic) in of_severity {
            let count = counts.entry(&diagnostic.span.file).or_default();
            if *count < MAX_PER_FILE && total < MAX_IN_ALL {
                *count += 1;
                total += 1;
                is_listed[at] = true;
            }
        }
    }
    let mut listed = Listed { diagnostics: Vec::with_capacity(total), others: BTreeMap::new() };
    for (diagnostic, is_listed) in diagnostics.iter().zip(is_listed) {
        if is_listed {
            listed.diagnostics.push(diagnostic);
        } else {
            *listed.others.entry(&diagnostic.span.file).or_default() += 1;
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    /// Some diagnostics of a file, alternating between warnings and errors.
    fn of_file(number: usize, count: usize) -> Vec<Diagnostic> {
        let file = TreePath::normalized(&format!("content/{number}.md"));
        let code = |at: usize| if at.is_multiple_of(2) { Code::ImageAlt } else { Code::BrokenLink };
        (0..count).map(|at| Diagnostic::new(code(at), Span::new(&file, at..at), "x")).collect()
    }

    #[test]
    fn errors_come_before_warnings_where_not_all_are_listed() {
        let diagnostics = of_file(1, 150);
        let Listed { diagnostics: listed, others } = listed(&diagnostics);
        assert_eq!((listed.len(), others.values().copied().collect::<Vec<_>>()), (100, vec![50]));
        assert_eq!(listed.iter().filter(|one| one.severity() == Severity::Error).count(), 75);
        assert!(listed.is_sorted_by_key(|one| one.span.start));
    }

    #[test]
    fn there_is_a_limit_for_a_file_and_one_for_all() {
        let diagnostics: Vec<Diagnostic> = (0..20).flat_map(|number| of_file(number, 101)).collect();
        let Listed { diagnostics: of_all, others } = listed(&diagnostics);
        assert_eq!((of_all.len(), others.values().sum::<usize>()), (1000, 1020));
        assert_eq!(listed(&diagnostics[..100]).others.len(), 0);
    }
}
