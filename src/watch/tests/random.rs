//! Random sequences of edits.

use std::io::Write;
use std::time::SystemTime;

use super::*;

/// A pseudorandom number generator with the same numbers in every run, `SplitMix64`
/// (<https://prng.di.unimi.it/splitmix64.c>).
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::try_from(bound).unwrap();
        usize::try_from((value ^ (value >> 31)) % bound).unwrap()
    }

    fn choose<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// The path of a folder that may exist.
    fn folder(&mut self) -> String {
        let top = self.choose(&["content", "content/a", "content/b", "content/a/c", "themes/own", "shared"]);
        let inner = self.choose(&["", "", "/x", "/y/z"]);
        format!("{top}{inner}")
    }

    /// The path of a file that may exist.
    fn file(&mut self) -> String {
        if self.below(20) == 0 {
            return "stepladder.yaml".to_owned();
        }
        let name = self.choose(&[
            "one.md",
            "two.md",
            "page.html",
            "dot.png",
            ".hidden.md",
            "_one.md",
            ".nojekyll",
            "one.md~",
            "4913",
        ]);
        format!("{}/{name}", self.folder())
    }

    /// The path of an existing file or folder, if there is any.
    fn existing(&mut self, root: &Path, folder: bool) -> Option<PathBuf> {
        let entries = walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok);
        let paths: Vec<PathBuf> =
            entries.filter(|entry| entry.file_type().is_dir() == folder).map(walkdir::DirEntry::into_path).collect();
        if paths.is_empty() { None } else { Some(paths[self.below(paths.len())].clone()) }
    }
}

/// Makes one random edit. Edits that fail in the present state of the project are skipped.
fn edit(rng: &mut Rng, root: &Path) {
    let (kind, text) = (rng.below(16), "x".repeat(rng.below(40)));
    let (file, folder) = (rng.existing(root, false), rng.existing(root, true));
    let (new_file, new_folder) = (root.join(rng.file()), root.join(rng.folder()));
    let file = file.unwrap_or_else(|| new_file.clone());
    let folder = folder.unwrap_or_else(|| new_folder.clone());
    let create_parent = |path: &Path| fs::create_dir_all(path.parent().unwrap());
    let _ = match kind {
        0..=2 => create_parent(&new_file).and_then(|()| fs::write(&new_file, text)),
        3 => fs::write(&file, text),
        4 => fs::File::options().append(true).open(&file).and_then(|mut file| file.write_all(text.as_bytes())),
        5 => fs::File::create(&file).and_then(|mut file| file.write_all(text.as_bytes())),
        6 => create_parent(&new_file).and_then(|()| fs::rename(&file, &new_file)),
        7 => rng.existing(root, false).map_or(Ok(()), |other| fs::rename(&file, other)),
        8 => fs::remove_file(&file),
        9 => fs::remove_file(&file).and_then(|()| fs::write(&file, text)),
        10 => create_parent(&new_folder).and_then(|()| fs::rename(&folder, &new_folder)),
        11 if text.len() > 20 => fs::remove_dir_all(&folder),
        11 => fs::remove_dir_all(&folder).and_then(|()| fs::create_dir_all(folder.join("again"))),
        12 => fs::create_dir_all(&new_folder),
        13 => fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(SystemTime::now())),
        14 => {
            create_parent(&new_folder).and_then(|()| link(if text.len() > 10 { &folder } else { &file }, &new_folder))
        }
        _ => set_access(if text.len() > 30 { &file } else { &folder }, text.len() % 4 > 0),
    };
}

#[cfg(unix)]
fn link(to: &Path, path: &Path) -> std::io::Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        fs::remove_file(path)?;
    }
    std::os::unix::fs::symlink(to, path)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

fn set_access(path: &Path, is_full: bool) -> std::io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, if is_full { 0o755 } else { 0o044 });
    #[cfg(not(unix))]
    permissions.set_readonly(!is_full);
    fs::set_permissions(path, permissions)
}

fn check_edits(mode: Mode, seed: u64, batches: usize, max_batch_size: usize) {
    let mut project = WatchedProject::new(mode);
    let mut rng = Rng(seed);
    for _ in 0..batches {
        for _ in 0..=rng.below(max_batch_size) {
            edit(&mut rng, &project.root);
        }
        project.wait_until_equal();
    }
}

#[test]
fn the_tree_becomes_equal_after_edits_during_scans() {
    let mut project = WatchedProject::new(Mode::Auto);
    for seed in 10..13 {
        let root = project.root.clone();
        let writer = std::thread::spawn(move || {
            let mut rng = Rng(seed);
            (0..400).for_each(|_| edit(&mut rng, &root));
        });
        while !writer.is_finished() {
            project.watch.wait(QUIET_PERIOD);
        }
        writer.join().unwrap();
        project.wait_until_equal();
    }
}

#[test]
fn the_tree_becomes_equal_after_random_edits() {
    check_edits(Mode::Auto, 1, 150, 1);
    check_edits(Mode::Auto, 2, 60, 12);
}

#[test]
fn the_tree_becomes_equal_after_random_edits_with_polling() {
    check_edits(Mode::Poll, 3, 15, 25);
}
