//! The causes of YAML errors, from those of the libraries.

use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::{Error, ExternalMessageSource};

/// The cause of a YAML error, as far as its explanation depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Too deep, or too many values.
    Limit,
    /// A tab where YAML allows only spaces.
    Tab,
    UnclosedQuote,
    TextAfterQuotes,
    UnclosedBracket,
    /// A `,` or a closing bracket is missing.
    MissingSeparator,
    UnopenedBracket,
    /// `: ` inside a value.
    MisplacedColon,
    InvalidEscape,
    /// A list entry without a hyphen.
    MissingHyphen,
    /// Something other than a field.
    NoField,
    Other,
}

impl Cause {
    /// The cause of an error of the library.
    pub(super) fn of(error: &Error) -> Self {
        match error.without_snippet() {
            Error::Budget { .. } => Self::Limit,
            // The name of a field is a list or a mapping.
            Error::Unexpected { .. } => Self::NoField,
            Error::AliasError { error, .. } => Self::of(error),
            Error::ExternalMessage { source, .. } => match &**source {
                ExternalMessageSource::Parser(error) => Self::of_parser(error.kind()),
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }

    fn of_parser(kind: &ErrorKind) -> Self {
        match kind {
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar => Self::Tab,
            ErrorKind::RecursionLimitExceeded => Self::Limit,
            ErrorKind::UnclosedQuotedScalar => Self::UnclosedQuote,
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                Self::TextAfterQuotes
            }
            ErrorKind::UnclosedFlowCollection { .. } | ErrorKind::InvalidColonPlacement => Self::UnclosedBracket,
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
                Self::MissingSeparator
            }
            ErrorKind::MisplacedFlowCollectionEnd => Self::UnopenedBracket,
            ErrorKind::MappingValueNotAllowed => Self::MisplacedColon,
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape => Self::InvalidEscape,
            ErrorKind::ExpectedBlockSequenceEntry => Self::MissingHyphen,
            ErrorKind::SimpleKeyExpected
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedDocumentStart
            | ErrorKind::ExpectedNodeContent
            | ErrorKind::UnexpectedCharacter { .. }
            | ErrorKind::UnexpectedEofBlockMapping
            | ErrorKind::UnexpectedEofBlockSequence
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::InvalidBlockScalarHeader
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::MissingAnchorOrAliasName
            | ErrorKind::MissingDirectiveName => Self::NoField,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind of the parser's error, and the cause.
    fn of(text: &str) -> (Option<ErrorKind>, Cause) {
        let error = serde_yaml::from_str::<serde_json::Value>(text).expect_err(text);
        let kind = match error.without_snippet() {
            Error::ExternalMessage { source, .. } => match &**source {
                ExternalMessageSource::Parser(error) => Some(error.kind().clone()),
                _ => None,
            },
            _ => None,
        };
        (kind, Cause::of(&error))
    }

    #[test]
    fn mistakes_have_the_kinds_of_errors_that_explanations_depend_on() {
        use ErrorKind as E;
        let mistakes = [
            ("a:\n\tb: 1\n", E::TabInBlockIndentation, Cause::Tab),
            ("a: 1\n\tb: 1\n", E::TabInPlainScalar, Cause::Tab),
            ("a: |\n\tb\n", E::TabAtBlockScalarStart, Cause::Tab),
            ("a: \"b\n", E::UnclosedQuotedScalar, Cause::UnclosedQuote),
            ("a: 'b'c'\n", E::InvalidTrailingSingleQuotedScalar, Cause::TextAfterQuotes),
            ("a: \"b\"c\n", E::InvalidTrailingDoubleQuotedScalar, Cause::TextAfterQuotes),
            ("a: [b\n", E::UnclosedFlowCollection { open: '[' }, Cause::UnclosedBracket),
            ("a: [b\nc: d\n", E::InvalidColonPlacement, Cause::UnclosedBracket),
            ("a: {b: c: d}\n", E::ExpectedFlowMappingSeparator, Cause::MissingSeparator),
            ("a: [[b] c]\n", E::ExpectedFlowSequenceSeparator, Cause::MissingSeparator),
            ("a: [b]]\n", E::MisplacedFlowCollectionEnd, Cause::UnopenedBracket),
            ("a: b: c\n", E::MappingValueNotAllowed, Cause::MisplacedColon),
            ("a: \"\\q\"\n", E::UnknownQuotedScalarEscape, Cause::InvalidEscape),
            ("a: \"C:\\users\"\n", E::InvalidQuotedScalarHexEscape, Cause::InvalidEscape),
            ("a: \"\\uD800\\u12\"\n", E::InvalidLowSurrogateHexEscape, Cause::InvalidEscape),
            ("a: \"\\uD800\\u0041\"\n", E::InvalidLowSurrogate, Cause::InvalidEscape),
            ("a: \"\\uD800\"\n", E::MissingLowSurrogate, Cause::InvalidEscape),
            ("a: \"\\uDC00\"\n", E::UnpairedLowSurrogate, Cause::InvalidEscape),
            ("a: \"\\UFFFFFFFF\"\n", E::InvalidUnicodeEscape, Cause::InvalidEscape),
            ("a:\n  - b\n  c: d\n", E::ExpectedBlockSequenceEntry, Cause::MissingHyphen),
            ("a: b\nc\nd: e\n", E::SimpleKeyExpected, Cause::NoField),
            ("a: b\n- c\n", E::ExpectedBlockMappingKey, Cause::NoField),
            (" a: b\nc: d\n", E::ExpectedDocumentStart, Cause::NoField),
            ("a: b\n@c\n", E::UnexpectedCharacter { character: '@' }, Cause::NoField),
            ("- ,\n", E::UnexpectedEofBlockSequence, Cause::NoField),
            ("a:\n , b: c\n", E::UnexpectedEofBlockMapping, Cause::NoField),
            ("a: |x\n", E::InvalidBlockScalarHeader, Cause::NoField),
            ("a:\n  !b,c: d\n", E::InvalidTagTerminator, Cause::NoField),
            ("a: b\n!!\\\n", E::MissingTagUri, Cause::NoField),
            ("a: b\n%\n", E::MissingDirectiveName, Cause::NoField),
            ("a: b\n*\n", E::MissingAnchorOrAliasName, Cause::NoField),
        ];
        for (text, kind, cause) in mistakes {
            assert_eq!(of(text), (Some(kind), cause), "{text:?}");
        }
    }

    #[test]
    fn errors_of_the_deserializer_have_causes_too() {
        assert_eq!(of("? [a]\n: b\n"), (None, Cause::NoField));
        assert_eq!(of("a: *b\n"), (None, Cause::Other));
        assert_eq!(of(&"- ".repeat(3000)).1, Cause::Limit);
        assert_eq!(of(&format!("{}1{}", "[".repeat(3000), "]".repeat(3000))).1, Cause::Limit);
    }
}
