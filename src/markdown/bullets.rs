//! Recognition of list markers that Markdown doesn't know: the bullets, dashes and enumerators that people type and word
//! processors insert.

use super::marker_characters::{is_bullet, is_emoji, is_initial, is_numbered, is_spaced, is_state, is_symbol, is_word};
use super::paragraph_line::INDENTATION;

/// A list marker at the start of a line that isn't one for Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bullet<'t> {
    /// The characters of the marker.
    pub(super) mark: &'t str,
    /// The text after the marker and its white space.
    pub(super) text: &'t str,
    pub(super) certainty: Certainty,
    /// Whether the white space after the marker is a tab or other space that only a word processor inserts.
    is_wide: bool,
}

/// Whether a character at the start of a line may also be prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// It isn't prose, even on a single line.
    Certain,
    /// It may be prose, unless the line above or below is a list item too.
    WithNeighbour,
}

impl Bullet<'_> {
    /// Returns whether the marker can be the first of a line inside a paragraph, where a dash may be punctuation.
    pub(super) fn begins_item(self, line_above: Option<&str>) -> bool {
        let Some(above) = line_above else { return true };
        let ends_sentence = above.trim_end().ends_with(SENTENCE_ENDS);
        let is_item = || self.text.starts_with(char::is_uppercase) || bullet(above).is_some();
        ends_sentence || self.is_wide || self.is_drawn_bullet() || !is_word(self.mark) && is_item()
    }

    /// Returns whether the marker is a character that is only drawn before items: not a dot, which also separates the parts
    /// of a line.
    fn is_drawn_bullet(self) -> bool {
        const SEPARATORS: &str = "·‧∙⋅・･";
        self.certainty == Certainty::Certain && self.mark.starts_with(|c| is_bullet(c) && !SEPARATORS.contains(c))
    }

    /// Returns whether a line in a paragraph that isn't certain to be an item is the rest of a sentence: it begins with a word
    /// of one letter. `o` is also the bullet of word processors.
    pub(super) fn is_likely_prose(self) -> bool {
        is_word(self.mark) && self.mark != "o" && !self.text.starts_with(char::is_uppercase)
    }

    /// Returns whether the marker says nothing but that the line is a list item, so that it can be replaced for certain: it
    /// isn't a picture, a number, the level of an item, or whether something is done.
    pub(super) fn only_marks_item(self) -> bool {
        // The bullets of symbol fonts, without the font.
        const LETTERS: [&str; 6] = ["o", "Ø", "v", "q", "n", "l"];
        if is_word(self.mark) {
            return self.is_wide && LETTERS.contains(&self.mark);
        }
        let is_statement = is_numbered(self.mark)
            || self.mark.starts_with([':', '['])
            || self.mark.starts_with(|c| is_emoji(c) || is_state(c));
        let is_bullet = self.certainty == Certainty::Certain
            || matches!(self.mark, "-" | "*" | "+")
            || self.mark.starts_with(['\\', '&', '\u{a0}', '\u{2212}'])
            || self.may_be_punctuation();
        is_bullet && !is_statement
    }

    /// Returns whether the marker is a dash that may be punctuation of prose.
    pub(super) fn may_be_punctuation(self) -> bool {
        self.certainty == Certainty::WithNeighbour && self.mark.starts_with(|c| matches!(c, '\u{2010}'..='\u{2015}'))
    }

    /// Returns whether a line begins with a marker of the same list, or with one of Markdown's, and this line isn't part of
    /// its item. `indentation` is that of this line.
    pub(super) fn is_neighbour_of(self, indentation: usize, line: &str) -> bool {
        let (text, whole) = (line.trim_start_matches(INDENTATION), line.len());
        let is_item = ["- ", "* ", "+ "].iter().any(|start| text.starts_with(start));
        let is_symbol = !is_word(self.mark) && !is_initial(self.mark) && !self.mark.starts_with('\\');
        is_symbol && is_item && indentation <= whole - text.len()
            || bullet(text).is_some_and(|other| same_list(self.mark, other.mark))
    }
}

/// The characters with which the text of a list item may end.
const SENTENCE_ENDS: [char; 16] = ['.', '!', '?', ':', ';', '…', '”', '"', '\'', ')', '}', ']', '。', '！', '？', '」'];

/// The dash, symbol or enumerator at the start of a text that may be prose. In a place where a list item is expected, it's a
/// list marker that Markdown doesn't know.
pub(crate) fn possible_list_marker(text: &str) -> Option<&str> {
    let bullet = bullet(text).filter(|bullet| bullet.certainty == Certainty::WithNeighbour && !is_word(bullet.mark))?;
    // `(1) of them` and `I. e. this` are prose.
    let is_prose = is_numbered(bullet.mark) && bullet.text.starts_with(char::is_lowercase);
    (!is_prose).then_some(bullet.mark)
}

/// The bullet or dash at the start of a list item's text, which has been pasted with the list.
pub(super) fn second_bullet(text: &str) -> Option<Bullet<'_>> {
    const BULLETS: &str = "•‣⁃◦▪▫●○■□·∙‐‑‒–—―−";
    bullet(text).filter(|bullet| {
        let is_spaced = text[bullet.mark.len()..].starts_with(char::is_whitespace);
        is_spaced && bullet.mark.starts_with(|c: char| BULLETS.contains(c) || matches!(c, '\u{f0a7}' | '\u{f0b7}'))
    })
}

/// The list marker at the start of a line without indentation.
pub(super) fn bullet(line: &str) -> Option<Bullet<'_>> {
    let (length, certainty) = escaped(line)
        .or_else(|| entity(line))
        .or_else(|| repeated(line))
        .or_else(|| symbol(line))
        .or_else(|| section_number(line))
        .or_else(|| enumerator(line))
        .or_else(|| shortcode(line))
        .or_else(|| lone_letter(line))?;
    let (mark, after) = line.split_at(length);
    // The variation selector makes an emoji of a symbol.
    let rest = after.trim_start_matches('\u{fe0f}');
    let is_emoji = rest.len() < after.len() || mark.starts_with(is_emoji);
    let certainty = if is_emoji { Certainty::WithNeighbour } else { certainty };
    let text = rest.trim_start();
    let gap = &rest[..rest.len() - text.len()];
    (!text.is_empty()).then_some(())?;
    // Typographers put a no-break space after an initial and a word of one letter.
    let is_letter = is_word(mark) || is_initial(mark);
    let is_no_break = gap.contains('\u{a0}') && !is_emoji && (gap.chars().count() > 1 || !is_letter);
    let is_wide = gap.contains('\t') || is_no_break;
    let certainty = if is_wide { Certainty::Certain } else { certainty };
    let is_item = is_wide || !gap.is_empty() || text.starts_with(|c: char| c.is_alphabetic() || OPENING.contains(&c));
    (is_item && !(is_word(mark) && gap.is_empty())).then_some(Bullet { mark, text, certainty, is_wide })
}

/// Characters with which the text of an item may begin, where no space is between it and its marker.
const OPENING: [char; 7] = ['*', '[', '"', '“', '‘', '(', '`'];

/// Returns whether two markers are of one list: they are the same, check boxes, emojis, or enumerators of the same form. A
/// letter and a full stop may be an initial, so those have to follow each other.
pub(super) fn same_list(one: &str, other: &str) -> bool {
    let form = |mark: &str| mark.replace(char::is_alphanumeric, "");
    let is_check_box = |mark: &str| matches!(mark, "[ ]" | "[x]" | "[X]");
    let are_emoji = one.starts_with(is_emoji) && other.starts_with(is_emoji);
    if one == other || are_emoji || is_check_box(one) && is_check_box(other) {
        return true;
    }
    let number = |mark: &str| mark.chars().next().map_or(0, u32::from);
    let is_next = || number(one).abs_diff(number(other)) == 1;
    is_numbered(one) && is_numbered(other) && form(one) == form(other) && (!is_initial(one) || is_next())
}

/// The length of a marker that a backslash makes text, e.g. `\-` and `1\.`: programs that write Markdown escape the
/// bullets of a text.
fn escaped(line: &str) -> Option<(usize, Certainty)> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[&str] = if rest.len() < line.len() { &["\\.", "\\)"] } else { &["\\-", "\\*", "\\+"] };
    let mark = marks.iter().find(|mark| rest.strip_prefix(**mark).is_some_and(is_spaced))?;
    Some((line.len() - rest.len() + mark.len(), Certainty::WithNeighbour))
}

/// The length of a bullet that is written as an entity or stands behind no-break spaces: `&bull;`, `&#8226;`, `&nbsp;-`.
fn entity(line: &str) -> Option<(usize, Certainty)> {
    const NO_BREAK_SPACES: [&str; 3] = ["&nbsp;", "&#160;", "\u{a0}"];
    const NAMES: [&str; 7] = ["bull", "bullet", "middot", "ndash", "mdash", "minus", "hyphen"];
    let mut rest = line;
    while let Some(after) = NO_BREAK_SPACES.iter().find_map(|space| rest.strip_prefix(space)) {
        rest = after.trim_start_matches(' ');
    }
    if rest.len() < line.len() {
        let is_item = ["-", "*", "+"].iter().any(|mark| rest.strip_prefix(mark).is_some_and(is_spaced));
        let length = if is_item { 1 } else { symbol(rest).or_else(|| entity(rest))?.0 };
        return Some((line.len() - rest.len() + length, Certainty::WithNeighbour));
    }
    let (name, _) = line.strip_prefix('&')?.split(char::is_whitespace).next()?.split_once(';')?;
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    let is_symbol = |c: char| is_bullet(c) || is_symbol(c);
    let is_item = NAMES.contains(&name) || number.and_then(char::from_u32).is_some_and(is_symbol);
    is_item.then_some((name.len() + 2, Certainty::WithNeighbour))
}

/// The length of several signs of a wiki or of a check box without a hyphen: `**`, `--`, `*)`, `[ ]`, `[1]`, `/`.
fn repeated(line: &str) -> Option<(usize, Certainty)> {
    let is_empty_box = line.strip_prefix("[ ]").is_some_and(is_spaced);
    let mark = line.split(char::is_whitespace).next().filter(|mark| mark.len() < line.len())?;
    let mark = if is_empty_box { "[ ]" } else { mark };
    let is_number = |inside: &str| (1..=2).contains(&inside.len()) && inside.bytes().all(|c| c.is_ascii_digit());
    let is_bracketed = mark
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|inside| matches!(inside, " " | "x" | "X") || is_number(inside));
    let is_mark = matches!(mark, "**" | "***" | "--" | "++" | "*)" | "-)" | "/");
    (is_mark || is_bracketed).then_some((mark.len(), Certainty::WithNeighbour))
}

/// The length of a number in another form than an enumerator's, before a word with a capital: `1.1`, `1.1.`, `1:`, `1-`,
/// `①`, `1️⃣`.
fn section_number(line: &str) -> Option<(usize, Certainty)> {
    let mark = line.split(char::is_whitespace).next()?;
    line[mark.len()..].trim_start().starts_with(char::is_uppercase).then_some(())?;
    let is_circled = |c: char| matches!(c, '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}');
    let is_one_circled = mark.chars().count() == 1 && mark.starts_with(is_circled);
    let is_keycap = mark.ends_with('\u{20e3}') && mark.starts_with(|c: char| c.is_ascii_digit());
    let digits = mark.strip_suffix(['.', ':', '-']).unwrap_or(mark);
    let mut parts = digits.split('.');
    let are_numbers = parts.all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit()));
    let has_sign = digits.contains('.') || mark.ends_with([':', '-']);
    (is_one_circled || is_keycap || are_numbers && has_sign).then_some((mark.len(), Certainty::WithNeighbour))
}

/// The length of a symbol at the start of a line, e.g. `•`, `–`, `✓` and `->`.
fn symbol(line: &str) -> Option<(usize, Certainty)> {
    let mut chars = line.chars();
    let (mark, next) = (chars.next()?, chars.next()?);
    if line.starts_with("->") || line.starts_with("=>") {
        return Some((2, Certainty::WithNeighbour));
    }
    let certainty = match mark {
        // With a space or a tab, they are list items; with any other white space they aren't.
        '-' | '*' | '+' if next.is_whitespace() => (!matches!(next, ' ' | '\t')).then_some(Certainty::Certain)?,
        '-' if next.is_alphabetic() => Certainty::Certain,
        '-' | '*' | '+' => {
            (next.is_alphabetic() || next != mark && OPENING.contains(&next)).then_some(Certainty::WithNeighbour)?
        }
        // `§ 5` refers to a section of a text.
        '§' | '¶' if line[mark.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit()) => return None,
        _ if is_bullet(mark) => Certainty::Certain,
        _ if is_symbol(mark) => Certainty::WithNeighbour,
        _ => return None,
    };
    Some((mark.len_utf8(), certainty))
}

/// The length of an enumerator at the start of a line: `a)`, `(1)`, `iv.`, `2.` without a space behind it.
fn enumerator(line: &str) -> Option<(usize, Certainty)> {
    let inside = line.strip_prefix('(').unwrap_or(line);
    let label = &inside[..inside.find(|c: char| !c.is_ascii_alphanumeric())?];
    let is_number = label.len() <= 2 && label.bytes().all(|c| c.is_ascii_digit());
    let is_letter = label.len() == 1;
    let is_roman = label.len() <= 4 && label.bytes().all(|c| b"ivx".contains(&c));
    let closing = inside[label.len()..].chars().next().filter(|c| matches!(c, ')' | '.'))?;
    // `e.g.` is no enumerator, but the space after `1.` may be missing.
    let is_spaced = is_number || inside[label.len() + 1..].starts_with(char::is_whitespace);
    let is_closed = closing == ')' || inside.len() == line.len() && is_spaced;
    (!label.is_empty() && (is_number || is_letter || is_roman) && is_closed).then_some(())?;
    Some((line.len() - inside.len() + label.len() + 1, Certainty::WithNeighbour))
}

/// The length of an emoji's name at the start of a line, e.g. `:star:`.
fn shortcode(line: &str) -> Option<(usize, Certainty)> {
    let name = line.strip_prefix(':')?;
    let length =
        name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-')))?;
    (length > 1 && name[length..].strip_prefix(':').is_some_and(is_spaced))
        .then_some((length + 2, Certainty::WithNeighbour))
}

/// The length of a single letter at the start of a line: word processors turn bullets of symbol fonts into `o`, `v` or `Ø`.
fn lone_letter(line: &str) -> Option<(usize, Certainty)> {
    let mut chars = line.chars();
    let (letter, next) = (chars.next()?, chars.next()?);
    let is_bullet = letter.is_alphabetic() && next.is_whitespace();
    let may_be_bullet = letter.is_lowercase() || letter == 'Ø' || line[letter.len_utf8()..].starts_with('\t');
    (is_bullet && may_be_bullet).then_some((letter.len_utf8(), Certainty::WithNeighbour))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certainty(line: &str) -> Option<Certainty> {
        bullet(line).map(|bullet| bullet.certainty)
    }

    #[test]
    fn bullets_of_word_processors_are_certain() {
        let lines = [
            "• Turns",
            "·\tTurns",
            "o\tTurns",
            "§\tTurns",
            "Ø\tTurns",
            "\u{f0b7}\tTurns",
            "\u{f0b7} Turns",
            "► Turns",
            "➢ Turns",
            "○ Turns",
            "✓ Turns",
            "✔ Turns",
            "❖ Turns",
            "→\tTurns",
            "o \u{a0} Turns",
            "-\u{a0}Turns",
            "*\u{a0}Turns",
            "-Turns",
            "•Turns",
            "●**Turns**",
            "1)\u{a0}Turns",
            "a)\tTurns",
            "☐ Turns",
            "−\tTurns",
        ];
        for line in lines {
            assert_eq!(certainty(line), Some(Certainty::Certain), "{line:?}");
        }
    }

    #[test]
    fn a_marker_with_a_meaning_is_not_replaced_for_certain() {
        let is_certain = |mark: &&str| bullet(&format!("{mark}Turns")).expect(mark).only_marks_item();
        let bullets = ["• ", "o\t", "○ ", "➢ ", "\u{f0b7} ", "– ", "-", "&bull; "];
        assert_eq!(bullets.iter().find(|mark| !is_certain(mark)), None);
        let meaningful =
            ["✓ ", "✗ ", "☐ ", "◐ ", "✅\t", "\u{f0fc} ", "1.1\t", "1)\u{a0}", "A\t", "(a) ", "[ ]\t", ":star:\t"];
        assert_eq!(meaningful.iter().find(|mark| is_certain(mark)), None);
    }

    #[test]
    fn what_may_be_prose_needs_a_neighbour() {
        let lines = [
            ("→ Turns", "→ Reads"),
            (":star: Turns", "- Reads"),
            ("− Turns", "− Reads"),
            ("‐ Turns", "- Reads"),
            ("*Turns", "* Reads"),
            ("a) Turns", "b) Reads"),
            ("(1) Turns", "(2) Reads"),
            ("(iv) Turns", "(v) Reads"),
            ("a. Turns", "b. Reads"),
            ("1.Turns", "2.Reads"),
            ("o Turns", "o Reads"),
            ("✅ Turns", "✅ Reads"),
            ("-> Turns", "-> Reads"),
            ("– Turns", "– Reads"),
            ("§ Turns", "§ Reads"),
            ("✔\u{fe0f} Turns", "✔\u{fe0f} Reads"),
            ("📆\u{a0} Turns", "📆\u{a0} Reads"),
            ("⏰\u{a0} Turns", "⏰\u{a0} Reads"),
            ("❤ Turns", "❤ Reads"),
            ("-**Turns**", "-**Reads**"),
            ("\\- Turns", "\\- Reads"),
            ("\\* Turns", "\\* Reads"),
            ("1\\. Turns", "2\\. Reads"),
            ("&bull; Turns", "&bull; Reads"),
            ("&#8226; Turns", "&#8226; Reads"),
            ("&#x2022;Turns", "&#x2022;Reads"),
            ("&nbsp;&nbsp;- Turns", "&nbsp;&nbsp;- Reads"),
            ("\u{a0}\u{a0}• Turns", "\u{a0}\u{a0}• Reads"),
            ("** Turns", "** Reads"),
            ("-- Turns", "-- Reads"),
            ("1.1 Turns", "1.2 Reads"),
            ("1.1. Turns", "1.2. Reads"),
            ("1: Turns", "2: Reads"),
            ("1- Turns", "2- Reads"),
            ("① Turns", "② Reads"),
            ("⓵ Turns", "⓶ Reads"),
            ("1\u{fe0f}\u{20e3} Turns", "2\u{fe0f}\u{20e3} Reads"),
            ("[1] Turns", "[2] Reads"),
            ("[ ] Turns", "[x] Reads"),
            ("*) Turns", "*) Reads"),
            ("/ Turns", "/ Reads"),
        ];
        for (line, neighbour) in lines {
            assert_eq!(certainty(line), Some(Certainty::WithNeighbour), "{line:?}");
            let found = bullet(line).expect(line);
            assert!(found.is_neighbour_of(0, neighbour) && !found.is_neighbour_of(0, "Prose."), "{line:?}");
        }
        assert!(!bullet("\\- Turns").is_some_and(|found| found.is_neighbour_of(0, "- Reads")));
        assert!(!bullet("J. Smith wrote").is_some_and(|found| found.is_neighbour_of(0, "A. Jones did")));
        assert!(!bullet("→ Turns").is_some_and(|found| found.is_neighbour_of(0, "– Reads")));
    }

    #[test]
    fn a_line_of_an_item_is_no_neighbour_of_it() {
        let found = bullet("– of sorts").expect("a dash");
        assert!(found.is_neighbour_of(0, "- Something") && !found.is_neighbour_of(2, "- Something"));
        let begins = |line: &str, above: &str| bullet(line).is_some_and(|found| found.begins_item(Some(above)));
        assert!(
            begins("• reads", "Turns") && !begins("· reads", "Turns") && !begins("— and reads", "Turns"),
            "a drawn bullet is never punctuation"
        );
        assert!(
            !begins("a `call`", "a Rust program and") && begins("→ reads", "→ turns") && begins("· Reads", "Turns")
        );
    }

    #[test]
    fn a_marker_in_place_of_an_item_begins_no_prose() {
        assert_eq!(possible_list_marker("(1) Turns"), Some("(1)"));
        for text in ["(1) of them", "I. e. this", "§ 5 of the law", "- Turns"] {
            assert_eq!(possible_list_marker(text), None, "{text}");
        }
    }

    #[test]
    fn an_item_has_a_second_bullet() {
        assert!(second_bullet("• Turns").is_some() && second_bullet("– Turns").is_some());
        for text in ["→ Turns", "✓ Turns", "🚀 Ships", "-5 degrees", "●●○"] {
            assert!(second_bullet(text).is_none(), "{text}");
        }
    }

    #[test]
    fn prose_is_no_list() {
        let lines = [
            "-5 degrees",
            "--flag",
            "Leads",
            "A team",
            "I\u{a0}write",
            "●●●○○",
            "2.5 times",
            "*",
            "…",
            "(see below)",
            "3.14",
            "100) is",
            "e.g. this",
            "“Quoted”",
            "**Bold**",
            "§5 says",
            "mid) term",
            ":3 is a number",
            ":: Turns",
            "§ 5 of the law",
            "2.5 times",
            "10:30 Standup",
            "&nbsp;Turns",
            "&amp; Turns",
            "\\-Turns",
            "\\# Turns",
            "[one] Turns",
        ];
        for line in lines {
            assert_eq!(certainty(line), None, "{line:?}");
        }
    }
}
