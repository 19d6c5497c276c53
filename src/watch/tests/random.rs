//! Sequences of edits that nobody would think of.

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

    fn folder(&mut self) -> String {
        let top = self.of(&["content", "content/a", "content/b", "content/a/c", "themes/own", "shared"]);
        let inner = self.of(&["", "", "/x", "/y/z"]);
        format!("{top}{inner}")
    }

    fn file(&mut self) -> String {
        if self.roll(20) == 0 {
            return "stepladder.yaml".to_owned();
        }
        let name = self.of(&["one.md", "two.md", "page.html", "dot.png", ".hidden.md", "one.md~", "4913"]);
        format!("{}/{name}", self.folder())
    }
}

/// One edit; many are refused by the system in the state that the project is in, and that is fine.
fn edit(dice: &mut Dice, desk: &Desk) {
    let kind = dice.roll(16);
    let (file, other) = (desk.place(&dice.file()), desk.place(&dice.file()));
    let (folder, place) = (desk.place(&dice.folder()), desk.place(&dice.folder()));
    let text = "x".repeat(dice.roll(40));
    let _ = match kind {
        0..=4 => fs::create_dir_all(file.parent().unwrap()).and_then(|()| fs::write(&file, text)),
        5 => fs::File::options()
            .append(true)
            .open(&file)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())),
        6 => fs::File::create(&file).and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())),
        7 | 8 => fs::rename(&file, &other),
        9 => fs::remove_file(&file),
        10 => fs::rename(&folder, &place),
        11 => fs::remove_dir_all(&folder)
            .and_then(|()| if text.len() > 20 { fs::create_dir_all(&folder) } else { Ok(()) }),
        12 => fs::create_dir_all(&folder),
        13 => {
            fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(std::time::SystemTime::now()))
        }
        14 => link(&folder, &place),
        _ => rights(&file, text.len() > 20),
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

fn rights(file: &Path, writable: bool) -> std::io::Result<()> {
    let mut rights = fs::metadata(file)?.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, if writable { 0o644 } else { 0o444 });
    #[cfg(not(unix))]
    rights.set_readonly(!writable);
    fs::set_permissions(file, rights)
}

fn edits(how: How, seed: u64, bursts: usize, longest: usize) {
    let mut desk = Desk::new(how);
    let mut dice = Dice(seed);
    for _ in 0..bursts {
        for _ in 0..=dice.roll(longest) {
            edit(&mut dice, &desk);
        }
        let start = Instant::now();
        desk.catch_up();
        if std::env::var_os("SLOW").is_some() && start.elapsed() > Duration::from_millis(60) {
            eprintln!("slow {:?} links {}", start.elapsed(), desk.watch.kept.has_links());
        }
    }
}

#[test]
fn the_tree_follows_any_edits() {
    edits(How::Auto, 1, 200, 1);
    edits(How::Auto, 2, 60, 12);
}

#[test]
fn the_tree_follows_any_edits_without_hints() {
    edits(How::Poll, 3, 15, 25);
}
