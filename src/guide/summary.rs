//! How Stepladder reads a guide, in words and in numbers, so that an author sees at once what was lost or misread.

use super::model::Guide;
use crate::ladder::{SectionRole, SectionSummary};
use crate::name::fold;
use crate::page::Kind;

/// The numbers of what Stepladder found in the pages of a guide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The levels that people can be at.
    pub levels: usize,
    /// The competencies.
    pub competencies: usize,
    /// The expectations, each where it is written.
    pub expectations: usize,
    /// The examples.
    pub examples: usize,
    /// The sections of the pages of levels that are prose, apart from their introductions.
    pub prose_sections: usize,
}

impl Guide {
    /// Counts what Stepladder found.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            levels: self.ladder.concrete_levels().count(),
            competencies: self.ladder.competencies.len(),
            expectations: self.ladder.expectations.len(),
            ..Counts::default()
        };
        for (id, page) in self.pages.shown() {
            for section in self.reading(id).iter() {
                counts.examples += section.examples;
                let is_prose = section.role == SectionRole::Prose && !section.heading.is_empty();
                counts.prose_sections += usize::from(is_prose && page.kind == Kind::Level);
            }
        }
        counts
    }

    /// Describes how a section is read, for example `3 expectations, 1 example`, with the title of what
    /// it's for if the heading is another name of that, or `prose`.
    #[must_use]
    pub fn describe(&self, section: &SectionSummary) -> String {
        let expectations = || {
            let count = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
            match section.examples {
                0 => count(section.expectations, "expectation"),
                examples => {
                    format!("{}, {}", count(section.expectations, "expectation"), count(examples, "example"))
                }
            }
        };
        match section.role {
            SectionRole::Cell(page) => match self.pages.get(page).title.value.as_str() {
                title if fold(title) == fold(&section.heading) => expectations(),
                title => format!("{title}: {}", expectations()),
            },
            SectionRole::Cells => format!("the cells that it names: {}", expectations()),
            SectionRole::Draft(page) => format!("{}, a draft: not published", self.pages.get(page).title.value),
            SectionRole::Own => format!("this level alone: {}", expectations()),
            SectionRole::Step(step) => format!("step {} of the scale", step + 1),
            SectionRole::Container => "a heading above other sections".to_owned(),
            SectionRole::Prose => "prose".to_owned(),
        }
    }
}
