//! Exchanging a refresh token. Each is good once; using an old one again means that it was stolen, or copied, and ends the session.

use domain::AppError;
use domain::ids::UserId;
use entity::session::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QuerySelect};

use super::audit::{self, Event};
use super::tokens::{self, RefreshToken};
use super::types::{Client, SignedIn};
use super::{sessions, stored};
use crate::db::Tx;
use crate::keys::token_hash;
use crate::{Result, Services};

/// For so long a browser's parallel requests may still carry the token before.
const PARALLEL_MS: i64 = 15_000;

/// For programs: an old token ends the session at once.
pub async fn refresh(services: &Services, token: &str, client: &Client) -> Result<SignedIn> {
    exchange(services, token, client, 0).await
}

/// For browsers: requests of one page are sent at once, all with the same cookie. Those that come after the first are told the token it got.
pub async fn refresh_browser(services: &Services, token: &str, client: &Client) -> Result<SignedIn> {
    exchange(services, token, client, PARALLEL_MS).await
}

async fn exchange(services: &Services, token: &str, client: &Client, tolerance_ms: i64) -> Result<SignedIn> {
    let presented = RefreshToken::parse(token)?;
    let tx = services.db.write(presented.merchant_id).await?;
    let by_id = session::by_id(presented.merchant_id, presented.session_id);
    let row = by_id.lock_exclusive().one(&*tx).await?.ok_or_else(AppError::unauthorized)?;
    let now = services.clock.now_ms();
    let user = UserId(row.user_id);
    if row.ended_at.is_some() || row.expires_at <= now || stored::role_in(&tx, presented.merchant_id, user).await?.is_none() {
        return Err(AppError::unauthorized().into());
    }
    let hash = token_hash(&presented.secret);
    let next = presented.next(services);
    if hash == row.refresh_hash {
        rotate(&tx, &row, &next, now).await?;
        tx.commit().await?;
        return tokens::issue(services, user, &next);
    }
    let is_previous = row.previous_refresh_hash.as_ref() == Some(&hash);
    if is_previous && now - row.rotated_at < tolerance_ms {
        return tokens::issue(services, user, &next);
    }
    end_as_reused(tx, services, &row, client).await?;
    Err(AppError::unauthorized().into())
}

async fn rotate(tx: &Tx, row: &session::Model, next: &RefreshToken, now: i64) -> Result<()> {
    session::update(next.merchant_id)
        .filter(Column::Id.eq(row.id))
        .col_expr(Column::PreviousRefreshHash, Expr::value(row.refresh_hash.clone()))
        .col_expr(Column::RefreshHash, Expr::value(token_hash(&next.secret)))
        .col_expr(Column::RotatedAt, Expr::value(now))
        .col_expr(Column::LastUsedAt, Expr::value(now))
        .col_expr(Column::ExpiresAt, Expr::value(sessions::end_of_unused(now)))
        .exec(&**tx)
        .await?;
    Ok(())
}

async fn end_as_reused(tx: Tx, services: &Services, row: &session::Model, client: &Client) -> Result<()> {
    let ended = sessions::end(&tx, services, Condition::all().add(Column::Id.eq(row.id))).await?;
    let email = entity::user::by_id(row.user_id.into()).one(&*tx).await?.map(|user| user.email).unwrap_or_default();
    let event = Event {
        merchant_id: row.merchant_id.into(),
        actor: &email,
        action: "session.token_reused",
        subject: "an old refresh token was used again; the session was ended".to_owned(),
        address: &client.address,
    };
    audit::record(&tx, services, event).await?;
    tx.commit().await?;
    sessions::revoke(services, &ended).await;
    Ok(())
}
