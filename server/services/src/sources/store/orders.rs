//! The orders table: what is there, what goes, what comes.

use super::decide::{Decided, Kept, Known};
use super::facts::{KEYS_AT_ONCE, Target};
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::OrderBook;
use crate::sources::book::{Order, StatedOrder};
use crate::sources::history::{Claimant, keep_replaced};
use domain::Day;
use entity::order::Column;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Value};
use std::collections::{BTreeMap, HashMap};

const COLUMNS: [&str; 18] = [
    "id",
    "external_id",
    "occurred_at",
    "day",
    "month",
    "hour",
    "currency",
    "country",
    "city",
    "customer_id",
    "stated_total_minor",
    "total_minor",
    "net_minor",
    "gross_minor",
    "units_milli",
    "is_sale",
    "line_count",
    "content_hash",
];

const STATED_COLUMNS: [&str; 12] = [
    "shipping_minor",
    "tax_minor",
    "discount_minor",
    "fee_minor",
    "refunded_minor",
    "discount_code",
    "payment_method",
    "store",
    "is_test",
    "is_aggregate",
    "given_back_minor",
    "refund_of",
];

/// Those of the book's orders that the source has already.
pub(super) async fn known(tx: &Tx, target: Target, book: &OrderBook) -> Result<HashMap<String, Known>> {
    let mut known = HashMap::new();
    for some in book.orders.chunks(KEYS_AT_ONCE) {
        let numbers = some.iter().map(|order| &*order.external_id);
        let rows = entity::order::find(target.merchant).filter(Column::SourceId.eq(target.source_id)).filter(Column::ExternalId.is_in(numbers));
        let columns = [Column::ExternalId, Column::Id, Column::Day, Column::ContentHash, Column::UploadId, Column::Currency, Column::RefundOf];
        let rows = rows.select_only().columns(columns).into_tuple::<(String, i64, i32, Vec<u8>, uuid::Uuid, String, Option<String>)>();
        let rows = rows.all(&**tx).await?;
        let row = |(number, id, day, hash, upload_id, currency, refund_of)| {
            (number, Known { id, day, hash, upload_id, currency, refund_of, names_products: false })
        };
        known.extend(rows.into_iter().map(row));
    }
    look_for_products(tx, target, book, &mut known).await?;
    Ok(known)
}

/// Of what the book tells only as sums: whether it is there with its products.
async fn look_for_products(tx: &Tx, target: Target, book: &OrderBook, known: &mut HashMap<String, Known>) -> Result<()> {
    use entity::order_line::Column as LineColumn;
    let sums = book.sums();
    let sums = book.orders.iter().zip(sums).filter_map(|(order, is_sum)| is_sum.then_some(&*order.external_id));
    let mut by_day: BTreeMap<i32, BTreeMap<i64, &str>> = BTreeMap::new();
    for (number, there) in sums.filter_map(|number| Some((number, known.get(number)?))) {
        by_day.entry(there.day).or_default().insert(there.id, number);
    }
    for (day, orders) in by_day {
        for some in orders.keys().copied().collect::<Vec<_>>().chunks(KEYS_AT_ONCE) {
            let lines =
                entity::order_line::find(target.merchant).filter(LineColumn::Day.eq(day)).filter(LineColumn::OrderId.is_in(some.iter().copied()));
            let named = lines.filter(LineColumn::ProductId.is_not_null()).select_only().column(LineColumn::OrderId).distinct();
            for id in named.into_tuple::<i64>().all(&**tx).await? {
                if let Some(there) = known.get_mut(orders[&id]) {
                    there.names_products = true;
                }
            }
        }
    }
    Ok(())
}

/// Removes orders that changed, with their lines; they are written anew under the same id, and as they were they stay remembered.
pub(super) async fn remove_changed(tx: &Tx, db: &Db, target: Target, by: Claimant, decided: &Decided) -> Result<()> {
    let mut by_day: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
    for (day, id) in decided.kept.iter().filter_map(|kept| kept.replaces_day.map(|day| (day, kept.id))) {
        by_day.entry(day).or_default().push(id);
    }
    keep_replaced(tx, db, by, &by_day).await?;
    remove(tx, target.merchant, &by_day).await
}

/// Removes orders and their lines, given by the day under which they lie.
pub(crate) async fn remove(tx: &Tx, merchant: domain::ids::MerchantId, by_day: &BTreeMap<i32, Vec<i64>>) -> Result<()> {
    use entity::order_line::Column as LineColumn;
    for (day, ids) in by_day {
        for some in ids.chunks(KEYS_AT_ONCE) {
            let of_day = entity::order_line::delete(merchant).filter(LineColumn::Day.eq(*day));
            of_day.filter(LineColumn::OrderId.is_in(some.iter().copied())).exec(&**tx).await?;
            entity::order::delete(merchant).filter(Column::Id.is_in(some.iter().copied())).exec(&**tx).await?;
        }
    }
    Ok(())
}

/// Writes the kept orders.
pub(super) async fn insert(tx: &Tx, db: &Db, target: Target, decided: &Decided, customers: &[i64]) -> Result<()> {
    let constants = [
        ("merchant_id", Constant::Number(target.merchant.0)),
        ("source_id", Constant::Number(i64::from(target.source_id))),
        ("channel", Constant::Number(i64::from(target.channel.code()))),
    ];
    // Few files state discounts, stores or amounts of whole orders; for the others twelve columns fewer are sent.
    let states = |order: &Order| order.stated.is_some() || order.discount_minor.is_some();
    let (stated, plain): (Vec<&Kept>, Vec<&Kept>) = decided.kept.iter().partition(|kept| states(decided.order(kept)));
    let columns: Vec<&str> = COLUMNS.into_iter().chain(["upload_id"]).collect();
    let mut bulk = BulkInsert::new(tx, db, "orders", &constants, &columns).overlapping();
    for kept in plain {
        bulk.row(row(target, decided, customers, kept)).await?;
    }
    bulk.finish().await?;
    let columns: Vec<&str> = columns.into_iter().chain(STATED_COLUMNS).collect();
    let mut bulk = BulkInsert::new(tx, db, "orders", &constants, &columns).overlapping();
    for kept in stated {
        let mut cells = row(target, decided, customers, kept).into_iter().chain(stated_cells(decided.order(kept)));
        let cells: [Value; 31] = std::array::from_fn(|_| cells.next().expect("nineteen cells and twelve"));
        bulk.row(cells).await?;
    }
    bulk.finish().await
}

fn stated_cells(order: &Order) -> [Value; 12] {
    let stated = order.stated.as_deref().cloned().unwrap_or_default();
    let StatedOrder { amounts, discount_code, payment_method, store, refund_of, is_test, is_aggregate, .. } = stated;
    let [shipping, tax, _, fee, refunded] = amounts.array().map(Value::from);
    let discount = order.discount_minor.into();
    let text = |text: Option<Box<str>>| Value::from(text.map(String::from));
    let (code, method, store, given_back) = (text(discount_code), text(payment_method), text(store), order.told_back().into());
    [shipping, tax, discount, fee, refunded, code, method, store, is_test.into(), is_aggregate.into(), given_back, text(refund_of)]
}

fn row(target: Target, decided: &Decided, customers: &[i64], kept: &Kept) -> [Value; 19] {
    let order = decided.order(kept);
    [
        kept.id.into(),
        order.external_id.to_string().into(),
        order.occurred_at.into(),
        order.day.0.into(),
        month(order.day).into(),
        i16::from(order.hour).into(),
        order.currency.code().to_owned().into(),
        text(order.country).into(),
        order.city.as_deref().map(str::to_owned).into(),
        order.customer.map(|customer| customers[customer as usize]).into(),
        order.stated_total_minor.into(),
        order.stated_total_minor.unwrap_or(order.net_minor).into(),
        order.net_minor.into(),
        order.gross_minor.into(),
        order.units_milli.into(),
        order.is_sale().into(),
        order.stored_lines().into(),
        kept.hash.to_vec().into(),
        target.upload_id.into(),
    ]
}

/// yyyymm of a day.
pub(super) fn month(day: Day) -> i32 {
    let civil = day.civil();
    civil.year * 100 + civil.month as i32
}

/// A country's code as text.
pub(super) fn text(country: Option<[u8; 2]>) -> Option<String> {
    country.map(|code| code.iter().map(|&letter| char::from(letter)).collect())
}
