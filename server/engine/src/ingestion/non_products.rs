//! What stands on a bill like a product and is none: postage, samples, fees, discounts, corrections.

use std::collections::HashSet;
use std::sync::LazyLock;

/// One name a line: lower-case, without accents and marks. Adding one needs no code.
static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("non_products.txt").lines().collect());

/// Codes that tills and shops give to such lines; shorter ones could be a product's size.
const CODES: [&str; 7] = ["post", "postage", "shipping", "delivery", "amazonfee", "bank charges", "versand"];

/// Whether a name (or, where a line has no other, its code) is that of a product that is sold.
pub fn is_product(sku: Option<&str>, title: &str) -> bool {
    let is_code = sku.is_some_and(|sku| CODES.contains(&sku.trim().to_lowercase().as_str()));
    !is_code && !NAMES.contains(plain(title).as_str())
}

/// Lower-case words of plain letters and digits, one blank between them.
fn plain(title: &str) -> String {
    let mut plain = String::with_capacity(title.len());
    for character in title.trim().chars().flat_map(char::to_lowercase) {
        match unaccented(character) {
            '\u{307}' => {}
            '&' => plain.push_str(" and "),
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ => plain.push(' '),
        }
    }
    plain.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn unaccented(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
        'ç' | 'ć' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ğ' => 'g',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ş' | 'ś' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postage_fees_and_corrections_are_no_products_in_any_language() {
        for title in
            ["POSTAGE", "Dotcom Postage", "Manual", "Bank Charges", "Frais de port", "Kargo Ücreti", "İndirim", "Envío", "P & P", "Versandkosten "]
        {
            assert!(!is_product(None, title), "{title}");
        }
        assert!(!is_product(Some("POST"), ""));
    }

    #[test]
    fn what_only_sounds_like_it_is_a_product() {
        for (sku, title) in
            [("S", "T-shirt"), ("M", ""), ("85123A", "POSTAGE STAMP MUG"), ("PADS", "PADS TO MATCH ALL CUSHIONS"), ("1", "Sample book of yarns")]
        {
            assert!(is_product(Some(sku), title), "{title}");
        }
    }
}
