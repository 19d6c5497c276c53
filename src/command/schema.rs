//! `stepladder schema`: JSON Schemas of front matter, of the configuration, and of what commands print for programs.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::error::CliError;
use super::new::kind_parser;
use super::output::{GREEN, Verbosity, coloured, counted, print_line, print_output};
use super::project;
use crate::config;
use crate::diagnostic::json;
use crate::diff;
use crate::disk;
use crate::export::LADDER_SCHEMA;
use crate::guide::{Guide, Options};
use crate::page::{FOLDER, Kind};
use crate::schema::{SchemaOf, schema};
use crate::tree::{Tree, TreePath};

/// The folder of a project that the schemas are written to. It isn't part of the project's content.
const SCHEMA_FOLDER: &str = ".stepladder";

/// Print or write JSON Schemas of front matter, of `stepladder.yaml` and of what commands print for programs
#[derive(Debug, Args)]
#[command(
    after_help = "Without options, prints the schema of any page's front matter, according to its `kind`. The schemas \
                  offer the names of this project's levels, competencies, steps, tracks, areas, owners and facets; \
                  write them again when these have changed. Only `stepladder check` finds all errors.\n\n\
                  Exit status: 0 on success, even if the content has errors; 2 if there's no project; 3 if the system \
                  refuses to read or write.\n\n\
                  Examples:\n  stepladder schema --kind level\n  stepladder schema --config\n  stepladder schema --diagnostics\n  stepladder schema --diff\n  stepladder schema --ladder\n  stepladder schema --write"
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct Schema {
    /// Print the schema of the front matter of one kind of page
    #[arg(long, value_parser = kind_parser(), conflicts_with = "config")]
    kind: Option<Kind>,
    /// Print the schema of `stepladder.yaml`
    #[arg(long)]
    config: bool,
    /// Print the schema of what `--format json` of `check` and `build` prints; this needs no project
    #[arg(long, conflicts_with_all = ["kind", "config", "write"])]
    diagnostics: bool,
    /// Print the schema of what `diff --format json` prints; this needs no project
    #[arg(long, conflicts_with_all = ["kind", "config", "write", "diagnostics"])]
    diff: bool,
    /// Print the schema of `ladder.json` and of what `stepladder export json` writes; this needs no project
    #[arg(long, conflicts_with_all = ["kind", "config", "write", "diagnostics", "diff"])]
    ladder: bool,
    /// Write all schemas to `.stepladder/`, and print how editors find them
    #[arg(long, conflicts_with_all = ["kind", "config"])]
    write: bool,
}

impl Schema {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        if self.diagnostics {
            print_output(json::SCHEMA)?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.diff {
            print_output(diff::json::SCHEMA)?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.ladder {
            print_output(LADDER_SCHEMA)?;
            return Ok(ExitCode::SUCCESS);
        }
        let root = project::root(project)?;
        // No date matters here, and drafts have names, too.
        let options = Options { drafts: true, today: Date::default() };
        let guide = Guide::new(&project::read(&root)?, options).value;
        if self.write {
            write(&guide, &root, verbosity)?;
            return Ok(ExitCode::SUCCESS);
        }
        let of = match (self.kind, self.config) {
            (Some(kind), _) => SchemaOf::Kind(kind),
            (None, true) => SchemaOf::Config,
            (None, false) => SchemaOf::AnyPage,
        };
        print_output(&text(&guide, of))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn text(guide: &Guide, of: SchemaOf) -> String {
    format!("{:#}\n", schema(guide, of))
}

/// Writes the schemas that have changed.
fn write(guide: &Guide, root: &Path, verbosity: Verbosity) -> Result<(), CliError> {
    let files: Tree =
        SchemaOf::all().map(|of| (TreePath::normalized(&of.file_name()), text(guide, of).into())).collect();
    let folder = root.join(SCHEMA_FOLDER);
    let written = disk::write(&files, &folder, false)?;
    if verbosity > Verbosity::Quiet {
        let count = counted(files.len(), "schema");
        let word = coloured("Wrote", GREEN);
        print_line(format_args!("{word} {} of {count} to {}", written.written, folder.display()));
    }
    let config = SchemaOf::Config.file_name();
    let page = SchemaOf::AnyPage.file_name();
    print_output(&format!(
        "For editors with the YAML language server, add this line at the top of {}:\n\n\
         # yaml-language-server: $schema={SCHEMA_FOLDER}/{config}\n\n\
         It doesn't check front matter in Markdown. Use {SCHEMA_FOLDER}/{page} for {FOLDER}/**/*.md with a tool that \
         does, such as remark-lint-frontmatter-schema.\n",
        config::FILE
    ))
}
