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
    let free: Vec<(usize, Name)> = headers
        .iter()
        .take(MOST_COLUMNS)
        .enumerate()
        .filter(|(_, header)| !is_taken(header))
        .map(|(place, header)| (place, Name::of(headings::normalise(header))))
        .collect();
    let mut found = Vec::new();
    for (order, (meaning, names)) in headings::names().enumerate().filter(|(_, (meaning, _))| !guess.columns.contains_key(meaning)) {
        let names: Vec<Name> = names.iter().map(|name| Name::of((*name).to_owned())).collect();
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

/// A normalised name, with what is compared of it.
struct Name {
    text: String,
    squeezed: String,
    letters: usize,
    /// How often letters come, those of one remainder by this length together.
    counts: [i32; 32],
}

impl Name {
    fn of(text: String) -> Self {
        let squeezed = headings::squeeze(&text);
        let mut counts = [0; 32];
        for letter in squeezed.chars() {
            counts[letter as usize % 32] += 1;
        }
        Self { letters: squeezed.chars().count(), text, squeezed, counts }
    }

    /// So many letters at least must be changed to make one name of the other: those that only one of them has.
    fn changes_at_least(&self, other: &Self) -> usize {
        let (mut more, mut less) = (0, 0);
        for (own, others) in self.counts.iter().zip(&other.counts) {
            match own - others {
                difference @ 0.. => more += difference,
                difference => less -= difference,
            }
        }
        usize::try_from(more.max(less)).unwrap_or(0)
    }
}

/// How alike two names are, of a thousand; those that cannot be alike are not compared letter by letter.
fn likeness(header: &Name, name: &Name) -> u32 {
    let within = within(&header.text, &name.text);
    if header.squeezed.len().min(name.squeezed.len()) < SHORTEST {
        return within;
    }
    let letters = header.letters.max(name.letters);
    let alike = |changes: usize| u32::try_from((letters.saturating_sub(changes)) * 1000 / letters).unwrap_or(0);
    if alike(header.changes_at_least(name)) < ALIKE {
        return within;
    }
    let changes = strsim::damerau_levenshtein(&header.squeezed, &name.squeezed);
    if letters <= FEW_LETTERS && changes > 0 {
        return within;
    }
    within.max(alike(changes))
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

    fn likeness(header: &str, name: &str) -> u32 {
        super::likeness(&Name::of(header.to_owned()), &Name::of(name.to_owned()))
    }

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
