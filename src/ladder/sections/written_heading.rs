//! The parts of a heading in its source, which fixes edit.

use std::ops::Range;

use crate::diagnostic::catalog::{ClassPlace, WrittenHeading};
use crate::markdown::Heading;
use crate::page::Page;

/// A heading of a page with the parts of its source.
pub(crate) fn written_heading<'h>(page: &Page, heading: &'h Heading) -> WrittenHeading<'h> {
    let source = page.source.get(heading.span.clone()).unwrap_or_default();
    let HeadingParts { marks, name, class, place } = parts(source);
    let span = |range: Range<usize>| page.span(&(heading.span.start + range.start..heading.span.start + range.end));
    WrittenHeading {
        span: page.span(&heading.span),
        level: heading.level,
        text: &heading.text,
        marks: marks.map(span),
        name: span(name),
        class: (span(class..class), place),
    }
}

/// The parts of a heading, as ranges of its source.
#[derive(Debug, PartialEq, Eq)]
struct HeadingParts {
    marks: Option<Range<usize>>,
    name: Range<usize>,
    /// The place of a further class.
    class: usize,
    place: ClassPlace,
}

fn parts(source: &str) -> HeadingParts {
    let start = source.len() - source.trim_start_matches(' ').len();
    let after = source[start..].trim_start_matches('#');
    let marks = start..source.len() - after.len();
    let whole = source.trim_end();
    // The last line of an underlined heading is its underline.
    let end = if marks.is_empty() { whole.rfind('\n').unwrap_or(whole.len()) } else { whole.len() };
    let name_start = source.len() - after.trim_start().len();
    let text = source[name_start.min(end)..end].trim_end();
    let end = name_start + text.len();
    let braces = text.strip_suffix('}').and_then(|inside| inside.rfind('{'));
    let attributes = braces.filter(|at| text[at + 1..].trim_start().starts_with(['#', '.']));
    let name = attributes.map_or(text, |at| &text[..at]).trim_end();
    let without_hashes = name.trim_end_matches('#');
    let name = if without_hashes.ends_with([' ', '\t']) { without_hashes.trim_end() } else { name };
    let (class, place) = match attributes {
        Some(_) => (end - 1, ClassPlace::InBraces),
        None => (name_start + name.len(), ClassPlace::BehindText),
    };
    HeadingParts {
        marks: (!marks.is_empty()).then_some(marks),
        name: name_start..name_start + name.len(),
        class,
        place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_marks_a_name_and_a_place_for_a_class() {
        let found = |source: &'static str| {
            let HeadingParts { marks, name, class, place } = parts(source);
            (marks.map_or("", |marks| &source[marks]), &source[name], &source[..class], place)
        };
        assert_eq!(found("## Craft\n"), ("##", "Craft", "## Craft", ClassPlace::BehindText));
        assert_eq!(found("  ### Craft {#c}\r\n"), ("###", "Craft", "  ### Craft {#c", ClassPlace::InBraces));
        assert_eq!(found("# C# ##\n"), ("#", "C#", "# C#", ClassPlace::BehindText));
        assert_eq!(found("Craft {x}\n---\n"), ("", "Craft {x}", "Craft {x}", ClassPlace::BehindText));
        assert_eq!(found("##\n").1, "");
    }
}
