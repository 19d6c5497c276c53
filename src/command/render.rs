//! A site rendered as a whole, for the commands that need all of its files or diagnostics.

use crate::diagnostic::{self, Diagnosed, Diagnostic};
use crate::site::Site;
use crate::tree::Tree;

/// A site with all of its files, and all diagnostics of the project in order.
pub(super) struct RenderedSite {
    pub(super) site: Site,
    pub(super) files: Tree,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Renders all files of a site.
pub(super) fn render(site: Diagnosed<Site>) -> RenderedSite {
    let mut diagnostics = Vec::new();
    let site = site.drain_into(&mut diagnostics);
    let files = site.render_all().drain_into(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    RenderedSite { site, files, diagnostics }
}
