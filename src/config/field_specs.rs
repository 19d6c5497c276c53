//! The fields of `stepladder.yaml`.

use super::editor::EDITOR_NAMES;
use crate::field::{FieldSpec, ValueSpec};

use ValueSpec::{AnyOf, Choice, Fields, Flag, List, Map, Matching, Number, Text};

/// The fields of the configuration.
pub const FIELDS: &[FieldSpec] = &[
    FieldSpec::required("title", Text, "The title of the guide."),
    FieldSpec::optional("description", Text, "One sentence about the guide."),
    FieldSpec::optional(
        "language",
        Matching(r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\s*$"),
        "The language of the content, such as `en` or `pt-BR`.",
    ),
    FieldSpec::optional(
        "base_url",
        Matching(r"^https?://[^\s?#]+$"),
        "Where the site is published, such as `https://careers.example.org/guide/`.",
    ),
    FieldSpec::optional(
        "urls",
        Choice(&["file", "directory"]),
        "`file` for addresses such as `ic/senior.html`, which also work from disk, or `directory` for `ic/senior/`.",
    ),
    FieldSpec::optional("indexed", Flag, "Whether search engines can index the site."),
    FieldSpec::optional("theme", Matching(r"^[^./\\][^/\\]*$"), "The name of a folder in `themes/`."),
    FieldSpec::optional(
        "html",
        Choice(&["safe", "escape", "allow"]),
        "How raw HTML in Markdown is handled: reduced to safe elements, shown as text, or left as it is.",
    ),
    FieldSpec::optional(
        "edit_url",
        Matching(r"^https?://\S*\{path\}\S*$"),
        "Where to edit a page's source; `{path}` is replaced with its file.",
    ),
    FieldSpec::optional(
        "editor",
        AnyOf(&[Choice(EDITOR_NAMES), Matching(r"^[A-Za-z][A-Za-z0-9+.-]*:\S*\{file\}\S*$")]),
        "The editor that opens files from the preview, or an address that contains `{file}`.",
    ),
    FieldSpec::optional("facets", FACETS, "The facets of levels, in the order in which they're shown."),
    FieldSpec::optional("areas", AREAS, "Groups of competencies."),
    FieldSpec::optional("owners", OWNERS, "Who maintains pages. If left out, pages can name anyone."),
    FieldSpec::optional(
        "style",
        Map { keys: None, values: &AnyOf(&[STYLE_VALUE, Fields(STYLE)]) },
        "Colours and type: CSS custom properties of the theme, such as `hue-1: \"#0a5\"`.",
    ),
    FieldSpec::optional(
        "assets",
        List(&Text),
        "Patterns of files in `content/` that are published although no page links to them, such as `handouts/*.pdf`.",
    ),
];

const FACETS: ValueSpec = AnyOf(&[List(&Text), Map { keys: None, values: &AnyOf(&[Text, Fields(FACET)]) }]);

const FACET: &[FieldSpec] =
    &[FieldSpec::optional("title", Text, "The title of the facet, instead of its capitalized name.")];

const AREAS: ValueSpec = AnyOf(&[List(&Text), Map { keys: None, values: &AnyOf(&[Text, Fields(AREA)]) }]);

const AREA: &[FieldSpec] = &[
    FieldSpec::optional("title", Text, "The title of the area, instead of its capitalized name."),
    FieldSpec::optional("summary", Text, "One sentence about the area."),
    FieldSpec::optional("order", Number, "The position among the areas, instead of that in this file."),
];

const OWNERS: ValueSpec = AnyOf(&[List(&Text), Map { keys: None, values: &AnyOf(&[Text, Fields(OWNER)]) }]);

const OWNER: &[FieldSpec] = &[
    FieldSpec::optional("name", Text, "The name on the site."),
    FieldSpec::optional("email", Matching(r"^\s*[^\s@]+@[^\s@]+\s*$"), "The address to write to."),
    FieldSpec::optional("url", Matching(r"^https?://\S+$"), "A web address to contact them, instead of `email`."),
];

const STYLE_VALUE: ValueSpec = Matching(r"^[^{};<\\@\n]*$");

const STYLE: &[FieldSpec] = &[
    FieldSpec::optional("light", STYLE_VALUE, "The value for the light colour scheme."),
    FieldSpec::optional("dark", STYLE_VALUE, "The value for the dark colour scheme."),
];
