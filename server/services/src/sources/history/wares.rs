//! Products after an upload went: as all that is left tells them, known by code only while somebody tells the code, or gone.

use super::claims::PRODUCT;
use super::fold_claims;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use entity::fact_claim::{self, Model as Claim};
use entity::product::{Column, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Puts the products of some keys in order, given the claims that are left for these keys.
pub(super) async fn settle(tx: &Tx, merchant: MerchantId, gone_upload: Uuid, keys: &[String], claims: HashMap<String, Vec<Claim>>) -> Result<()> {
    let rows = entity::product::find(merchant).filter(Column::Key.is_in(keys)).all(&**tx).await?;
    let by_name = claims_by_name(tx, merchant, &rows).await?;
    let none = Vec::new();
    let mut gone = Vec::new();
    for row in rows {
        let own = claims.get(&row.key).unwrap_or(&none);
        let others = if row.sku.is_some() { by_name.get(&name_key(&row.title)).unwrap_or(&none) } else { &none };
        let mut left: Vec<Claim> = own.iter().chain(others).cloned().collect();
        left.sort_by_key(|claim| (claim.sequence, claim.part));
        if fold_claims::is_of_before_history(row.upload_id, gone_upload, &left) {
            continue;
        }
        match fold_claims::product(&row, own, &left)? {
            Some(after) if after != row => write(tx, merchant, after).await?,
            Some(_) => {}
            None => gone.push(row.id),
        }
    }
    remove(tx, merchant, gone).await
}

pub(super) fn name_key(title: &str) -> String {
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
    entity::product::delete(merchant).filter(Column::Id.eq(row.id)).exec(&**tx).await?;
    entity::product::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Removes products that nobody names; one that a line or a stock still means stays.
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
    // A payment makes no product: it only names one that is known.
    let paid = money_movement::update(merchant).filter(money_movement::Column::ProductId.is_in(ids()));
    paid.col_expr(money_movement::Column::ProductId, Expr::value(Option::<i64>::None)).exec(&**tx).await?;
    let gone = gone.into_iter().filter(|id| !held.contains(id));
    entity::product::delete(merchant).filter(Column::Id.is_in(gone)).exec(&**tx).await?;
    Ok(())
}
