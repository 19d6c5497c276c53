//! `stepladder export`: the ladder as a file for other programs.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::error::{CliError, EXIT_CONTENT_ERRORS};
use super::output::{DiagnosticPrinter, Format, GREEN, Verbosity, coloured, print_line, print_output};
use super::project::{self, SiteArgs};
use crate::diagnostic::any_error;
use crate::disk::writing;
use crate::export::{self, CsvRows};
use crate::site::{Site, check};

/// Write the ladder as a file for other programs
#[derive(Debug, Args)]
#[command(
    after_help = "What a format can't hold is listed on standard error. A ladder exported as json and imported again is the \
        same ladder; one from xlsx or csv has the same levels, competencies and expectations.\n\nExamples:\n  \
        stepladder export csv > ladder.csv\n  stepladder export csv --cumulative --out levels.csv\n  \
        stepladder export xlsx --out ladder.xlsx\n  stepladder export xlsx --assessment --out assessment.xlsx\n  \
        stepladder export html --out ladder.html          open it in a word processor"
)]
pub(super) struct Export {
    /// The format
    #[arg(value_name = "FORMAT")]
    format: ExportFormat,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// With csv, list at each level what it inherits too
    #[arg(long)]
    cumulative: bool,
    /// With xlsx, write a form for assessments: a sheet for each level, with ratings and evidence
    #[arg(long)]
    assessment: bool,
    #[command(flatten)]
    site: SiteArgs,
}

/// The formats of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A row for each expectation
    Csv,
    /// A workbook: a matrix for each track, and a sheet with a row for each expectation
    Xlsx,
    /// Everything that the ladder has
    Json,
    /// One document in Markdown
    Markdown,
    /// One document in HTML, for word processors
    Html,
    /// Linked data of schema.org
    Jsonld,
}

impl ExportFormat {
    /// What the format can't hold.
    fn limits(self) -> &'static str {
        match self {
            Self::Json => "prose of pages",
            Self::Csv | Self::Xlsx => {
                "prose of pages, summaries, facets, scales and profiles, weights, moves, and the names and ids beside titles and codes"
            }
            Self::Markdown | Self::Html => "prose of pages, profiles, weights, moves, ranks and ids",
            Self::Jsonld => {
                "prose of pages, details and examples, facets, scales and profiles, weights, moves, ranks and ids"
            }
        }
    }
}

impl Export {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        if self.cumulative && self.format != ExportFormat::Csv {
            return Err(CliError::usage("`--cumulative` is for csv".to_owned()));
        }
        if self.assessment && self.format != ExportFormat::Xlsx {
            return Err(CliError::usage("`--assessment` is for xlsx".to_owned()));
        }
        if self.format == ExportFormat::Xlsx && self.out.is_none() {
            return Err(
                CliError::usage("xlsx is no text for standard output".to_owned()).help("add `--out ladder.xlsx`")
            );
        }
        let root = project::root(project)?;
        let project = project::read_with_content(&root)?;
        let checked = check(Site::new(&project, self.site.options()?));
        if any_error(&checked.diagnostics) {
            let printer = DiagnosticPrinter { root: &root, format: Format::Text, verbosity: Verbosity::Quiet };
            printer.print(&checked.diagnostics, &project, &checked.site)?;
            return Ok(ExitCode::from(EXIT_CONTENT_ERRORS));
        }
        let bytes = self.bytes(&checked.site)?;
        if verbosity > Verbosity::Quiet && !self.assessment {
            print_line(format_args!("Not in this format: {}", self.format.limits()));
        }
        let Some(file) = &self.out else {
            print_output(&String::from_utf8_lossy(&bytes))?;
            return Ok(ExitCode::SUCCESS);
        };
        let open = fs::File::create_new(file);
        if open.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AlreadyExists) {
            return Err(CliError::usage(format!(
                "{} exists, and existing files are never overwritten",
                file.display()
            ))
            .help("choose another name, or remove the file"));
        }
        open.and_then(|mut open| open.write_all(&bytes)).map_err(writing(file))?;
        if verbosity > Verbosity::Quiet {
            print_line(format_args!("{} {}", coloured("Wrote", GREEN), file.display()));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn bytes(&self, site: &Site) -> Result<Vec<u8>, CliError> {
        let context = site.context();
        let rows = if self.cumulative { CsvRows::Cumulative } else { CsvRows::Own };
        Ok(match self.format {
            ExportFormat::Csv => export::ladder_csv(context, rows).into_bytes(),
            ExportFormat::Json => export::ladder_json(context).into_bytes(),
            ExportFormat::Markdown => export::document_markdown(context).into_bytes(),
            ExportFormat::Html => export::document_html(context).into_bytes(),
            ExportFormat::Jsonld => export::json_ld(context).into_bytes(),
            ExportFormat::Xlsx => {
                let workbook = if self.assessment { export::assessment(context) } else { export::workbook(context) };
                let workbook = workbook
                    .map_err(|error| CliError::usage(format!("the ladder doesn't fit into a workbook: {error}")))?;
                if workbook.shortened > 0 {
                    print_line(format_args!(
                        "{} texts were longer than a cell can be, and are cut",
                        workbook.shortened
                    ));
                }
                workbook.bytes
            }
        })
    }
}
