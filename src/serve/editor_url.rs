//! URLs that open a file in the author's editor.

use std::path::Path;

use crate::percent::encode;

/// The URL that opens a file of the project at a line and a column, from the configured URL template; `None` if the
/// project has no such file, as with files of the embedded theme.
pub(super) fn editor_url(template: &str, root: &Path, file: &str, line: usize, column: usize) -> Option<String> {
    let disk_path = root.join(file);
    if !disk_path.is_file() {
        return None;
    }
    let path = disk_path.to_str()?.replace('\\', "/");
    let path = if path.starts_with('/') { path } else { format!("/{path}") };
    let [line, column] = [line, column].map(|number| number.to_string());
    // The path comes last, since it may contain text that looks like a placeholder.
    Some(template.replace("{line}", &line).replace("{column}", &column).replace("{file}", &encode(&path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_has_the_full_path_percent_encoded() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("ü b&{line}.md"), "").unwrap();
        let url = |file: &str| editor_url("e://{file}?l={line}&c={column}", root.path(), file, 3, 7);
        let path = encode(root.path().to_str().unwrap());
        assert_eq!(url("ü b&{line}.md"), Some(format!("e://{path}/%C3%BC%20b%26%7Bline%7D.md?l=3&c=7")));
        assert_eq!(url("embedded.html"), None);
    }
}
