//! `explain`.

use stepladder::diagnostic::Code;

use crate::support::Folder;

/// Runs `explain` outside of any project.
fn explain(arguments: &[&str]) -> crate::support::Run {
    Folder::empty().run(&[&["explain"], arguments].concat())
}

#[test]
fn all_codes_are_listed_with_their_severity_and_a_sentence() {
    let run = explain(&[]).succeeds();
    assert_eq!((run.stderr.as_str(), run.stdout.contains('\u{1b}')), ("", false));
    let lines: Vec<&str> = run.stdout.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(lines.len(), Code::ALL.len());
    assert!(lines.is_sorted(), "{}", run.stdout);
    for code in Code::ALL {
        let line = lines.iter().find(|line| line.split_whitespace().next() == Some(code.as_str()));
        let line = line.unwrap_or_else(|| panic!("{} isn't listed", code.as_str()));
        assert!(line.contains(&format!(" {} ", code.severity().as_str())), "{line}");
        assert!(code.description().ends_with('.') && !code.description().starts_with(' '), "{}", code.description());
    }
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100), "{}", run.stdout);
}

#[test]
fn a_page_is_printed_as_text_whatever_the_case_of_its_code() {
    for typed in ["unknown-owner", "Unknown-Owner", "UNKNOWN-OWNER"] {
        let run = explain(&[typed]).succeeds().prints("unknown-owner\n=====");
        assert_eq!(run.stderr, "");
        for words in [
            "\nSeverity: error\n",
            "\nHow to fix it\n-------------\n",
            "\ncontent/about.md:\n    ---\n    title: About\n    owner: peple\n",
            "\nStepladder reports this:\n    content/about.md:3:8 error[unknown-owner]: ",
            "\n      help: did you mean `people`?\n",
        ] {
            assert!(run.stdout.contains(words), "{words:?} isn't in\n{}", run.stdout);
        }
        assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains("```"), "{}", run.stdout);
    }
}

#[test]
fn a_code_can_be_copied_with_its_brackets() {
    let page = explain(&["broken-link"]).succeeds().stdout;
    for copied in ["error[broken-link]", "error[broken-link]:", "[broken-link]"] {
        assert_eq!(explain(&[copied]).succeeds().stdout, page, "{copied}");
    }
}

#[test]
fn an_unknown_code_gets_a_suggestion_or_the_list() {
    explain(&["unkown-owner"]).refuses().prints_nothing().says("did you mean `unknown-owner`?");
    explain(&["zzz"]).refuses().prints_nothing().says("`stepladder explain` lists all");
    explain(&["unknown-owner", "unknown-kind"]).refuses().prints_nothing();
    explain(&["--cod", "x"]).refuses().prints_nothing();
}

/// The program `script` of every Linux gives a command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_bold_headings_and_its_own_width() {
    let shown = |columns: u32, variables: &[(&str, &str)]| {
        let explain =
            format!("stty rows 40 cols {columns}; '{}' explain unknown-owner", env!("CARGO_BIN_EXE_stepladder"));
        let mut script = std::process::Command::new("script");
        script.args(["-qec", &explain, "/dev/null"]).stdin(std::process::Stdio::null());
        script.env_remove("NO_COLOR").envs(variables.iter().copied());
        let output = script.output().expect("the program `script` (package bsdutils) starts");
        String::from_utf8(output.stdout).expect("UTF-8").replace('\r', "")
    };
    let longest =
        |text: &str| text.lines().filter(|line| !line.starts_with(' ')).map(|line| line.chars().count()).max();
    let (narrow, wide) = (shown(50, &[("NO_COLOR", "1")]), shown(300, &[]));
    assert!(longest(&narrow) <= Some(50) && !narrow.contains('\u{1b}'), "{narrow}");
    assert!(longest(&wide) > Some(80) && longest(&wide) <= Some(108), "{wide}");
    assert!(wide.contains("\u{1b}[1munknown-owner\u{1b}[0m"), "{wide}");
}
