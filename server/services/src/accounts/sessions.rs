//! Beginning, listing and ending sessions.

use std::time::Duration;

use domain::AppError;
use domain::accounts::SessionSummary;
use domain::ids::{MerchantId, SessionId, UserId};
use entity::session::{self, Column};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::audit::{self, Event};
use super::demo_visit;
use super::tokens::{self, ACCESS_SECONDS, REFRESH_SECONDS, RefreshToken};
use super::types::{Client, SignedIn};
use crate::db::Tx;
use crate::keys::token_hash;
use crate::{Actor, Result, Services};

/// A program's own name of itself may be of any length.
const USER_AGENT_MAX: usize = 300;

/// Begins a session of a person in a shop.
pub(super) async fn begin(tx: &Tx, services: &Services, user: UserId, merchant: MerchantId, client: &Client) -> Result<SignedIn> {
    let now = services.clock.now_ms();
    let refresh = RefreshToken { merchant_id: merchant, session_id: SessionId(services.random.uuid_v7(now)), secret: services.random.token() };
    let row = session::Model {
        merchant_id: merchant.0,
        id: refresh.session_id.0,
        user_id: user.0,
        refresh_hash: token_hash(&refresh.secret),
        previous_refresh_hash: None,
        rotated_at: now,
        user_agent: client.user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT_MAX).collect(),
        address: client.address.clone(),
        created_at: now,
        last_used_at: now,
        expires_at: end_of_unused(now),
        ended_at: None,
    };
    session::Entity::insert(row.into_active_model()).exec_without_returning(&**tx).await?;
    tokens::issue(services, user, &refresh)
}

/// When a session used now ends if it is not used again.
pub(super) fn end_of_unused(now: i64) -> i64 {
    now + i64::try_from(REFRESH_SECONDS * 1_000).expect("thirty days fit")
}

/// Those that go on, among all merchants a transaction may see.
pub(super) fn open() -> Condition {
    Condition::all().add(Column::EndedAt.is_null())
}

/// Ends the open sessions that a condition describes; call [`revoke`] with the answer after the commit.
pub(super) async fn end(tx: &Tx, services: &Services, which: Condition) -> Result<Vec<Uuid>> {
    let which = which.add(Column::EndedAt.is_null());
    let ids: Vec<Uuid> = session::everywhere().filter(which.clone()).select_only().column(Column::Id).into_tuple().all(&**tx).await?;
    session::update_everywhere().col_expr(Column::EndedAt, Expr::value(services.clock.now_ms())).filter(which).exec(&**tx).await?;
    Ok(ids)
}

/// Tells all processes that access tokens of these sessions hold no longer.
pub(super) async fn revoke(services: &Services, ids: &[Uuid]) {
    for id in ids {
        services.kv.set(&revocation_key(SessionId(*id)), "1", Duration::from_secs(ACCESS_SECONDS)).await;
    }
}

/// Under which key a revoked session is remembered.
pub(super) fn revocation_key(id: SessionId) -> String {
    format!("revoked:{id}")
}

/// One's own open sessions in all shops, the last used first.
pub async fn list_sessions(services: &Services, actor: &Actor) -> Result<Vec<SessionSummary>> {
    let user = actor.person()?;
    let tx = services.db.system_read().await?;
    let mine = open().add(own(actor, user)).add(Column::ExpiresAt.gt(services.clock.now_ms()));
    let rows = session::everywhere().filter(mine).order_by_desc(Column::LastUsedAt).limit(200).all(&*tx).await?;
    let summary = |row: session::Model| SessionSummary {
        is_current: actor.session_id == Some(SessionId(row.id)),
        id: SessionId(row.id),
        user_agent: row.user_agent,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// Ends one of one's own sessions.
pub async fn end_session(services: &Services, actor: &Actor, id: SessionId) -> Result<()> {
    let user = actor.person()?;
    let tx = services.db.system_write().await?;
    let ended = end(&tx, services, Condition::all().add(own(actor, user)).add(Column::Id.eq(id.0))).await?;
    if ended.is_empty() {
        return Err(AppError::not_found("session").into());
    }
    audit::record(&tx, services, Event::by(actor, "session.ended", id.to_string())).await?;
    tx.commit().await?;
    revoke(services, &ended).await;
    Ok(())
}

/// A person's sessions. All visitors of the demo shop are one person, so there it is this session alone.
pub(super) fn own(actor: &Actor, user: UserId) -> Condition {
    let mine = Condition::all().add(Column::UserId.eq(user.0));
    match actor.session_id {
        Some(session) if demo_visit::is_visitor(actor) => mine.add(Column::Id.eq(session.0)),
        _ => mine,
    }
}
