//! The fields of front matter: those of all kinds, and those of each kind.

use crate::field::NameOf::{Area, Competency, Facet, Level, Owner, Step, Track};
use crate::field::{FieldSpec, ValueSpec};

use ValueSpec::{AnyOf, Anything, Date, Fields, Flag, Id, List, Map, Name, Number, Percent, Period, Text};

/// The fields of every kind of page, in addition to `kind`. A page whose text begins with its title needs no `title`.
pub const COMMON_FIELDS: &[FieldSpec] = &[
    FieldSpec::optional("title", Text, "The title. Not needed if the text begins with it, as a heading `# Title`."),
    FieldSpec::optional("id", Id, "The name for links, instead of the path in `content/`."),
    FieldSpec::optional("slug", Text, "The last part of the page's address, instead of the file's name."),
    FieldSpec::optional("summary", Text, "One sentence about the page, for lists and previews."),
    FieldSpec::optional("tags", List(&Text), "The tags under which the page is listed."),
    FieldSpec::optional("aliases", List(&Text), "Former addresses, such as `old/path`. Each redirects to the page."),
    FieldSpec::optional("order", Number, "The position in lists. Pages without one follow, sorted by title."),
    FieldSpec::optional("draft", Flag, "Whether the page is only published with `--drafts`."),
    FieldSpec::optional("owner", Name(Owner), "The person or team that is responsible for the page."),
    FieldSpec::optional("changed", Date, "The day of the last change in substance, such as `2026-11-02`."),
    FieldSpec::optional("reviewed", Date, "The day of the last review, such as `2026-11-02`."),
    FieldSpec::optional("review_every", Period, "The time from one review to the next, such as `6 months`."),
    FieldSpec::optional("extra", Map { keys: None, values: &Anything }, "Anything else, which only your theme shows."),
];

pub(super) const TRACK: &[FieldSpec] = &[
    FieldSpec::optional("levels", List(&Name(Level)), "The levels of the track, lowest first, instead of their ranks."),
    FieldSpec::optional("family", Text, "The name of a group of tracks that are drawn side by side."),
    FieldSpec::optional(
        "weights",
        Map { keys: Some(Competency), values: &Percent },
        "The weight of each competency in percent; together 100.",
    ),
];

pub(super) const LEVEL: &[FieldSpec] = &[
    FieldSpec::optional("track", Name(Track), "The track, if it isn't that of the folder."),
    FieldSpec::optional("rank", Number, "The position on a scale that all tracks share; can be a fraction."),
    FieldSpec::optional("code", Text, "A short name, such as `IC3`."),
    ALSO_KNOWN_AS,
    FieldSpec::optional(
        "facets",
        Map { keys: Some(Facet), values: &List(&Text) },
        "What the level is like, facet by facet.",
    ),
    FieldSpec::optional(
        "extends",
        List(&AnyOf(&[Name(Level), Fields(EXTEND)])),
        "Levels whose expectations also apply here, all of them or those for some competencies.",
    ),
    FieldSpec::optional("abstract", Flag, "Whether the level is only for others to extend, and on no track."),
    FieldSpec::optional(
        "leads_to",
        List(&Name(Level)),
        "The levels that follow, on any track, instead of the next rank.",
    ),
    FieldSpec::optional(
        "profile",
        Map { keys: Some(Competency), values: &Name(Step) },
        "The required step of each competency's scale, by name or number (the first is 1).",
    ),
    FieldSpec::optional(
        "not_applicable",
        List(&Name(Competency)),
        "The competencies in which nothing is expected here.",
    ),
    FieldSpec::optional(
        "retires",
        List(&Text),
        "Inherited expectations that no longer hold here, such as `junior#asks-early`, without one that raises them.",
    ),
    FieldSpec::optional("experience", List(&Text), "The typical experience."),
];

const EXTEND: &[FieldSpec] = &[
    FieldSpec::required("level", Name(Level), "The level to extend."),
    FieldSpec::optional(
        "competencies",
        List(&Name(Competency)),
        "The competencies whose expectations apply here; all if left out.",
    ),
];

pub(super) const COMPETENCY: &[FieldSpec] = &[
    FieldSpec::optional("area", Name(Area), "The area, one of those in `stepladder.yaml`."),
    FieldSpec::optional(
        "tracks",
        List(&Name(Track)),
        "The tracks on which the competency applies; all that use it if left out.",
    ),
    FieldSpec::optional("scale", List(&Text), "The steps of the competency's scale, lowest first."),
    ALSO_KNOWN_AS,
];

pub(super) const MOVE: &[FieldSpec] = &[
    FieldSpec::required("from", Name(Level), "The level where the move starts."),
    FieldSpec::required("to", Name(Level), "The level where the move ends."),
];

pub(super) const ARTICLE: &[FieldSpec] = &[LEVELS, COMPETENCIES, TRACKS];

pub(super) const WORKSHEET: &[FieldSpec] = &[LEVELS, COMPETENCIES];

pub(super) const TERM: &[FieldSpec] = &[ALSO_KNOWN_AS];

const LEVELS: FieldSpec = FieldSpec::optional("levels", List(&Name(Level)), "The levels that the page is for.");

const COMPETENCIES: FieldSpec =
    FieldSpec::optional("competencies", List(&Name(Competency)), "The competencies that the page is about.");

const TRACKS: FieldSpec = FieldSpec::optional("tracks", List(&Name(Track)), "The tracks that the page is for.");

const ALSO_KNOWN_AS: FieldSpec = FieldSpec::optional(
    "also_known_as",
    List(&Text),
    "Other names, by which links and headings can refer to the page.",
);
