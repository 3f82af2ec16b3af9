//! Taking a member out of a shop.

use domain::ids::UserId;
use domain::{Permission, Role};
use entity::{api_key, membership, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, QueryFilter};

use super::audit::{self, Event};
use super::change_role::{Member, lock_owners};
use super::{demo_visit, invitations, sessions};
use crate::{Actor, Result, Services};

/// Removes a member, or oneself; their sessions here end, their keys and invitations are revoked. Only owners remove owners, and the last owner stays.
pub async fn remove_member(services: &Services, actor: &Actor, user: UserId) -> Result<()> {
    demo_visit::refuse_visitors(actor)?;
    if actor.user_id != Some(user) {
        actor.require(Permission::ManageMembers)?;
    }
    let tx = services.db.write(actor.merchant_id).await?;
    let owners = lock_owners(&tx, actor.merchant_id).await?;
    let member = Member::find(&tx, actor.merchant_id, user).await?;
    if member.role == Role::Owner {
        actor.require(Permission::ManageOwners)?;
    }
    member.require_another_owner(owners)?;
    membership::delete(actor.merchant_id).filter(membership::Column::UserId.eq(user.0)).exec(&*tx).await?;
    let theirs = Condition::all().add(session::Column::MerchantId.eq(actor.merchant_id.0)).add(session::Column::UserId.eq(user.0));
    let ended = sessions::end(&tx, services, theirs).await?;
    api_key::update(actor.merchant_id)
        .col_expr(api_key::Column::RevokedAt, Expr::value(services.clock.now_ms()))
        .filter(api_key::Column::CreatedBy.eq(user.0))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(&*tx)
        .await?;
    invitations::withdraw(&tx, services, actor, user, None).await?;
    audit::record(&tx, services, Event::by(actor, "member.removed", member.email)).await?;
    tx.commit().await?;
    sessions::revoke(services, &ended).await;
    Ok(())
}
