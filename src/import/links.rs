//! Links between the documents of a source, as links between pages.

use std::collections::BTreeMap;

use super::draft::{DraftLadder, DraftLine, DraftPage};
use super::read::page_name;
use super::sheet::{LINK_END, LINK_TARGET};
use crate::name::fold;
use crate::percent::decode_leniently;

/// Replaces the targets of links to documents by the pages that these became: `page:Title`.
pub(super) fn resolve(ladder: &mut DraftLadder) {
    let mut titles: BTreeMap<String, Option<String>> = BTreeMap::new();
    let pages = ladder.levels.iter().map(|level| &level.page);
    let pages =
        pages.chain(ladder.competencies.iter().map(|one| &one.page)).chain(ladder.tracks.iter().map(|one| &one.page));
    for page in pages {
        // A title of several pages names none of them, and one with the marks of a link can't be in one.
        let can_be_linked = !page.title.contains(['[', ']', '|', '\\', '#', '`', '*', '<', '&']);
        let title = can_be_linked.then(|| page.title.clone());
        titles.entry(fold(&page.title)).and_modify(|known| *known = None).or_insert(title);
    }
    let resolve = |text: &mut String| {
        if text.contains(LINK_TARGET) {
            *text = resolved(text, &titles);
        }
    };
    let page = |page: &mut DraftPage| page.intro.iter_mut().for_each(resolve);
    let line = |line: &mut DraftLine| {
        resolve(&mut line.text);
        line.detail.iter_mut().for_each(resolve);
        line.examples.iter_mut().for_each(|example| resolve(&mut example.text));
    };
    ladder.intro.iter_mut().for_each(resolve);
    ladder.tracks.iter_mut().for_each(|track| page(&mut track.page));
    ladder.competencies.iter_mut().for_each(|one| page(&mut one.page));
    for level in &mut ladder.levels {
        page(&mut level.page);
        level.own.iter_mut().for_each(line);
        level.cells.iter_mut().for_each(|cell| cell.lines.iter_mut().for_each(line));
    }
}

fn resolved(text: &str, titles: &BTreeMap<String, Option<String>>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(LINK_TARGET) {
        let (target, after) = after.split_once(LINK_END).unwrap_or((after, ""));
        let is_document = !target.contains("://") && !target.starts_with("mailto:");
        let name = decode_leniently(target.split(['#', '?']).next().unwrap_or_default());
        let title = titles.get(&fold(&page_name(&name))).and_then(Option::as_deref).filter(|_| is_document);
        let target = title.map_or_else(|| target.to_owned(), |title| format!("page:{title}"));
        out.push_str(&format!("{before}{LINK_TARGET}{target}{LINK_END}"));
        rest = after;
    }
    out + rest
}
