//! Every page of the guide that ships, and of ladders of odd shape, is valid HTML: the Nu HTML checker has nothing to say
//! of it, warnings included.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::sites::{self, Site};
use crate::tools;

#[test]
fn a_conformance_checker_finds_nothing_but_a_mistake_made_on_purpose() {
    let Some(checker) = tools::fetched("vnu-jar/build/dist/vnu.jar") else { return };
    let Some(()) = tools::installed("java") else { return };
    let mistake = TempDir::new().expect("a temporary folder");
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>A</title><p><div>b</div></p>";
    fs::write(mistake.path().join("mistake.html"), page).expect("a page");
    let sites = sites::golden().chain(sites::shapes()).chain([sites::guide()]);
    let mut folders: Vec<&Path> = sites.map(Site::folder).collect();
    folders.push(mistake.path());
    // All in one run, as Java takes seconds to start.
    let found = check(&checker, &folders);
    let (meant, wrong): (Vec<String>, Vec<String>) =
        found.iter().map(describe).partition(|one| one.contains("/mistake.html:"));
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(!meant.is_empty(), "the checker finds what is wrong");
}

/// The messages of the checker about the pages in some folders.
fn check(checker: &Path, folders: &[&Path]) -> Vec<Value> {
    let mut java = Command::new("java");
    java.arg("-jar").arg(checker).args(["--skip-non-html", "--format", "json"]).args(folders);
    let output = java.output().expect("java runs");
    // It says nothing at all of pages that are as they should be.
    let said = [output.stderr, output.stdout].concat();
    if said.trim_ascii().is_empty() {
        assert!(output.status.success(), "the checker ends with {}", output.status);
        return Vec::new();
    }
    let said: Value =
        serde_json::from_slice(&said).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&said)));
    let messages = said["messages"].as_array().expect("a list of messages").iter();
    // `<br />` is no mistake; some authors write it in raw HTML. And a site of another language whose pages hold few words of
    // its author has more of the theme's.
    let meant = ["Trailing slash on void", "This document appears to be written in English but"];
    let is_meant =
        |one: &&Value| !one["message"].as_str().is_some_and(|text| meant.iter().any(|start| text.starts_with(start)));
    messages.filter(is_meant).cloned().collect()
}

/// The file, line and text of a message.
fn describe(message: &Value) -> String {
    format!("{}:{}: {}", message["url"].as_str().unwrap_or_default(), message["lastLine"], message["message"])
}
