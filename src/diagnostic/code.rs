//! The codes of all diagnostics. Each has a page in `tests/cases/` that's both its documentation and its test.

use super::severity::Severity;

macro_rules! codes {
    ($($severity:ident { $($(#[doc = $doc:literal])+ $variant:ident => $name:literal,)+ })+) => {
        /// The kind of problem that a diagnostic reports: a stable kebab-case name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($($(#[doc = $doc])+ $variant,)+)+ }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$($(Self::$variant,)+)+];

            /// The name that users see.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($(Self::$variant => $name,)+)+ }
            }

            /// The kind of problem in a sentence.
            #[must_use]
            pub fn description(self) -> &'static str {
                match self { $($(Self::$variant => concat!($($doc),+).trim_ascii_start(),)+)+ }
            }

            /// The page that explains the problem, in Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self { $($(Self::$variant => include_str!(concat!("../../tests/cases/", $name, ".md")),)+)+ }
            }

            /// The severity: errors prevent a build.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $($(Self::$variant)|+ => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    Error {
        /// A file that isn't UTF-8 text.
        NotUtf8 => "not-utf8",
        /// A page without front matter.
        MissingFrontMatter => "missing-front-matter",
        /// A page whose file has another extension than `.md`.
        PageEnding => "page-ending",
        /// A symbolic link that leads nowhere or out of the project.
        UnresolvedSymlink => "unresolved-symlink",
        /// An unresolved merge conflict.
        MergeConflict => "merge-conflict",
        /// Front matter without a closing `---`.
        UnclosedFrontMatter => "unclosed-front-matter",
        /// Front matter, `stepladder.yaml` or `theme.yaml` that isn't valid YAML.
        InvalidYaml => "invalid-yaml",
        /// A field that doesn't exist.
        UnknownField => "unknown-field",
        /// A field, or an entry of a list, that appears twice.
        DuplicateField => "duplicate-field",
        /// A required field that's missing.
        MissingField => "missing-field",
        /// A field whose value has the wrong type or form.
        InvalidValue => "invalid-value",
        /// A `kind` that doesn't exist.
        UnknownKind => "unknown-kind",
        /// A name that no track has.
        UnknownTrack => "unknown-track",
        /// Two tracks in one folder with levels that don't set their track.
        AmbiguousTrack => "ambiguous-track",
        /// A name that no level has.
        UnknownLevel => "unknown-level",
        /// A name that no competency has.
        UnknownCompetency => "unknown-competency",
        /// A facet that the configuration doesn't list.
        UnknownFacet => "unknown-facet",
        /// An area that the configuration doesn't list.
        UnknownArea => "unknown-area",
        /// An owner that the configuration doesn't list.
        UnknownOwner => "unknown-owner",
        /// A step that a competency's scale doesn't have.
        UnknownStep => "unknown-step",
        /// A table or list with names of cells, in which one is unknown.
        UnknownCell => "unknown-cell",
        /// A name that several pages have.
        AmbiguousName => "ambiguous-name",
        /// A name that no expectation has.
        UnknownExpectation => "unknown-expectation",
        /// An expectation that a level raises or retires but doesn't inherit.
        NotInherited => "not-inherited",
        /// An expectation that is raised or retired twice.
        AlreadySuperseded => "already-superseded",
        /// Two pages of one kind with the same id.
        DuplicateId => "duplicate-id",
        /// Braces at the end of an expectation that hold no valid id.
        MalformedId => "malformed-id",
        /// Two things on one page with the same anchor.
        DuplicateAnchor => "duplicate-anchor",
        /// Two files of the site with the same address.
        DuplicateAddress => "duplicate-address",
        /// An address outside the site, or one that some systems don't allow.
        InvalidAddress => "invalid-address",
        /// An alias whose address is already taken.
        AliasCollision => "alias-collision",
        /// Two cells for the same level and competency.
        DuplicateCell => "duplicate-cell",
        /// A heading that almost matches the name of a competency or level.
        NearlyNamedHeading => "nearly-named-heading",
        /// A heading that starts a cell inside another cell.
        NestedCell => "nested-cell",
        /// A line that looks like a heading but isn't one.
        NotAHeading => "not-a-heading",
        /// A line that looks like a list item but isn't one.
        NotAListItem => "not-a-list-item",
        /// Text that was probably meant as an example.
        NotAnExample => "not-an-example",
        /// Text of a cell that isn't read as an expectation, though nothing else in its place is.
        NotAnExpectation => "not-an-expectation",
        /// Lines that look like a table but aren't one.
        NotATable => "not-a-table",
        /// Markdown inside of HTML, which isn't read as Markdown.
        NotMarkdown => "not-markdown",
        /// Text that Markdown drops.
        UnpublishedText => "unpublished-text",
        /// Markup of another program.
        UnknownMarkup => "unknown-markup",
        /// Text that looks like a link or footnote but isn't one.
        NotALink => "not-a-link",
        /// A code block or element that's never closed.
        UnclosedBlock => "unclosed-block",
        /// A heading's class that almost matches one with a meaning.
        UnknownClass => "unknown-class",
        /// Expectations for a competency that doesn't apply.
        NotApplicableWritten => "not-applicable-written",
        /// Levels that extend each other in a cycle.
        ExtendsCycle => "extends-cycle",
        /// A level without a position on its track.
        MissingRank => "missing-rank",
        /// A move that starts and ends at the same level.
        MoveToItself => "move-to-itself",
        /// Weights that don't add up to 100.
        WeightsSum => "weights-sum",
        /// A published address from which nothing leads on.
        GoneAddress => "gone-address",
        /// A link to a page or file that doesn't exist.
        BrokenLink => "broken-link",
        /// A link to an anchor that the page doesn't have.
        BrokenAnchor => "broken-anchor",
        /// A link by a name that several pages have.
        AmbiguousLink => "ambiguous-link",
        /// A link to a file outside `content/`.
        LinkOutside => "link-outside",
        /// A link from a published page to a draft.
        LinkToDraft => "link-to-draft",
        /// A link that could run code, or that readers can't open.
        UnsafeLink => "unsafe-link",
        /// An image that doesn't exist.
        MissingImage => "missing-image",
        /// An image that would be loaded from another site.
        RemoteImage => "remote-image",
        /// A file that could run scripts on the site, or load something from elsewhere.
        ActiveFile => "active-file",
        /// A theme that doesn't exist, or that was made for another version of Stepladder.
        InvalidTheme => "invalid-theme",
        /// A template with an error.
        TemplateError => "template-error",
    }
    Warning {
        /// A level without content.
        EmptyLevel => "empty-level",
        /// A cell of the matrix that isn't written yet.
        MissingCell => "missing-cell",
        /// A cell without an expectation.
        EmptyCell => "empty-cell",
        /// A list item without text.
        EmptyItem => "empty-item",
        /// A section that looks like a cell, but whose heading names no competency or level.
        NotACell => "not-a-cell",
        /// A placeholder instead of an expectation.
        Placeholder => "placeholder",
        /// A level that leads to a lower level of its track.
        LeadsDown => "leads-down",
        /// The same expectation twice on one level.
        DuplicateExpectation => "duplicate-expectation",
        /// A skipped heading level.
        HeadingJump => "heading-jump",
        /// A file that's published although no page links to it.
        UnlinkedFile => "unlinked-file",
        /// An image without alternative text.
        ImageAlt => "image-alt",
        /// Raw HTML that's removed.
        HtmlRemoved => "html-removed",
        /// A property in `style` that the theme doesn't have.
        UnknownStyle => "unknown-style",
        /// Colours of text and background that are too similar.
        LowContrast => "low-contrast",
        /// A file of a theme that overrides nothing.
        UnusedThemeFile => "unused-theme-file",
        /// A page whose review is overdue.
        ReviewOverdue => "review-overdue",
        /// A review that's never due, or a date in the future.
        ReviewDate => "review-date",
    }
}

impl Code {
    /// The path of the problem's page in the repository of Stepladder, which has no address on the web.
    #[must_use]
    pub fn documentation(self) -> String {
        format!("tests/cases/{}.md", self.as_str())
    }

    /// The command that prints the problem's page.
    #[must_use]
    pub fn explain_command(self) -> String {
        format!("stepladder explain {}", self.as_str())
    }

    /// Returns whether the problem makes content unreadable, so that it may seem to be missing elsewhere.
    #[must_use]
    pub fn hides_text(self) -> bool {
        matches!(self, Self::MergeConflict | Self::NotAHeading | Self::NotMarkdown | Self::UnclosedBlock)
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
