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
    /// The amount that will be read, in whichever column it stands.
    pub amount: Option<Decimal>,
}

/// What totals beside the discounts tell.
#[derive(Default)]
pub(super) struct Proof {
    /// Columns that could be the line's total.
    totals: Vec<Total>,
    /// Rows whose own amount tells whether the discount is off: in how many it is, and in how many it is not.
    rows: u64,
    net: u64,
    gross: u64,
}

struct Total {
    header: String,
    position: usize,
    /// Whether it is mapped as an amount.
    is_amount: bool,
    /// Rows without the sign of percents that tell one reading from another.
    telling: u64,
    agree: [u64; READINGS.len()],
    /// The first discount of those, and whether there are others.
    off: Option<f64>,
    has_others: bool,
}

impl Proof {
    /// All columns that are not taken by something else than amounts.
    pub(super) fn among(inspection: &Inspection, mapping: &Mapping) -> Self {
        use ColumnMeaning as M;
        let total = |(position, header): (usize, &String)| {
            let mut meanings = mapping.columns.iter().filter(|(_, own)| *own == header).map(|(meaning, _)| *meaning);
            let is_amount = match meanings.next() {
                None => false,
                Some(M::LineAmount | M::OrderTotal | M::Amount | M::Net) => true,
                Some(_) => return None,
            };
            let (header, agree) = (header.clone(), [0; READINGS.len()]);
            Some(Total { header, position, is_amount, telling: 0, agree, off: None, has_others: false })
        };
        Self { totals: inspection.headers.iter().enumerate().filter_map(total).collect(), ..Self::default() }
    }

    /// Looks at a row; `cell` reads the number in a column.
    pub(super) fn see(&mut self, row: &Row, cell: impl Fn(usize) -> Option<Decimal>) {
        let off = value(row.off).abs();
        // Evidence only: what is stored is counted in whole minor units.
        let line = Line { price: value(row.price), quantity: value(row.quantity), off };
        for total in &mut self.totals {
            // Nothing is left of a gift, but nothing also stands in columns of something else.
            let found = cell(total.position).filter(|found| found.mantissa != 0 || total.is_amount);
            if let Some(told) = found.and_then(|found| line.told_by(found, row.has_sign)) {
                total.see(&told, off);
            }
        }
        if let Some(told) = row.amount.and_then(|amount| line.told_by(amount, row.has_sign)) {
            self.rows += 1;
            self.net += u64::from(told.is_net());
            self.gross += u64::from(told.is_gross);
        }
    }

    /// The reading that a column proves, the column, and in how many of how many rows; `None` where nothing or several things are proven.
    pub(super) fn verdict(&self) -> Option<(DiscountReading, &str, [u64; 2])> {
        let mut proven = self.totals.iter().filter_map(|total| Some((total.proven()?, total)));
        let ((reading, agree), total) = proven.next()?;
        let is_one = proven.all(|((other, _), _)| other == reading);
        is_one.then_some((reading, total.header.as_str(), [agree, total.telling]))
    }

    /// Whether the rows' amounts are price × quantity less the discounts, however they are read, or before them; `None` where the rows do not tell.
    pub(super) fn is_net(&self) -> Option<bool> {
        if is_most(self.net, self.rows) {
            return Some(true);
        }
        is_most(self.gross, self.rows).then_some(false)
    }
}

/// A row's numbers.
#[derive(Clone, Copy)]
struct Line {
    price: f64,
    quantity: f64,
    off: f64,
}

impl Line {
    fn gross(self) -> f64 {
        self.price * self.quantity
    }

    /// What is left once a share is off the line, and once it is off each piece, rounded.
    fn less(self, share: f64) -> Option<[f64; 2]> {
        let piece = (self.price * (1.0 - share) * 100.0).round() / 100.0;
        (share <= 1.0).then(|| [self.gross() * (1.0 - share), piece * self.quantity])
    }

    fn readings(self, has_sign: bool) -> [Option<[f64; 2]>; READINGS.len()] {
        let percent = self.less(self.off / 100.0);
        // A cell with the sign of percents is one, however those without it are read.
        if has_sign {
            return [percent; READINGS.len()];
        }
        let amount = self.gross() - self.off * self.gross().signum();
        [Some([amount; 2]), self.less(self.off), percent]
    }

    /// What a total beside it tells; `None` where it is both before and after the discount: a small one may be lost in the rounding.
    fn told_by(self, total: Decimal, has_sign: bool) -> Option<Told> {
        let rounding = 0.51 / 10_f64.powi(i32::try_from(total.scale.min(2)).unwrap_or(2));
        let (total, readings) = (value(total), self.readings(has_sign));
        // A return may repeat the price and the quantity of its sale.
        let total = if total * self.gross() < 0.0 { -total } else { total };
        let is_near = |one: f64| (one - total).abs() <= rounding;
        let agree = readings.map(|reading| reading.is_some_and(|ways| ways.into_iter().any(is_near)));
        let known = readings.iter().flatten().map(|[line, _]| *line);
        let (least, most) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), one| (least.min(one), most.max(one)));
        let are_apart = !has_sign && most - least >= APART * rounding;
        let told = Told { agree, is_gross: is_near(self.gross()), are_apart };
        (!told.is_net() || !told.is_gross).then_some(told)
    }
}

/// What a total tells of the line beside it.
struct Told {
    /// In which readings it is what is left.
    agree: [bool; READINGS.len()],
    /// It is what the line was before.
    is_gross: bool,
    /// The readings lie far enough from each other to tell one from another.
    are_apart: bool,
}

impl Told {
    fn is_net(&self) -> bool {
        self.agree.contains(&true)
    }
}

impl Total {
    fn see(&mut self, told: &Told, off: f64) {
        if !told.are_apart {
            return;
        }
        self.has_others |= self.off.is_some_and(|own| own != off);
        self.off.get_or_insert(off);
        self.telling += 1;
        for (sum, agrees) in self.agree.iter_mut().zip(told.agree) {
            *sum += u64::from(agrees);
        }
    }

    /// The one reading in which it is the total, and in how many rows. What is no amount by its name must be so for different discounts:
    /// costs may be half of the price by chance.
    fn proven(&self) -> Option<(DiscountReading, u64)> {
        let most = READINGS.into_iter().zip(self.agree).filter(|(_, agree)| is_most(*agree, self.telling));
        let mut most = most.filter(|_| self.is_amount || self.has_others);
        most.next().filter(|_| most.next().is_none())
    }
}

fn is_most(agree: u64, rows: u64) -> bool {
    rows > 0 && agree * 100 >= rows * MOST
}

fn value(number: Decimal) -> f64 {
    number.mantissa as f64 / 10_f64.powi(i32::try_from(number.scale).unwrap_or(0))
}
