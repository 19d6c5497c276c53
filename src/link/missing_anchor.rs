//! Suggestions for links to anchors that don't exist.

use std::collections::HashSet;

use crate::diagnostic::{Advice, nearest};
use crate::page::Page;

/// Advice that names the anchor of a page that is probably meant by `slug`.
pub(super) fn anchor_advice(slug: &str, anchors: &HashSet<String>, page: &Page) -> Advice {
    let mut known: Vec<&str> = anchors.iter().map(String::as_str).collect();
    known.sort_unstable();
    let within = || known.iter().copied().find(|known| slug.len() > 2 && known.contains(slug));
    match nearest(slug, known.iter().copied()).or_else(within) {
        Some(near) => Advice::suggest(format!("did you mean `#{near}`?"), near),
        None if known.is_empty() => Advice::text("it has no headings; link to the page as a whole"),
        None if known.len() > 16 => Advice::text(format!("see the headings in {}", page.file)),
        None => {
            let known: Vec<String> = known.iter().map(|at| format!("`#{at}`")).collect();
            Advice::text(format!("its anchors are {}", known.join(", ")))
        }
    }
}
