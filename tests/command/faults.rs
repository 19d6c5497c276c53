//! Builds that are killed, or that the system stops: the site stays whole.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{files, project};
use crate::support::{Folder, Rng, TODAY, command};

/// How often a build is killed.
const KILLS: usize = 50;

/// The files of the site, without Stepladder's own.
fn site(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let mut site = files(folder, "public");
    site.retain(|path, _| !path.starts_with(".stepladder-"));
    site
}

/// Writes one of two versions of a project: they differ in the text of every page, and in a folder of pages.
fn set_version(folder: &Folder, version: usize) {
    folder.write("stepladder.yaml", format!("title: Version {version}\n"));
    for number in 0..12 {
        let page = format!("---\ntitle: Page {number}\n---\nText of version {version}.\n");
        folder.write(&format!("content/notes/{number}.md"), &page);
        let name = |version: usize| format!("content/only-{version}/{number}.md");
        folder.write(&name(version), &page);
        if folder.has(&name(1 - version)) {
            folder.remove(&name(1 - version));
        }
    }
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_the_site_whole() {
    let folder = project().on_disk();
    let mut longest = Duration::ZERO;
    let versions = [0, 1].map(|version| {
        set_version(&folder, version);
        let start = Instant::now();
        folder.run(&["build"]).succeeds();
        longest = longest.max(start.elapsed());
        site(&folder)
    });
    let mut rng = Rng::new(50);
    let mut interrupted = 0;
    for number in 0..KILLS {
        set_version(&folder, number % 2);
        let mut build = command(&folder.path(""), &["build"], &[]).stderr(Stdio::null()).spawn().expect("the program");
        std::thread::sleep(longest.mul_f64(f64::from(u32::try_from(rng.below(1000)).expect("small")) / 1000.0));
        build.kill().expect("it can be killed");
        interrupted += usize::from(!build.wait().expect("it ends").success());
        let found = site(&folder);
        if folder.has("public/.stepladder-publishing") {
            for (path, bytes) in &found {
                assert!(versions.iter().any(|site| site.get(path) == Some(bytes)), "{path} is torn");
            }
        } else {
            assert!(versions.contains(&found), "the site is neither the old nor the new one");
        }
        if number % 10 == 9 {
            folder.run(&["build"]).succeeds();
            assert_eq!(site(&folder), versions[number % 2]);
            let own: Vec<String> = files(&folder, "public").into_keys().filter(|path| path.starts_with('.')).collect();
            assert_eq!(own, [".stepladder-manifest"], "temporary files are left");
        }
    }
    assert!(interrupted > KILLS / 4, "only {interrupted} of {KILLS} builds were interrupted");
}

#[test]
fn a_file_that_can_not_be_written_to_its_end_leaves_the_previous_site() {
    let folder = project().on_disk();
    folder.run(&["build"]).succeeds();
    let before = files(&folder, "public");
    folder.write("content/long.md", format!("---\ntitle: Long\n---\n{}\n", "A long text. ".repeat(40_000)));
    let program = env!("CARGO_BIN_EXE_stepladder");
    // The limit is 512 or 1,024 times 400 bytes. As an ignored signal, it's an error of the write.
    let script = format!("trap '' XFSZ; ulimit -f 400; exec '{program}' build --today={TODAY}");
    let run = Command::new("sh").args(["-c", &script]).current_dir(folder.path("")).output().expect("a shell");
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains("error: couldn't write `") && said.contains("public/"), "{said}");
    assert_eq!(files(&folder, "public"), before);
}

/// Runs a script in which file systems can be mounted, without rights outside of it. `None`, loudly, where the system has
/// no such namespaces.
#[cfg(target_os = "linux")]
fn with_mounts(folder: &Folder, script: &str) -> Option<String> {
    let isolated = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-euc", script]).current_dir(folder.path(""));
        command.env("STEPLADDER", env!("CARGO_BIN_EXE_stepladder")).env("TODAY", TODAY.to_string());
        command.output()
    };
    if !isolated("mkdir -p mounted; mount -t tmpfs tmpfs mounted").is_ok_and(|run| run.status.success()) {
        use std::io::Write;

        // Not by a macro, whose output is captured.
        let warning = "NOT TESTED on a real file system: nothing can be mounted here (`unshare --user --mount`)\n";
        let _ = std::io::stderr().write_all(warning.as_bytes());
        return None;
    }
    let run = isolated(script).expect("a shell");
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).expect("text"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_previous_site() {
    let folder = project().on_disk();
    let said = with_mounts(
        &folder,
        r#"
        mkdir public; mount -t tmpfs -o size=16m tmpfs public
        sums() { (cd public; find . -type f | sort | xargs cksum; find . -name '.stepladder-*'); }
        "$STEPLADDER" build --today="$TODAY"
        sums > before
        head -c 12m /dev/zero > public/ballast.bin; mv public/ballast.bin public/.ballast
        sums > before
        mkdir content/large; seq 1 900000 > content/large/numbers.txt
        status=0; "$STEPLADDER" build --today="$TODAY" 2> said || status=$?
        sums > after
        cmp before after
        echo "status $status"; cat said
        rm public/.ballast
        "$STEPLADDER" build --today="$TODAY"
        cmp content/large/numbers.txt public/large/numbers.txt
        "#,
    );
    if let Some(said) = said {
        assert!(said.contains("status 3") && said.contains("No space left on device"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_output_is_reported_and_stays() {
    let folder = project().on_disk();
    let said = with_mounts(
        &folder,
        r#"
        "$STEPLADDER" build --today="$TODAY"
        sums() { (cd public; find . -type f | sort | xargs cksum); }
        sums > before
        mount --bind public public; mount -o remount,ro,bind public
        for change in none some; do
            test $change = none || echo more >> content/index.md
            status=0; "$STEPLADDER" build --today="$TODAY" 2> said || status=$?
            echo "status $status"; cat said
        done
        sums > after; cmp before after
        "#,
    );
    if let Some(said) = said {
        assert_eq!(said.matches("status 3").count(), 2, "{said}");
        assert_eq!(said.matches("Read-only file system").count(), 2, "{said}");
    }
}
