//! Redirects from former addresses.

use serde::Serialize;

/// A former address of a page: the context of the template `redirect.html`, beside `site`.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// The relative path from the former address to the root of the site.
    pub root: String,
    /// The title of the page.
    pub title: String,
    /// The page's present address, relative to the root.
    pub url: String,
    /// Its absolute address, when the configuration has a `base_url`.
    pub canonical: Option<String>,
}
