//! The folders of themes.

/// The folder of a project that contains its themes.
pub const FOLDER: &str = "themes";

/// The name of the default theme, which all others overlay.
pub const DEFAULT: &str = "default";
