//! The Atom feed.

use serde::Serialize;

/// The Atom feed: the context of the template `feed.xml`, beside `site`. Links are absolute where the configuration has
/// a `base_url`, else relative to the feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// The feed's permanent id.
    pub id: String,
    /// The feed's own address.
    pub url: String,
    /// The home page's address.
    pub home: String,
    /// The newest day of any entry, as `2026-11-02`. Without entries `1970-01-01`, as Atom requires a date.
    pub updated: String,
    /// The pages that were reviewed or changed last, newest first.
    pub entries: Vec<FeedEntry>,
}

/// One page in the feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedEntry {
    /// The page's permanent id: its address, or without a `base_url` a `urn:uuid:`.
    pub id: String,
    /// The page's title.
    pub title: String,
    /// The page's address.
    pub url: String,
    /// The day of the last review or change, as `2026-11-02`.
    pub updated: String,
    /// `changed` or `reviewed`, or both, for what happened on that day; then the page's kind.
    pub categories: Vec<&'static str>,
    /// The owner of the page.
    pub author: Option<FeedAuthor>,
    /// The page's summary, or else its first paragraph, as plain text; may be empty.
    pub summary: String,
}

/// The owner of a page, as Atom names authors.
#[derive(Debug, Clone, Serialize)]
pub struct FeedAuthor {
    /// Name.
    pub name: String,
    /// Email address; empty if the owner isn't reached by email.
    pub email: String,
    /// Web address; empty if the owner has none.
    pub url: String,
}
