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

/// The seconds of processor time and the kilobytes of address space that a check of [`LARGE`] bytes may take. Time with the
/// square of the length exceeds the first by far; it isn't a measure, but an end for what would never end.
#[cfg(unix)]
const LIMITS: (u32, u32) = (60, 4_000_000);

/// The size of a page that repeats one thing.
const LARGE: usize = 200_000;

fn repeated(part: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < LARGE {
        text += &part(number);
        number += 1;
    }
    text
}

/// Pages on which one thing is repeated, each of which once took time or memory with the square of their number, or worse.
fn repetitions() -> Vec<(&'static str, Vec<u8>)> {
    let cell = |text: &str| level(&format!("## Craft\n\n{text}"));
    vec![
        ("equal expectations", cell(&repeated(|_| "- a\n".to_owned()))),
        ("expectations alike", cell(&repeated(|n| format!("- Does thing {n} well and often\n")))),
        ("lines of an item", cell(&format!("- a\n{}", repeated(|_| "  b.\n".to_owned())))),
        ("quotes in quotes", cell(&repeated(|n| format!("{}a\n", ">".repeat(n % 100 + 1))))),
        ("rules", cell(&repeated(|_| "***\n\nText.\n\n".to_owned()))),
        ("items without a space", cell(&repeated(|_| "-a\n".to_owned()))),
        ("examples with footnotes", cell(&repeated(|n| format!("- Example: a[^x{n}]\n")))),
        ("headings that name no cell", level(&repeated(|n| format!("## Level {n}\n\n- Does it well.\n\n")))),
        ("footnotes without a reference", level(&repeated(|n| format!("[^a{n}]: b\n\n")))),
        ("folded parts in each other", level(&repeated(|_| "<details>\n".to_owned()))),
        ("lists of HTML in each other", level(&repeated(|_| "<ul><li>x\n".to_owned()))),
        ("CDATA", level(&repeated(|_| "<![CDATA[".to_owned()))),
        ("unknown links on a line", level(&repeated(|n| format!("[[x{n}]] ")))),
        ("markers in a cell", level(&format!("| A |\n|-|\n| 1) {}|\n", repeated(|_| "a} ".to_owned())))),
        ("former addresses", front_matter(&format!("aliases: [{}]", repeated(|n| format!("x{n}, "))))),
        ("unknown fields", front_matter(&repeated(|n| format!("field{n}: a\n")))),
        (
            "links in a text of front matter",
            front_matter(&format!("facets:\n  scope: |\n{}", repeated(|_| "    see [[x]] there\n".to_owned()))),
        ),
    ]
}

#[cfg(unix)]
#[test]
fn many_of_one_thing_take_time_and_memory_in_proportion() {
    use std::process::Command;

    let (seconds, kilobytes) = LIMITS;
    for (name, bytes) in repetitions() {
        let project = Project::new()
            .file("content/ic/index.md", "---\nkind: track\ntitle: Individual contributor\n---\n")
            .file("content/ic/mid.md", "---\nkind: level\ntitle: Mid\nrank: 2\n---\n## Craft\n\n- Does it.\n")
            .file("content/craft.md", "---\nkind: competency\ntitle: Craft\n---\n")
            .bytes("content/ic/odd.md", &bytes);
        let folder = project.on_disk();
        let limited = format!("ulimit -t {seconds} && ulimit -v {kilobytes} && exec \"$0\" check");
        let mut command = Command::new("sh");
        let output =
            command.args(["-c", &limited, env!("CARGO_BIN_EXE_stepladder")]).current_dir(folder.path("")).output();
        let output = output.expect("the program starts");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}", output.status);
        let shown = String::from_utf8(output.stderr).expect("a text");
        let problems = shown.matches("error[").count() + shown.matches("warning[").count();
        assert!(problems <= 101, "{name}: {problems} problems are shown");
        assert!(shown.len() < 2_000_000, "{name}: {} bytes are shown", shown.len());
    }
}
