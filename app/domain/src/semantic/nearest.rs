//! "Did you mean": names near to a misspelt one.

/// How many slips of the pen lie between two words: letters left out, put in, replaced, or two neighbours swapped (Damerau and Levenshtein).
pub fn edit_distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(ca != cb);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *ca == b[j - 1] && a[i - 1] == *cb {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// The names nearest to a word, at most three, the nearest first. Each candidate is a word as people write it and the name it stands for.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = candidates.into_iter().map(|(written, name)| (distance(word, written), name)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    let mut names = Vec::new();
    let most = near.first().map_or(0, |(best, _)| best + 2);
    for (distance, name) in near {
        if !names.contains(&name) && names.len() < 3 && distance <= most {
            names.push(name);
        }
    }
    names
}

/// A word that is part of the other is near to it, however long the other is.
fn distance(word: &str, written: &str) -> usize {
    let edits = edit_distance(word, written);
    if word.len() >= 3 && written.split('_').any(|part| part == word) { edits.min(1) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_counted() {
        for (a, b, slips) in
            [("", "", 0), ("abc", "", 3), ("orders", "order", 1), ("oders", "orders", 1), ("ordres", "orders", 1), ("tax", "fees", 4)]
        {
            assert_eq!(edit_distance(a, b), slips, "{a} {b}");
            assert_eq!(edit_distance(b, a), slips, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_come_first_and_once() {
        let names = [("net_sales", "net_sales"), ("revenue", "net_sales"), ("gross_sales", "gross_sales"), ("tax", "tax")];
        assert_eq!(nearest("net_sale", names), ["net_sales"]);
        assert_eq!(nearest("sales", names), ["net_sales", "gross_sales"]);
    }
}
