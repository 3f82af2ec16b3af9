//! Whether a column of discounts holds amounts of money or shares of the line: told by its name, its signs, all of its values, and by
//! another column that is the line's total in one reading only.

use super::proof::{Proof, Row};
use super::shares::without_percent;
use super::words::{self, Shown};
use crate::ingestion::columns::Columns;
use crate::ingestion::evidence::Witness;
use crate::ingestion::headings;
use crate::ingestion::inspect::Inspection;
use crate::ingestion::numbers::{self, Decimal};
use crate::ingestion::records::{RecordReader, Step};
use crate::ingestion::set_aside::is_no_row;
use crate::ingestion::text_reader::TextReader;
use domain::sources::{Ambiguity, ColumnMeaning, DiscountReading, FileKind, Mapping};
use std::collections::BTreeMap;
use std::io::Read;

/// How many cells are shown.
const SHOWN: usize = 3;
/// Whether somebody still waits is asked every so many rows.
const ROWS_UNASKED: u64 = 4_096;
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

/// A file's rows, for those who look at all of them.
pub struct Rows<'a> {
    /// Opens the file at its beginning; `None` when it cannot be opened.
    pub open: &'a dyn Fn() -> Option<Box<dyn Read>>,
    /// How many bytes are looked at.
    pub most_bytes: u64,
    /// Whether the answer is still waited for.
    pub is_wanted: &'a dyn Fn() -> bool,
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

/// What the file tells of its discounts under a mapping; `None` when there are none, when the file cannot be read, or when the mapping says
/// all there is to say.
pub fn discounts(inspection: &Inspection, mapping: &Mapping, rows: &Rows<'_>) -> Option<Discounts> {
    let mut scan = Scan::of(inspection, mapping, None)?;
    scan.see_all((rows.open)()?, inspection, rows);
    // The file, read to its end, writes its decimals otherwise than its first rows let assume.
    let comma = scan.witness.certain_comma();
    if comma != scan.witness.comma {
        scan = Scan::of(inspection, mapping, Some(comma))?;
        scan.see_all((rows.open)()?, inspection, rows);
    }
    scan.verdict()
}

/// Whether the rows can still tell something: how discounts are written, or whether an amount beside a price has them off already.
fn is_open(mapping: &Mapping, meaning: ColumnMeaning) -> bool {
    let has = |meaning: ColumnMeaning| mapping.columns.contains_key(&meaning);
    let may_be_net = has(ColumnMeaning::LineAmount) && has(ColumnMeaning::UnitPrice) && !mapping.line_amount_is_net;
    mapping.discount_as.is_none() || (may_be_net && meaning == ColumnMeaning::LineDiscount)
}

struct Scan<'a> {
    mapping: &'a Mapping,
    header: String,
    discount: usize,
    price: Option<usize>,
    quantity: Option<usize>,
    columns: Columns,
    witness: Witness,
    proof: Proof,
    has_percent_sign: bool,
    has_currency: bool,
    /// Some discount without the sign of percents is not nothing.
    has_unsigned: bool,
    /// Of those without the sign.
    above_one: bool,
    above_hundred: bool,
    shown: Vec<Shown>,
}

impl<'a> Scan<'a> {
    fn of(inspection: &Inspection, mapping: &'a Mapping, comma: Option<bool>) -> Option<Self> {
        let (meaning, header) = mapping.discount_column().filter(|(meaning, _)| mapping.kind == FileKind::Orders && is_open(mapping, *meaning))?;
        let columns = Columns::of(inspection, mapping).ok()?;
        let mut witness = Witness::new(inspection, mapping, false);
        witness.comma = comma.unwrap_or(witness.comma);
        Some(Self {
            mapping,
            header: header.to_owned(),
            discount: columns.position(meaning)?,
            price: columns.position(ColumnMeaning::UnitPrice),
            quantity: columns.position(ColumnMeaning::Quantity),
            columns,
            witness,
            proof: if meaning == ColumnMeaning::LineDiscount { Proof::among(inspection, mapping) } else { Proof::default() },
            has_percent_sign: false,
            has_currency: false,
            has_unsigned: false,
            above_one: false,
            above_hundred: false,
            shown: Vec::new(),
        })
    }

    fn see_all(&mut self, reader: impl Read, inspection: &Inspection, rows: &Rows<'_>) {
        let mut records = RecordReader::new(TextReader::new(reader, inspection.encoding, inspection.old_mac), inspection.delimiter);
        let mut seen = 0_u64;
        loop {
            match records.step() {
                Step::End => return,
                Step::Record if records.line() > inspection.header_line && !is_no_row(&records, &self.columns, self.mapping.kind) => {
                    self.see(|position| std::str::from_utf8(records.cell(position)).unwrap_or_default().trim());
                }
                _ => {}
            }
            seen += 1;
            if records.source().bytes_read() > rows.most_bytes || (seen.is_multiple_of(ROWS_UNASKED) && !(rows.is_wanted)()) {
                return;
            }
        }
    }

    fn see<'t>(&mut self, cell: impl Fn(usize) -> &'t str) {
        let text = cell(self.discount);
        let (bare, has_sign) = without_percent(text.as_bytes());
        let off = self.number(bare);
        let price = self.price.and_then(|position| self.number(cell(position).as_bytes()));
        let quantity = self.quantity.map_or(Some(Decimal { mantissa: 1, scale: 0 }), |position| self.number(cell(position).as_bytes()));
        let Some(off) = off.filter(|off| off.mantissa != 0) else { return };
        self.has_percent_sign |= has_sign;
        self.has_currency |= numbers::unit(bare).is_some();
        if !has_sign {
            self.has_unsigned = true;
            self.above_one |= is_above(off, 1);
            self.above_hundred |= is_above(off, 100);
        }
        let line = price.zip(quantity);
        if !has_sign && self.shown.len() < SHOWN && !self.shown.iter().any(|shown| shown.text == text) {
            self.shown.push(Shown { text: text.to_owned(), off, line });
        }
        if let Some((price, quantity)) = line {
            let comma = self.witness.comma;
            let number = |position: usize| numbers::parse(cell(position).as_bytes(), comma).ok().map(|parsed| parsed.decimal);
            self.proof.see(&Row { price, quantity, off, has_sign }, number);
        }
    }

    fn number(&mut self, text: &[u8]) -> Option<Decimal> {
        let parsed = numbers::parse(text, self.witness.comma);
        self.witness.see_number(parsed.as_ref().map_or_else(|comma| *comma, |parsed| parsed.comma));
        parsed.ok().map(|parsed| parsed.decimal)
    }

    fn verdict(self) -> Option<Discounts> {
        use DiscountReading::{Amount, Fraction, Percent};
        if !self.has_unsigned && !self.has_percent_sign {
            return None;
        }
        let (column, key) = (&self.header, headings::key(&self.header));
        if let Some(said) = self.mapping.discount_as {
            return self.net_column().map(|total| self.told(said, Some(words::taken_off_already(total)), false));
        }
        let says_percent = column.contains('%') || PERCENT_WORDS.iter().any(|word| key.contains(word));
        let says_money = MONEY_WORDS.iter().any(|word| key.contains(word)) || headings::currency_in(column).is_some();
        if let Some((reading, total, rows)) = self.proof.verdict() {
            return Some(self.told(reading, Some(words::proven(column, reading, total, rows)), false));
        }
        if !self.has_unsigned {
            return Some(self.told(Percent, Some(words::because(column, Percent, "Its cells bear the sign %.")), false));
        }
        let mixed = self.has_percent_sign;
        if self.has_currency || says_money || (self.above_one && !says_percent && !mixed) || self.above_hundred {
            let because = mixed.then(|| words::because(column, Amount, "Those with the sign % were read as percent."));
            return Some(self.told(Amount, because, is_bare(column)));
        }
        if self.above_one && says_percent {
            return Some(self.told(Percent, Some(words::because(column, Percent, "The column's name says so.")), false));
        }
        let readings: &[DiscountReading] = match (self.above_one, says_percent || mixed) {
            (true, _) => &[Percent, Amount],
            (false, true) => &[Fraction, Percent, Amount],
            (false, false) => &[Fraction, Amount],
        };
        let question = Some(words::question(column, readings, &self.shown));
        Some(Discounts { question, ..self.told(readings[0], Some(words::assumed(column, readings[0])), false) })
    }

    /// The line's amount, where it is price × quantity less the discounts.
    fn net_column(&self) -> Option<&str> {
        let amount = self.mapping.columns.get(&ColumnMeaning::LineAmount)?;
        self.proof.is_net(amount).then_some(amount.as_str())
    }

    fn told(&self, reading: DiscountReading, because: Option<String>, is_doubtful: bool) -> Discounts {
        let line_amount_is_net = self.mapping.line_amount_is_net || self.net_column().is_some();
        let mapping = Mapping { discount_as: Some(reading), line_amount_is_net, ..self.mapping.clone() };
        Discounts { column: self.header.clone(), mapping, because, question: None, is_doubtful }
    }
}

fn is_above(number: Decimal, bound: i64) -> bool {
    let bound = i128::from(bound) * 10_i128.pow(number.scale);
    i128::from(number.mantissa).abs() > bound
}
