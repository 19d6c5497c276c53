//! The address of each page of content: its path with every segment as a slug, the last one as `slug` says.

use std::sync::Arc;

use super::address::{Address, invalid_path};
use super::generated::Generated;
use crate::config::Urls;
use crate::diagnostic::{Advice, Diagnostic, Span, catalog};
use crate::name;
use crate::page::{Kind, Page, stem_of};
use crate::tree::TreePath;
use crate::yaml;

/// The address of a page, with all that can be derived from it and the page alone.
#[derive(Debug, PartialEq)]
pub(super) struct PageAddress {
    pub(super) address: Arc<Address>,
    /// The file of the address as file systems that ignore case see it.
    pub(super) folded: Arc<str>,
    /// The path of the page in `content/`, in NFC and lower case.
    pub(super) source: Arc<str>,
    /// The span of the text that sets the address.
    pub(super) span: Span,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl PageAddress {
    pub(super) fn of(page: &Page, urls: Urls) -> Self {
        let mut diagnostics = Vec::new();
        let address = address(page, urls, &mut diagnostics);
        Self {
            folded: folded(&address.file),
            source: name::lower(page.content_path()).into(),
            span: page.slug.as_ref().map_or(page.title_span(), |slug| page.span(&slug.span)),
            address: Arc::new(address),
            diagnostics,
        }
    }
}

/// A path as file systems that ignore case see it.
pub(super) fn folded(path: &TreePath) -> Arc<str> {
    name::lower(path.as_str()).into()
}

fn address(page: &Page, urls: Urls, diagnostics: &mut Vec<Diagnostic>) -> Address {
    let stem = stem_of(page.content_path());
    let (stem, folder) = match stem.strip_suffix("index") {
        Some(rest) if rest.is_empty() || rest.ends_with('/') => (rest.trim_end_matches('/'), true),
        _ => (stem, false),
    };
    let mut segments: Vec<String> = Vec::new();
    for segment in stem.split('/').filter(|segment| !segment.is_empty()) {
        let slug = name::slug(segment);
        if slug.is_empty() && page.slug.is_none() {
            let help = "rename the file, or add a `slug: …` to the page";
            let why = format!("`{segment}` has no letters or digits");
            diagnostics.push(catalog::invalid_address(page.title_span(), &why, help));
        }
        segments.push(slug);
    }
    if let Some(slug) = &page.slug {
        let span = page.span(&slug.span);
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if slug.value.is_empty() || slug.value.starts_with('.') || !slug.value.chars().all(sound) {
            let why = format!("`{}` isn't a single path segment of letters, digits, `-`, `_` and `.`", slug.value);
            let better = Some(name::slug(&slug.value)).filter(|better| !better.is_empty());
            let better = better.or_else(|| segments.last().cloned()).unwrap_or_default();
            let advice = Advice::suggest(format!("for example, `slug: {better}`"), yaml::scalar(&better));
            diagnostics.push(catalog::invalid_address(span, &why, advice));
        } else if let Some(last) = segments.last_mut() {
            last.clone_from(&slug.value);
        }
    }
    if let Some(why) = invalid_path(segments.iter().map(String::as_str)) {
        let span = page.slug.as_ref().map_or(page.title_span(), |slug| page.span(&slug.span));
        let help = "rename the file or folder, or set a different `slug: …`";
        diagnostics.push(catalog::invalid_address(span, &why, help));
    }
    let path = segments.join("/");
    if page.kind == Kind::Page && path == Generated::NotFound.path() {
        return Generated::NotFound.address(urls);
    }
    Address::new(&path, folder, urls)
}
