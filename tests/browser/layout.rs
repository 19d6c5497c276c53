//! The guide that ships, opened from disk: the layout holds at every width, and when all text is twice as large.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium::Tab;
use crate::sites;

/// A page that shows other pages, given by their addresses.
fn frames(pages: &[String]) -> String {
    let frame = |page: &String| format!("<iframe src=\"{page}\" height=800></iframe>");
    let frames = pages.iter().map(frame).collect::<Vec<_>>().join("\n");
    format!("<!doctype html><meta charset=utf-8>{frames}")
}

/// A script that reports the layout of each page in the gauge at a `width` and a `fontSize`, which a reader may have set.
const REPORT: &str = "
for (const frame of document.querySelectorAll('iframe')) {
  frame.width = width;
  frame.contentDocument.documentElement.style.fontSize = fontSize;
}
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
    let widths = [(320, "100%"), (640, "100%"), (768, "100%"), (1440, "100%"), (1280, "200%")];
    // On a busy machine, a browser may take longer for all pages at once than a script may take.
    for pages in pages.chunks(24) {
        let gauge_page = folder.path().join("gauge.html");
        fs::write(&gauge_page, frames(pages)).expect("the gauge is written");
        tab.open(&format!("file://{}", gauge_page.display()));
        for (width, size) in widths {
            let report = tab.run(&format!("const width = {width}, fontSize = '{size}'; {REPORT}"));
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
}
