//! `feed.xml`: what was reviewed or changed last, as an Atom feed (RFC 4287).
//!
//! Its dates are those of front matter, so it is the same until a page says something new. With `base_url` pages are known
//! by their addresses. Without it, by a UUID made of the guide's title and the page's id, and links are relative.

use jiff::civil::{Date, date};
use xxhash_rust::xxh3::xxh3_128;

use crate::config::Owner;
use crate::context::{PageContext, RenderContext};
use crate::markdown::{Block, escape, plain};
use crate::page::{Page, PageId};
use crate::tree::TreePath;

/// How many pages a feed names.
const MOST: usize = 50;

/// The file's path in the site.
const FILE: &str = "feed.xml";

/// The day of a page's last review or change.
fn day(page: &Page) -> Option<Date> {
    [&page.reviewed, &page.changed].into_iter().flatten().map(|day| day.value).max()
}

/// The pages that were reviewed or changed last.
pub(crate) fn feed(context: &RenderContext) -> String {
    let mut dated: Vec<(Date, PageId)> =
        context.pages.shown().filter_map(|(id, page)| Some((day(page)?, id))).collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| context.address(a.1).url.cmp(&context.address(b.1).url)));
    dated.truncate(MOST);
    let config = &context.config;
    let link = |url: &str| context.absolute(url).unwrap_or_else(|| if url.is_empty() { "./" } else { url }.to_owned());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        text(&config.language)
    );
    let mut line = |element: String| out.push_str(&(element + "\n"));
    line(format!("<title>{}</title>", text(&config.title)));
    if !config.description.is_empty() {
        line(format!("<subtitle>{}</subtitle>", text(&config.description)));
    }
    line(format!("<id>{}</id>", text(&name(context, FILE, ""))));
    line(format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", text(&link(FILE))));
    line(format!("<link href=\"{}\"/>", text(&link(&context.home_url()))));
    // A feed has to say when it was new. One without pages says that this was long ago.
    line(moment(dated.first().map_or(date(1970, 1, 1), |(day, _)| *day)));
    line(format!("<author><name>{}</name></author>", text(&config.title)));
    for (day, id) in dated {
        line(entry(context, day, id, &link(&context.address(id).url)));
    }
    out + "</feed>\n"
}

fn entry(context: &RenderContext, day: Date, id: PageId, link: &str) -> String {
    let page = context.pages.get(id);
    let mut out = format!("<entry>\n<title>{}</title>\n", text(&page.title.value));
    out.push_str(&format!("<id>{}</id>\n", text(&name(context, &context.address(id).url, &page.id))));
    out.push_str(&format!("<link href=\"{}\"/>\n{}\n", text(link), moment(day)));
    for (term, date) in [("changed", &page.changed), ("reviewed", &page.reviewed)] {
        if date.as_ref().is_some_and(|date| date.value == day) {
            out.push_str(&format!("<category term=\"{term}\"/>\n"));
        }
    }
    out.push_str(&format!("<category term=\"{}\"/>\n", page.kind.as_str()));
    if let Some((name, known)) = context.owner(page) {
        out.push_str(&format!("<author><name>{}</name>{}</author>\n", text(&name), contact(known)));
    }
    let summary = summary(context, id);
    if !summary.is_empty() {
        out.push_str(&format!("<summary>{}</summary>\n", text(&summary)));
    }
    out + "</entry>"
}

/// How to reach an owner, as far as Atom has an element for it.
fn contact(owner: Option<&Owner>) -> String {
    let url = owner.and_then(|owner| owner.url.as_deref()).unwrap_or_default();
    match url.strip_prefix("mailto:") {
        Some(mail) => format!("<email>{}</email>", text(mail)),
        None if url.is_empty() => String::new(),
        None => format!("<uri>{}</uri>", text(url)),
    }
}

/// A page's summary, or else its first paragraph.
fn summary(context: &RenderContext, id: PageId) -> String {
    let page = context.pages.get(id);
    if !page.summary.is_empty() {
        return page.summary.clone();
    }
    let here = PageContext::at(&TreePath::normalized(FILE), None);
    let first = page.blocks.iter().find(|block| matches!(block, Block::Paragraph(_)));
    first.map(|block| plain(&context.quoted(&here, id, std::slice::from_ref(block), false))).unwrap_or_default()
}

/// The permanent name of a page, or of the feed.
fn name(context: &RenderContext, url: &str, id: &str) -> String {
    if let Some(address) = context.absolute(url) {
        return address;
    }
    let hash = xxh3_128(format!("{}\n{id}", context.config.title).as_bytes());
    // A UUID of version 8, which is for those who make their own (RFC 9562).
    let bits = hash & !(0xf << 76) & !(0x3 << 62) | 0x8 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn moment(day: Date) -> String {
    format!("<updated>{day}T00:00:00Z</updated>")
}

/// A text as XML can hold it: without the control characters for which it has no way of writing.
fn text(text: &str) -> String {
    let sound: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    escape(&sound.replace(['\u{fffe}', '\u{ffff}'], ""))
}
