//! The weight of a page: the bytes that readers load before they see a level.

use std::io::Write;
use std::process::{Command, Stdio};

use stepladder::ladder::ExpectationId;
use stepladder::tree::{File, TreePath};

use crate::html::elements;
use crate::sites;

/// The most that a level's page, its style sheets and its scripts may weigh, compressed, in bytes.
const MAX_LEVEL_BYTES: usize = 40_000;

/// The most bytes of HTML that a level's page has beside twice the text of its page, of what other pages say for it, and
/// of the sentences that it inherits or raises.
const LEVEL_FRAME_BYTES: usize = 14 << 10;

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

#[test]
fn a_level_page_is_below_its_size_limit() {
    let built = sites::guide().built();
    let mut heaviest = (0, String::new());
    for (page, address) in built.site.pages().filter(|(page, _)| page.kind.as_str() == "level") {
        let html = built.text(address.file.as_str());
        let mut weight = compressed(html.as_bytes());
        let page_elements = elements(html);
        let loaded = page_elements.iter().filter_map(|element| match element.name.as_str() {
            "link" if element.attribute("rel") == Some("stylesheet") => element.attribute("href"),
            "script" => element.attribute("src"),
            _ => None,
        });
        let mut files = 0;
        for path in loaded {
            let path = address.file.join(path).expect("a file of the site");
            weight += match built.files.get(&path) {
                Some(File::Bytes(bytes)) => compressed(bytes),
                Some(File::OnDisk(place)) => compressed(&std::fs::read(place).expect("the file is there")),
                None => panic!("{path} is not there"),
            };
            files += 1;
        }
        assert!(files > 0, "{} has a style sheet", page.title.value);
        heaviest = heaviest.max((weight, page.title.value.clone()));
    }
    assert!(heaviest.0 > 10_000, "something was weighed: {heaviest:?}");
    assert!(heaviest.0 < MAX_LEVEL_BYTES, "{} weighs {} bytes", heaviest.1, heaviest.0);
}

#[test]
fn the_html_of_a_level_page_depends_on_what_it_says() {
    let built = sites::guide().built();
    let ladder = &built.site.context().ladder;
    let mut count = 0;
    for level in &ladder.levels {
        let page = built.site.context().pages.get(level.page);
        let length = |id: &ExpectationId| ladder.expectation(*id).statement.text.len();
        let inherited = level.cells.values().flat_map(|cell| &cell.inherited).map(length);
        let own = || level.cells.values().flat_map(|cell| &cell.lines);
        let raised = own().flat_map(|id| ladder.raises(*id)).map(length);
        let elsewhere = own().map(|id| ladder.expectation(*id)).filter(|line| line.page != level.page);
        let elsewhere = elsewhere.map(|line| line.statement.span.len());
        let said = page.source.len() + inherited.chain(raised).chain(elsewhere).sum::<usize>();
        let html = built.text(built.site.context().address(level.page).file.as_str());
        let most = LEVEL_FRAME_BYTES + 2 * said;
        assert!(html.len() <= most, "{} has {} bytes of {most}", page.title.value, html.len());
        count += 1;
    }
    assert!(count > 8, "all levels: {count}");
}

#[test]
fn paths_are_joined_and_bytes_are_compressed_before_weighing() {
    let place = TreePath::normalized("ic/senior.html");
    assert_eq!(place.join("../assets/style.css"), Some(TreePath::normalized("assets/style.css")));
    assert!(compressed(&vec![b'a'; 100_000]) < 1_000);
}
