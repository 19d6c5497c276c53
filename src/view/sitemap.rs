//! The site map, and `robots.txt`.

use serde::Serialize;

/// What the template `sitemap.xml` sees beside `site`.
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

/// What the template `robots.txt` sees beside `site`, whose `indexed` says whether search engines are welcome.
#[derive(Debug, Clone, Serialize)]
pub struct RobotsView {
    /// The absolute address of the site map, where the configuration has a `base_url`.
    pub sitemap: Option<String>,
}
