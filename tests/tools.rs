//! Programs that judge the pages: they are fetched by `bash .ci/tools` and are no part of the repository.

use std::path::{Path, PathBuf};

/// The path of a tool that `.ci/tools` fetches. If it is missing, says how to get it: in continuous integration (`CI`
/// is set) the test fails then; elsewhere it prints that and passes.
pub(crate) fn fetched(path: &str) -> Option<PathBuf> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/node_modules").join(path);
    require_present(place.is_file(), path)?;
    Some(place)
}

/// Whether a program can be run.
pub(crate) fn installed(program: &str) -> Option<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    require_present(std::env::split_paths(&path).any(|folder| folder.join(program).is_file()), program)
}

fn require_present(is_there: bool, what: &str) -> Option<()> {
    if !is_there {
        let help = format!("not tested with {what}, which is not here: bash .ci/tools");
        assert!(std::env::var_os("CI").is_none(), "{help}");
        eprintln!("\n*** {help} ***\n");
    }
    is_there.then_some(())
}
