//! Orders that a file tells otherwise than they are there and that stay, because it only adds or was read in part: as they would be, to be remembered.

use super::decide::{Decided, Kept};
use super::facts::Target;
use super::orders::{month, text};
use crate::sources::book::NO_PRODUCT;
use crate::sources::history::Layer;
use entity::{order, order_line};
use uuid::Uuid;

/// The orders, each with who brought what stands there, and how the history tells that it stays.
pub(super) fn layers(target: Target, decided: &Decided, products: &[i64], customers: &[i64]) -> Vec<(Layer, Uuid, i16)> {
    let layer = |kept: &Kept| {
        let order = model(target, decided, customers, kept);
        Layer { lines: lines(target, decided, products, kept, &order), order }
    };
    decided.left.iter().map(|left| (layer(&left.kept), left.owner, left.way)).collect()
}

fn model(target: Target, decided: &Decided, customers: &[i64], kept: &Kept) -> order::Model {
    let order = decided.order(kept);
    let stated = order.stated.as_deref().cloned().unwrap_or_default();
    let [shipping_minor, tax_minor, _, fee_minor, refunded_minor] = stated.amounts.array();
    order::Model {
        merchant_id: target.merchant.0,
        id: kept.id,
        source_id: target.source_id,
        external_id: order.external_id.to_string(),
        upload_id: target.upload_id,
        occurred_at: order.occurred_at,
        day: order.day.0,
        month: month(order.day),
        hour: i16::from(order.hour),
        currency: order.currency.code().to_owned(),
        country: text(order.country),
        city: order.city.as_deref().map(str::to_owned),
        customer_id: order.customer.map(|customer| customers[customer as usize]),
        channel: target.channel.code(),
        stated_total_minor: order.stated_total_minor,
        total_minor: order.stated_total_minor.unwrap_or(order.net_minor),
        net_minor: order.net_minor,
        gross_minor: order.gross_minor,
        units_milli: order.units_milli,
        is_sale: order.is_sale(),
        line_count: order.stored_lines(),
        content_hash: kept.hash.to_vec(),
        shipping_minor,
        tax_minor,
        discount_minor: order.discount_minor,
        fee_minor,
        refunded_minor,
        discount_code: stated.discount_code.map(String::from),
        payment_method: stated.payment_method.map(String::from),
        store: stated.store.map(String::from),
        is_test: stated.is_test,
        is_aggregate: stated.is_aggregate,
        given_back_minor: order.told_back(),
        refund_of: stated.refund_of.map(String::from),
        told_twice_minor: None,
    }
}

fn lines(target: Target, decided: &Decided, products: &[i64], kept: &Kept, order: &order::Model) -> Vec<order_line::Model> {
    let line = |(number, line): (i32, &crate::sources::book::Line)| order_line::Model {
        merchant_id: target.merchant.0,
        day: order.day,
        order_id: kept.id,
        line: number,
        month: order.month,
        hour: order.hour,
        source_id: target.source_id,
        channel: target.channel.code(),
        product_id: (line.product != NO_PRODUCT).then(|| products[line.product as usize]),
        customer_id: order.customer_id,
        currency: order.currency.clone(),
        country: order.country.clone(),
        store: order.store.clone(),
        quantity_milli: line.quantity_milli,
        unit_price_minor: line.unit_price_minor,
        amount_minor: line.amount_minor,
        discount_minor: line.discount_minor,
        is_aggregate: order.is_aggregate,
        told_minor: None,
        told_quantity_milli: None,
    };
    (1_i32..).zip(decided.lines(kept)).map(line).collect()
}
