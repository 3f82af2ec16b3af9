//! Phone numbers in international form.

use phonenumber::Mode;
use phonenumber::country::Id;

/// A phone number as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phone {
    /// A valid number in international form (E.164).
    International(String),
    /// Digits that are no valid number of any country that could be meant, with the sign of an international one.
    Kept(String),
}

impl Phone {
    /// The number as it is stored.
    pub fn into_text(self) -> String {
        match self {
            Self::International(text) | Self::Kept(text) => text,
        }
    }
}

/// Reads a number as it is dialled in a country; `None` where there is no digit in it.
pub fn phone(text: &str, country: Option<[u8; 2]>) -> Option<Phone> {
    let (digits, is_international) = bare(text);
    if digits.is_empty() {
        return None;
    }
    let written = if is_international { format!("+{digits}") } else { digits };
    let id: Option<Id> = country.and_then(|code| std::str::from_utf8(&code).ok()?.parse().ok());
    // Some exports drop the plus of an international number.
    let tries = [(id, written.clone()), (None, format!("+{}", written.trim_start_matches('+')))];
    let valid = tries.into_iter().filter(|(id, number)| id.is_some() || number.starts_with('+')).find_map(|(id, number)| e164(id, &number));
    Some(valid.map_or(Phone::Kept(written), Phone::International))
}

fn e164(country: Option<Id>, number: &str) -> Option<String> {
    let number = phonenumber::parse(country, number).ok().filter(phonenumber::is_valid)?;
    Some(number.format().mode(Mode::E164).to_string())
}

/// The digits, without an extension and what stands before them, and whether they begin with the country's code.
fn bare(text: &str) -> (String, bool) {
    let text = text.trim_start_matches(|letter: char| !letter.is_ascii_digit() && letter != '+');
    let text = text.split(|letter: char| letter.is_alphabetic() || matches!(letter, ';' | ',' | '#')).next().unwrap_or_default();
    // (0) within an international number is dialled at home only.
    let text = if text.starts_with('+') { text.replace("(0)", "") } else { text.to_owned() };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("00") {
        _ if text.starts_with('+') => (digits, true),
        Some(rest) => (rest.to_owned(), true),
        None => (digits, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str, country: &str) -> Option<String> {
        phone(text, country.as_bytes().try_into().ok()).map(Phone::into_text)
    }

    #[test]
    fn numbers_become_international_with_their_country() {
        for (text, country, expected) in [
            ("'+61 412 000 999", "GB", "+61412000999"),
            ("030 901820", "DE", "+4930901820"),
            ("0049 30 901820", "", "+4930901820"),
            ("+49 (0)30 901820", "US", "+4930901820"),
            ("(212) 555-0154", "US", "+12125550154"),
            ("0532 123 45 67", "TR", "+905321234567"),
            ("905321234567", "", "+905321234567"),
            ("020 7946 0018 ext. 12", "GB", "+442079460018"),
            ("Tel: 020 7946 0018", "GB", "+442079460018"),
        ] {
            assert_eq!(phone(text, country.as_bytes().try_into().ok()), Some(Phone::International(expected.to_owned())), "{text} in {country}");
        }
    }

    #[test]
    fn what_is_no_number_of_the_country_keeps_its_digits() {
        assert_eq!(phone("12 34", Some(*b"DE")), Some(Phone::Kept("1234".to_owned())));
        assert_eq!(kept("(775) 555-0154", "").as_deref(), Some("7755550154"));
        assert_eq!(kept("0049 30/1", "GB").as_deref(), Some("+49301"));
        assert_eq!(kept("none", "GB"), None);
        assert_eq!(kept("+", "GB"), None);
        assert_eq!(kept("9".repeat(400).as_str(), "GB").map(|text| text.len()), Some(400));
    }
}
