//! Keys with which programs call the JSON API.

use domain::accounts::{ApiKeySummary, CreatedApiKey, NewApiKey};
use domain::ids::ApiKeyId;
use domain::{AppError, Permission};
use entity::api_key::{self, Column};
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::audit::{self, Event};
use super::stored;
use crate::keys::token_hash;
use crate::{Actor, Result, Services};

/// What every key begins with, so that it is told from a token, and found by scanners of leaked secrets.
pub(super) const PREFIX: &str = "tp_";
/// How much of a key a list shows.
const SHOWN: usize = 8;

/// Makes a key. Its role is at most its maker's own; the secret is shown now and never again.
pub async fn create_api_key(services: &Services, actor: &Actor, input: NewApiKey) -> Result<CreatedApiKey> {
    actor.require(Permission::ManageApiKeys)?;
    input.validate()?;
    let maker = actor.person()?;
    if input.role > actor.role {
        return Err(AppError::forbidden("someone with that role").into());
    }
    let (now, secret) = (services.clock.now_ms(), format!("{PREFIX}{}", services.random.token()));
    let row = api_key::Model {
        merchant_id: actor.merchant_id.0,
        id: services.random.uuid_v7(now),
        name: input.name.trim().to_owned(),
        role: input.role.as_str().to_owned(),
        prefix: secret[..SHOWN].to_owned(),
        secret_hash: token_hash(&secret),
        created_by: maker.0,
        created_at: now,
        last_used_at: None,
        revoked_at: None,
    };
    let key = summary(&row)?;
    let tx = services.db.write(actor.merchant_id).await?;
    api_key::Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await?;
    audit::record(&tx, services, Event::by(actor, "api_key.created", format!("{} as {}", key.name, key.role))).await?;
    tx.commit().await?;
    Ok(CreatedApiKey { key, secret })
}

/// Keys that work, the newest first.
pub async fn list_api_keys(services: &Services, actor: &Actor) -> Result<Vec<ApiKeySummary>> {
    actor.require(Permission::ManageApiKeys)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let working = api_key::find(actor.merchant_id).filter(Column::RevokedAt.is_null());
    working.order_by_desc(Column::CreatedAt).all(&*tx).await?.iter().map(summary).collect()
}

/// Makes a key stop working, at once.
pub async fn revoke_api_key(services: &Services, actor: &Actor, id: ApiKeyId) -> Result<()> {
    actor.require(Permission::ManageApiKeys)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let working = api_key::by_id(actor.merchant_id, id).filter(Column::RevokedAt.is_null());
    let row = working.one(&*tx).await?.ok_or_else(|| AppError::not_found("working API key"))?;
    let this = api_key::update(actor.merchant_id).filter(Column::Id.eq(id.0));
    this.col_expr(Column::RevokedAt, Expr::value(services.clock.now_ms())).exec(&*tx).await?;
    audit::record(&tx, services, Event::by(actor, "api_key.revoked", row.name)).await?;
    tx.commit().await
}

fn summary(row: &api_key::Model) -> Result<ApiKeySummary> {
    Ok(ApiKeySummary {
        id: row.id.into(),
        name: row.name.clone(),
        role: stored::role(&row.role)?,
        prefix: row.prefix.clone(),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
    })
}
