//! A site rendered as a whole, for those who need its files one by one, or all of its diagnostics.

use std::convert::Infallible;

use super::model::Site;
use crate::diagnostic::{self, Diagnosed, Diagnostic};
use crate::tree::{File, TreePath};

/// A site whose files have been rendered, and all diagnostics of the project in order.
#[derive(Debug)]
pub struct RenderedSite {
    /// The site.
    pub site: Site,
    /// The diagnostics of the project, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders all files of a site only for the diagnostics of templates.
#[must_use]
pub fn render(site: Diagnosed<Site>) -> RenderedSite {
    let Ok(rendered) = render_each(site, |_, _| Ok::<(), Infallible>(()));
    rendered
}

/// Renders all files of a site and passes each to `take`; see [`Site::render_each`].
///
/// # Errors
/// The first error of `take`.
pub fn render_each<E: Send>(
    site: Diagnosed<Site>,
    take: impl Fn(&TreePath, File) -> Result<(), E> + Sync,
) -> Result<RenderedSite, E> {
    let mut diagnostics = Vec::new();
    let site = site.drain_into(&mut diagnostics);
    diagnostics.extend(site.render_each(take)?);
    diagnostic::sort(&mut diagnostics);
    Ok(RenderedSite { site, diagnostics })
}
