//! The people and teams that are responsible for pages.

use super::entries::id_entries;
use super::web_address::is_web_address;
use crate::diagnostic::{Spanned, catalog};
use crate::yaml::{Fields, Node, Value};

/// A person or team that is responsible for pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The name in front matter.
    pub id: Spanned<String>,
    /// The name on the site.
    pub name: String,
    /// The address for contacting them.
    pub url: Option<String>,
}

/// Reads `owners`: a list of names, or a mapping from ids to names or fields.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<Owner> {
    let is_map = fields.is_map("owners");
    let entries = id_entries(fields, "owners").unwrap_or_default();
    let owner = |(id, node): (Spanned<String>, Node)| match node.value {
        Value::Scalar { text, .. } => Owner { id, name: text, url: None },
        Value::Null if !is_map => Owner { name: id.value.clone(), id, url: None },
        _ => owner(fields, id, node),
    };
    entries.into_iter().map(owner).collect()
}

fn owner(fields: &mut Fields<'_>, id: Spanned<String>, node: Node) -> Owner {
    let is_empty = match &node.value {
        Value::Map(entries) => entries.is_empty(),
        _ => node.value == Value::Null,
    };
    if is_empty {
        fields.report(catalog::owner_without_fields(id.in_file(fields.file()), &id.value));
    }
    let mut inner = fields.inner(node, "an owner");
    let name = inner.text("name").map_or_else(|| id.value.clone(), |name| name.value);
    let email = inner.text("email").and_then(|email| {
        let address = email.value.trim();
        if is_email_address(address) {
            return Some(format!("mailto:{address}"));
        }
        let message = format!("`email` must be an email address, not `{address}`");
        inner.invalid_value(&email.span, message, "for example, `people@example.org`");
        None
    });
    let url = inner.text("url").and_then(|url| {
        if is_web_address(&url.value) {
            return Some(url.value);
        }
        let help = "for example, `https://chat.example.org/people`";
        inner.invalid_value(&url.span, "`url` must be a web address", help);
        None
    });
    inner.finish();
    Owner { id, name, url: url.or(email) }
}

/// Returns whether a text has the form of an email address, as browsers check it for links: something on both sides of one
/// `@`, and nothing that would end the address.
fn is_email_address(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@,;:<>()[]\"?&".contains(c))
    };
    text.split_once('@').is_some_and(|(local, domain)| is_part(local) && is_part(domain) && !domain.ends_with('.'))
}
