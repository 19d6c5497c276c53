//! Input that nobody would write on purpose: it must neither crash the program nor slow it down.

use stepladder::diagnostic::{json, text};

use crate::support::{Project, build};

/// A page's name in the report, and its bytes.
type Odd = (&'static str, Vec<u8>);

fn level(body: &str) -> Vec<u8> {
    format!("---\nkind: level\ntitle: Senior\nrank: 3\n---\n{body}\n").into_bytes()
}

fn front_matter(fields: &str) -> Vec<u8> {
    format!("---\nkind: level\ntitle: Senior\nrank: 3\n{fields}\n---\nText.\n").into_bytes()
}

fn joined(count: usize, part: impl Fn(usize) -> String) -> String {
    (1..=count).map(part).collect::<Vec<_>>().concat()
}

fn beginnings() -> Vec<Odd> {
    vec![
        ("an empty file", Vec::new()),
        ("a line break", b"\n".to_vec()),
        ("a carriage return", b"\r".to_vec()),
        ("half a fence", b"--".to_vec()),
        ("one fence", b"---".to_vec()),
        ("one fence and a line break", b"---\n".to_vec()),
        ("two fences", b"---\n---".to_vec()),
        ("fences and carriage returns", b"---\r---\r".to_vec()),
        ("a byte order mark", b"\xef\xbb\xbf".to_vec()),
        ("half a byte order mark", b"\xef\xbb".to_vec()),
        ("a byte order mark and a fence", b"\xef\xbb\xbf---".to_vec()),
        ("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf---\ntitle: A\n---\n".to_vec()),
        ("nothing but bytes that are no text", vec![0xff; 10_000]),
        ("NULs", vec![0; 10_000]),
        ("NULs in front matter", front_matter("summary: \0\0")),
        ("NULs in the body", level("## \0\n\n- \0\0 [[\0]] {#\0}\n")),
        ("characters that end in the middle", b"---\ntitle: \xf0\x9f\x9a".to_vec()),
        ("control characters", level("\u{1b}[31mred\u{1b}[0m \u{7} [[\u{1b}]] \u{85}\u{2028}\u{202e}")),
        ("YAML of one bracket", b"---\n[\n---\n".to_vec()),
        ("YAML of one colon", b"---\n:\n---\n".to_vec()),
        ("YAML of dashes", b"---\n- - - - -\n---\n".to_vec()),
        ("YAML with an alias of itself", b"---\na: &a [*a]\n---\n".to_vec()),
        ("several YAML documents", b"---\ntitle: A\n--- \n...\n---\ntitle: B\n---\n".to_vec()),
    ]
}

fn depths() -> Vec<Odd> {
    let deep = 5_000;
    vec![
        ("deep quotes", level(&">".repeat(deep))),
        ("deep quotes with text", level(&format!("{} a", "> ".repeat(deep)))),
        ("deep lists", level(&"- ".repeat(deep))),
        ("deep numbered lists", level(&"1. ".repeat(deep))),
        ("open brackets", level(&"[".repeat(deep))),
        ("wikilinks never closed", level(&"[[a".repeat(deep))),
        ("brackets in brackets", level(&format!("{}a{}", "[".repeat(deep), "](b)".repeat(deep)))),
        ("images in images", level(&format!("{}a{}", "![".repeat(2_000), "](b)".repeat(2_000)))),
        ("emphasis", level(&"*a _b ".repeat(deep))),
        ("stars", level(&"*".repeat(deep))),
        ("backticks", level(&joined(200, |n| format!("{} ", "`".repeat(n))))),
        ("elements", level(&"<b>".repeat(deep))),
        ("elements in blocks", level(&"<div>\n\n".repeat(1_000))),
        ("folded parts", level(&"<details><summary>a</summary>\n\n".repeat(1_000))),
        ("tags never closed", level(&"<a href=\"".repeat(deep))),
        ("comments never closed", level(&"<!-- ".repeat(deep))),
        ("footnotes", level(&format!("{}\n\n[^a]: {}", "[^a]".repeat(deep), "[^a]".repeat(10)))),
        ("footnotes in a circle", level("[^a]\n\n[^a]: [^b]\n\n[^b]: [^a]\n")),
        ("a wide table", level(&format!("|{}\n|{}\n", "a|".repeat(1_000), "-|".repeat(1_000)))),
        ("a long table", level(&format!("|a|\n|-|\n{}", "|[[b]]|\n".repeat(2_000)))),
        ("deep YAML lists", front_matter(&format!("tags: {}{}", "[".repeat(deep), "]".repeat(deep)))),
        ("open YAML lists", front_matter(&format!("tags: {}", "[".repeat(deep)))),
        ("deep YAML mappings", front_matter(&format!("facets: {}", "{a: ".repeat(deep)))),
        ("deep YAML blocks", front_matter(&joined(500, |n| format!("{}a:\n", " ".repeat(n))))),
        ("YAML that multiplies", front_matter(&billion_laughs())),
    ]
}

/// A "billion laughs" attack: every line contains the one above nine times.
fn billion_laughs() -> String {
    let line = |at: usize| format!("l{at}: &l{at} [{}]\n", format!("*l{},", at - 1).repeat(9));
    format!("l0: &l0 [ha]\n{}tags: *l9", joined(9, line))
}

fn lengths() -> Vec<Odd> {
    let long = 1_000_000;
    let many = 20_000;
    vec![
        ("a long line", level(&"word ".repeat(long / 5))),
        ("a long word", level(&"a".repeat(long))),
        ("a long heading", level(&format!("## {}", "a ".repeat(long / 2)))),
        ("a long expectation", level(&format!("## Craft\n\n- {}", "word ".repeat(long / 25)))),
        ("a long line of hyphens", level(&"-".repeat(long))),
        ("spaces", level(&" ".repeat(long))),
        ("line breaks", level(&"\n".repeat(long / 5))),
        ("a long title", format!("---\ntitle: {}\n---\n", "a".repeat(long)).into_bytes()),
        ("a long name", level(&format!("[[{}]]", "senoir ".repeat(10_000)))),
        ("a long anchor", level(&format!("[[#{}]]", "a".repeat(10_000)))),
        ("a long facet", front_matter(&format!("facets:\n  scope: |\n{}", "    see [[x]] there\n".repeat(2_000)))),
        ("many headings of one name", level(&"## Same\n\n".repeat(1_000))),
        ("many expectations of one name", level(&format!("## Craft\n\n{}", "- Same.\n".repeat(1_000)))),
        ("many fields", front_matter(&joined(1_000, |n| format!("field{n}: a\n")))),
        ("many tags", front_matter(&format!("tags: [{}]", joined(2_000, |n| format!("t{n},"))))),
        ("many broken links", level(&"[[senoir]]\n".repeat(2_000))),
        ("many colons", level(&": a\n".repeat(many))),
        ("many short lines", level(&"a\n".repeat(many))),
    ]
}

#[track_caller]
fn survives(odd: Vec<Odd>) {
    for (name, bytes) in odd {
        let project = Project::new()
            .file("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n")
            .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
            .bytes("content/ic/odd.md", &bytes);
        let tree = project.tree();
        let built = build(&tree, false);
        let sources = tree.over(&built.site.theme_sources());
        assert!(json::render(&built.problems, &sources).ends_with('\n'), "{name}");
        let few = &built.problems[..built.problems.len().min(20)];
        let shown = text::render(few, &sources, true);
        assert!(shown.is_empty() == few.is_empty(), "{name}: {shown}");
    }
}

#[test]
fn unusual_beginnings_do_no_harm() {
    survives(beginnings());
}

#[test]
fn deep_nesting_does_no_harm() {
    survives(depths());
}

#[test]
fn long_texts_do_no_harm() {
    survives(lengths());
}

/// The same as for pages applies to the configuration and the theme.
#[test]
fn an_unusual_configuration_does_no_harm() {
    for (name, bytes) in beginnings() {
        let page = "---\ntitle: Home\n---\n";
        let project = Project::new().file("content/index.md", page).bytes("stepladder.yaml", &bytes);
        let tree = project.bytes("themes/default/theme.yaml", &bytes).tree();
        let built = build(&tree, false);
        assert!(text::render(&built.problems, &tree, false).is_empty() == built.problems.is_empty(), "{name}");
    }
}

/// The sizes in bytes of two projects that repeat one thing.
const SIZES: [usize; 2] = [15_000, 60_000];

/// The most that a check of the larger project may take of the processor's time that one of the smaller takes: 4 times
/// would be in proportion, 16 times as the square.
const MAX_GROWTH: f64 = 9.0;

/// Seconds below which times aren't compared, since they consist of other things.
const MIN_SECONDS: f64 = 0.08;

/// An end for what would never end: seconds of processor time and kilobytes of address space.
#[cfg(unix)]
const LIMITS: (u32, u32) = (60, 3_000_000);

fn repeated(bytes: usize, part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < bytes {
        text += &part(number);
        number += 1;
    }
    text
}

/// Projects of some size in which one thing is repeated, each of which once took time or memory with the square of their
/// number, or worse.
fn repetitions(bytes: usize) -> Vec<(&'static str, Project)> {
    let repeated = |part: &dyn Fn(usize) -> String| repeated(bytes, part);
    let cell = |text: String| level(&format!("## Craft\n\n{text}"));
    let pages = vec![
        ("equal expectations", cell(repeated(&|_| "- a\n".to_owned()))),
        ("expectations alike", cell(repeated(&|n| format!("- Does thing {n} well and often\n")))),
        ("short expectations", cell(repeated(&|n| format!("- Do it {n}.\n")))),
        ("lines of an item", cell(format!("- a\n{}", repeated(&|_| "  b.\n".to_owned())))),
        ("quotes in quotes", cell(repeated(&|n| format!("{}a\n", ">".repeat(n % 100 + 1))))),
        ("rules", cell(repeated(&|_| "***\n\nText.\n\n".to_owned()))),
        ("items without a space", cell(repeated(&|_| "-a\n".to_owned()))),
        ("examples with footnotes", cell(repeated(&|n| format!("- Example: a[^x{n}]\n")))),
        ("headings that name no cell", level(&repeated(&|n| format!("## Level {n}\n\n- Does it well.\n\n")))),
        ("footnotes without a reference", level(&repeated(&|n| format!("[^a{n}]: b\n\n")))),
        ("folded parts in each other", level(&repeated(&|_| "<details>\n".to_owned()))),
        ("lists of HTML in each other", level(&repeated(&|_| "<ul><li>x\n".to_owned()))),
        ("CDATA", level(&repeated(&|_| "<![CDATA[".to_owned()))),
        ("links", level(&repeated(&|_| "[[craft]] ".to_owned()))),
        ("unknown links on a line", level(&repeated(&|n| format!("[[x{n}]] ")))),
        ("unknown anchors", level(&repeated(&|n| format!("## Part {n}\n\nSee [it](#prat-{n}x).\n\n")))),
        ("paragraphs", level(&repeated(&|_| "Some *words*.\n\n".to_owned()))),
        ("markers in a cell", level(&format!("| A |\n|-|\n| 1) {}|\n", repeated(&|_| "a} ".to_owned())))),
        ("former addresses", front_matter(&format!("aliases: [{}]", repeated(&|n| format!("x{n}, "))))),
        ("unknown fields", front_matter(&repeated(&|n| format!("field{n}: a\n")))),
        ("words of a name", front_matter(&format!("track: {}", repeated(&|n| format!("x{n} "))))),
        (
            "steps",
            format!("---\nkind: competency\ntitle: A\nscale: [{}]\n---\n", repeated(&|n| format!("s{n}, "))).into(),
        ),
        (
            "links in a text of front matter",
            front_matter(&format!("facets:\n  scope: |\n{}", repeated(&|_| "    see [[x]] there\n".to_owned()))),
        ),
    ];
    let with = |bytes: Vec<u8>| small().bytes("content/ic/odd.md", &bytes);
    pages.into_iter().map(|(name, bytes)| (name, with(bytes))).chain(many_pages(bytes)).collect()
}

/// As [`repetitions`], of pages of about 100 bytes.
fn many_pages(bytes: usize) -> Vec<(&'static str, Project)> {
    let count = bytes / 100;
    let levels = |extends: &dyn Fn(usize) -> Option<usize>| {
        (1..=count).fold(small(), |project, n| {
            let extends = extends(n).map(|base| format!("extends: l{base}\n")).unwrap_or_default();
            let text =
                format!("---\nkind: level\ntitle: Level {n}\nrank: {n}\n{extends}---\n## Craft\n\n- Does {n} well.\n");
            project.bytes(&format!("content/ic/l{n}.md"), text.as_bytes())
        })
    };
    let links = (0..count).fold(small(), |project, n| {
        let page = format!("---\ntitle: Our page of number {n}\n---\nText.\n");
        project.bytes(&format!("content/p/{n}.md"), page.as_bytes())
    });
    let unknown = joined(count, |n| format!("[[Our pgae of nubmer {n}]]\n"));
    vec![
        ("levels of a track", levels(&|_| None)),
        ("levels that extend each other", levels(&|n| (n > 1).then_some(n - 1))),
        ("levels that extend each other in a circle", levels(&|n| Some(if n > 1 { n - 1 } else { count }))),
        ("unknown links and pages", links.bytes("content/q.md", format!("---\ntitle: Q\n---\n{unknown}").as_bytes())),
    ]
}

fn small() -> Project {
    Project::new()
        .file("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n")
        .file("content/ic/mid.md", "---\nkind: level\ntitle: Mid\nrank: 2\n---\n## Craft\n\n- Does it.\n")
        .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
}

/// Checks a project with the program; returns the seconds of processor time.
#[cfg(unix)]
#[track_caller]
fn check_within_limits(name: &str, project: &Project) -> f64 {
    let folder = project.on_disk();
    let (seconds, kilobytes) = LIMITS;
    // The last line of `times` is about the shell's children: their user time, and the system's.
    let script =
        format!("ulimit -t {seconds} && ulimit -v {kilobytes} && \"$0\" check; status=$?; times; exit $status");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_stepladder")]).current_dir(folder.path(""));
    let output = command.output().expect("the program starts");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}", output.status);
    let shown = String::from_utf8(output.stderr).expect("a text");
    let problems = shown.matches("error[").count() + shown.matches("warning[").count();
    assert!(problems <= 1001, "{name}: {problems} problems are shown");
    assert!(shown.len() < 2_000_000, "{name}: {} bytes are shown", shown.len());
    let times = String::from_utf8(output.stdout).expect("a text");
    let times = times.lines().last().and_then(|line| line.split_whitespace().map(seconds_of).sum::<Option<f64>>());
    times.unwrap_or_else(|| panic!("{name}: no times"))
}

/// The seconds of a time such as `1m2.345s`.
#[cfg(unix)]
fn seconds_of(time: &str) -> Option<f64> {
    let (minutes, seconds) = time.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}

#[cfg(unix)]
#[test]
fn many_of_one_thing_take_time_and_memory_in_proportion() {
    let other = check_within_limits("a small project", &small());
    let [few, many] = SIZES.map(repetitions);
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        let seconds = |project| (check_within_limits(name, project) - other).max(MIN_SECONDS);
        let (few, many) = (seconds(few), seconds(many));
        println!("{name}: {few:.2} s, {many:.2} s");
        assert!(many < few * MAX_GROWTH, "{name}: {few:.2} s, but {many:.2} s for 4 times as many");
    }
}

/// A scale has a limit, since each of its steps has a place on many pages.
#[test]
fn a_scale_of_too_many_steps_is_one_problem_at_the_first() {
    let steps = joined(101, |n| format!("  - Step {n}\n"));
    let page = format!("---\nkind: competency\ntitle: A\nscale:\n{steps}---\n## Step 101\n\n- Does it.\n");
    let problems = small().bytes("content/a.md", page.as_bytes()).problems();
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(problem.message, "a scale has at most 100 steps, but this one has 101");
    assert_eq!(&page[problem.span.start..problem.span.end], "Step 101");
}
