//! Words of scripts.

use serde::Serialize;

/// The context of templates with words of scripts, such as `search-words.html`, beside `site`. The words aren't part of a
/// page, so addresses in them are relative to the root of the site.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptWordsView {}
