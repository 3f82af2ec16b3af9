//! The members of a shop.

use domain::Permission;
use domain::accounts::MemberSummary;
use entity::{membership, user};
use sea_orm::QueryOrder;

use super::stored;
use crate::{Actor, Result, Services};

/// All members, the one who joined first in front.
pub async fn list_members(services: &Services, actor: &Actor) -> Result<Vec<MemberSummary>> {
    actor.require(Permission::ManageMembers)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let memberships = membership::find(actor.merchant_id).order_by_asc(membership::Column::JoinedAt).all(&*tx).await?;
    let users = user::by_ids(memberships.iter().map(|membership| membership.user_id)).all(&*tx).await?;
    let summary = |membership: membership::Model| {
        let user = users.iter().find(|user| user.id == membership.user_id)?;
        Some(stored::role(&membership.role).map(|role| MemberSummary {
            user_id: user.id.into(),
            email: user.email.clone(),
            role,
            joined_at: membership.joined_at,
            store: membership.store.clone(),
        }))
    };
    memberships.into_iter().filter_map(summary).collect()
}
