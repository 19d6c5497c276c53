//! The weight of pages and of whole sites: what readers load before they see a level, and how the size of the output
//! follows from that of the Markdown.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use stepladder::context::RenderContext;
use stepladder::ladder::{Cell, Level};
use stepladder::site::{Options, Site};
use stepladder::tree::{File, Tree, TreePath};

use crate::corpus::Shape;
use crate::html::elements;
use crate::sites;
use crate::support::Built;

/// The most that the page of the guide's Senior level, its style sheets and its scripts may weigh, compressed, in bytes.
const MAX_SENIOR_BYTES: usize = 25_000;

/// The same for the heaviest level of the guide.
const MAX_LEVEL_BYTES: usize = 28_000;

/// The most bytes of HTML that a level's page has beside twice the text of its page, of what other pages say for it, and
/// of the sentences that it inherits or raises.
const LEVEL_FRAME_BYTES: usize = 12 << 10;

/// The size at which generated sites are weighed: about the smallest that has all that differs in a large site. With more
/// than 150 levels, pages about several levels count and link; with more than 250 neighbours, comparisons are short;
/// and with more than 250 chapters, the print edition is divided.
const PAGES: usize = 700;

/// The most that generated sites may have, in percent of their Markdown.
const MAX_PERCENT: [(Shape, usize); 2] = [(Shape::Company, 850), (Shape::Neutral, 600)];

/// The size of some bytes when compressed by a web server.
fn compressed(bytes: &[u8]) -> usize {
    let mut gzip = Command::new("gzip");
    gzip.args(["-6", "-c"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = gzip.spawn().expect("gzip runs");
    let mut input = child.stdin.take().expect("its input");
    let bytes = bytes.to_vec();
    // It writes before it has read everything.
    let writer = std::thread::spawn(move || input.write_all(&bytes).expect("gzip reads"));
    let output = child.wait_with_output().expect("gzip ends");
    writer.join().expect("all is written");
    assert!(output.status.success());
    output.stdout.len()
}

/// What readers load for the page at `path`, compressed.
fn weight(built: &Built, path: &TreePath) -> usize {
    let html = built.text(path.as_str());
    let page_elements = elements(html);
    let loaded = page_elements.iter().filter_map(|element| match element.name.as_str() {
        "link" if element.attribute("rel") == Some("stylesheet") => element.attribute("href"),
        "script" => element.attribute("src"),
        _ => None,
    });
    let weights: Vec<usize> = loaded
        .map(|loaded| {
            let path = path.join(loaded).expect("a file of the site");
            match built.files.get(&path) {
                Some(File::Bytes(bytes)) => compressed(bytes),
                Some(File::OnDisk(place)) => compressed(&std::fs::read(place).expect("the file is there")),
                None => panic!("{path} is not there"),
            }
        })
        .collect();
    assert!(weights.len() > 2, "{path} has a style sheet and scripts");
    compressed(html.as_bytes()) + weights.iter().sum::<usize>()
}

#[test]
fn a_level_page_is_below_its_size_limit() {
    let built = sites::guide().built();
    let of = |path: &TreePath| (weight(built, path), path.to_string());
    let pages = built.site.pages().filter(|(page, _)| page.kind.as_str() == "level");
    let (heaviest, path) = pages.map(|(_, address)| of(&address.file)).max().expect("a level");
    assert!(heaviest < MAX_LEVEL_BYTES, "{path} weighs {heaviest} bytes");
    let senior = weight(built, &TreePath::normalized("ic/senior.html"));
    assert!((10_000..MAX_SENIOR_BYTES).contains(&senior), "Senior weighs {senior} bytes");
}

/// The bytes that are written for a level: its page, what other pages say for it, and the sentences that it inherits or
/// raises.
fn said(context: &RenderContext, level: &Level) -> usize {
    let ladder = &context.ladder;
    let lines = |cell: &Cell| -> usize {
        let elsewhere = cell.lines.iter().map(|id| ladder.expectation(*id)).filter(|line| line.page != level.page);
        let raised = cell.lines.iter().flat_map(|id| ladder.raises(*id));
        let sentences = cell.inherited.iter().chain(raised).map(|id| ladder.expectation(*id).statement.text.len());
        elsewhere.map(|line| line.statement.span.len()).sum::<usize>() + sentences.sum::<usize>()
    };
    context.pages.get(level.page).source.len() + level.cells.values().map(lines).sum::<usize>()
}

/// Checks the HTML of all levels of a site, and returns their number.
fn check_level_pages(name: &str, site: &Site, html: impl Fn(&TreePath) -> usize) -> usize {
    let context = site.context();
    for level in &context.ladder.levels {
        let (path, most) = (&context.address(level.page).file, LEVEL_FRAME_BYTES + 2 * said(context, level));
        let size = html(path);
        assert!(size <= most, "{path} of {name} has {size} bytes of {most}");
    }
    context.ladder.levels.len()
}

#[test]
fn the_html_of_a_level_page_depends_on_what_it_says() {
    let check = |site: &sites::Site| {
        let built = site.built();
        check_level_pages(&site.name, &built.site, |path| built.text(path.as_str()).len())
    };
    let count: usize = sites::golden().chain([sites::guide()]).map(check).sum();
    assert!(count > 30, "all levels: {count}");
}

/// A generated site.
struct Generated {
    site: Site,
    /// The bytes of its Markdown.
    markdown: usize,
}

/// The generated site of a shape.
fn generated(shape: Shape) -> &'static Generated {
    static ALL: [OnceLock<Generated>; Shape::ALL.len()] = [const { OnceLock::new() }; Shape::ALL.len()];
    let at = Shape::ALL.iter().position(|of| *of == shape).expect("one of all");
    ALL[at].get_or_init(|| {
        let files: Vec<(String, String)> = shape.files(PAGES).into_iter().collect();
        let markdown = files.iter().filter(|(path, _)| path.starts_with("content/")).map(|(_, text)| text.len()).sum();
        let project: Tree =
            files.iter().map(|(path, text)| (TreePath::normalized(path), File::from(text.as_str()))).collect();
        let site = Site::new(&project, Options { drafts: false, today: jiff::civil::date(2026, 11, 22) }).value;
        Generated { site, markdown }
    })
}

fn size(file: File) -> usize {
    match file {
        File::Bytes(bytes) => bytes.len(),
        File::OnDisk(place) => usize::try_from(place.metadata().expect("it's there").len()).expect("no gigabytes"),
    }
}

#[test]
fn the_page_of_a_level_of_a_large_ladder_depends_on_what_it_says() {
    for shape in Shape::ALL {
        let site = &generated(shape).site;
        let html = |path: &TreePath| size(site.render(path).expect("a page").expect("it's rendered"));
        let count = check_level_pages(shape.name(), site, html);
        assert!(count > 200, "{count} levels");
    }
}

#[test]
fn a_whole_site_is_in_proportion_to_its_markdown() {
    for (shape, most) in MAX_PERCENT {
        let Generated { site, markdown } = generated(shape);
        let total = AtomicUsize::new(0);
        let add = |_: &TreePath, file: File| {
            total.fetch_add(size(file), Relaxed);
            Ok::<_, ()>(())
        };
        let problems = site.render_each(add).expect("nothing fails");
        assert!(problems.is_empty(), "{problems:?}");
        let percent = total.into_inner() * 100 / markdown;
        assert!((200..most).contains(&percent), "{} is {percent} % of its Markdown", shape.name());
    }
}

#[test]
fn paths_are_joined_and_bytes_are_compressed_before_weighing() {
    let place = TreePath::normalized("ic/senior.html");
    assert_eq!(place.join("../assets/style.css"), Some(TreePath::normalized("assets/style.css")));
    assert!(compressed(&vec![b'a'; 100_000]) < 1_000);
}
