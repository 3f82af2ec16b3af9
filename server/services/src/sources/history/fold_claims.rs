//! A product or a customer as the claims that are left make it, one after the other in the order in which the uploads were stored.

use super::lives::Lives;
use super::wares::name_key;
use crate::db::Tx;
use crate::error::Result;
use crate::sources::book::Product as Named;
use crate::sources::records::{CustomerFact, ProductFact};
use crate::sources::store::{blank_customer, blank_product, merged_customer, merged_product};
use domain::ids::MerchantId;
use domain::sources::UploadMode;
use engine::ingestion::is_product;
use entity::fact_claim::Model as Claim;
use entity::{customer, product};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// Whether a row has its state from a file of before there were claims of files: then it is not the orders' to change.
pub(super) fn is_of_before_history(brought_by: Option<Uuid>, gone: Uuid, left: &[Claim]) -> bool {
    brought_by.is_some_and(|upload| upload != gone) && left.iter().all(|claim| claim.fact.is_none())
}

/// The product; `own` are the claims under its own key, `left` those and the claims by its name, in their order.
pub(super) fn product(row: &product::Model, own: &[Claim], left: &[Claim], lives: &Lives) -> Result<Option<product::Model>> {
    let mut now: Option<product::Model> = None;
    for claim in left {
        let blank = || product::Model { key: row.key.clone(), ..blank_product(row.merchant_id, row.id) };
        now = Some(match (&claim.fact, now) {
            (Some(_), Some(before)) if is_left_out(claim, before.upload_id, lives) => before,
            (Some(json), before) => {
                let (fact, before) = (serde_json::from_str::<ProductFact>(json)?, before.unwrap_or_else(blank));
                let after = merged_product(&before, &fact, claim.as_of);
                if after == before { before } else { product::Model { upload_id: Some(claim.upload_id), ..after } }
            }
            (None, Some(before)) => renamed(before, claim),
            (None, None) => renamed(blank(), claim),
        });
    }
    let Some(now) = now else { return Ok(None) };
    // Claims of orders of before there was a history do not tell the code.
    let is_old = |claim: &Claim| claim.fact.is_none() && claim.sequence == 0;
    let (key, sku) = match &now.sku {
        Some(sku) => (row.key.clone(), Some(sku.clone())),
        None if own.iter().any(is_old) => (row.key.clone(), row.sku.clone()),
        None if row.sku.is_some() => (name_key(&now.title), None),
        None => (row.key.clone(), None),
    };
    Ok(Some(product::Model { is_product: is_product(sku.as_deref(), &now.title), key, sku, ..now }))
}

/// A file that only adds leaves what others told as it was.
fn is_left_out(claim: &Claim, told_by: Option<Uuid>, lives: &Lives) -> bool {
    lives.mode(claim.upload_id) == UploadMode::Append && told_by != Some(claim.upload_id)
}

/// As an order names it: the newest name wins, of several spellings of a code the least.
fn renamed(row: product::Model, claim: &Claim) -> product::Model {
    let mut named = Named::named(String::new(), None, row.title.clone(), row.title_as_of);
    named.rename(claim.name.as_deref().unwrap_or_default(), claim.as_of);
    let sku = match (row.sku.clone(), claim.external_id.clone()) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    product::Model { sku, title: named.title, title_as_of: named.title_as_of, ..row }
}

/// The customer: as first told by an order, with what files tell more.
pub(super) fn customer(row: &customer::Model, left: &[Claim], lives: &Lives) -> Result<Option<customer::Model>> {
    let mut now: Option<customer::Model> = None;
    for claim in left {
        let blank = || blank_customer(row.merchant_id, row.id, row.key.clone());
        now = Some(match (&claim.fact, now) {
            (Some(_), Some(before)) if is_left_out(claim, before.upload_id, lives) => before,
            (Some(json), before) => {
                let (fact, before) = (serde_json::from_str::<CustomerFact>(json)?, before.unwrap_or_else(blank));
                let after = merged_customer(&before, &fact);
                if after == before { before } else { customer::Model { upload_id: Some(claim.upload_id), ..after } }
            }
            (None, Some(before)) => before,
            (None, None) => customer::Model {
                email: row.key.strip_prefix("email:").map(str::to_owned),
                name: claim.name.clone(),
                external_id: claim.external_id.clone(),
                country: claim.country.clone(),
                ..blank()
            },
        });
    }
    Ok(now)
}

/// Writes a customer under its id.
pub(super) async fn write_customer(tx: &Tx, merchant: MerchantId, row: customer::Model) -> Result<()> {
    customer::delete(merchant).filter(customer::Column::Id.eq(row.id)).exec(&**tx).await?;
    customer::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
    Ok(())
}
