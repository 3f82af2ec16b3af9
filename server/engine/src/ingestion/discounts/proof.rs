//! The proof of how discounts are written: a column that is price × quantity less the discount in one reading, and in no other.

use crate::ingestion::inspect::Inspection;
use crate::ingestion::numbers::Decimal;
use domain::sources::{ColumnMeaning, DiscountReading, Mapping};

const READINGS: [DiscountReading; 3] = [DiscountReading::Amount, DiscountReading::Fraction, DiscountReading::Percent];
/// Of a hundred rows that tell, so many must agree: files have slips.
const MOST: u64 = 98;
/// Readings of a row that lie nearer than so many times the rounding of its total tell nothing.
const APART: f64 = 4.0;

/// A row with a discount.
pub(super) struct Row {
    pub price: Decimal,
    pub quantity: Decimal,
    pub off: Decimal,
    /// Its cell bears the sign of percents.
    pub has_sign: bool,
}

/// Columns that could be the line's total, with what they tell.
#[derive(Default)]
pub(super) struct Proof {
    totals: Vec<Total>,
}

struct Total {
    header: String,
    position: usize,
    rows: u64,
    agree: [u64; READINGS.len()],
}

impl Proof {
    /// All columns that are not taken by something else than amounts.
    pub(super) fn among(inspection: &Inspection, mapping: &Mapping) -> Self {
        use ColumnMeaning as M;
        let is_other = |header: &String| {
            let mut meanings = mapping.columns.iter().filter(|(_, own)| *own == header).map(|(meaning, _)| *meaning);
            meanings.any(|meaning| !matches!(meaning, M::LineAmount | M::OrderTotal | M::Amount | M::Net))
        };
        let columns = inspection.headers.iter().enumerate().filter(|(_, header)| !is_other(header));
        let total = |(position, header): (usize, &String)| Total { header: header.clone(), position, rows: 0, agree: [0; READINGS.len()] };
        Self { totals: columns.map(total).collect() }
    }

    /// Looks at a row; `cell` reads the number in a column.
    pub(super) fn see(&mut self, row: &Row, cell: impl Fn(usize) -> Option<Decimal>) {
        let gross = value(row.price) * value(row.quantity);
        let off = value(row.off).abs();
        // Evidence only: what is stored is counted in whole minor units.
        let less = |share: f64| (share <= 1.0).then_some(gross * (1.0 - share));
        // A cell with the sign of percents is one, however those without it are read.
        let readings =
            if row.has_sign { [less(off / 100.0); READINGS.len()] } else { [Some(gross - off * gross.signum()), less(off), less(off / 100.0)] };
        for total in &mut self.totals {
            if let Some(found) = cell(total.position) {
                total.see(found, gross, readings, row.has_sign);
            }
        }
    }

    /// The reading that a column proves, the column, and in how many rows; `None` where nothing or several things are proven.
    pub(super) fn verdict(&self) -> Option<(DiscountReading, &str, i64)> {
        let proven: Vec<_> = self.totals.iter().filter_map(|total| Some((total.proven()?, total))).collect();
        let (reading, total) = proven.first()?;
        let is_one = proven.iter().all(|(other, _)| other == reading);
        is_one.then(|| (*reading, total.header.as_str(), i64::try_from(total.rows).unwrap_or(i64::MAX)))
    }

    /// Whether a column is price × quantity less the discounts, however they are read.
    pub(super) fn is_net(&self, header: &str) -> bool {
        self.totals.iter().any(|total| total.header == header && total.agree.iter().any(|agree| total.is_most(*agree)))
    }
}

impl Total {
    fn see(&mut self, found: Decimal, gross: f64, readings: [Option<f64>; READINGS.len()], is_certain: bool) {
        let rounding = 0.51 / 10_f64.powi(i32::try_from(found.scale.min(2)).unwrap_or(2));
        let found = value(found);
        let known = readings.into_iter().flatten();
        let (least, most) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), one| (least.min(one), most.max(one)));
        if !is_certain && most - least < APART * rounding {
            return;
        }
        self.rows += 1;
        // In whole numbers, a total before discounts looks like one after a small amount.
        if (gross - found).abs() <= rounding {
            return;
        }
        for (agree, reading) in self.agree.iter_mut().zip(readings) {
            *agree += u64::from(reading.is_some_and(|reading| (reading - found).abs() <= rounding));
        }
    }

    fn is_most(&self, agree: u64) -> bool {
        self.rows > 0 && agree * 100 >= self.rows * MOST
    }

    fn proven(&self) -> Option<DiscountReading> {
        let mut proven = READINGS.into_iter().zip(self.agree).filter(|(_, agree)| self.is_most(*agree)).map(|(reading, _)| reading);
        proven.next().filter(|_| proven.next().is_none())
    }
}

fn value(number: Decimal) -> f64 {
    number.mantissa as f64 / 10_f64.powi(i32::try_from(number.scale).unwrap_or(0))
}
