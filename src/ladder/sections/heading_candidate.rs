//! Lines that may be meant as headings: the texts that these headings would have, and why they aren't headings.

use crate::diagnostic::catalog::HeadingForm;
use crate::name::fold;

/// The maximum length in bytes of a line that may be meant as a heading: longer than any name of a page.
const MAX_LINE_BYTES: usize = 160;

/// A line that may be meant as a heading.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HeadingCandidate {
    /// The texts that the heading could have: as written first, without marks and numbers last.
    pub(crate) texts: Vec<String>,
    /// The reason why it isn't a heading.
    pub(crate) form: HeadingForm,
    /// Whether it has marks of a heading, in any notation.
    pub(crate) is_marked: bool,
    /// Whether it's in a list item or a quotation.
    pub(crate) is_contained: bool,
    /// The id and classes in braces at its end.
    pub(crate) attributes: String,
    /// Whether more text follows the heading's text on the same line.
    pub(crate) has_gloss: bool,
}

impl HeadingCandidate {
    /// Whether a line has nothing but the text of this heading, so that a heading can replace it.
    pub(crate) fn is_whole(&self, line: &str) -> bool {
        let line = line.trim();
        let is_closed = self.form != HeadingForm::Html || line.ends_with('>') && line.matches('<').count() > 1;
        // A panel has more lines.
        is_closed && !self.has_gloss && !self.is_contained && !line.starts_with('{')
    }

    /// Whether the text of the line is a name with nothing but punctuation around it.
    pub(crate) fn is_only(&self, name: &str) -> bool {
        let is_punctuation = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '.' | '*' | '_');
        fold(self.texts[0].trim_matches(is_punctuation)) == fold(name)
    }
}

/// Reads a line as a heading; `None` if it's too long, empty, or the row of a table.
pub(crate) fn heading_candidate(line: &str) -> Option<HeadingCandidate> {
    let text = line.trim();
    if text.is_empty() || text.len() > MAX_LINE_BYTES || text.starts_with('|') || text.contains(" | ") {
        return None;
    }
    let is_indented = line.starts_with("    ") || line.trim_start_matches(' ').starts_with('\t');
    let mut form = if is_indented { HeadingForm::Indented } else { HeadingForm::Text };
    let mut text = text;
    while let Some((inside, container)) = without_container(text) {
        (text, form) = (inside.trim_start(), container);
    }
    let is_contained = matches!(form, HeadingForm::Item | HeadingForm::Quote);
    let mut is_marked = false;
    let untagged;
    if text.starts_with('<') {
        is_marked = text[1..].starts_with(['h', 'H']) && text[2..].starts_with(|c: char| c.is_ascii_digit());
        untagged = without_tags(text);
        (text, form) = (untagged.trim(), HeadingForm::Html);
    }
    let bare = without_anchors(&without_breaks(text).replace("&#35;", "#").replace("&num;", "#"));
    let is_encoded = bare.starts_with('#') && !text.starts_with('#');
    let bare = bare.trim();
    let mut text = without_attributes(bare);
    let attributes = bare[text.len()..].trim().to_owned();
    if let Some((unmarked, markup)) = without_marks(text) {
        (text, form, is_marked) = (unmarked, markup.unwrap_or(form), true);
    }
    if is_encoded {
        form = HeadingForm::OtherMarkup;
    }
    let (lead, emphasis) = emphasized_lead(text);
    if form == HeadingForm::Text {
        form = emphasis.unwrap_or(form);
    }
    let (lead, has_more) = match emphasis {
        Some(_) => (lead, text.trim_matches(|c: char| !c.is_alphanumeric()).len() > trimmed(lead).len()),
        None => (lead, false),
    };
    let unemphasized = has_more.then(|| text.replace(['*', '_'], ""));
    let (name, remark) = split_remark(lead);
    let has_gloss = has_more || remark;
    let mut texts = Vec::new();
    let name = trimmed(name);
    let forms = [Some(lead), Some(trimmed(lead)), Some(name), without_number(name), without_label(name)];
    for text in forms.into_iter().flatten().chain(unemphasized.as_deref()) {
        if text.chars().any(char::is_alphanumeric) && !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    let candidate = HeadingCandidate { texts, form, is_marked, is_contained, attributes, has_gloss };
    (!candidate.texts.is_empty()).then_some(candidate)
}

/// The part of a plain line before a dash, a colon or another sign, if text follows.
pub(crate) fn before_gloss(text: &str) -> Option<&str> {
    const MARKS: [&str; 7] = [" – ", " — ", " - ", " = ", " => ", " -> ", " → "];
    let is_mark = |(at, c): &(usize, char)| match c {
        ' ' => MARKS.iter().any(|mark| text[*at..].starts_with(mark)),
        ':' => text[*at..].starts_with(": "),
        '：' | '\t' => true,
        _ => false,
    };
    text.char_indices().find(is_mark).map(|(at, _)| text[..at].trim())
}

/// The text of a quotation or a list item.
fn without_container(text: &str) -> Option<(&str, HeadingForm)> {
    if let Some(inside) = text.strip_prefix('>') {
        return Some((inside, HeadingForm::Quote));
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = if digits.len() < text.len() {
        digits.strip_prefix(['.', ')'])?
    } else {
        text.strip_prefix(['-', '*', '+', '•', '◦', '▪', '●', '‣', '·'])?
    };
    after.starts_with(char::is_whitespace).then_some((after, HeadingForm::Item))
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out + rest
}

/// A text without line breaks in HTML at its end.
fn without_breaks(mut text: &str) -> &str {
    while let Some(before) = ["<br>", "<br/>", "<br />", "\\"].iter().find_map(|mark| text.strip_suffix(mark)) {
        text = before.trim_end();
    }
    text
}

/// A text without links and spans that show nothing, which other programs add to headings: `[](#x)`, `[#](#x)`, `[]{#x}`.
fn without_anchors(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        out.push_str(before);
        let end = link.split_once(']').filter(|(shown, _)| !shown.contains(char::is_alphanumeric));
        let after = end.and_then(|(_, after)| match after.chars().next() {
            Some('(') => after.split_once(')'),
            Some('{') => after.split_once('}'),
            _ => None,
        });
        rest = if let Some((_, after)) = after {
            after
        } else {
            out.push('[');
            link
        };
    }
    out + rest
}

/// A text without a remark in parentheses at its end, and whether it has one: `Delivery (30%)`.
fn split_remark(text: &str) -> (&str, bool) {
    let before = text.strip_suffix([')', '）']).and_then(|inside| inside.rsplit_once(['(', '（']));
    match before.filter(|(before, _)| before.contains(char::is_alphanumeric)) {
        Some((before, _)) => (before.trim_end(), true),
        None => (text, false),
    }
}

/// A text without a word for what it names in front of it: `Competency: Delivery`, `Step 2: Able`. `None` if it has none.
fn without_label(text: &str) -> Option<&str> {
    const LABELS: [&str; 10] =
        ["area", "category", "competency", "dimension", "level", "pillar", "skill", "stage", "step", "track"];
    let at = text.find([':', '：', '–', '—', '-'])?;
    let label = text[..at].trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '#'));
    LABELS.contains(&label.trim_end().to_lowercase().as_str()).then(|| trimmed(&text[at..]))
}

/// A heading's text without `{#id .class}` at its end.
fn without_attributes(text: &str) -> &str {
    match text.strip_suffix('}').and_then(|inside| inside.rsplit_once('{')) {
        Some((before, attributes)) if attributes.starts_with(['#', '.']) => before.trim_end(),
        _ => text,
    }
}

/// A text without the marks of a heading in any notation, and their form, unless it's that of Markdown. `None` if it has no
/// marks.
fn without_marks(text: &str) -> Option<(&str, Option<HeadingForm>)> {
    let is_hash = |c: char| matches!(c, '#' | '＃');
    let is_rule = |c: char| matches!(c, '=' | '~' | '+' | '-' | '–' | '—' | '!');
    let (escaped, bare) = match text.strip_prefix('\\') {
        Some(bare) => (true, bare),
        None => (false, text),
    };
    let rest = bare.trim_start_matches(is_hash);
    let hashes = &bare[..bare.len() - rest.len()];
    let is_heading = rest.starts_with(char::is_whitespace) || hashes.chars().count() > 1 || hashes.contains('＃');
    if !hashes.is_empty() && is_heading {
        let form =
            if escaped { Some(HeadingForm::Escaped) } else { hashes.contains('＃').then_some(HeadingForm::FullWidth) };
        return Some((rest.trim().trim_end_matches(is_hash).trim(), form));
    }
    let panel = text.strip_prefix('{').and_then(|inside| inside.split_once("title=")).map(|(_, title)| title);
    if let Some(title) = panel.and_then(|title| title.split(['|', '}']).next()) {
        return Some((title.trim_matches(['"', ' ']), Some(HeadingForm::OtherMarkup)));
    }
    if let Some(rest) = text.strip_prefix("bq. ") {
        return Some((rest.trim(), Some(HeadingForm::OtherMarkup)));
    }
    let wiki = text.strip_prefix(['h', 'H']).and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_digit()));
    if let Some(rest) = wiki.and_then(|rest| rest.strip_prefix(['.', ':'])) {
        return Some((rest.trim(), Some(HeadingForm::OtherMarkup)));
    }
    let rest = text.trim_start_matches(is_rule);
    let marks = text[..text.len() - rest.len()].chars().count();
    if marks > 1 || (marks == 1 && text.starts_with('=')) {
        return Some((rest.trim_end_matches(is_rule).trim(), Some(HeadingForm::OtherMarkup)));
    }
    None
}

/// The emphasized text at the start of a line, and how it's emphasized; the line itself if there is none.
fn emphasized_lead(text: &str) -> (&str, Option<HeadingForm>) {
    for (mark, form) in
        [("**", HeadingForm::Bold), ("__", HeadingForm::Bold), ("*", HeadingForm::Italic), ("_", HeadingForm::Italic)]
    {
        let Some((lead, _)) = text.strip_prefix(mark).and_then(|inside| inside.split_once(mark)) else { continue };
        if !lead.trim_matches(['*', '_']).trim().is_empty() {
            return (lead.trim_matches(['*', '_']).trim(), Some(form));
        }
        let mut inner = text.trim_matches(['*', '_']);
        if let Some((lead, _)) = inner.split_once(mark) {
            inner = lead;
        }
        return (inner.trim(), Some(form));
    }
    (text, None)
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A text without the number in front of it: `2.3 Craft`, `(2) Craft`, `IV. Craft`, `a) Craft`. `None` if it has none.
pub(crate) fn without_number(text: &str) -> Option<&str> {
    let is_roman = |word: &str| !word.is_empty() && word.chars().all(|c| "ivxIVX".contains(c));
    let is_letter = |word: &str| word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let (number, rest) = text.split_once(char::is_whitespace).or_else(|| text.split_once(')'))?;
    let bare = number.trim_matches(['.', ')', '(', ':', '-', '#', '§', '[', ']']);
    let is_number = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ')'));
    let is_enumerated = is_number || (bare.len() < number.len() && (is_roman(bare) || is_letter(bare)));
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '.' | ')'));
    (is_enumerated && rest.starts_with(char::is_alphabetic)).then_some(rest)
}

/// Whether a line has the form of a title: a few words that aren't a sentence.
pub(crate) fn has_form_of_title(line: &str) -> bool {
    const MAX_TITLE_WORDS: usize = 8;
    let line = line.trim();
    line.split_whitespace().count() <= MAX_TITLE_WORDS && !line.ends_with(['.', '!', '?', ';', ',', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_in_any_notation_has_its_text() {
        let forms = [
            ("Delivery", HeadingForm::Text, false),
            ("Delivery:", HeadingForm::Text, false),
            ("2.3 Delivery", HeadingForm::Text, false),
            ("IV. Delivery", HeadingForm::Text, false),
            ("🚀 Delivery", HeadingForm::Text, false),
            ("**Delivery**", HeadingForm::Bold, false),
            ("__Delivery__:", HeadingForm::Bold, false),
            ("**Delivery:**", HeadingForm::Bold, false),
            ("***Delivery***", HeadingForm::Bold, false),
            ("*Delivery*", HeadingForm::Italic, false),
            ("_Delivery_", HeadingForm::Italic, false),
            ("- Delivery", HeadingForm::Item, false),
            ("1. Delivery", HeadingForm::Item, false),
            ("> Delivery", HeadingForm::Quote, false),
            ("> ## Delivery", HeadingForm::Quote, true),
            ("- ## Delivery", HeadingForm::Item, true),
            ("    ## Delivery", HeadingForm::Indented, true),
            ("\t## Delivery {#x}", HeadingForm::Indented, true),
            ("<h2>Delivery</h2>", HeadingForm::Html, true),
            ("<p><b>Delivery</b></p>", HeadingForm::Html, false),
            ("\\## Delivery", HeadingForm::Escaped, true),
            ("＃＃ Delivery", HeadingForm::FullWidth, true),
            ("＃＃Delivery", HeadingForm::FullWidth, true),
            ("h2. Delivery", HeadingForm::OtherMarkup, true),
            ("== Delivery ==", HeadingForm::OtherMarkup, true),
            ("=Delivery=", HeadingForm::OtherMarkup, true),
            ("---++ Delivery", HeadingForm::OtherMarkup, true),
            ("~~ Delivery ~~", HeadingForm::OtherMarkup, true),
            ("####### Delivery", HeadingForm::Text, true),
            ("Competency: Delivery", HeadingForm::Text, false),
            ("Step 2 – Delivery", HeadingForm::Text, false),
            ("Delivery<br>", HeadingForm::Text, false),
            ("Delivery\\", HeadingForm::Text, false),
            ("**Delivery[]{#x}**", HeadingForm::Bold, false),
            ("Delivery [#](#delivery)", HeadingForm::Text, false),
            ("{panel:title=Delivery|borderStyle=solid}", HeadingForm::OtherMarkup, true),
            ("bq. Delivery", HeadingForm::OtherMarkup, true),
            ("&#35;&#35; Delivery", HeadingForm::OtherMarkup, true),
        ];
        for (line, form, is_marked) in forms {
            let like = heading_candidate(line).unwrap_or_else(|| panic!("{line}"));
            let found = like.texts.iter().any(|text| crate::name::fold(text) == "delivery");
            assert!(found, "{line}: {:?}", like.texts);
            assert_eq!((like.form, like.is_marked, like.has_gloss), (form, is_marked, false), "{line}");
        }
        let like = heading_candidate("**Delivery** – what reaches users").unwrap();
        assert_eq!((like.texts[0].as_str(), like.has_gloss), ("Delivery", true));
        for line in ["Delivery (30%)", "**Deliv**ery", "**Delivery** (30%)"] {
            let like = heading_candidate(line).unwrap();
            assert!(like.has_gloss && like.texts.iter().any(|text| text == "Delivery"), "{line}: {:?}", like.texts);
        }
        assert_eq!(heading_candidate("C++").unwrap().texts, ["C++", "C"]);
        assert_eq!(heading_candidate("#delivery").unwrap().texts[0], "#delivery");
        for line in ["| Delivery |", "Delivery | Craft", "", "---", "* * *"] {
            assert_eq!(heading_candidate(line), None, "{line}");
        }
    }

    #[test]
    fn numbers_and_glosses_are_separated() {
        for text in ["2.3 Craft", "2. Craft", "(2) Craft", "2 – Craft", "a) Craft", "IV. Craft", "#2 Craft", "2)Craft"]
        {
            assert_eq!(without_number(text), Some("Craft"), "{text}");
        }
        for text in ["Craft", "A Craft", "I craft", "5S method-less", "2"] {
            assert_eq!(without_number(text), None, "{text}");
        }
        assert_eq!(before_gloss("Delivery – what reaches users"), Some("Delivery"));
        assert_eq!(before_gloss("Delivery: now: more"), Some("Delivery"));
        assert_eq!(before_gloss("Delivery"), None);
    }
}
