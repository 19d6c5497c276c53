//! The closed set of problems. Each has a page of documentation, which is its test too, in `tests/cases/`.

use super::severity::Severity;

macro_rules! codes {
    ($($severity:ident { $($(#[doc = $doc:literal])+ $variant:ident => $name:literal,)+ })+) => {
        /// What kind of problem a diagnostic speaks of: a stable kebab-case name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($($(#[doc = $doc])+ $variant,)+)+ }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$($(Self::$variant,)+)+];

            /// The name, as users see it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// Whether the problem stops a build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $($(Self::$variant)|+ => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    Error {
        /// A file is not UTF-8 text.
        NotUtf8 => "not-utf8",
        /// A page has no front matter.
        MissingFrontMatter => "missing-front-matter",
        /// A page whose file does not end in `.md`.
        PageEnding => "page-ending",
        /// Both versions of a text that Git could not merge.
        MergeConflict => "merge-conflict",
        /// The front matter has no closing `---`.
        UnclosedFrontMatter => "unclosed-front-matter",
        /// Front matter, configuration or `theme.yaml` is not YAML.
        InvalidYaml => "invalid-yaml",
        /// A field that nobody reads.
        UnknownField => "unknown-field",
        /// A field given twice.
        DuplicateField => "duplicate-field",
        /// A required field that is not there.
        MissingField => "missing-field",
        /// A field whose value is of the wrong type or form.
        InvalidValue => "invalid-value",
        /// A `kind` that does not exist.
        UnknownKind => "unknown-kind",
        /// A name that no track has.
        UnknownTrack => "unknown-track",
        /// Two tracks in one folder whose levels don't say which of them is theirs.
        AmbiguousTrack => "ambiguous-track",
        /// A name that no level has.
        UnknownLevel => "unknown-level",
        /// A name that no competency has.
        UnknownCompetency => "unknown-competency",
        /// A facet that the configuration does not list.
        UnknownFacet => "unknown-facet",
        /// An area that the configuration does not list.
        UnknownArea => "unknown-area",
        /// An owner whom the configuration does not list.
        UnknownOwner => "unknown-owner",
        /// A step that a competency's scale does not have.
        UnknownStep => "unknown-step",
        /// A name that several pages have.
        AmbiguousName => "ambiguous-name",
        /// Two pages of one kind with one id.
        DuplicateId => "duplicate-id",
        /// An id in braces that can't be one.
        MalformedId => "malformed-id",
        /// Two things on one page with one anchor.
        DuplicateAnchor => "duplicate-anchor",
        /// Two files of the site at one address.
        DuplicateAddress => "duplicate-address",
        /// An address that leaves the site, or that some systems can't hold.
        InvalidAddress => "invalid-address",
        /// A former address that is taken.
        AliasCollision => "alias-collision",
        /// The expectations of one level in one competency written twice.
        DuplicateCell => "duplicate-cell",
        /// A heading that nearly names a competency or a level.
        NearlyNamedHeading => "nearly-named-heading",
        /// A heading that names a cell, inside another cell.
        NestedCell => "nested-cell",
        /// A line that was meant as a heading and is none.
        NotAHeading => "not-a-heading",
        /// A line that was meant as a list item and is none.
        NotAListItem => "not-a-list-item",
        /// An example that would be published as something else.
        NotAnExample => "not-an-example",
        /// Lines that were meant as a table and are none.
        NotATable => "not-a-table",
        /// Text that was meant as a link or footnote and is none.
        NotALink => "not-a-link",
        /// A code block or element that is never closed.
        UnclosedBlock => "unclosed-block",
        /// A heading's class that means nothing, near to one that does.
        UnknownClass => "unknown-class",
        /// A competency that is not applicable and yet written.
        NotApplicableWritten => "not-applicable-written",
        /// Levels that extend each other in a circle.
        ExtendsCycle => "extends-cycle",
        /// A level without a place on its track.
        MissingRank => "missing-rank",
        /// A move that ends where it starts.
        MoveToItself => "move-to-itself",
        /// Weights that don't add up to 100.
        WeightsSum => "weights-sum",
        /// A link to nowhere.
        BrokenLink => "broken-link",
        /// A link to a place that its page does not have.
        BrokenAnchor => "broken-anchor",
        /// A link that several pages could be meant by.
        AmbiguousLink => "ambiguous-link",
        /// A link that leaves the project.
        LinkOutside => "link-outside",
        /// A link from a published page to a draft.
        LinkToDraft => "link-to-draft",
        /// A link of a kind that could run code or that readers can't open.
        UnsafeLink => "unsafe-link",
        /// An image that is not there.
        MissingImage => "missing-image",
        /// An image that would be loaded from another host.
        RemoteImage => "remote-image",
        /// A theme that is not there, or was made for another version of Stepladder.
        InvalidTheme => "invalid-theme",
        /// A template with a mistake in it.
        TemplateError => "template-error",
    }
    Warning {
        /// A level that says nothing.
        EmptyLevel => "empty-level",
        /// A cell of the matrix that is not written yet.
        MissingCell => "missing-cell",
        /// A heading that opens a cell, with nothing under it.
        EmptyCell => "empty-cell",
        /// A place that is still to be written.
        Placeholder => "placeholder",
        /// A level that leads to a lower one.
        LeadsDown => "leads-down",
        /// One expectation twice on one level.
        DuplicateExpectation => "duplicate-expectation",
        /// A heading level that is skipped.
        HeadingJump => "heading-jump",
        /// An image without a text for those who can't see it.
        ImageAlt => "image-alt",
        /// Raw HTML that is left out.
        HtmlRemoved => "html-removed",
        /// A property set in `style` that the theme does not have.
        UnknownStyle => "unknown-style",
        /// A page whose review is overdue.
        ReviewOverdue => "review-overdue",
        /// A review that is never due, or on a day that is still to come.
        ReviewDate => "review-date",
    }
}

impl Code {
    /// Whether something that an author wrote is not read as what it is, so that it may seem to be missing elsewhere.
    #[must_use]
    pub fn hides_text(self) -> bool {
        matches!(self, Self::MergeConflict | Self::NotAHeading | Self::UnclosedBlock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
