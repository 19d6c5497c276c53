//! The ladder of a large company.

use std::fmt::Write as _;

use super::{Files, NOUNS, VERBS, Words};

const LEVELS: [&str; 8] =
    ["Junior", "Engineer", "Experienced", "Senior", "Principal", "Senior Principal", "Fellow", "Senior Fellow"];

const COMPETENCIES: [(&str, &str); 12] = [
    ("Design", "Making"),
    ("Programming", "Making"),
    ("Verification", "Making"),
    ("Operations", "Running"),
    ("Estimation", "Running"),
    ("Follow-through", "Running"),
    ("Writing", "Together"),
    ("Teamwork", "Together"),
    ("Teaching", "Together"),
    ("Recruiting", "Leading"),
    ("Vision", "Leading"),
    ("Economics", "Leading"),
];

const FAMILIES: [&str; 10] = [
    "Services",
    "Interfaces",
    "Devices",
    "Numbers",
    "Models",
    "Defence",
    "Foundations",
    "Assurance",
    "Firmware",
    "Helpdesk",
];

/// The number of competencies that a track has.
const COMPETENCIES_OF_TRACK: usize = 8;

/// A project of about `pages` pages: half of them levels, in tracks of 8; the rest articles, terms and moves.
pub(super) fn files(pages: usize) -> Files {
    let words = &mut Words::new(11);
    let tracks = (pages / 16).max(2);
    let mut files = Files::new();
    let mut configuration = "title: Company\nbase_url: https://ladder.example.org/\nareas:\n".to_owned();
    for (order, area) in ["Making", "Running", "Together", "Leading"].iter().enumerate() {
        let _ = writeln!(configuration, "  {}: {{ title: {area}, order: {order} }}", area.to_lowercase());
    }
    files.insert("stepladder.yaml".into(), configuration);
    page(&mut files, "index", "title: Company\n", &words.paragraph(5));
    for (order, (competency, area)) in COMPETENCIES.iter().enumerate() {
        let fields = format!("kind: competency\ntitle: {competency}\narea: {}\norder: {order}\n", area.to_lowercase());
        page(&mut files, &format!("competencies/{}", competency.to_lowercase()), &fields, &words.paragraph(4));
    }
    for track in 0..tracks {
        write_track(&mut files, track, tracks, words);
    }
    let terms = (pages / 40).max(10);
    for term in 0..terms {
        page(
            &mut files,
            &format!("glossary/w{term}"),
            &format!("kind: term\ntitle: Word {term}\n"),
            &words.paragraph(2),
        );
    }
    for nth in 0..(tracks / 4).max(1) {
        let (from, to) = (nth * 4 % tracks, (nth * 4 + 1) % tracks);
        let fields = format!("kind: move\ntitle: Change {nth}\nfrom: t{from}/l3\nto: t{to}/l3\n");
        page(&mut files, &format!("moves/m{nth}"), &fields, &words.paragraph(6));
    }
    let articles = (pages + 1).saturating_sub(files.len());
    for nth in 0..articles {
        let (fields, body) = article(nth, articles, tracks, words);
        page(&mut files, &format!("articles/a{nth}"), &fields, &body);
    }
    files
}

fn page(files: &mut Files, path: &str, fields: &str, body: &str) {
    files.insert(format!("content/{path}.md"), format!("---\n{fields}---\n\n{body}\n"));
}

fn write_track(files: &mut Files, track: usize, tracks: usize, words: &mut Words) {
    let family = FAMILIES[track % FAMILIES.len()];
    let name = format!("{family} {}", track / FAMILIES.len() + 1);
    let summary = words.sentence();
    let fields = format!("kind: track\ntitle: {name}\nfamily: {family}\norder: {track}\nsummary: {summary}.\n");
    page(files, &format!("t{track}/index"), &fields, &words.paragraph(4));
    for (level, title) in LEVELS.iter().enumerate() {
        let mut fields =
            format!("kind: level\ntitle: {title} {name}\ncode: {track:04}-{}\nrank: {}\n", level + 1, level + 1);
        let _ = writeln!(fields, "summary: {}.", words.sentence());
        if level > 0 {
            let _ = writeln!(fields, "extends: t{track}/l{level}");
        }
        if level == 2 && track.is_multiple_of(4) && track + 1 < tracks {
            let _ = writeln!(fields, "leads_to: [t{track}/l4, t{}/l4]", track + 1);
        }
        fields.push_str("facets:\n");
        for facet in ["scope", "autonomy", "impact"] {
            let _ = writeln!(fields, "  {facet}: {}", words.sentence());
        }
        let mut body = words.paragraph(4);
        for nth in 0..COMPETENCIES_OF_TRACK {
            let (competency, _) = COMPETENCIES[(track + nth) % COMPETENCIES.len()];
            let _ = write!(body, "\n\n## {competency}\n");
            for line in 0..2 + (level + nth) % 2 {
                let _ = write!(body, "\n- {}.", words.sentence());
                if line == 0 {
                    let _ = write!(body, "\n  - Example: {}.", words.sentence().to_lowercase());
                }
            }
        }
        let _ = write!(body, "\n\n## What is hard about it\n\n{}", words.paragraph(3));
        page(files, &format!("t{track}/l{}", level + 1), &fields, &body);
    }
}

/// The front matter and the body of an article.
fn article(nth: usize, articles: usize, tracks: usize, words: &mut Words) -> (String, String) {
    let mut level = || format!("t{}/l{}", words.below(tracks), words.below(LEVELS.len()) + 1);
    let (first, second) = (level(), level());
    let links = [level(), level(), level()];
    let competency = COMPETENCIES[words.below(COMPETENCIES.len())].0.to_lowercase();
    let (noun, verb) = (words.pick(&NOUNS), words.pick(&VERBS));
    let fields = format!(
        "kind: article\ntitle: Article {nth}\nlevels: [{first}, {second}]\ncompetencies: [{competency}]\n\
         tags: [{noun}, {verb}]\nsummary: {}.\n",
        words.sentence()
    );
    let mut body = String::new();
    for link in links {
        let other = words.below(articles);
        let _ = write!(body, "## {}\n\n{} ", words.sentence(), words.paragraph(3));
        let _ = write!(body, "Read [[{link}]] and [another](a{other}.md).\n\n");
        let _ = write!(body, "- {}\n- {}\n\n", words.sentence(), words.sentence());
        let _ = write!(body, "| a | b |\n| --- | --- |\n| {} | {} |\n\n", words.sentence(), words.sentence());
    }
    (fields, body)
}
