//! A site with all diagnostics of its project, for those who need its files one by one or not at all.

use super::model::Site;
use crate::diagnostic::{self, Diagnosed, Diagnostic};
use crate::tree::{File, TreePath};

/// A site, and all diagnostics of the project in order.
#[derive(Debug)]
pub struct CheckedSite {
    /// The site.
    pub site: Site,
    /// The diagnostics of the project, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the diagnostics that [`render_each`] would find, without rendering more than that takes; see
/// [`Site::check_templates`].
#[must_use]
pub fn check(site: Diagnosed<Site>) -> CheckedSite {
    check_found(site, &|_| Vec::new())
}

/// As [`check`]; `find` finds further diagnostics of the site.
#[must_use]
pub fn check_found(site: Diagnosed<Site>, find: &dyn Fn(&Site) -> Vec<Diagnostic>) -> CheckedSite {
    let mut diagnostics = Vec::new();
    let site = site.drain_into(&mut diagnostics);
    diagnostics.extend(site.check_templates());
    diagnostics.extend(find(&site));
    diagnostic::sort(&mut diagnostics);
    CheckedSite { site, diagnostics }
}

/// Renders all files of a site and passes each to `take`; see [`Site::render_each`].
///
/// # Errors
/// The first error of `take`.
pub fn render_each<E: Send>(
    site: Diagnosed<Site>,
    take: impl Fn(&TreePath, File) -> Result<(), E> + Sync,
) -> Result<CheckedSite, E> {
    let mut diagnostics = Vec::new();
    let site = site.drain_into(&mut diagnostics);
    diagnostics.extend(site.render_each(take)?);
    diagnostic::sort(&mut diagnostics);
    Ok(CheckedSite { site, diagnostics })
}
