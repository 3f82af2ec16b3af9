//! Amounts of one meaning that a vendor spreads over several columns: fees by their kind, credits by theirs.

use super::columns::Columns;

/// The column that is mapped, with those that are added to it where a file has them.
const SUMMED: [(&str, &[&str]); 6] = [
    // Amazon's settlement, first version: each row fills the columns of its kind.
    ("item-related-fee-amount", &["shipment-fee-amount", "order-fee-amount", "misc-fee-amount", "other-fee-amount"]),
    ("price-amount", &["promotion-amount", "direct-payment-amount", "other-amount"]),
    // Amazon's date range report.
    ("selling fees", &["fba fees", "other transaction fees", "Regulatory Fee", "Tax On Regulatory Fee"]),
    (
        "product sales",
        &[
            "product sales tax",
            "shipping credits",
            "shipping credits tax",
            "gift wrap credits",
            "giftwrap credits tax",
            "promotional rebates",
            "promotional rebates tax",
            "sales tax collected",
            "marketplace withheld tax",
            "Marketplace Facilitator Tax",
            "other",
        ],
    ),
    // eBay's transaction report.
    (
        "Final Value Fee - variable",
        &[
            "Final Value Fee - fixed",
            "Regulatory operating fee",
            "Below standard performance fee",
            "International fee",
            "Charity donation",
            "Deposit processing fee",
        ],
    ),
    // Square's transactions.
    ("Fees", &["Third Party Fees"]),
];

/// Where the columns stand that are added to that of a meaning.
pub(super) fn addends(columns: &Columns, header: Option<&str>) -> Vec<usize> {
    let Some((_, others)) = header.and_then(|header| SUMMED.iter().find(|(first, _)| header.eq_ignore_ascii_case(first))) else { return Vec::new() };
    let is_mapped = |position: usize| domain::sources::ColumnMeaning::ALL.iter().any(|meaning| columns.position(*meaning) == Some(position));
    let named = others.iter().filter_map(|name| columns.headers().iter().position(|header| header.eq_ignore_ascii_case(name)));
    named.filter(|position| !is_mapped(*position)).collect()
}
