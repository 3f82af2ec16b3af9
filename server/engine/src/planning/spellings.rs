//! The forms in which letters beyond A to Z may stand in a text that is looked for in capitals or not.

/// So many letters beyond A to Z are looked for in both forms; of further ones, the form as it is given.
const LETTERS: usize = 4;

/// A text with A to Z made small and every other letter in both of its forms.
pub(super) fn spellings(text: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    let mut left = LETTERS;
    for letter in text.chars().map(|letter| letter.to_ascii_lowercase()) {
        let other = other_form(letter).filter(|_| left > 0);
        let with_other: Vec<String> = other.iter().flat_map(|other| forms.iter().map(move |form| format!("{form}{other}"))).collect();
        left -= usize::from(other.is_some());
        forms.iter_mut().for_each(|form| form.push(letter));
        forms.extend(with_other);
    }
    forms
}

/// The capital of a small letter beyond A to Z, or the other way round.
fn other_form(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    let one = |mut forms: Box<dyn Iterator<Item = char>>| forms.next().filter(|form| *form != letter && forms.next().is_none());
    one(Box::new(letter.to_uppercase())).or_else(|| one(Box::new(letter.to_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_a_to_z_stand_in_both_forms() {
        assert_eq!(spellings("MUG"), ["mug"]);
        assert_eq!(spellings("Žebra"), ["žebra", "Žebra"].map(str::to_owned).into_iter().rev().collect::<Vec<_>>());
        assert_eq!(spellings("éÉ").len(), 4);
        assert_eq!(spellings("ß"), ["ß"], "its capital is two letters");
        assert_eq!(spellings("éééééééé").len(), 1 << LETTERS);
    }
}
