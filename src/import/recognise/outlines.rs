//! Documents: which headings are levels and which are competencies.

use std::collections::{BTreeMap, BTreeSet};

use super::recogniser::{DEFAULT_TRACK, Recogniser};
use super::scale::ScaleKey;
use super::table;
use crate::import::ledger::{Placed, Reason, TextId};
use crate::import::level_name::{is_level_name, level_from};
use crate::import::outline::{BOLD_DEPTH, LIST_DEPTH, OutlinePart, SourceOutline};
use crate::import::sheet::{plain, with_links};
use crate::import::text::example;
use crate::import::words::{ColumnRole, column_role, is_cumulative_note, is_generic, is_name, is_placeholder};
use crate::name::fold;

/// What the headings of each depth are.
#[derive(Debug)]
struct Depths {
    levels: usize,
    /// `None` if the level's items name their competencies, or if it has none.
    competencies: Option<usize>,
    /// The depth of areas or tracks, above the others.
    groups: Option<usize>,
    /// Whether items name their competencies: `- Scope: text`.
    labelled: bool,
}

impl Depths {
    fn are_levels_first(&self) -> bool {
        self.competencies.is_none_or(|competencies| competencies > self.levels)
    }
}

/// Recognises the ladder in documents. Returns the key of the numbers in their tables, if there's one.
pub(super) fn recognise(recogniser: &mut Recogniser<'_>, outlines: Vec<SourceOutline>) -> Option<ScaleKey> {
    let mut sheets = Vec::new();
    let mut outlines: Vec<SourceOutline> = outlines.into_iter().map(with_title).collect();
    for outline in &mut outlines {
        let mut name = (outline.name.clone(), None);
        let (place, is_single) = (
            outline.place.clone(),
            outline.parts.iter().filter(|part| matches!(part, OutlinePart::Table(_))).count() <= 1,
        );
        for part in &mut outline.parts {
            match part {
                OutlinePart::Heading { text, id, .. } => name = (text.clone(), Some(*id)),
                OutlinePart::Table(sheet) => {
                    (sheet.name, sheet.name_text) = name.clone();
                    sheet.place = if is_single {
                        place.clone()
                    } else {
                        format!("{place}, table of \u{201c}{}\u{201d}", name.0).into()
                    };
                    sheets.push(std::mem::replace(
                        sheet,
                        crate::import::sheet::Sheet { rows: Vec::new(), ..sheet.clone() },
                    ));
                }
                OutlinePart::Line { .. } => {}
            }
        }
        outline.parts.retain(|part| !matches!(part, OutlinePart::Table(_)));
    }
    let scale = table::recognise_all(recogniser, sheets);
    match depths(&outlines) {
        Some(depths) => walk_all(recogniser, &outlines, &depths),
        None if recogniser.ladder.levels.is_empty() => {
            for outline in &outlines {
                let headings = outline.parts.iter().filter(|part| matches!(part, OutlinePart::Heading { .. })).count();
                recogniser.seen.push(format!("{} has {headings} headings, and no level among them", outline.place));
            }
        }
        // The ladder is in tables: the text around them introduces it.
        None => introduce(recogniser, &outlines),
    }
    scale
}

/// Moves the only heading of the highest depth, if it comes first, into the name of the document.
fn with_title(mut outline: SourceOutline) -> SourceOutline {
    let top = outline
        .parts
        .iter()
        .filter_map(|part| if let OutlinePart::Heading { depth, .. } = part { Some(*depth) } else { None })
        .min();
    let at_top = outline
        .parts
        .iter()
        .filter(|part| matches!(part, OutlinePart::Heading { depth, .. } if Some(*depth) == top))
        .count();
    if let (Some(OutlinePart::Heading { depth, text, .. }), 1) = (outline.parts.first_mut(), at_top)
        && Some(*depth) == top
    {
        *depth = 0;
        outline.name.clone_from(text);
    }
    outline
}

/// Records the texts around tables as introductions.
fn introduce(recogniser: &mut Recogniser<'_>, outlines: &[SourceOutline]) {
    for part in outlines.iter().flat_map(|outline| &outline.parts) {
        match part {
            OutlinePart::Heading { depth: 0, text, id } => {
                if recogniser.ladder.title.is_none() {
                    recogniser.ladder.title = Some(text.clone());
                }
                recogniser.ledger.place(*id, Placed::Title);
            }
            OutlinePart::Heading { id, .. } => recogniser.ledger.leave(*id, Reason::Note),
            OutlinePart::Line { text, id, .. } => introduce_line(recogniser, text, *id),
            OutlinePart::Table(_) => {}
        }
    }
}

fn introduce_line(recogniser: &mut Recogniser<'_>, text: &str, id: TextId) {
    if is_cumulative_note(&plain(text)) {
        recogniser.has_cumulative_note = true;
    }
    recogniser.ladder.intro.push(with_links(text));
    recogniser.ledger.place(id, Placed::Summary);
}

/// The headings of all documents by depth; names of files that have no heading of their own count as depth 0.
fn headings(outlines: &[SourceOutline]) -> BTreeMap<usize, Vec<String>> {
    let mut by_depth: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for outline in outlines {
        let has_title = matches!(outline.parts.first(), Some(OutlinePart::Heading { depth: 0, .. }));
        if !has_title && !outline.parts.is_empty() {
            by_depth.entry(0).or_default().push(outline.name.clone());
        }
        for part in &outline.parts {
            if let OutlinePart::Heading { depth, text, .. } = part {
                by_depth.entry(*depth).or_default().push(text.clone());
            }
        }
    }
    by_depth
}

fn depths(outlines: &[SourceOutline]) -> Option<Depths> {
    let by_depth = headings(outlines);
    let levels = by_depth
        .iter()
        .filter_map(|(depth, names)| {
            let named = names.iter().filter(|name| is_level_name(name)).count();
            (named >= 2 && named * 2 > names.len()).then_some((named, *depth))
        })
        .max_by_key(|(named, depth)| (*named, usize::MAX - depth))?
        .1;
    let is_repeated = is_repeating(&by_depth[&levels]);
    let above: Vec<usize> =
        by_depth.keys().copied().filter(|depth| *depth < levels && by_depth[depth].len() > 1).collect();
    let below = by_depth.keys().copied().find(|depth| *depth > levels);
    // Competencies that are repeated below each level make what is above the levels tracks.
    let are_below = below.is_some_and(|depth| depth < BOLD_DEPTH && is_repeating(&by_depth[&depth]));
    if is_repeated
        && !are_below
        && let Some(competencies) = above.last()
    {
        let groups = above.len().checked_sub(2).map(|at| above[at]);
        return Some(Depths { levels, competencies: Some(*competencies), groups, labelled: false });
    }
    let labelled = below.is_none() && has_labels(outlines);
    // A single competency: the heading, or the name of the file, right above the levels.
    let single = by_depth.range(..levels).next_back().filter(|(_, names)| !names.iter().any(|name| is_generic(name)));
    if let (None, false, Some((competencies, _))) = (below, labelled, single) {
        let groups = above.iter().copied().rfind(|depth| depth < competencies);
        return Some(Depths { levels, competencies: Some(*competencies), groups, labelled });
    }
    Some(Depths { levels, competencies: below, groups: above.last().copied(), labelled })
}

/// Whether a name occurs more than once.
fn is_repeating(names: &[String]) -> bool {
    let distinct: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
    distinct.len() < names.len()
}

/// Whether most items begin with a short name and a colon, and these names are repeated.
fn has_labels(outlines: &[SourceOutline]) -> bool {
    let items = || {
        outlines.iter().flat_map(|outline| &outline.parts).filter_map(|part| match part {
            OutlinePart::Line { text, list, .. } if *list > 0 => Some(text),
            _ => None,
        })
    };
    let labels: Vec<String> = items().filter_map(|text| label(text)).map(|(label, _)| label).collect();
    labels.len() * 2 > items().count() && is_repeating(&labels)
}

/// An item's label and its text: `Scope: text`.
fn label(text: &str) -> Option<(String, String)> {
    let text = with_links(text);
    let (label, rest) = text.split_once(':')?;
    let fits =
        is_name(label) && label.split_whitespace().count() <= 5 && !rest.trim().is_empty() && !rest.starts_with("//");
    (fits && example(&text).is_none()).then(|| (label.trim().to_owned(), rest.trim().to_owned()))
}

fn walk_all(recogniser: &mut Recogniser<'_>, outlines: &[SourceOutline], depths: &Depths) {
    let (levels_before, competencies_before) = (recogniser.ladder.levels.len(), recogniser.ladder.competencies.len());
    for outline in outlines {
        let mut walk = OutlineWalk {
            depths,
            track: None,
            area: None,
            level: None,
            competency: None,
            label: String::new(),
            label_depth: 0,
            sentence: None,
            private: None,
            has_example: false,
        };
        let has_title = matches!(outline.parts.first(), Some(OutlinePart::Heading { depth: 0, .. }));
        if !has_title {
            walk.heading(recogniser, 0, &outline.name, None);
        }
        for (at, part) in outline.parts.iter().enumerate() {
            match part {
                OutlinePart::Heading { depth, text, id } => {
                    let next = outline.parts.get(at + 1);
                    walk.has_example =
                        matches!(next, Some(OutlinePart::Line { text, .. }) if example(&plain(text)).is_some());
                    walk.heading(recogniser, *depth, text, Some(*id));
                }
                OutlinePart::Line { text, id, list } => walk.line(recogniser, text, *id, *list),
                OutlinePart::Table(_) => {}
            }
        }
    }
    let order = if depths.are_levels_first() {
        "levels, and below them competencies"
    } else {
        "competencies, and below them levels"
    };
    recogniser.understood.push(format!(
        "{}: headings are {order}; {} levels, {} competencies",
        outlines.iter().map(|outline| &*outline.place).take(3).collect::<Vec<_>>().join(", ")
            + if outlines.len() > 3 { ", \u{2026}" } else { "" },
        recogniser.ladder.levels.len() - levels_before,
        recogniser.ladder.competencies.len() - competencies_before
    ));
}

/// Where a document is being read.
struct OutlineWalk<'d> {
    depths: &'d Depths,
    track: Option<String>,
    area: Option<String>,
    level: Option<usize>,
    competency: Option<usize>,
    label: String,
    /// The depth of the heading or item that is the label.
    label_depth: usize,
    /// The depth of the list item whose nested items are its detail.
    sentence: Option<usize>,
    /// The depth of a heading whose content isn't imported.
    private: Option<usize>,
    /// Whether an example follows the heading or item.
    has_example: bool,
}

impl OutlineWalk<'_> {
    fn heading(&mut self, recogniser: &mut Recogniser<'_>, depth: usize, text: &str, id: Option<TextId>) {
        if self.private.is_some_and(|private| depth > private) {
            recogniser.record(id, Err(Reason::Private));
            return;
        }
        self.private = None;
        let is_kept = self.sentence.is_some_and(|sentence| depth > sentence);
        if !is_kept {
            self.sentence = None;
        }
        if column_role(text) == Some(ColumnRole::Private) {
            self.private = Some(depth);
            recogniser.record(id, Err(Reason::Private));
            return;
        }
        let Depths { levels, competencies, groups, .. } = *self.depths;
        if depth == levels {
            self.label.clear();
            if self.depths.are_levels_first() {
                self.competency = None;
            }
            if is_level_name(text) {
                let track = self.track.clone().or_else(|| recogniser.mapping.track.clone());
                let track = recogniser.ladder.track(track.as_deref().unwrap_or(DEFAULT_TRACK));
                self.level = Some(recogniser.ladder.level(track, &level_from(text)));
                recogniser.record(id, Ok(Placed::Level));
            } else {
                self.level = None;
                recogniser.record(id, Err(Reason::Lonely));
            }
        } else if Some(depth) == competencies && (self.level.is_some() || depth < levels) {
            self.label.clear();
            if depth < levels {
                self.level = None;
            }
            self.competency = Some(recogniser.ladder.competency(text, self.area.as_deref()));
            recogniser.record(id, Ok(Placed::Competency));
        } else if Some(depth) == groups {
            (self.level, self.competency) = (None, None);
            if self.depths.are_levels_first() {
                self.track = Some(text.to_owned());
                recogniser.record(id, Ok(Placed::Track));
            } else {
                self.area = Some(text.to_owned());
                recogniser.record(id, Ok(Placed::Area));
            }
        } else if depth < levels.min(competencies.unwrap_or(levels)) {
            if recogniser.ladder.title.is_none() && (depth == 0 && id.is_some()) {
                recogniser.ladder.title = Some(text.to_owned());
                recogniser.record(id, Ok(Placed::Title));
            }
            recogniser.record(id, Err(Reason::Lonely));
        } else {
            self.below(recogniser, depth, text, id);
        }
    }

    /// Reads a heading, or an item with a nested list, below a level and a competency.
    fn below(&mut self, recogniser: &mut Recogniser<'_>, depth: usize, text: &str, id: Option<TextId>) {
        let (Some(level), Some(id)) = (self.level, id) else {
            recogniser.record(id, Err(Reason::NoLevel));
            return;
        };
        let is_label = is_name(text) && text.split_whitespace().count() <= 6 && !self.has_example;
        if self.sentence.is_some_and(|sentence| depth > sentence) {
            self.detail(recogniser, level, text, id);
        } else if is_label {
            (self.label, self.label_depth) = (text.trim_end_matches(':').to_owned(), depth);
            recogniser.ledger.place(id, Placed::Label);
        } else {
            self.label.clear();
            recogniser.line(level, self.competency, "", text, id);
            self.sentence = Some(depth);
        }
    }

    /// Adds a text to the expectation before it.
    fn detail(&self, recogniser: &mut Recogniser<'_>, level: usize, text: &str, id: TextId) {
        let lines = match self.competency {
            Some(competency) => &mut recogniser.ladder.cell(level, competency).lines,
            None => &mut recogniser.ladder.levels[level].own,
        };
        let Some(last) = lines.last_mut() else {
            recogniser.ledger.leave(id, Reason::NoLevel);
            return;
        };
        let bare = with_links(text);
        if let Some(example) = example(&bare) {
            last.examples.push(example);
            recogniser.ledger.place(id, Placed::Example);
        } else {
            last.detail.push(bare.split_whitespace().collect::<Vec<_>>().join(" "));
            recogniser.ledger.place(id, Placed::Detail);
        }
    }

    fn line(&mut self, recogniser: &mut Recogniser<'_>, text: &str, id: TextId, list: usize) {
        if self.private.is_some() {
            recogniser.ledger.leave(id, Reason::Private);
            return;
        }
        let depth = if list == 0 { 0 } else { LIST_DEPTH + list - 1 };
        if list > 0 && self.sentence.is_some_and(|sentence| depth <= sentence) {
            self.sentence = None;
        }
        if list > 0 && depth <= self.label_depth {
            self.label.clear();
        }
        match (self.level, self.competency) {
            (Some(level), _) if self.sentence.is_some() => self.detail(recogniser, level, text, id),
            (Some(level), None) if self.depths.labelled && label(text).is_some() => {
                let (name, rest) = label(text).unwrap_or_default();
                let competency = recogniser.ladder.competency(&name, None);
                recogniser.line(level, Some(competency), "", &rest, id);
            }
            (Some(level), None) if list == 0 && self.depths.competencies.is_some() => {
                recogniser.ladder.levels[level].page.intro.push(with_links(text));
                recogniser.ledger.place(id, Placed::Summary);
            }
            (Some(level), competency) => recogniser.line(level, competency, &self.label, text, id),
            (None, Some(competency)) => {
                recogniser.ladder.competencies[competency].page.intro.push(with_links(text));
                recogniser.ledger.place(id, Placed::Summary);
            }
            (None, None) if is_placeholder(&plain(text)) => recogniser.ledger.leave(id, Reason::Placeholder),
            (None, None) => introduce_line(recogniser, text, id),
        }
    }
}
