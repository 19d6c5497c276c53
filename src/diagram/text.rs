//! Titles in lines of a given width. How wide they become is estimated: a picture made at build time can't ask a font.

/// Hundredths of the font's size, by kinds of characters, as they are in wide sans-serif fonts at semibold weight.
mod em {
    pub(crate) const WIDE: usize = 104;
    pub(crate) const BROAD: usize = 94;
    pub(crate) const CAPITAL: usize = 70;
    pub(crate) const USUAL: usize = 60;
    pub(crate) const NARROW: usize = 34;
}

/// A title in lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Lines {
    /// The lines, at least one.
    pub(crate) lines: Vec<String>,
    /// Whether the end of the title is missing.
    pub(crate) shortened: bool,
}

/// How wide a text becomes, in hundredths of the font's size.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(c: char) -> usize {
    match c {
        _ if is_joined(c) => 0,
        _ if is_wide(c) => em::WIDE,
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '&' | '—' | '…' => em::BROAD,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '(' | ')' | '[' | ']'
        | ' ' | '-' | '/' => em::NARROW,
        _ if c.is_uppercase() => em::CAPITAL,
        _ => em::USUAL,
    }
}

/// Whether a character stands on or joins the one before it: marks, joiners, variation selectors.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a character is as wide as it is high, and may stand at the end of a line: East Asian ones and emoji.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Whether no line begins with a character.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '・'
            | '：'
            | '；'
            | '！'
            | '？'
            | 'ー'
            | '」'
            | '』'
            | '）'
            | '】'
            | '〉'
            | '》'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'っ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ッ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
    )
}

/// The parts of a text between which a line may end, each with whether a space stands before it.
fn parts(text: &str) -> Vec<(bool, String)> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    for word in text.split_whitespace() {
        let mut spaced = true;
        let mut before = ' ';
        for c in word.chars() {
            let joined = is_joined(c) || is_closing(c) || before == '\u{200d}';
            let apart = is_wide(c) || is_wide(before) || matches!(before, '-' | '/' | '–');
            match parts.last_mut() {
                Some((_, part)) if !spaced && (joined || !apart) => part.push(c),
                _ => parts.push((spaced, c.to_string())),
            }
            spaced = false;
            // A mark leaves what it stands on as it was.
            before = if is_joined(c) && c != '\u{200d}' { before } else { c };
        }
    }
    parts
}

/// Breaks a text into lines no wider than `room`, the first of them indented, both in hundredths of the font's size. What
/// is more than `most` lines is left out for an ellipsis.
pub(crate) fn wrap(text: &str, indent: usize, room: usize, most: usize) -> Lines {
    let mut lines = vec![String::new()];
    let mut used = indent;
    for (spaced, part) in parts(text) {
        let (gap, wide) = (if spaced { em::NARROW } else { 0 }, width(&part));
        let line = lines.last_mut().filter(|line| !line.is_empty() && used + gap + wide <= room);
        if let Some(line) = line {
            line.extend(spaced.then_some(' '));
            line.push_str(&part);
            used += gap + wide;
            continue;
        }
        // The first line may hold an indent alone; a part that is too wide beside that starts the second.
        if lines.last().is_some_and(|line| !line.is_empty()) || (used > 0 && used + wide > room) {
            lines.push(String::new());
            used = 0;
        }
        used = put(&mut lines, used, &part, room);
    }
    let shortened = lines.len() > most;
    if shortened {
        lines.truncate(most);
        let start = if most == 1 { indent } else { 0 };
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && start + width(last) + em::BROAD > room {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    Lines { lines, shortened }
}

/// Puts a part on the last line, broken between any two characters where it is wider than a line; says how wide that is.
fn put(lines: &mut Vec<String>, mut used: usize, part: &str, room: usize) -> usize {
    for c in part.chars() {
        let wide = width_of(c);
        if used + wide > room && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        used += wide;
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: usize) -> Vec<String> {
        let wrapped = wrap(text, 0, room, 3);
        assert!(wrapped.lines.iter().all(|line| width(line) <= room), "{wrapped:?}");
        wrapped.lines
    }

    #[test]
    fn words_fill_lines() {
        assert_eq!(lines("Senior Software Engineer", 3000), ["Senior Software Engineer"]);
        assert_eq!(lines("Senior Software Engineer", 1000), ["Senior Software", "Engineer"]);
        assert_eq!(lines("Site-reliability", 600), ["Site-", "reliability"]);
        assert_eq!(lines("", 600), [""]);
    }

    #[test]
    fn a_code_takes_its_part_of_the_first_line() {
        assert_eq!(wrap("Senior Engineer", 400, 900, 3).lines, ["Senior", "Engineer"]);
        assert_eq!(wrap("Distinguished", 400, 900, 3).lines, ["", "Distinguished"]);
    }

    #[test]
    fn a_long_title_ends_with_an_ellipsis() {
        let wrapped = wrap(&"Vice ".repeat(30), 0, 600, 3);
        assert_eq!((wrapped.lines.len(), wrapped.shortened), (3, true));
        assert!(wrapped.lines[2].ends_with('…') && width(&wrapped.lines[2]) <= 600, "{wrapped:?}");
        assert!(lines(&"x".repeat(40), 600).iter().all(|line| line.chars().count() <= 10));
    }

    #[test]
    fn east_asian_text_breaks_between_characters_and_not_before_closing_ones() {
        assert_eq!(lines("シニアエンジニア", 520), ["シニアエン", "ジニア"]);
        assert_eq!(lines("シニア、上級", 320), ["シニ", "ア、上", "級"]);
    }

    #[test]
    fn marks_stay_with_what_they_stand_on() {
        assert_eq!(width("e\u{301}"), width("e"));
        assert_eq!(lines("👩\u{200d}💻👩\u{200d}💻", 220).len(), 2);
    }
}
