//! Makes slugs unique by numbers.

use std::collections::BTreeSet;

/// Makes slugs unique: of equal ones, all but the first are numbered from 2.
pub(crate) fn numbered(wanted: impl Iterator<Item = String>) -> Vec<String> {
    let wanted: Vec<String> = wanted.collect();
    let mut taken: BTreeSet<String> = wanted.iter().cloned().collect();
    let mut firsts = BTreeSet::new();
    let mut distinct = |slug: &String| {
        if firsts.insert(slug.clone()) {
            return slug.clone();
        }
        let mut number = 2;
        while !taken.insert(format!("{slug}-{number}")) {
            number += 1;
        }
        format!("{slug}-{number}")
    };
    wanted.iter().map(&mut distinct).collect()
}
