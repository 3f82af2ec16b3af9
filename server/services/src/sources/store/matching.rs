//! Products that one source knows by code and another by name only: they meet where the name leaves no doubt.

use super::catalogue;
use super::facts::KEYS_AT_ONCE;
use crate::db::Tx;
use crate::error::Result;
use crate::sources::book::{Product, title_key};
use domain::ids::MerchantId;
use entity::product::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter};
use std::collections::HashMap;

/// The products of a shop among which those of a book are looked for.
pub(super) struct Known {
    by_key: HashMap<String, Model>,
    /// Products with a code by their name; `None` where several have it.
    by_name: HashMap<String, Option<Model>>,
    /// How many products with a code the book names so.
    namesakes: HashMap<String, usize>,
}

/// Where a product of a book was found.
pub(super) enum Found<'k> {
    /// It is this one.
    Same(&'k Model),
    /// So far known by its name only; from now on by its code.
    WithoutCode(&'k Model),
    Nowhere,
}

/// The ids of products under which the shop has them, in their order; none where it has none.
pub(crate) async fn product_ids(tx: &Tx, owner: MerchantId, products: &[Product]) -> Result<Vec<Option<i64>>> {
    let known = Known::of(tx, owner, &products.iter().collect::<Vec<_>>()).await?;
    let id = |product| match known.find(product) {
        Found::Same(row) | Found::WithoutCode(row) => Some(row.id),
        Found::Nowhere => None,
    };
    Ok(products.iter().map(id).collect())
}

impl Known {
    /// Looks the book's products up, by name only where no key tells.
    pub(super) async fn of(tx: &Tx, owner: MerchantId, products: &[&Product]) -> Result<Self> {
        let old: Vec<String> = products.iter().filter_map(|product| catalogue::old_key(product.sku.as_deref())).collect();
        let names: Vec<String> = products.iter().filter(|product| product.sku.is_some()).map(|product| title_key(&product.title)).collect();
        let keys = products.iter().map(|product| product.key.as_str()).chain(old.iter().chain(&names).map(String::as_str));
        let by_key = catalogue::known(tx, owner, keys).await?;
        let nameless: Vec<&str> = products
            .iter()
            .filter(|product| product.sku.is_none() && !by_key.contains_key(&product.key))
            .map(|product| product.title.as_str())
            .collect();
        let mut namesakes = HashMap::new();
        for name in names {
            *namesakes.entry(name).or_insert(0) += 1;
        }
        Ok(Self { by_key, by_name: with_code(tx, owner, &nameless).await?, namesakes })
    }

    /// Where a product is.
    pub(super) fn find(&self, product: &Product) -> Found<'_> {
        let old = || self.by_key.get(&catalogue::old_key(product.sku.as_deref())?);
        if let Some(row) = self.by_key.get(&product.key).or_else(old) {
            return Found::Same(row);
        }
        if product.sku.is_none() {
            return self.by_name.get(&product.title).and_then(Option::as_ref).map_or(Found::Nowhere, Found::Same);
        }
        let name = title_key(&product.title);
        let is_alone = self.namesakes.get(&name) == Some(&1);
        self.by_key.get(&name).filter(|row| is_alone && row.sku.is_none()).map_or(Found::Nowhere, Found::WithoutCode)
    }
}

async fn with_code(tx: &Tx, owner: MerchantId, names: &[&str]) -> Result<HashMap<String, Option<Model>>> {
    let mut found: HashMap<String, Option<Model>> = HashMap::new();
    for some in names.chunks(KEYS_AT_ONCE) {
        let rows = entity::product::find(owner).filter(Column::Sku.is_not_null()).filter(Column::Title.is_in(some.iter().copied()));
        for row in rows.all(&**tx).await? {
            found.entry(row.title.clone()).and_modify(|known| *known = None).or_insert(Some(row));
        }
    }
    Ok(found)
}
