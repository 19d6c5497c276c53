use serde::Serialize;

/// What the template of the author's page sees.
#[derive(Debug, Serialize)]
pub(super) struct AuthorView {
    pub(super) title: String,
    /// The language of the content, if it is not English as the page's own words are.
    pub(super) language: String,
    pub(super) home: String,
    pub(super) totals: Vec<Total>,
    /// Those that have something to say first.
    pub(super) sections: Vec<SectionView>,
    /// The worst problems, and those that are shown on request.
    pub(super) problems: Vec<ProblemView>,
    pub(super) further: Vec<ProblemView>,
    pub(super) gaps: Vec<GapsView>,
    pub(super) examples: Vec<PageLink>,
    pub(super) climbs: Vec<ClimbView>,
    pub(super) alike: Vec<AlikeView>,
    pub(super) unused: Vec<PageLink>,
    pub(super) overdue: Vec<OverdueView>,
    pub(super) orphans: Vec<OrphanView>,
    pub(super) kinds: Vec<KindView>,
}

#[derive(Debug, Serialize)]
pub(super) struct Total {
    pub(super) count: usize,
    pub(super) what: &'static str,
    pub(super) class: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct SectionView {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// How much there is to mend, for the section's badge.
    pub(super) count: usize,
    /// What the section is about, in a sentence.
    pub(super) about: &'static str,
    /// How many entries there is no room for.
    pub(super) more: usize,
}

/// A page of the preview, and where it is written.
#[derive(Debug, Serialize)]
pub(super) struct PageLink {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) place: PlaceView,
}

/// A place in a source file; `editor` opens it, when the configuration names an editor.
#[derive(Debug, Serialize)]
pub(super) struct PlaceView {
    pub(super) text: String,
    pub(super) editor: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ProblemView {
    pub(super) severity: &'static str,
    pub(super) code: &'static str,
    /// HTML.
    pub(super) message: String,
    /// HTML.
    pub(super) help: String,
    pub(super) place: PlaceView,
    /// The page that the place is on, if it is one.
    pub(super) page: Option<ShortLink>,
}

/// A link, without its place.
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
pub(super) struct ClimbView {
    pub(super) track: ShortLink,
    pub(super) median: usize,
    /// Where the median lies on the bars, in percent of their width.
    pub(super) mark: usize,
    pub(super) rises: Vec<RiseView>,
}

#[derive(Debug, Serialize)]
pub(super) struct RiseView {
    pub(super) below: ShortLink,
    pub(super) level: PageLink,
    pub(super) news: usize,
    /// `3 added, 1 raised`.
    pub(super) made_of: String,
    /// The bar's length, in percent.
    pub(super) bar: usize,
    /// `thin`, `small` or `large`; empty for a step like the others.
    pub(super) pace: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct AlikeView {
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
    pub(super) place: PlaceView,
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

/// The pages of one kind.
#[derive(Debug, Serialize)]
pub(super) struct KindView {
    pub(super) title: &'static str,
    pub(super) open: bool,
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
}
