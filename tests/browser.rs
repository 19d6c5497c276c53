//! Tests in a real Chromium: the guide that ships, opened from disk, and the live preview.
//!
//! Where Chromium or its driver is missing, these tests say how to get it. In continuous integration (`CI` is set) they
//! fail then; elsewhere they print that and pass.

mod assess;
mod axe;
mod chromium;
mod compare;
mod devices;
mod edited_ladder;
mod errors;
mod layout;
mod links;
mod matrix;
mod preview;
mod quality;
mod redirects;
mod saved_marks;
mod search;
mod tour;
mod webdriver;

use self::chromium::Tab;
use crate::serve::program::Program;
use crate::support::{Folder, Project};

/// A project whose pages are the same in every browser.
fn project() -> Project {
    Project::new()
        .file("stepladder.yaml", "title: Test\nhtml: allow\n")
        .file("content/index.md", "---\ntitle: Home\n---\nWelcome to [[About]] and [[Long]].\n")
        .file("content/about.md", "---\ntitle: About\n---\nWords.\n")
        .file("content/long.md", &long("one", "First words."))
}

/// A page of a hundred paragraphs, with things that a reader can change. `word` stands in the one with the id `p50`.
fn long(word: &str, lead: &str) -> String {
    let mut text = format!(
        "---\ntitle: Long\n---\n{lead}\n\n<details><summary>More</summary><p>Hidden.</p></details>\n\n\
         <p><input id=\"field\" value=\"as written\"> <input id=\"box\" type=\"checkbox\"></p>\n\n"
    );
    for number in 0..100 {
        let word = if number == 50 { word } else { "none" };
        text.push_str(&format!(
            "<p id=\"p{number}\">Paragraph {number}, {word}. {}</p>\n\n",
            "Lorem ipsum dolor. ".repeat(9)
        ));
    }
    text
}

/// A project that is served, and a tab that shows it.
struct PreviewTab {
    folder: Folder,
    program: Program,
    tab: Tab,
}

impl PreviewTab {
    /// Serves a project; `None` where there is no browser.
    fn new(project: &Project) -> Option<Self> {
        let tab = Tab::new()?;
        let folder = project.on_disk();
        let program = Program::start(&folder, &["--port=0"]);
        Some(Self { folder, program, tab })
    }

    /// Opens an address of the site and waits until the page listens to the preview. The page is marked, so that a test
    /// can tell whether it was loaded anew.
    fn open(&self, path: &str) {
        self.tab.open(&format!("{}{path}", self.program.url));
        self.settle();
    }

    /// Waits until the page has shown the state in which it was opened, and marks it.
    fn settle(&self) {
        self.tab.until("rounds() > 0 && corner && getComputedStyle(corner.host).position === 'fixed'");
        self.tab.run("window.marked = true;");
    }

    /// Requires that the page was not loaded anew.
    #[track_caller]
    fn is_same_page(&self) {
        self.tab.holds("window.marked === true");
    }
}
