//! Products of a book: found by key or made; the newest name wins.

use super::decide::Decided;
use super::facts::KEYS_AT_ONCE;
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use crate::sources::book::Product;
use domain::ids::MerchantId;
use entity::product::Column;
use sea_orm::{ColumnTrait, QueryFilter, Value};
use std::collections::HashMap;

/// The id of each product of the book that a kept order names; 0 for the others.
pub(super) async fn resolve(tx: &Tx, db: &Db, merchant: &mut entity::merchant::Model, decided: &Decided) -> Result<Vec<i64>> {
    let products = &decided.book.products;
    let used: Vec<usize> = decided.used_products().iter().enumerate().filter_map(|(index, is_used)| is_used.then_some(index)).collect();
    let owner = MerchantId(merchant.id);
    let known = known(tx, owner, used.iter().map(|&index| products[index].key.as_str())).await?;
    let (mut ids, mut written) = (vec![0; products.len()], Vec::new());
    for index in used {
        let product = &products[index];
        match known.get(product.key.as_str()) {
            Some(row) => {
                ids[index] = row.id;
                written.extend(renamed(row, product).map(|product| (row.id, product)));
            }
            None => {
                ids[index] = merchant.next_product_id;
                merchant.next_product_id += 1;
                written.push((ids[index], product.clone()));
            }
        }
    }
    remove(tx, owner, &written, &known).await?;
    insert(tx, db, owner, written).await?;
    Ok(ids)
}

/// The product under a newer name, when the book has one.
fn renamed(row: &entity::product::Model, product: &Product) -> Option<Product> {
    let mut stored = Product { key: row.key.clone(), sku: row.sku.clone(), title: row.title.clone(), title_as_of: row.title_as_of };
    stored.rename(&product.title, product.title_as_of);
    (stored.title_as_of != row.title_as_of || stored.title != row.title).then_some(stored)
}

async fn known(tx: &Tx, owner: MerchantId, keys: impl Iterator<Item = &str>) -> Result<HashMap<String, entity::product::Model>> {
    let (keys, mut known): (Vec<&str>, _) = (keys.collect(), HashMap::new());
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = entity::product::find(owner).filter(Column::Key.is_in(some.iter().copied())).all(&**tx).await?;
        known.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
    }
    Ok(known)
}

/// Renamed rows are written anew, in bulk like all others.
async fn remove(tx: &Tx, owner: MerchantId, written: &[(i64, Product)], known: &HashMap<String, entity::product::Model>) -> Result<()> {
    let old: Vec<i64> = written.iter().filter(|(_, product)| known.contains_key(&product.key)).map(|(id, _)| *id).collect();
    for some in old.chunks(KEYS_AT_ONCE) {
        entity::product::delete(owner).filter(Column::Id.is_in(some.iter().copied())).exec(&**tx).await?;
    }
    Ok(())
}

async fn insert(tx: &Tx, db: &Db, owner: MerchantId, mut written: Vec<(i64, Product)>) -> Result<()> {
    written.sort_unstable_by_key(|(id, _)| *id);
    let constants = [("merchant_id", Constant::Number(owner.0))];
    let mut bulk = BulkInsert::new(tx, db, "products", &constants, &["id", "key", "sku", "title", "title_as_of"]);
    for (id, product) in written {
        let row: [Value; 5] = [id.into(), product.key.into(), product.sku.into(), product.title.into(), product.title_as_of.into()];
        bulk.row(row).await?;
    }
    bulk.finish().await
}
