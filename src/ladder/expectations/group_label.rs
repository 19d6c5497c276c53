//! List items that label the list inside them.

use crate::ladder::compare::words::words;
use crate::ladder::expectations::example_text::{is_example, says_examples};
use crate::markdown::{Block, Item, Paragraph};

/// The words up to which a text without a verb is a label.
const MAX_LABEL_WORDS: usize = 4;

/// Verbs with which short expectations begin, in their base form. Words that are often nouns, such as `design`, aren't
/// listed.
const VERBS: [&str; 46] = [
    "accept",
    "adapt",
    "ask",
    "be",
    "break",
    "bring",
    "build",
    "can",
    "collaborate",
    "communicate",
    "contribute",
    "debug",
    "deliver",
    "do",
    "drive",
    "explain",
    "follow",
    "get",
    "give",
    "have",
    "help",
    "identify",
    "improve",
    "is",
    "keep",
    "know",
    "lead",
    "learn",
    "maintain",
    "make",
    "manage",
    "mentor",
    "own",
    "participate",
    "provide",
    "raise",
    "run",
    "seek",
    "share",
    "solve",
    "take",
    "teach",
    "think",
    "understand",
    "use",
    "write",
];

/// Nouns that end like a verb in the third person.
const NOUNS: [&str; 8] = ["goals", "operations", "people's", "products", "sales", "skills", "systems", "tools"];

/// The label and the blocks after it, if a list item only labels the items inside it: `- Testing` above two or more
/// items, or above nothing but a list.
pub(crate) fn of_item(item: &Item) -> Option<(&Paragraph, &[Block])> {
    let Some((Block::Paragraph(label), rest)) = item.blocks.split_first() else { return None };
    let inner: Vec<&Item> = rest.iter().flat_map(list_items).collect();
    let is_example =
        |item: &&&Item| matches!(item.blocks.first(), Some(Block::Paragraph(first)) if first.example.is_some());
    let only_lists = rest.iter().all(|block| matches!(block, Block::List { .. }));
    let begins = inner.first().is_some_and(|first| !is_example(&first));
    let expected = inner.iter().filter(|item| !is_example(item)).count();
    (begins && (only_lists || expected > 1) && is_label(label)).then_some((label, rest))
}

/// The label that the first of some blocks is for the list below it: a bold line, or one of several that end in a colon.
/// Items that are labels themselves make their own groups.
pub(crate) fn above_list(blocks: &[Block], is_one_of_several: bool) -> Option<&Paragraph> {
    const MAX_WORDS: usize = 8;
    let [Block::Paragraph(label), list, ..] = blocks else { return None };
    let text = label.text.trim_end();
    let ends_in_colon = text.ends_with([':', '：']);
    let is_label = if ends_in_colon { is_one_of_several } else { label.bold && is_label(label) };
    let is_short = words(text).count() <= MAX_WORDS && label.example.is_none() && !says_examples(text);
    let has_labels = |items: &[Item]| items.iter().any(|item| is_example(item) || of_item(item).is_some());
    let is_list = match list {
        Block::List { items, .. } => !has_labels(items),
        Block::Html(html) => !html.items.is_empty() && !has_labels(&html.items),
        Block::Table(_) => true,
        _ => false,
    };
    (is_label && is_short && is_list).then_some(label)
}

/// Whether several labels in a cell end in a colon and have a list below.
pub(crate) fn has_several_labels(blocks: &[Block]) -> bool {
    (0..blocks.len()).filter(|at| above_list(&blocks[*at..], true).is_some()).count() > 1
}

fn list_items(block: &Block) -> &[Item] {
    match block {
        Block::List { items, .. } => items,
        _ => &[],
    }
}

/// Whether a text is a label rather than a sentence: it ends in a colon, is bold, or is short and has no verb.
fn is_label(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.trim_end();
    if text.ends_with([':', '：']) {
        return true;
    }
    if text.ends_with(['.', '!', '?', ';', '…', '。', '！', '？']) {
        return false;
    }
    let words: Vec<String> = words(text).collect();
    paragraph.bold || (!words.is_empty() && words.len() <= MAX_LABEL_WORDS && !begins_with_verb(&words))
}

/// Whether several words most likely begin with a verb: `writes tests`, `own a service`.
fn begins_with_verb(words: &[String]) -> bool {
    let [first, _, ..] = words else { return false };
    let first = first.as_str();
    let is_third_person = first.ends_with('s') && !["ss", "us", "is", "ics"].iter().any(|end| first.ends_with(end));
    VERBS.contains(&first) || is_third_person && !NOUNS.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::of_item;
    use crate::markdown::{Block, MarkdownParser, RawHtml, TextOrigin};
    use crate::tree::TreePath;

    fn is_group(source: &str) -> bool {
        let file = TreePath::normalized("a.md");
        let blocks = MarkdownParser::new(&file, source, RawHtml::Safe).parse(source, TextOrigin::Verbatim(0));
        match &blocks[0] {
            Block::List { items, .. } => of_item(&items[0]).is_some(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_label_above_items_makes_a_group() {
        for label in
            ["Testing", "Code review", "Systems thinking", "**Owns what they build**", "Someone at this level:"]
        {
            assert!(is_group(&format!("- {label}\n  - Runs the tests.\n")), "{label}");
            assert!(is_group(&format!("- {label}\n\n  Text.\n\n  - Runs.\n  - Writes.\n")), "{label}");
        }
    }

    #[test]
    fn a_sentence_above_items_has_them_as_detail() {
        for sentence in
            ["Writes tests.", "Testing.", "Writes tests", "Can debug", "Reads and writes all the code", "**Owns it.**"]
        {
            assert!(!is_group(&format!("- {sentence}\n  - unit tests\n  - others\n")), "{sentence}");
        }
        assert!(!is_group("- Testing\n  - Example: one\n  - Example: two\n"));
        assert!(!is_group("- Testing\n\n  Text.\n\n  - Runs.\n"));
    }
}
