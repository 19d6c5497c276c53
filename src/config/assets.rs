//! Files of `content/` that are published although no page links to them.

use glob::{MatchOptions, Pattern};

use super::style::PROJECT_STYLE_SHEET;
use crate::diagnostic::Advice;
use crate::yaml::{Fields, scalar};

/// Files that web servers and browsers ask for, and that templates link to, whatever pages link to.
const WELL_KNOWN: [&str; 6] =
    [".well-known/**", ".nojekyll", "CNAME", "favicon.*", "apple-touch-icon*.png", PROJECT_STYLE_SHEET];

const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// The patterns of files in `content/` that need no link.
#[derive(Debug, Clone)]
pub struct AssetPatterns(Vec<Pattern>);

impl Default for AssetPatterns {
    fn default() -> Self {
        Self(WELL_KNOWN.iter().filter_map(|pattern| Pattern::new(pattern).ok()).collect())
    }
}

impl AssetPatterns {
    /// Returns whether a file needs no link, by its path in `content/`.
    #[must_use]
    pub fn allow(&self, path: &str) -> bool {
        self.0.iter().any(|pattern| pattern.matches_with(path, OPTIONS))
    }
}

/// Reads `assets`: patterns of paths in `content/`, beside the well-known ones.
pub(super) fn read(fields: &mut Fields<'_>) -> AssetPatterns {
    let mut patterns = AssetPatterns::default();
    for given in fields.distinct("assets") {
        let written = given.value.trim_start_matches('/');
        if let Some(inside) = written.strip_prefix("content/") {
            let help = format!("write `{inside}`: patterns start in that folder");
            let advice = Advice::replace_by(help, scalar(inside));
            fields.invalid_value(&given.span, "a pattern in `assets` can't begin with `content/`", advice);
            continue;
        }
        if let Ok(pattern) = Pattern::new(written) {
            patterns.0.push(pattern);
        } else {
            let message = format!("`{}` isn't a pattern for files", given.value);
            let help =
                "for example, `handouts/*.pdf` for files in a folder, or `handouts/**` for all in it and its folders";
            fields.invalid_value(&given.span, message, help);
        }
    }
    patterns
}

/// A pattern for just one path.
#[must_use]
pub fn pattern_of(path: &str) -> String {
    Pattern::escape(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(patterns: &[&str]) -> AssetPatterns {
        AssetPatterns(patterns.iter().map(|pattern| Pattern::new(pattern).unwrap()).collect())
    }

    #[test]
    fn patterns_match_whole_paths() {
        let given = patterns(&["*.pdf", "img/*", "api/**", "**/notes.txt"]);
        for path in ["a.pdf", "img/a.png", "api/a/b.js", "api/a.js", "notes.txt", "x/y/notes.txt"] {
            assert!(given.allow(path), "{path}");
        }
        for path in ["x/a.pdf", "img/x/a.png", "api", "a.PDF", "my-notes.txt"] {
            assert!(!given.allow(path), "{path}");
        }
    }

    #[test]
    fn files_that_servers_and_browsers_ask_for_need_no_link() {
        let given = AssetPatterns::default();
        for path in [".well-known/security.txt", ".nojekyll", "CNAME", "favicon.ico", "apple-touch-icon-180.png"] {
            assert!(given.allow(path), "{path}");
        }
        assert!(!given.allow("img/favicon.ico") && !given.allow("salaries.xlsx"));
    }

    #[test]
    fn a_pattern_of_one_path_matches_only_that() {
        let given = patterns(&[&pattern_of("a [1]*.pdf")]);
        assert!(given.allow("a [1]*.pdf") && !given.allow("a 1x.pdf"));
    }
}
