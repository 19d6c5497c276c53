//! The site map, and `robots.txt`.

use serde::Serialize;

/// The site map: the context of the template `sitemap.xml`, beside `site`.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapView {
    /// The pages that search engines may index, by path.
    pub pages: Vec<SitemapPage>,
}

/// One page in the site map.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapPage {
    /// The page's address: absolute where the configuration has a `base_url`, else relative to the root.
    pub url: String,
    /// The day of the last review, as `2026-11-02`.
    pub reviewed: Option<String>,
}

/// The context of the template `robots.txt`, beside `site`, whose `indexed` says whether search engines may index it.
#[derive(Debug, Clone, Serialize)]
pub struct RobotsView {
    /// The absolute address of the site map, where the configuration has a `base_url`.
    pub sitemap: Option<String>,
}
