//! What is wrong with text that is not YAML, in an author's words. Parsers tell what they expected; authors want to know
//! which line to mend, and how.

use std::ops::Range;

use super::error::SyntaxError;

/// Characters that mean something to YAML where a value begins.
const SPECIAL: &str = "@`%*&!|>?[{-";

/// What is wrong with `name:value`.
pub(super) const MISSING_SPACE: &str = "a space is missing after this colon";

/// How the lines begin that version control puts around two versions of a text.
const CONFLICT: [&str; 2] = ["<<<<<<< ", ">>>>>>> "];

/// Explains what the parser stumbled over at a byte of `text`.
pub(super) fn explain(text: &str, at: usize, parser: &str) -> SyntaxError {
    let stumble = ParserError { text, at: at.min(text.len()), parser };
    let known = [
        ParserError::conflict,
        ParserError::too_much,
        ParserError::tab,
        ParserError::unclosed_quote,
        ParserError::unclosed_bracket,
        ParserError::behind_quotes,
        ParserError::bracket,
        ParserError::special_start,
        ParserError::colon_in_text,
        ParserError::line_above,
        ParserError::escape,
        ParserError::mixed,
        ParserError::no_field,
        ParserError::indentation,
    ];
    known.iter().find_map(|known| known(&stumble)).unwrap_or_else(|| stumble.unknown())
}

struct ParserError<'t> {
    text: &'t str,
    at: usize,
    parser: &'t str,
}

/// A line of the form `name: value`. The places are bytes of the whole text.
struct Field<'t> {
    name: &'t str,
    value: &'t str,
    value_at: usize,
}

impl<'t> ParserError<'t> {
    /// The line that a byte is in, without what ends it.
    fn line_at(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        start..start + self.text[start..end].trim_end().len()
    }

    fn line(&self) -> Range<usize> {
        self.line_at(self.text.floor_char_boundary(self.at))
    }

    /// The nearest line above that says something.
    fn above(&self, line: &Range<usize>) -> Option<Range<usize>> {
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
    fn words(&self, line: &Range<usize>) -> Range<usize> {
        line.end.min(line.start + self.indent(line))..line.end
    }

    fn indent(&self, line: &Range<usize>) -> usize {
        let text = &self.text[line.clone()];
        text.len() - text.trim_start().len()
    }

    fn field(&self, line: &Range<usize>) -> Option<Field<'t>> {
        let text = &self.text[line.clone()];
        let colon = text.find(": ").or_else(|| text.strip_suffix(':').map(str::len))?;
        let value = text[colon + 1..].trim_start();
        let name = text[..colon].trim_start().trim_start_matches("- ").trim();
        Some(Field { name, value, value_at: line.end - value.len() })
    }

    fn too_much(&self) -> Option<SyntaxError> {
        let help = "use fewer of them, or move this to the text below the front matter";
        let message = "lists and fields are nested too deeply here, or there are too many of them";
        self.says("budget breached").then(|| made(message, help, self.words(&self.line())))
    }

    fn says(&self, words: &str) -> bool {
        self.parser.contains(words)
    }

    /// Where a value stands that begins in a line.
    fn value(field: &Field<'_>) -> Range<usize> {
        field.value_at..field.value_at + field.value.len()
    }

    /// Two versions of the file were put together, and nobody has chosen between them.
    fn conflict(&self) -> Option<SyntaxError> {
        let start = std::iter::once(0).chain(self.text.match_indices('\n').map(|(end, _)| end + 1));
        let marker = |at: &usize| CONFLICT.iter().any(|marker| self.text[*at..].starts_with(marker));
        let line = start.into_iter().find(marker).map(|start| self.line_at(start))?;
        let help = "keep the right lines, and remove those that begin with `<<<<<<<`, `=======` and `>>>>>>>`";
        Some(made("there's an unresolved merge conflict here", help, line))
    }

    fn tab(&self) -> Option<SyntaxError> {
        let line = self.line();
        let next = self.text[line.end..].find('\n').map(|length| self.line_at(line.end + length + 1));
        let tabbed = [Some(line), next].into_iter().flatten().find(|line| {
            let indent = &self.text[line.start..line.start + self.indent(line)];
            indent.contains('\t')
        })?;
        let span = tabbed.start..tabbed.start + self.indent(&tabbed);
        self.says("tab").then(|| made("this line is indented with a tab", "use spaces instead", span))
    }

    fn unclosed_quote(&self) -> Option<SyntaxError> {
        if self.says("unclosed quote") {
            return Some(self.unclosed(self.at));
        }
        // The quote that opens a text further down has closed it.
        let line = self.line();
        let field = self.field(&line).filter(|field| self.says("trailing content") && self.at == field.value_at + 1)?;
        let mut above = self.above(&line)?;
        let opens = |line: &Range<usize>| {
            let value = self.field(line).filter(|it| it.value.starts_with(&field.value[..1]))?;
            (value.value.matches(&field.value[..1]).count() == 1).then_some(value.value_at)
        };
        loop {
            if let Some(at) = opens(&above) {
                return Some(self.unclosed(at));
            }
            above = self.above(&above)?;
        }
    }

    /// The quote at a byte has no other.
    fn unclosed(&self, at: usize) -> SyntaxError {
        let quote = if self.text[at..].starts_with('\'') { "'" } else { "\"" };
        let help = format!("end the text with `{quote}`, or remove this one");
        made("this quote is never closed", &help, at..self.line_at(at).end)
    }

    fn unclosed_bracket(&self) -> Option<SyntaxError> {
        if !["unclosed bracket", "illegal placement", "',' or", "expected ']'"].iter().any(|words| self.says(words)) {
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
            line = self.above(&line)?;
        };
        let (bracket, closing) = if self.text[at..].starts_with('[') { ('[', ']') } else { ('{', '}') };
        let hidden = line.start + before_comment(&self.text[line.clone()]).len();
        if self.text[hidden..line.end].contains(closing) {
            let help = "put the text that begins with `#` in quotes";
            return Some(made(
                format!("the closing `{closing}` is lost, because ` #` starts a comment"),
                help,
                hidden..line.end,
            ));
        }
        let message = format!("this `{bracket}` is never closed");
        Some(made(message, &format!("end it with `{closing}`, or put the text in quotes"), at..line.end))
    }

    fn behind_quotes(&self) -> Option<SyntaxError> {
        if !self.says("trailing content") {
            return None;
        }
        let line = self.line();
        let field = self.field(&line)?;
        let help = if field.value.starts_with('\'') {
            "put the whole text in double quotes: `\"…\"`"
        } else {
            "put the whole text in single quotes, `'…'`, or remove the quotes"
        };
        Some(made("there's more text after the closing quote", help, Self::value(&field)))
    }

    fn special_start(&self) -> Option<SyntaxError> {
        let field = self.field(&self.line()).filter(|field| field.value_at <= self.at)?;
        let first = field.value.chars().next().filter(|first| SPECIAL.contains(*first))?;
        let message = format!("text that begins with `{first}` needs quotes");
        Some(made(message, &write_quoted(&field), Self::value(&field)))
    }

    fn colon_in_text(&self) -> Option<SyntaxError> {
        let field = self.field(&self.line()).filter(|field| field.value_at <= self.at)?;
        let colon = if field.value.contains(": ") { "contains `: `" } else { "ends with `:`" };
        let known = self.says("mapping values") && !field.value.starts_with(['"', '\'']);
        known.then(|| made(format!("text that {colon} needs quotes"), &write_quoted(&field), Self::value(&field)))
    }

    /// The parser stumbles over a line because of the one above.
    fn line_above(&self) -> Option<SyntaxError> {
        let line = self.line();
        let above = self.above(&line).filter(|_| self.says("mapping values"))?;
        let Some(field) = self.field(&above) else { return Some(self.not_a_field(self.words(&above))) };
        if let Some(name) = field.name.strip_prefix('-').filter(|name| !name.is_empty()) {
            let help = format!("write `- {name}: {}`", field.value);
            return Some(made("a space is missing after this hyphen", &help, self.words(&above)));
        }
        if self.indent(&line) <= self.indent(&above) {
            return None;
        }
        // A group of fields whose first line is not indented.
        let opener = self.above(&above).filter(|opener| self.indent(opener) == self.indent(&above));
        if let Some(opener) = opener.and_then(|opener| self.field(&opener)).filter(|opener| opener.value.is_empty()) {
            let message = "this line is indented differently from the one below it";
            let help = format!("indent it the same way if it belongs to `{}`", opener.name);
            return Some(made(message, &help, self.words(&above)));
        }
        let help = "start it in the same column as the other fields";
        Some(made("this line is indented, but the field above already has a value", help, self.words(&line)))
    }

    /// Some entries begin with a hyphen, and others don't.
    fn mixed(&self) -> Option<SyntaxError> {
        let line = self.line();
        let help = "use one form: start every entry with `- `, or none of them";
        let entry = self.says("'-' indicator") && self.field(&line).is_some();
        entry.then(|| made("list entries (`- …`) and fields (`name: …`) are mixed here", help, self.words(&line)))
    }

    fn bracket(&self) -> Option<SyntaxError> {
        let help = "remove it, or put the text in quotes";
        self.says("misplaced bracket").then(|| made("this bracket was never opened", help, self.at..self.at + 1))
    }

    fn escape(&self) -> Option<SyntaxError> {
        let help = "put the text in single quotes, or write `\\\\` for each `\\`";
        let field = self.field(&self.line()).filter(|_| self.says("escape"))?;
        Some(made("a `\\` in double quotes starts a special character", help, Self::value(&field)))
    }

    fn no_field(&self) -> Option<SyntaxError> {
        let line = self.line();
        if !self.says("expected") || self.text[line.clone()].trim().is_empty() {
            return None;
        }
        let words = self.words(&line);
        if self.text[words.clone()].starts_with("- ") {
            let help = "put the list under a line with only the field's name, such as `tags:`";
            let has_value =
                self.above(&line).and_then(|above| self.field(&above)).is_some_and(|it| !it.value.is_empty());
            return has_value.then(|| made("this list doesn't belong to a field", help, words));
        }
        self.field(&line).is_none().then(|| self.not_a_field(words))
    }

    fn not_a_field(&self, words: Range<usize>) -> SyntaxError {
        if let Some((name, value)) = split_missing_space(&self.text[words.clone()]) {
            return made(MISSING_SPACE, &format!("write `{name}: {value}`"), words);
        }
        let help = "if it continues the line above, indent it by two spaces; if it's a note, put `# ` before it";
        made("this line isn't a field", help, words)
    }

    fn indentation(&self) -> Option<SyntaxError> {
        let line = self.line();
        let (field, above) = (self.field(&line), self.above(&line)?);
        let help = "fields that belong together start in the same column";
        let message = "this line is indented differently from the lines it belongs to";
        let differs = field.is_some() && self.says("expected") && self.indent(&line) != self.indent(&above);
        differs.then(|| made(message, help, self.words(&line)))
    }

    fn unknown(&self) -> SyntaxError {
        let help = "write fields as `name: value`, one per line, and put text with special characters in quotes";
        made(format!("this isn't valid YAML ({})", self.parser), help, self.at..self.line().end.max(self.at))
    }
}

fn made(message: impl Into<String>, help: &str, span: Range<usize>) -> SyntaxError {
    SyntaxError { message: message.into(), help: help.to_owned(), span }
}

/// A line up to its comment, if it has one.
fn before_comment(line: &str) -> &str {
    &line[..line.find(" #").map_or(line.len(), |at| at + 1)]
}

/// The name and value in `name:value`.
pub(super) fn split_missing_space(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_value = !value.is_empty() && !value.starts_with(char::is_whitespace) && !value.starts_with("//");
    (is_name && is_value).then_some((name, value))
}

/// `write title: "…"`, with quotes that the text does not hold.
fn write_quoted(field: &Field<'_>) -> String {
    let Field { name, value, .. } = field;
    match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => format!("write `{name}: \"{value}\"`"),
        (true, false) => format!("write `{name}: '{value}'`"),
        (true, true) => "put it in single quotes, and write each `'` in it twice".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    /// What is said about some front matter, and what is marked.
    fn said(text: &str) -> (String, &str) {
        let malformed = parse(text, 0..text.len()).unwrap_err();
        (malformed.message, &text[malformed.span])
    }

    #[track_caller]
    fn says(text: &str, message: &str, marked: &str) {
        assert_eq!(said(text), (message.to_owned(), marked));
    }

    #[test]
    fn the_usual_mistakes_are_told_in_an_authors_words() {
        says("title: One: two\n", "a text that has `: ` in it needs quotes", "One: two");
        says("title: One:\nsummary: x\n", "a text that ends with `:` needs quotes", "One:");
        says("title: \"One\nsummary: x\n", "this quote is never closed", "\"One");
        says("title: 'It's'\n", "there's more text after the closing quote", "'It's'");
        says("a: 1\ntags: [one, two\nsummary: x\n", "this `[` is never closed", "[one, two");
        says("a: {b: 1\n", "this `{` is never closed", "{b: 1");
        says("title: [draft] A\nsummary: x\n", "a text that begins with `[` needs quotes", "[draft] A");
        says("title: A\nsummary: @x\n", "a text that begins with `@` needs quotes", "@x");
        says("title:A\nsummary: x\n", "a space is missing after this colon", "title:A");
        says("title = A\nsummary: x\n", "this line isn't a field", "title = A");
        says("title: A\njust a note\nowner: x\n", "this line isn't a field", "just a note");
        says("tags: [a]]\n", "this bracket was never opened", "]");
        says("a: [b, #c]\nd: 1\n", "the closing `]` is lost, for ` #` begins a comment", "#c]");
        says("title: A\nrank:3\nowner: x\n", "a space is missing after this colon", "rank:3");
        says("summary: A\nsecond line.\nrank: 3\n", "this line isn't a field", "second line.");
        says("a: \"One\nb: \"Two\"\n", "this quote is never closed", "\"One");
        says(
            "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n",
            "there's an unresolved merge conflict here",
            "<<<<<<< HEAD",
        );
        says("a: \"\\q\"\n", "a `\\` in double quotes starts a special character", "\"\\q\"");
    }

    #[test]
    fn indentation_is_told_where_it_is() {
        says("a:\n\tb: 1\n", "this line is indented with a tab", "\t");
        says("a: 1\n\tb: 1\n", "this line is indented with a tab", "\t");
        says("a: 1\n  b: 2\n", "this line is indented, but the field above already has a value", "b: 2");
        says("a:\n    b: 1\n  c: 2\n", "this line is indented differently from the lines it belongs to", "c: 2");
        says("a:\nb: 1\n  c: 2\n", "this line is indented differently from the one below it", "b: 1");
        says("a:\n  -b: 1\n    c: 2\n", "a space is missing after this hyphen", "-b: 1");
        let mixed = "list entries (`- …`) and fields (`name: …`) are mixed here";
        says("a:\n  - b: 1\n    c: 2\n  d: 3\n", mixed, "d: 3");
        says("a: 1\n- b\nc: 2\n", "this list doesn't belong to a field", "- b");
    }
}
