//! No two files of a room depend on each other, and no two rooms.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::Modules;
use super::source::{File, files};

/// Files that still depend on each other, each cycle in alphabetical order. A cycle that is gone has to be removed
/// from this list.
const FILE_CIRCLES: &[&[&str]] = &[];

/// Rooms that still depend on each other.
const ROOM_CIRCLES: &[&[&str]] = &[];

#[test]
fn the_files_of_a_room_form_no_cycle() {
    let modules = Modules::new(&files());
    let mut uses = modules.uses();
    let room = |path: &str| File::new(path, "").room().to_owned();
    uses.retain(|(from, to), _| room(from) == room(to));
    require_known(&uses, FILE_CIRCLES);
}

#[test]
fn the_rooms_form_no_cycle() {
    let modules = Modules::new(&files());
    let room = |path: &str| File::new(path, "").room().to_owned();
    let mut between: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for ((from, to), paths) in modules.uses() {
        if room(from) != room(to) {
            let paths = paths.iter().map(|path| format!("{from}: {path}"));
            between.entry((room(from), room(to))).or_default().extend(paths);
        }
    }
    let uses = between.iter().map(|((from, to), paths)| ((from.as_str(), to.as_str()), paths.clone())).collect();
    require_known(&uses, ROOM_CIRCLES);
}

/// Requires exactly the cycles that are known.
#[track_caller]
fn require_known(uses: &Uses, known: &[&[&str]]) {
    let cycles = cycles(uses);
    let is_known = |cycle: &Vec<&str>| known.contains(&cycle.as_slice());
    let new: Vec<String> = cycles.iter().filter(|cycle| !is_known(cycle)).map(|one| describe(one, uses)).collect();
    assert!(new.is_empty(), "these depend on each other:\n\n{}", new.join("\n"));
    let gone: Vec<_> = known.iter().filter(|known| !cycles.iter().any(|cycle| cycle == *known)).collect();
    assert!(gone.is_empty(), "no longer a cycle, so remove it from the list of known ones:\n{gone:#?}");
}

type Uses<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<String>>;

/// The strongly connected components of more than one member, each sorted, in the order of their first members.
fn cycles<'a>(uses: &Uses<'a>) -> Vec<Vec<&'a str>> {
    let all: BTreeSet<&str> = uses.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> = all.iter().map(|from| (*from, reachable(from, uses))).collect();
    let cycle = |one: &&'a str| -> Vec<&'a str> {
        reached[*one].iter().copied().filter(|other| reached[other].contains(one)).collect()
    };
    let cycles: BTreeSet<Vec<&str>> = all.iter().map(cycle).filter(|cycle| cycle.len() > 1).collect();
    cycles.into_iter().collect()
}

/// The members that one member uses, directly or through others.
fn reachable<'a>(from: &str, uses: &Uses<'a>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(next) = open.pop() {
        let targets = uses.keys().filter(|(user, _)| *user == next).map(|(_, used)| *used);
        open.extend(targets.filter(|used| reached.insert(*used)).map(str::to_owned));
    }
    reached
}

/// The members of a cycle, as the list of known ones has them, and the paths by which they use each other.
fn describe(cycle: &[&str], uses: &Uses) -> String {
    let inside = uses.iter().filter(|((from, to), _)| cycle.contains(from) && cycle.contains(to));
    let line = |((from, to), paths): (&(&str, &str), &BTreeSet<String>)| {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        format!("    {from} → {to}: {}\n", paths.join(", "))
    };
    format!("&{cycle:?},\n{}", inside.map(line).collect::<String>())
}

#[test]
fn cycles_are_found_with_all_their_members() {
    let pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("f", "g"), ("g", "f")];
    let uses = pairs.map(|pair| (pair, BTreeSet::new())).into_iter().collect();
    assert_eq!(cycles(&uses), [vec!["a", "b", "c"], vec!["f", "g"]]);
}
