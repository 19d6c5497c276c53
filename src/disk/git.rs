//! Reads projects at revisions of the git repository that they're in, through the installed `git`. Neither the working
//! tree nor the repository is written to.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::list::is_project_path;
use super::read::is_text;
use crate::tree::{File, SymlinkProblem, Tree, TreePath, UnresolvedSymlink};

/// The path of the configuration in a project.
const CONFIG: &str = "stepladder.yaml";

/// The folder of a project that has its pages.
const CONTENT: &str = "content";

/// The most symbolic links that lead from one to the next.
const MAX_LINKS: usize = 8;

/// The mode of a symbolic link in a git tree.
const SYMLINK_MODE: &str = "120000";

/// The repository of a project.
#[derive(Debug)]
pub struct Repository {
    /// The project's folder.
    folder: PathBuf,
    /// The path of the project's folder in the repository, with a `/` at the end; empty for the repository itself.
    prefix: String,
    /// Whether the repository lacks commits of its history.
    pub is_shallow: bool,
}

/// A commit that a revision means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The revision as it was given.
    pub revision: String,
    /// The full hash.
    pub hash: String,
    /// The day of the commit as its committer had it, as year, month and day.
    pub date: String,
}

/// The project at a revision.
#[derive(Debug)]
pub struct ProjectAt {
    /// Its configuration and `content/`. Files that aren't read as texts are empty.
    pub tree: Tree,
    /// The folder of the repository that has its content, if that isn't the same as now.
    pub renamed_from: Option<String>,
}

/// A file of a git tree.
#[derive(Debug, Clone)]
struct TreeEntry {
    is_link: bool,
    object: String,
}

/// The files of a git tree by path.
type Entries = BTreeMap<String, TreeEntry>;

impl Repository {
    /// Opens the repository that a folder is in.
    ///
    /// # Errors
    /// If there's none, or if `git` isn't installed or refuses.
    pub fn of(folder: &Path) -> Result<Self, GitError> {
        let args = ["rev-parse", "--is-shallow-repository", "--show-prefix"];
        let output = command(folder, &args).output().map_err(|error| GitError::start(&error))?;
        if !output.status.success() {
            let message = error_text(&output);
            let is_outside = message.contains("not a git repository");
            return Err(if is_outside {
                GitError::NoRepository { folder: folder.to_owned() }
            } else {
                GitError::Failed { message }
            });
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let mut lines = text.lines();
        let is_shallow = lines.next() == Some("true");
        Ok(Self { folder: folder.to_owned(), prefix: lines.next().unwrap_or_default().to_owned(), is_shallow })
    }

    /// The commit that a revision means: a branch, a tag, a hash, `HEAD~3`.
    ///
    /// # Errors
    /// If it means none, with the names of branches and tags.
    pub fn commit(&self, revision: &str) -> Result<Commit, GitError> {
        let peeled = format!("{revision}^{{commit}}");
        let found = command(&self.folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled])
            .output()
            .map_err(|error| GitError::start(&error))?;
        if !found.status.success() {
            let names =
                self.run(&["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"])?;
            let names = String::from_utf8_lossy(&names).lines().map(str::to_owned).collect();
            return Err(GitError::UnknownRevision {
                revision: revision.to_owned(),
                names,
                is_shallow: self.is_shallow,
            });
        }
        let hash = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let date = self.run(&["show", "--no-patch", "--no-show-signature", "--format=%cs", &hash])?;
        let date = String::from_utf8_lossy(&date).trim().to_owned();
        Ok(Commit { revision: revision.to_owned(), hash, date })
    }

    /// Reads the project at a commit. Where its folder or that of its content had another name then, it's the one that
    /// has the most files of `now`, the project as it is now.
    ///
    /// # Errors
    /// If the commit has no content, or git can't read it.
    pub fn read(&self, commit: &Commit, now: &Tree) -> Result<ProjectAt, GitError> {
        let mut args = vec!["ls-tree", "-r", "-z", "--full-tree", &commit.hash];
        let mut content = format!("{}{CONTENT}/", self.prefix);
        if !self.prefix.is_empty() {
            args.push(&self.prefix);
        }
        let mut entries = self.entries(&args)?;
        let mut renamed_from = None;
        if !has_files(&entries, &content) {
            if !self.prefix.is_empty() {
                entries = self.entries(&args[..5])?;
            }
            let Some(other) = most_alike(&entries, now) else {
                return Err(GitError::NoContent { commit: commit.clone(), folder: content });
            };
            renamed_from = Some(other.trim_end_matches('/').to_owned());
            content = other;
        }
        let root = content.trim_end_matches('/').rsplit_once('/').map_or("", |(root, _)| &content[..=root.len()]);
        let project = named_in_project(entries, root, &content);
        Ok(ProjectAt { tree: self.load(&project)?, renamed_from })
    }

    /// The files that `git ls-tree` lists.
    fn entries(&self, args: &[&str]) -> Result<Entries, GitError> {
        let listing = self.run(args)?;
        let lines = listing.split(|byte| *byte == 0).filter(|line| !line.is_empty());
        let entry = |line: &[u8]| {
            let line = String::from_utf8_lossy(line);
            let (what, path) = line.split_once('\t')?;
            let [mode, kind, object] = what.split(' ').collect::<Vec<_>>().try_into().ok()?;
            let entry = TreeEntry { is_link: mode == SYMLINK_MODE, object: object.to_owned() };
            (kind == "blob").then(|| (path.to_owned(), entry))
        };
        Ok(lines.filter_map(entry).collect())
    }

    /// Loads the configuration and the content of a project. Symbolic links are followed inside the project.
    fn load(&self, entries: &Entries) -> Result<Tree, GitError> {
        let is_wanted = |path: &str, entry: &TreeEntry| entry.is_link || is_text(&TreePath::normalized(path));
        let wanted: Vec<&str> = entries
            .iter()
            .filter(|(path, entry)| is_wanted(path, entry))
            .map(|(_, entry)| entry.object.as_str())
            .collect();
        let blobs = self.blobs(&wanted)?;
        let text = |path: &str, entry: &TreeEntry| {
            let is_read = is_text(&TreePath::normalized(path));
            blobs.get(&entry.object).filter(|_| is_read).cloned().unwrap_or_default()
        };
        let (mut tree, mut unresolved) = (Tree::default(), BTreeMap::new());
        for (path, entry) in entries.iter().filter(|(path, _)| is_part(path)) {
            if !entry.is_link {
                tree.insert(TreePath::normalized(path), text(path, entry));
                continue;
            }
            match followed(entries, &blobs, path) {
                Ok(targets) => targets.into_iter().for_each(|(path, target)| {
                    tree.insert(TreePath::normalized(&path), File::from(text(&path, target)));
                }),
                Err(link) => {
                    unresolved.insert(TreePath::normalized(path), link);
                }
            }
        }
        tree.replace_symlinks(unresolved);
        Ok(tree)
    }

    /// The contents of blobs by their hashes.
    fn blobs(&self, objects: &[&str]) -> Result<HashMap<String, Vec<u8>>, GitError> {
        let mut git = command(&self.folder, &["cat-file", "--batch"]);
        let mut git =
            git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| GitError::start(&error))?;
        let (Some(mut requests), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
            return Ok(HashMap::new());
        };
        let asked = objects.join("\n") + "\n";
        // Written by another thread: git answers as it reads, and stops reading once no one takes the answers.
        let writer = std::thread::spawn(move || requests.write_all(asked.as_bytes()));
        let mut answers = BufReader::new(answers);
        let mut blobs = HashMap::with_capacity(objects.len());
        let read = objects.iter().try_for_each(|object| {
            blobs.insert((*object).to_owned(), read_blob(&mut answers)?);
            Ok::<_, io::Error>(())
        });
        drop(answers);
        let _ = writer.join();
        let ended = git.wait_with_output().map_err(|error| GitError::start(&error))?;
        match read {
            Ok(()) => Ok(blobs),
            Err(error) => {
                let said = error_text(&ended);
                Err(GitError::Failed { message: if said.is_empty() { error.to_string() } else { said } })
            }
        }
    }

    /// What git prints.
    fn run(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = command(&self.folder, args).output().map_err(|error| GitError::start(&error))?;
        if output.status.success() { Ok(output.stdout) } else { Err(GitError::Failed { message: error_text(&output) }) }
    }
}

/// Reads the next answer of `git cat-file --batch`.
fn read_blob(answers: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut header = String::new();
    answers.read_line(&mut header)?;
    let size = header.trim_end().rsplit_once(' ').and_then(|(_, size)| size.parse::<usize>().ok());
    let Some(size) = size else {
        return Err(io::Error::other(format!("the repository lacks a file of this revision ({})", header.trim_end())));
    };
    let mut blob = vec![0; size + 1];
    answers.read_exact(&mut blob)?;
    blob.pop();
    Ok(blob)
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["--no-pager", "--literal-pathspecs"]).args(args);
    // Messages in English, no password prompt, no refreshed index.
    git.envs([("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0")]);
    git.stdin(Stdio::null()).stderr(Stdio::piped());
    git
}

fn error_text(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    text.trim().trim_start_matches("fatal: ").to_owned()
}

/// Whether a file belongs to the project, apart from its themes.
fn is_part(path: &str) -> bool {
    path == CONFIG || path.starts_with(CONTENT) && is_project_path(Path::new(path))
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

fn has_files(entries: &Entries, folder: &str) -> bool {
    entries.range(folder.to_owned()..).next().is_some_and(|(path, _)| path.starts_with(folder))
}

/// The folder, with a `/` at the end, that has the most pages of a project's content: first among those that are content
/// of a project.
fn most_alike(entries: &Entries, now: &Tree) -> Option<String> {
    let pages = now.inside(CONTENT).map(|(path, _)| &path.as_str()[CONTENT.len() + 1..]);
    let mut by_name: HashMap<&str, Vec<&str>> = HashMap::new();
    for page in pages.filter(|page| is_page(page)) {
        by_name.entry(page.rsplit('/').next().unwrap_or(page)).or_default().push(page);
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for path in entries.keys() {
        for page in by_name.get(path.rsplit('/').next().unwrap_or(path)).into_iter().flatten() {
            let folder = path.strip_suffix(page).filter(|folder| folder.ends_with('/'));
            if let Some(folder) = folder {
                *counts.entry(folder).or_default() += 1;
            }
        }
    }
    let is_content = |folder: &str| {
        let root = folder.strip_suffix("content/");
        root.is_some_and(|root| entries.contains_key(&format!("{root}{CONFIG}")))
    };
    let best =
        counts.into_iter().max_by_key(|(folder, count)| (is_content(folder), *count, std::cmp::Reverse(folder.len())));
    best.map(|(folder, _)| folder.to_owned())
}

/// The files of a project by their paths in it: `content` as its content, all others from `root` on.
fn named_in_project(entries: Entries, root: &str, content: &str) -> Entries {
    let name = |path: &str| match path.strip_prefix(content) {
        Some(rest) => Some(format!("{CONTENT}/{rest}")),
        None => path.strip_prefix(root).map(str::to_owned),
    };
    entries.into_iter().filter_map(|(path, entry)| Some((name(&path)?, entry))).collect()
}

/// The files that a symbolic link leads to, each with the path that it has behind the link.
fn followed<'e>(
    entries: &'e Entries,
    blobs: &HashMap<String, Vec<u8>>,
    link: &str,
) -> Result<Vec<(String, &'e TreeEntry)>, UnresolvedSymlink> {
    let target_of = |entry: &TreeEntry| {
        String::from_utf8_lossy(blobs.get(&entry.object).map_or(&[][..], Vec::as_slice)).into_owned()
    };
    let first = entries.get(link).map(target_of).unwrap_or_default();
    let failed = |reason| UnresolvedSymlink { target: first.clone(), reason };
    let mut at = TreePath::normalized(link);
    for _ in 0..MAX_LINKS {
        let Some(entry) = entries.get(at.as_str()) else {
            let folder = format!("{at}/");
            let inside = entries.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder));
            let files = inside.filter(|(_, entry)| !entry.is_link);
            let files: Vec<_> =
                files.map(|(path, entry)| (format!("{link}/{}", &path[folder.len()..]), entry)).collect();
            return if files.is_empty() { Err(failed(SymlinkProblem::Missing)) } else { Ok(files) };
        };
        if !entry.is_link {
            return Ok(vec![(link.to_owned(), entry)]);
        }
        let target = target_of(entry);
        let next = if target.starts_with('/') { None } else { at.join(&target) };
        at = next.ok_or_else(|| failed(SymlinkProblem::Outside))?;
    }
    Err(failed(SymlinkProblem::Circular))
}

/// A revision that can't be read.
#[derive(Debug)]
pub enum GitError {
    /// The program `git` isn't there.
    NoGit,
    /// A folder is in no repository.
    NoRepository {
        /// The folder.
        folder: PathBuf,
    },
    /// A revision means no commit.
    UnknownRevision {
        /// The revision.
        revision: String,
        /// The branches and tags that exist.
        names: Vec<String>,
        /// Whether the repository lacks commits of its history.
        is_shallow: bool,
    },
    /// A commit has no page of the project.
    NoContent {
        /// The commit.
        commit: Commit,
        /// The folder of the repository that should have pages.
        folder: String,
    },
    /// Git refuses.
    Failed {
        /// Its own words.
        message: String,
    },
}

impl GitError {
    fn start(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::NoGit,
            _ => Self::Failed { message: error.to_string() },
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit => {
                write!(f, "couldn't run `git`, which reads revisions: it isn't installed, or not on the PATH")
            }
            Self::NoRepository { folder } => write!(f, "{} is in no git repository", folder.display()),
            Self::UnknownRevision { revision, .. } => write!(f, "there's no revision `{revision}`"),
            Self::NoContent { commit, folder } => {
                write!(f, "at the revision `{}`, there are no pages in `{folder}`", commit.revision)
            }
            Self::Failed { message } => write!(f, "git couldn't read the revision: {message}"),
        }
    }
}

impl std::error::Error for GitError {}
