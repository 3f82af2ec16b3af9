//! What is said of prices far from the usual, and of how far they could be compared.

use super::findings::about_rows;
use super::prices::{Compared, FarFromBefore, Noted, Outliers};
use domain::format::{self, agreeing, counted};
use domain::sources::{QualityFinding, Severity};

/// How many products one sentence names.
const NAMED: usize = 3;
/// Of a long name so many characters.
const NAME_CHARACTERS: usize = 60;

/// The findings, of a file with so many rows.
pub(super) fn findings(outliers: &Outliers, rows: i64) -> impl Iterator<Item = QualityFinding> {
    [in_file(&outliers.in_file, rows), before(&outliers.before, rows), outliers.compared.as_ref().and_then(compared)].into_iter().flatten()
}

fn in_file(noted: &Noted, rows: i64) -> Option<QualityFinding> {
    about_rows("price_outliers", Severity::Warning, noted, rows, |count| {
        format!(
            "{count} with a price about a hundred times above or below what the product usually costs in this file; look whether a comma slipped."
        )
    })
}

fn before(products: &[FarFromBefore], rows: i64) -> Option<QualityFinding> {
    let mut noted = Noted::default();
    let mut lines: Vec<u64> = products.iter().flat_map(|product| product.lines.iter().copied()).collect();
    lines.sort_unstable();
    lines.into_iter().for_each(|line| noted.note(line));
    noted.count = products.iter().map(|product| product.rows).sum();
    let mut named: Vec<String> = products.iter().take(NAMED).map(named).collect();
    if products.len() > NAMED {
        let others = counted((products.len() - NAMED) as i64, "more product", "more products");
        named.push(format!("and {others}"));
    }
    about_rows("price_outliers", Severity::Warning, &noted, rows, |count| {
        let cost = agreeing(products.len() as i64, "the product", "the products");
        format!(
            "{count} with a price about a hundred times above or below what {cost} cost before: {}; look whether a comma slipped.",
            named.join(", ")
        )
    })
}

fn named(far: &FarFromBefore) -> String {
    let mut name: String = far.product.chars().take(NAME_CHARACTERS).collect();
    if name.len() < far.product.len() {
        name.push('…');
    }
    format!("“{name}” at {} (usually {} in earlier uploads)", format::money(far.price), format::money(far.usual))
}

fn compared(compared: &Compared) -> Option<QualityFinding> {
    let Compared { products, asked, known, since } = *compared;
    let (known_number, of) = (format::number(known as i64), counted(products as i64, "product", "products"));
    let mut sentence = format!("Prices were held against earlier uploads too, which tell the usual price of {known_number} of {of}.");
    if asked < products {
        sentence.push_str(&format!(" Looked up were only the {} with the fewest rows in this file.", format::number(asked as i64)));
    }
    if let Some(since) = since {
        sentence.push_str(&format!(" Sales before {} were not looked at.", format::day(since)));
    }
    (products > 0).then(|| QualityFinding {
        name: "prices_compared".to_owned(),
        severity: Severity::Good,
        sentence,
        count: known as i64,
        share: known as f64 / products as f64,
        lines: Vec::new(),
    })
}
