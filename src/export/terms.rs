//! What terms mean, in a sentence each, for links to them.

use serde_json::{Map, Value, json};

use crate::context::{PageContext, RenderContext, data_script};
use crate::markdown::{Block, plain};
use crate::page::{Kind, PageId};

/// By the address of each term's page, its title and its summary, or for want of one the first sentence of its text.
pub(crate) fn write(context: &RenderContext) -> String {
    let terms = context.pages.shown().filter(|(_, page)| page.kind == Kind::Term);
    let told = |(id, page): (PageId, &crate::page::Page)| {
        let meaning = if page.summary.is_empty() { first_sentence(context, id) } else { page.summary.clone() };
        (!meaning.is_empty()).then(|| (context.address(id).url.clone(), json!([page.title.value, meaning])))
    };
    data_script(&Value::Object(terms.filter_map(told).collect::<Map<_, _>>()))
}

/// The first sentence of a page's text; nothing where it begins with something else.
fn first_sentence(context: &RenderContext, id: PageId) -> String {
    let Some(Block::Paragraph(first)) = context.pages.get(id).blocks.first() else { return String::new() };
    let text = plain(&context.rich(&PageContext::root(), id, &first.html, false));
    let end = text.match_indices(['.', '!', '?', '。', '！', '？', '؟']).map(|(at, mark)| at + mark.len());
    let ends = |at: &usize| text[*at..].starts_with(' ') || text[..*at].ends_with(['。', '！', '？']);
    end.into_iter().find(ends).map_or_else(|| text.clone(), |at| text[..at].to_owned())
}
