//! Removing what no longer means anything.

use entity::{invitation, password_reset, session};
use sea_orm::{ColumnTrait, Condition, QueryFilter};

use crate::{Result, Services};

/// Ended sessions are kept for a while, so that a token that is used again is still noticed.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Removes sessions, invitations and reset links that ended long ago, and tells how many. For the hourly clean-up.
pub async fn forget_expired(services: &Services) -> Result<u64> {
    let now = services.clock.now_ms();
    let long_ago = now - KEPT_MS;
    let tx = services.db.system_write().await?;
    let ended = Condition::any().add(session::Column::EndedAt.lt(long_ago)).add(session::Column::ExpiresAt.lt(long_ago));
    let sessions = session::delete_everywhere().filter(ended).exec(&*tx).await?.rows_affected;
    let stale = invitation::delete_everywhere().filter(invitation::Column::ExpiresAt.lt(long_ago));
    let invitations = stale.exec(&*tx).await?.rows_affected;
    let resets = password_reset::delete_expired(now).exec(&*tx).await?.rows_affected;
    tx.commit().await?;
    Ok(sessions + invitations + resets)
}
