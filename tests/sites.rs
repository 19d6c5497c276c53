//! The sites that several tests check: the golden sites, ladders of unusual shape, and the guide that ships. Each is built
//! once, and written to disk once, when a test first asks for it.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use stepladder::disk;
use stepladder::tree::Tree;

use crate::support::{Built, build};
use crate::{golden, shapes};

static GOLDEN: LazyLock<Vec<Site>> =
    LazyLock::new(|| golden::all().into_iter().map(|(name, project)| Site::new(name, project)).collect());

static SHAPES: LazyLock<Vec<Site>> =
    LazyLock::new(|| shapes::all().map(|(name, project)| Site::new(name.to_owned(), project.tree())).collect());

static GUIDE: LazyLock<Site> = LazyLock::new(|| {
    let project = disk::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a project");
    Site::new("guide".to_owned(), project)
});

/// A project with the site that it becomes.
pub(crate) struct Site {
    /// A name for messages.
    pub(crate) name: String,
    pub(crate) project: Tree,
    built: OnceLock<Built>,
    folder: OnceLock<PathBuf>,
}

impl Site {
    fn new(name: String, project: Tree) -> Self {
        Self { name, project, built: OnceLock::new(), folder: OnceLock::new() }
    }

    pub(crate) fn built(&self) -> &Built {
        self.built.get_or_init(|| build(&self.project, false))
    }

    /// The folder with the site's files, which no test may change. It is below `target/`, and outlives the tests.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.get_or_init(|| {
            let name = self.name.replace(['/', ' '], "-");
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sites").join(name);
            disk::write(&self.built().files, &folder, false).expect("the site is written");
            folder
        })
    }
}

/// Every golden site in every form, every ladder of unusual shape, and the guide.
pub(crate) fn all() -> impl Iterator<Item = &'static Site> {
    GOLDEN.iter().chain(SHAPES.iter()).chain([guide()])
}

/// The golden sites in the default theme.
pub(crate) fn golden() -> impl Iterator<Item = &'static Site> {
    GOLDEN.iter().filter(|site| golden::has_default_theme(&site.project))
}

/// The ladders of unusual shape.
pub(crate) fn shapes() -> impl Iterator<Item = &'static Site> {
    SHAPES.iter()
}

/// The guide that ships.
pub(crate) fn guide() -> &'static Site {
    &GUIDE
}
