//! What is done to a text before it is kept: a literal list of steps over one value.

use super::log::CleaningLog;
use super::steps::CleaningKind;
use domain::sources::ColumnMeaning;
use std::borrow::Cow;

/// A step over a text.
struct TextStep {
    kind: CleaningKind,
    /// Of which columns.
    of: fn(ColumnMeaning) -> bool,
    /// The text as it is kept; `None` when it stays.
    change: fn(&str) -> Option<String>,
}

const TEXT_STEPS: [TextStep; 3] = [
    TextStep { kind: CleaningKind::InvisibleRemoved, of: |_| true, change: without_invisible },
    TextStep { kind: CleaningKind::BlanksCollapsed, of: is_prose, change: collapsed },
    TextStep { kind: CleaningKind::EmailsLowered, of: is_address, change: lowered },
];

/// Where a text stands, and where its changes are noted.
pub(in crate::ingestion) struct Note<'l> {
    /// Absent where the same value was noted with another row.
    pub(in crate::ingestion) log: Option<&'l mut CleaningLog>,
    pub(in crate::ingestion) line: u64,
}

impl Note<'_> {
    /// Notes a change of a cell.
    pub(in crate::ingestion) fn changed(&mut self, kind: CleaningKind, header: &str, before: &str, after: &str) {
        if let Some(log) = &mut self.log {
            log.note(kind, self.line, header, || (before, after));
        }
    }

    /// Notes what became of a cell's bytes.
    pub(in crate::ingestion) fn cell(&mut self, kind: CleaningKind, header: &str, before: &[u8], after: &str) {
        if let Some(log) = &mut self.log {
            log.note(kind, self.line, header, || (String::from_utf8_lossy(before).into_owned(), after));
        }
    }
}

/// The text of a cell as it is kept.
pub(in crate::ingestion) fn clean<'a>(meaning: ColumnMeaning, header: &str, text: Cow<'a, str>, note: &mut Note<'_>) -> Cow<'a, str> {
    if is_clean(meaning, text.as_bytes()) {
        return text;
    }
    let mut text = text;
    for step in TEXT_STEPS.iter().filter(|step| (step.of)(meaning)) {
        if let Some(after) = (step.change)(&text) {
            note.changed(step.kind, header, &text, &after);
            text = Cow::Owned(after);
        }
    }
    text
}

/// Almost all texts are, and this is asked of each: plain letters with single blanks, addresses in lower case.
fn is_clean(meaning: ColumnMeaning, bytes: &[u8]) -> bool {
    let is_plain = bytes.iter().all(|byte| (0x20..0x7f).contains(byte));
    is_plain
        && match meaning {
            ColumnMeaning::CustomerEmail => !bytes.iter().any(u8::is_ascii_uppercase),
            meaning if is_prose(meaning) => !bytes.windows(2).any(|pair| pair == b"  "),
            _ => true,
        }
}

/// Texts that people read; what serves as a name keeps its blanks.
fn is_prose(meaning: ColumnMeaning) -> bool {
    use ColumnMeaning as M;
    matches!(
        meaning,
        M::ProductName
            | M::CustomerName
            | M::FirstName
            | M::LastName
            | M::City
            | M::Category
            | M::Brand
            | M::VariantName
            | M::Store
            | M::Location
            | M::Campaign
            | M::AdGroup
            | M::Tags
    )
}

fn is_address(meaning: ColumnMeaning) -> bool {
    meaning == ColumnMeaning::CustomerEmail
}

/// Nobody sees them; joiners stay, which letters of some scripts and emoji need.
pub(in crate::ingestion) fn is_invisible(letter: char) -> bool {
    let is_control = letter.is_control() && !letter.is_whitespace();
    is_control
        || matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn without_invisible(text: &str) -> Option<String> {
    text.contains(is_invisible).then(|| text.chars().filter(|letter| !is_invisible(*letter)).collect())
}

fn collapsed(text: &str) -> Option<String> {
    let mut after = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !after.is_empty() {
            after.push(' ');
        }
        after.push_str(word);
    }
    (after != text).then_some(after)
}

fn lowered(text: &str) -> Option<String> {
    let after = text.to_lowercase();
    (after != text).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(meaning: ColumnMeaning, text: &str) -> (String, Vec<(String, i64)>) {
        let mut log = CleaningLog::default();
        let after = clean(meaning, "A", Cow::Borrowed(text), &mut Note { log: Some(&mut log), line: 2 }).into_owned();
        (after, log.steps().into_iter().map(|step| (step.name, step.changed)).collect())
    }

    #[test]
    fn each_step_changes_what_it_is_for_and_says_so() {
        let changed =
            |meaning, text: &str, after: &str, step: &str| assert_eq!(cleaned(meaning, text), (after.to_owned(), vec![(step.to_owned(), 1)]));
        changed(ColumnMeaning::Sku, "AB\u{200b}C-1", "ABC-1", "invisible_removed");
        changed(ColumnMeaning::OrderNumber, "10\u{1}5", "105", "invisible_removed");
        changed(ColumnMeaning::ProductName, "RED  MUG\t(SET\u{a0}OF 2)", "RED MUG (SET OF 2)", "blanks_collapsed");
        changed(ColumnMeaning::City, "São\nPaulo", "São Paulo", "blanks_collapsed");
        changed(ColumnMeaning::CustomerEmail, "Ada@Example.com", "ada@example.com", "emails_lowered");
    }

    #[test]
    fn what_is_clean_or_a_code_stays_and_nothing_is_said() {
        for (meaning, text) in [
            (ColumnMeaning::ProductName, "RED MUG"),
            (ColumnMeaning::ProductName, "Tasse à café 👩\u{200d}🍳"),
            (ColumnMeaning::Sku, "A  B"),
            (ColumnMeaning::CustomerEmail, "ada@example.com"),
            (ColumnMeaning::CustomerName, "ADA LOVELACE"),
        ] {
            assert_eq!(cleaned(meaning, text), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn what_was_noted_with_another_row_is_not_noted_again() {
        let mut note = Note { log: None, line: 3 };
        assert_eq!(clean(ColumnMeaning::CustomerEmail, "A", Cow::Borrowed("A@B.C"), &mut note), "a@b.c");
    }
}
