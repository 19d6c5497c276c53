//! What `check --against` compares with: a git revision, a `ladder.json`, or a folder.

use std::fs;
use std::path::Path;

use super::error::CliError;
use super::project;
use crate::config;
use crate::diagnostic::nearest;
use crate::disk::{GitError, Repository, reading};
use crate::guide::{Guide, Options};
use crate::permanence::Published;
use crate::tree::Tree;

/// The file of a site that has its ladder as data.
const LADDER: &str = "ladder.json";

/// What a version of a project has published: a path if there's a file or a folder, otherwise a revision of the repository
/// that the project is in. Drafts weren't published.
///
/// # Errors
/// If there's neither, or if it can't be read.
pub(super) fn published(against: &str, root: &Path, project: &Tree) -> Result<Published, CliError> {
    let path = Path::new(against);
    if path.is_file() {
        return ladder(path);
    }
    if path.join(config::FILE).is_file() {
        return Ok(of(&project::read(path)?));
    }
    if path.join(LADDER).is_file() {
        return ladder(&path.join(LADDER));
    }
    if path.is_dir() {
        let message = format!("there's neither a {} nor a {LADDER} in {against}", config::FILE);
        return Err(CliError::usage(message).help("name a folder with a project, or one with a site that was built"));
    }
    let repository = Repository::of(root).map_err(|error| revision_error(&error, against))?;
    let at = repository.commit(against).and_then(|commit| repository.read(&commit, project));
    Ok(of(&at.map_err(|error| revision_error(&error, against))?.tree))
}

fn of(project: &Tree) -> Published {
    // No review is overdue in what is compared.
    let options = Options { drafts: false, today: jiff::civil::Date::MIN };
    Published::of(&Guide::new(project, options).value)
}

fn ladder(file: &Path) -> Result<Published, CliError> {
    let text = fs::read_to_string(file).map_err(reading(file))?;
    Published::from_ladder_json(&text)
        .map_err(|error| CliError::usage(format!("couldn't compare with {}: {error}", file.display())))
}

fn revision_error(error: &GitError, against: &str) -> CliError {
    let help = match error {
        GitError::NoRepository { .. } => {
            return CliError::usage(format!("there's no file or folder {against}, and {error}"))
                .help("name a `ladder.json`, a folder, or, inside a git repository, a revision");
        }
        GitError::UnknownRevision { revision, names, is_shallow } => {
            let near = nearest(revision, names.iter().map(String::as_str));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let shallow =
                is_shallow.then(|| "the repository is shallow; fetch its history with `git fetch --unshallow`");
            return CliError::usage(format!("there's no file, folder or revision `{revision}`")).help(
                near.or_else(|| shallow.map(str::to_owned))
                    .unwrap_or_else(|| "name a `ladder.json`, a folder, or a branch, a tag or a commit".to_owned()),
            );
        }
        GitError::NoContent { .. } => return CliError::usage(error.to_string()),
        GitError::NoGit | GitError::Failed { .. } => "name a `ladder.json` or a folder instead",
    };
    CliError::system(error.to_string()).help(help)
}
