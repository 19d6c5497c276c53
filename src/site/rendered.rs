//! A site rendered as a whole, for those who need all of its files or diagnostics.

use super::model::Site;
use crate::diagnostic::{self, Diagnosed, Diagnostic};
use crate::tree::Tree;

/// A site with all of its files, and all diagnostics of the project in order.
#[derive(Debug)]
pub struct RenderedSite {
    /// The site.
    pub site: Site,
    /// All files of the site.
    pub files: Tree,
    /// The diagnostics of the project, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders all files of a site.
#[must_use]
pub fn render(site: Diagnosed<Site>) -> RenderedSite {
    let mut diagnostics = Vec::new();
    let site = site.drain_into(&mut diagnostics);
    let files = site.render_all().drain_into(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    RenderedSite { site, files, diagnostics }
}
