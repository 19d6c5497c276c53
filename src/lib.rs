//! Stepladder turns a folder of Markdown pages that describe an engineering ladder into a checked, cross-linked
//! website.
//!
//! The program is one pure function from the files of a project to the files of a site:
//!
//! ```text
//! files → pages → ladder → links → guide  ┐
//!                              theme      ┴→ site → files
//! ```
//!
//! The modules below are in the order of that flow, and each depends only on those before it; `tests/architecture.rs`
//! checks that, and that no two files of a module depend on each other.
//!
//! **Foundations.** [`tree`] holds files in memory: a map from relative path to content. A project, a theme and
//! the finished site are all trees. [`index_vec`] has vectors with typed positions, [`percent`] the
//! percent-encoding of URLs, [`diagnostic`] problems with their spans and fixes, [`name`] the comparison of names and the
//! slugs and anchors made from them, [`yaml`] YAML values with their byte spans, and [`field`] descriptions of fields. [`memo`]
//! is the one mechanism by which anything is cached between two runs.
//!
//! **The guide** is everything that can be known without a theme:
//!
//! 1. [`config`] reads `stepladder.yaml`.
//! 2. [`page`] parses each Markdown file by itself, all of them in parallel: front matter typed by kind, and the body
//!    as [`markdown`] blocks. Their HTML has placeholders (e.g. for the addresses of links), which are replaced when a
//!    page is rendered: a level, a competency and the matrix show the same sentence, each with relative addresses of
//!    its own.
//! 3. [`ladder`] builds tracks, levels, competencies, expectations and moves from the pages, in phases: structure,
//!    cells, inheritance, ids, checks. It also compares levels.
//! 4. [`link`] assigns an address to every file of the site and an anchor to every part of a page, and resolves links.
//!    Its list of outputs has every file that the site consists of.
//! 5. [`guide`] is all of that as one value, [`guide::Guide`], with queries: the entity at a position in a file, its
//!    definition, the references to it, and keys of entities that mean the same in two guides.
//!
//! [`permanence`] finds what a guide has published and no longer leads on from, and writes permanent ids.
//! [`diff`] compares two guides, such as two revisions of one: what was added, removed, reworded, moved, split or merged.
//! [`import`] makes a project of spreadsheets, documents and data; every text of these is placed or named in its account.
//! [`schema`] describes front matter and the configuration of a guide as JSON Schemas, for editors.
//!
//! **The site** is a guide and a theme:
//!
//! 6. [`theme`] compiles templates: the default ones are embedded, and a project's override them file by file.
//! 7. [`view`] is the interface for themes: the data that each template sees. A template sees its view and the data
//!    that all pages share, neither of which reaches back into the site.
//! 8. [`context`] has the data that all pages are rendered from, [`diagram`] lays out the ladder's diagram and the
//!    charts, and [`pages`] builds the view of each page. [`search`] builds the search index, [`export`] files for
//!    other programs (JSON, CSV, the feed, data for scripts), and [`print`](mod@print) the print edition.
//! 9. [`site`] renders one file, or all of them in parallel, and passes each on as soon as it's rendered, so that a large
//!    site is never in memory as a whole. It also applies the fixes of diagnostics to a project.
//!
//! **Input and output.** [`disk`] reads projects and writes sites, file by file as they're rendered: what differs is
//! staged, and published once the site is complete. A record of the last build lets one of an unchanged project end at
//! once. [`watch`] keeps a project's tree equal to the disk. [`serve`] is the live preview: it serves the newest error-free
//! site and notifies browsers of newer ones. [`command`] is the command line; only it prints.
//!
//! Where to look: for an error in front matter, `page/read_front_matter.rs` and `yaml/`; for what differs between kinds
//! of pages, `page/kinds.rs`; for the rule by which text becomes expectations,
//! `ladder/expectations/read_expectations.rs`; for the URL of a page, `link/page_address.rs`; for why the preview
//! computes something again, [`memo`] and `ladder/cache_inputs.rs`; for the ladder's picture, [`diagram`] and
//! `templates/partials/map.html` of the theme; for the feed, `export/feed.rs` and `templates/feed.xml`.
//!
//! Every stage returns its value **and** its diagnostics ([`diagnostic::Diagnosed`]). Parsing never fails: a page with
//! broken front matter stays a page with its names, so that links to it resolve and one mistake gives one message.

pub mod tree;

pub mod index_vec;

pub mod memo;

pub mod percent;

pub mod diagnostic;

pub mod name;

pub mod yaml;

pub mod field;

pub mod markdown;

pub mod config;

pub mod page;

pub mod ladder;

pub mod link;

pub mod guide;

pub mod permanence;

pub mod diff;

pub mod schema;

pub mod import;

pub mod theme;

pub mod view;

pub mod context;

pub mod diagram;

pub mod pages;

pub mod search;

pub mod export;

pub mod print;

pub mod site;

pub mod disk;

pub mod watch;

pub mod serve;

pub mod command;
