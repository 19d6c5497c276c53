//! The view of the author's page: plain data for its template, with text in the words of the page.

use serde::Serialize;

use crate::serve::fix_offer::FixOffer;

/// The data for the template of the author's page.
#[derive(Debug, Serialize)]
pub(super) struct AuthorView {
    pub(super) title: String,
    /// The language of the content; empty for English, which is the language of the author's page.
    pub(super) language: String,
    pub(super) home: String,
    pub(super) totals: Vec<Total>,
    /// The sections, those with findings first.
    pub(super) sections: Vec<FindingSection>,
    /// The visible problems: the first of all, errors first.
    pub(super) problems: Vec<ProblemView>,
    /// The problems that are folded.
    pub(super) further: Vec<ProblemView>,
    pub(super) gaps: Vec<GapsView>,
    pub(super) examples: Vec<PageLink>,
    pub(super) climbs: Vec<ProgressionView>,
    pub(super) raises: Vec<LikelyRaiseView>,
    pub(super) alike: Vec<SimilarGroupView>,
    pub(super) unused: Vec<PageLink>,
    pub(super) overdue: Vec<OverdueView>,
    pub(super) orphans: Vec<OrphanView>,
    pub(super) tracks: Vec<TrackCompetencies>,
    pub(super) kinds: Vec<KindView>,
}

/// The competencies that are part of a track.
#[derive(Debug, Serialize)]
pub(super) struct TrackCompetencies {
    pub(super) track: ShortLink,
    pub(super) competencies: Vec<ShortLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct Total {
    pub(super) count: usize,
    pub(super) what: &'static str,
    pub(super) class: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct FindingSection {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// The number of findings, for the section's badge.
    pub(super) count: usize,
    /// An explanation of the section.
    pub(super) about: &'static str,
    /// The number of entries that are left out.
    pub(super) more: usize,
}

/// A link to a page of the preview, and its place in the source.
#[derive(Debug, Serialize)]
pub(super) struct PageLink {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) place: SourcePlace,
}

/// A place in a source file.
#[derive(Debug, Serialize)]
pub(super) struct SourcePlace {
    pub(super) text: String,
    /// The URL that opens the place in an editor, if the configuration names one.
    pub(super) editor: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ProblemView {
    pub(super) severity: &'static str,
    pub(super) code: &'static str,
    /// The message as HTML.
    pub(super) message: String,
    /// The help as HTML; empty if there is none.
    pub(super) help: String,
    pub(super) fixes: Vec<FixOffer>,
    pub(super) place: SourcePlace,
    /// The page whose source has the problem, if that is a page.
    pub(super) page: Option<ShortLink>,
}

/// A link to a page of the preview.
#[derive(Debug, Serialize)]
pub(super) struct ShortLink {
    pub(super) title: String,
    pub(super) url: String,
}

#[derive(Debug, Serialize)]
pub(super) struct GapsView {
    pub(super) level: PageLink,
    pub(super) cells: Vec<ShortLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct ProgressionView {
    pub(super) track: ShortLink,
    pub(super) median: usize,
    /// The median's position on the bars, in percent of the full width.
    pub(super) mark: usize,
    pub(super) rises: Vec<LevelStepView>,
}

#[derive(Debug, Serialize)]
pub(super) struct LevelStepView {
    pub(super) below: ShortLink,
    pub(super) level: PageLink,
    pub(super) news: usize,
    /// The composition of the step, such as `3 added, 1 raised`.
    pub(super) made_of: String,
    /// The length of the bar, in percent of the longest one.
    pub(super) bar: usize,
    /// `thin`, `small` or `large`; empty for an even step.
    pub(super) pace: &'static str,
}

/// An expectation that probably raises an inherited one.
#[derive(Debug, Serialize)]
pub(super) struct LikelyRaiseView {
    pub(super) now: SentenceView,
    pub(super) was: SentenceView,
    /// The text to write at the end of its first line.
    pub(super) mark: String,
}

#[derive(Debug, Serialize)]
pub(super) struct SimilarGroupView {
    pub(super) same: bool,
    pub(super) count: usize,
    pub(super) sentences: Vec<SentenceView>,
    pub(super) more: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct SentenceView {
    pub(super) text: String,
    pub(super) url: String,
    pub(super) level: String,
    pub(super) competency: String,
    pub(super) place: SourcePlace,
}

#[derive(Debug, Serialize)]
pub(super) struct OverdueView {
    pub(super) page: PageLink,
    pub(super) reviewed: String,
    pub(super) due: String,
    pub(super) owner: String,
}

#[derive(Debug, Serialize)]
pub(super) struct OrphanView {
    pub(super) page: PageLink,
    pub(super) kind: &'static str,
    pub(super) why: &'static str,
}

/// The table of all pages of one kind.
#[derive(Debug, Serialize)]
pub(super) struct KindView {
    pub(super) title: &'static str,
    pub(super) open: bool,
    /// Whether its pages can have sections that aren't prose.
    pub(super) has_sections: bool,
    pub(super) rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
pub(super) struct RowView {
    pub(super) page: PageLink,
    pub(super) address: String,
    pub(super) draft: bool,
    pub(super) cited: usize,
    pub(super) cited_by: Vec<ShortLink>,
    pub(super) more: usize,
    pub(super) reviewed: String,
    pub(super) due: String,
    pub(super) overdue: bool,
    pub(super) sections: Vec<SectionReadingView>,
    /// The number of sections that are left out.
    pub(super) more_sections: usize,
}

/// A section of a page, as Stepladder reads it.
#[derive(Debug, Serialize)]
pub(super) struct SectionReadingView {
    pub(super) heading: String,
    /// Its role, such as `Craft: 2 expectations`.
    pub(super) role: String,
    pub(super) prose: bool,
    pub(super) place: SourcePlace,
}
