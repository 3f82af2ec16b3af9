//! Columns whose names are nearly known: guesses for a person to look at, never enough to read a file by.

use super::names as headings;
use domain::sources::{ColumnMeaning, Mapping, Reason};
use std::cmp::Reverse;

/// So alike must two names be, in thousandths.
const ALIKE: u32 = 815;
/// Of so many letters or fewer one is much: they have to be nearer, or “border” would be “order”.
const FEW_LETTERS: usize = 6;
/// A known name of several words stands within a longer one.
const WITHIN: u32 = 950;
/// A known name of one word does.
const WORD_WITHIN: u32 = 860;
/// Shorter names are alike by chance.
const SHORTEST: usize = 5;
/// Shorter words are in many names.
const SHORTEST_WORD: usize = 4;
/// So many columns are compared; a file has fewer.
const MOST_COLUMNS: usize = 400;

/// Fills a guess with the free columns whose names come nearest, the surest first, and says each.
pub(in crate::ingestion) fn fill(guess: &mut Mapping, headers: &[String]) -> Vec<Reason> {
    let is_taken = |header: &String| guess.columns.values().any(|taken| taken == header);
    let free: Vec<(usize, String)> = headers
        .iter()
        .take(MOST_COLUMNS)
        .enumerate()
        .filter(|(_, header)| !is_taken(header))
        .map(|(place, header)| (place, headings::normalise(header)))
        .collect();
    let mut found = Vec::new();
    for (order, (meaning, names)) in headings::names().enumerate().filter(|(_, (meaning, _))| !guess.columns.contains_key(meaning)) {
        for (place, header) in &free {
            let best = names.iter().map(|name| likeness(header, name)).max().unwrap_or(0);
            if best >= ALIKE {
                found.push((Reverse(best), order, *place, meaning));
            }
        }
    }
    found.sort_unstable_by_key(|(best, order, place, _)| (*best, *order, *place));
    let mut reasons = Vec::new();
    for (Reverse(best), _, place, meaning) in found {
        let header = &headers[place];
        if !guess.columns.contains_key(&meaning) && !guess.columns.values().any(|taken| taken == header) {
            guess.columns.insert(meaning, header.clone());
            reasons.push(reason(header, meaning, best));
        }
    }
    reasons
}

fn reason(header: &str, meaning: ColumnMeaning, best: u32) -> Reason {
    let sentence = format!("“{}” could be {}.", header.trim(), meaning.label().to_lowercase());
    Reason { sentence, weight: i32::try_from(best).unwrap_or(0) - 1000 }
}

/// How alike two normalised names are, of a thousand.
fn likeness(header: &str, name: &str) -> u32 {
    let (squeezed, known) = (headings::squeeze(header), headings::squeeze(name));
    let within = within(header, name);
    if squeezed.len().min(known.len()) < SHORTEST {
        return within;
    }
    // Names of much different lengths cannot be that alike.
    let (shorter, longer) = (squeezed.len().min(known.len()), squeezed.len().max(known.len()));
    if shorter * 1000 < longer * 700 {
        return within;
    }
    let letters = squeezed.chars().count().max(known.chars().count());
    let changes = strsim::damerau_levenshtein(&squeezed, &known);
    if letters <= FEW_LETTERS && changes > 0 {
        return within;
    }
    within.max(u32::try_from((letters.saturating_sub(changes)) * 1000 / letters).unwrap_or(0))
}

/// Whether all words of a known name stand in a header.
fn within(header: &str, name: &str) -> u32 {
    let has = |word: &str| header.split(' ').any(|own| own == word);
    match name.split(' ').count() {
        1 if name.len() >= SHORTEST_WORD && has(name) => WORD_WITHIN,
        words if words > 1 && name.split(' ').all(has) => WITHIN,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_slips_and_within_others_are_alike() {
        for (header, name) in
            [("oder number", "order number"), ("order numbre", "order number"), ("quantiy", "quantity"), ("bestelnummer", "bestellnummer")]
        {
            assert!(likeness(header, name) >= ALIKE, "{header}: {}", likeness(header, name));
        }
        assert_eq!(likeness("shop order number internal", "order number"), WITHIN);
        assert_eq!(likeness("sold quantity", "quantity"), WORD_WITHIN);
    }

    #[test]
    fn other_names_are_not() {
        for (header, name) in
            [("species", "price"), ("orders", "orderedat"), ("border", "order"), ("state", "date"), ("unit", "units sold"), ("ad", "adet")]
        {
            assert!(likeness(header, name) < ALIKE, "{header}: {}", likeness(header, name));
        }
    }
}
