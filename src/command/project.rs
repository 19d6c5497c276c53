//! The project that a command works on: its folder, its files, and the options of its builds.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Span;
use jiff::civil::Date;

use super::error::CliError;
use crate::config;
use crate::diagnostic::nearest;
use crate::disk::{self, Inputs, creating_folder, reading};
use crate::page::FOLDER;
use crate::site::Options;
use crate::tree::Tree;

const SECONDS_PER_DAY: i64 = 86_400;

/// The arguments of the commands that build a site.
#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// Treat drafts as if they were published
    #[arg(long)]
    drafts: bool,
    /// The day on which the site is built, for what is overdue.
    #[arg(
        long,
        value_name = "YEAR-MONTH-DAY",
        value_parser = parse_date,
        help = "The date to use as today when checking for overdue reviews [default: $SOURCE_DATE_EPOCH if set, or \
            the current date]"
    )]
    today: Option<Date>,
}

impl SiteArgs {
    /// The options for a build now.
    ///
    /// # Errors
    /// If `SOURCE_DATE_EPOCH` is malformed.
    pub(super) fn options(&self) -> Result<Options, CliError> {
        let today = match self.today {
            Some(day) => day,
            None => today()?,
        };
        Ok(Options { drafts: self.drafts, today })
    }
}

fn parse_date(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| "expected a date, such as 2026-11-22".to_owned())
}

/// The date of `SOURCE_DATE_EPOCH` (<https://reproducible-builds.org/specs/source-date-epoch/>) in UTC, or else of the
/// clock in local time.
fn today() -> Result<Date, CliError> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(jiff::Zoned::now().date()) };
    let seconds = epoch.to_str().and_then(|text| text.trim().parse::<i64>().ok());
    let invalid = || CliError::usage(format!("SOURCE_DATE_EPOCH isn't a number of seconds: {}", epoch.display()));
    let days = seconds.ok_or_else(invalid)?.div_euclid(SECONDS_PER_DAY);
    // Not by a timestamp, which ends a day before the last date does.
    let date = Span::new().try_days(days).ok().and_then(|days| Date::constant(1970, 1, 1).checked_add(days).ok());
    let out_of_range = || {
        let message = format!("SOURCE_DATE_EPOCH is no date of the years 1 to 9999: {}", epoch.display());
        CliError::usage(message).help("it's a number of seconds since 1970-01-01, not of milliseconds")
    };
    date.filter(|date| date.year() > 0).ok_or_else(out_of_range)
}

/// The project's folder: the given one, or else the nearest ancestor of the working directory that has a configuration.
/// The working directory itself counts.
pub(super) fn root(given: Option<&Path>) -> Result<PathBuf, CliError> {
    let has_config = |folder: &Path| folder.join(config::FILE).is_file();
    if let Some(folder) = given {
        if has_config(folder) {
            return Ok(folder.to_owned());
        }
        return Err(no_project(folder, "in"));
    }
    let here = std::env::current_dir()
        .map_err(|error| CliError::system(format!("couldn't determine the current folder: {error}")))?;
    let found = here.ancestors().find(|folder| has_config(folder)).map(Path::to_owned);
    found.ok_or_else(|| no_project(&here, "in or above"))
}

fn no_project(folder: &Path, relation: &str) -> CliError {
    CliError::usage(format!("there's no {} {relation} {}", config::FILE, folder.display()))
        .help("create a project with `stepladder init DIR`, or choose one with `--project DIR`")
}

/// Creates the folder of a file, and those above it.
pub(super) fn create_parent(file: &Path) -> Result<(), CliError> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(creating_folder(folder))?;
    }
    Ok(())
}

/// Checks that a watched folder is still a project with content.
///
/// # Errors
/// If the configuration or the content is missing, with help.
pub(super) fn check_project(root: &Path) -> Result<(), CliError> {
    if !root.join(config::FILE).is_file() {
        let (file, folder) = (config::FILE, root.display());
        return Err(CliError::usage(format!("there's no {file} in {folder} anymore"))
            .help("put it back to continue, or press Ctrl-C to stop"));
    }
    check_content(root)
}

/// Reads a project that must have content.
pub(super) fn read_with_content(root: &Path) -> Result<Tree, CliError> {
    check_content(root)?;
    read(root)
}

/// Checks that a project has a folder for content.
///
/// # Errors
/// If the folder is missing, with help.
pub(super) fn check_content(root: &Path) -> Result<(), CliError> {
    if root.join(FOLDER).exists() {
        return Ok(());
    }
    let entries = std::fs::read_dir(root)
        .map_err(reading(root))?
        .filter_map(|entry| entry.ok().filter(|entry| entry.path().is_dir()));
    let folders: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let similar = nearest(FOLDER, folders.iter().map(String::as_str));
    let help = match similar {
        Some(similar) => format!("did you mean `{similar}/`? Rename it to `{FOLDER}/`"),
        None => "create it, with a first page, by running `stepladder new page index`".to_owned(),
    };
    Err(CliError::usage(format!("there's no folder `{FOLDER}/` in {}", root.display())).help(help))
}

/// Reads a project.
pub(super) fn read(root: &Path) -> Result<Tree, CliError> {
    disk::read(root).map_err(|error| unreadable(&error))
}

/// Reads a project, with the state of each of its files.
pub(super) fn read_recorded(root: &Path) -> Result<(Tree, Inputs), CliError> {
    disk::read_recorded(root).map_err(|error| unreadable(&error))
}

/// The error for a project that can't be read, for a reason that names the file.
pub(super) fn unreadable(reason: &impl std::fmt::Display) -> CliError {
    CliError::system(reason.to_string())
}
