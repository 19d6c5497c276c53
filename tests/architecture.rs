//! The architecture that `src/lib.rs` describes is true of every file.

mod circles;
mod imports;
mod names;
mod source;

use self::source::{File, contains_word, files, rooms};

/// The rooms that may touch the outside world.
const OUTSIDE: [&str; 4] = ["disk", "watch", "serve", "command"];

/// Rooms that don't know each other although the order of flow would let them: the first must not name the second.
const STRANGERS: [(&str, &str); 2] = [("page", "config"), ("theme", "page")];

/// How long a file may be.
const LONGEST: usize = 450;

/// What only the commands do.
const PRINTED: [&str; 5] = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];

/// What only the outer rooms may name, by the start of its path.
const FENCED: [&str; 8] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::time",
];

/// What only the outer rooms may write, wherever it stands.
const FENCED_WORDS: [&str; 13] = [
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
        "index",
        "memo",
        "diagnostic",
        "name",
        "yaml",
        "markdown",
        "config",
        "page",
        "ladder",
        "link",
        "guide",
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
fn every_arrow_goes_with_the_flow() {
    let rooms = rooms();
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let mut wrong = Vec::new();
    for file in files() {
        let Some(from) = place(file.room()) else { continue };
        for to in file.rooms_named().iter().filter(|to| *to != file.room()) {
            let against = place(to).is_none_or(|to| to > from);
            let strangers = STRANGERS.iter().any(|(one, other)| *one == file.room() && other == to);
            let too_much = file.room() == "disk" && to != "tree";
            if against || strangers || too_much {
                wrong.push(format!("{} names crate::{to}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the order of flow:\n{}", wrong.join("\n"));
}

#[test]
fn main_only_starts_the_command() {
    let files = files();
    let paths = files.iter().find(|file| file.path == "main.rs").expect("src/main.rs").paths();
    assert!(paths.contains("stepladder::command::run"), "{paths:?}");
    assert!(
        paths.iter().all(|path| path.starts_with("std::process::") || path.starts_with("stepladder::command")),
        "{paths:?}"
    );
}

#[test]
fn only_the_outer_rooms_touch_the_outside_world() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| matches!(file.room(), "watch" | "serve")) {
        let words = PRINTED.iter().filter(|word| contains_word(&file.code, word));
        wrong.extend(words.map(|word| format!("{} has {word}", file.path)));
    }
    let inner = |file: &&File| !OUTSIDE.contains(&file.room()) && file.path != "main.rs";
    for file in files().iter().filter(inner) {
        let fenced = |path: &&String| FENCED.iter().any(|start| path.starts_with(start));
        wrong.extend(file.paths().iter().filter(fenced).map(|path| format!("{} uses {path}", file.path)));
        let words = FENCED_WORDS.iter().filter(|word| contains_word(&file.code, word));
        wrong.extend(words.map(|word| format!("{} has {word}", file.path)));
    }
    assert!(wrong.is_empty(), "what only the outer rooms may do:\n{}", wrong.join("\n"));
}

#[test]
fn files_are_of_a_size_to_be_read() {
    let files = files();
    let long = files.iter().filter(|file| file.lines > LONGEST);
    let long: Vec<String> = long.map(|file| format!("{}: {} lines", file.path, file.lines)).collect();
    assert!(long.is_empty(), "files of more than {LONGEST} lines:\n{}", long.join("\n"));
}
