//! Sales that stand in files other than lists of orders: a store's totals, and refunds.

use super::fact_of::Unfit;
use crate::sources::SalesLine;
use crate::sources::book::{Stated, plain_number, refund_of_order, sell_out_number, sku_code};
use domain::sources::{ColumnMeaning as M, FileKind};
use engine::ingestion::{CleaningKind, CleaningLog, ParsedRecord};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// What one row of such a file sold or gave back. Its number is made here, so it is kept beside.
pub(super) struct Sale<'a> {
    record: &'a ParsedRecord,
    number: String,
    quantity_milli: i64,
    amount_minor: i64,
    occurred_at: i64,
    local: engine::ingestion::LocalTime,
    kind: FileKind,
}

impl<'a> Sale<'a> {
    /// Reads a row of sell-out or of refunds.
    pub(super) fn of(record: &'a ParsedRecord, kind: FileKind) -> Result<Self, Unfit> {
        let (occurred_at, local) = record.moment.ok_or(Unfit(Some(M::OrderedAt), "the date is missing"))?;
        let quantity_milli = record.number(M::Quantity).unwrap_or(1_000);
        let amount = amount(record, kind, quantity_milli).ok_or(Unfit(Some(M::LineAmount), "the amount is missing"))?;
        let text = |meaning: M| record.text(meaning).unwrap_or_default();
        let sale = Self { record, number: String::new(), quantity_milli, amount_minor: amount, occurred_at, local, kind };
        if kind != FileKind::Refunds {
            let product = if text(M::Sku).is_empty() { text(M::ProductName).to_lowercase() } else { sku_code(text(M::Sku)) };
            return Ok(Self { number: sell_out_number(store(record), local.day, &product), ..sale });
        }
        let number = match (text(M::RefundId), text(M::OrderNumber)) {
            ("", "") => return Err(Unfit(Some(M::RefundId), "the refund has neither a number nor that of its order")),
            ("", order) => refund_of_order(order, local.day, amount, record.currency),
            (refund, _) => refund_number(refund),
        };
        // Given back, whichever sign the vendor writes it with.
        let quantity_milli = record.number(M::Quantity).map_or(0, |quantity| -quantity.abs());
        Ok(Self { number, quantity_milli, amount_minor: -amount.abs(), ..sale })
    }

    fn is_aggregate(&self) -> bool {
        self.kind != FileKind::Refunds
    }

    /// The order of which it gives back.
    fn refund_of(&self) -> &'a str {
        let record: &'a ParsedRecord = self.record;
        let number = record.text(M::OrderNumber).filter(|_| !self.is_aggregate());
        number.map(plain_number).unwrap_or_default()
    }

    /// Tells refunds apart that have no numbers and are equal in all that theirs are made of: given how often each number came so far.
    pub(super) fn tell_apart(&mut self, seen: &mut HashMap<u64, u32>) {
        if self.is_aggregate() || !self.record.text(M::RefundId).unwrap_or_default().is_empty() {
            return;
        }
        let count = seen.entry(xxh3_64(self.number.as_bytes())).or_insert(0);
        *count += 1;
        if *count > 1 {
            self.number.push_str(&format!(" #{count}"));
        }
    }

    /// Notes what is counted otherwise than it stands in the file.
    pub(super) fn note(&self, log: &mut CleaningLog) {
        let line = self.record.row_line;
        if self.is_aggregate() {
            log.note(CleaningKind::TotalsWithoutOrders, line, "", || (self.number.as_str(), "sales without an order"));
        } else {
            log.note(CleaningKind::RefundsTaken, line, "", || (self.number.as_str(), "taken off"));
        }
    }

    /// The same as the line of an order.
    pub(super) fn line(&self) -> SalesLine<'_> {
        let text = |meaning: M| self.record.text(meaning).unwrap_or_default();
        let discount = self.record.first_number(self.kind.discount_meanings());
        SalesLine {
            row_line: self.record.row_line,
            order_number: &self.number,
            occurred_at: self.occurred_at,
            day: self.local.day,
            hour: self.local.hour,
            sku: text(M::Sku),
            title: text(M::ProductName),
            quantity_milli: self.quantity_milli,
            unit_price_minor: self.record.number(M::UnitPrice),
            amount_minor: self.amount_minor,
            discount_minor: discount.filter(|_| self.is_aggregate()),
            currency: self.record.currency,
            country: self.record.country,
            city: text(M::City),
            customer_id: text(M::CustomerId),
            customer_email: text(M::CustomerEmail),
            customer_name: text(M::CustomerName),
            stated_total_minor: None,
            stated: Stated { is_aggregate: self.is_aggregate(), store: store(self.record), refund_of: self.refund_of(), ..Stated::default() },
        }
    }
}

/// Where it was sold or given back; empty where the row does not tell.
fn store(record: &ParsedRecord) -> &str {
    let told = [M::Store, M::Location].into_iter().filter_map(|meaning| record.text(meaning));
    told.into_iter().find(|store| !store.is_empty()).unwrap_or_default()
}

/// What a refund with a number of its own is kept under.
pub(super) fn refund_number(refund: &str) -> String {
    format!("refund {refund}")
}

/// The row's amount, or quantity times price rounded half away from zero.
fn amount(record: &ParsedRecord, kind: FileKind, quantity_milli: i64) -> Option<i64> {
    record.first_number(kind.amount_meanings()).or_else(|| {
        let exact = i128::from(quantity_milli) * i128::from(record.first_number(kind.price_meanings())?);
        i64::try_from((exact.abs() + 500) / 1_000 * exact.signum()).ok()
    })
}
