//! Resolves the path of a request to a file of the site or to a redirect. All of this is string processing: a request
//! path is never used as a path on disk.

use std::collections::BTreeSet;

use super::rename_tracker::RenameTracker;
use crate::percent::{decode_leniently, decode_strictly, encode};
use crate::site::Site;
use crate::tree::TreePath;

/// The target of a request path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// A file of the site.
    File(TreePath),
    /// A file that has another URL, which is percent-encoded.
    Redirect { location: String, reason: RedirectReason },
    /// Nothing; with the path of the file that it would be, if the request path can be one.
    NotFound(Option<TreePath>),
    /// The path isn't percent-encoded UTF-8.
    Malformed,
}

/// The reason why a file has another URL than the requested one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RedirectReason {
    /// The requested path is another spelling of the URL.
    Canonical,
    /// The page or the site had the requested URL earlier in this session.
    Moved,
}

/// The parts of a preview state that request paths are resolved with.
#[derive(Clone, Copy)]
pub(super) struct RequestResolver<'a> {
    pub(super) site: &'a Site,
    /// The URL path of the site's root, with `/` at both ends.
    pub(super) base_path: &'a str,
    /// The base paths that the site had earlier in this session.
    pub(super) former_base_paths: &'a BTreeSet<String>,
    pub(super) renames: &'a RenameTracker,
}

impl RequestResolver<'_> {
    /// Resolves the path of a request, which starts with `/`.
    pub(super) fn resolve(self, path: &str) -> Resolution {
        let Some(decoded) = decode_strictly(path) else { return Resolution::Malformed };
        let base = decode_leniently(self.base_path);
        if decoded == "/" && base != "/" || format!("{decoded}/") == base {
            return Resolution::Redirect { location: self.base_path.to_owned(), reason: RedirectReason::Canonical };
        }
        let resolved = decoded.strip_prefix(&base).map(|relative| self.resolve_relative(path, relative));
        match resolved {
            Some(Resolution::NotFound(_)) | None => {
                // The URL may be from a time when the site had another base path, or from outside the preview, where
                // the site is at the root.
                let mut bases = self.former_base_paths.iter().map(String::as_str).chain(["/"]);
                let moved = bases.find_map(|base| self.resolve_former(decoded.strip_prefix(&decode_leniently(base))?));
                moved.or(resolved).unwrap_or(Resolution::NotFound(None))
            }
            Some(resolved) => resolved,
        }
    }

    /// A redirect for a path relative to a former base path, if the site has that path now.
    fn resolve_former(self, relative: &str) -> Option<Resolution> {
        let location = format!("{}{}", self.base_path, encode(relative));
        match self.resolve_relative(&location, relative) {
            Resolution::File(_) => Some(Resolution::Redirect { location, reason: RedirectReason::Moved }),
            Resolution::Redirect { location, .. } => {
                Some(Resolution::Redirect { location, reason: RedirectReason::Moved })
            }
            Resolution::NotFound(_) | Resolution::Malformed => None,
        }
    }

    /// Resolves a decoded path relative to the base path; `path` is the whole request path, still encoded.
    fn resolve_relative(self, path: &str, relative: &str) -> Resolution {
        let Some(file) = output_path(relative) else { return Resolution::NotFound(None) };
        if self.site.has(&file) {
            return Resolution::File(file);
        }
        let index = (!relative.ends_with('/')).then(|| TreePath::normalized(&format!("{file}/index.html")));
        if index.as_ref().is_some_and(|index| self.site.has(index)) {
            return Resolution::Redirect { location: format!("{path}/"), reason: RedirectReason::Canonical };
        }
        let renamed = |file| self.renames.current_address(file).filter(|address| self.site.has(&address.file));
        match renamed(&file).or_else(|| renamed(index.as_ref()?)) {
            Some(address) => Resolution::Redirect {
                location: format!("{}{}", self.base_path, address.url),
                reason: RedirectReason::Moved,
            },
            None => Resolution::NotFound(Some(file)),
        }
    }
}

/// The file that a relative path refers to; a folder refers to its `index.html`. Paths with segments such as `..` refer
/// to no file: resolving them is left to browsers, so that no file outside the site can be requested.
fn output_path(relative: &str) -> Option<TreePath> {
    let path = if relative.is_empty() || relative.ends_with('/') {
        format!("{relative}index.html")
    } else {
        relative.to_owned()
    };
    let is_plain = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains(['\\', '\0']);
    path.split('/').all(is_plain).then(|| TreePath::normalized(&path))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::site::Options;
    use crate::tree::{File, Tree};

    fn site(config: &str) -> Site {
        let files = [
            ("stepladder.yaml", config),
            ("content/index.md", "---\ntitle: Home\n---\n"),
            ("content/ic/index.md", "---\ntitle: Folder\n---\n"),
            ("content/ic/über.md", "---\ntitle: Over\n---\n"),
            ("content/a b.txt", "x"),
        ];
        let tree: Tree = files.iter().map(|(path, text)| (TreePath::normalized(path), File::from(*text))).collect();
        Site::new(&tree, Options { drafts: false, today: date(2026, 11, 22) }).value
    }

    fn resolve(site: &Site, base_path: &str, former_base_paths: &[&str], path: &str) -> Resolution {
        let former_base_paths = &former_base_paths.iter().map(|path| (*path).to_owned()).collect();
        RequestResolver { site, base_path, former_base_paths, renames: &RenameTracker::default() }.resolve(path)
    }

    fn file(path: &str) -> Resolution {
        Resolution::File(TreePath::normalized(path))
    }

    fn canonical(location: &str) -> Resolution {
        Resolution::Redirect { location: location.to_owned(), reason: RedirectReason::Canonical }
    }

    fn not_found(path: &str) -> Resolution {
        Resolution::NotFound(Some(TreePath::normalized(path)))
    }

    #[test]
    fn paths_are_decoded_once_and_folders_refer_to_their_index() {
        let site = site("title: T\n");
        let resolve = |path: &str| resolve(&site, "/", &[], path);
        for (path, expected) in [
            ("/", file("index.html")),
            ("/index.html", file("index.html")),
            ("/ic/", file("ic/index.html")),
            ("/ic", canonical("/ic/")),
            ("/ic/%C3%BCber.html", file("ic/über.html")),
            ("/%69c/%c3%bcber.html", file("ic/über.html")),
            ("/a%20b.txt", file("a b.txt")),
            ("/a%2520b.txt", not_found("a%20b.txt")),
            ("/a+b.txt", not_found("a+b.txt")),
            ("/nowhere.html", not_found("nowhere.html")),
        ] {
            assert_eq!(resolve(path), expected, "{path}");
        }
    }

    #[test]
    fn no_path_refers_to_a_file_outside_the_site() {
        let site = site("title: T\n");
        let long = format!("/{}", "x/".repeat(4000));
        for path in [
            "/../stepladder.yaml",
            "/..%2fstepladder.yaml",
            "/%2e%2e/stepladder.yaml",
            "/%252e%252e/stepladder.yaml",
            "/ic/../index.html",
            "/./index.html",
            "//index.html",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/etc/passwd",
            "/..\\stepladder.yaml",
            "/ic\\über.html",
            "/index.html%00",
            "/index.html%00.png",
            "/stepladder.yaml",
            "/content/index.md",
            &long,
        ] {
            let resolved = resolve(&site, "/", &[], path);
            assert!(matches!(resolved, Resolution::NotFound(_)), "{path} is {resolved:?}");
        }
        for path in ["/%", "/%4", "/%zz", "/%+1", "/%ff"] {
            assert_eq!(resolve(&site, "/", &[], path), Resolution::Malformed, "{path}");
        }
    }

    #[test]
    fn former_base_paths_redirect_to_the_present_one() {
        let site = site("title: T\nbase_url: https://example.org/a%20guide/\nurls: directory\n");
        let resolve = |path: &str| resolve(&site, "/a%20guide/", &["/ä/"], path);
        let moved =
            |location: &str| Resolution::Redirect { location: location.to_owned(), reason: RedirectReason::Moved };
        for (path, expected) in [
            ("/", canonical("/a%20guide/")),
            ("/a%20guide", canonical("/a%20guide/")),
            ("/a%20guide/", file("index.html")),
            ("/a%20guide/ic", canonical("/a%20guide/ic/")),
            ("/a%20guide/ic/", file("ic/index.html")),
            ("/ic/", moved("/a%20guide/ic/")),
            ("/ic/%C3%BCber", moved("/a%20guide/ic/%C3%BCber/")),
            ("/%C3%A4/ic/", moved("/a%20guide/ic/")),
            ("/%C3%A4/", moved("/a%20guide/")),
            ("/ü/ic/", Resolution::NotFound(None)),
            ("/../ic/", Resolution::NotFound(None)),
            ("/a%20guided/", Resolution::NotFound(None)),
        ] {
            assert_eq!(resolve(path), expected, "{path}");
        }
    }
}
