//! A warm rebuild gives what a cold one gives: after every step of random edits, the site and the problems that
//! [`SiteCache`] makes are those that a new one makes.

use stepladder::diagnostic::{Diagnostic, any_error, sort};
use stepladder::site::{Options, Site, SiteCache};
use stepladder::tree::{File, SymlinkProblem, Tree, TreePath, UnresolvedSymlink};

use crate::golden::project;
use crate::support::{Project, Rng, TODAY};

/// The outcome of a build: the problems, and the files if there is no error.
fn outcome(site: stepladder::diagnostic::Diagnosed<Site>) -> (Vec<Diagnostic>, Tree) {
    let mut diagnostics = Vec::new();
    let files = site.drain_into(&mut diagnostics).render_all().drain_into(&mut diagnostics);
    sort(&mut diagnostics);
    (diagnostics, files)
}

/// Compares the two; says whether the project has no error.
#[track_caller]
pub(crate) fn same(cache: &mut SiteCache, options: Options, project: &Tree, after: &str) -> bool {
    let (warm_notes, warm) = outcome(cache.site(project));
    let (cold_notes, cold) = outcome(Site::new(project, options));
    assert_eq!(warm_notes, cold_notes, "problems after {after}");
    for (path, file) in cold.iter() {
        assert!(warm.get(path) == Some(file), "{path} is stale after {after}");
    }
    assert_eq!(warm.len(), cold.len(), "files after {after}");
    !any_error(&cold_notes)
}

/// Changes one file as authors do, and as accidents do. Returns what was done.
pub(crate) fn edit(project: &mut Tree, first: &Tree, chance: &mut Rng) -> String {
    let of_content = project.iter().map(|(path, _)| path).filter(|path| !path.as_str().starts_with("themes/"));
    let paths: Vec<TreePath> = of_content.filter(|path| project.bytes(path).is_some()).cloned().collect();
    let path = chance.pick(&paths).clone();
    let other = chance.pick(&paths).clone();
    let text = |path: &TreePath| String::from_utf8_lossy(project.bytes(path).expect("a text")).into_owned();
    let source = text(&path);
    let mut lines: Vec<&str> = source.lines().collect();
    let line = chance.below(lines.len().max(1));
    let name = other.name().trim_end_matches(".md");
    let what = chance.below(21);
    let changed = match what {
        0 => format!("{source}\nSee [[{name}]] and [there]({}#scope).\n", other.name()),
        1 => format!("{source}\n## Scope {{#id-{line}}}\n\n- Does {line} things.\n- Does them well. {{#well}}\n"),
        2 => source.replacen("- ", "- Often ", 1 + line % 2),
        3 => source.replacen("title: ", "title: New ", 1),
        4 => source.replacen("---\n", "---\ntags: [one, Two]\n", 1),
        5 => source.replacen("---\n", "---\ndraft: true\n", 1),
        6 => {
            lines.truncate(line);
            lines.join("\n")
        }
        7 if !lines.is_empty() => {
            lines.remove(line);
            lines.join("\n")
        }
        8 if lines.len() > 1 => {
            lines.swap(line, line.saturating_sub(1));
            lines.join("\n") + "\n"
        }
        9 if path.name() != "stepladder.yaml" => {
            let new = path.join(&format!("copy-of-{}", path.name())).expect("a path in the same folder");
            project.insert(new.clone(), source);
            return format!("copying {path} to {new}");
        }
        12 => source.replacen("title: ", "summary: Short.\ntitle: ", 1),
        13 => source.replacen("title: ", &format!("owner: {line}\nalso_known_as: [{name}, \"N {line}\"]\ntitle: "), 1),
        14 => source.replacen("title: ", &format!("title: {name} #"), 1),
        15 => source.replacen("title: ", &format!("title: N {line} #"), 1),
        16 => source.replacen("rank: ", &format!("rank: {}", line % 3), 1),
        17 => source.replacen("title: ", &format!("extends: [{name}]\ntitle: "), 1),
        18 => source.replacen("## ", "### ", 1),
        19 => source.replacen("## ", &format!("## {name}\n\n- Says.\n\n## "), 1),
        // The title becomes a heading of the body.
        20 if source.contains("\ntitle: ") => {
            let (before, rest) = source.split_once("title: ").expect("a title");
            let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
            format!("{before}{}", rest.replacen("---\n", &format!("---\n# {title}\n\n"), 1))
        }
        10 if path.name() != "stepladder.yaml" => {
            *project = project.iter().filter(|(one, _)| **one != path).map(|(p, f)| (p.clone(), f.clone())).collect();
            return format!("removing {path}");
        }
        _ => {
            let whole = first.get(&path).cloned().unwrap_or_else(|| File::from(source));
            project.insert(path.clone(), whole);
            return format!("restoring {path}");
        }
    };
    project.insert(path.clone(), changed);
    format!("edit {what} of {path} at {line}")
}

#[test]
fn any_edits_leave_nothing_stale() {
    let mut whole = 0;
    for (seed, golden) in ["shapes", "by-competency", "links", "languages", "tables"].into_iter().enumerate() {
        let first = project(golden, "urls: file");
        let options = Options { drafts: seed % 2 == 1, today: TODAY };
        let mut cache = SiteCache::new(options);
        let mut chance = Rng::new(seed as u64);
        let mut project = first.clone();
        let mut history = Vec::new();
        for step in 0..60 {
            if step % 6 == 0 {
                project = first.clone();
                history = vec!["the start".to_owned()];
            }
            whole += usize::from(same(&mut cache, options, &project, &history.join(", then ")));
            history.push(edit(&mut project, &first, &mut chance));
        }
    }
    assert!(whole > 60, "only {whole} of 300 projects had no error");
}

#[test]
fn edits_of_configuration_and_theme_leave_nothing_stale() {
    let page = |title: &str, link: &str| format!("---\ntitle: {title}\n---\n## Scope\n\n[[{link}]]\n");
    let base = Project::new()
        .file("content/index.md", &page("Home", "a"))
        .file("content/a.md", &page("A", "index"))
        .bytes("content/notes.markdown", b"")
        .bytes("content/plan.txt", b"plan");
    let footer = "themes/default/templates/partials/footer.html";
    let css = "themes/default/assets/style.css";
    follow([
        ("the start", base.clone()),
        ("another title", base.clone().file("stepladder.yaml", "title: Other\n")),
        ("other addresses", base.clone().file("stepladder.yaml", "title: Test\nurls: directory\n")),
        ("raw HTML", base.clone().file("stepladder.yaml", "title: Test\nhtml: escape\n")),
        ("a style", base.clone().file("stepladder.yaml", "title: Test\nstyle:\n  accent: red\n")),
        ("a theme's part", base.clone().file(footer, "<footer>ours</footer>")),
        ("a broken part", base.clone().file(footer, "<footer>{{ nothing.at }}</footer>")),
        ("an unreadable part", base.clone().file(footer, "{% if %}")),
        ("the same, and a style", base.clone().file(footer, "{% if %}").file(css, "a { color: red }")),
        ("the style alone", base.clone().file(css, "a { color: red }")),
        ("another style", base.clone().file(css, "a { color: blue }")),
        ("a theme of another version", base.clone().file("themes/default/theme.yaml", "name: x\nstepladder: \"9\"\n")),
        ("no configuration", base.clone().without("stepladder.yaml")),
        ("a file beside", base.clone().bytes("content/a.txt", b"")),
        ("a page of the name", base.clone().file("content/notes.md", &page("Notes", "a"))),
        ("the end", base),
    ]);
}

#[test]
fn edits_of_bodies_reach_every_page_that_they_touch() {
    let level = "---\nkind: level\ntitle: L1\nrank: 1\n---\n## Craft\n\n- Writes tests. {#tests}\n";
    let track = "---\nkind: track\ntitle: IC\n---\n## Why\n\nBecause.\n";
    let base = Project::new()
        .file("content/ic/index.md", track)
        .file("content/ic/l1.md", level)
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/plan.md", "---\nkind: competency\ntitle: Plan\n---\n")
        .file("content/talk.md", "---\ntitle: Talk\n---\n[[l1#tests]] and [[ic#why]]\n");
    let unranked = "---\nkind: level\ntitle: L2\n---\nText.\n";
    follow([
        ("a level without a place", base.clone().file("content/ic/l2.md", unranked)),
        ("one that hides a part, too", base.clone().file("content/ic/l2.md", &format!("{unranked}\n```\n## Plan\n"))),
        ("the start", base.clone()),
        ("an expectation of another id", base.clone().file("content/ic/l1.md", &level.replace("#tests", "#checks"))),
        ("a heading of another id", base.clone().file("content/ic/index.md", &track.replace("Why", "Whence"))),
        ("both as they were", base.clone()),
        ("a level that hides a part", base.clone().file("content/ic/l1.md", &format!("{level}\n```\n## Plan\n"))),
        (
            "a level without cells",
            base.clone().file("content/ic/l1.md", &level.replace("- Writes tests. {#tests}", "")),
        ),
        (
            "cells in the other direction",
            base.clone().file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n## L1\n\n- Writes.\n"),
        ),
        ("the end", base),
    ]);
}

#[test]
fn other_titles_and_names_reach_every_page_that_uses_them() {
    let page =
        |path: &str, head: &str, body: &str| (format!("content/{path}.md"), format!("---\n{head}\n---\n{body}\n"));
    let pages = [
        page("ic/index", "kind: track\ntitle: IC", ""),
        page("ic/l1", "kind: level\ntitle: Junior\nrank: 1", "## Craft\n\n- Writes tests.\n\n## Pace\n\nQuick.\n"),
        page("ic/l2", "kind: level\ntitle: Senior\nrank: 2\nextends: junior", "## Craft\n\n- Writes books.\n"),
        page("craft", "kind: competency\ntitle: Craft", "What it is.\n"),
        page("plan", "kind: competency\ntitle: Plan", "## Junior\n\n- Plans a day.\n\n## Senior\n\n- Plans a year.\n"),
        page("essay", "kind: article\ntitle: Talk\nlevels: [l1]", "[[plan#senior]] and [[l1]]\n"),
        page("other", "title: Other\naliases: [old]", "[[Talk]] of [[Senior]]\n"),
    ];
    let with = |changes: &[(&str, &str, &str)]| {
        let change = |path: &str, mut text: String| {
            for (file, from, to) in changes.iter().filter(|(file, ..)| path == format!("content/{file}.md")) {
                assert!(text.contains(from), "{file} has {from}");
                text = text.replacen(from, to, 1);
            }
            text
        };
        let put = |project: Project, (path, text): &(String, String)| project.file(path, &change(path, text.clone()));
        pages.iter().fold(Project::new().file("stepladder.yaml", "title: T\nowners:\n  us: { name: Us }\n"), put)
    };
    let wrong = ("other", "[[Senior]]", "[[Senoir]]");
    let clash = ("essay", "title: Talk", "title: Talk\naliases: [old]");
    follow([
        ("the start", with(&[])),
        ("an article's title that a link names", with(&[("essay", "title: Talk", "title: Speech")])),
        (
            "the same, and another page of the name",
            with(&[("essay", "title: Talk", "title: Speech"), ("other", "Other", "Talk")]),
        ),
        ("both as they were", with(&[])),
        ("a level's title that a cell names", with(&[("ic/l2", "Senior", "Lead")])),
        ("one that two levels have", with(&[("ic/l2", "Senior", "Junior")])),
        ("one that a heading names by now", with(&[("ic/l2", "Senior", "Lead"), ("plan", "## Senior", "## Lead")])),
        ("one that is nearly named", with(&[("ic/l2", "Senior", "Seniors")])),
        ("a title that another level extends", with(&[("ic/l1", "Junior", "Starter")])),
        ("a wrong name", with(&[wrong])),
        ("the same, and nothing like it", with(&[wrong, ("ic/l2", "Senior", "Lead")])),
        ("a competency's title that cells name", with(&[("craft", "Craft", "Trade")])),
        ("one that prose is headed with", with(&[("craft", "Craft", "Pace")])),
        ("a track of a level's name", with(&[("ic/index", "IC", "Senior")])),
        ("an unknown owner", with(&[("essay", "title: Talk", "title: Talk\nowner: them")])),
        ("a known one", with(&[("essay", "title: Talk", "title: Talk\nowner: us")])),
        (
            "an overdue review",
            with(&[("essay", "title: Talk", "title: Talk\nreviewed: 2020-01-01\nreview_every: 1 year")]),
        ),
        ("two aliases that clash", with(&[clash])),
        ("the same further down", with(&[clash, ("other", "title: Other", "summary: Longer.\ntitle: Other")])),
        ("facets", with(&[("ic/l1", "rank: 1", "rank: 1\nfacets: { scope: Small. }")])),
        ("an unknown facet", with(&[("ic/l1", "rank: 1", "rank: 1\nfacets: { size: Small. }")])),
        ("a code", with(&[("ic/l1", "rank: 1", "rank: 1\ncode: L1")])),
        ("the end", with(&[])),
    ]);
}

#[test]
fn a_level_gets_and_loses_its_self_assessment() {
    let base = Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/ic/one.md", "---\nkind: level\ntitle: One\nrank: 1\n---\n## Craft\n\n- Tests.\n")
        .file("content/ic/two.md", "---\nkind: level\ntitle: Two\nrank: 2\n---\n");
    let written =
        base.clone().file("content/ic/two.md", "---\nkind: level\ntitle: Two\nrank: 2\n---\n## Craft\n\n- Plans.\n");
    follow([("nothing to mark at a level", base.clone()), ("something", written), ("nothing again", base)]);
}

#[test]
fn spellings_of_names_and_tracks_of_competencies_reach_every_page_that_they_decide() {
    let competency = |title: &str, fields: &str| format!("---\nkind: competency\ntitle: {title}\n{fields}\n---\n");
    let level =
        "---\nkind: level\ntitle: One\nrank: 1\n---\nSee [[🕺 Influence]].\n\n## 🕺 Influence\n\n- Convinces.\n";
    let base = Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/ic/one.md", level)
        .file("content/influence.md", &competency("✨ Influence", ""))
        .file("content/other.md", &competency("🕺 Influence", ""));
    let swapped = base
        .clone()
        .file("content/influence.md", &competency("🕺 Influence", ""))
        .file("content/other.md", &competency("✨ Influence", ""));
    let same = base.clone().file("content/influence.md", &competency("🕺 Influence", ""));
    let elsewhere = same.clone().file("content/influence.md", &competency("🕺 Influence", "tracks: [em]"));
    let two_tracks =
        |project: &Project| project.clone().file("content/em/index.md", "---\nkind: track\ntitle: EM\n---\n");
    follow([
        ("one title is exact", base.clone()),
        ("the other title is", swapped),
        ("both are", same.clone()),
        ("a second track", two_tracks(&same)),
        ("one competency belongs to it", two_tracks(&elsewhere)),
        ("neither does", two_tracks(&same)),
    ]);
}

#[test]
fn a_level_that_starts_to_use_a_competency_changes_the_other_levels_of_its_track() {
    let level = |title: &str, rank: usize, body: &str| {
        format!(
            "---\nkind: level\ntitle: {title}\nrank: {rank}\n---\nSee [[Two#talk]].\n\n## Craft\n\n- Tests.\n{body}"
        )
    };
    let base = Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: IC\n---\n")
        .file("content/em/index.md", "---\nkind: track\ntitle: EM\n---\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
        .file("content/talk.md", "---\nkind: competency\ntitle: Talk\n---\n")
        .file("content/ic/one.md", &level("One", 1, ""))
        .file("content/ic/two.md", &level("Two", 2, ""))
        .file("content/em/lead.md", &level("Lead", 2, "\n## Talk\n\n- Listens.\n"));
    let talks = base.clone().file("content/ic/one.md", &level("One", 1, "\n## Talk\n\n- Asks.\n"));
    follow([("only the other track talks", base.clone()), ("both do", talks), ("only the other again", base)]);
}

/// Goes through states of a project with one cache.
#[test]
fn edits_of_links_to_files_leave_nothing_stale() {
    let page = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n{text}\n");
    let base = Project::new()
        .file("content/index.md", &page("Home", "[[a]]"))
        .file("content/a.md", &page("A", "Words."))
        .bytes("content/plan.txt", b"plan")
        .bytes("content/img/dot.png", b"dot");
    let footer = "themes/default/templates/partials/footer.html";
    let allowed = "title: Test\nassets: [img/*, plan.txt]\n";
    follow([
        ("the start", base.clone()),
        ("a link to a file", base.clone().file("content/a.md", &page("A", "[plan](plan.txt)"))),
        ("no link", base.clone()),
        ("a mention in front matter", base.clone().file("content/a.md", "---\ntitle: A\nsummary: img/dot.png\n---\n")),
        ("a draft with a link", base.clone().file("content/b.md", "---\ntitle: B\ndraft: true\n---\n[x](plan.txt)\n")),
        ("the draft published", base.clone().file("content/b.md", &page("B", "[x](plan.txt)"))),
        ("a mention in a template", base.clone().file(footer, "<img src=\"{{ root }}img/dot.png\">")),
        ("another template", base.clone().file(footer, "<footer></footer>")),
        ("a style sheet", base.clone().file("content/x.css", "a { background: url(img/dot.png) }")),
        ("another style sheet", base.clone().file("content/x.css", "a { color: red }")),
        ("patterns", base.clone().file("stepladder.yaml", allowed)),
        ("an error", base.clone().file("content/a.md", &page("A", "[[nowhere]]"))),
        ("the end", base),
    ]);
}

#[test]
fn edits_of_symbolic_links_leave_nothing_stale() {
    let page = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n{text}\n");
    let tree = Project::new()
        .file("content/index.md", &page("Home", "[A](a.md), [[b]], [c](deep/c.md)"))
        .file("content/a.md", &page("A", "Words."))
        .file("content/b.md", &page("B", "Words."))
        .file("content/deep/c.md", &page("C", "Words."))
        .tree();
    let options = Options { drafts: false, today: TODAY };
    let mut cache = SiteCache::new(options);
    for unresolved in [&[][..], &["a.md"], &["a.md", "b.md"], &["deep"], &["deep", "x.png"], &["b.md"], &[]] {
        let files = tree.iter().map(|(path, file)| (path.clone(), file.clone()));
        let is_behind = |path: &str| unresolved.iter().any(|link| path.starts_with(&format!("content/{link}")));
        let mut project: Tree = files.filter(|(path, _)| !is_behind(path.as_str())).collect();
        let link = |path: &&str| {
            let link = UnresolvedSymlink { target: "nowhere".to_owned(), reason: SymlinkProblem::Missing };
            (TreePath::normalized(&format!("content/{path}")), link)
        };
        project.replace_symlinks(unresolved.iter().map(link).collect());
        assert_eq!(same(&mut cache, options, &project, &format!("{unresolved:?}")), unresolved.is_empty());
    }
}

fn follow<const N: usize>(steps: [(&str, Project); N]) {
    let options = Options { drafts: false, today: TODAY };
    let mut cache = SiteCache::new(options);
    for (what, project) in steps {
        same(&mut cache, options, &project.tree(), what);
    }
}

/// A ladder of two tracks with three levels each, three competencies, an article and a page.
pub(crate) fn small_guide() -> Project {
    let mut project = Project::new().file("stepladder.yaml", "title: T\n");
    for (track, title, first) in [("ic", "Engineer", 0), ("em", "Manager", 10)] {
        let index = format!("---\nkind: track\ntitle: {title}s\n---\n");
        project = project.file(&format!("content/{track}/index.md"), &index);
        for rank in 1..=3 {
            let extends = if rank > 1 { format!("extends: {track}/l{}\n", rank - 1) } else { String::new() };
            let level = format!(
                "---\nkind: level\ntitle: {title} {rank}\nrank: {}\n{extends}---\n## Craft\n\n- Makes {rank} things.\n\n\
                 ## Plan\n\n- Plans {rank} weeks.\n\n## Talk\n\n- Talks to {rank} people.\n",
                first + rank
            );
            project = project.file(&format!("content/{track}/l{rank}.md"), &level);
        }
    }
    for competency in ["Craft", "Plan", "Talk"] {
        let page = format!("---\nkind: competency\ntitle: {competency}\n---\nWhat it is.\n");
        project = project.file(&format!("content/{}.md", competency.to_lowercase()), &page);
    }
    project
        .file("content/advice.md", "---\nkind: article\ntitle: Advice\nlevels: [ic/l2]\n---\nSee [[Engineer 2]].\n")
        .file("content/more.md", "---\ntitle: More\n---\nSee [[Advice]] and [[ic/l2]].\n")
}

#[test]
fn pages_that_come_and_go_leave_nothing_stale() {
    let level = |title: &str, rank: f64, fields: &str| {
        format!("---\nkind: level\ntitle: {title}\nrank: {rank}\n{fields}---\n## Craft\n\n- Is {title}.\n\n## Talk\n")
    };
    let track = "---\nkind: track\ntitle: Advisers\nlevels: [ic/l1, lead]\n---\nSee [[Lead#craft]].\n";
    let competency = "---\nkind: competency\ntitle: Ask\n---\nSee [[Lead]].\n\n## Engineer 3\n\n- Asks.\n";
    let pages = [
        (
            "content/a.md",
            "---\ntitle: First\n---\nSee [[Engineer 2#plan]], [[ic/l3]] and [[Ask#engineer-3]].\n".to_owned(),
        ),
        ("content/ic/l0.md", level("Starter", 0.5, "leads_to: [em/l2]\n")),
        ("content/ic/l2b.md", level("Halfway", 2.5, "extends: ic/l1\n")),
        ("content/lead.md", level("Lead", 4.0, "track: ic\nextends: [ic/l3]\n")),
        ("content/advisers.md", track.to_owned()),
        ("content/ask.md", competency.to_owned()),
        ("content/step.md", "---\nkind: move\ntitle: Step\nfrom: ic/l2\nto: em/l1\n---\n".to_owned()),
        ("content/tips.md", "---\nkind: article\ntitle: Tips\nlevels: [Lead, em/l3]\n---\nText.\n".to_owned()),
        ("content/word.md", "---\nkind: term\ntitle: Word\n---\nText.\n".to_owned()),
    ];
    let base = small_guide().tree();
    let originals: Vec<(TreePath, File)> = base.iter().map(|(path, file)| (path.clone(), file.clone())).collect();
    let options = Options { drafts: false, today: TODAY };
    let (mut cache, mut rng, mut project, mut history) = (SiteCache::new(options), Rng::new(7), base, Vec::new());
    for _ in 0..120 {
        let (path, file) = if rng.below(3) == 0 {
            rng.pick(&originals).clone()
        } else {
            let (path, text) = rng.pick(&pages);
            (TreePath::normalized(path), File::from(text.as_str()))
        };
        let is_page = path.as_str().starts_with("content/");
        history.push(path.to_string());
        if !is_page || project.remove(&path).is_none() {
            project.insert(path, file);
        }
        same(&mut cache, options, &project, &history[history.len().saturating_sub(4)..].join(", then "));
    }
}
