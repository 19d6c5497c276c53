//! The architecture that `src/lib.rs` describes is true of every file.

mod cycles;
mod imports;
mod names;
mod source;

use self::source::{File, contains_word, files, rooms};

/// The rooms that may touch the outside world.
const ROOMS_WITH_IO: [&str; 4] = ["disk", "watch", "serve", "command"];

/// Rooms that don't know each other although the order of flow would let them: the first must not name the second.
const FORBIDDEN_DEPENDENCIES: [(&str, &str); 2] = [("page", "config"), ("theme", "page")];

/// The maximum number of lines of a file.
const MAX_LINES: usize = 450;

/// Macros that only the commands may use.
const PRINT_MACROS: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];

/// The starts of paths that only the outer modules may name.
const IO_PATHS: [&str; 8] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::time",
];

/// Calls that only the outer modules may have.
const IO_CALLS: [&str; 13] = [
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "dbg!",
    "Instant::now",
    "SystemTime",
    "Zoned::now",
    "Timestamp::now",
    ".exists()",
    ".canonicalize()",
    ".read_dir()",
    ".metadata()",
];

#[test]
fn the_rooms_are_declared_in_the_order_of_flow() {
    let flow = [
        "tree",
        "index_vec",
        "memo",
        "percent",
        "diagnostic",
        "name",
        "yaml",
        "field",
        "markdown",
        "config",
        "page",
        "ladder",
        "link",
        "guide",
        "permanence",
        "diff",
        "schema",
        "import",
        "theme",
        "view",
        "context",
        "diagram",
        "pages",
        "search",
        "export",
        "print",
        "site",
        "disk",
        "watch",
        "serve",
        "command",
    ];
    assert_eq!(rooms(), flow, "a new room takes its place in this list, in src/lib.rs and in its story");
}

#[test]
fn dependencies_go_one_way() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let mut wrong = Vec::new();
    for file in files() {
        let Some(from) = place(file.room()) else { continue };
        for to in file.rooms_named().iter().filter(|to| *to != file.room()) {
            let is_upward = place(to).is_none_or(|to| to > from);
            let is_forbidden = FORBIDDEN_DEPENDENCIES.iter().any(|(one, other)| *one == file.room() && other == to);
            let is_beyond_disk = file.room() == "disk" && to != "tree";
            if is_upward || is_forbidden || is_beyond_disk {
                wrong.push(format!("{} names crate::{to}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "dependencies against the order of flow:\n{}", wrong.join("\n"));
}

#[test]
fn main_only_starts_the_command_and_chooses_the_allocator() {
    let files = files();
    let paths = files.iter().find(|file| file.path == "main.rs").expect("src/main.rs").paths();
    assert!(paths.contains("stepladder::command::run"), "{paths:?}");
    assert!(
        paths.iter().all(|path| {
            ["std::process::", "stepladder::command", "mimalloc::"].iter().any(|start| path.starts_with(start))
        }),
        "{paths:?}"
    );
}

#[test]
fn only_the_outer_rooms_touch_the_outside_world() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| matches!(file.room(), "watch" | "serve")) {
        let words = PRINT_MACROS.iter().filter(|word| contains_word(&file.code, word));
        wrong.extend(words.map(|word| format!("{} has {word}", file.path)));
    }
    let inner = |file: &&File| !ROOMS_WITH_IO.contains(&file.room()) && file.path != "main.rs";
    for file in files().iter().filter(inner) {
        let fenced = |path: &&String| IO_PATHS.iter().any(|start| path.starts_with(start));
        wrong.extend(file.paths().iter().filter(fenced).map(|path| format!("{} uses {path}", file.path)));
        let words = IO_CALLS.iter().filter(|word| contains_word(&file.code, word));
        wrong.extend(words.map(|word| format!("{} has {word}", file.path)));
    }
    assert!(wrong.is_empty(), "what only the outer rooms may do:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let files = files();
    let long = files.iter().filter(|file| file.lines > MAX_LINES);
    let long: Vec<String> = long.map(|file| format!("{}: {} lines", file.path, file.lines)).collect();
    assert!(long.is_empty(), "files of more than {MAX_LINES} lines:\n{}", long.join("\n"));
}
