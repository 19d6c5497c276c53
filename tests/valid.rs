//! Every page of the guide that ships, and of ladders of odd shape, is valid HTML: the Nu HTML checker has nothing to say
//! of it, warnings included.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use stepladder::disk;
use tempfile::TempDir;

use crate::support::build;
use crate::{golden, invariants, shapes, tools};

#[test]
fn a_conformance_checker_finds_nothing() {
    let Some(checker) = tools::fetched("vnu-jar/build/dist/vnu.jar") else { return };
    let Some(()) = tools::installed("java") else { return };
    let folder = TempDir::new().expect("a temporary folder");
    let mut projects = vec![("guide".to_owned(), invariants::guide())];
    projects.extend(golden::in_default_theme());
    projects.extend(shapes::all().map(|(name, project)| (name.to_owned(), project.tree())));
    for (at, (_, project)) in projects.iter().enumerate() {
        disk::write(&build(project, false).files, &folder.path().join(at.to_string()), false).expect("a site");
    }
    let found = check(&checker, folder.path());
    let wrong: Vec<String> = found.iter().map(|one| told(one, &projects)).collect();
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_checker_does_find_what_is_wrong() {
    let Some(checker) = tools::fetched("vnu-jar/build/dist/vnu.jar") else { return };
    let Some(()) = tools::installed("java") else { return };
    let folder = TempDir::new().expect("a temporary folder");
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>A</title><p><div>b</div></p>";
    fs::write(folder.path().join("a.html"), page).expect("a page");
    assert!(!check(&checker, folder.path()).is_empty());
}

/// All that the checker says of the pages in a folder.
fn check(checker: &Path, folder: &Path) -> Vec<Value> {
    let mut java = Command::new("java");
    java.arg("-jar").arg(checker).args(["--skip-non-html", "--format", "json"]).arg(folder);
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

fn told(message: &Value, projects: &[(String, stepladder::tree::Tree)]) -> String {
    let url = message["url"].as_str().unwrap_or_default();
    let named = projects.iter().enumerate().find_map(|(at, (name, _))| {
        let (_, path) = url.split_once(&format!("/{at}/"))?;
        Some(format!("{name}: {path}"))
    });
    format!("{}:{}: {}", named.unwrap_or_else(|| url.to_owned()), message["lastLine"], message["message"])
}
