//! Aliases: former addresses of pages, as authors write them.

use super::address::{Address, invalid_path};
use crate::config::Config;
use crate::diagnostic::Advice;
use crate::percent::decode_leniently;
use crate::tree::TreePath;
use crate::yaml;

/// The reason why an alias is invalid, and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InvalidAlias {
    pub(super) reason: String,
    pub(super) advice: Advice,
}

/// The file of the site that an alias names.
pub(super) fn alias_file(alias: &str, config: &Config) -> Result<TreePath, InvalidAlias> {
    let help = "an alias is a former address on this site, such as `old/path`";
    let invalid = |reason: String| InvalidAlias { reason, advice: Advice::text(help) };
    if let Some((scheme, _)) = alias.split_once("://") {
        return Err(invalid(format!("an alias can't be a full web address (`{scheme}://`)")));
    }
    if let Some((path, _)) = alias.split_once('#') {
        let reason = "an alias can't have an anchor".to_owned();
        if path.trim_matches(['/', ' ']).is_empty() {
            return Err(invalid(reason));
        }
        let help = format!("write `{path}`; links to its anchors then lead to the same anchors on this page");
        return Err(InvalidAlias { reason, advice: Advice::replace_by(help, yaml::scalar(path)) });
    }
    let decoded = decode_leniently(alias.trim());
    let written = without_base_path(&decoded, config).trim_start_matches('/');
    if let Some(address) = written.strip_suffix(".md") {
        let reason = format!("`{alias}` is the name of a source file");
        let help = format!("write the address on the site, such as `{address}`");
        return Err(InvalidAlias { reason, advice: Advice::suggest(help, yaml::scalar(address)) });
    }
    let path = TreePath::new(written).ok_or_else(|| invalid(format!("`{alias}` is outside the site")))?;
    if path.as_str().is_empty() {
        return Err(invalid("the alias is empty".to_owned()));
    }
    if let Some(reason) = invalid_path(path.as_str().split('/')) {
        return Err(invalid(reason));
    }
    let extension = path.name().rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension.eq_ignore_ascii_case("html") {
        return Ok(path);
    }
    Ok(Address::new(path.as_str(), written.ends_with('/'), config.urls).file)
}

/// An address without the path under which the site is published, which browsers show as part of it.
fn without_base_path<'a>(address: &'a str, config: &Config) -> &'a str {
    let sub_path = config.sub_path().unwrap_or_default();
    match address.split_at_checked(sub_path.len()) {
        Some((start, rest)) if sub_path.len() > 1 && start.eq_ignore_ascii_case(&sub_path) => rest,
        _ => address,
    }
}

/// The files that a page at the same address would have, whatever the form of addresses.
pub(super) fn forms_of(file: &TreePath) -> [TreePath; 3] {
    let path = file.as_str();
    let stem = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    [format!("{stem}.html"), format!("{stem}/index.html"), stem.to_owned()].map(|form| TreePath::normalized(&form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_read_as_browsers_show_addresses() {
        let config = Config { base_url: Some("https://example.org/Guide/".to_owned()), ..Config::default() };
        for (alias, file) in [
            ("old", "old.html"),
            ("/guide/old/", "old/index.html"),
            ("guide/old", "guide/old.html"),
            ("/guide/%C3%BCber%20uns.HTML", "über uns.HTML"),
        ] {
            assert_eq!(alias_file(alias, &config).unwrap().as_str(), file, "{alias}");
        }
        assert!(alias_file("/Guide/", &config).is_err() && alias_file("old#scope", &config).is_err());
    }
}
