//! CSV and TSV: any delimiter, any usual encoding.

use std::sync::Arc;

use csv::ReaderBuilder;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::file_name::page_name;
use crate::import::ledger::{Ledger, TextPlace};
use crate::import::sheet::{Sheet, SheetCell};
use crate::import::source_file::{ImportError, SourceFile};

/// Reads a file.
pub(super) fn read(source: &SourceFile, ledger: &mut Ledger) -> Result<Sheet, ImportError> {
    let text = decode(&source.bytes);
    let place: Arc<str> = source.name.as_str().into();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| ImportError::new(format!("{} can't be read: {error}", source.name)))?;
        let cell = |(column, text): (usize, &str)| {
            let text = text.replace("\r\n", "\n").replace('\r', "\n").trim_matches(['\n', ' ']).to_owned();
            let id = (!text.trim().is_empty()).then(|| ledger.add(TextPlace::Cell(place.clone(), row, column)));
            SheetCell { text: if id.is_some() { text } else { String::new() }, id }
        };
        rows.push(record.iter().enumerate().map(cell).collect());
    }
    Ok(Sheet { place, name: page_name(&source.name), name_text: None, rows }.rectangular())
}

/// The text of a file by its byte order mark; else as UTF-16 if every other byte is zero, as UTF-8 if it is valid, and as
/// Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> String {
    let zeros = |from: usize| bytes.iter().take(200).skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(200) / 4;
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if half > 0 && zeros(1) > half => UTF_16LE,
        None if half > 0 && zeros(0) > half => UTF_16BE,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The delimiter that is in the most lines outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b'\t', 0_usize), (b',', 0), (b';', 0), (b'|', 0)];
    for c in text.chars().take(20_000) {
        if c == '"' {
            quoted = !quoted;
        } else if !quoted && let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| char::from(*delimiter) == c)
        {
            *count += 1;
        }
    }
    // Sentences have commas and semicolons; nobody writes tabs in them.
    let first = text.lines().next().unwrap_or_default();
    let in_header = |delimiter: u8| first.contains(char::from(delimiter));
    let weight = |(delimiter, count): &(u8, usize)| if *delimiter == b'\t' { count * 4 } else { *count };
    let best = counts.iter().filter(|(delimiter, _)| in_header(*delimiter)).max_by_key(|count| weight(count));
    best.or_else(|| counts.iter().max_by_key(|count| weight(count))).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_and_encodings_are_detected() {
        assert_eq!(delimiter("a;b;c\n\"x, y, z, w\";2;3\n"), b';');
        assert_eq!(delimiter("a\tb\none, two, three\tfour\n"), b'\t');
        assert_eq!(delimiter("a,b\n1,2\n"), b',');
        assert_eq!(decode(b"\xef\xbb\xbfna\xc3\xafve"), "naïve");
        assert_eq!(decode(b"na\xefve"), "naïve");
        assert_eq!(decode(b"\xff\xfea\0b\0"), "ab");
        assert_eq!(decode(b"a\0b\0c\0d\0"), "abcd");
    }
}
