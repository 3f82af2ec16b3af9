//! What is left of a row of sell-out once its discount is off: read as the line of an order is.

use crate::ingestion::amounts::Amounts;
use crate::ingestion::columns::Columns;
use crate::ingestion::evidence::Witness;
use crate::ingestion::orders::CellProblem;
use domain::sources::{ColumnMeaning as M, FileKind};
use std::collections::BTreeMap;

/// Puts the row's amount without its discount, and the discount as money, among the row's numbers; `discount` is what its column was mapped as.
pub(in crate::ingestion) fn take_discount_off<'a>(
    discount: M,
    cell: &impl Fn(M) -> &'a [u8],
    columns: &Columns,
    witness: &mut Witness,
    digits: u32,
    numbers: &mut BTreeMap<M, i64>,
) -> Result<(), CellProblem> {
    let first = |meanings: &[M]| meanings.iter().copied().find(|meaning| !cell(*meaning).is_empty());
    let (amount, price) = (first(FileKind::SellOut.amount_meanings()), first(FileKind::SellOut.price_meanings()));
    if amount.or(price).is_none() {
        // Whoever uses the row says what it lacks.
        return Ok(());
    }
    let as_of_order = |meaning: M| -> &'a [u8] {
        match meaning {
            M::LineAmount => amount.map(cell).unwrap_or_default(),
            M::UnitPrice => price.map(cell).unwrap_or_default(),
            M::LineDiscount => cell(discount),
            // A total without pieces counts as one.
            M::Quantity if cell(M::Quantity).is_empty() => b"1".as_slice(),
            meaning => cell(meaning),
        }
    };
    let own = |meaning: M| match meaning {
        M::LineAmount => amount.unwrap_or(meaning),
        M::UnitPrice => price.unwrap_or(meaning),
        M::LineDiscount => discount,
        meaning => meaning,
    };
    let read = Amounts::read(&as_of_order, &[], columns, witness, digits);
    let read = read.map_err(|problem| CellProblem { meaning: problem.meaning.map(own), ..problem })?;
    numbers.insert(amount.unwrap_or(M::LineAmount), read.amount_minor);
    numbers.extend(read.discount_minor.map(|off| (discount, off)));
    Ok(())
}
