//! Customers of a book: found by key or made.

use super::decide::Decided;
use super::facts::KEYS_AT_ONCE;
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::book::Customer;
use domain::ids::MerchantId;
use entity::customer::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Value};
use std::collections::HashMap;

const COLUMNS: [&str; 11] = ["id", "key", "external_id", "email", "name", "country", "phone", "city", "accepts_marketing", "tags", "upload_id"];

/// The id of each customer of the book that a kept order names, 0 for the others; and whether any was made.
pub(super) async fn resolve(tx: &Tx, db: &Db, merchant: &mut entity::merchant::Model, source_id: i32, decided: &Decided) -> Result<(Vec<i64>, bool)> {
    let customers = &decided.book.customers;
    let used: Vec<usize> = decided.used_customers().iter().enumerate().filter_map(|(index, is_used)| is_used.then_some(index)).collect();
    let keys: HashMap<usize, String> = used.iter().map(|&index| (index, customers[index].key(source_id))).collect();
    let owner = MerchantId(merchant.id);
    let known = known(tx, owner, &keys).await?;
    let (mut ids, mut made) = (vec![0; customers.len()], Vec::new());
    for index in used {
        let key = &keys[&index];
        ids[index] = known.get(key).copied().unwrap_or_else(|| {
            made.push(of_order(blank(owner.0, merchant.next_customer_id, key.clone()), &customers[index]));
            merchant.next_customer_id += 1;
            merchant.next_customer_id - 1
        });
    }
    let has_made = !made.is_empty();
    write(tx, db, owner, made.into_iter()).await?;
    Ok((ids, has_made))
}

/// A customer of whom nothing is known but the key.
pub(crate) fn blank(merchant_id: i64, id: i64, key: String) -> Model {
    Model {
        merchant_id,
        id,
        key,
        external_id: None,
        email: None,
        name: None,
        country: None,
        phone: None,
        city: None,
        accepts_marketing: None,
        tags: None,
        upload_id: None,
    }
}

fn of_order(blank: Model, customer: &Customer) -> Model {
    let Customer { external_id, email, name, country } = customer.clone();
    Model { external_id, email, name, country: super::orders::text(country), ..blank }
}

async fn known(tx: &Tx, owner: MerchantId, keys: &HashMap<usize, String>) -> Result<HashMap<String, i64>> {
    let (keys, mut known): (Vec<&str>, _) = (keys.values().map(String::as_str).collect(), HashMap::new());
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = entity::customer::find(owner).filter(Column::Key.is_in(some.iter().copied()));
        known.extend(rows.select_only().columns([Column::Key, Column::Id]).into_tuple::<(String, i64)>().all(&**tx).await?);
    }
    Ok(known)
}

/// The customers that are there, whole, by their keys.
pub(super) async fn rows(tx: &Tx, owner: MerchantId, keys: &[String]) -> Result<HashMap<String, Model>> {
    let mut known = HashMap::new();
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = entity::customer::find(owner).filter(Column::Key.is_in(some)).all(&**tx).await?;
        known.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
    }
    Ok(known)
}

/// Writes rows whole, new ones and changed ones.
pub(super) async fn write(tx: &Tx, db: &Db, owner: MerchantId, rows: impl Iterator<Item = Model>) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(owner.0))];
    let mut bulk = BulkInsert::new(tx, db, "customers", &constants, &COLUMNS).replacing(&["merchant_id", "id"], &COLUMNS);
    for row in rows {
        let cells: [Value; 11] = [
            row.id.into(),
            row.key.into(),
            row.external_id.into(),
            row.email.into(),
            row.name.into(),
            row.country.into(),
            row.phone.into(),
            row.city.into(),
            row.accepts_marketing.into(),
            row.tags.into(),
            row.upload_id.into(),
        ];
        bulk.row(cells).await?;
    }
    bulk.finish().await
}
