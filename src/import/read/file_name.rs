//! What the names of files say.

/// Whether a file in a folder or an archive is of a kind that can be read.
#[must_use]
pub fn is_readable(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    let kinds = ["xlsx", "xlsm", "ods", "csv", "tsv", "md", "markdown", "html", "htm", "docx", "json", "yaml", "yml"];
    !file.starts_with(['.', '~']) && !name.contains("__MACOSX/") && kinds.contains(&extension(name).as_str())
}

pub(super) fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
}

/// The name of a file as that of a page: without folder, extension, leading number, and the id at its end that exports of
/// wikis have.
pub(in crate::import) fn page_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or_default();
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let name = match name.rsplit_once([' ', '-', '_']) {
        Some((before, id)) if id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()) => before,
        _ => name,
    };
    let digits = name.chars().take_while(char::is_ascii_digit).count();
    let rest = name[digits..].trim_start_matches(['.', '-', '_', ' ', ')']);
    let name = if (1..=3).contains(&digits) && rest.starts_with(char::is_alphabetic) { rest } else { name };
    name.replace('_', " ").trim().to_owned()
}
