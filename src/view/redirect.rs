//! Redirects from former addresses.

use serde::Serialize;

/// What the template `redirect.html` sees beside `site`: a former address of a page.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// The way from the former address to the root of the site.
    pub root: String,
    /// The title of the page.
    pub title: String,
    /// Where the page is now, relative to the root.
    pub url: String,
    /// Its absolute address, when the configuration has a `base_url`.
    pub canonical: Option<String>,
}
