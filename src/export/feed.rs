//! `feed.xml`: the latest reviews and changes, as an Atom feed (RFC 4287).
//!
//! Its dates are those of front matter, so the file differs only if a page does; without any date, a site has no feed,
//! because Atom requires one. With a `base_url`, pages are
//! identified by their addresses; without one, by UUIDs made from the guide's title and the page's id, and links are
//! relative.

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_128;

use crate::config::Owner;
use crate::context::RenderContext;
use crate::link::ExportFile;
use crate::markdown::Block;
use crate::page::PageId;
use crate::view::{FeedAuthor, FeedEntry, FeedView};

/// The maximum number of entries. Feed readers poll the feed, and 50 entries cover a year of edits to most guides.
const MAX_FEED_ENTRIES: usize = 50;

/// The view of the feed: the pages that were reviewed or changed last, newest first, then by address.
pub(crate) fn view(context: &RenderContext) -> FeedView {
    let mut dated: Vec<(Date, PageId)> =
        context.pages.shown().filter_map(|(id, page)| Some((page.last_day()?, id))).collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| context.address(a.1).url.cmp(&context.address(b.1).url)));
    dated.truncate(MAX_FEED_ENTRIES);
    let file = ExportFile::Feed.path();
    FeedView {
        id: permanent_id(context, file.as_str(), ""),
        url: link(context, file.as_str()),
        home: link(context, &context.home_url()),
        updated: dated.first().map(|(day, _)| day.to_string()).unwrap_or_default(),
        entries: dated.into_iter().map(|(day, id)| entry(context, day, id)).collect(),
    }
}

/// An address as the feed refers to it.
fn link(context: &RenderContext, url: &str) -> String {
    context.absolute(url).unwrap_or_else(|| if url.is_empty() { "./" } else { url }.to_owned())
}

fn entry(context: &RenderContext, day: Date, id: PageId) -> FeedEntry {
    let page = context.pages.get(id);
    let url = &context.address(id).url;
    let dates = [("changed", &page.changed), ("reviewed", &page.reviewed)].into_iter();
    let of_day = dates.filter(|(_, date)| date.as_ref().is_some_and(|date| date.value == day));
    FeedEntry {
        id: permanent_id(context, url, &page.id),
        title: page.title.value.clone(),
        url: link(context, url),
        updated: day.to_string(),
        categories: of_day.map(|(category, _)| category).chain([page.kind.as_str()]).collect(),
        author: context.owner(page).map(|(name, owner)| author(name, owner)),
        summary: summary(context, id),
    }
}

/// An owner with their email or web address, which are the contacts that Atom has elements for.
fn author(name: String, owner: Option<&Owner>) -> FeedAuthor {
    let url = owner.and_then(|owner| owner.url.as_deref()).unwrap_or_default();
    let (email, url) = match url.strip_prefix("mailto:") {
        Some(email) => (email, ""),
        None => ("", url),
    };
    FeedAuthor { name, email: email.to_owned(), url: url.to_owned() }
}

/// A page's summary, or else its first paragraph.
fn summary(context: &RenderContext, id: PageId) -> String {
    let page = context.pages.get(id);
    if !page.summary.is_empty() {
        return page.summary.clone();
    }
    let first = page.blocks.iter().find(|block| matches!(block, Block::Paragraph(_)));
    first.map(|block| context.block_text(id, std::slice::from_ref(block))).unwrap_or_default()
}

/// The permanent id of a page, or of the feed.
fn permanent_id(context: &RenderContext, url: &str, id: &str) -> String {
    if let Some(address) = context.absolute(url) {
        return address;
    }
    let hash = xxh3_128(format!("{}\n{id}", context.config.title).as_bytes());
    // A UUID of version 8, which is for custom formats (RFC 9562).
    let bits = hash & !(0xf << 76) & !(0x3 << 62) | 0x8 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
