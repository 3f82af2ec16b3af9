//! Month names in the languages that exports are written in.

/// Beginnings that tell a month, without accents, in English, German, French, Italian, Spanish and Turkish; longer ones before shorter ones.
const BEGINNINGS: [(&str, u32); 39] = [
    ("juin", 6),
    ("juil", 7),
    ("ocak", 1),
    ("haz", 6),
    ("jan", 1),
    ("ene", 1),
    ("oca", 1),
    ("feb", 2),
    ("fev", 2),
    ("sub", 2),
    ("mar", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("nis", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("tem", 7),
    ("aug", 8),
    ("aou", 8),
    ("ago", 8),
    ("agu", 8),
    ("sep", 9),
    ("eyl", 9),
    ("oct", 10),
    ("okt", 10),
    ("eki", 10),
    ("nov", 11),
    ("kas", 11),
    ("dec", 12),
    ("dez", 12),
    ("gen", 1),
    ("mag", 5),
    ("giu", 6),
    ("lug", 7),
    ("set", 9),
    ("ott", 10),
];

/// The number of a month's name or its short form.
pub(super) fn number(word: &str) -> Option<u32> {
    let word = crate::ingestion::headings::normalise(&word.to_lowercase());
    if word.starts_with("mrz") || word.starts_with("maerz") {
        return Some(3);
    }
    if word.starts_with("dic") || word.starts_with("ara") {
        return Some(12);
    }
    BEGINNINGS.iter().find(|(beginning, _)| word.starts_with(beginning)).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_six_languages() {
        let names = ["December", "Dez.", "décembre", "diciembre", "Aralık", "März", "août", "Şubat", "juillet", "Mayıs"];
        assert_eq!(names.map(number), [12, 12, 12, 12, 12, 3, 8, 2, 7, 5].map(Some));
        let italian = ["gen", "febbraio", "mar", "aprile", "mag", "giugno", "lug", "agosto", "set", "ottobre", "nov", "dicembre"];
        assert_eq!(italian.map(number), std::array::from_fn(|month| Some(month as u32 + 1)));
        assert_eq!(number("Monday"), None);
    }
}
