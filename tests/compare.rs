//! The differences between two levels, the pages and data of comparisons, and the table for spreadsheets.

use stepladder::diagnostic::Code;
use stepladder::ladder::{Changes, ExpectationId, LevelId, Side, Steps, Turn, compare};
use stepladder::tree::TreePath;

use crate::support::{Built, Project};

fn track(project: Project, folder: &str) -> Project {
    project.file(&format!("content/{folder}/index.md"), &format!("---\nkind: track\ntitle: {folder}\n---\n"))
}

fn level(project: Project, id: &str, front: &str, body: &str) -> Project {
    let text = format!("---\nkind: level\ntitle: {id}\n{front}\n---\n{body}");
    project.bytes(&format!("content/{id}.md"), text.as_bytes())
}

fn competency(project: Project, name: &str, front: &str) -> Project {
    let text = format!("---\nkind: competency\ntitle: {name}\n{front}\n---\n");
    project.bytes(&format!("content/{}.md", name.to_lowercase()), text.as_bytes())
}

/// A ladder in which levels differ in every way that there is.
fn odd() -> Project {
    let project = track(track(Project::new(), "ic"), "boss");
    let project = competency(project, "Craft", "scale: [novice, able, master]");
    let project = competency(competency(project, "People", "tracks: [boss]"), "Wide", "");
    let low = "## Craft\n- Writes tests for the code of the team\n- Stays\n- Goes\n\n## Wide\n- A thing\n";
    let project = level(project, "ic/low", "rank: 1\nprofile: {craft: novice}", low);
    let top = "## Craft\n- Better\n- Stays.\n- Writes good tests for the code of all teams\n\n## Alone {.expectations}\n- Shines\n";
    let project = level(project, "ic/top", "rank: 2\nprofile: {craft: able}", top);
    level(project, "boss/lead", "rank: 2\nprofile: {craft: novice}\nnot_applicable: [wide]", "## People\n- Leads\n")
}

fn id(built: &Built, level: &str) -> LevelId {
    let context = built.site.context();
    let found = context.ladder.levels.iter_enumerated().find(|(_, one)| context.pages.get(one.page).id == level);
    found.unwrap_or_else(|| panic!("{level} is no level")).0
}

/// A comparison as people would write it down.
fn told(built: &Built, before: &str, now: &str) -> Vec<String> {
    let (context, ladder) = (built.site.context(), &built.site.context().ladder);
    let lines = |mark: &str, ids: &[ExpectationId]| -> String {
        let line = |id: &ExpectationId| [" ", mark, &ladder.expectation(*id).statement.text].concat();
        ids.iter().map(line).collect()
    };
    let tell = |one: &Changes| {
        let name =
            one.competency.map_or("alone", |id| context.pages.get(ladder.competency(id).page).title.value.as_str());
        let side = |side| match side {
            Side::Held => "held",
            Side::NotWritten => "not written",
            Side::NotApplicable => "not applicable",
            Side::NotOnTrack => "not on track",
            Side::Silent => "silent",
        };
        let raised: String =
            one.raised.iter().map(|pair| lines("^", &[pair.now]) + &lines("from ", &pair.was)).collect();
        let steps = one.steps.map(|steps| format!(" {:?}", steps.turn())).unwrap_or_default();
        let all = lines("+", &one.added) + &raised + &lines("=", &one.unchanged) + &lines("-", &one.dropped);
        format!("{name}: {}, {};{all}{}{steps}", side(one.before), side(one.now), lines("?", &one.open))
    };
    compare(ladder, id(built, before), id(built, now)).iter().map(tell).collect()
}

#[test]
fn every_difference_is_described_by_competency() {
    let built = odd().build();
    let raised = "^Writes good tests for the code of all teams from Writes tests for the code of the team";
    assert_eq!(
        told(&built, "ic/low", "ic/top"),
        [
            &format!("Craft: held, held; +Better {raised} =Stays. -Goes Up"),
            "Wide: held, not written; ?A thing",
            "alone: silent, held; +Shines",
        ]
    );
    assert_eq!(
        told(&built, "ic/top", "boss/lead"),
        [
            "Craft: held, not written; ?Better ?Stays. ?Writes good tests for the code of all teams Down",
            "People: not on track, held; +Leads",
            "Wide: not written, not applicable;",
            "alone: held, silent; -Shines",
        ]
    );
    assert_eq!(
        told(&built, "boss/lead", "ic/low")[1..],
        ["People: held, not on track; -Leads", "Wide: not applicable, held; +A thing",]
    );
}

#[test]
fn a_step_goes_up_down_or_is_on_one_side_alone() {
    let turn = |was, now| Steps { was, now }.turn();
    assert_eq!(
        (turn(Some(1), Some(2)), turn(Some(2), Some(1)), turn(Some(1), Some(1))),
        (Turn::Up, Turn::Down, Turn::Same)
    );
    assert_eq!((turn(None, Some(1)), turn(Some(1), None)), (Turn::Starts, Turn::Ends));
}

/// Two levels with the same sentence, of which each has its own text under it.
fn with_detail(before: &str, now: &str) -> Project {
    let project = competency(track(Project::new(), "ic"), "Craft", "");
    let cell = |detail: &str| {
        format!(
            "## Craft\n- Owns the tests of every change.\n{detail}\n- Keeps the board of the team up to date.\n  - As it is.\n"
        )
    };
    let project = level(project, "ic/low", "rank: 1", &cell(before));
    level(project, "ic/top", "rank: 2", &cell(now))
}

#[test]
fn expectations_whose_detail_differs_are_not_the_same() {
    let built = with_detail("  - Runs the tests.\n", "  - Designs the strategy of three services.\n").build();
    let raised = "^Owns the tests of every change. from Owns the tests of every change.";
    let kept = "=Keeps the board of the team up to date.";
    assert_eq!(told(&built, "ic/low", "ic/top"), [format!("Craft: held, held; {raised} {kept}")]);
    assert!(built.problems.is_empty(), "{:?}", built.problems);
    let label = "## Craft\n- Testing\n  - Runs the tests.\n";
    let project = level(competency(track(Project::new(), "ic"), "Craft", ""), "ic/low", "rank: 1", label);
    let built = level(project, "ic/top", "rank: 2", "## Craft\n- Testing\n  - Designs the strategy.\n").build();
    let changes = compare(&built.site.context().ladder, id(&built, "ic/low"), id(&built, "ic/top"));
    assert!(changes[0].unchanged.is_empty() && !changes[0].is_same(), "{changes:?}");
}

#[test]
fn expectations_whose_detail_has_the_same_words_are_the_same() {
    let built = with_detail("\n  Runs *all* tests.\n", "  - Runs all tests\n").build();
    let same = "Craft: held, held; =Owns the tests of every change. =Keeps the board of the team up to date.";
    assert_eq!(told(&built, "ic/low", "ic/top"), [same]);
}

#[test]
fn a_comparison_shows_the_group_of_each_expectation() {
    let project = competency(track(Project::new(), "ic"), "Craft", "");
    let low = "## Craft\n- Testing\n  - Runs the tests.\n  - Reads their output.\n- Stays\n";
    let project = level(project, "ic/low", "rank: 1", low);
    let built = level(project, "ic/top", "rank: 2", "## Craft\n### Design\n- Draws boxes.\n").build();
    assert_eq!(built.problems, []);
    let page = built.text("compare/low--top.html");
    let label = |label: &str| format!("<span class=\"lines-label\">{label}</span> <a href=");
    assert_eq!(page.matches(&label("Testing")).count(), 2, "{page}");
    assert_eq!(page.matches(&label("Design")).count(), 1, "{page}");
    assert_eq!(page.matches("lines-label").count(), 3, "{page}");
    let data = built.text("compare/track-0.js");
    assert!(data.contains("[\"Draws boxes.\",\"\",\"Design\",0,0]") && data.contains("[\"Stays\","), "{data}");
}

#[test]
fn detail_is_wherever_its_expectation_is() {
    let built = with_detail("\n  Runs the **nightly** tests.\n", "  - Designs the nightly strategy.\n").build();
    let shown = "<div class=\"detail prose\"><p>Runs the <strong>nightly</strong> tests.</p>";
    for file in ["ic/low.html", "matrix.html", "ic/index.html", "assess/ic.html", "craft.html", "print/index.html"] {
        assert!(built.text(file).contains(shown), "{file}");
    }
    let raised = "<span class=\"detail\"><ins>Designs</ins> the nightly <ins>strategy.</ins></span>";
    assert!(built.text("compare/low--top.html").contains(raised));
    let top = built.text("ic/top.html");
    assert!(top.contains("<mark>Raised</mark>") && top.contains("<li>Designs the nightly strategy.</li>"), "{top}");
    assert!(built.text("compare/low--top.html").contains("<span class=\"number\">1</span> as before</a>"));
    assert!(built.text("compare/track-0.js").contains("up to date.\\nAs it is.\""));
    assert!(built.text("ladder.json").contains("\"detail\":\"Runs the nightly tests.\""));
    assert!(built.text("assets/search-index.js").contains(" nightly "));
}

#[test]
fn the_heading_of_a_group_is_wherever_its_expectations_are() {
    let project = competency(track(Project::new(), "ic"), "Craft", "");
    let project = level(project, "ic/low", "rank: 1", "## Craft\n- Says what it is.\n");
    let groups = "## Craft\n- Testing\n  - Runs the tests.\n  - Reads them.\n- Review\n  - Reads them.\n";
    let built = level(project, "ic/top", "rank: 2", groups).build();
    assert!(built.problems.is_empty(), "a line is another one in another group: {:?}", built.problems);
    assert!(built.text("ic/top.html").contains("class=\"lines-group\">"), "{}", built.text("ic/top.html"));
    for file in ["matrix.html", "assess/ic.html"] {
        let shown = "<span class=\"lines-label\">Testing</span> Runs the tests.";
        assert!(built.text(file).contains(shown), "{file}");
        assert!(built.text(file).contains("<span class=\"lines-label\">Review</span> Reads them."), "{file}");
    }
    assert!(built.text("matrix.html").contains("<li data-goes-on><span class=\"lines-label\">Testing</span> Reads"));
    assert!(built.text("ladder.csv").contains(",own,Review,Reads them.,"));
    assert!(built.text("ladder.json").contains("\"group\":\"Review\""));
}

#[test]
fn an_expectation_is_on_its_level_s_page_once_with_how_it_compares_to_the_level_below() {
    let project = competency(track(Project::new(), "ic"), "Craft", "");
    let low =
        "## Craft\n- Does something that goes away.\n  - With this.\n- Tests each change that is shipped.\n- Stays.\n";
    let project = level(project, "ic/low", "rank: 1", low);
    let top = "## Craft\n- Comes along in quite other words.\n  - With that.\n- Tests each change that anyone shipped.\n- Stays.\n";
    let built = level(project, "ic/top", "rank: 2", top).build();
    let page = built.text("ic/top.html");
    let marked = |sentence: &str| {
        assert_eq!(page.matches(sentence).count(), 1, "{sentence}: {page}");
        let before = &page[..page.find(sentence).expect("the sentence")];
        before[before.rfind("<li ").expect("a line")..].to_owned()
    };
    assert!(marked("Comes along in quite other words.").contains(">New<"));
    assert!(marked("Tests each change that anyone shipped.").contains(">Raised<"));
    assert!(!marked("Stays.").contains("New"));
    assert!(page.contains("<li>With that.</li>") && page.contains("<del>is</del>"), "{page}");
    assert!(page.contains("<a href=\"low.html#does-something-that-goes-away\">Does something that goes away.</a>"));
    assert!(!built.text("ic/low.html").contains(">New<"), "nothing is below it");
}

#[test]
fn the_page_of_a_level_does_not_grow_with_the_levels_below_it() {
    let project = competency(track(Project::new(), "ic"), "Craft", "");
    let project = (1..=40).fold(project, |project, rank| {
        let line = |line| format!("- Sentence {line} of step {rank}.\n");
        let lines: String = (0..6).map(line).collect();
        let extends = if rank > 1 { format!("\nextends: l{}", rank - 1) } else { String::new() };
        level(project, &format!("ic/l{rank}"), &format!("rank: {rank}{extends}"), &format!("## Craft\n{lines}"))
    });
    let built = project.build();
    let (middle, top) = (built.text("ic/l20.html"), built.text("ic/l40.html"));
    assert!(top.len() < middle.len() + 200, "{} and {} bytes", middle.len(), top.len());
    // The lines of five levels, and the number of those that are left.
    assert!(top.contains(">Sentence 5 of step 35.<") && !top.contains("of step 34."), "{top}");
    assert!(top.contains("<a href=\"../craft.html\">204 more from 34 other levels<"), "{top}");
    assert!(top.contains("aria-label=\"35 more levels\""), "the strip: {top}");
}

#[test]
fn levels_that_differ_in_steps_alone_are_not_said_to_be_alike() {
    let project = competency(track(Project::new(), "ic"), "Craft", "scale: [novice, able, master]");
    let project = level(project, "ic/low", "rank: 1\nprofile: {craft: novice}", "");
    let project = level(project, "ic/mid", "rank: 2\nprofile: {craft: able}", "");
    let built = level(project, "ic/top", "rank: 3\nprofile: {craft: able}", "").build();
    let pages = ["ic/mid.html", "compare/low--mid.html"];
    for page in pages.map(|page| built.text(page)) {
        assert!(page.contains("<b>1</b> on another step") && !page.contains("Nothing to compare"), "{page}");
    }
    assert!(built.text("compare/mid--top.html").contains("Nothing to compare yet"));
}

/// The files in the folder of comparisons.
fn files(built: &Built) -> Vec<&str> {
    let inside = built.files.iter().filter_map(|(path, _)| path.as_str().strip_prefix("compare/"));
    inside.filter(|path| *path != "index.html").collect()
}

#[test]
fn neighbours_forks_moves_and_levels_of_one_rank_have_pages() {
    let project = level(odd(), "ic/master", "rank: 3\nleads_to: [boss/chief]", "");
    let project = level(project, "boss/chief", "rank: 4", "")
        .file("content/jump.md", "---\nkind: move\ntitle: Jump\nfrom: ic/low\nto: boss/lead\n---\n");
    let built = project.build();
    let expected = [
        "ladder.js",
        "lead--chief.html",
        "lead--top.html",
        "low--lead.html",
        "low--top.html",
        "master--chief.html",
        "top--lead.html",
        "top--master.html",
        "track-0.js",
        "track-1.js",
    ];
    assert_eq!(files(&built), expected);
    let jump = built.text("jump.html");
    assert!(jump.contains("href=\"compare/low--lead.html\""), "{jump}");
    assert!(built.text("ic/top.html").contains("href=\"../compare/low--top.html\""));
    let fork = built.text("compare/top--lead.html");
    assert!(fork.contains("href=\"lead--top.html\""), "the other way round: {fork}");
    assert!(fork.contains("href=\"index.html?from=top&amp;to=lead\""), "{fork}");
}

#[test]
fn more_than_six_levels_of_one_rank_are_not_paired() {
    let ladder = |tracks: usize| {
        let add =
            |project, at: usize| level(track(project, &format!("t{at}")), &format!("t{at}/only{at}"), "rank: 1", "");
        let built = (0..tracks).fold(Project::new(), add).build();
        files(&built).iter().filter(|path| path.contains("--")).count()
    };
    assert_eq!((ladder(6), ladder(7)), (30, 0));
}

/// A track of some levels, each with an expectation, in which each level extends the one below.
fn tall(levels: usize) -> Project {
    let add = |project, at: usize| {
        let extends = if at == 1 { String::new() } else { format!("\nextends: t/l{}", at - 1) };
        let text = format!("## Craft\n- Word{at} other{at} further{at} last{at}\n");
        level(project, &format!("t/l{at}"), &format!("rank: {at}{extends}"), &text)
    };
    (1..=levels).fold(competency(track(Project::new(), "t"), "Craft", ""), add)
}

#[test]
fn a_ladder_of_many_pairs_has_short_pages_for_them() {
    let (most, more) = (tall(251).build(), tall(252).build());
    assert!(most.text("compare/l8--l9.html").contains("Word9 other9 further9 last9"));
    let short = more.text("compare/l8--l9.html");
    assert!(short.contains("<b>1</b> new, <b>8</b> as before (<a"), "{short}");
    assert!(short.contains("id=\"to\" href=\"index.html?from=l8&amp;to=l9\"") && short.len() < 800, "{short}");
    assert!(
        most.text("compare/index.html").contains("l8--l9.html") && most.text("sitemap.xml").contains("l8--l9.html")
    );
    assert!(!more.text("compare/index.html").contains("--l9.html") && !more.text("sitemap.xml").contains("--l9.html"));
    let one = level(track(Project::new(), "t"), "t/one", "rank: 1", "").build();
    assert!(one.files.get(&TreePath::normalized("compare/index.html")).is_none(), "one level is not compared");
}

#[test]
fn an_author_s_text_on_a_comparison_is_shown_on_a_large_ladder_too() {
    let page = "---\ntitle: Up\nslug: l8--l9\n---\nMind the gap.\n";
    let page = tall(252).file("content/compare/up.md", page).build().text("compare/l8--l9.html").to_owned();
    assert!(page.contains("Mind the gap.") && page.contains("Word9 other9"), "{page}");
}

#[test]
fn data_of_comparisons_has_each_expectation_once() {
    let size = |levels| tall(levels).build().text("compare/track-0.js").len();
    let (few, many) = (size(20), size(40));
    assert!(many < few * 5 / 2, "{few} {many}");
    assert_eq!(tall(40).build().text("compare/track-0.js").matches("Word7 other7").count(), 1);
}

#[test]
fn every_level_has_a_name_of_its_own_in_addresses() {
    let project = ["a/x", "b/x", "b/c--d", "console"]
        .into_iter()
        .enumerate()
        .fold(track(Project::new(), "t"), |project, (at, path)| {
            level(project, path, &format!("track: t\nrank: {at}"), "")
        });
    let project = level(project, "c/y", "track: t\nrank: 9\nslug: X", "");
    let built = project.build();
    assert!(built.problems.iter().all(|diagnostic| diagnostic.code != Code::DuplicateAddress), "{:#?}", built.problems);
    let context = built.site.context();
    let names: Vec<&str> = context.ladder.on_tracks().iter().map(|id| context.routes.comparisons.slug(*id)).collect();
    assert_eq!(names, ["a-x", "b-x", "c-d", "console", "c-x"]);
}

#[test]
fn an_author_s_page_introduces_a_comparison_and_no_other_file_takes_its_place() {
    let page = "---\ntitle: Going up\nslug: low--top\n---\nMind the gap.\n";
    let built = odd().file("content/compare/up.md", page).build();
    let text = built.text("compare/low--top.html");
    assert!(
        text.contains("<h1>Going up</h1>") && text.contains("Mind the gap.") && text.contains("What differs"),
        "{text}"
    );
    let article = page.replace("title", "kind: article\ntitle");
    let built = odd().file("content/compare/up.md", &article).file("content/compare/ladder.js", "x").build();
    let codes: Vec<Code> = built
        .problems
        .iter()
        .map(|diagnostic| diagnostic.code)
        .filter(|code| *code == Code::DuplicateAddress)
        .collect();
    assert_eq!(codes.len(), 2, "{:#?}", built.problems);
}

#[test]
fn the_ladder_is_a_table_for_spreadsheets() {
    let project = competency(track(Project::new(), "ic"), "Craft", "area: Making");
    let project = competency(competency(project, "Wide", "tracks: [ic]"), "Not", "tracks: [ic]");
    let low = "## Craft\n- =SUM(1), \"quoted\"\n  - Example (SRE): One.\n- Plain words of more than four\n\n  Further, [[ic/top]].\n  - Nested\n";
    let project = level(project, "ic/low", "rank: 1\ncode: L1\nnot_applicable: [not]", low);
    let project =
        level(project, "ic/top", "rank: 1.5\nextends: ic/low", "## Alone {.expectations}\n### Bright\n- Shines\n");
    let built = project.build();
    let rows = [
        "\u{feff}track,level,code,rank,area,competency,state,group,expectation,detail,examples,address",
        "ic,ic/low,L1,1,Making,Craft,own,,\"'=SUM(1), \"\"quoted\"\"\",,SRE: One.,ic/low.html#sum-1-quoted",
        "ic,ic/low,L1,1,Making,Craft,own,,Plain words of more than four,\"Further, ic/top.\nNested\",,ic/low.html#plain-words-of-more-than-four",
        "ic,ic/low,L1,1,,Not,not-applicable,,,,,ic/low.html#not",
        "ic,ic/low,L1,1,,Wide,not-written,,,,,ic/low.html#wide",
        "ic,ic/top,,1.5,,,extends,,ic/low,,,ic/low.html",
        "ic,ic/top,,1.5,,,own,Bright,Shines,,,ic/top.html#shines",
        "ic,ic/top,,1.5,,Not,not-written,,,,,ic/top.html#not",
        "ic,ic/top,,1.5,,Wide,not-written,,,,,ic/top.html#wide",
        "",
    ];
    let text = built.text("ladder.csv");
    assert_eq!(text.split("\r\n").collect::<Vec<_>>(), rows, "{text}");
}
