//! The permanent ids of expectations, unique on the page of their level: the id that the author wrote, or one made from
//! the first words. If that is taken, a hash of the whole sentence is appended, so that ids don't depend on order; and if
//! that is repeated too, a hash of the sentence and its detail.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Applicability, Diagnostic, Span, catalog};
use crate::ladder::expectations::cells::WrittenExpectation;
use crate::ladder::expectations::item_lines::{item_lines, line_start};
use crate::ladder::expectations::statement::Statement;
use crate::ladder::expectations::taken_anchors::TakenAnchors;
use crate::markdown::headings;
use crate::name::fold;
use crate::page::{PageId, PageLayout, Pages};

/// The ids of the expectations that are written for one level.
#[derive(Debug, Default)]
pub(crate) struct LevelIds {
    /// The expectations.
    statements: Vec<Arc<Statement>>,
    /// The ids, in the order of the expectations.
    pub(crate) ids: Vec<Arc<str>>,
    /// The diagnostics of ids that authors wrote.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl LevelIds {
    /// Whether they are the ids of the very same expectations.
    pub(crate) fn are_of(&self, expectations: &[&WrittenExpectation]) -> bool {
        let statements = expectations.iter().map(|expectation| &expectation.statement);
        self.statements.len() == expectations.len()
            && self.statements.iter().zip(statements).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

/// Assigns ids to the expectations of the level on `page`.
pub(crate) fn assign(
    pages: &Pages,
    layout: &PageLayout,
    page: PageId,
    expectations: &[&WrittenExpectation],
) -> LevelIds {
    let mut taken = TakenAnchors::new(pages, layout, page);
    let diagnostics = Vec::new();
    let mut naming = Naming { pages, page, expectations, taken: &mut taken, places: None, diagnostics };
    for at in 0..expectations.len() {
        naming.take_given(at);
    }
    naming.report_repeated();
    let diagnostics = naming.diagnostics;
    let mut same_words: HashMap<&str, usize> = HashMap::new();
    let mut same_sentence: HashMap<&str, usize> = HashMap::new();
    let slugs: Vec<String> = expectations.iter().map(|one| one.statement.slug()).collect();
    for (one, slug) in expectations.iter().zip(&slugs).filter(|(one, _)| one.statement.id.is_none()) {
        *same_words.entry(slug).or_default() += 1;
        *same_sentence.entry(&one.statement.text).or_default() += 1;
    }
    let id = |(one, slug): (&&WrittenExpectation, &String)| match &one.statement.id {
        Some(id) => id.value.as_str().into(),
        None if taken.contains(slug) || same_words[slug.as_str()] > 1 => {
            let text = Cow::Borrowed(one.statement.text.as_str());
            let text = if same_sentence[&*text] > 1 { one.statement.full_text() } else { text };
            taken.take_free(&format!("{slug}-{:04x}", short_hash(&text))).into()
        }
        None => taken.take_free(slug).into(),
    };
    let statements = expectations.iter().map(|expectation| Arc::clone(&expectation.statement));
    LevelIds { statements: statements.collect(), ids: expectations.iter().zip(&slugs).map(id).collect(), diagnostics }
}

/// The state of [`assign`].
struct Naming<'n, 'a> {
    pages: &'n Pages,
    page: PageId,
    expectations: &'n [&'a WrittenExpectation],
    taken: &'n mut TakenAnchors<'a>,
    /// The places of ids, collected when one is repeated.
    places: Option<IdPlaces>,
    diagnostics: Vec<Diagnostic>,
}

/// The places of the ids on a level's page.
#[derive(Default)]
struct IdPlaces {
    /// The first two expectations with each id, by their positions.
    given: HashMap<String, (usize, Option<usize>)>,
    /// The last heading with each id.
    headings: HashMap<String, Span>,
}

impl Naming<'_, '_> {
    fn take_given(&mut self, at: usize) {
        let one = self.expectations[at];
        let Some(id) = &one.statement.id else { return };
        if self.taken.take(&id.value) {
            return;
        }
        let span = self.pages.get(one.page).span(&id.span);
        let other = self.other_place(at, &id.value);
        self.diagnostics.push(catalog::duplicate_expectation_id(span, &id.value, other));
    }

    /// The other span on the level's page that has the id of one of its expectations.
    fn other_place(&mut self, not: usize, wanted: &str) -> Option<Span> {
        let places = match self.places.take() {
            Some(places) => places,
            None => self.id_places(),
        };
        let IdPlaces { given, headings } = self.places.insert(places);
        let other = given.get(wanted).and_then(|(first, second)| if *first == not { *second } else { Some(*first) });
        let of_expectation = other.and_then(|at| {
            let other = self.expectations[at];
            Some(self.pages.get(other.page).span(&other.statement.id.as_ref()?.span))
        });
        of_expectation.or_else(|| headings.get(wanted).cloned())
    }

    fn id_places(&self) -> IdPlaces {
        let mut places = IdPlaces::default();
        for (at, one) in self.expectations.iter().enumerate() {
            let Some(id) = &one.statement.id else { continue };
            match places.given.entry(id.value.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert((at, None));
                }
                Entry::Occupied(mut entry) => {
                    entry.get_mut().1.get_or_insert(at);
                }
            }
        }
        let page = self.pages.get(self.page);
        headings(&page.blocks, &mut |heading| {
            places.headings.insert(heading.id.clone(), page.span(&heading.span));
        });
        places
    }

    fn report_repeated(&mut self) {
        let mut known: HashMap<(Option<String>, u64), FirstInWords<'_>> = HashMap::new();
        for one in self.expectations {
            if one.statement.is_blank || one.statement.is_placeholder {
                continue;
            }
            let group = one.statement.group.as_ref().map(|heading| fold(&heading.text));
            let known = known.entry((group, one.statement.hash)).or_insert_with(|| FirstInWords::new(one));
            let first = known.expectation;
            if std::ptr::eq(first, *one) {
                continue;
            }
            let place = |one: &WrittenExpectation| self.pages.get(one.page).span(&one.statement.span);
            let page = self.pages.get(one.page);
            let item = item_lines(&page.source, &one.statement.span).map(|lines| page.span(&lines));
            let is_copy = one.page == first.page && known.is_copied(&page.source, &one.statement.span);
            let applicability = if is_copy { Applicability::MachineApplicable } else { Applicability::Suggestion };
            self.diagnostics.push(catalog::duplicate_expectation(place(one), place(first), item, applicability));
        }
    }
}

/// The first of several expectations in the same words.
struct FirstInWords<'a> {
    expectation: &'a WrittenExpectation,
    /// The byte up to which the text below it is known to be of the same list; `None` if it has something else.
    list_end: Option<usize>,
}

impl<'a> FirstInWords<'a> {
    fn new(expectation: &'a WrittenExpectation) -> Self {
        Self { expectation, list_end: Some(expectation.statement.span.end) }
    }

    /// Whether a list item is equal to the first, which is above it in the same list, to the letter. Items have to be
    /// compared in order.
    fn is_copied(&mut self, source: &str, item: &Range<usize>) -> bool {
        let text = |item: &Range<usize>| source.get(item.clone()).map(str::trim);
        let is_item = |line: &str| line.trim().is_empty() || line.starts_with(['-', '*', '+', ' ']);
        let between = self.list_end.and_then(|end| source.get(end..item.start));
        let is_in_list = between.is_some_and(|between| between.lines().all(is_item));
        let lines = source.get(line_start(source, item.start)..item.end).unwrap_or_default();
        self.list_end = (is_in_list && lines.lines().all(is_item)).then_some(item.end);
        is_in_list && text(&self.expectation.statement.span) == text(item)
    }
}

/// FNV-1a, folded to 16 bits: the same on every machine and in every version.
fn short_hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) ^ (hash & 0xffff)
}
