//! Builders with which a test reads as a specification: a [`Project`] of a few files, taken through the pipeline in
//! memory ([`Project::problems`], [`Project::site`]) or through the real program in a folder of its own
//! ([`Project::run`]).
#![allow(dead_code, reason = "each test module uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::{Date, date};
use stepladder::diagnostic::{Diagnostic, sort};
use stepladder::site::{Options, Site};
use stepladder::tree::{Tree, TreePath};
use tempfile::TempDir;

/// The day on which all tests happen.
pub(crate) const TODAY: Date = date(2026, 11, 22);

/// The configuration of a project that gives none.
const CONFIGURATION: &str = "title: Test\n";

/// The files of a project, not yet anywhere.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    files: BTreeMap<String, Vec<u8>>,
    drafts: bool,
}

impl Project {
    /// A project with nothing but a title.
    pub(crate) fn new() -> Self {
        Self { files: BTreeMap::new(), drafts: false }.file("stepladder.yaml", CONFIGURATION)
    }

    /// Adds a text file. The text is un-indented, see [`unindent`].
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, unindent(text).as_bytes())
    }

    /// Adds a file of any content, over one that is there.
    pub(crate) fn bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), bytes.to_owned());
        self
    }

    /// Takes a file away.
    pub(crate) fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// Treats drafts as published, in memory. (The program has `--drafts` for it.)
    pub(crate) fn with_drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    /// The files as a tree.
    pub(crate) fn tree(&self) -> Tree {
        self.files.iter().map(|(path, bytes)| (TreePath::normalized(path), bytes.clone().into())).collect()
    }

    /// Takes the project through the whole pipeline in memory.
    pub(crate) fn build(&self) -> Built {
        build(&self.tree(), self.drafts)
    }

    /// All its problems, sorted.
    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        self.build().problems
    }

    /// Its files on disk, for as long as the folder is kept.
    pub(crate) fn on_disk(&self) -> Folder {
        let folder = Folder { home: TempDir::new().expect("a temporary folder") };
        for (path, bytes) in &self.files {
            folder.write(path, bytes);
        }
        folder
    }

    /// Runs the program in a new folder with the project.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.on_disk().run(arguments)
    }
}

/// The result of the pipeline for a project.
#[derive(Debug)]
pub(crate) struct Built {
    /// The site, before its pages are rendered.
    pub(crate) site: Site,
    /// All files of the site.
    pub(crate) files: Tree,
    /// All problems, sorted.
    pub(crate) problems: Vec<Diagnostic>,
}

impl Built {
    /// The text of a file of the site.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.files.bytes(&TreePath::normalized(path)).unwrap_or_else(|| panic!("the site has no {path}"));
        std::str::from_utf8(bytes).expect("a text")
    }
}

/// Takes any tree through the whole pipeline in memory: what the commands `check` and `build` do.
pub(crate) fn build(project: &Tree, drafts: bool) -> Built {
    let mut problems = Vec::new();
    let site = Site::new(project, Options { drafts, today: TODAY }).drain_into(&mut problems);
    let files = site.render_all().drain_into(&mut problems);
    sort(&mut problems);
    Built { site, files, problems }
}

/// A project in a folder of its own, which goes away with this value.
#[derive(Debug)]
pub(crate) struct Folder {
    home: TempDir,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { home: TempDir::new().expect("a temporary folder") }
    }

    /// The path of a file or folder in it; `""` is the folder itself.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.home.path().to_owned() } else { self.home.path().join(path) }
    }

    /// Writes a file, exactly as given, and the folders that it needs.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file in the folder")).expect("folders can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    /// Reads a text file.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether a file or folder exists.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Removes a file.
    #[track_caller]
    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Runs the program in it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments, &[])
    }

    /// Runs the program in one of its sub-folders, with variables of the environment.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        run(&self.path(folder), arguments, variables)
    }
}

/// Runs the program in a folder. Nothing of the caller's environment reaches it but where the programs are. `check` and
/// `build` happen on [`TODAY`] unless the arguments or variables say something else.
pub(crate) fn run(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let output = command(folder, arguments, variables).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    Run {
        arguments: arguments.join(" "),
        status: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// The program, to be started in a folder; see [`run`].
pub(crate) fn command(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stepladder"));
    command.current_dir(folder).args(arguments).env_clear();
    for kept in ["PATH", "TMPDIR", "SYSTEMROOT"] {
        command.envs(std::env::var_os(kept).map(|value| (kept, value)));
    }
    command.envs(variables.iter().copied());
    let dated = arguments.iter().any(|word| word.starts_with("--today"))
        || variables.iter().any(|(name, _)| *name == "SOURCE_DATE_EPOCH");
    if !dated && arguments.iter().any(|word| matches!(*word, "check" | "build")) {
        command.arg(format!("--today={TODAY}"));
    }
    command
}

/// One run of the program that has ended.
#[derive(Debug)]
pub(crate) struct Run {
    arguments: String,
    status: Option<i32>,
    /// The standard output.
    pub(crate) stdout: String,
    /// The standard error.
    pub(crate) stderr: String,
}

impl Run {
    /// Requires an exit status.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        let Self { arguments, status: given, stdout, stderr } = &self;
        assert!(
            *given == Some(status),
            "`stepladder {arguments}` ended with {given:?}, not {status}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        );
        self
    }

    /// Requires status 0: all is well.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Requires status 1: the content has errors.
    #[track_caller]
    pub(crate) fn fails(self) -> Self {
        self.exits(1)
    }

    /// Requires status 2: wrong use.
    #[track_caller]
    pub(crate) fn refuses(self) -> Self {
        self.exits(2)
    }

    /// Requires status 3: a file, the network or something else of the system got in the way.
    #[track_caller]
    pub(crate) fn gives_up(self) -> Self {
        self.exits(3)
    }

    /// Requires words on standard error.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "{words:?} is not in what was said:\n{}", self.stderr);
        self
    }

    /// Requires that words are not on standard error.
    #[track_caller]
    pub(crate) fn never_says(self, words: &str) -> Self {
        assert!(!self.stderr.contains(words), "{words:?} is in what was said:\n{}", self.stderr);
        self
    }

    /// Requires words on standard output.
    #[track_caller]
    pub(crate) fn prints(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "{words:?} is not in what was printed:\n{}", self.stdout);
        self
    }

    /// Requires that nothing is on standard output.
    #[track_caller]
    pub(crate) fn prints_nothing(self) -> Self {
        assert!(self.stdout.is_empty(), "something was printed:\n{}", self.stdout);
        self
    }
}

/// Takes away the line break at the start of a text and the indentation that all its lines share, so that a file can be
/// written in a test at the test's own indentation. The spaces before the closing quote go, too.
pub(crate) fn unindent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let full = |line: &&str| !line.trim().is_empty();
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(full).map(depth).min().unwrap_or(0);
    let cut = |line: &str| line.get(shared..).unwrap_or("").to_owned();
    let whole = text.split('\n').map(cut);
    whole.collect::<Vec<_>>().join("\n")
}

/// Whether golden results are to be rewritten rather than compared: `STEPLADDER_BLESS=1 cargo test`. What is rewritten
/// is reviewed as code.
pub(crate) fn blessing() -> bool {
    std::env::var_os("STEPLADDER_BLESS").is_some_and(|value| value == "1")
}

/// As [`blessing`], or one thing's results alone: `STEPLADDER_BLESS=broken-link cargo test`.
pub(crate) fn blessing_of(name: &str) -> bool {
    blessing() || std::env::var_os("STEPLADDER_BLESS").is_some_and(|value| value == name)
}

#[test]
fn a_text_loses_the_indentation_that_its_lines_share() {
    let text = "
        ---
        title: A
          deeper

        ---
        ";
    assert_eq!(unindent(text), "---\ntitle: A\n  deeper\n\n---\n");
    assert_eq!(unindent("a\n b\n"), "a\n b\n");
}

/// Numbers that look like chance and are the same every time (a linear congruential generator with Knuth's constants).
#[derive(Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    /// Each seed gives another row of numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number from 0, below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    /// One of some things.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
