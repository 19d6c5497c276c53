//! The guide that ships, opened from disk in a real Chromium: the layout holds at every width.
//!
//! Where there is no Chromium these tests say how to get it. In continuous integration (`CI` is set) they fail then;
//! elsewhere they pass, loudly.

use std::fs;
use std::path::Path;
use std::process::Command;

use stepladder::disk;
use tempfile::TempDir;

use crate::support::build;

/// Asks Chromium for a page as it stands once everything on it has loaded; `None` when there is no Chromium.
fn dom_of(page: &Path) -> Option<String> {
    let profile = TempDir::new().expect("a temporary folder");
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--hide-scrollbars"])
        .args(["--allow-file-access-from-files", "--dump-dom", "--virtual-time-budget=60000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", page.display()))
        .output();
    match output {
        Ok(output) => Some(String::from_utf8(output.stdout).expect("Chromium writes UTF-8")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let help = "there is no Chromium, so what pages look like is not tested: apt-get install chromium";
            assert!(std::env::var_os("CI").is_none(), "{help}");
            eprintln!("\n*** {help} ***\n");
            None
        }
        Err(error) => panic!("Chromium did not start: {error}"),
    }
}

/// A page that shows all pages of a site at one width and then writes down how each lies.
fn gauge(pages: &[String], width: usize) -> String {
    let frame = |page: &String| format!("<iframe src=\"site/{page}\" width={width} height=800></iframe>");
    let frames = pages.iter().map(frame).collect::<Vec<_>>().join("\n");
    format!(
        "<!doctype html><meta charset=utf-8>{frames}<ol id=report></ol><script>
onload = () => {{
  for (const frame of document.querySelectorAll('iframe')) {{
    const page = frame.contentDocument, root = page.documentElement;
    const styled = getComputedStyle(page.body).margin === '0px';
    const broken = [...page.images].filter(image => !image.naturalWidth).length;
    const line = document.createElement('li');
    line.textContent = [frame.getAttribute('src'), root.scrollWidth, styled, broken, page.querySelectorAll('h1').length].join('|');
    report.append(line);
  }}
}};
</script>"
    )
}

#[test]
fn every_page_of_the_guide_fits_every_width_from_disk() {
    let project = disk::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a project");
    let built = build(&project, false);
    let folder = TempDir::new().expect("a temporary folder");
    disk::write(&built.files, &folder.path().join("site"), false).expect("the site is written");
    let html = built
        .files
        .iter()
        .map(|(path, _)| path)
        .filter(|path| path.as_str().rsplit_once('.').is_some_and(|(_, kind)| kind == "html"));
    let pages: Vec<String> = html.map(ToString::to_string).collect();
    for width in [320, 768, 1440] {
        let gauge_page = folder.path().join("gauge.html");
        fs::write(&gauge_page, gauge(&pages, width)).expect("the gauge is written");
        let Some(dom) = dom_of(&gauge_page) else { return };
        let report: Vec<Vec<&str>> = dom
            .split("<li>")
            .skip(1)
            .map(|line| line.split("</li>").next().unwrap_or_default().split('|').collect())
            .collect();
        assert_eq!(report.len(), pages.len(), "every page is looked at: {dom}");
        let wrong: Vec<_> = report
            .iter()
            .filter(|line| line[1].parse::<usize>().is_ok_and(|wide| wide > width) || line[2..] != ["true", "0", "1"])
            .collect();
        assert!(wrong.is_empty(), "at {width} px (page, width, styled, broken images, titles): {wrong:#?}");
    }
}
