//! The address that opens a position of a file in the author's editor, with a URL scheme that the editor registers.

use crate::diagnostic::{Advice, did_you_mean};
use crate::yaml::Fields;

/// The editors that the configuration can name, and their addresses.
const EDITORS: [(&str, &str); 9] = [
    ("cursor", "cursor://file{file}:{line}:{column}"),
    ("emacs", "emacs://open?url=file://{file}&line={line}&column={column}"),
    ("idea", "idea://open?file={file}&line={line}&column={column}"),
    ("macvim", "mvim://open?url=file://{file}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{file}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{file}&line={line}&column={column}"),
    ("vscode", "vscode://file{file}:{line}:{column}"),
    ("vscodium", "vscodium://file{file}:{line}:{column}"),
    ("zed", "zed://file{file}:{line}:{column}"),
];

/// The names of these editors.
pub(super) const EDITOR_NAMES: &[&str] = {
    const NAMES: [&str; EDITORS.len()] = {
        let mut names = [""; EDITORS.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = EDITORS[at].0;
            at += 1;
        }
        names
    };
    &NAMES
};

/// Schemes that would run code in the page instead of opening an editor.
const CODE_SCHEMES: [&str; 4] = ["javascript", "data", "vbscript", "blob"];

/// Reads `editor`: the name of a known editor, or an address that contains `{file}`.
pub(super) fn read(fields: &mut Fields<'_>) -> Option<String> {
    let given = fields.text("editor")?;
    if let Some((_, address)) = EDITORS.iter().find(|(name, _)| *name == given.value) {
        return Some((*address).to_owned());
    }
    if is_address(&given.value) {
        return Some(given.value);
    }
    let (message, advice) = if given.value.contains(':') {
        let help = "for example, `vscode://file{file}:{line}:{column}`; `{file}` is replaced with the full path";
        ("`editor` must be the name of an editor, or an address that contains `{file}`".to_owned(), Advice::text(help))
    } else {
        let message = format!("there's no editor called `{}`", given.value);
        (message, did_you_mean(&given.value, EDITOR_NAMES.iter().copied()))
    };
    fields.invalid_value(&given.span, message, advice);
    None
}

fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let has_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let runs_code = CODE_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
    has_scheme && !runs_code && rest.contains("{file}") && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}
