//! The markers of items that share a line, as in a cell of a table: `1) Asks. 2) Listens.`

use super::bullets::{bullet, same_list};

/// Bullets only at the start of an item, with a space after them.
pub(super) const LEADING_BULLETS: [char; 8] = ['-', '*', '+', '–', '—', '·', '−', '‐'];

/// The marker at the start of an item.
pub(super) struct ItemMarker<'t> {
    mark: &'t str,
    /// The white space after it.
    gap: usize,
}

/// The marker at the start of a text, with white space after it.
pub(super) fn item_marker(text: &str) -> Option<ItemMarker<'_>> {
    let leading = text.chars().next().filter(|first| LEADING_BULLETS.contains(first));
    let mark = match leading {
        Some(leading) => &text[..leading.len_utf8()],
        None => bullet(text).map(|bullet| bullet.mark).filter(|mark| !mark.chars().all(char::is_alphabetic))?,
    };
    let rest = &text[mark.len()..];
    let gap = rest.len() - rest.trim_start().len();
    (gap > 0 && gap < rest.len()).then_some(ItemMarker { mark, gap })
}

impl ItemMarker<'_> {
    /// The length of the marker and the white space after it.
    pub(super) fn length(&self) -> usize {
        self.mark.len() + self.gap
    }

    /// Whether it's the marker of the item after another one: the same symbol, or the next number or letter.
    pub(super) fn follows(&self, last: &Self) -> bool {
        let number = |mark: &str| mark.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
        match (number(last.mark), number(self.mark)) {
            (Some(last), Some(own)) if own != last + 1 => return false,
            (None, None) | (Some(_), Some(_)) => {}
            _ => return false,
        }
        let is_symbol = !self.mark.contains(char::is_alphanumeric);
        if is_symbol { self.mark == last.mark } else { self.mark != last.mark && same_list(last.mark, self.mark) }
    }
}

#[cfg(test)]
mod tests {
    use super::item_marker;

    #[test]
    fn markers_follow_those_of_their_list() {
        let follows = |one: &str, next: &str| {
            let marker = |text| item_marker(text).expect("a marker");
            marker(next).follows(&marker(one))
        };
        for (one, next) in [
            ("1) Asks", "2) Listens"),
            ("1. Asks", "2. Listens"),
            ("9. Asks", "10. Listens"),
            ("(1) Asks", "(2) Listens"),
            ("a) Asks", "b) Listens"),
            ("ii) Asks", "iii) Listens"),
            ("- Asks", "- Listens"),
            ("✓ Asks", "✓ Listens"),
        ] {
            assert!(follows(one, next), "{one}, {next}");
        }
        for (one, next) in [
            ("1) Asks", "3) Listens"),
            ("1) Asks", "2. Listens"),
            ("1) Asks", "b) Listens"),
            ("- Asks", "– Listens"),
            ("a) Asks", "a) Listens"),
            ("A. Jones", "C. Smith"),
        ] {
            assert!(!follows(one, next), "{one}, {next}");
        }
        assert!(
            item_marker("Asks").is_none() && item_marker("-5 degrees").is_none() && item_marker("o Asks").is_none()
        );
    }
}
