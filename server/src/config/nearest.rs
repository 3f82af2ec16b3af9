//! The nearest known word to a misspelt one.

/// The known word with the fewest edits, if few enough to be what was meant.
pub(super) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.map(|candidate| (edits(word, candidate), candidate)).min().filter(|(count, _)| *count <= word.len() / 3).map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, to) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_none() {
        let known = ["TRADEPOST_ADDRESS", "TRADEPOST_WORKERS"];
        assert_eq!(nearest("TRADEPOST_ADRESS", known.into_iter()), Some("TRADEPOST_ADDRESS"));
        assert_eq!(nearest("TRADEPOST_WORKER", known.into_iter()), Some("TRADEPOST_WORKERS"));
        assert_eq!(nearest("PAPERCLIPS", known.into_iter()), None);
    }
}
