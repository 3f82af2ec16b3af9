//! Products after an upload went: under the newest name that is left, known by code only while somebody tells the code, or gone.

use super::claims::PRODUCT;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use engine::ingestion::is_product;
use entity::fact_claim::{self, Model as Claim};
use entity::product::{Column, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap};

/// Puts the products of some keys in order, given the claims that are left for these keys.
pub(super) async fn settle(tx: &Tx, merchant: MerchantId, keys: &[String], claims: HashMap<String, Vec<Claim>>) -> Result<()> {
    // What a product file has told of a product is not the orders' to change.
    let rows = entity::product::find(merchant).filter(Column::Key.is_in(keys)).filter(Column::UploadId.is_null()).all(&**tx).await?;
    let by_name = claims_by_name(tx, merchant, &rows).await?;
    let none = Vec::new();
    let mut gone = Vec::new();
    for row in rows {
        let own = claims.get(&row.key).unwrap_or(&none);
        let others = if row.sku.is_some() { by_name.get(&name_key(&row.title)).unwrap_or(&none) } else { &none };
        let newest = own.iter().chain(others).max_by_key(|claim| (claim.as_of, claim.name.clone()));
        let Some(newest) = newest else {
            gone.push(row.id);
            continue;
        };
        let (title, title_as_of) = (newest.name.clone().unwrap_or_default(), newest.as_of);
        let (key, sku) = match own.iter().filter_map(|claim| claim.external_id.clone()).min() {
            Some(sku) => (row.key.clone(), Some(sku)),
            // Claims of before there was a history do not tell the code.
            None if !own.is_empty() => (row.key.clone(), row.sku.clone()),
            None => (name_key(&row.title), None),
        };
        let after = Model { is_product: is_product(sku.as_deref(), &title), key, sku, title, title_as_of, ..row.clone() };
        if after != row {
            write(tx, merchant, after).await?;
        }
    }
    remove(tx, merchant, gone).await
}

fn name_key(title: &str) -> String {
    format!("title:{}", title.to_lowercase())
}

/// What is said of products by name only, where those with a code are meant: no product has the name for its key.
async fn claims_by_name(tx: &Tx, merchant: MerchantId, rows: &[Model]) -> Result<HashMap<String, Vec<Claim>>> {
    let names: BTreeSet<String> = rows.iter().filter(|row| row.sku.is_some()).map(|row| name_key(&row.title)).collect();
    let of_others = entity::product::find(merchant).filter(Column::Key.is_in(&names)).select_only().column(Column::Key);
    let of_others: BTreeSet<String> = of_others.into_tuple::<String>().all(&**tx).await?.into_iter().collect();
    let names = names.difference(&of_others).cloned();
    let claims = fact_claim::find(merchant).filter(fact_claim::Column::Kind.eq(PRODUCT)).filter(fact_claim::Column::Key.is_in(names));
    let mut by_name: HashMap<String, Vec<Claim>> = HashMap::new();
    for claim in claims.all(&**tx).await? {
        by_name.entry(claim.key.clone()).or_default().push(claim);
    }
    Ok(by_name)
}

async fn write(tx: &Tx, merchant: MerchantId, row: Model) -> Result<()> {
    entity::product::update(merchant)
        .filter(Column::Id.eq(row.id))
        .col_expr(Column::Key, Expr::value(row.key))
        .col_expr(Column::Sku, Expr::value(row.sku))
        .col_expr(Column::Title, Expr::value(row.title))
        .col_expr(Column::TitleAsOf, Expr::value(row.title_as_of))
        .col_expr(Column::IsProduct, Expr::value(row.is_product))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Removes products that nobody names; one that a line, a stock or a payment still means stays.
async fn remove(tx: &Tx, merchant: MerchantId, gone: Vec<i64>) -> Result<()> {
    use entity::{inventory_level, money_movement, order_line};
    if gone.is_empty() {
        return Ok(());
    }
    let ids = || gone.iter().copied();
    let lines = order_line::find(merchant).filter(order_line::Column::ProductId.is_in(ids())).select_only().column(order_line::Column::ProductId);
    let mut held: BTreeSet<i64> = lines.distinct().into_tuple::<i64>().all(&**tx).await?.into_iter().collect();
    let stock = inventory_level::find(merchant).filter(inventory_level::Column::ProductId.is_in(ids()));
    held.extend(stock.select_only().column(inventory_level::Column::ProductId).into_tuple::<i64>().all(&**tx).await?);
    let money = money_movement::find(merchant).filter(money_movement::Column::ProductId.is_in(ids()));
    held.extend(money.select_only().column(money_movement::Column::ProductId).into_tuple::<i64>().all(&**tx).await?);
    let gone = gone.into_iter().filter(|id| !held.contains(id));
    entity::product::delete(merchant).filter(Column::Id.is_in(gone)).exec(&**tx).await?;
    Ok(())
}
