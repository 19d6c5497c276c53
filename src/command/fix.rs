//! `stepladder check --fix`: applies the fixes of a project's problems.

use std::path::Path;

use similar::TextDiff;

use super::error::CliError;
use super::output::{GREEN, Verbosity, coloured, counted, print_line, print_output};
use super::project::unreadable;
use crate::diagnostic::{Diagnostic, without_control_characters};
use crate::disk::{self, Replacement};
use crate::site::{Fixed, Options, Site, fix_found};
use crate::tree::{Tree, TreePath};

/// What happens to the files that fixes change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FixMode {
    /// They are written.
    Write,
    /// The changes are printed as a diff.
    DryRun,
}

/// Applies the machine-applicable fixes of the project in `root` until none is left; `find` finds diagnostics beside those of
/// its site.
///
/// # Errors
/// If files can't be written, or the diff can't be printed.
pub(super) fn fix_project(
    root: &Path,
    project: &Tree,
    options: Options,
    mode: FixMode,
    find: &dyn Fn(&Site) -> Vec<Diagnostic>,
) -> Result<Fixed, CliError> {
    let aliases = disk::aliases(root).map_err(|error| unreadable(&error))?;
    let fixed = fix_found(project, options, &aliases, find);
    change(root, project, &fixed.project, fixed.files.keys(), mode)?;
    Ok(fixed)
}

/// Prints the number of fixes, in all and in each file.
pub(super) fn print_fixed(fixed: &Fixed, mode: FixMode, verbosity: Verbosity) {
    if verbosity == Verbosity::Quiet {
        return;
    }
    let word = match mode {
        FixMode::Write => "Fixed",
        FixMode::DryRun => "Would fix",
    };
    let (problems, files) = (counted(fixed.count, "problem"), counted(fixed.files.len(), "file"));
    if fixed.count == 0 {
        print_line(format_args!("{} no problems", coloured(word, GREEN)));
        return;
    }
    print_line(format_args!("{} {problems} in {files}", coloured(word, GREEN)));
    for (file, count) in &fixed.files {
        print_line(format_args!("{count:>12}  {}", without_control_characters(file.as_str())));
    }
}

/// Writes the files of a project that are changed, or prints the changes as a diff.
///
/// # Errors
/// If files can't be written, or the diff can't be printed.
pub(super) fn change<'a>(
    root: &Path,
    project: &'a Tree,
    changed: &'a Tree,
    files: impl Iterator<Item = &'a TreePath>,
    mode: FixMode,
) -> Result<(), CliError> {
    let content = |tree: &'a Tree, path: &TreePath| tree.bytes(path).map_or(&[][..], |bytes| bytes);
    let replacement = |path| Replacement { path, old: content(project, path), new: content(changed, path) };
    let replacements: Vec<Replacement<'a>> = files.map(replacement).collect();
    match mode {
        FixMode::DryRun => print_output(&diff(&replacements))?,
        FixMode::Write => disk::replace(root, &replacements)?,
    }
    Ok(())
}

/// The changes as a unified diff, in the form that `git apply` and `patch -p1` read.
fn diff(replacements: &[Replacement<'_>]) -> String {
    let mut text = String::new();
    for Replacement { path, old, new } in replacements {
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
        // Lines end only with a line feed, as they do for other programs that read diffs.
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
        // A tab ends a name that has spaces.
        let tab = if path.as_str().contains(' ') { "\t" } else { "" };
        let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
        text += &diff.unified_diff().header(&format!("a/{path}{tab}"), &format!("b/{path}{tab}")).to_string();
    }
    text
}
