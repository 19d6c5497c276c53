use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::CliError;
use crate::config;
use crate::diagnostic::nearest;
use crate::disk;
use crate::page::FOLDER;
use crate::site::Options;
use crate::tree::Tree;

/// What the commands that go through a project have in common.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// Treat drafts as if they were published
    #[arg(long)]
    drafts: bool,
    /// The day on which the site is built, for what is overdue.
    #[arg(
        long,
        value_name = "YEAR-MONTH-DAY",
        value_parser = day,
        help = "The date to use as today when checking for overdue reviews [default: $SOURCE_DATE_EPOCH if set, or \
            the current date]"
    )]
    today: Option<Date>,
}

impl Input {
    pub(super) fn options(&self) -> Result<Options, CliError> {
        let today = match self.today {
            Some(day) => day,
            None => today()?,
        };
        Ok(Options { drafts: self.drafts, today })
    }
}

/// A day, as a person may type it.
fn day(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| "expected a date, such as 2026-11-22".to_owned())
}

/// The day by `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>), or by the clock.
fn today() -> Result<Date, CliError> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(jiff::Zoned::now().date()) };
    let seconds = epoch.to_str().and_then(|text| text.trim().parse::<i64>().ok());
    let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let wrong = || CliError(format!("SOURCE_DATE_EPOCH isn't a number of seconds: {}", epoch.display()));
    Ok(moment.ok_or_else(wrong)?.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The project's folder: the one given, or this one or the nearest above it that has a configuration.
pub(super) fn root(given: Option<&Path>) -> Result<PathBuf, CliError> {
    let has_config = |folder: &Path| folder.join(config::FILE).is_file();
    if let Some(folder) = given {
        if has_config(folder) {
            return Ok(folder.to_owned());
        }
        return Err(no_project(folder, "in"));
    }
    let here = std::env::current_dir()?;
    let found = here.ancestors().find(|folder| has_config(folder)).map(Path::to_owned);
    found.ok_or_else(|| no_project(&here, "in or above"))
}

fn no_project(folder: &Path, relation: &str) -> CliError {
    CliError(format!(
        "there's no {} {relation} {}\n\ncreate a project with `stepladder init DIR`, or choose one with `--project \
         DIR`",
        config::FILE,
        folder.display()
    ))
}

/// Requires that a project whose changes are followed is still one.
pub(super) fn require(root: &Path) -> Result<(), CliError> {
    if !root.join(config::FILE).is_file() {
        let (file, folder) = (config::FILE, root.display());
        return Err(CliError(format!(
            "there's no {file} in {folder} anymore\n\nput it back to continue, or press Ctrl-C to stop"
        )));
    }
    require_content(root)
}

/// Reads a project that is to be published, and so must have content.
pub(super) fn whole(root: &Path) -> Result<Tree, CliError> {
    require_content(root)?;
    read(root)
}

/// Says what to do when a project has no content.
pub(super) fn require_content(root: &Path) -> Result<(), CliError> {
    if root.join(FOLDER).exists() {
        return Ok(());
    }
    let entries = std::fs::read_dir(root)?.filter_map(|entry| entry.ok().filter(|entry| entry.path().is_dir()));
    let folders: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let near = nearest(FOLDER, folders.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{near}/`? Rename it to `{FOLDER}/`"),
        None => "create it, with a first page, by running `stepladder new page index`".to_owned(),
    };
    Err(CliError(format!("there's no folder `{FOLDER}/` in {}\n\n{help}", root.display())))
}

/// Reads a project.
pub(super) fn read(root: &Path) -> Result<Tree, CliError> {
    disk::read(root).map_err(|error| unreadable(&error))
}

/// What is said of a project that can't be read.
pub(super) fn unreadable(reason: &impl std::fmt::Display) -> CliError {
    CliError(format!("can't read the project: {reason}"))
}
