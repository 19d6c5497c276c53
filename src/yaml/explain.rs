//! Explanations of YAML syntax errors in the vocabulary of authors: parsers report what they expected, authors need to know
//! which line to fix, and how.

use std::ops::Range;

use super::cause::Cause;
use super::error::SyntaxError;
use super::scalar::scalar;
use super::typography::{self, CURLY_QUOTES, WRITE_SPACE, within_curly_quotes};
use crate::diagnostic::Advice;

/// The characters that have a syntactic meaning at the start of a value.
const INDICATORS: &str = "@`%*&!|>?[{-";

/// The message for `name:value`.
pub(super) const MISSING_SPACE: &str = "a space is missing after this colon";

/// The prefixes of conflict markers of version control.
const CONFLICT_MARKERS: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// Explains an error that the parser reported at a byte of `text`. Its message is shown where there is no explanation.
pub(super) fn explain(text: &str, offset: usize, cause: Cause, parser_message: &str) -> SyntaxError {
    let error = ParserError { text, offset: offset.min(text.len()), cause, message: parser_message };
    let explanations = [
        ParserError::merge_conflict,
        ParserError::exceeded_limit,
        ParserError::tab,
        ParserError::misplaced_space,
        ParserError::curly_quotes,
        ParserError::unclosed_quote,
        ParserError::unclosed_bracket,
        ParserError::text_after_quotes,
        ParserError::unopened_bracket,
        ParserError::special_start,
        ParserError::colon_in_text,
        ParserError::mistake_above,
        ParserError::invalid_escape,
        ParserError::mixed_entries,
        ParserError::missing_field_name,
        ParserError::inconsistent_indentation,
    ];
    explanations.iter().find_map(|explain| explain(&error)).unwrap_or_else(|| error.unknown())
}

/// An error of the YAML parser. Its methods each recognize one kind of mistake.
struct ParserError<'t> {
    text: &'t str,
    offset: usize,
    cause: Cause,
    message: &'t str,
}

/// A line of the form `name: value`.
struct FieldLine<'t> {
    name: &'t str,
    value: &'t str,
    /// The offset of the value in the whole text.
    value_start: usize,
}

impl<'t> ParserError<'t> {
    /// The line that contains a byte, without its line break.
    fn line_at(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        start..start + self.text[start..end].trim_end().len()
    }

    fn line(&self) -> Range<usize> {
        self.line_at(self.text.floor_char_boundary(self.offset))
    }

    /// The nearest line above that isn't blank.
    fn previous_line(&self, line: &Range<usize>) -> Option<Range<usize>> {
        let mut start = line.start;
        while start > 0 {
            let above = self.line_at(start - 1);
            if !self.text[above.clone()].trim().is_empty() {
                return Some(above);
            }
            start = above.start;
        }
        None
    }

    /// A line without its indentation.
    fn unindented(&self, line: &Range<usize>) -> Range<usize> {
        line.end.min(line.start + self.indent(line))..line.end
    }

    fn indent(&self, line: &Range<usize>) -> usize {
        let text = &self.text[line.clone()];
        text.len() - text.trim_start().len()
    }

    fn field(&self, line: &Range<usize>) -> Option<FieldLine<'t>> {
        let text = &self.text[line.clone()];
        let colon = text.find(": ").or_else(|| text.strip_suffix(':').map(str::len))?;
        let value = text[colon + 1..].trim_start();
        let name = text[..colon].trim_start().trim_start_matches("- ").trim();
        Some(FieldLine { name, value, value_start: line.end - value.len() })
    }

    fn exceeded_limit(&self) -> Option<SyntaxError> {
        let help = "use fewer of them, or move this to the text below the front matter";
        let message = "lists and fields are nested too deeply here, or there are too many of them";
        self.is(Cause::Limit).then(|| syntax_error(message, help, self.unindented(&self.line())))
    }

    fn is(&self, cause: Cause) -> bool {
        self.cause == cause
    }

    /// Returns whether the parser expected something else than it found.
    fn is_unexpected(&self) -> bool {
        matches!(self.cause, Cause::NoField | Cause::MissingSeparator | Cause::MissingHyphen)
    }

    /// The range of a field's value.
    fn value_range(field: &FieldLine<'_>) -> Range<usize> {
        field.value_start..field.value_start + field.value.len()
    }

    /// An unresolved merge conflict.
    fn merge_conflict(&self) -> Option<SyntaxError> {
        let start = std::iter::once(0).chain(self.text.match_indices('\n').map(|(end, _)| end + 1));
        let marker = |at: &usize| CONFLICT_MARKERS.iter().any(|marker| self.text[*at..].starts_with(marker));
        let line = start.into_iter().find(marker).map(|start| self.line_at(start))?;
        let help = "keep the right lines, and remove those that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
        Some(syntax_error("there's an unresolved merge conflict here", help, line))
    }

    fn tab(&self) -> Option<SyntaxError> {
        let line = self.line();
        let next = self.text[line.end..].find('\n').map(|length| self.line_at(line.end + length + 1));
        let tabbed = [Some(line), next].into_iter().flatten().find(|line| {
            let indent = &self.text[line.start..line.start + self.indent(line)];
            indent.contains('\t')
        })?;
        let span = tabbed.start..tabbed.start + self.indent(&tabbed);
        // Below a field with a value, there's nothing that an indented field could be part of.
        let above = self.previous_line(&tabbed).and_then(|above| self.field(&above));
        let is_beside = above.is_some_and(|above| !above.value.is_empty() && !above.value.starts_with(['|', '>', '&']));
        let is_field = self.field(&tabbed).is_some();
        let advice = if is_beside && is_field {
            let indentation = self
                .previous_line(&tabbed)
                .map_or("", |above| &self.text[above.start..above.start + self.indent(&above)]);
            let help = if indentation.is_empty() { "remove it" } else { "indent it with spaces, as the line above" };
            Advice::replace_by(help, indentation.replace('\t', "  "))
        } else {
            Advice::replace_by("use spaces instead", self.text[span.clone()].replace('\t', "  "))
        };
        self.is(Cause::Tab).then(|| syntax_error("this line is indented with a tab", advice, span))
    }

    /// The line of the error, and the one above it, where the parser often notices a mistake one line later.
    fn nearby_lines(&self) -> impl Iterator<Item = Range<usize>> {
        let line = self.line();
        std::iter::once(line.clone()).chain(self.previous_line(&line))
    }

    /// A space where YAML needs an ordinary one.
    fn misplaced_space(&self) -> Option<SyntaxError> {
        self.nearby_lines().find_map(|line| {
            let found = typography::misplaced_space(&self.text[line.clone()])?;
            let span = line.start + found.span.start..line.start + found.span.end;
            Some(syntax_error(found.message, Advice::replace_by(WRITE_SPACE, " "), span))
        })
    }

    /// A value in curly quotes that needs quotes.
    fn curly_quotes(&self) -> Option<SyntaxError> {
        self.nearby_lines().find_map(|line| {
            let field = self.field(&line)?;
            let span = Self::value_range(&field);
            let value = &field.value[within_curly_quotes(field.value)?];
            let advice = write_quoted(&FieldLine { value, ..field });
            Some(syntax_error(CURLY_QUOTES, advice, span))
        })
    }

    fn unclosed_quote(&self) -> Option<SyntaxError> {
        if self.is(Cause::UnclosedQuote) {
            return Some(self.unclosed_quote_at(self.offset));
        }
        // An unclosed quote above was closed by the opening quote of this line.
        let line = self.line();
        let field = self
            .field(&line)
            .filter(|field| self.is(Cause::TextAfterQuotes) && self.offset == field.value_start + 1)?;
        let mut above = self.previous_line(&line)?;
        let opens = |line: &Range<usize>| {
            let value = self.field(line).filter(|it| it.value.starts_with(&field.value[..1]))?;
            (value.value.matches(&field.value[..1]).count() == 1).then_some(value.value_start)
        };
        loop {
            if let Some(at) = opens(&above) {
                return Some(self.unclosed_quote_at(at));
            }
            above = self.previous_line(&above)?;
        }
    }

    /// The error for a quote without a closing quote.
    fn unclosed_quote_at(&self, at: usize) -> SyntaxError {
        let quote = if self.text[at..].starts_with('\'') { "'" } else { "\"" };
        let span = at..at + self.text[at..self.line_at(at).end].trim_end().len();
        let help = format!("end the text with `{quote}`, or remove this one");
        let advice = Advice::suggest(help, format!("{}{quote}", &self.text[span.clone()]));
        syntax_error("this quote is never closed", advice, span)
    }

    fn unclosed_bracket(&self) -> Option<SyntaxError> {
        if !matches!(self.cause, Cause::UnclosedBracket | Cause::MissingSeparator) {
            return None;
        }
        let open = |line: &Range<usize>| {
            let text = before_comment(&self.text[line.clone()]);
            let at = text.rfind(['[', '{'])?;
            (!text[at..].contains([']', '}'])).then_some(line.start + at)
        };
        let mut line = self.line();
        let at = loop {
            if let Some(at) = open(&line) {
                break at;
            }
            line = self.previous_line(&line)?;
        };
        let (bracket, closing) = if self.text[at..].starts_with('[') { ('[', ']') } else { ('{', '}') };
        let hidden = line.start + before_comment(&self.text[line.clone()]).len();
        if self.text[hidden..line.end].contains(closing) {
            let help = "put the text that begins with `#` in quotes";
            return Some(syntax_error(
                format!("the closing `{closing}` is lost, because ` #` starts a comment"),
                help,
                hidden..line.end,
            ));
        }
        let message = format!("this `{bracket}` is never closed");
        let span = at..at + self.text[at..line.end].trim_end().len();
        let help = format!("end it with `{closing}`, or put the text in quotes");
        let advice = Advice::suggest(help, format!("{}{closing}", &self.text[span.clone()]));
        Some(syntax_error(message, advice, span))
    }

    fn text_after_quotes(&self) -> Option<SyntaxError> {
        if !self.is(Cause::TextAfterQuotes) {
            return None;
        }
        let line = self.line();
        let field = self.field(&line)?;
        let advice = if field.value.starts_with('\'') {
            Advice::suggest("put the whole text in double quotes: `\"…\"`", scalar(field.value))
        } else {
            let quoted = format!("'{}'", field.value.replace('\'', "''"));
            Advice::suggest("put the whole text in single quotes, `'…'`, or remove the quotes", quoted)
        };
        Some(syntax_error("there's more text after the closing quote", advice, Self::value_range(&field)))
    }

    fn special_start(&self) -> Option<SyntaxError> {
        let field = self.field(&self.line()).filter(|field| field.value_start <= self.offset)?;
        let first = field.value.chars().next().filter(|first| INDICATORS.contains(*first))?;
        let message = format!("text that begins with `{first}` needs quotes");
        Some(syntax_error(message, write_quoted(&field), Self::value_range(&field)))
    }

    fn colon_in_text(&self) -> Option<SyntaxError> {
        let field = self.field(&self.line()).filter(|field| field.value_start <= self.offset)?;
        let colon = if field.value.contains(": ") { "contains `: `" } else { "ends with `:`" };
        let is_plain = self.is(Cause::MisplacedColon) && !field.value.starts_with(['"', '\'']);
        is_plain.then(|| {
            syntax_error(format!("text that {colon} needs quotes"), write_quoted(&field), Self::value_range(&field))
        })
    }

    /// A mistake in the line above, which the parser notices one line later.
    fn mistake_above(&self) -> Option<SyntaxError> {
        let line = self.line();
        let above = self.previous_line(&line).filter(|_| self.is(Cause::MisplacedColon))?;
        let Some(field) = self.field(&above) else { return Some(self.not_a_field(self.unindented(&above))) };
        if let Some(name) = field.name.strip_prefix('-').filter(|name| !name.is_empty()) {
            let written = format!("- {name}: {}", field.value);
            let advice = Advice::replace_by(format!("write `{written}`"), written);
            return Some(syntax_error("a space is missing after this hyphen", advice, self.unindented(&above)));
        }
        if self.indent(&line) <= self.indent(&above) {
            return None;
        }
        // The first line of nested fields isn't indented.
        let opener = self.previous_line(&above).filter(|opener| self.indent(opener) == self.indent(&above));
        if let Some(opener) = opener.and_then(|opener| self.field(&opener)).filter(|opener| opener.value.is_empty()) {
            let message = "this line is indented differently from the one below it";
            let help = format!("indent it the same way if it belongs to `{}`", opener.name);
            return Some(syntax_error(message, help, self.unindented(&above)));
        }
        let help = "start it in the same column as the other fields";
        Some(syntax_error(
            "this line is indented, but the field above already has a value",
            help,
            self.unindented(&line),
        ))
    }

    /// A block in which some entries begin with a hyphen and others don't.
    fn mixed_entries(&self) -> Option<SyntaxError> {
        let line = self.line();
        let help = "use one form: start every entry with `- `, or none of them";
        let entry = self.is(Cause::MissingHyphen) && self.field(&line).is_some();
        entry.then(|| {
            syntax_error("list entries (`- …`) and fields (`name: …`) are mixed here", help, self.unindented(&line))
        })
    }

    fn unopened_bracket(&self) -> Option<SyntaxError> {
        let help = "remove it, or put the text in quotes";
        self.is(Cause::UnopenedBracket)
            .then(|| syntax_error("this bracket was never opened", help, self.offset..self.offset + 1))
    }

    fn invalid_escape(&self) -> Option<SyntaxError> {
        let help = "put the text in single quotes, or write `\\\\` for each `\\`";
        let line = self.line();
        let field = self.field(&line).filter(|field| field.value_start <= self.offset);
        let span = field.map_or_else(|| self.unindented(&line), |field| Self::value_range(&field));
        let message = "a `\\` in double quotes starts a special character";
        self.is(Cause::InvalidEscape).then(|| syntax_error(message, help, span))
    }

    fn missing_field_name(&self) -> Option<SyntaxError> {
        let line = self.line();
        if !self.is_unexpected() || self.text[line.clone()].trim().is_empty() {
            return None;
        }
        let words = self.unindented(&line);
        if self.text[words.clone()].starts_with("- ") {
            let help = "put the list under a line with only the field's name, such as `tags:`";
            let has_value =
                self.previous_line(&line).and_then(|above| self.field(&above)).is_some_and(|it| !it.value.is_empty());
            return has_value.then(|| syntax_error("this list doesn't belong to a field", help, words));
        }
        self.field(&line).is_none().then(|| self.not_a_field(words))
    }

    fn not_a_field(&self, words: Range<usize>) -> SyntaxError {
        if let Some((name, value)) = split_missing_space(&self.text[words.clone()]) {
            let written = format!("{name}: {value}");
            return syntax_error(MISSING_SPACE, Advice::replace_by(format!("write `{written}`"), written), words);
        }
        let help = "if it continues the line above, indent it by two spaces; if it's a note, put `# ` before it";
        syntax_error("this line isn't a field", help, words)
    }

    fn inconsistent_indentation(&self) -> Option<SyntaxError> {
        let line = self.line();
        let (field, above) = (self.field(&line), self.previous_line(&line)?);
        let help = "fields that belong together start in the same column";
        let message = "this line is indented differently from the lines it belongs to";
        let differs = field.is_some() && self.is_unexpected() && self.indent(&line) != self.indent(&above);
        differs.then(|| syntax_error(message, help, self.unindented(&line)))
    }

    fn unknown(&self) -> SyntaxError {
        let help = "write fields as `name: value`, one per line, and put text with special characters in quotes";
        syntax_error(
            format!("this isn't valid YAML ({})", self.message),
            help,
            self.offset..self.line().end.max(self.offset),
        )
    }
}

fn syntax_error(message: impl Into<String>, advice: impl Into<Advice>, span: Range<usize>) -> SyntaxError {
    SyntaxError { message: message.into(), advice: advice.into(), span }
}

/// A line without its comment.
fn before_comment(line: &str) -> &str {
    &line[..line.find(" #").map_or(line.len(), |at| at + 1)]
}

/// Splits `name:value`; returns `None` for other texts, such as addresses.
pub(super) fn split_missing_space(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_value = !value.is_empty() && !value.starts_with(char::is_whitespace) && !value.starts_with("//");
    (is_name && is_value).then_some((name, value))
}

/// The advice to write a value in quotes, with quotes that the value doesn't contain.
fn write_quoted(field: &FieldLine<'_>) -> Advice {
    let FieldLine { name, value, .. } = field;
    let quoted = match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => format!("\"{value}\""),
        (true, false) => format!("'{value}'"),
        (true, true) => {
            let help = "put it in single quotes, and write each `'` in it twice";
            return Advice::replace_by(help, format!("'{}'", value.replace('\'', "''")));
        }
    };
    Advice::replace_by(format!("write `{name}: {quoted}`"), quoted)
}

#[cfg(test)]
mod tests;
