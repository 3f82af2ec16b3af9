//! A board's secrets in the database: sealed, in two generations.
//!
//! The newest signs from the moment it is stored. The one before it stands by until it ends: should the tool refuse what the newest signed,
//! because it has not been switched over yet, a page may ask for a token signed with the older. So pages that are open survive a change of
//! secret, whichever side is changed first.

use std::collections::BTreeMap;

use domain::AppError;
use domain::ids::{EmbedId, MerchantId};
use engine::embeds::Secret;
use entity::embed_secret::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::sealing::{Closed, Sealed, open, seal};
use crate::db::Tx;
use crate::{Result, Services};

/// The sealed secrets that count now.
#[derive(Default)]
pub(super) struct Standing {
    /// What signs.
    pub(super) newest: Option<embed_secret::Model>,
    /// What stands by.
    pub(super) previous: Option<embed_secret::Model>,
}

/// Reads a board's secrets; one that has ended is as if it were not there.
pub(super) async fn standing(tx: &Tx, services: &Services, merchant: MerchantId, id: EmbedId) -> Result<Standing> {
    let now = services.clock.now_ms();
    let rows = embed_secret::of_embed(merchant, id).order_by_desc(Column::Generation).all(&**tx).await?;
    let mut standing = Standing::default();
    for row in rows {
        match row.ends_at {
            None if standing.newest.is_none() => standing.newest = Some(row),
            Some(ends_at) if ends_at > now && standing.previous.is_none() => standing.previous = Some(row),
            _ => {}
        }
    }
    Ok(standing)
}

/// Stores a secret as the newest. The one before it stands by for `overlap_ms`; all older ones go.
pub(super) async fn store(
    tx: &Tx,
    services: &Services,
    merchant: MerchantId,
    id: EmbedId,
    fields: &BTreeMap<String, String>,
    overlap_ms: i64,
) -> Result<()> {
    let now = services.clock.now_ms();
    let before = embed_secret::of_embed(merchant, id).order_by_desc(Column::Generation).one(&**tx).await?;
    let generation = before.map_or(1, |row| row.generation + 1);
    let of_this = || embed_secret::delete(merchant).filter(Column::EmbedId.eq(id.0));
    of_this().filter(Column::EndsAt.is_not_null()).exec(&**tx).await?;
    embed_secret::update(merchant).filter(Column::EmbedId.eq(id.0)).col_expr(Column::EndsAt, Expr::value(now + overlap_ms)).exec(&**tx).await?;
    let sealed = seal(&services.keys, services.random.as_ref(), &place(merchant, id, generation), &serde_json::to_string(fields)?)?;
    let row = embed_secret::Model {
        merchant_id: merchant.0,
        embed_id: id.0,
        generation,
        key_id: sealed.key_id,
        nonce: sealed.nonce,
        sealed: sealed.bytes,
        set_at: now,
        ends_at: None,
    };
    embed_secret::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Forgets all of a board's secrets.
pub(super) async fn forget(tx: &Tx, merchant: MerchantId, id: EmbedId) -> Result<()> {
    embed_secret::delete(merchant).filter(Column::EmbedId.eq(id.0)).exec(&**tx).await?;
    Ok(())
}

/// Opens a secret of this shop and board; moved from elsewhere, it stays closed.
pub(super) fn opened(services: &Services, merchant: MerchantId, row: &embed_secret::Model) -> Result<BTreeMap<String, String>> {
    let sealed = Sealed { key_id: row.key_id.clone(), nonce: row.nonce.clone(), bytes: row.sealed.clone() };
    let place = place(merchant, EmbedId(row.embed_id), row.generation);
    match open(&services.keys, &place, &sealed)? {
        Ok(json) => Ok(serde_json::from_str(&json)?),
        Err(closed) => {
            tracing::warn!(embed.id = %row.embed_id, embed.cause = ?closed, "a board's secret cannot be opened");
            let words = match closed {
                Closed::OtherKey => "this board's secret was stored under another key file; an admin enters it again under Settings, Boards",
                Closed::Altered => "this board's stored secret is damaged; an admin enters it again under Settings, Boards",
            };
            Err(AppError::conflict(words).into())
        }
    }
}

/// The same, ready to sign.
pub(super) fn opened_to_sign(services: &Services, merchant: MerchantId, row: &embed_secret::Model) -> Result<Secret> {
    opened(services, merchant, row).map(Secret::new)
}

/// Where a secret belongs, inside what is sealed.
fn place(merchant: MerchantId, id: EmbedId, generation: i32) -> String {
    format!("embed_secrets|{merchant}|{id}|{generation}")
}
