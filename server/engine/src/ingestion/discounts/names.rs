//! What names of columns say about discounts.

use crate::ingestion::headings;
use domain::sources::ColumnMeaning;
use std::collections::BTreeMap;

/// Names that say neither whether the discount is of the line or of the order, nor how it is written; as keys.
const BARE_NAMES: [&str; 20] = [
    "discount",
    "discounts",
    "discount amount",
    "discount percent",
    "discount percentage",
    "discount rate",
    "disc",
    "rabatt",
    "rabatt in prozent",
    "rabattsatz",
    "remise",
    "taux de remise",
    "descuento",
    "porcentaje de descuento",
    "indirim",
    "indirim orani",
    "indirim yuzdesi",
    "indirim tutari",
    "iskonto",
    "iskonto orani",
];
/// Words of names, as [`headings::normalise`] writes them.
const PERCENT_WORDS: [&str; 14] = [
    "percent",
    "percentage",
    "pct",
    "rate",
    "prozent",
    "prozentsatz",
    "satz",
    "rabattsatz",
    "taux",
    "porcentaje",
    "yuzde",
    "yuzdesi",
    "oran",
    "orani",
];
const MONEY_WORDS: [&str; 7] = ["amount", "betrag", "rabattbetrag", "montant", "importe", "tutar", "tutari"];

/// Maps a column that is only called “Discount”, beside a price and a quantity.
pub(in crate::ingestion) fn map_by_bare_name(columns: &mut BTreeMap<ColumnMeaning, String>, headers: &[String]) {
    let is_free = |header: &&String| !columns.values().any(|taken| taken == *header);
    if !columns.contains_key(&ColumnMeaning::LineDiscount)
        && let Some(header) = headers.iter().filter(is_free).find(|header| is_bare(header))
    {
        columns.insert(ColumnMeaning::LineDiscount, header.clone());
    }
}

/// Whether a column's name does not say whose discount it holds.
pub(super) fn is_bare(header: &str) -> bool {
    let key = headings::key(header);
    BARE_NAMES.iter().any(|name| headings::squeeze(name) == key)
}

pub(super) fn says_percent(header: &str) -> bool {
    header.contains('%') || has_word(header, &PERCENT_WORDS)
}

pub(super) fn says_money(header: &str) -> bool {
    headings::currency_in(header).is_some() || (!header.contains('%') && has_word(header, &MONEY_WORDS))
}

fn has_word(header: &str, words: &[&str]) -> bool {
    headings::normalise(header).split(' ').any(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_say_what_discounts_are() {
        for name in ["Discount %", "Discount Rate", "Rabatt in Prozent", "Rabattsatz", "İndirim Oranı", "İndirim Yüzdesi", "Discount Amount (%)"]
        {
            assert!(says_percent(name) && !says_money(name), "{name}");
        }
        for name in ["Discount Amount", "İndirim Tutarı", "Rabattbetrag", "Discount (USD)", "Montant de remise"] {
            assert!(says_money(name) && !says_percent(name), "{name}");
        }
        for name in ["Zusatzrabatt", "Umsatzrabatt", "Corporate Discount", "Discount", "Discount Value"] {
            assert!(!says_money(name) && !says_percent(name), "{name}");
        }
    }
}
