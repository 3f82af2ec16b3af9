//! What columns could be by their cells, where their names tell nothing: guesses for a person to look at, never enough to read a file by.
//! Amounts are never guessed so: a number is not seen to be a price, a sum or a discount.

use crate::ingestion::inspect::Inspection;
use domain::sources::{ColumnLook, ColumnMeaning, FileKind, FoundType, Mapping, Reason};
use std::collections::BTreeSet;

/// So many rows at least tell something of a column.
const FEWEST_ROWS: usize = 5;
/// A guess by cells is less than one by a name.
const WEIGHT: i32 = -400;

/// Fills what a guess of orders lacks with the one column that looks like it, and says each.
pub fn guess_by_looks(guess: &mut Mapping, looks: &[ColumnLook], inspection: &Inspection) -> Vec<Reason> {
    if guess.kind != FileKind::Orders || guess.missing().is_empty() {
        return Vec::new();
    }
    let mut reasons = Vec::new();
    let asked = [
        (ColumnMeaning::OrderedAt, only(guess, looks, FoundType::Dates), "it is the only column of dates"),
        (ColumnMeaning::CustomerEmail, only(guess, looks, FoundType::Emails), "it is the only column of addresses"),
        (ColumnMeaning::OrderNumber, numbered(guess, looks, inspection), "each row has another number in it"),
    ];
    for (meaning, header, why) in asked {
        if let Some(header) = header.filter(|_| !guess.columns.contains_key(&meaning)) {
            let sentence = format!("“{}” could be {}: {why}.", header.trim(), meaning.label().to_lowercase());
            reasons.push(Reason { sentence, weight: WEIGHT });
            guess.columns.insert(meaning, header);
        }
    }
    reasons
}

fn is_free(guess: &Mapping, look: &ColumnLook) -> bool {
    !guess.columns.values().any(|taken| *taken == look.header)
}

/// The only column of its kind, if it is free.
fn only(guess: &Mapping, looks: &[ColumnLook], found: FoundType) -> Option<String> {
    let mut such = looks.iter().filter(|look| look.found == found);
    such.next().filter(|_| such.next().is_none()).filter(|look| is_free(guess, look)).map(|look| look.header.clone())
}

/// The first free column of which every cell is another number.
fn numbered(guess: &Mapping, looks: &[ColumnLook], inspection: &Inspection) -> Option<String> {
    let is_numbered = |place: usize| {
        let cells: Vec<&str> = inspection.rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.trim()).collect();
        let different: BTreeSet<&str> = cells.iter().copied().filter(|cell| !cell.is_empty() && !cell.starts_with('-')).collect();
        cells.len() >= FEWEST_ROWS && different.len() == cells.len()
    };
    let mut numbers = looks.iter().enumerate().filter(|(_, look)| matches!(look.found, FoundType::WholeNumbers | FoundType::Codes));
    numbers.find(|(place, look)| is_free(guess, look) && is_numbered(*place)).map(|(_, look)| look.header.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingestion::{inspect, look_at_columns, recognise};

    fn guessed(text: &str) -> (Mapping, Vec<String>) {
        let inspection = inspect(text.as_bytes()).expect("a table");
        let mut guess = recognise(&inspection.headers).guess;
        let reasons = guess_by_looks(&mut guess, &look_at_columns(&inspection), &inspection);
        (guess, reasons.into_iter().map(|reason| reason.sentence).collect())
    }

    fn till(head: &str) -> String {
        let rows = (0..8).map(|row| format!("{};0{}.03.2026;Tee;{};{},50;a{row}@b.example\n", 1000 + row, row + 1, row % 3 + 1, row + 2));
        std::iter::once(format!("{head}\n")).chain(rows).collect()
    }

    #[test]
    fn dates_addresses_and_numbers_are_guessed_where_names_tell_nothing() {
        let (guess, reasons) = guessed(&till("Nr;Wann;Was;Stk;Wert;Wer"));
        use ColumnMeaning as M;
        let told: Vec<_> = [M::OrderedAt, M::CustomerEmail, M::OrderNumber].map(|meaning| guess.columns.get(&meaning).map(String::as_str)).into();
        assert_eq!(told, [Some("Wann"), Some("Wer"), Some("Nr")]);
        assert_eq!(reasons.len(), 3);
        assert!(!guess.columns.contains_key(&M::UnitPrice) && !guess.columns.contains_key(&M::LineAmount), "money is not guessed");
    }

    #[test]
    fn what_is_named_or_not_alone_is_left() {
        let (guess, reasons) = guessed(&till("Nr;Bestelldatum;Produkt;Menge;Einzelpreis;E-Mail"));
        assert_eq!((guess.columns.get(&ColumnMeaning::OrderNumber).map(String::as_str), reasons.len()), (Some("Nr"), 1), "only that was missing");
        let two = "A;B;C;D\n".to_owned() + &"01.03.2026;02.03.2026;7;x\n".repeat(6);
        let (guess, reasons) = guessed(&two);
        assert_eq!((guess.columns.len(), reasons), (0, Vec::<String>::new()), "two columns of dates, and one number over and over");
    }
}
