//! What a ladder says, as `ladder.json` has it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Expectations by the titles of level and competency; a level with its track's title if several tracks have its title.
pub(crate) type Cells = BTreeSet<(String, String, String)>;

/// The expectations that a `ladder.json` has.
pub(crate) fn cells(ladder: &Value) -> Cells {
    let titles = |list: &str| -> BTreeMap<String, String> {
        let pages = ladder[list].as_array().into_iter().flatten();
        pages.map(|page| (text(&page["id"]), text(&page["title"]))).collect()
    };
    let (competencies, tracks) = (titles("competencies"), titles("tracks"));
    let levels = || ladder["levels"].as_array().into_iter().flatten();
    let mut cells = BTreeSet::new();
    for level in levels() {
        let title = text(&level["title"]);
        let is_shared = levels().filter(|other| text(&other["title"]) == title).count() > 1;
        let track = tracks.get(&text(&level["tracks"][0])).cloned().unwrap_or_default();
        let name = if is_shared { format!("{track}: {title}") } else { title };
        for line in level["expectations"].as_array().into_iter().flatten() {
            cells.insert((name.clone(), String::new(), text(&line["text"])));
        }
        for cell in level["cells"].as_array().into_iter().flatten() {
            let competency = competencies.get(&text(&cell["competency"])).cloned().unwrap_or_default();
            for line in cell["expectations"].as_array().into_iter().flatten() {
                cells.insert((name.clone(), competency.clone(), text(&line["text"])));
            }
        }
    }
    cells
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
