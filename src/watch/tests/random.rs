//! Sequences of edits that nobody would think of.

use std::io::Write;
use std::time::SystemTime;

use super::*;

/// Numbers that look random and are the same in every run (<https://prng.di.unimi.it/splitmix64.c>).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let sides = u64::try_from(sides).unwrap();
        usize::try_from((value ^ (value >> 31)) % sides).unwrap()
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }

    /// A folder that may be there.
    fn folder(&mut self) -> String {
        let top = self.of(&["content", "content/a", "content/b", "content/a/c", "themes/own", "shared"]);
        let inner = self.of(&["", "", "/x", "/y/z"]);
        format!("{top}{inner}")
    }

    /// A file that may be there.
    fn file(&mut self) -> String {
        if self.roll(20) == 0 {
            return "stepladder.yaml".to_owned();
        }
        let name = self.of(&["one.md", "two.md", "page.html", "dot.png", ".hidden.md", "one.md~", "4913"]);
        format!("{}/{name}", self.folder())
    }

    /// A file or folder that is there, if any.
    fn known(&mut self, root: &Path, folder: bool) -> Option<PathBuf> {
        let entries = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok);
        let places: Vec<PathBuf> =
            entries.filter(|entry| entry.file_type().is_dir() == folder).map(walkdir::DirEntry::into_path).collect();
        if places.is_empty() { None } else { Some(places[self.roll(places.len())].clone()) }
    }
}

/// One edit; some are refused by the system in the state that the project is in, and that is fine.
fn edit(dice: &mut Dice, root: &Path) {
    let (kind, text) = (dice.roll(16), "x".repeat(dice.roll(40)));
    let (file, folder) = (dice.known(root, false), dice.known(root, true));
    let (new_file, new_folder) = (root.join(dice.file()), root.join(dice.folder()));
    let file = file.unwrap_or_else(|| new_file.clone());
    let folder = folder.unwrap_or_else(|| new_folder.clone());
    let roomy = |place: &Path| fs::create_dir_all(place.parent().unwrap());
    let _ = match kind {
        0..=2 => roomy(&new_file).and_then(|()| fs::write(&new_file, text)),
        3 => fs::write(&file, text),
        4 => fs::File::options().append(true).open(&file).and_then(|mut file| file.write_all(text.as_bytes())),
        5 => fs::File::create(&file).and_then(|mut file| file.write_all(text.as_bytes())),
        6 => roomy(&new_file).and_then(|()| fs::rename(&file, &new_file)),
        7 => dice.known(root, false).map_or(Ok(()), |other| fs::rename(&file, other)),
        8 => fs::remove_file(&file),
        9 => fs::remove_file(&file).and_then(|()| fs::write(&file, text)),
        10 => roomy(&new_folder).and_then(|()| fs::rename(&folder, &new_folder)),
        11 if text.len() > 20 => fs::remove_dir_all(&folder),
        11 => fs::remove_dir_all(&folder).and_then(|()| fs::create_dir_all(folder.join("again"))),
        12 => fs::create_dir_all(&new_folder),
        13 => fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(SystemTime::now())),
        14 => roomy(&new_folder).and_then(|()| link(if text.len() > 10 { &folder } else { &file }, &new_folder)),
        _ => rights(if text.len() > 30 { &file } else { &folder }, text.len() % 4 > 0),
    };
}

#[cfg(unix)]
fn link(to: &Path, place: &Path) -> std::io::Result<()> {
    if fs::symlink_metadata(place).is_ok_and(|found| found.is_symlink()) {
        fs::remove_file(place)?;
    }
    std::os::unix::fs::symlink(to, place)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

fn rights(place: &Path, all: bool) -> std::io::Result<()> {
    let mut rights = fs::metadata(place)?.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, if all { 0o755 } else { 0o044 });
    #[cfg(not(unix))]
    rights.set_readonly(!all);
    fs::set_permissions(place, rights)
}

fn edits(how: Mode, seed: u64, bursts: usize, longest: usize) {
    let mut desk = Desk::new(how);
    let mut dice = Dice(seed);
    for _ in 0..bursts {
        for _ in 0..=dice.roll(longest) {
            edit(&mut dice, &desk.root);
        }
        desk.catch_up();
    }
}

/// Edits that go on while earlier ones are looked at.
#[test]
fn the_tree_follows_edits_that_do_not_wait() {
    let mut desk = Desk::new(Mode::Auto);
    for seed in 10..13 {
        let root = desk.root.clone();
        let writer = std::thread::spawn(move || {
            let mut dice = Dice(seed);
            (0..400).for_each(|_| edit(&mut dice, &root));
        });
        while !writer.is_finished() {
            desk.watch.wait(MOMENT);
        }
        writer.join().unwrap();
        desk.catch_up();
    }
}

#[test]
fn the_tree_follows_any_edits() {
    edits(Mode::Auto, 1, 150, 1);
    edits(Mode::Auto, 2, 60, 12);
}

#[test]
fn the_tree_follows_any_edits_without_hints() {
    edits(Mode::Poll, 3, 15, 25);
}
