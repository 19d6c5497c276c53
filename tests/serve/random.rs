//! After any edits on disk, the served files equal those of a build from scratch.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use stepladder::diagnostic::any_error;
use stepladder::percent::encode;
use stepladder::tree::{File, Tree};
use stepladder::watch::{Mode, Watch};

use super::Served;
use super::pages::previewed;
use crate::golden;
use crate::rebuild::edit;
use crate::support::{Project, Rng, build};

/// The deadline for a change to be detected, long enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// Updates a folder from the files of one tree to those of another.
fn write(root: &Path, from: &Tree, to: &Tree) {
    for (path, file) in to.iter().filter(|(path, file)| from.get(path) != Some(file)) {
        let File::Bytes(bytes) = file else { continue };
        let place = root.join(path.as_str());
        fs::create_dir_all(place.parent().expect("a file is in a folder")).expect("the folder is made");
        fs::write(place, bytes).expect("the file is written");
    }
    for (path, _) in from.iter().filter(|(path, _)| to.get(path).is_none()) {
        fs::remove_file(root.join(path.as_str())).expect("the file is removed");
    }
}

#[test]
fn after_random_edits_the_served_files_equal_a_build() {
    let first = golden::project("shapes", "urls: file");
    let texts = first.iter().filter_map(|(path, _)| Some((path.as_str(), first.bytes(path)?)));
    let project = texts.fold(Project::new(), |project, (path, bytes)| project.bytes(path, bytes));
    let mut served = Served::new(&project);
    let root = served.folder.path("");
    let mut watch = Watch::start(&root, Mode::Auto).expect("the project is watched");
    let first = project.tree();
    let (mut tree, mut chance, mut good) = (first.clone(), Rng::new(11), build(&first, false).files);
    let (mut whole, mut broken, mut is_broken) = (0, 0, false);
    for step in 0..40 {
        let before = tree.clone();
        // Errors are fixed soon, so that error-free sites occur often.
        if step % 10 == 0 || is_broken && chance.below(2) == 0 {
            tree = first.clone();
        } else {
            edit(&mut tree, &first, &mut chance);
        }
        write(&root, &before, &tree);
        let start = Instant::now();
        while *watch.tree() != tree {
            watch.wait(Duration::from_millis(100));
            assert!(start.elapsed() < DEADLINE, "step {step} is noticed");
        }
        served.publish(watch.tree());
        let cold = build(&tree, false);
        is_broken = any_error(&cold.problems);
        if is_broken {
            broken += 1;
        } else {
            whole += 1;
            good = cold.files;
        }
        for (path, file) in good.iter() {
            let File::Bytes(bytes) = file else { continue };
            let response =
                served.get(&format!("{}{}", served.preview.current().base_path(), encode(path.as_str()))).is(200);
            assert!(response.body == previewed(path, bytes), "{path} is stale after step {step}");
        }
    }
    assert!(whole > 10 && broken > 5, "both are met: {whole} whole, {broken} broken");
}
