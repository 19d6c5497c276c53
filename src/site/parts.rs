//! What can be asked of a site beside its files.

use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use super::Site;
use crate::link::{Address, Generated};
use crate::page::Page;
use crate::render::Shown;
use crate::tree::TreePath;

/// One file for each way in which the files of a site are made with templates.
#[derive(Debug, Default)]
pub struct Samples {
    /// Pages of authors, one of each kind, and a redirect: quickly made, however large the site is.
    pub pages: Vec<TreePath>,
    /// Pages that Stepladder makes; those that list pages take the longer the larger the site is.
    pub generated: Vec<TreePath>,
}

impl Site {
    /// The pages of content that are part of the site, in the order of their files, and where each lives.
    pub fn pages(&self) -> impl Iterator<Item = (&Page, &Address)> {
        self.scene.pages.shown().map(|(id, page)| (page, &self.scene.places.pages[id.0]))
    }

    /// Whether everything lives where it does in another site, and has not even been placed again.
    #[must_use]
    pub fn is_placed_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scene.places, &other.scene.places)
    }

    /// Whether it has a file.
    #[must_use]
    pub fn has(&self, path: &TreePath) -> bool {
        self.shown.contains_key(path) || self.copied.get(path).is_some()
    }

    /// Whether its theme can make pages. If not, the problems say why.
    #[must_use]
    pub fn can_render(&self) -> bool {
        self.theme.is_whole()
    }

    /// Pages that show together whether every template that is in use works.
    #[must_use]
    pub fn samples(&self) -> Samples {
        let mut samples = Samples::default();
        let mut seen = Vec::new();
        for (path, shown) in self.shown.iter() {
            let (made, of_authors) = match shown {
                Shown::Page(id) => (Some(self.scene.pages.get(*id).kind), true),
                Shown::Redirect(_) => (None, true),
                Shown::Generated(_) => (None, false),
                Shown::Machine(_) => continue,
            };
            let sort = (discriminant(shown), made, generated_sort(shown));
            if !seen.contains(&sort) {
                seen.push(sort);
                let list = if of_authors { &mut samples.pages } else { &mut samples.generated };
                list.push(path.clone());
            }
        }
        samples
    }
}

/// Which of the generated pages it is, all tags taken as one.
fn generated_sort(shown: &Shown) -> Option<Discriminant<Generated>> {
    match shown {
        Shown::Generated(generated) => Some(discriminant(generated)),
        _ => None,
    }
}
