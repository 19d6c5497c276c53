//! The tags of pages, by their folded names.

use std::collections::BTreeMap;

use super::address::invalid_segment;
use super::unique_slugs::numbered;
use crate::name;
use crate::page::{PageId, Pages};

/// A tag, under all names that are the same when folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The tag as it is first written.
    pub title: String,
    /// The last segment of its page's address; no two tags share it.
    pub slug: String,
    /// The pages that have it.
    pub pages: Vec<PageId>,
}

/// The tags of a site by their folded names.
#[must_use]
pub(crate) fn tags(pages: &Pages) -> BTreeMap<String, Tag> {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    for (id, page) in pages.shown() {
        for tag in &page.tags {
            let new = || Tag { title: tag.value.clone(), slug: String::new(), pages: Vec::new() };
            let entry = tags.entry(name::fold(&tag.value)).or_insert_with(new);
            if entry.pages.last() != Some(&id) {
                entry.pages.push(id);
            }
        }
    }
    let slugs = slugs(tags.keys().map(String::as_str));
    for (tag, slug) in tags.values_mut().zip(slugs) {
        tag.slug = slug;
    }
    tags
}

/// A unique slug for each tag.
fn slugs<'a>(folded: impl Iterator<Item = &'a str>) -> Vec<String> {
    numbered(folded.map(tag_slug))
}

/// The slug of a tag: a segment that is valid on every system and that isn't the name of the list of tags.
fn tag_slug(folded: &str) -> String {
    const MAX_SLUG_BYTES: usize = 150;
    let slug = name::slug(folded);
    let slug = slug[..slug.floor_char_boundary(MAX_SLUG_BYTES)].trim_end_matches('-');
    if slug.is_empty() {
        "tag".to_owned()
    } else if slug == "index" || invalid_segment(slug).is_some() {
        format!("{slug}-tag")
    } else {
        slug.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_has_an_address_of_its_own() {
        let folded = ["c", "c 2", "c#", "c++", "con", "index", "tag", "🎉", "🚀"];
        let slugs = slugs(folded.into_iter());
        assert_eq!(slugs, ["c", "c-2", "c-3", "c-4", "con-tag", "index-tag", "tag", "tag-2", "tag-3"]);
        assert!(invalid_segment(&tag_slug(&"ü".repeat(300))).is_none());
    }
}
