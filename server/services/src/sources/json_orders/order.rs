//! An order as it was sent, understood.

use crate::sources::SalesLine;
use crate::sources::book::{Amounts, Stated};
use domain::Currency;
use engine::ingestion::LocalTime;

/// An order as it was sent.
#[derive(Clone, Debug)]
pub(in crate::sources) struct JsonOrder {
    pub(super) number: String,
    pub(super) occurred_at: i64,
    pub(super) local: LocalTime,
    pub(super) currency: Currency,
    pub(super) country: Option<[u8; 2]>,
    pub(super) city: String,
    pub(super) customer_id: String,
    pub(super) customer_email: String,
    pub(super) customer_name: String,
    pub(super) stated_total_minor: Option<i64>,
    pub(super) amounts: Amounts,
    pub(super) discount_code: String,
    pub(super) payment_method: String,
    pub(super) store: String,
    pub(super) is_test: bool,
    pub(super) lines: Vec<JsonLine>,
}

/// One of its lines.
#[derive(Clone, Debug)]
pub(in crate::sources) struct JsonLine {
    pub(super) sku: String,
    pub(super) title: String,
    pub(super) quantity_milli: i64,
    pub(super) unit_price_minor: Option<i64>,
    pub(super) amount_minor: i64,
}

impl JsonOrder {
    /// Its lines as those of any file, all of them on one line of it; what is said of the whole order is said with each and taken once.
    pub(in crate::sources) fn sales_lines(&self, row_line: u64) -> impl Iterator<Item = SalesLine<'_>> {
        let stated = Stated {
            amounts: self.amounts,
            discount_code: &self.discount_code,
            payment_method: &self.payment_method,
            store: &self.store,
            is_test: self.is_test,
            ..Stated::default()
        };
        self.lines.iter().map(move |line| SalesLine {
            row_line,
            order_number: &self.number,
            occurred_at: self.occurred_at,
            day: self.local.day,
            hour: self.local.hour,
            sku: &line.sku,
            title: &line.title,
            quantity_milli: line.quantity_milli,
            unit_price_minor: line.unit_price_minor,
            amount_minor: line.amount_minor,
            discount_minor: None,
            currency: self.currency,
            country: self.country,
            city: &self.city,
            customer_id: &self.customer_id,
            customer_email: &self.customer_email,
            customer_name: &self.customer_name,
            stated_total_minor: self.stated_total_minor,
            stated,
        })
    }
}
