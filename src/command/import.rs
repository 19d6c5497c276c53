//! `stepladder import`: makes a project of spreadsheets, documents and data.

use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::error::CliError;
use super::output::{GREEN, Verbosity, coloured, counted, print_line, print_output};
use super::project::create_parent;
use crate::config;
use crate::disk::{reading, writing};
use crate::import::{ImportError, LevelDirection, Mapping, Plan, SourceFile, Splitting, is_readable, plan};
use crate::tree::{File, TreePath};

/// The file with the account of an import.
const REPORT: &str = "IMPORT.md";

/// The file with a mapping, beside the project.
const MAPPING: &str = "import.yaml";

/// Make a project of a ladder in spreadsheets, documents or data
#[derive(Debug, Args)]
#[command(
    after_help = "Reads .xlsx, .ods, .csv, .tsv, .md, .html, .docx, .json (of Stepladder), .yaml, a .zip of these, and \
        folders. Every text of the sources is either placed in the project or named in the account of the import, which is \
        printed and written to IMPORT.md. Existing files are never overwritten. Hidden cells, comments, pay and ratings of \
        people aren't imported.\n\nExamples:\n  stepladder import ladder.xlsx --into guide\n  \
        stepladder import levels.csv --dry-run            print what would be understood\n  \
        stepladder import wiki-export.zip --into guide\n  \
        stepladder import matrix.ods --levels rows --header-row 3"
)]
pub(super) struct Import {
    /// The files or folders to import; `-` reads CSV from standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// The folder to create the project in, or an existing project [default: this folder]
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Print the plan and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    mapping: MappingArgs,
    /// Write the options to `import.yaml` in the project folder, with every key explained
    #[arg(long)]
    write_mapping: bool,
}

/// The arguments that say how sources are read.
#[derive(Debug, Args)]
struct MappingArgs {
    /// Whether tables have levels as columns or as rows [default: recognised]
    #[arg(long, value_name = "DIRECTION")]
    levels: Option<LevelsArgument>,
    /// The row with the names above a table's columns, from 1 [default: recognised]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    header_row: Option<u32>,
    /// What divides the text of a cell into expectations [default: auto]
    #[arg(long, value_name = "HOW")]
    split: Option<SplitArgument>,
    /// The name of the track, if the sources have only one
    #[arg(long, value_name = "NAME")]
    track: Option<String>,
    /// The title of the guide
    #[arg(long)]
    title: Option<String>,
    /// Let each level extend the one below it
    #[arg(long)]
    extends: bool,
    /// Import hidden sheets, rows and columns too
    #[arg(long)]
    hidden: bool,
    /// A file with these options [default: `import.yaml` in the project folder, if there's one]
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
}

/// The values of `--levels`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum LevelsArgument {
    Columns,
    Rows,
}

/// The values of `--split`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SplitArgument {
    /// By whichever of the others a cell has
    Auto,
    /// By line breaks
    Lines,
    /// By bullets and numbers
    Bullets,
    /// By semicolons
    Semicolons,
    /// Not at all
    None,
}

impl From<ImportError> for CliError {
    fn from(ImportError { message, help }: ImportError) -> Self {
        let error = Self::usage(message);
        match help {
            Some(help) => error.help(help),
            None => error,
        }
    }
}

impl Import {
    pub(super) fn run(&self, project: Option<&Path>, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let folder = self.into.as_deref().or(project).unwrap_or(Path::new("."));
        let mapping = self.mapping.read(folder)?;
        let mut sources = Vec::new();
        for source in &self.sources {
            read_source(source, &mut sources)?;
        }
        if sources.is_empty() {
            return Err(CliError::usage("there's nothing to import in this folder".to_owned())
                .help("it has no spreadsheet, document or data file; `stepladder import --help` lists the kinds"));
        }
        let plan = plan(&sources, &mapping)?;
        if self.dry_run {
            print_output(&plan.report)?;
            return Ok(ExitCode::SUCCESS);
        }
        if verbosity > Verbosity::Quiet {
            print_output(&format!("{}\n", plan.report))?;
        }
        self.write(&plan, &mapping, folder, verbosity)
    }

    /// Writes the planned files. Those of an existing project's configuration and home page stay as they are.
    fn write(&self, plan: &Plan, mapping: &Mapping, folder: &Path, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let is_kept = |path: &TreePath| [config::FILE, "content/index.md"].contains(&path.as_str());
        let exists = |path: &TreePath| folder.join(path.as_str()).symlink_metadata().is_ok();
        let pages: Vec<&TreePath> = plan.files.iter().map(|(path, _)| path).collect();
        let taken: Vec<&&TreePath> = pages.iter().filter(|path| exists(path) && !is_kept(path)).collect();
        if let Some(first) = taken.first() {
            let others = match taken.len() - 1 {
                0 => String::new(),
                more => format!(" (and {})", counted(more, "other file")),
            };
            let message = format!("`import` would overwrite {}{others}", folder.join(first.as_str()).display());
            return Err(
                CliError::usage(message).help("choose a different folder with `--into DIR`, or another `--track NAME`")
            );
        }
        let kept: Vec<&TreePath> = pages.iter().copied().filter(|path| exists(path)).collect();
        let mut written = 0;
        for (path, file) in plan.files.iter().filter(|(path, _)| !kept.contains(path)) {
            let File::Bytes(bytes) = file else { continue };
            create(&folder.join(path.as_str()), bytes)?;
            written += 1;
        }
        let mut report = format!("# Import\n\n{}", plan.report);
        for path in kept {
            let Some(File::Bytes(bytes)) = plan.files.get(path) else { continue };
            let text = String::from_utf8_lossy(bytes);
            report.push_str(&format!(
                "\n{path} existed and wasn't changed. The import would have written:\n\n```\n{text}```\n"
            ));
        }
        create(&unused(folder, REPORT), report.as_bytes())?;
        if self.write_mapping {
            create(&unused(folder, MAPPING), mapping.to_yaml().as_bytes())?;
        }
        if verbosity > Verbosity::Quiet {
            let dir = folder.display();
            print_line(format_args!(
                "{} {} in {dir}, and {REPORT}",
                coloured("Created", GREEN),
                counted(written, "file")
            ));
            let project = if folder == Path::new(".") { String::new() } else { format!(" --project {dir}") };
            print_line(format_args!("     Next: stepladder check{project}, then stepladder serve --open{project}"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl MappingArgs {
    /// The mapping from its file, with what the arguments say in its place.
    fn read(&self, folder: &Path) -> Result<Mapping, CliError> {
        let usual = folder.join(MAPPING);
        let file = self.mapping.clone().or_else(|| usual.is_file().then_some(usual));
        let mut mapping = match &file {
            Some(file) => {
                let text = fs::read_to_string(file).map_err(reading(file))?;
                Mapping::parse(&text).map_err(|error| CliError::usage(format!("{}: {error}", file.display())))?
            }
            None => Mapping::default(),
        };
        if let Some(levels) = self.levels {
            mapping.levels = Some(match levels {
                LevelsArgument::Columns => LevelDirection::Columns,
                LevelsArgument::Rows => LevelDirection::Rows,
            });
        }
        if let Some(split) = self.split {
            mapping.split = match split {
                SplitArgument::Auto => Splitting::Auto,
                SplitArgument::Lines => Splitting::Lines,
                SplitArgument::Bullets => Splitting::Bullets,
                SplitArgument::Semicolons => Splitting::Semicolons,
                SplitArgument::None => Splitting::None,
            };
        }
        mapping.header_row = self.header_row.map(|row| row as usize).or(mapping.header_row);
        mapping.track = self.track.clone().or(mapping.track);
        mapping.title = self.title.clone().or(mapping.title);
        mapping.extends |= self.extends;
        mapping.hidden |= self.hidden;
        Ok(mapping)
    }
}

/// Creates a file and the folders above it.
fn create(file: &Path, content: &[u8]) -> Result<(), CliError> {
    create_parent(file)?;
    fs::File::create_new(file).and_then(|mut open| open.write_all(content)).map_err(writing(file))?;
    Ok(())
}

/// A path in a folder at which there's nothing yet: `IMPORT.md`, `IMPORT-2.md`.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|number| folder.join(format!("{stem}-{number}.{extension}")));
    let mut paths = std::iter::once(folder.join(name)).chain(numbered);
    paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| folder.join(name))
}

/// Reads a source: a file, all readable files of a folder, or standard input.
fn read_source(source: &Path, sources: &mut Vec<SourceFile>) -> Result<(), CliError> {
    if source == Path::new("-") {
        if std::io::stdin().is_terminal() {
            return Err(CliError::usage("there's nothing on standard input".to_owned())
                .help("pass the text of a table: `pbpaste | stepladder import -`"));
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| CliError::system(format!("couldn't read standard input: {error}")))?;
        sources.push(SourceFile { name: "stdin.csv".to_owned(), bytes });
        return Ok(());
    }
    let shown = source.to_string_lossy();
    if shown.contains("://") {
        return Err(CliError::usage(format!("{shown} is an address, and `import` reads files"))
            .help("download the sheet as .xlsx or .csv, or the page as .html or .docx, and import that"));
    }
    if source.is_dir() {
        for entry in walkdir::WalkDir::new(source).sort_by_file_name() {
            let entry = entry.map_err(|error| CliError::system(error.to_string()))?;
            let name = entry.path().to_string_lossy().into_owned();
            if entry.file_type().is_file() && is_readable(&name) {
                let bytes = fs::read(entry.path()).map_err(reading(entry.path()))?;
                sources.push(SourceFile { name, bytes });
            }
        }
        return Ok(());
    }
    let bytes = fs::read(source).map_err(reading(source))?;
    let name = source.file_name().map_or(shown.clone(), |name| name.to_string_lossy());
    sources.push(SourceFile { name: name.into_owned(), bytes });
    Ok(())
}
