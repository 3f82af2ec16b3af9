//! Whether a column of discounts holds amounts of money or shares of the line: told by its name, its signs, all of its values, and by
//! another column that is the line's total in one reading only.

use super::proof::{Proof, Row};
use super::shares::{Exact, Share, without_percent};
use crate::ingestion::evidence::Witness;
use crate::ingestion::headings;
use crate::ingestion::inspect::Inspection;
use crate::ingestion::numbers::{self, Decimal};
use crate::ingestion::records::{RecordReader, Step};
use crate::ingestion::text_reader::TextReader;
use domain::sources::{Ambiguity, Choice, ChoiceValue, ColumnMeaning, DiscountReading, Mapping};
use std::collections::BTreeMap;
use std::io::Read;

/// How many cells are shown.
const SHOWN: usize = 3;
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
const PERCENT_WORDS: [&str; 9] = ["percent", "pct", "rate", "prozent", "satz", "taux", "porcentaje", "yuzde", "orani"];
const MONEY_WORDS: [&str; 5] = ["amount", "betrag", "montant", "importe", "tutar"];

/// What a file tells of its discounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Discounts {
    /// The column that holds them.
    pub column: String,
    /// The mapping with how they are read: as the file tells, or else in the likeliest way.
    pub mapping: Mapping,
    /// Why they are read so, in a sentence.
    pub because: Option<String>,
    /// What is to be asked, where nothing in the file tells.
    pub question: Option<Ambiguity>,
    /// The column's name does not say whose discount it is, and nothing proves that it is the line's: not to be taken off unasked.
    pub is_doubtful: bool,
}

/// Maps a column that is only called “Discount”, beside a price and a quantity.
pub(in crate::ingestion) fn map_by_bare_name(columns: &mut BTreeMap<ColumnMeaning, String>, headers: &[String]) {
    let is_free = |header: &&String| !columns.values().any(|taken| taken == *header);
    if !columns.contains_key(&ColumnMeaning::LineDiscount)
        && let Some(header) = headers.iter().filter(is_free).find(|header| is_bare(header))
    {
        columns.insert(ColumnMeaning::LineDiscount, header.clone());
    }
}

fn is_bare(header: &str) -> bool {
    let key = headings::key(header);
    BARE_NAMES.iter().any(|name| headings::squeeze(name) == key)
}

/// What the file tells of its discounts under a mapping; `None` when there are none, or when the mapping says how they are written.
///
/// `rest` reads the whole file, without which only the rows that were looked at count.
pub fn discounts(inspection: &Inspection, mapping: &Mapping, rest: impl FnOnce() -> Option<Box<dyn Read>>) -> Option<Discounts> {
    let mut scan = Scan::of(inspection, mapping)?;
    match rest() {
        Some(reader) => scan.see_all(reader, inspection),
        None => inspection.seen_rows().for_each(|row| scan.see(|position| row.get(position).map_or("", |cell| cell.trim()))),
    }
    scan.verdict(mapping)
}

struct Scan {
    header: String,
    discount: usize,
    price: Option<usize>,
    quantity: Option<usize>,
    comma: bool,
    proof: Proof,
    /// Some discount is not nothing.
    has_any: bool,
    has_percent_sign: bool,
    has_currency: bool,
    above_one: bool,
    above_hundred: bool,
    shown: Vec<(String, String)>,
}

impl Scan {
    fn of(inspection: &Inspection, mapping: &Mapping) -> Option<Self> {
        let (meaning, header) = mapping.discount_column().filter(|_| mapping.discount_as.is_none())?;
        let position = |header: &str| inspection.headers.iter().position(|name| name == header);
        let of = |meaning: ColumnMeaning| mapping.columns.get(&meaning).and_then(|header| position(header));
        Some(Self {
            header: header.to_owned(),
            discount: position(header)?,
            price: of(ColumnMeaning::UnitPrice),
            quantity: of(ColumnMeaning::Quantity),
            comma: Witness::new(inspection, mapping, false).comma,
            proof: if meaning == ColumnMeaning::LineDiscount { Proof::among(inspection, mapping) } else { Proof::default() },
            has_any: false,
            has_percent_sign: false,
            has_currency: false,
            above_one: false,
            above_hundred: false,
            shown: Vec::new(),
        })
    }

    fn see_all(&mut self, reader: impl Read, inspection: &Inspection) {
        let mut records = RecordReader::new(TextReader::new(reader, inspection.encoding, inspection.old_mac), inspection.delimiter);
        loop {
            match records.step() {
                Step::End => return,
                Step::Record if records.line() > inspection.header_line => {
                    self.see(|position| std::str::from_utf8(records.cell(position)).unwrap_or_default().trim());
                }
                _ => {}
            }
        }
    }

    fn see<'a>(&mut self, cell: impl Fn(usize) -> &'a str) {
        let text = cell(self.discount);
        let (bare, has_sign) = without_percent(text.as_bytes());
        let comma = self.comma;
        let number = |text: &[u8]| numbers::parse(text, comma).ok().map(|parsed| parsed.decimal);
        let Some(off) = number(bare).filter(|off| off.mantissa != 0) else { return };
        self.has_any = true;
        self.has_percent_sign |= has_sign;
        self.has_currency |= numbers::unit(bare).is_some();
        if !has_sign {
            self.above_one |= is_above(off, 1);
            self.above_hundred |= is_above(off, 100);
        }
        let of = |position: usize| number(cell(position).as_bytes());
        let quantity = self.quantity.map_or(Some(Decimal { mantissa: 1, scale: 0 }), of);
        let line = self.price.and_then(of).zip(quantity);
        if self.shown.len() < SHOWN && !self.shown.iter().any(|(shown, _)| shown == text) {
            self.shown.push((text.to_owned(), evidence(text, off, line)));
        }
        if let Some((price, quantity)) = line {
            let row = Row { price, quantity, off, has_sign };
            self.proof.see(&row, of);
        }
    }

    fn verdict(self, mapping: &Mapping) -> Option<Discounts> {
        use DiscountReading::{Amount, Fraction, Percent};
        if !self.has_any {
            return None;
        }
        let (column, key) = (&self.header, headings::key(&self.header));
        let says_percent = column.contains('%') || PERCENT_WORDS.iter().any(|word| key.contains(word));
        let says_money = MONEY_WORDS.iter().any(|word| key.contains(word)) || headings::currency_in(column).is_some();
        if let Some((reading, total, rows)) = self.proof.verdict() {
            let rows = domain::format::counted(rows, "row that tells", "rows that tell");
            let because = format!("{} “{total}” is price × quantity less that, in the {rows}.", words(column, reading));
            return Some(self.told(mapping, reading, Some(because), Some(total)));
        }
        if self.has_percent_sign {
            let because = format!("{} Its cells bear the sign %.", words(column, Percent));
            return Some(self.told(mapping, Percent, Some(because), None));
        }
        if self.has_currency || says_money || (self.above_one && !says_percent) || self.above_hundred {
            return Some(self.told(mapping, Amount, None, None));
        }
        if self.above_one {
            let because = format!("{} The column's name says so.", words(column, Percent));
            return Some(self.told(mapping, Percent, Some(because), None));
        }
        let readings: &[DiscountReading] = if says_percent { &[Fraction, Percent, Amount] } else { &[Fraction, Amount] };
        let because = format!(
            "Nothing in the file tells how the discounts in “{column}” are written, and nobody said: they were read as shares, 0.15 as 15 % off."
        );
        let question = self.question(readings);
        Some(Discounts { question: Some(question), is_doubtful: false, ..self.told(mapping, Fraction, Some(because), None) })
    }

    fn told(&self, mapping: &Mapping, reading: DiscountReading, because: Option<String>, total: Option<&str>) -> Discounts {
        let mut mapping = Mapping { discount_as: Some(reading), ..mapping.clone() };
        // The amount of the line has it taken off already: price × quantity has not.
        if total.is_some() && mapping.columns.get(&ColumnMeaning::LineAmount).map(String::as_str) == total {
            mapping.columns.remove(&ColumnMeaning::LineAmount);
        }
        let is_doubtful = reading == DiscountReading::Amount && total.is_none() && is_bare(&self.header);
        Discounts { column: self.header.clone(), mapping, because, question: None, is_doubtful }
    }

    fn question(&self, readings: &[DiscountReading]) -> Ambiguity {
        let choice = |reading: &DiscountReading| {
            let label = match reading {
                DiscountReading::Amount => "Amounts of money (0.15 is 0.15 off)",
                DiscountReading::Fraction => "Shares of the line (0.15 is 15 % off)",
                DiscountReading::Percent => "Percent of the line (0.15 is 0.15 % off)",
            };
            Choice { label: label.to_owned(), value: ChoiceValue::Discount(*reading) }
        };
        Ambiguity {
            column: self.header.clone(),
            question: "Are these discounts shares of the line or amounts of money?".to_owned(),
            evidence: self.shown.iter().map(|(_, evidence)| evidence.clone()).collect(),
            choices: readings.iter().map(choice).collect(),
        }
    }
}

fn is_above(number: Decimal, bound: i64) -> bool {
    let bound = i128::from(bound) * 10_i128.pow(number.scale);
    i128::from(number.mantissa).abs() > bound
}

fn words(column: &str, reading: DiscountReading) -> String {
    match reading {
        DiscountReading::Amount => format!("The discounts in “{column}” were read as amounts of money."),
        DiscountReading::Fraction => format!("The discounts in “{column}” were read as shares of the line, 0.15 as 15 % off."),
        DiscountReading::Percent => format!("The discounts in “{column}” were read as percent of the line, 15 as 15 % off."),
    }
}

/// What would be left of a line in both readings.
fn evidence(text: &str, off: Decimal, line: Option<(Decimal, Decimal)>) -> String {
    let Some(share) = Share::of(off, DiscountReading::Fraction) else { return format!("“{text}”") };
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

fn hundredths(minor: i64) -> String {
    let amount = minor.unsigned_abs();
    format!("{}{}.{:02}", if minor < 0 { "-" } else { "" }, amount / 100, amount % 100)
}
