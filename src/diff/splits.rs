//! Texts that became several, and several that became one.

use std::collections::{BTreeMap, BTreeSet};

use super::text_pairs::{BothTexts, PlacedText, TextPairs};
use super::word_weights::shared;

/// The share of a part's words that are those of the whole.
const MIN_CONTAINED: f64 = 0.6;

/// The share of the whole's words that a part adds to the other parts.
const MIN_GAIN: f64 = 0.2;

/// The same for a part that consists of the whole's words nearly alone.
const MIN_CONTAINED_ALONE: f64 = 0.8;

/// See [`MIN_CONTAINED_ALONE`].
const MIN_GAIN_ALONE: f64 = 0.1;

/// The share of the whole's words that its parts have together.
const MIN_COVERED: f64 = 0.6;

/// Texts that became one another: those before and those now, as positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextGroup {
    pub(super) was: Vec<usize>,
    pub(super) now: Vec<usize>,
}

impl TextGroup {
    /// Whether the texts are only in one of the guides.
    pub(super) fn is_half(&self) -> bool {
        self.was.is_empty() || self.now.is_empty()
    }
}

/// Turns pairs into groups, with what was split off or merged in. What belongs to no group stays in `pairs.left_was` and
/// `pairs.left_now`.
pub(super) fn groups(both: &BothTexts<'_>, pairs: &mut TextPairs) -> Vec<TextGroup> {
    let partners: BTreeMap<usize, usize> = pairs.pairs.iter().copied().collect();
    let reversed: BTreeMap<usize, usize> = pairs.pairs.iter().map(|(was, now)| (*now, *was)).collect();
    let split = Wholes { whole: &both.was, part: &both.now, partners: &partners, both };
    let merged = Wholes { whole: &both.now, part: &both.was, partners: &reversed, both };
    let split = split.divided(&pairs.left_was, &pairs.left_now);
    let merged = merged.divided(&pairs.left_now, &pairs.left_was);
    let mut groups: Vec<TextGroup> =
        pairs.pairs.iter().map(|(was, now)| TextGroup { was: vec![*was], now: vec![*now] }).collect();
    let (mut taken_was, mut taken_now) = (BTreeSet::new(), BTreeSet::new());
    for (whole, parts) in split {
        taken_now.extend(parts.iter().copied());
        if let Some(group) = groups.iter_mut().find(|group| group.was == [whole]) {
            group.now.extend(parts);
        } else {
            taken_was.insert(whole);
            groups.push(TextGroup { was: vec![whole], now: parts });
        }
    }
    for (whole, parts) in merged {
        let is_free = !taken_now.contains(&whole) && parts.iter().all(|part| !taken_was.contains(part));
        let group = groups.iter_mut().find(|group| group.now.contains(&whole));
        match group {
            Some(group) if is_free || group.was.len() == 1 && group.now[0] == whole => {
                taken_was.extend(parts.iter().copied());
                group.was.extend(parts);
            }
            None if is_free => {
                taken_was.extend(parts.iter().copied());
                taken_now.insert(whole);
                groups.push(TextGroup { was: parts, now: vec![whole] });
            }
            _ => {}
        }
    }
    pairs.left_was.retain(|at| !taken_was.contains(at));
    pairs.left_now.retain(|at| !taken_now.contains(at));
    groups
}

/// Texts of one guide that may have become several of the other.
struct Wholes<'a, 'g> {
    whole: &'a [PlacedText<'g>],
    part: &'a [PlacedText<'g>],
    /// The counterparts of wholes.
    partners: &'a BTreeMap<usize, usize>,
    both: &'a BothTexts<'g>,
}

impl Wholes<'_, '_> {
    /// The texts that were divided, each with its parts apart from its counterpart. Each part belongs to the whole that
    /// has most of it.
    fn divided(&self, left_wholes: &[usize], left_parts: &[usize]) -> Vec<(usize, Vec<usize>)> {
        let mut wholes_by_page: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let reworded = self
            .partners
            .iter()
            .filter(|(whole, part)| self.whole[**whole].text.folded != self.part[**part].text.folded);
        for whole in reworded.map(|(whole, _)| whole).chain(left_wholes) {
            let place = self.whole[*whole].place;
            wholes_by_page.entry((place.kind, place.page)).or_default().push(*whole);
        }
        let mut chosen: BTreeMap<usize, Vec<(f64, usize)>> = BTreeMap::new();
        for part in left_parts {
            let place = self.part[*part].place;
            let wholes = wholes_by_page.get(&(place.kind, place.page)).into_iter().flatten();
            let scored = wholes.filter_map(|whole| Some((self.contained(*part, *whole)?, *whole)));
            let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| self.text(b.1).cmp(self.text(a.1))));
            if let Some((score, whole)) = best {
                chosen.entry(whole).or_default().push((score, *part));
            }
        }
        chosen.into_iter().filter_map(|(whole, parts)| Some((whole, self.parts(whole, parts)?))).collect()
    }

    fn text(&self, whole: usize) -> &str {
        &self.whole[whole].text.text
    }

    /// The share of a part's words that the whole has, if it's enough.
    fn contained(&self, part: usize, whole: usize) -> Option<f64> {
        let (part, whole) = (&self.part[part].text.words, &self.whole[whole].text.words);
        let contained = self.both.weights.contained(part, whole);
        (contained >= MIN_CONTAINED && part.len() < whole.len() && part.len() > 1).then_some(contained)
    }

    /// The parts that each add something, if they make up the whole together with its counterpart.
    fn parts(&self, whole: usize, mut parts: Vec<(f64, usize)>) -> Option<Vec<usize>> {
        let words = &self.whole[whole].text.words;
        let weights = &self.both.weights;
        let partner = self.partners.get(&whole).map(|partner| &self.part[*partner].text.words);
        let mut covered = partner.map(|partner| shared(words, partner)).unwrap_or_default();
        parts.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| self.part[a.1].text.text.cmp(&self.part[b.1].text.text)));
        let mut chosen = Vec::new();
        for (contained, part) in parts {
            let part_words = shared(words, &self.part[part].text.words);
            let new: Vec<u64> = part_words.into_iter().filter(|word| !covered.contains(word)).collect();
            let min = if contained >= MIN_CONTAINED_ALONE { MIN_GAIN_ALONE } else { MIN_GAIN };
            if weights.total(&new) >= min * weights.total(words) {
                covered.extend(new);
                chosen.push(part);
            }
        }
        let count = chosen.len() + usize::from(partner.is_some());
        let is_covered = weights.total(&covered) >= MIN_COVERED * weights.total(words);
        chosen.sort_unstable();
        (count > 1 && !chosen.is_empty() && is_covered).then_some(chosen)
    }
}
