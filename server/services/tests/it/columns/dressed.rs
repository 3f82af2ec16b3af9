//! A shop's facts with all that files may bring besides: codes, taxes, costs, stock, advertising, and texts that databases like to differ on.

use crate::support::TestServices;
use entity::{ad_spend, inventory_level};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect, Statement};
use services::Actor;
use uuid::Uuid;

/// What is made of numbers that every database has alike.
const STATEMENTS: &[&str] = &[
    "UPDATE orders SET tax_minor = CASE WHEN id % 3 = 0 THEN net_minor / 6 END, shipping_minor = CASE WHEN id % 4 = 0 THEN 395 + id % 7 END, \
     fee_minor = CASE WHEN id % 11 = 0 THEN id % 400 END, \
     is_test = (id % 89 = 0), is_aggregate = (id % 53 = 0), \
     payment_method = CASE id % 5 WHEN 0 THEN 'Card' WHEN 1 THEN 'card' WHEN 2 THEN 'PayPal' WHEN 3 THEN 'Überweisung' END, \
     discount_code = CASE id % 9 WHEN 0 THEN 'SAVE10' WHEN 1 THEN 'save10' WHEN 2 THEN 'Äpfel' WHEN 3 THEN 'äpfel' WHEN 4 THEN 'Zebra' WHEN 5 THEN '' END, \
     city = CASE id % 13 WHEN 0 THEN 'Århus' WHEN 1 THEN 'aarhus' WHEN 2 THEN 'ÉVRY' WHEN 3 THEN 'évry' WHEN 4 THEN 'Łódź' WHEN 5 THEN '東京' WHEN 6 THEN '😀ville' \
     WHEN 7 THEN 'O''Fallon' WHEN 8 THEN 'a_b%c' WHEN 9 THEN ' Bath' ELSE city END, \
     store = CASE id % 11 WHEN 0 THEN 'Köln' WHEN 1 THEN 'KÖLN' WHEN 2 THEN 'Till' WHEN 3 THEN 'Demo till' WHEN 4 THEN 'Leeds' WHEN 5 THEN 'leeds' \
     WHEN 6 THEN '' END WHERE merchant_id = $1",
    "UPDATE order_lines SET store = (SELECT o.store FROM orders o WHERE o.merchant_id = order_lines.merchant_id AND o.id = order_lines.order_id) \
     WHERE merchant_id = $1",
    "UPDATE order_lines SET is_aggregate = (order_id % 53 = 0), discount_minor = CASE WHEN order_id % 5 = 0 AND amount_minor > 0 THEN amount_minor / 9 \
     WHEN order_id % 7 = 0 AND amount_minor > 0 THEN 0 WHEN order_id % 31 = 0 AND amount_minor = 0 THEN 250 ELSE discount_minor END WHERE merchant_id = $1",
    "UPDATE orders SET discount_minor = (SELECT SUM(l.discount_minor) FROM order_lines l WHERE l.merchant_id = orders.merchant_id AND l.day = orders.day \
     AND l.order_id = orders.id), gross_minor = (SELECT COALESCE(SUM(CASE WHEN l.amount_minor > 0 THEN l.amount_minor ELSE 0 END + COALESCE(l.discount_minor, 0)), 0) \
     FROM order_lines l WHERE l.merchant_id = orders.merchant_id AND l.day = orders.day AND l.order_id = orders.id) WHERE merchant_id = $1",
    "UPDATE orders SET is_sale = (gross_minor > 0) WHERE merchant_id = $1",
    "UPDATE products SET category = CASE id % 5 WHEN 0 THEN 'Küche' WHEN 1 THEN 'KÜCHE' WHEN 2 THEN 'Drinks' WHEN 3 THEN 'drinks' END, \
     brand = CASE id % 4 WHEN 0 THEN 'Acme' WHEN 1 THEN 'ÅCME' WHEN 2 THEN 'acme' END, variant = CASE id % 3 WHEN 0 THEN 'Red' WHEN 1 THEN 'red' END, \
     cost_minor = CASE WHEN id % 3 > 0 THEN 100 + id % 700 END, currency = CASE id % 7 WHEN 0 THEN 'EUR' WHEN 1 THEN 'GBP' END WHERE merchant_id = $1",
];

/// Changes the facts of the actor's shop, the same way on every database.
pub(super) async fn dress(services: &TestServices, actor: &Actor) {
    let merchant_id = actor.merchant_id.0;
    let tx = services.db.write(actor.merchant_id).await.expect("a transaction");
    let backend = tx.get_database_backend();
    for sql in STATEMENTS {
        tx.execute_raw(Statement::from_sql_and_values(backend, *sql, [merchant_id.into()])).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    let products: Vec<i64> =
        entity::product::find(actor.merchant_id).select_only().column(entity::product::Column::Id).into_tuple().all(&*tx).await.expect("products");
    let stock = products.iter().filter(|id| *id % 3 != 0).flat_map(|id| ["Main", "Ännex"].map(|location| (*id, location)));
    let stock = stock.map(|(product_id, location)| inventory_level::Model {
        merchant_id,
        product_id,
        source_id: 1,
        location: location.to_owned(),
        upload_id: Uuid::nil(),
        quantity_milli: (product_id * 7_919) % 90_000 - 500,
    });
    inventory_level::Entity::insert_many(stock.map(IntoActiveModel::into_active_model)).exec_without_returning(&*tx).await.expect("stock");
    let (first, last): (i32, i32) = entity::order::find(actor.merchant_id)
        .select_only()
        .column_as(entity::order::Column::Day.min(), "first")
        .column_as(entity::order::Column::Day.max(), "last")
        .into_tuple()
        .one(&*tx)
        .await
        .expect("days")
        .expect("the shop sold");
    let spend = (first..=last).filter(|day| day % 4 == 0).map(|day| spend(merchant_id, day));
    ad_spend::Entity::insert_many(spend.map(IntoActiveModel::into_active_model)).exec_without_returning(&*tx).await.expect("advertising");
    tx.commit().await.expect("it commits");
}

fn spend(merchant_id: i64, day: i32) -> ad_spend::Model {
    let civil = domain::Day(day).civil();
    ad_spend::Model {
        merchant_id,
        source_id: 1,
        day,
        campaign: "Spring".to_owned(),
        ad_group: String::new(),
        currency: if day % 8 == 0 { "EUR" } else { "GBP" }.to_owned(),
        upload_id: Uuid::nil(),
        month: civil.year * 100 + civil.month as i32,
        spend_minor: 100 + i64::from(day % 900),
        impressions: None,
        clicks: None,
        conversions_milli: None,
    }
}
