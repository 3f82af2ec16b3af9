//! Cells as texts: trimmed, with the many words for “nothing” as nothing.

use super::cleaning::is_invisible;
use std::borrow::Cow;

/// The longest name, number or address that a fact carries, in bytes.
pub(super) const TEXT_BYTES: usize = 1_000;

/// A cell without blanks around it; empty for `--`, `n/a` and their kin.
pub(super) fn trimmed(cell: &[u8]) -> &[u8] {
    let cell = bare(cell);
    if says_nothing(cell) { &[] } else { cell }
}

/// A cell without blanks and invisible characters around it.
pub(super) fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    match cell {
        [first, .., last] if !first.is_ascii() || !last.is_ascii() => without_wide_blanks(cell),
        _ => cell,
    }
}

fn without_wide_blanks(cell: &[u8]) -> &[u8] {
    let blank = |letter: char| letter.is_whitespace() || is_invisible(letter);
    std::str::from_utf8(cell).map_or(cell, |text| text.trim_matches(blank).as_bytes())
}

/// Whether a bare cell is a word for “nothing”.
pub(super) fn says_nothing(cell: &[u8]) -> bool {
    // No word for nothing is longer, and almost no amount is shorter than all of them.
    cell.len() <= 4 && is_nothing(cell)
}

fn is_nothing(cell: &[u8]) -> bool {
    matches!(cell, b"" | b"-" | b"--" | b"---" | b"\xe2\x80\x93" | b"\xe2\x80\x94")
        || [b"n/a".as_slice(), b"null", b"nan", b"none", b"#n/a", b"nil"].iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A cell's text; `None` when it says nothing. What is no UTF-8 is read as Windows-1252.
pub(super) fn text(cell: &[u8]) -> Option<Cow<'_, str>> {
    let cell = trimmed(cell);
    if cell.is_empty() {
        return None;
    }
    Some(match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0,
    })
}

/// A number that serves as a name: without a spreadsheet's apostrophe before it and a float's `.0` behind it.
pub(super) fn id(cell: &[u8]) -> Option<Cow<'_, str>> {
    text(without_decimals(without_apostrophe(trimmed(cell))))
}

/// Without the apostrophe by which spreadsheets keep numbers texts.
pub(super) fn without_apostrophe(cell: &[u8]) -> &[u8] {
    cell.strip_prefix(b"'").unwrap_or(cell)
}

/// Without the `.0` of a number that was taken for an amount.
pub(super) fn without_decimals(cell: &[u8]) -> &[u8] {
    let whole = cell.strip_suffix(b".0").filter(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit));
    whole.unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_what_spreadsheets_add() {
        assert_eq!(id(b" 17850.0 ").as_deref(), Some("17850"));
        assert_eq!(id(b"'7210448301122").as_deref(), Some("7210448301122"));
        assert_eq!(id(b"#1051").as_deref(), Some("#1051"));
        assert_eq!(id(b"A.0").as_deref(), Some("A.0"));
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for nothing in ["", "  ", "--", "N/A", "null", "NaN", "—", "\u{a0}", "\u{feff} "] {
            assert_eq!(text(nothing.as_bytes()), None, "{nothing}");
        }
        assert_eq!(text(b"Caf\xe9").as_deref(), Some("Café"));
        assert_eq!(text("\u{a0}É\u{200b}té\u{feff}".as_bytes()).as_deref(), Some("É\u{200b}té"));
    }
}
