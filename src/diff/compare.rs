//! Two guides → their [`GuideDiff`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fields::{self, NumberedGuide};
use super::model::{GuideDiff, PageChange, PageSide, TextChange, TextKind, TextSide, Verdict};
use super::page_pairs::{self, PagePair, PagePairs};
use super::splits::{self, TextGroup};
use super::text_pairs::{self, BothTexts, DiffPlace, PlacePart, PlacedText};
use super::texts::{self, GuideText, level_order};
use super::word_weights::WordWeights;
use super::wording::wording;
use crate::guide::Guide;
use crate::ladder::Role;
use crate::name::fold;
use crate::page::PageId;

/// Compares two guides. Takes time proportional to their size, and to the number of texts that changed times those that
/// share their words.
#[must_use]
pub fn diff(was: &Guide, now: &Guide) -> GuideDiff {
    let (old, new) = (texts::texts(was), texts::texts(now));
    let pairs = page_pairs::pair((was, &old), (now, &new));
    let comparison = TextComparison::new((was, &old), (now, &new), &pairs);
    let (mut texts, mut prose) = (Vec::new(), BTreeMap::<usize, Vec<TextChange>>::new());
    for (place, change) in comparison.texts() {
        match change.kind {
            // What a page says that is new or gone, readers see on the page itself.
            TextKind::Paragraph if change.implied => {}
            TextKind::Paragraph => prose.entry(place.page).or_default().push(change),
            _ => texts.push(change),
        }
    }
    GuideDiff {
        configuration: fields::of_configuration(&was.config, &now.config),
        pages: pages(was, now, &pairs, prose),
        texts,
    }
}

/// The changes of pages, in the order of the ladder, then by file.
fn pages(was: &Guide, now: &Guide, pairs: &PagePairs, mut prose: BTreeMap<usize, Vec<TextChange>>) -> Vec<PageChange> {
    let (of_was, of_now) = fields::numbering(pairs);
    let (old_facets, new_facets) = fields::facet_keys(&was.config, &now.config);
    let old = NumberedGuide { guide: was, number: &of_was, facets: &old_facets };
    let new = NumberedGuide { guide: now, number: &of_now, facets: &new_facets };
    let (old_order, new_order) = (page_order(was), page_order(now));
    let mut changes: Vec<((usize, usize, String), PageChange)> = Vec::new();
    for (number, PagePair { was: before, now: after }) in pairs.pairs.iter().enumerate() {
        let prose = prose.remove(&number).unwrap_or_default();
        let fields = match (before, after) {
            (Some(before), Some(after)) => fields::of_page((&old, *before), (&new, *after)),
            _ => Vec::new(),
        };
        let side = |guide: &Guide, id: &Option<PageId>| id.map(|id| page_side(guide, id));
        let change = PageChange { was: side(was, before), now: side(now, after), fields, prose };
        let is_paired = before.is_some() && after.is_some();
        if is_paired && change.fields.is_empty() && change.prose.is_empty() {
            continue;
        }
        let place = after.map(|id| new_order[&id]).or_else(|| before.map(|id| old_order[&id])).unwrap_or_default();
        let file = change.now.as_ref().or(change.was.as_ref()).map(|side| side.file.clone()).unwrap_or_default();
        changes.push(((usize::from(after.is_none()), place, file), change));
    }
    changes.sort_by(|a, b| a.0.cmp(&b.0));
    changes.into_iter().map(|(_, change)| change).collect()
}

fn page_side(guide: &Guide, id: PageId) -> PageSide {
    let page = guide.pages.get(id);
    PageSide {
        id: page.id.clone(),
        kind: page.kind.as_str().to_owned(),
        title: page.title.value.clone(),
        code: page.code().map(str::to_owned),
        file: page.file.to_string(),
    }
}

/// The place of each page: tracks, levels from the lowest, competencies, then all others.
fn page_order(guide: &Guide) -> BTreeMap<PageId, usize> {
    let ladder = &guide.ladder;
    let tracks = ladder.tracks.iter().map(|track| track.page);
    let levels = level_order(guide).into_iter().map(|level| ladder.level(level).page);
    let competencies = ladder.competencies.iter().map(|competency| competency.page);
    let mut order = BTreeMap::new();
    for page in tracks.chain(levels).chain(competencies).chain(guide.pages.ids()) {
        let next = order.len();
        order.entry(page).or_insert(next);
    }
    order
}

/// The comparison of the texts of two guides.
struct TextComparison<'g> {
    was: &'g Guide,
    now: &'g Guide,
    pairs: &'g PagePairs,
    both: BothTexts<'g>,
    english: bool,
}

impl<'g> TextComparison<'g> {
    fn new(was: (&'g Guide, &'g [GuideText]), now: (&'g Guide, &'g [GuideText]), pairs: &'g PagePairs) -> Self {
        let steps = step_numbers(was.0, now.0, pairs);
        let placed =
            |texts: &'g [GuideText], number: &dyn Fn(PageId) -> usize, step: &dyn Fn(usize, usize) -> usize| {
                let place = |text: &'g GuideText| {
                    let page = number(text.page);
                    let part = PlacePart::of(text.part, number, |at| step(page, at));
                    PlacedText { text, place: DiffPlace { kind: text.kind, page, part } }
                };
                texts.iter().map(place).collect::<Vec<_>>()
            };
        let old_step = |page: usize, at: usize| steps.get(&page).and_then(|steps| steps.get(at)).copied().unwrap_or(at);
        let old = placed(was.1, &|page| pairs.of_was(page), &old_step);
        let new = placed(now.1, &|page| pairs.of_now(page), &|_, at| at);
        let mut weights = WordWeights::default();
        old.iter().chain(&new).for_each(|one| weights.count(&one.text.words));
        let is_english = |guide: &Guide| guide.config.language.to_ascii_lowercase().starts_with("en");
        let english = is_english(was.0) && is_english(now.0);
        Self { was: was.0, now: now.0, pairs, both: BothTexts { was: old, now: new, weights }, english }
    }

    /// The changes, in the order of the ladder now, each with its place; what was removed comes after what's there.
    fn texts(&self) -> Vec<(DiffPlace, TextChange)> {
        let mut found = text_pairs::pair(&self.both);
        let mut groups = splits::groups(&self.both, &mut found);
        groups.extend(found.left_was.iter().map(|at| TextGroup { was: vec![*at], now: Vec::new() }));
        groups.extend(found.left_now.iter().map(|at| TextGroup { was: Vec::new(), now: vec![*at] }));
        for group in &mut groups {
            group.was.sort_unstable();
            group.now.sort_unstable();
        }
        let order = |group: &TextGroup| (group.now.is_empty(), group.now.first().copied(), group.was.first().copied());
        groups.sort_by_key(order);
        let groups = Groups::new(groups);
        groups.list.iter().filter_map(|group| self.change(group, &groups)).collect()
    }

    /// The change that a group of texts is, if it's one.
    fn change(&self, group: &TextGroup, groups: &Groups) -> Option<(DiffPlace, TextChange)> {
        let (was, now) = (placed(&self.both.was, &group.was), placed(&self.both.now, &group.now));
        let place = now.first().or(was.first())?.place;
        let places = |texts: &[PlacedText<'_>]| texts.iter().map(|one| one.place).collect::<BTreeSet<_>>();
        let moved = !was.is_empty() && !now.is_empty() && places(&was).is_disjoint(&places(&now));
        let verdict = match (&*was, &*now) {
            ([], _) => Verdict::Added,
            (_, []) => Verdict::Removed,
            ([was], [now]) => {
                let wording = self.wording(was, now, moved);
                wording.or_else(|| groups.raise_others(was, now).then_some(Verdict::Raises))?
            }
            (was, now) if was.len() < now.len() => Verdict::Split,
            (was, now) if was.len() > now.len() => Verdict::Merged,
            _ => Verdict::Reworded,
        };
        let sides = |guide: &Guide, texts: &[PlacedText<'_>]| -> Vec<TextSide> {
            texts.iter().map(|one| one.text.side(guide)).collect()
        };
        let parents = groups.parents(&was, &now);
        let is_half = was.is_empty() || now.is_empty();
        // An example goes with its expectation.
        if verdict == Verdict::Moved && parents.is_some_and(|parents| !parents.is_half()) {
            return None;
        }
        let implied = is_half && (self.is_with_page(place) || parents.is_some_and(TextGroup::is_half));
        let kind = place.kind;
        let change =
            TextChange { kind, verdict, moved, implied, was: sides(self.was, &was), now: sides(self.now, &now) };
        Some((place, change))
    }

    fn wording(&self, was: &PlacedText<'_>, now: &PlacedText<'_>, moved: bool) -> Option<Verdict> {
        let (was, now) = (was.text, now.text);
        if was.text != now.text {
            let verdict = wording(&was.text, &now.text, self.english);
            // Only expectations and criteria ask for anything.
            let asks = matches!(now.kind, TextKind::Expectation | TextKind::Criterion);
            return Some(if asks || verdict == Verdict::Spelling { verdict } else { Verdict::Reworded });
        }
        if fold(&was.specialism) != fold(&now.specialism) {
            return Some(Verdict::Reworded);
        }
        moved.then_some(Verdict::Moved)
    }

    /// Whether the page or the competency of a place is new or gone.
    fn is_with_page(&self, place: DiffPlace) -> bool {
        let is_alone = |pair: usize| {
            let PagePair { was, now } = self.pairs.pairs[pair];
            was.is_none() || now.is_none()
        };
        is_alone(place.page) || matches!(place.part, PlacePart::Cell(competency) if is_alone(competency))
    }
}

fn placed<'g>(texts: &[PlacedText<'g>], at: &[usize]) -> Vec<PlacedText<'g>> {
    at.iter().map(|at| texts[*at]).collect()
}

/// Groups of texts, found by their texts.
struct Groups {
    list: Vec<TextGroup>,
    of_was: HashMap<usize, usize>,
    of_now: HashMap<usize, usize>,
}

impl Groups {
    fn new(list: Vec<TextGroup>) -> Self {
        let positions = |texts: fn(&TextGroup) -> &Vec<usize>| {
            list.iter().enumerate().flat_map(|(at, group)| texts(group).iter().map(move |text| (*text, at))).collect()
        };
        Self { of_was: positions(|group| &group.was), of_now: positions(|group| &group.now), list }
    }

    /// Whether a text raises other expectations than before.
    fn raise_others(&self, was: &PlacedText<'_>, now: &PlacedText<'_>) -> bool {
        let of_was: BTreeSet<_> = was.text.raises.iter().map(|at| self.of_was.get(at)).collect();
        let of_now: BTreeSet<_> = now.text.raises.iter().map(|at| self.of_now.get(at)).collect();
        of_was != of_now
    }

    /// The group of the expectations of examples, if they all are of one.
    fn parents(&self, was: &[PlacedText<'_>], now: &[PlacedText<'_>]) -> Option<&TextGroup> {
        let group = |groups: &HashMap<usize, usize>, one: &PlacedText<'_>| groups.get(&one.text.parent?).copied();
        let of_was = was.iter().map(|one| group(&self.of_was, one));
        let groups: BTreeSet<Option<usize>> = of_was.chain(now.iter().map(|one| group(&self.of_now, one))).collect();
        let first = groups.first().copied().flatten();
        first.filter(|_| groups.len() == 1).map(|at| &self.list[at])
    }
}

/// For each competency of both guides, the number that each step of the scale before has now: that of the step of the same
/// name, or in order if as many steps went as came. A step that went has a number behind all others.
fn step_numbers(was: &Guide, now: &Guide, pairs: &PagePairs) -> BTreeMap<usize, Vec<usize>> {
    let names = |guide: &Guide, page: Option<PageId>| -> Option<Vec<String>> {
        let Some(Role::Competency(competency)) = guide.ladder.role(page?) else { return None };
        Some(guide.ladder.competency(competency).scale.iter().map(|step| fold(&step.name)).collect())
    };
    let numbers = |pair: &PagePair| {
        let (old, new) = (names(was, pair.was)?, names(now, pair.now)?);
        let mut came = (0..new.len()).filter(|at| !old.contains(&new[*at]));
        let gone = old.iter().filter(|name| !new.contains(name)).count();
        let are_renamed = came.clone().count() == gone;
        let number = |(at, name): (usize, &String)| {
            let kept = new.iter().position(|other| other == name);
            kept.or_else(|| came.next().filter(|_| are_renamed)).unwrap_or(new.len() + at)
        };
        Some(old.iter().enumerate().map(number).collect())
    };
    pairs.pairs.iter().enumerate().filter_map(|(number, pair)| Some((number, numbers(pair)?))).collect()
}
