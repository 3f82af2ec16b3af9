//! All rows of a file, looked at for what they tell of its discounts.

use super::find::Rows;
use super::proof::{Proof, Row};
use super::shares::without_percent;
use super::words::Shown;
use crate::ingestion::cells;
use crate::ingestion::columns::Columns;
use crate::ingestion::evidence::Witness;
use crate::ingestion::inspect::Inspection;
use crate::ingestion::line_reader::check_shape;
use crate::ingestion::numbers::{self, Decimal};
use crate::ingestion::records::{RecordReader, Step};
use crate::ingestion::set_aside::is_no_row;
use crate::ingestion::text_reader::TextReader;
use domain::sources::{ColumnMeaning, FileKind, Mapping};
use std::io::Read;

/// How many cells are shown.
const SHOWN: usize = 3;
/// Whether somebody still waits is asked every so many rows.
const ROWS_UNASKED: u64 = 4_096;

/// What was seen.
pub(super) struct Scan {
    pub header: String,
    pub proof: Proof,
    pub has_percent_sign: bool,
    pub has_currency: bool,
    /// Some discount without the sign of percents is not nothing.
    pub has_unsigned: bool,
    /// Of those without the sign.
    pub above_one: bool,
    pub above_hundred: bool,
    pub shown: Vec<Shown>,
    /// The file was looked at to its end.
    pub is_whole: bool,
    discount: usize,
    /// Where the row's price and its amount may stand: each in the first that is filled.
    prices: Vec<usize>,
    amounts: Vec<usize>,
    quantity: Option<usize>,
    kind: FileKind,
    columns: Columns,
    witness: Witness,
}

impl Scan {
    /// Nothing seen yet; `comma` where it is known how decimals are written. `None` where the mapping has no column of discounts.
    pub(super) fn of(inspection: &Inspection, mapping: &Mapping, comma: Option<bool>) -> Option<Self> {
        let (meaning, header) = mapping.discount_column()?;
        let columns = Columns::placed(inspection, mapping).ok()?;
        let places = |meanings: &[ColumnMeaning]| meanings.iter().filter_map(|meaning| columns.position(*meaning)).collect::<Vec<_>>();
        let mut witness = Witness::new(inspection, mapping, false);
        witness.comma = comma.unwrap_or(witness.comma);
        Some(Self {
            header: header.to_owned(),
            proof: if mapping.row_discount().is_some() { Proof::among(inspection, mapping) } else { Proof::default() },
            has_percent_sign: false,
            has_currency: false,
            has_unsigned: false,
            above_one: false,
            above_hundred: false,
            shown: Vec::new(),
            is_whole: false,
            discount: columns.position(meaning)?,
            prices: places(mapping.kind.price_meanings()),
            amounts: places(mapping.kind.amount_meanings()),
            quantity: columns.position(ColumnMeaning::Quantity),
            kind: mapping.kind,
            columns,
            witness,
        })
    }

    /// Looks at all rows; gives how decimals are written where that is otherwise than was assumed, so that what was seen is void.
    pub(super) fn see_all(&mut self, reader: impl Read, inspection: &Inspection, rows: &Rows<'_>) -> Option<bool> {
        let mut records = RecordReader::new(TextReader::new(reader, inspection.encoding, inspection.old_mac), inspection.delimiter);
        let mut seen = 0_u64;
        loop {
            match records.step() {
                Step::End => {
                    self.is_whole = true;
                    break;
                }
                Step::Record if records.line() > inspection.header_line && self.is_row(&records) => {
                    self.see(|position| std::str::from_utf8(cells::trimmed(records.cell(position))).unwrap_or_default());
                }
                _ => {}
            }
            seen += 1;
            if records.source().bytes_read() > rows.most_bytes || (seen.is_multiple_of(ROWS_UNASKED) && !(rows.is_wanted)()) {
                break;
            }
        }
        let comma = self.witness.certain_comma();
        (comma != self.witness.comma).then_some(comma)
    }

    /// Neither totals or notes, nor a row that will be rejected for its shape.
    fn is_row<R: Read>(&self, records: &RecordReader<R>) -> bool {
        !is_no_row(records, &self.columns, self.kind) && check_shape(records, &self.columns).is_ok()
    }

    fn see<'t>(&mut self, cell: impl Fn(usize) -> &'t str) {
        let text = cell(self.discount);
        let (bare, has_sign) = without_percent(text.as_bytes());
        let off = self.number(bare);
        let filled = |places: &[usize]| places.iter().copied().find(|position| !cell(*position).is_empty());
        let (price, amount) = (filled(&self.prices), filled(&self.amounts));
        let price = price.and_then(|position| self.number(cell(position).as_bytes()));
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
            let amount = amount.and_then(number);
            self.proof.see(&Row { price, quantity, off, has_sign, amount }, number);
        }
    }

    fn number(&mut self, text: &[u8]) -> Option<Decimal> {
        let parsed = numbers::parse(text, self.witness.comma);
        self.witness.see_number(parsed.as_ref().map_or_else(|comma| *comma, |parsed| parsed.comma));
        parsed.ok().map(|parsed| parsed.decimal)
    }
}

fn is_above(number: Decimal, bound: i64) -> bool {
    let bound = i128::from(bound) * 10_i128.pow(number.scale);
    i128::from(number.mantissa).abs() > bound
}
