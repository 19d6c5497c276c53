//! What can be asked of a site beside its files.

use std::mem::discriminant;
use std::sync::Arc;

use super::Site;
use crate::link::{Address, Generated, Output};
use crate::page::Page;
use crate::tree::TreePath;

impl Site {
    /// The pages of content that are part of the site, in the order of their files, and where each lives.
    pub fn pages(&self) -> impl Iterator<Item = (&Page, &Address)> {
        self.context.pages.shown().map(|(id, page)| (page, &self.context.routes.pages[id]))
    }

    /// Whether everything lives where it does in another site, and has not even been placed again.
    #[must_use]
    pub fn is_placed_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.context.routes, &other.context.routes)
    }

    /// Whether it has a file.
    #[must_use]
    pub fn has(&self, path: &TreePath) -> bool {
        self.outputs().contains_key(path) || self.copied.get(path).is_some()
    }

    /// Whether its theme can make pages. If not, the problems say why.
    #[must_use]
    pub fn can_render(&self) -> bool {
        self.theme.is_whole()
    }

    /// Pages that show together whether every template that is in use works.
    #[must_use]
    pub fn samples(&self) -> Vec<TreePath> {
        let mut samples = self.one_of_each(self.outputs().keys());
        // The one that holds everything takes longest.
        samples.sort_by_key(|path| self.outputs().get(path) == Some(&Output::Generated(Generated::Print)));
        samples
    }

    /// Of some files, one for each way in which they are made with templates.
    pub fn one_of_each<'a>(&self, paths: impl IntoIterator<Item = &'a TreePath>) -> Vec<TreePath> {
        let mut seen = Vec::new();
        let mut is_new = |path: &&TreePath| {
            let sort = match self.outputs().get(*path) {
                Some(shown @ Output::Page(id)) => (discriminant(shown), Some(self.context.pages.get(*id).kind), None),
                Some(shown @ Output::Redirect(_)) => (discriminant(shown), None, None),
                // All tags are one.
                Some(shown @ Output::Generated(generated)) => {
                    (discriminant(shown), None, Some(discriminant(generated)))
                }
                Some(Output::Markdown(_) | Output::Export(_) | Output::Script(_)) | None => return false,
            };
            let is_new = !seen.contains(&sort);
            seen.push(sort);
            is_new
        };
        paths.into_iter().filter(&mut is_new).cloned().collect()
    }
}
