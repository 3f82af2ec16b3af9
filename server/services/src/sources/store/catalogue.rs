//! Rows of the products table: found by key, written whole. Shared by what orders name and by what product files tell.

use super::facts::KEYS_AT_ONCE;
use crate::db::{BulkInsert, Constant, Db, Tx};
use crate::error::Result;
use domain::ids::MerchantId;
use entity::product::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, Value};
use std::collections::HashMap;

const COLUMNS: [&str; 17] = [
    "id",
    "key",
    "sku",
    "title",
    "title_as_of",
    "category",
    "brand",
    "barcode",
    "price_minor",
    "compare_at_minor",
    "cost_minor",
    "currency",
    "handle",
    "variant",
    "status",
    "is_product",
    "upload_id",
];

/// A product of which nothing is known yet.
pub(crate) fn blank(merchant_id: i64, id: i64) -> Model {
    Model {
        merchant_id,
        id,
        key: String::new(),
        sku: None,
        title: String::new(),
        title_as_of: i64::MIN,
        category: None,
        brand: None,
        barcode: None,
        price_minor: None,
        compare_at_minor: None,
        cost_minor: None,
        currency: None,
        handle: None,
        variant: None,
        status: None,
        is_product: true,
        upload_id: None,
    }
}

/// The key under which a product with a code may stand since before all spellings of a code were one.
pub(super) fn old_key(sku: Option<&str>) -> Option<String> {
    sku.map(|sku| format!("sku:{sku}"))
}

/// The products that are there, by their keys.
pub(super) async fn known<'k>(tx: &Tx, owner: MerchantId, keys: impl Iterator<Item = &'k str>) -> Result<HashMap<String, Model>> {
    let (keys, mut known): (Vec<&str>, _) = (keys.collect(), HashMap::new());
    for some in keys.chunks(KEYS_AT_ONCE) {
        let rows = entity::product::find(owner).filter(Column::Key.is_in(some.iter().copied())).all(&**tx).await?;
        known.extend(rows.into_iter().map(|row| (row.key.clone(), row)));
    }
    Ok(known)
}

/// Writes rows whole, new ones and changed ones.
pub(super) async fn write(tx: &Tx, db: &Db, owner: MerchantId, mut rows: Vec<Model>) -> Result<()> {
    rows.sort_unstable_by_key(|row| row.id);
    let constants = [("merchant_id", Constant::Number(owner.0))];
    let mut bulk = BulkInsert::new(tx, db, "products", &constants, &COLUMNS).replacing(&["merchant_id", "id"], &COLUMNS);
    for row in rows {
        let cells: [Value; 17] = [
            row.id.into(),
            row.key.into(),
            row.sku.into(),
            row.title.into(),
            row.title_as_of.into(),
            row.category.into(),
            row.brand.into(),
            row.barcode.into(),
            row.price_minor.into(),
            row.compare_at_minor.into(),
            row.cost_minor.into(),
            row.currency.into(),
            row.handle.into(),
            row.variant.into(),
            row.status.into(),
            row.is_product.into(),
            row.upload_id.into(),
        ];
        bulk.row(cells).await?;
    }
    bulk.finish().await
}
