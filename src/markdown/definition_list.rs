//! Definition lists.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::block::{Definition, Item};
use super::parser::{Events, MarkdownParser};

impl MarkdownParser<'_> {
    /// Parses the terms and definitions up to the end of their list.
    pub(super) fn definition_list(&mut self, events: &mut Events<'_>, depth: usize) -> Vec<Definition> {
        let mut terms: Vec<Definition> = Vec::new();
        while let Some((Event::Start(tag), range)) = events.next() {
            if tag == Tag::DefinitionListTitle {
                let mut inside = Vec::new();
                self.collect(events, TagEnd::DefinitionListTitle, &mut inside);
                inside.pop();
                terms.push(Definition { term: self.paragraph(inside, true), definitions: Vec::new() });
            } else {
                let span = self.source_range(&range);
                let blocks = self.blocks(events, depth + 1, true);
                // A definition always follows a term.
                if let Some(term) = terms.last_mut() {
                    term.definitions.push(Item { blocks, span });
                }
            }
        }
        terms
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Block, MarkdownParser, RawHtml, TextOrigin, block_texts};
    use crate::tree::TreePath;

    #[test]
    fn a_definition_list_has_terms_and_definitions() {
        let (file, source) =
            (TreePath::normalized("a.md"), "Testing\n: Writes *tests*.\n: Runs them.\n\nReview\n: Reviews.\n");
        let blocks = MarkdownParser::new(&file, source, RawHtml::Safe).parse(source, TextOrigin::Verbatim(0));
        let Block::DefinitionList(terms) = &blocks[0] else { panic!("{blocks:?}") };
        let shown: Vec<_> = terms.iter().map(|term| (term.term.text.as_str(), term.definitions.len())).collect();
        assert_eq!(shown, [("Testing", 2), ("Review", 1)]);
        assert_eq!(
            block_texts(&blocks, &|_| String::new()),
            ["Testing", "Writes tests.", "Runs them.", "Review", "Reviews."]
        );
        assert!(source[terms[0].definitions[1].span.clone()].contains("Runs them."));
    }
}
