//! `sitemap.xml` and `robots.txt`, for search engines.

use crate::context::RenderContext;
use crate::link::{ExportFile, Generated, Output};
use crate::view::{RobotsView, SitemapPage, SitemapView};

/// The view of the site map. The print edition is not part of it: search engines need each text once.
pub(crate) fn view(context: &RenderContext) -> SitemapView {
    let page = |output: &Output| {
        let (address, reviewed) = match output {
            Output::Page(id) => (context.address(*id), context.pages.get(*id).reviewed.as_ref()),
            Output::Generated(
                Generated::NotFound | Generated::Print | Generated::PrintPart { .. } | Generated::Assessment { .. },
            )
            | Output::Redirect(_)
            | Output::Markdown(_)
            | Output::Export(_)
            | Output::Script(_)
            | Output::Words(_) => return None,
            // Short pages only lead to another one.
            Output::Generated(pair @ Generated::Comparison(_))
                if context.routes.comparisons.brief && context.routes.generated[pair].1.is_none() =>
            {
                return None;
            }
            Output::Generated(generated) => (context.generated(generated)?, None),
        };
        let url = context.absolute(&address.url).unwrap_or_else(|| address.url.clone());
        Some(SitemapPage { url, reviewed: reviewed.map(|day| day.value.to_string()) })
    };
    SitemapView { pages: context.routes.outputs.values().filter_map(page).collect() }
}

/// The view of `robots.txt`.
pub(crate) fn robots(context: &RenderContext) -> RobotsView {
    RobotsView { sitemap: context.absolute(ExportFile::Sitemap.path().as_str()) }
}
