//! Quantity, price, discount and amount of a row, exactly.

use super::columns::Columns;
use super::discounts::{Exact, Share, TakenOff, without_percent};
use super::evidence::Witness;
use super::numbers::{self, Decimal};
use super::orders::{CellProblem, shown};
use domain::sources::{ColumnMeaning, DiscountReading};

/// More pieces than any row sells, in thousandths: a thousand million.
const MOST_QUANTITY_MILLI: i64 = 1_000_000_000_000;
/// More money than any row moves, in minor units: a hundred thousand million of a currency with cents.
const MOST_MINOR: i64 = 10_000_000_000_000;

/// The numbers of a row.
#[derive(Default)]
pub(super) struct Amounts {
    pub quantity_milli: i64,
    pub unit_price_minor: Option<i64>,
    /// With the line's discount taken off.
    pub amount_minor: i64,
    /// What was taken off, with the amount's sign; absent where the row names no discount.
    pub discount_minor: Option<i64>,
}

impl Amounts {
    /// Reads the cells of a row; `more_off` are discounts in columns of their own beside the line's.
    pub(super) fn read<'a>(
        cell: &impl Fn(ColumnMeaning) -> &'a [u8],
        more_off: &[&'a [u8]],
        columns: &Columns,
        witness: &mut Witness,
        digits: u32,
    ) -> Result<Self, CellProblem> {
        let quantity = match cell(ColumnMeaning::Quantity) {
            [] if columns.has(ColumnMeaning::Quantity) => return Err(CellProblem::new(ColumnMeaning::Quantity, "the quantity is missing")),
            [] => Decimal { mantissa: 1, scale: 0 },
            text => decimal(text, ColumnMeaning::Quantity, witness)?,
        };
        let quantity_milli = quantity.to_units(3).and_then(|milli| within(milli, MOST_QUANTITY_MILLI)).ok_or_else(too_many)?;
        let price = match cell(ColumnMeaning::UnitPrice) {
            [] => None,
            text => Some(decimal(text, ColumnMeaning::UnitPrice, witness)?),
        };
        let unit_price_minor = price.map(|price| plausible(price.to_units(digits), ColumnMeaning::UnitPrice)).transpose()?;
        let (exact, of) = match (cell(ColumnMeaning::LineAmount), price) {
            ([], Some(price)) => (Exact::product(quantity, price), ColumnMeaning::UnitPrice),
            ([], None) if columns.has(ColumnMeaning::LineAmount) => return Err(CellProblem::new(ColumnMeaning::LineAmount, "the amount is missing")),
            ([], None) => return Err(CellProblem::new(ColumnMeaning::UnitPrice, "the price is missing")),
            (text, _) => (Exact::of(decimal(text, ColumnMeaning::LineAmount, witness)?), ColumnMeaning::LineAmount),
        };
        let amount = plausible(exact.to_units(digits), of)?;
        let is_net = of == ColumnMeaning::LineAmount && columns.line_amount_is_net();
        let discount = match cell(ColumnMeaning::LineDiscount) {
            [] => None,
            text => Some(taken_off(text, ColumnMeaning::LineDiscount, columns, witness)?),
        };
        let discount = with_more_off(discount, more_off, witness, digits)?;
        if let Some(discount) = discount.filter(|_| is_net) {
            let of_price = price.and_then(|price| Exact::product(quantity, price).to_units(digits));
            let gross = gross_of(amount, discount, of_price, quantity_milli, digits);
            let discount_minor = Some(plausible(Some(gross), ColumnMeaning::UnitPrice)? - amount);
            return Ok(Self { quantity_milli, unit_price_minor, amount_minor: amount, discount_minor });
        }
        let rest = match discount {
            None => Some(amount),
            Some(TakenOff::Share(share)) => share.rest_of(exact, digits),
            // A discount is taken off, whichever sign a vendor writes it with.
            Some(TakenOff::Amount(off)) => {
                let off = plausible(off.to_units(digits), ColumnMeaning::LineDiscount)?.abs();
                amount.checked_sub(off * amount.signum())
            }
        };
        let amount_minor = plausible(rest, ColumnMeaning::LineDiscount)?;
        Ok(Self { quantity_milli, unit_price_minor, amount_minor, discount_minor: discount.map(|_| amount - amount_minor) })
    }
}

/// What an amount that has its discount off already was before: with the money added; for a share, price × quantity where that share of it is what
/// is off, or what the share tells.
fn gross_of(amount: i64, discount: TakenOff, of_price: Option<i64>, quantity_milli: i64, digits: u32) -> i64 {
    if discount.is_nothing() {
        return amount;
    }
    let sign = if amount == 0 { quantity_milli.signum() } else { amount.signum() };
    let before = discount.before(amount, sign, digits);
    let fits = |gross: &i64| match discount {
        TakenOff::Amount(_) => before.is_none(),
        // Each piece may be rounded by itself.
        TakenOff::Share(share) => share
            .rest_of(Exact::of_minor(*gross, digits), digits)
            .is_some_and(|rest| rest.abs_diff(amount) <= 1 + quantity_milli.unsigned_abs() / 1_000),
    };
    of_price.filter(fits).or(before).unwrap_or(amount)
}

/// A line's discount with those of further columns, whichever sign each is written with; a share stays alone.
fn with_more_off(discount: Option<TakenOff>, more: &[&[u8]], witness: &mut Witness, digits: u32) -> Result<Option<TakenOff>, CellProblem> {
    let own = match discount {
        Some(TakenOff::Amount(own)) if !more.is_empty() => plausible(own.to_units(digits), ColumnMeaning::LineDiscount)?.abs(),
        None if !more.is_empty() => 0,
        alone => return Ok(alone),
    };
    let mut sum = own;
    for cell in more {
        sum += minor(cell, ColumnMeaning::LineDiscount, witness, digits)?.abs();
    }
    Ok(Some(TakenOff::Amount(Decimal { mantissa: sum, scale: digits })))
}

/// What a discount's cell says: an amount, or a share where the column holds shares or the cell bears the sign of percents.
pub(super) fn taken_off(cell: &[u8], meaning: ColumnMeaning, columns: &Columns, witness: &mut Witness) -> Result<TakenOff, CellProblem> {
    let (bare, is_percent) = without_percent(cell);
    let number = decimal(bare, meaning, witness)?;
    let reading = match columns.discount_as(meaning) {
        _ if is_percent => DiscountReading::Percent,
        reading => reading.unwrap_or(DiscountReading::Amount),
    };
    if reading == DiscountReading::Amount {
        return Ok(TakenOff::Amount(number));
    }
    let whole = if reading == DiscountReading::Percent { "100" } else { "1" };
    let too_much = || format!("“{}” is more than the whole amount: the discounts in this column are shares, {whole} at most", shown(cell));
    Share::of(number, reading).map(TakenOff::Share).ok_or_else(|| CellProblem::new(meaning, too_much()))
}

pub(super) fn decimal(text: &[u8], meaning: ColumnMeaning, witness: &mut Witness) -> Result<Decimal, CellProblem> {
    match numbers::parse(text, witness.comma) {
        Ok(parsed) => {
            witness.see_number(parsed.comma);
            Ok(parsed.decimal)
        }
        Err(comma) => {
            witness.see_number(comma);
            Err(CellProblem::new(meaning, format!("“{}” is not a number such as 1234.50", shown(text))))
        }
    }
}

/// An amount in minor units.
pub(super) fn minor(text: &[u8], meaning: ColumnMeaning, witness: &mut Witness, digits: u32) -> Result<i64, CellProblem> {
    plausible(decimal(text, meaning, witness)?.to_units(digits), meaning)
}

fn within(number: i64, most: i64) -> Option<i64> {
    (-most..=most).contains(&number).then_some(number)
}

/// An amount that a sale can have: a barcode in the wrong column must not become sales.
fn plausible(minor: Option<i64>, meaning: ColumnMeaning) -> Result<i64, CellProblem> {
    let too_large =
        || CellProblem::new(meaning, "the amount is too large for one row of a sale; check the number, or which column is mapped as amount");
    minor.and_then(|minor| within(minor, MOST_MINOR)).ok_or_else(too_large)
}

fn too_many() -> CellProblem {
    CellProblem::new(ColumnMeaning::Quantity, "the quantity is too large, more than 1,000,000,000 pieces; check which column is mapped as quantity")
}
