//! Exchanging a refresh token. Each is good once; using an old one again means that it was stolen, or copied, and ends the session.

use domain::AppError;
use domain::ids::{MerchantId, UserId};
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

/// For so long a browser's parallel requests may still carry the token before, whatever has arrived.
const PARALLEL_MS: i64 = 15_000;

/// What becomes of the token before the newest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    EndsTheSession,
    HoldsUntilTheNewestArrived,
}

/// For programs: an old token ends the session at once.
pub async fn refresh(services: &Services, token: &str, client: &Client) -> Result<SignedIn> {
    exchange(services, token, client, Before::EndsTheSession).await
}

/// For browsers: requests of one page are sent at once, all with the same cookie. Those that come after the first are told the token it got.
///
/// So is a browser that never got the answer, however late it asks again, as long as nobody has used what the answer held.
pub async fn refresh_browser(services: &Services, token: &str, client: &Client) -> Result<SignedIn> {
    exchange(services, token, client, Before::HoldsUntilTheNewestArrived).await
}

async fn exchange(services: &Services, token: &str, client: &Client, before: Before) -> Result<SignedIn> {
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
    if is_previous && before == Before::HoldsUntilTheNewestArrived && (is_parallel(&row, now) || !has_arrived(&row)) {
        give_again(&tx, &row, now).await?;
        tx.commit().await?;
        return tokens::issue(services, user, &next);
    }
    end_as_reused(tx, services, &row, client).await?;
    Err(AppError::unauthorized().into())
}

fn is_parallel(row: &session::Model, now: i64) -> bool {
    now - row.rotated_at < PARALLEL_MS
}

/// Whether somebody has used what the newest exchange gave: then whoever comes with the token before is someone else.
fn has_arrived(row: &session::Model) -> bool {
    row.last_used_at > row.rotated_at
}

/// Remembers, beside the request, that the newest tokens reached somebody. Requests within the time of the page that asked for them show
/// nothing yet: they use the new tokens on the way in, before the answer with the cookies is sent.
pub(super) fn note_arrival(services: &Services, row: &session::Model, issued_at_ms: i64) {
    let now = services.clock.now_ms();
    let is_newest = issued_at_ms + 1_000 > row.rotated_at;
    if row.previous_refresh_hash.is_none() || has_arrived(row) || is_parallel(row, now) || !is_newest {
        return;
    }
    let (services, merchant, id, rotated_at) = (services.clone(), MerchantId(row.merchant_id), row.id, row.rotated_at);
    services.clone().tasks.spawn(async move {
        let noted = async {
            let tx = services.db.write(merchant).await?;
            let this = session::update(merchant).filter(Column::Id.eq(id)).filter(Column::RotatedAt.eq(rotated_at));
            this.col_expr(Column::LastUsedAt, Expr::value(now)).exec(&*tx).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(error.cause = %error, "the use of a session could not be noted");
        }
    });
}

/// The newest tokens are given once more. After a lost answer their page's parallel requests have their time anew.
async fn give_again(tx: &Tx, row: &session::Model, now: i64) -> Result<()> {
    if is_parallel(row, now) {
        return Ok(());
    }
    session::update(row.merchant_id.into())
        .filter(Column::Id.eq(row.id))
        .col_expr(Column::RotatedAt, Expr::value(now))
        .col_expr(Column::LastUsedAt, Expr::value(now))
        .col_expr(Column::ExpiresAt, Expr::value(sessions::end_of_unused(now)))
        .exec(&**tx)
        .await?;
    Ok(())
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
