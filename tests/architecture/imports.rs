//! The imports of files: every path that a file uses, resolved to the file that defines it.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{File, from_root, is_word, join, written_paths};

/// One name that a `use` brings into scope.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) path: String,
    pub(super) name: String,
    /// For `pub use` with any visibility.
    pub(super) is_public: bool,
}

/// Splits code into its imports and everything else.
pub(super) fn imports(code: &str) -> (Vec<Import>, String) {
    let (mut imports, mut others) = (Vec::new(), String::new());
    let mut rest = code;
    while let Some(at) = rest.match_indices("use ").map(|(at, _)| at).find(|at| !rest[..*at].ends_with(is_word)) {
        others.push_str(&rest[..at]);
        let before = rest[..at].trim_end();
        let is_public = before.ends_with("pub") || before.ends_with(')');
        let (tree, after) = rest[at + "use ".len()..].split_once(';').expect("a `use` ends with `;`");
        expand("", tree, &mut |path, name| {
            imports.push(Import { path: path.to_owned(), name: name.to_owned(), is_public });
        });
        rest = after;
    }
    (imports, others + rest)
}

/// Calls `found` with each path of a use tree and the name it is imported by: `a::{b, c::{self, D as E}}` is
/// `a::b`, `a::c` and `a::c::D` (as `E`).
fn expand(before: &str, tree: &str, found: &mut dyn FnMut(&str, &str)) {
    let tree = tree.trim();
    if let Some((start, group)) = tree.split_once('{') {
        let before = join_prefix(before, start.trim_end_matches("::"));
        let group = group.strip_suffix('}').expect("a group ends with `}`");
        for part in split_group(group) {
            expand(&before, part, found);
        }
    } else if !tree.is_empty() {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path = join_prefix(before, path);
        let path = path.strip_suffix("::self").unwrap_or(&path);
        let name = if name.is_empty() { path.rsplit("::").next().unwrap_or(path) } else { name };
        found(path, name);
    }
}

fn join_prefix(before: &str, path: &str) -> String {
    if before.is_empty() { path.to_owned() } else { join(before, path) }
}

/// Splits a group at its own commas, not at those of groups inside it.
fn split_group(group: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    group
        .split(|c: char| {
            depth = if c == '{' { depth + 1 } else { depth - usize::from(c == '}') };
            c == ',' && depth == 0
        })
        .collect()
}

/// The modules of the crate.
pub(super) struct Modules {
    modules: BTreeMap<String, Module>,
}

struct Module {
    /// The path below `src/`.
    file: String,
    imports: Vec<Import>,
    /// The code without imports.
    code: String,
}

impl Modules {
    pub(super) fn new(files: &[File]) -> Self {
        let module = |file: &File| {
            let (imports, code) = imports(&file.code);
            (file.module.clone(), Module { file: file.path.clone(), imports, code })
        };
        Self { modules: files.iter().filter(|file| file.path != "main.rs").map(module).collect() }
    }

    /// Every pair of files of which the first uses what the second defines, with the paths that say so.
    pub(super) fn uses(&self) -> BTreeMap<(&str, &str), BTreeSet<String>> {
        let mut uses: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
        for (name, module) in &self.modules {
            for path in module.paths_used() {
                let definer = self.absolute(name, &path).and_then(|path| self.definer(&path));
                if let Some(definer) = definer.filter(|definer| definer.file != module.file) {
                    uses.entry((&module.file, &definer.file)).or_default().insert(path);
                }
            }
        }
        uses
    }

    /// The path from the root of the crate; `None` for one that leads to another crate or into the standard library.
    fn absolute(&self, module: &str, path: &str) -> Option<String> {
        let path = from_root(module, path);
        if path == "crate" || path.starts_with("crate::") {
            return Some(path);
        }
        let (first, rest) = path.split_once("::").unwrap_or((&path, ""));
        let child = join(module, first);
        if self.modules.contains_key(&child) {
            return Some(if rest.is_empty() { child } else { join(&child, rest) });
        }
        let import = self.modules[module].imports.iter().find(|import| import.name == first)?;
        let names_a_crate = import.path.split("::").next() == Some(first);
        if names_a_crate { None } else { Some(join(&self.absolute(module, &import.path)?, rest)) }
    }

    /// The module that defines the item at an absolute path, through any re-exports; `None` for a path of a module.
    fn definer(&self, path: &str) -> Option<&Module> {
        let (mut name, mut rest) = ("crate".to_owned(), path.strip_prefix("crate")?.trim_start_matches("::"));
        while !rest.is_empty() {
            let (first, after) = rest.split_once("::").unwrap_or((rest, ""));
            let child = join(&name, first);
            let module = &self.modules[&name];
            let import = module.imports.iter().find(|import| import.name == first);
            match import {
                // A function may have the name of the module that defines it, and then both are reachable.
                _ if self.modules.contains_key(&child) && !(after.is_empty() && import.is_some()) => name = child,
                Some(import) => return self.definer(&join(&self.absolute(&name, &import.path)?, after)),
                None => return Some(module),
            }
            rest = after;
        }
        None
    }
}

impl Module {
    /// The paths that the code uses. A re-export is one only if the code itself has the name as well.
    fn paths_used(&self) -> Vec<String> {
        let code = self.code.replace("mod ", "mod_");
        let has_word = |name: &str| code.split(|c| !is_word(c)).any(|word| word == name);
        let used = |import: &&Import| !import.is_public || has_word(&import.name);
        let imported = self.imports.iter().filter(used).map(|import| import.path.clone());
        imported.chain(written_paths(&self.code)).collect()
    }
}

#[test]
fn imports_are_split_from_the_code() {
    let code = "use a::{b, c::{self, D as E},\n f};\npub(crate) use super::g::H;\nfn x() { reuse (1) }";
    let (found, rest) = imports(code);
    let import = |path: &str, name: &str, is_public| Import { path: path.into(), name: name.into(), is_public };
    let wanted = [
        import("a::b", "b", false),
        import("a::c", "c", false),
        import("a::c::D", "E", false),
        import("a::f", "f", false),
        import("super::g::H", "H", true),
    ];
    assert_eq!(found, wanted);
    assert_eq!(rest.trim(), "pub(crate) \nfn x() { reuse (1) }");
}

#[test]
fn uses_are_resolved_to_the_file_that_defines_the_item() {
    let files = [
        File::new("lib.rs", "pub mod a; pub mod b;"),
        File::new("a/mod.rs", "mod one; mod two; pub use one::One; pub use two::two; struct Own(One);"),
        File::new("a/one.rs", "use super::two; use super::Own; pub struct One;"),
        File::new("a/two.rs", "use std::fmt::{self, Debug}; pub fn two() -> fmt::Result { super::one::make() }"),
        File::new("b.rs", "use crate::a; fn b() { a::two(); Vec::new() }"),
    ];
    let modules = Modules::new(&files);
    let found: Vec<_> = modules.uses().into_keys().collect();
    let wanted = [
        ("a/mod.rs", "a/one.rs"),
        ("a/one.rs", "a/mod.rs"),
        ("a/one.rs", "a/two.rs"),
        ("a/two.rs", "a/one.rs"),
        ("b.rs", "a/two.rs"),
    ];
    assert_eq!(found, wanted);
}
