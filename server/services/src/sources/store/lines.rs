//! The order lines: by far the most rows, written in the order in which they lie.

use super::decide::Decided;
use super::facts::Target;
use super::orders::{month, text};
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::book::NO_PRODUCT;
use crate::sources::book::Order;
use domain::Currency;
use sea_orm::Value;

/// The last two are sent only where discounts or stores are told.
const COLUMNS: [&str; 13] = [
    "day",
    "order_id",
    "line",
    "month",
    "hour",
    "product_id",
    "customer_id",
    "country",
    "quantity_milli",
    "unit_price_minor",
    "amount_minor",
    "discount_minor",
    "store",
];

/// Writes the lines of the kept orders, one currency after the other (and stores' totals and orders with discounts or a store apart): what all
/// rows of a statement share is not sent with each.
pub(super) async fn insert(tx: &Tx, db: &Db, target: Target, decided: &Decided, products: &[i64], customers: &[i64]) -> Result<()> {
    let mut shares: Vec<Share> = decided.kept.iter().map(|kept| share(decided.order(kept))).collect();
    shares.sort_unstable_by_key(|(currency, is_aggregate, tells_more)| (currency.code(), *is_aggregate, *tells_more));
    shares.dedup();
    for share in shares {
        insert_share(tx, db, target, decided, (products, customers), share).await?;
    }
    Ok(())
}

/// The currency, whether it is a store's total, and whether discounts of its lines or its store are told.
type Share = (Currency, bool, bool);

fn share(order: &Order) -> Share {
    (order.currency, order.stated.as_deref().is_some_and(|stated| stated.is_aggregate), order.discount_minor.is_some() || order.store().is_some())
}

async fn insert_share(tx: &Tx, db: &Db, target: Target, decided: &Decided, ids: (&[i64], &[i64]), shared: Share) -> Result<()> {
    let constants = [
        ("merchant_id", Constant::Number(target.merchant.0)),
        ("source_id", Constant::Number(i64::from(target.source_id))),
        ("channel", Constant::Number(i64::from(target.channel.code()))),
        ("currency", Constant::Word(shared.0.code())),
        ("is_aggregate", Constant::Flag(shared.1)),
    ];
    let width = if shared.2 { COLUMNS.len() } else { COLUMNS.len() - 2 };
    let mut bulk = BulkInsert::new(tx, db, "order_lines", &constants, &COLUMNS[..width]).overlapping();
    let (products, customers) = ids;
    for kept in decided.kept.iter().filter(|kept| share(decided.order(kept)) == shared) {
        let order = decided.order(kept);
        let (month, country) = (month(order.day), text(order.country));
        let customer = order.customer.map(|customer| customers[customer as usize]);
        for (number, line) in (1_i32..).zip(decided.lines(kept)) {
            let product = (line.product != NO_PRODUCT).then(|| products[line.product as usize]);
            let row: [Value; 11] = [
                order.day.0.into(),
                kept.id.into(),
                number.into(),
                month.into(),
                i16::from(order.hour).into(),
                product.into(),
                customer.into(),
                country.clone().into(),
                line.quantity_milli.into(),
                line.unit_price_minor.into(),
                line.amount_minor.into(),
            ];
            if shared.2 {
                let mut cells = row.into_iter().chain([line.discount_minor.into(), order.store().map(str::to_owned).into()]);
                let cells: [Value; 13] = std::array::from_fn(|_| cells.next().expect("eleven cells and two"));
                bulk.row(cells).await?;
            } else {
                bulk.row(row).await?;
            }
        }
    }
    bulk.finish().await
}
