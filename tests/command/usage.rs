use super::{broken, files, project};
use crate::support::Folder;

const COMMANDS: [&str; 7] = ["serve", "build", "check", "explain", "init", "new", "completions"];

#[test]
fn every_command_has_help_with_examples() {
    for command in COMMANDS {
        let run =
            Folder::empty().run(&[command, "--help"]).succeeds().prints("Usage:").prints("Examples:\n  stepladder ");
        assert_eq!(run.stderr, "");
    }
    let run = Folder::empty().run(&["--help"]).succeeds().prints("Exit status: 0").prints("Examples:");
    for command in COMMANDS {
        assert!(run.stdout.contains(&format!("  {command} ")), "{command} is not in\n{}", run.stdout);
    }
}

#[test]
fn the_version_is_printed() {
    Folder::empty().run(&["--version"]).succeeds().prints(concat!("stepladder ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_missing_command_is_a_usage_error_that_lists_all() {
    Folder::empty().run(&[]).refuses().prints_nothing().says("Commands:");
}

#[test]
fn a_typo_gets_a_suggestion() {
    for (typed, meant) in [
        (&["biuld"][..], "'build'"),
        (&["chekc"], "'check'"),
        (&["build", "--draft"], "'--drafts'"),
        (&["check", "--formt", "json"], "'--format'"),
        (&["check", "--format", "jsno"], "'json'"),
        (&["check", "--format", "gihub"], "'github'"),
        (&["build", "--format", "sarf"], "'sarif'"),
        (&["explain", "brokn-link"], "`broken-link`"),
        (&["explian", "broken-link"], "'explain'"),
        (&["new", "levle", "x"], "'level'"),
    ] {
        project().run(typed).refuses().prints_nothing().says(meant);
    }
}

#[test]
fn invalid_arguments_are_usage_errors() {
    for typed in [&["check", "-q", "-v"][..], &["new", "level"]] {
        project().run(typed).refuses().prints_nothing();
    }
    for typed in ["--today=tomorrow", "--today=2026-02-30"] {
        project().run(&["check", typed]).refuses().prints_nothing().says("expected a date, such as 2026-11-22");
    }
    let folder = project().on_disk();
    let check = |epoch: &str| folder.run_in("", &["check"], &[("SOURCE_DATE_EPOCH", epoch)]);
    check("soon").refuses().says("SOURCE_DATE_EPOCH").says("soon");
    for out_of_range in ["253402300800", "-62135596801", "9223372036854775807", "-9223372036854775808"] {
        check(out_of_range).refuses().says("is no date of the years 1 to 9999").says("not of milliseconds");
    }
    for date in ["253402300799", "0", "-1", "-62135596800"] {
        check(date).succeeds();
    }
}

#[test]
fn the_exit_status_distinguishes_the_content_the_command_and_the_system() {
    let folder = project().on_disk();
    folder.write("public", "a file where the folder belongs");
    folder.run(&["check"]).exits(0);
    broken().on_disk().run(&["build"]).exits(1);
    folder.run(&["check", "--project", "elsewhere"]).exits(2);
    folder.run(&["build"]).exits(3);
    Folder::empty().run(&["--help"]).prints("1 if the content has errors, 2 if").prints("used wrongly, 3 if");
}

#[test]
fn a_missing_content_folder_is_reported_with_a_similar_one() {
    let folder = Folder::empty();
    folder.write("stepladder.yaml", "title: Test\n");
    folder.run(&["check"]).refuses().prints_nothing().says("no folder `content/`").says("stepladder new page index");
    folder.write("contents/index.md", "---\ntitle: Home\n---\n");
    folder.run(&["build"]).refuses().says("did you mean `contents/`?");
    folder.run(&["new", "page", "index"]).succeeds();
    folder.run(&["check"]).succeeds();
}

#[test]
fn a_missing_project_is_a_usage_error_with_help() {
    for command in [&["check"][..], &["build"], &["new", "page", "about"]] {
        let folder = Folder::empty();
        folder
            .run(command)
            .refuses()
            .prints_nothing()
            .says("stepladder.yaml")
            .says("stepladder init")
            .says("--project");
        assert!(files(&folder, "").is_empty());
    }
    let folder = Folder::empty();
    folder.run(&["check", "--project", "elsewhere"]).refuses().says("elsewhere").says("stepladder.yaml");
}

#[test]
fn a_project_is_found_from_its_subfolders() {
    let folder = project().on_disk();
    folder.run_in("content/ic", &["build"], &[]).succeeds();
    assert!(folder.has("public/index.html") && !folder.has("content/ic/public"));
    let run = broken().on_disk().run_in("content", &["check"], &[]).fails();
    assert!(
        run.stderr.contains("--> content/index.md:4"),
        "places are told from the project's folder:\n{}",
        run.stderr
    );
}

#[test]
fn a_project_can_be_given_as_an_argument() {
    let folder = project().on_disk();
    let elsewhere = Folder::empty();
    let place = folder.path("");
    elsewhere.run(&["build", "--project", place.to_str().expect("a path in Unicode")]).succeeds();
    assert!(folder.has("public/index.html") && files(&elsewhere, "").is_empty());
    folder.run_in("content", &["check", "--project", ".."], &[]).succeeds();
    folder.run_in("content", &["check", "--project", "."], &[]).refuses();
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = Folder::empty().run(&["completions", shell]).succeeds().prints("stepladder").prints("completions");
        assert_eq!(run.stderr, "");
        for command in COMMANDS {
            assert!(run.stdout.contains(command), "{shell} does not know {command}");
        }
    }
    Folder::empty().run(&["completions", "tcsh"]).refuses().prints_nothing().says("fish");
}

#[test]
fn only_terminals_get_colours() {
    for run in [project().run(&["check"]), broken().run(&["check"]), broken().run(&["build", "--format=json"])] {
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{run:?}");
    }
}

/// The program `script` of every Linux gives a command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colours_unless_they_are_disabled() {
    let shown = |variables: &[(&str, &str)]| {
        let folder = broken().on_disk();
        let check = format!("'{}' check --today 2026-11-22", env!("CARGO_BIN_EXE_stepladder"));
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &check, "/dev/null"]).current_dir(folder.path("")).stdin(std::process::Stdio::null());
        script.env_remove("NO_COLOR").envs(variables.iter().copied());
        let output = script.output().expect("the program `script` (package bsdutils) starts");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let coloured = shown(&[]);
    assert!(coloured.contains("\u{1b}[") && coloured.contains("broken-link"), "{coloured}");
    let plain = shown(&[("NO_COLOR", "1")]);
    assert!(!plain.contains('\u{1b}') && plain.contains("broken-link"), "{plain}");
    assert!(shown(&[("NO_COLOR", "")]).contains("\u{1b}["), "an empty NO_COLOR is none");
}
