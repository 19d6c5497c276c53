//! The fields of front matter that can change the ladder or addresses: if they are equal, no other page is affected.

use super::front_matter::{Competency, Extend, FrontMatter, Level, Serves, Track};
use super::model::Page;
use crate::diagnostic::Spanned;

/// The fields of front matter on order, addresses, tags and the structure of the ladder. Titles, other names,
/// summaries, facets, owners, dates and spans aren't part of it.
#[derive(Debug, PartialEq)]
pub struct Outline<'p> {
    slug: Option<&'p str>,
    tags: Vec<&'p str>,
    aliases: Vec<&'p str>,
    order: Option<f64>,
    kind: KindOutline<'p>,
}

type Names<'p> = Vec<&'p str>;

/// The fields that depend on the page's kind.
#[derive(Debug, PartialEq)]
enum KindOutline<'p> {
    Track { levels: Names<'p>, family: Option<&'p str>, weights: Vec<(&'p str, f64)> },
    Level(LevelOutline<'p>),
    Competency { area: Option<&'p str>, tracks: Names<'p>, scale: Names<'p> },
    Move { from: Option<&'p str>, to: Option<&'p str> },
    Serves { levels: Names<'p>, competencies: Names<'p>, tracks: Names<'p> },
    Words,
}

#[derive(Debug, PartialEq)]
struct LevelOutline<'p> {
    track: Option<&'p str>,
    rank: Option<f64>,
    is_abstract: bool,
    extends: Vec<(&'p str, Option<Names<'p>>)>,
    leads_to: Option<Names<'p>>,
    profile: Vec<(&'p str, &'p str)>,
    not_applicable: Names<'p>,
    retires: Names<'p>,
}

impl Page {
    /// The outline of the page's front matter. Two versions of a page with equal outlines result in the same ladder and
    /// the same addresses, as long as all names in them mean the same pages.
    #[must_use]
    pub fn outline(&self) -> Outline<'_> {
        // Every field is listed, so that a new one is not forgotten.
        #[rustfmt::skip]
        let Self {
            slug, tags, aliases, order, front_matter,
            file: _, id: _, id_span: _, kind: _, draft: _, broken: _, uncertain: _,
            source: _, title: _, title_source: _, summary: _, extra: _, owner: _, changed: _, reviewed: _, review_due: _,
            names: _, body: _, blocks: _, placeholders: _, document: _, layout: _,
        } = self;
        Outline {
            slug: text(slug.as_ref()),
            tags: texts(tags),
            aliases: texts(aliases),
            order: *order,
            kind: kind(front_matter),
        }
    }
}

fn text(spanned: Option<&Spanned<String>>) -> Option<&str> {
    spanned.map(|spanned| spanned.value.as_str())
}

fn texts(spanned: &[Spanned<String>]) -> Vec<&str> {
    spanned.iter().map(|spanned| spanned.value.as_str()).collect()
}

fn kind(front_matter: &FrontMatter) -> KindOutline<'_> {
    match front_matter {
        FrontMatter::Track(Track { levels, family, weights, weights_span: _ }) => KindOutline::Track {
            levels: texts(levels),
            family: text(family.as_ref()),
            weights: weights.iter().map(|(name, share)| (name.value.as_str(), share.value)).collect(),
        },
        FrontMatter::Level(level) => KindOutline::Level(self::level(level)),
        FrontMatter::Competency(Competency { area, tracks, scale, also_known_as: _ }) => {
            KindOutline::Competency { area: text(area.as_ref()), tracks: texts(tracks), scale: texts(scale) }
        }
        FrontMatter::Move { from, to } => KindOutline::Move { from: text(from.as_ref()), to: text(to.as_ref()) },
        FrontMatter::Serves(serves) => {
            let Serves { levels, competencies, tracks } = serves;
            KindOutline::Serves { levels: texts(levels), competencies: texts(competencies), tracks: texts(tracks) }
        }
        FrontMatter::Term(_) | FrontMatter::Plain => KindOutline::Words,
    }
}

fn level<'p>(level: &'p Level) -> LevelOutline<'p> {
    #[rustfmt::skip]
    let Level {
        track, rank, extends, is_abstract, leads_to, profile, not_applicable, retires,
        code: _, also_known_as: _, facets: _, experience: _,
    } = level;
    let extend =
        |Extend { level, competencies }: &'p Extend| (level.value.as_str(), competencies.as_deref().map(texts));
    LevelOutline {
        track: text(track.as_ref()),
        rank: rank.as_ref().map(|rank| rank.value),
        is_abstract: *is_abstract,
        extends: extends.iter().map(extend).collect(),
        leads_to: leads_to.as_deref().map(texts),
        profile: profile.iter().map(|(name, step)| (name.value.as_str(), step.value.as_str())).collect(),
        not_applicable: texts(not_applicable),
        retires: texts(retires),
    }
}
