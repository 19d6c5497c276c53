//! The permanent ids of expectations, unique on the page of their level: the one that its author gave it, or its first
//! words. Where those are taken, a few letters made from the whole sentence follow, so that order does not matter.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::anchors::free;
use super::assemble::Assembly;
use super::model::Expectation;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::markdown::headings;
use crate::page::PageId;

/// Notes the expectations of each page that are still to be written, all at once.
pub(super) fn placeholders(assembly: &mut Assembly<'_>) {
    let mut found: Vec<(PageId, Vec<Span>)> = Vec::new();
    for id in &assembly.placeholders {
        let Expectation { page, statement: line, .. } = assembly.ladder.expectation(*id);
        let span = assembly.pages.get(*page).span(&line.span);
        match found.last_mut().filter(|(known, _)| known == page) {
            Some((_, spans)) => spans.push(span),
            None => found.push((*page, vec![span])),
        }
    }
    for (_, spans) in found {
        let [first, more @ ..] = spans.as_slice() else { continue };
        let help = "say what is expected here, or take the line away";
        let mut diagnostic =
            Diagnostic::new(Code::Placeholder, first.clone(), "this is still to be written").help(help);
        for span in more.iter().take(6) {
            diagnostic = diagnostic.label(span.clone(), "and this");
        }
        assembly.diagnostics.push(diagnostic);
    }
}

/// The expectations of one level while they get their ids.
struct Naming<'n, 'a> {
    assembly: &'n Assembly<'n>,
    page: PageId,
    lines: &'n [&'a Expectation],
    taken: &'n mut HashSet<Cow<'a, str>>,
    diagnostics: Vec<Diagnostic>,
}

/// The ids of the expectations of the level on `page`, in their order, and what is wrong with those that are given. They
/// are `taken` then.
pub(super) fn name<'a>(
    assembly: &Assembly<'_>,
    page: PageId,
    lines: &[&'a Expectation],
    taken: &mut HashSet<Cow<'a, str>>,
) -> (Vec<Arc<str>>, Vec<Diagnostic>) {
    let mut naming = Naming { assembly, page, lines, taken, diagnostics: Vec::new() };
    for at in 0..lines.len() {
        naming.take_given(at);
    }
    naming.note_repeated();
    let mut same_words: HashMap<&str, usize> = HashMap::new();
    for one in lines.iter().filter(|one| one.statement.id.is_none()) {
        *same_words.entry(&one.statement.slug).or_default() += 1;
    }
    let Naming { taken, diagnostics, .. } = naming;
    let id = |one: &&Expectation| {
        let slug = one.statement.slug.as_str();
        match &one.statement.id {
            Some(id) => id.value.as_str().into(),
            None if taken.contains(slug) || same_words[slug] > 1 => {
                free(taken, &format!("{slug}-{:04x}", short_hash(&one.statement.text))).into()
            }
            None => free(taken, slug).into(),
        }
    };
    (lines.iter().map(id).collect(), diagnostics)
}

impl Naming<'_, '_> {
    fn take_given(&mut self, at: usize) {
        let one = self.lines[at];
        let Some(id) = &one.statement.id else { return };
        if self.taken.insert(Cow::Borrowed(&id.value)) {
            return;
        }
        let span = self.assembly.pages.get(one.page).span(&id.span);
        let message = format!("this level's page has two places called `{}`", id.value);
        let diagnostic = Diagnostic::new(Code::DuplicateAnchor, span, message).help("give one of them another id");
        self.diagnostics.push(match self.other_place(at, &id.value) {
            Some(other) => diagnostic.label(other, "the other place"),
            None => diagnostic,
        });
    }

    /// Where else on the level's page the id of one of its expectations stands.
    fn other_place(&self, not: usize, wanted: &str) -> Option<Span> {
        let others = self.lines.iter().enumerate().filter(|(at, _)| *at != not);
        let mut given = others.filter_map(|(_, other)| Some((other.page, other.statement.id.as_ref()?)));
        if let Some((page, id)) = given.find(|(_, id)| id.value == wanted) {
            return Some(self.assembly.pages.get(page).span(&id.span));
        }
        let page = self.assembly.pages.get(self.page);
        let mut place = None;
        headings(&page.blocks, &mut |heading| {
            if heading.id == wanted {
                place = Some(page.span(&heading.span));
            }
        });
        place
    }

    fn note_repeated(&mut self) {
        let mut sentences: HashMap<&str, &Expectation> = HashMap::new();
        for one in self.lines {
            let sentence = one.statement.folded.as_str();
            if sentence.is_empty() || one.statement.is_placeholder {
                continue;
            }
            let first = *sentences.entry(sentence).or_insert(one);
            if std::ptr::eq(first, *one) {
                continue;
            }
            let place = |one: &Expectation| self.assembly.pages.get(one.page).span(&one.statement.span);
            let diagnostic = Diagnostic::new(Code::DuplicateExpectation, place(one), "this level says the same twice")
                .label(place(first), "first said here")
                .help("keep it where it belongs, or say what differs");
            self.diagnostics.push(diagnostic);
        }
    }
}

/// FNV-1a, folded to 16 bits: the same on every machine and in every version.
fn short_hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) ^ (hash & 0xffff)
}
