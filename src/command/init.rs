//! `stepladder init`: creates a new project from the starter.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use include_dir::{Dir, include_dir};

use super::error::CliError;
use super::output::{GREEN, Verbosity, coloured, counted, print_line};
use super::project::create_parent;
use crate::disk::writing;

/// The folder with the files of a new project.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/command/starter");

/// Create a project with a small, complete ladder to edit
#[derive(Debug, Args)]
#[command(
    after_help = "Existing files are never overwritten.\n\nExamples:\n  stepladder init\n  stepladder init guide"
)]
pub(super) struct Init {
    /// The folder to create the project in, created if missing [default: this folder]
    dir: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let dir = self.dir.as_deref().or(project).unwrap_or(Path::new("."));
        let files = starter_files();
        let existing: Vec<PathBuf> =
            files.iter().map(|(path, _)| dir.join(path)).filter(|path| path.symlink_metadata().is_ok()).collect();
        if let Some(first) = existing.first() {
            let others = match existing.len() - 1 {
                0 => String::new(),
                more => format!(" (and {})", counted(more, "other file")),
            };
            let message = format!("`init` would overwrite {}{others}", first.display());
            return Err(CliError::usage(message).help("choose a different folder: `stepladder init DIR`"));
        }
        for (path, content) in &files {
            let file = dir.join(path);
            create_parent(&file)?;
            fs::File::create_new(&file).and_then(|mut open| open.write_all(content)).map_err(writing(&file))?;
        }
        if verbosity > Verbosity::Quiet {
            print_line(format_args!(
                "{} {} in {}",
                coloured("Created", GREEN),
                counted(files.len(), "file"),
                dir.display()
            ));
            let project = if dir == Path::new(".") { String::new() } else { format!(" --project {}", dir.display()) };
            print_line(format_args!("     Next: stepladder serve --open{project}"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The paths and contents of the files of a new project, sorted by path.
fn starter_files() -> Vec<(&'static Path, &'static [u8])> {
    let mut files = Vec::new();
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().map(|file| (file.path(), file.contents())));
    }
    files.sort_unstable_by_key(|(path, _)| *path);
    files
}
