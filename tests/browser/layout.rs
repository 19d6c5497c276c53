//! The guide that ships, opened from disk: the layout holds at every width, and when all text is twice as large.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium::Tab;
use crate::sites;

/// A page that shows other pages, given by their addresses, at one width.
fn frames(pages: &[String], width: u64) -> String {
    let frame = |page: &String| format!("<iframe src=\"{page}\" width={width} height=800></iframe>");
    let frames = pages.iter().map(frame).collect::<Vec<_>>().join("\n");
    format!("<!doctype html><meta charset=utf-8>{frames}")
}

/// Makes all text of the pages in the gauge as large as a reader may have set it.
const ENLARGE: &str = "
for (const frame of document.querySelectorAll('iframe')) frame.contentDocument.documentElement.style.fontSize = '200%';
";

/// A script that reports the layout of each page in the gauge.
const REPORT: &str = "
return [...document.querySelectorAll('iframe')].map(frame => {
  const page = frame.contentDocument, root = page.documentElement;
  const styled = getComputedStyle(page.body).margin === '0px';
  const broken = [...page.images].filter(image => !image.naturalWidth).length;
  return [frame.getAttribute('src'), root.scrollWidth, styled, broken, page.querySelectorAll('h1').length];
});
";

#[test]
fn every_page_of_the_guide_fits_every_width_from_disk() {
    let Some(tab) = Tab::new() else { return };
    let guide = sites::guide();
    let folder = TempDir::new().expect("a temporary folder");
    let html = guide
        .built()
        .files
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.as_str().rsplit_once('.').is_some_and(|(_, kind)| kind == "html"));
    let pages: Vec<String> = html.map(|path| format!("file://{}/{path}", guide.folder().display())).collect();
    // At 640 it is what a window of 1280 shows when it is zoomed to 200 %.
    let widths = [(320, false), (640, false), (768, false), (1440, false), (1280, true)];
    // On a busy machine, a browser may take longer for all pages at once than a script may take.
    let parts = widths.into_iter().flat_map(|width| pages.chunks(24).map(move |pages| (width, pages)));
    for ((width, large), pages) in parts {
        let gauge_page = folder.path().join("gauge.html");
        fs::write(&gauge_page, frames(pages, width)).expect("the gauge is written");
        tab.open(&format!("file://{}", gauge_page.display()));
        if large {
            tab.run(ENLARGE);
        }
        let report = tab.run(REPORT);
        let report = report.as_array().expect("a list");
        assert_eq!(report.len(), pages.len(), "every page is looked at");
        let fits = |line: &&Value| {
            let wide = line[1].as_u64().expect("a width");
            wide <= width && [&line[2], &line[3], &line[4]] == [&json!(true), &json!(0), &json!(1)]
        };
        let wrong: Vec<_> = report.iter().filter(|line| !fits(line)).collect();
        assert!(wrong.is_empty(), "at {width} px (page, width, styled, broken images, titles): {wrong:#?}");
    }
}
