//! No two types of the crate have the same name.

use std::collections::BTreeMap;

use super::source::{File, files, is_word};

/// Names of several types. A name that is unique again has to be removed from this list.
const SHARED_NAMES: &[&str] =
    &["Area", "Competency", "Level", "LevelOutline", "Serves", "Source", "Sources", "Track", "Written"];

#[test]
fn every_type_has_a_name_of_its_own() {
    let files = files();
    let mut definitions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in &files {
        for name in types(file) {
            definitions.entry(name).or_default().push(&file.path);
        }
    }
    definitions.retain(|_, places| places.len() > 1);
    let new: Vec<_> = definitions.iter().filter(|(name, _)| !SHARED_NAMES.contains(name)).collect();
    assert!(new.is_empty(), "names of several types:\n{new:#?}");
    let gone: Vec<_> = SHARED_NAMES.iter().filter(|name| !definitions.contains_key(*name)).collect();
    assert!(gone.is_empty(), "no longer shared, so remove it from SHARED_NAMES: {gone:?}");
}

/// The structs, enums, unions, traits and type aliases that a file defines, private ones and those in functions included.
/// Associated types are not among them.
fn types(file: &File) -> Vec<&str> {
    let mut words = file.code.split(|c| !is_word(c)).filter(|word| !word.is_empty());
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        if ["struct", "enum", "trait"].contains(&word) {
            found.extend(words.next());
        }
    }
    found
}
