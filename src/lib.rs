//! Stepladder turns a folder of Markdown pages that describe an engineering ladder into a checked, cross-linked website.
//!
//! The program is one pure function from the files of a project to the files of a site:
//!
//! ```text
//! files → pages → ladder → links → views → HTML → files
//! ```
//!
//! The modules below stand in the order of that flow, and depend only on what stands before them.
//!
//! 1. **Files.** [`disk`] reads a project into a [`tree::Tree`]: a map from relative path to content. The same type is the
//!    theme, what a test builds, and the finished site. Assets of the content are
//!    named in the tree and never read into memory.
//! 2. **Configuration.** [`config`] reads `stepladder.yaml`, by way of [`yaml`], in which every value knows its bytes.
//! 3. **Pages.** [`page`] reads each Markdown file by itself, and all of them in parallel: front matter typed by kind, and
//!    the body as [`markdown`] blocks. Their HTML is finished here but for holes (where links lead), which a page fills
//!    when it is rendered; the same sentence stands on a level, a competency and the matrix, each with its own way there.
//! 4. **Ladder.** [`ladder`] makes tracks, levels, competencies, expectations and moves of the pages, resolves every name
//!    between them, passes on what levels inherit, and finds what is wrong. It also knows how two levels differ.
//! 5. **Theme.** [`theme`] puts templates together: the default ones are embedded, a project's lie over them file by file.
//! 6. **Links.** [`link`] gives every file of the site its place, finds out what each link means, and who cites whom.
//! 7. **Views.** [`render`] shows each page to its template as a [`view::PageView`]. A template sees that and what
//!    all pages share, which is converted for the template engine once; nothing in it reaches back into the site. Diagrams
//!    and charts are laid out here, too. Files for machines and for the theme's scripts (the ladder as data, the feed, what
//!    can be found, how levels differ) have no template.
//! 8. **Site.** [`site`] runs the stages in order and renders one file, or all of them in parallel.
//! 9. **Files.** [`disk`] writes what differs from what is there. [`watch`] keeps a project's tree equal to the disk while
//!    its authors work: the stages then run again on what has changed.
//! 10. **Preview.** [`serve`] answers a browser from the newest good site, one page at a time, and tells it when there is
//!     a newer one.
//!
//! Throughout, [`name`] says how names compare, and what addresses and anchors are made from them.
//!
//! Every stage returns its value **and** its problems ([`diagnostic::Diagnosed`]). Reading never fails: a page with broken
//! front matter stays a page under its names, so that links to it hold and one mistake gives one message. Only
//! [`command`] prints, and only it, [`disk`], [`watch`] and [`serve`] touch the outside world, the clock included.

pub mod tree;

pub mod index;

pub mod memo;

pub mod diagnostic;

pub mod name;

pub mod yaml;

pub mod markdown;

pub mod config;

pub mod page;

pub mod ladder;

pub mod link;

pub mod guide;

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
