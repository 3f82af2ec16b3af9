//! What is said and asked about discounts.

use super::shares::{Exact, Share};
use crate::ingestion::numbers::Decimal;
use domain::format::{counted, number};
use domain::sources::{Ambiguity, Choice, ChoiceValue, DiscountReading};

/// A discount as an example.
pub(super) struct Shown {
    /// Its cell as it stands.
    pub text: String,
    pub off: Decimal,
    /// The line's price and quantity.
    pub line: Option<(Decimal, Decimal)>,
}

/// How the discounts were read, and why.
pub(super) fn because(column: &str, reading: DiscountReading, why: &str) -> String {
    format!("{} {why}", read_as(column, reading))
}

/// A column proves how they are read.
pub(super) fn proven(column: &str, reading: DiscountReading, total: &str, rows: [u64; 2]) -> String {
    let [agree, all] = rows.map(|rows| i64::try_from(rows).unwrap_or(i64::MAX));
    let telling = counted(all, "row that tells", "rows that tell");
    let rows = if agree == all { format!("the {telling}") } else { format!("{} of the {telling}", number(agree)) };
    because(column, reading, &format!("“{total}” is price × quantity less that, in {rows}."))
}

/// The columns of the rows' amounts, of which each row's is in the first that it fills.
pub(super) fn first_filled(columns: &[&str]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("“{column}”")).collect();
    match quoted.split_first() {
        Some((first, others)) if !others.is_empty() => format!("{first} (where it is empty, {})", others.join(" or ")),
        _ => quoted.concat(),
    }
}

/// The row's amount is what is left.
pub(super) fn taken_off_already(amount: &str) -> String {
    format!("{amount} has the discounts taken off already: they were not taken off again.")
}

/// Nothing tells whether that is so, and nobody said.
pub(super) fn taken_off_unasked(amount: &str) -> String {
    format!("The rows do not tell whether {amount} has the discounts off already, and nobody said: they were taken off it.")
}

/// The same of what stores sold.
pub(super) fn left_unasked(amount: &str) -> String {
    format!("The rows do not tell whether {amount} has the discounts off already, and nobody said: it was left as it stands.")
}

/// The row's amount is what the price tells.
pub(super) fn taken_off_it(amount: &str) -> String {
    format!("{amount} is price × quantity: the discounts were taken off it.")
}

/// Whether the row's amount is what is left.
pub(super) fn question_of_amount(column: &str, amount: &str) -> Ambiguity {
    let choice = |label: &str, is_net: bool| Choice { label: label.to_owned(), value: ChoiceValue::NetAmount(is_net) };
    Ambiguity {
        column: column.to_owned(),
        question: format!("Does {amount} have the discounts off already?"),
        evidence: Vec::new(),
        choices: vec![choice("Yes, it is what was paid", true), choice("No, take them off", false)],
    }
}

/// Nobody answered.
pub(super) fn assumed(column: &str, reading: DiscountReading) -> String {
    let example = match reading {
        DiscountReading::Amount => "as amounts of money",
        DiscountReading::Fraction => "as shares, 0.15 as 15 % off",
        DiscountReading::Percent => "as percent, 15 as 15 % off",
    };
    format!("Nothing in the file tells how the discounts in “{column}” are written, and nobody said: they were read {example}.")
}

/// The question, with what each reading makes of the first discounts.
pub(super) fn question(column: &str, readings: &[DiscountReading], shown: &[Shown]) -> Ambiguity {
    let example = if readings.contains(&DiscountReading::Fraction) { "0.15" } else { "15" };
    let choice = |reading: &DiscountReading| {
        let label = match reading {
            DiscountReading::Amount => format!("Amounts of money ({example} is {example} off)"),
            DiscountReading::Fraction => "Shares of the line (0.15 is 15 % off)".to_owned(),
            DiscountReading::Percent => format!("Percent of the line ({example} is {example} % off)"),
        };
        Choice { label, value: ChoiceValue::Discount(*reading) }
    };
    Ambiguity {
        column: column.to_owned(),
        question: "Are these discounts shares of the line or amounts of money?".to_owned(),
        evidence: shown.iter().map(|shown| shown.in_words(readings[0])).collect(),
        choices: readings.iter().map(choice).collect(),
    }
}

fn read_as(column: &str, reading: DiscountReading) -> String {
    match reading {
        DiscountReading::Amount => format!("The discounts in “{column}” were read as amounts of money."),
        DiscountReading::Fraction => format!("The discounts in “{column}” were read as shares of the line, 0.15 as 15 % off."),
        DiscountReading::Percent => format!("The discounts in “{column}” were read as percent of the line, 15 as 15 % off."),
    }
}

impl Shown {
    /// What would be left of its line as a share and as money.
    fn in_words(&self, reading: DiscountReading) -> String {
        let Self { text, off, line } = self;
        let Some(share) = Share::of(*off, reading) else { return format!("“{text}”") };
        let percent = share.percent();
        let left = line.and_then(|(price, quantity)| {
            let gross = Exact::product(price, quantity);
            Some((gross.to_units(2)?, share.rest_of(gross, 2)?, off.to_units(2)?))
        });
        match left {
            Some((gross, rest, off)) => {
                let less = gross.saturating_sub(off.saturating_abs().saturating_mul(gross.signum()));
                let [gross, rest, less] = [gross, rest, less].map(hundredths);
                format!("“{text}” off {gross} leaves {rest} as a share ({percent}), {less} as money")
            }
            None => format!("“{text}” is {percent} off, or {text} of money"),
        }
    }
}

fn hundredths(minor: i64) -> String {
    let amount = minor.unsigned_abs();
    format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, amount / 100, amount % 100)
}
