//! What a row states of its whole order besides the total: shipping, tax, discount, fees. Never part of a line's amount.

use super::amounts::{Amounts, minor, taken_off};
use super::cells;
use super::columns::{Columns, is_yes};
use super::discounts::{Exact, Share, TakenOff};
use super::evidence::Witness;
use super::orders::{CellProblem, short};
use super::records::RecordReader;
use domain::sources::ColumnMeaning;
use std::borrow::Cow;
use std::io::Read;

/// Amounts in minor units of the order's currency, and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedValues<'a> {
    /// What the customer paid for shipping.
    pub shipping_minor: Option<i64>,
    /// Tax in or on the order.
    pub tax_minor: Option<i64>,
    /// A discount on the whole order, without a sign; the row's own part of it has the sign of the row's amount. No amount is lessened by it.
    pub discount_minor: Option<i64>,
    /// Whether that discount is the row's own part, so that the order's is the sum over its rows.
    pub discount_is_part: bool,
    /// What a marketplace or payment service kept, without a sign.
    pub fee_minor: Option<i64>,
    /// What was given back later, without a sign; no other amount is lessened by it.
    pub refunded_minor: Option<i64>,
    /// The discount's code.
    pub discount_code: Option<Cow<'a, str>>,
    /// How it was paid.
    pub payment_method: Option<Cow<'a, str>>,
    /// Where it was sold: a shop, a till, an outlet.
    pub store: Option<Cow<'a, str>>,
    /// Whether the order was only a test.
    pub is_test: bool,
}

impl StatedValues<'_> {
    /// The same, kept beyond its row.
    pub(super) fn into_owned(self) -> StatedValues<'static> {
        let own = |text: Option<Cow<'_, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        StatedValues {
            shipping_minor: self.shipping_minor,
            tax_minor: self.tax_minor,
            discount_minor: self.discount_minor,
            discount_is_part: self.discount_is_part,
            fee_minor: self.fee_minor,
            refunded_minor: self.refunded_minor,
            discount_code: own(self.discount_code),
            payment_method: own(self.payment_method),
            store: own(self.store),
            is_test: self.is_test,
        }
    }
}

const MEANINGS: [ColumnMeaning; 11] = [
    ColumnMeaning::Shipping,
    ColumnMeaning::Tax,
    ColumnMeaning::Discount,
    ColumnMeaning::Fee,
    ColumnMeaning::Amount,
    ColumnMeaning::Refunded,
    ColumnMeaning::DiscountCode,
    ColumnMeaning::PaymentMethod,
    ColumnMeaning::Store,
    ColumnMeaning::Location,
    ColumnMeaning::IsTest,
];

/// Whether a file states any of it: most do not, and their rows are not asked.
pub(super) fn are_stated(columns: &Columns) -> bool {
    MEANINGS.into_iter().any(|meaning| columns.has(meaning))
}

/// Which column tells the store: tills also call it the location, and people may map it so.
pub(super) fn store_column(columns: &Columns) -> ColumnMeaning {
    if columns.has(ColumnMeaning::Store) { ColumnMeaning::Store } else { ColumnMeaning::Location }
}

/// Reads what the current record states.
pub(super) fn read<'a, R: Read>(
    records: &'a RecordReader<R>,
    columns: &Columns,
    witness: &mut Witness,
    digits: u32,
) -> Result<StatedValues<'a>, CellProblem> {
    let mut amount = |meaning: ColumnMeaning| {
        let mut sum = match columns.cell(records, meaning) {
            [] => None,
            // It becomes an amount with each row's.
            cell if meaning == ColumnMeaning::Discount && columns.is_share(meaning, cell) => None,
            text => Some(minor(text, meaning, witness, digits)?),
        };
        for cell in columns.added(records, meaning) {
            sum = sum.unwrap_or_default().checked_add(minor(cell, meaning, witness, digits)?);
        }
        Ok(sum)
    };
    let [shipping_minor, tax_minor] = [amount(ColumnMeaning::Shipping)?, amount(ColumnMeaning::Tax)?];
    let refunded = amount(ColumnMeaning::Refunded)?.or(amount(ColumnMeaning::Amount)?);
    // Taken off, kept or given back, whichever sign a vendor writes it with.
    let unsigned = [amount(ColumnMeaning::Discount)?, amount(ColumnMeaning::Fee)?, refunded];
    let [discount_minor, fee_minor, refunded_minor] = unsigned.map(|amount| amount.map(i64::abs));
    let text = |meaning: ColumnMeaning| short(meaning, cells::text(columns.cell(records, meaning)));
    Ok(StatedValues {
        shipping_minor,
        tax_minor,
        discount_minor,
        discount_is_part: false,
        fee_minor,
        refunded_minor,
        discount_code: text(ColumnMeaning::DiscountCode)?,
        payment_method: text(ColumnMeaning::PaymentMethod)?,
        store: text(store_column(columns))?,
        is_test: is_yes(columns.cell(records, ColumnMeaning::IsTest)),
    })
}

/// The share that is taken off a whole order, where its discounts are shares.
pub(super) fn share_off<R: Read>(records: &RecordReader<R>, columns: &Columns, witness: &mut Witness) -> Result<Option<Share>, CellProblem> {
    let cell = columns.cell(records, ColumnMeaning::Discount);
    if cell.is_empty() || !columns.is_share(ColumnMeaning::Discount, cell) {
        return Ok(None);
    }
    Ok(match taken_off(cell, ColumnMeaning::Discount, columns, witness)? {
        TakenOff::Share(share) => Some(share),
        TakenOff::Amount(_) => None,
    })
}

/// Adds the row's own part of its order's discount, where that is a share.
pub(super) fn state_part(stated: &mut StatedValues<'_>, line: &Amounts, order: Option<Share>, digits: u32) {
    let rest = order.and_then(|share| share.rest_of(Exact::of_minor(line.amount_minor, digits), digits));
    if let Some(rest) = rest {
        (stated.discount_minor, stated.discount_is_part) = (Some(line.amount_minor - rest), true);
    }
}
