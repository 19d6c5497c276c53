//! Text that any generator of sites could be given: long pages with links, lists, a table and tags, few kinds of pages.

use std::fmt::Write as _;

use super::{Files, NOUNS, VERBS, Words, capitalized};

const STEPS: [&str; 5] = ["Learns", "Applies", "Adapts", "Teaches", "Defines"];
const AREAS: [&str; 4] = ["Making", "Running", "Together", "Leading"];
const HEADINGS: [&str; 6] = ["Reach", "What is expected", "Evidence", "With other people", "Learning", "The next step"];
const FIELDS: [&str; 10] = [
    "Interfaces",
    "Services",
    "Statistics",
    "Tests",
    "Networks",
    "Campaigns",
    "Contracts",
    "Shops",
    "Devices",
    "Studies",
];
const ROLES: [&str; 3] = ["Maker", "Planner", "Adviser"];
const FILLERS: [&str; 16] = [
    "the", "each", "within", "most", "despite", "between", "every", "their", "such", "under", "with", "several",
    "open", "daily", "common", "unclear",
];
const TAGS: [&str; 40] = [
    "api", "apps", "art", "billing", "build", "chat", "cloud", "copy", "crypto", "desk", "edge", "email", "events",
    "forms", "games", "graphs", "grid", "hosting", "images", "kernel", "law", "logs", "maps", "media", "menus", "mesh",
    "models", "news", "payroll", "pricing", "queues", "radio", "search", "shell", "sound", "stock", "streams", "tax",
    "video", "web",
];

/// A project of about `pages` pages: tracks with as many levels as there are tracks, a tenth articles.
pub(super) fn files(pages: usize) -> Files {
    let tracks = (pages * 9 / 10).isqrt().max(2);
    let mut files = Files::new();
    let base = "title: Ladders\nbase_url: https://ladder.example.org/\n";
    files.insert("stepladder.yaml".into(), base.into());
    let mut put = |path: &str, text: String| files.insert(format!("content/{path}.md"), text);
    let words = &mut Words::new(23);
    put("index", format!("---\ntitle: Ladders\n---\n\n{}\n", plain(words, 3)));
    for (nth, noun) in NOUNS.iter().take(16).enumerate() {
        let (area, scale) = (AREAS[nth % 4], STEPS.join(", "));
        let title = capitalized(noun);
        put(
            &format!("competencies/{noun}-skill"),
            format!(
                "---\nkind: competency\ntitle: {title} as a skill\narea: {area}\nscale: [{scale}]\n---\n\n{}\n",
                plain(words, 2)
            ),
        );
    }
    for track in 0..tracks {
        let (title, summary) = (track_title(track), sentence(words, 12));
        let fields = format!("kind: track\ntitle: \"{title}\"\nsummary: \"{summary}\"\norder: {}\n", track + 1);
        put(&format!("tracks/t{track:03}/index"), format!("---\n{fields}---\n\n{}\n", plain(words, 4)));
        for level in 0..tracks {
            let mut fields = format!("kind: level\ntitle: \"{title} {}\"\nrank: {}\n", level + 1, level + 1);
            let _ = write!(fields, "summary: \"{}\"\n{}facets:\n", sentence(words, 14), tags(words, 3));
            for facet in ["scope", "autonomy", "impact"] {
                let _ = writeln!(fields, "  {facet}: \"{}\"", sentence(words, 7).replace(['*', '`'], ""));
            }
            fields.push_str("profile:\n");
            for nth in 0..8 {
                let noun = NOUNS[(nth * 5 + track + level) % 16];
                let _ = writeln!(fields, "  {noun}-skill: {}", words.below(STEPS.len()) + 1);
            }
            let sections = 4 + words.below(3);
            put(
                &format!("tracks/t{track:03}/l{level:03}"),
                format!("---\n{fields}---\n\n{}", body(words, track, tracks, sections, "../..")),
            );
        }
    }
    put("guides/index", "---\ntitle: Guides\n---\n".into());
    for nth in 0..pages.saturating_sub(tracks * tracks) {
        let (one, other) = (words.pick(&NOUNS), words.pick(&NOUNS));
        let fields = format!(
            "kind: article\ntitle: \"Guide {nth}: {one} and {other}\"\nsummary: \"{}\"\n{}",
            sentence(words, 14),
            tags(words, 2)
        );
        let (track, sections) = (words.below(tracks), 4 + words.below(2));
        put(
            &format!("guides/g{nth:04}"),
            format!("---\n{fields}---\n\n{}", body(words, track, tracks, sections, "..")),
        );
    }
    files
}

fn track_title(track: usize) -> String {
    let number = track / (FIELDS.len() * ROLES.len());
    let title = format!("{} {}", FIELDS[track % FIELDS.len()], ROLES[track / FIELDS.len() % ROLES.len()]);
    if number == 0 { title } else { format!("{title} {number}") }
}

/// A body of about three kilobytes: sections with paragraphs, lists, a table, a quote and six links to levels, most of them on
/// one track.
fn body(words: &mut Words, track: usize, tracks: usize, sections: usize, up: &str) -> String {
    let links: Vec<String> = (0..6)
        .map(|nth| {
            let track = if nth < 3 { track } else { words.below(tracks) };
            let level = words.below(tracks);
            let anchor = if nth % 3 == 1 { "#reach" } else { "" };
            format!("[{} {}]({up}/tracks/t{track:03}/l{level:03}.md{anchor})", track_title(track), level + 1)
        })
        .collect();
    let mut out = format!("{} Compare {}.\n\n", plain(words, 2), links[0]);
    for (nth, heading) in HEADINGS.iter().take(sections).enumerate() {
        let _ = write!(out, "## {heading}\n\n");
        let _ = match nth {
            0 => write!(out, "{}\n\nBefore it comes {}; beside it, {}.\n\n", plain(words, 3), links[1], links[2]),
            1 => {
                let item = |_| format!("- {}\n", sentence(words, 13));
                let items: String = (0..5).map(item).collect();
                write!(out, "{items}\nRelated: {}.\n\n", links[3])
            }
            2 => {
                let row = |area| format!("| {area} | {} | {} |\n", sentence(words, 5), sentence(words, 4));
                let rows: String = AREAS.into_iter().map(row).collect();
                write!(out, "| Area | Sign | Proof |\n| --- | --- | --- |\n{rows}\nSee also {}.\n\n", links[4])
            }
            3 => {
                let item = |nth| format!("{nth}. {}\n", sentence(words, 13));
                let items: String = (1..4).map(item).collect();
                let title = capitalized(words.pick(&NOUNS));
                let (text, quote) = (plain(words, 2), sentence(words, 12));
                write!(out, "{items}\n### {title} at work\n\n{text}\n\n> {quote}\n\nNext comes {}.\n\n", links[5])
            }
            _ => write!(out, "{}\n\n", plain(words, 2)),
        };
    }
    out
}

/// Sentences in a row.
fn plain(words: &mut Words, sentences: usize) -> String {
    let sentences: Vec<String> = (0..sentences)
        .map(|_| {
            let length = 9 + words.below(9);
            sentence(words, length)
        })
        .collect();
    sentences.join(" ")
}

/// A sentence of so many words, sometimes with markup.
fn sentence(words: &mut Words, length: usize) -> String {
    let word = |nth: usize, words: &mut Words| match nth % 5 {
        1 => words.pick(&VERBS),
        3 => words.pick(&FILLERS),
        _ => words.pick(&NOUNS),
    };
    let mut text = (0..length).map(|nth| word(nth, words)).collect::<Vec<_>>().join(" ");
    let last = words.pick(&NOUNS);
    match words.below(16) {
        0..3 => text += &format!(" and **{last}**"),
        3 | 4 => text += &format!(", with *{last}* in mind"),
        5 => text += &format!(" (see `{last}`)"),
        _ => {}
    }
    capitalized(&text) + "."
}

fn tags(words: &mut Words, count: usize) -> String {
    let first = words.below(TAGS.len());
    let tags = (0..count).map(|nth| format!("  - {}\n", TAGS[(first + nth * 7) % TAGS.len()]));
    format!("tags:\n{}", tags.collect::<String>())
}
