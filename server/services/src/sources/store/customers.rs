//! Customers of a book: found by key or made.

use super::decide::Decided;
use super::facts::KEYS_AT_ONCE;
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::book::Customer;
use domain::ids::MerchantId;
use entity::customer::Column;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Value};
use std::collections::HashMap;

/// The id of each customer of the book that a kept order names; 0 for the others.
pub(super) async fn resolve(tx: &Tx, db: &Db, merchant: &mut entity::merchant::Model, source_id: i32, decided: &Decided) -> Result<Vec<i64>> {
    let customers = &decided.book.customers;
    let used: Vec<usize> = decided.used_customers().iter().enumerate().filter_map(|(index, is_used)| is_used.then_some(index)).collect();
    let keys: HashMap<usize, String> = used.iter().map(|&index| (index, customers[index].key(source_id))).collect();
    let owner = MerchantId(merchant.id);
    let known = known(tx, owner, &keys).await?;
    let (mut ids, mut made) = (vec![0; customers.len()], Vec::new());
    for index in used {
        let key = &keys[&index];
        ids[index] = known.get(key).copied().unwrap_or_else(|| {
            made.push((merchant.next_customer_id, key.clone(), &customers[index]));
            merchant.next_customer_id += 1;
            merchant.next_customer_id - 1
        });
    }
    insert(tx, db, owner, made).await?;
    Ok(ids)
}

async fn known(tx: &Tx, owner: MerchantId, keys: &HashMap<usize, String>) -> Result<HashMap<String, i64>> {
    let (keys, mut known): (Vec<&str>, _) = (keys.values().map(String::as_str).collect(), HashMap::new());
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = entity::customer::find(owner).filter(Column::Key.is_in(some.iter().copied()));
        known.extend(rows.select_only().columns([Column::Key, Column::Id]).into_tuple::<(String, i64)>().all(&**tx).await?);
    }
    Ok(known)
}

async fn insert(tx: &Tx, db: &Db, owner: MerchantId, made: Vec<(i64, String, &Customer)>) -> Result<()> {
    let constants = [("merchant_id", Constant::Number(owner.0))];
    let mut bulk = BulkInsert::new(tx, db, "customers", &constants, &["id", "key", "external_id", "email", "name", "country"]);
    for (id, key, customer) in made {
        let Customer { external_id, email, name, country } = customer.clone();
        let row: [Value; 6] = [id.into(), key.into(), external_id.into(), email.into(), name.into(), super::orders::text(country).into()];
        bulk.row(row).await?;
    }
    bulk.finish().await
}
