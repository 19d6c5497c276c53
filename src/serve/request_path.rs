//! What an address asks for. Everything here is plain text work: no address ever becomes a path on disk.

use std::collections::BTreeSet;

use super::rename_tracker::RenameTracker;
use crate::link::encode;
use crate::site::Site;
use crate::tree::TreePath;

/// What an address of the site asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// A file of the site.
    File(TreePath),
    /// Something that is found elsewhere: the address to send the browser to.
    Elsewhere {
        /// The address, percent-encoded.
        to: String,
        /// Whether it is where a page has moved to, not only another way to write the same.
        moved: bool,
    },
    /// Nothing that the site has; the file that it would be, if it could be one.
    Unknown(Option<TreePath>),
    /// No address at all.
    Malformed,
}

/// Finds out what an address asks for; `sub_path` is where the site is, with `/` at both ends, and `former` where it was.
pub(super) fn asked(
    site: &Site,
    sub_path: &str,
    former: &BTreeSet<String>,
    moved: &RenameTracker,
    path: &str,
) -> Resolution {
    let Some(decoded) = decode(path) else { return Resolution::Malformed };
    let here = plain(sub_path);
    if decoded == "/" && here != "/" || format!("{decoded}/") == here {
        return Resolution::Elsewhere { to: sub_path.to_owned(), moved: false };
    }
    let now = decoded.strip_prefix(&here).map(|inside| inside_of(site, sub_path, moved, path, inside));
    match now {
        Some(Resolution::Unknown(_)) | None => {
            // The site may have been elsewhere when the address was written down: at the server's root, if nowhere else.
            let mut roots = former.iter().map(String::as_str).chain(["/"]);
            let found = roots.find_map(|root| was_inside(site, sub_path, moved, decoded.strip_prefix(&plain(root))?));
            found.or(now).unwrap_or(Resolution::Unknown(None))
        }
        Some(now) => now,
    }
}

/// What is at an address below a place where the site is no longer, if the site has that now.
fn was_inside(site: &Site, sub_path: &str, moved: &RenameTracker, inside: &str) -> Option<Resolution> {
    let to = format!("{sub_path}{}", encode(inside));
    match inside_of(site, sub_path, moved, &to, inside) {
        Resolution::File(_) => Some(Resolution::Elsewhere { to, moved: true }),
        Resolution::Elsewhere { to, .. } => Some(Resolution::Elsewhere { to, moved: true }),
        Resolution::Unknown(_) | Resolution::Malformed => None,
    }
}

fn plain(sub_path: &str) -> String {
    decode(sub_path).unwrap_or_else(|| sub_path.to_owned())
}

/// What an address below the site's root asks for; `path` is the whole of it, and `inside` its decoded end.
fn inside_of(site: &Site, sub_path: &str, moved: &RenameTracker, path: &str, inside: &str) -> Resolution {
    let Some(file) = file_of(inside) else { return Resolution::Unknown(None) };
    if site.has(&file) {
        return Resolution::File(file);
    }
    let folder = (!inside.ends_with('/')).then(|| TreePath::normalized(&format!("{file}/index.html")));
    if folder.as_ref().is_some_and(|folder| site.has(folder)) {
        return Resolution::Elsewhere { to: format!("{path}/"), moved: false };
    }
    let known = |file| moved.from(file).filter(|to| site.has(&to.file));
    match known(&file).or_else(|| known(folder.as_ref()?)) {
        Some(to) => Resolution::Elsewhere { to: format!("{sub_path}{}", to.url), moved: true },
        None => Resolution::Unknown(Some(file)),
    }
}

/// The file that an address below the site's root stands for. Only plain names make one: what would have to be resolved
/// first, such as `..`, is no file of any site.
fn file_of(inside: &str) -> Option<TreePath> {
    let whole =
        if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
    let plain = |segment: &str| !matches!(segment, "" | "." | "..") && !segment.contains(['\\', '\0']);
    whole.split('/').all(plain).then(|| TreePath::normalized(&whole))
}

/// Percent-decodes a path, exactly once; `None` when that gives no text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, tail @ ..] = rest else { return None };
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        bytes.push(digit(*high)? << 4 | digit(*low)?);
        rest = tail;
    }
    String::from_utf8(bytes).ok()
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

    fn file(path: &str) -> Resolution {
        Resolution::File(TreePath::normalized(path))
    }

    fn elsewhere(to: &str) -> Resolution {
        Resolution::Elsewhere { to: to.to_owned(), moved: false }
    }

    fn unknown(path: &str) -> Resolution {
        Resolution::Unknown(Some(TreePath::normalized(path)))
    }

    #[test]
    fn addresses_are_decoded_once_and_folders_stand_for_their_page() {
        let site = site("title: T\n");
        let asked = |path: &str| asked(&site, "/", &BTreeSet::new(), &RenameTracker::default(), path);
        for (path, is) in [
            ("/", file("index.html")),
            ("/index.html", file("index.html")),
            ("/ic/", file("ic/index.html")),
            ("/ic", elsewhere("/ic/")),
            ("/ic/%C3%BCber.html", file("ic/über.html")),
            ("/%69c/%c3%bcber.html", file("ic/über.html")),
            ("/a%20b.txt", file("a b.txt")),
            ("/a%2520b.txt", unknown("a%20b.txt")),
            ("/a+b.txt", unknown("a+b.txt")),
            ("/nowhere.html", unknown("nowhere.html")),
        ] {
            assert_eq!(asked(path), is, "{path}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
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
            let asked = asked(&site, "/", &BTreeSet::new(), &RenameTracker::default(), path);
            assert!(matches!(asked, Resolution::Unknown(_)), "{path} is {asked:?}");
        }
        for path in ["/%", "/%4", "/%zz", "/%+1", "/%ff"] {
            assert_eq!(
                asked(&site, "/", &BTreeSet::new(), &RenameTracker::default(), path),
                Resolution::Malformed,
                "{path}"
            );
        }
    }

    #[test]
    fn a_site_below_a_path_is_found_there_and_led_to_from_where_it_was() {
        let site = site("title: T\nbase_url: https://example.org/a%20guide/\nurls: directory\n");
        let former = BTreeSet::from(["/ä/".to_owned()]);
        let asked = |path: &str| asked(&site, "/a%20guide/", &former, &RenameTracker::default(), path);
        let moved = |to: &str| Resolution::Elsewhere { to: to.to_owned(), moved: true };
        for (path, is) in [
            ("/", elsewhere("/a%20guide/")),
            ("/a%20guide", elsewhere("/a%20guide/")),
            ("/a%20guide/", file("index.html")),
            ("/a%20guide/ic", elsewhere("/a%20guide/ic/")),
            ("/a%20guide/ic/", file("ic/index.html")),
            ("/ic/", moved("/a%20guide/ic/")),
            ("/ic/%C3%BCber", moved("/a%20guide/ic/%C3%BCber/")),
            ("/%C3%A4/ic/", moved("/a%20guide/ic/")),
            ("/%C3%A4/", moved("/a%20guide/")),
            ("/ü/ic/", Resolution::Unknown(None)),
            ("/../ic/", Resolution::Unknown(None)),
            ("/a%20guided/", Resolution::Unknown(None)),
        ] {
            assert_eq!(asked(path), is, "{path}");
        }
    }
}
