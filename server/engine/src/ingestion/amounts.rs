//! Quantity, price and amount of a row, exactly.

use super::columns::Columns;
use super::evidence::Witness;
use super::numbers::{self, Decimal};
use super::orders::{CellProblem, shown};
use domain::sources::ColumnMeaning;

/// The numbers of a row.
pub(super) struct Amounts {
    pub quantity_milli: i64,
    pub unit_price_minor: Option<i64>,
    pub amount_minor: i64,
}

impl Amounts {
    pub(super) fn read<'a>(
        cell: &impl Fn(ColumnMeaning) -> &'a [u8],
        columns: &Columns,
        witness: &mut Witness,
        digits: u32,
    ) -> Result<Self, CellProblem> {
        let quantity = match cell(ColumnMeaning::Quantity) {
            [] if columns.has(ColumnMeaning::Quantity) => return Err(CellProblem::new(ColumnMeaning::Quantity, "the quantity is missing")),
            [] => Decimal { mantissa: 1, scale: 0 },
            text => number(text, ColumnMeaning::Quantity, witness)?,
        };
        let quantity_milli = quantity.to_units(3).ok_or_else(|| too_large(ColumnMeaning::Quantity))?;
        let price = match cell(ColumnMeaning::UnitPrice) {
            [] => None,
            text => Some(number(text, ColumnMeaning::UnitPrice, witness)?),
        };
        let unit_price_minor = price.map(|price| price.to_units(digits).ok_or_else(|| too_large(ColumnMeaning::UnitPrice))).transpose()?;
        let amount = match (cell(ColumnMeaning::LineAmount), price) {
            ([], Some(price)) => quantity.times(price, digits).ok_or_else(|| too_large(ColumnMeaning::UnitPrice))?,
            ([], None) if columns.has(ColumnMeaning::LineAmount) => return Err(CellProblem::new(ColumnMeaning::LineAmount, "the amount is missing")),
            ([], None) => return Err(CellProblem::new(ColumnMeaning::UnitPrice, "the price is missing")),
            (text, _) => minor(text, ColumnMeaning::LineAmount, witness, digits)?,
        };
        let discount = match cell(ColumnMeaning::LineDiscount) {
            [] => 0,
            text => minor(text, ColumnMeaning::LineDiscount, witness, digits)?,
        };
        // A discount is taken off, whichever sign a vendor writes it with.
        let discount = discount.checked_abs().ok_or_else(|| too_large(ColumnMeaning::LineDiscount))?;
        let amount_minor = amount.checked_sub(discount * amount.signum()).ok_or_else(|| too_large(ColumnMeaning::LineDiscount))?;
        Ok(Self { quantity_milli, unit_price_minor, amount_minor })
    }
}

fn number(text: &[u8], meaning: ColumnMeaning, witness: &mut Witness) -> Result<Decimal, CellProblem> {
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
    number(text, meaning, witness)?.to_units(digits).ok_or_else(|| too_large(meaning))
}

fn too_large(meaning: ColumnMeaning) -> CellProblem {
    CellProblem::new(meaning, "the amount is too large to be counted")
}
