//! The meaning of each term in one sentence, for links to it.

use serde_json::{Map, Value, json};

use crate::context::{RenderContext, data_script};
use crate::markdown::Block;
use crate::page::{Kind, PageId};

/// The script: for the address of each term's page its title and its summary, or else the first sentence of its text.
pub(crate) fn write(context: &RenderContext) -> String {
    let terms = context.pages.shown().filter(|(_, page)| page.kind == Kind::Term);
    let entry = |(id, page): (PageId, &crate::page::Page)| {
        let meaning = if page.summary.is_empty() { first_sentence(context, id) } else { page.summary.clone() };
        (!meaning.is_empty()).then(|| (context.address(id).url.clone(), json!([page.title.value, meaning])))
    };
    data_script(&Value::Object(terms.filter_map(entry).collect::<Map<_, _>>()))
}

/// The first sentence of a page's text; empty if the text doesn't begin with a paragraph.
fn first_sentence(context: &RenderContext, id: PageId) -> String {
    let Some(Block::Paragraph(first)) = context.pages.get(id).blocks.first() else { return String::new() };
    let text = context.inline_text(id, &first.html);
    let end = text.match_indices(['.', '!', '?', '。', '！', '？', '؟']).map(|(at, mark)| at + mark.len());
    let ends = |at: &usize| text[*at..].starts_with(' ') || text[..*at].ends_with(['。', '！', '？']);
    end.into_iter().find(ends).map_or_else(|| text.clone(), |at| text[..at].to_owned())
}
