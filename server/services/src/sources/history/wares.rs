//! Products after an upload went: as all that is left tells them, known by code only while somebody tells the code, or gone.

use super::claims::{Changes, PRODUCT};
use super::fold_claims;
use super::take_back::Undoing;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::MerchantId;
use entity::fact_claim::{self, Model as Claim};
use entity::product::{Column, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Puts the products of some keys in order, given the claims that are left for these keys.
pub(super) async fn settle(undoing: &Undoing<'_>, keys: &[String], claims: &HashMap<String, Vec<Claim>>) -> Result<()> {
    let Undoing { tx, merchant, .. } = *undoing;
    let Changes { changed, gone, .. } = settled(undoing, keys, claims).await?;
    for after in changed {
        write(tx, merchant, after).await?;
    }
    let held = held(tx, merchant, &gone, None).await?;
    remove(tx, merchant, gone.into_iter().filter(|id| !held.contains(id)).collect()).await
}

/// How many of them would change, go and stay. Whether something may hold a product that nobody names is the caller's to know: it is dear to find.
pub(super) async fn foreseen(
    undoing: &Undoing<'_>,
    keys: &[String],
    claims: &HashMap<String, Vec<Claim>>,
    may_be_held: bool,
) -> Result<(usize, usize, usize)> {
    let Changes { changed, gone, kept } = settled(undoing, keys, claims).await?;
    let held = if may_be_held { held(undoing.tx, undoing.merchant, &gone, Some(undoing.upload)).await?.len() } else { 0 };
    Ok((changed.len(), gone.len() - held, kept + held))
}

async fn settled(undoing: &Undoing<'_>, keys: &[String], claims: &HashMap<String, Vec<Claim>>) -> Result<Changes<Model>> {
    let Undoing { tx, merchant, upload: gone_upload, ref lives, .. } = *undoing;
    let rows = entity::product::find(merchant).filter(Column::Key.is_in(keys)).all(&**tx).await?;
    let by_name = claims_by_name(tx, merchant, gone_upload, &rows).await?;
    let none = Vec::new();
    let mut changes = Changes { changed: Vec::new(), gone: Vec::new(), kept: 0 };
    for row in rows {
        let own = claims.get(&row.key).unwrap_or(&none);
        let others = if row.sku.is_some() { by_name.get(&name_key(&row.title)).unwrap_or(&none) } else { &none };
        let mut left: Vec<Claim> = own.iter().chain(others).cloned().collect();
        left.sort_by_key(|claim| (claim.sequence, claim.part));
        if fold_claims::is_of_before_history(row.upload_id, gone_upload, &left) {
            changes.kept += 1;
            continue;
        }
        match fold_claims::product(&row, own, &left, lives)? {
            Some(after) if after != row => changes.changed.push(after),
            Some(_) => changes.kept += 1,
            None => changes.gone.push(row.id),
        }
    }
    Ok(changes)
}

pub(super) fn name_key(title: &str) -> String {
    format!("title:{}", title.to_lowercase())
}

/// What is said of products by name only, where those with a code are meant: no product has the name for its key.
async fn claims_by_name(tx: &Tx, merchant: MerchantId, gone_upload: Uuid, rows: &[Model]) -> Result<HashMap<String, Vec<Claim>>> {
    let names: BTreeSet<String> = rows.iter().filter(|row| row.sku.is_some()).map(|row| name_key(&row.title)).collect();
    let of_others = entity::product::find(merchant).filter(Column::Key.is_in(&names)).select_only().column(Column::Key);
    let of_others: BTreeSet<String> = of_others.into_tuple::<String>().all(&**tx).await?.into_iter().collect();
    let names = names.difference(&of_others).cloned();
    let claims = fact_claim::find(merchant).filter(fact_claim::Column::Kind.eq(PRODUCT)).filter(fact_claim::Column::Key.is_in(names));
    let mut by_name: HashMap<String, Vec<Claim>> = HashMap::new();
    for claim in claims.filter(fact_claim::Column::UploadId.ne(gone_upload)).all(&**tx).await? {
        by_name.entry(claim.key.clone()).or_default().push(claim);
    }
    Ok(by_name)
}

async fn write(tx: &Tx, merchant: MerchantId, row: Model) -> Result<()> {
    entity::product::delete(merchant).filter(Column::Id.eq(row.id)).exec(&**tx).await?;
    entity::product::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Those of some products that a line or a stock still means, also where one upload's own are left out of account.
async fn held(tx: &Tx, merchant: MerchantId, ids: &[i64], without: Option<Uuid>) -> Result<BTreeSet<i64>> {
    use entity::{inventory_level, order, order_line};
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let ids = || ids.iter().copied();
    let mut lines = order_line::find(merchant).filter(order_line::Column::ProductId.is_in(ids()));
    let mut stock = inventory_level::find(merchant).filter(inventory_level::Column::ProductId.is_in(ids()));
    if let Some(upload) = without {
        let own = order::find(merchant).filter(order::Column::UploadId.eq(upload)).select_only().column(order::Column::Id).into_query();
        lines = lines.filter(order_line::Column::OrderId.not_in_subquery(own));
        stock = stock.filter(inventory_level::Column::UploadId.ne(upload));
    }
    let lines = lines.select_only().column(order_line::Column::ProductId).distinct();
    let mut held: BTreeSet<i64> = lines.into_tuple::<i64>().all(&**tx).await?.into_iter().collect();
    held.extend(stock.select_only().column(inventory_level::Column::ProductId).into_tuple::<i64>().all(&**tx).await?);
    Ok(held)
}

/// Removes products that nobody names.
async fn remove(tx: &Tx, merchant: MerchantId, gone: Vec<i64>) -> Result<()> {
    use entity::money_movement;
    if gone.is_empty() {
        return Ok(());
    }
    // A payment makes no product: it only names one that is known.
    let paid = money_movement::update(merchant).filter(money_movement::Column::ProductId.is_in(gone.iter().copied()));
    paid.col_expr(money_movement::Column::ProductId, Expr::value(Option::<i64>::None)).exec(&**tx).await?;
    entity::product::delete(merchant).filter(Column::Id.is_in(gone)).exec(&**tx).await?;
    Ok(())
}
