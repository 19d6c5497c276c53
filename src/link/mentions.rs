//! Files that a text mentions without a link: in front matter, attributes, style sheets and templates.

use std::collections::{BTreeSet, HashSet};

use crate::name;
use crate::percent::decode_leniently;
use crate::percent::encode;
use crate::tree::TreePath;

/// The longest ending of a file's name, so that a sentence's end isn't taken for one.
const MAX_ENDING_CHARS: usize = 8;

/// The paths that texts mention, in NFC and lower case, without their starts (`./`, `../`, `/`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions(BTreeSet<String>);

impl Mentions {
    /// Adds all that looks like the path of a file: whatever is between quotes, brackets, line breaks or spaces and has a
    /// file's ending.
    pub fn add(&mut self, text: &str) {
        let is_delimiter = |c: char| {
            matches!(c, '"' | '\'' | '(' | ')' | '<' | '>' | '{' | '}' | '[' | ']' | ',' | ';' | '|' | '=' | '\n')
        };
        for part in text.split(is_delimiter).filter(|part| part.contains('.')) {
            let value = part.rsplit(": ").next().unwrap_or(part).trim();
            self.add_path(value.strip_prefix("- ").unwrap_or(value));
            part.split_whitespace().for_each(|word| self.add_path(word));
        }
    }

    /// Adds the paths that others mention.
    pub fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().cloned());
    }

    /// Returns whether a file is mentioned: by its path or the end of it, as paths start at different folders.
    #[must_use]
    pub fn contain(&self, file: &TreePath) -> bool {
        let path = name::lower(file.as_str());
        let tails = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
        tails.chain([path.as_str()]).any(|tail| self.0.contains(tail))
    }

    fn add_path(&mut self, written: &str) {
        let address = written.split(['?', '#']).next().unwrap_or_default();
        let has_ending = address.rsplit_once('.').is_some_and(|(start, ending)| {
            !start.is_empty()
                && (1..=MAX_ENDING_CHARS).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if has_ending && !address.contains("://") {
            let path = decode_leniently(address);
            self.0.insert(name::lower(path.trim_start_matches(['.', '/'])));
        }
    }
}

/// The files that published pages link to or mention.
#[derive(Debug, Default)]
pub struct UsedFiles {
    /// The addresses of those that are linked to, percent-encoded.
    linked: HashSet<String>,
    mentioned: Mentions,
}

impl UsedFiles {
    /// Adds the files of a page: the addresses of those that it links to, and those that it mentions.
    pub(super) fn add<'a>(&mut self, linked: impl Iterator<Item = &'a String>, mentioned: &Mentions) {
        self.linked.extend(linked.cloned());
        self.mentioned.extend(mentioned);
    }

    /// Returns whether a file is among them, by its path in `content/`.
    #[must_use]
    pub fn contain(&self, file: &TreePath) -> bool {
        self.linked.contains(&encode(file.as_str())) || self.mentioned.contain(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_front_matter_attributes_style_sheets_and_templates() {
        let mut mentions = Mentions::default();
        mentions.add("image: ./My Photo.png\nmore:\n  - \"a (old).pdf\"\nlist: [x.csv, y.csv]\n");
        mentions.add("<img srcset=\"a%20b.webp 2x, c.webp?v=1 3x\"><a href=/d/e.zip#part>");
        mentions.add("a { background: url(../img/f.svg) }\n<link href=\"{{ root }}g.ico\">");
        let files = ["img/my photo.png", "x.csv", "Y.csv", "a b.webp", "deep/c.webp", "d/e.zip", "img/f.svg", "g.ico"];
        for file in files {
            assert!(mentions.contain(&TreePath::normalized(file)), "{file}: {mentions:?}");
        }
        for file in ["e.zip", "other/f.svg", "img/xg.ico", "photo.pngx"] {
            assert!(!mentions.contain(&TreePath::normalized(file)), "{file}: {mentions:?}");
        }
    }
}
