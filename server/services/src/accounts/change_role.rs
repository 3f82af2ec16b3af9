//! Changing what a member may do.

use domain::accounts::MemberSummary;
use domain::ids::{MerchantId, UserId};
use domain::{AppError, Permission, Role};
use entity::membership::{self, Column};
use entity::user;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::audit::{self, Event};
use super::{demo_visit, invitations, stored};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// Gives a member another role. Only owners make and unmake owners, and the last owner stays one.
pub async fn change_role(services: &Services, actor: &Actor, user: UserId, role: Role) -> Result<MemberSummary> {
    actor.require(Permission::ManageMembers)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let owners = lock_owners(&tx, actor.merchant_id).await?;
    let member = Member::find(&tx, actor.merchant_id, user).await?;
    if demo_visit::is_visitors(&member.email) {
        return Err(AppError::conflict("visitors of the demo shop may look and no more; invite the person with an address of their own").into());
    }
    if role == Role::Owner || member.role == Role::Owner {
        actor.require(Permission::ManageOwners)?;
    }
    if role != Role::Owner {
        member.require_another_owner(owners)?;
    }
    let this = membership::update(actor.merchant_id).filter(Column::UserId.eq(user.0));
    this.col_expr(Column::Role, Expr::value(role.as_str())).exec(&*tx).await?;
    invitations::withdraw(&tx, services, actor, user, Some(role)).await?;
    let subject = format!("{}: {} → {role}", member.email, member.role);
    audit::record(&tx, services, Event::by(actor, "member.role_changed", subject)).await?;
    tx.commit().await?;
    Ok(MemberSummary { role, ..member.summary(user) })
}

/// How many owners a shop has. Their rows stay locked, so that two owners cannot unmake each other at once; they are locked before any other
/// member's and always in the same order, so that two changes do not wait for each other.
pub(super) async fn lock_owners(tx: &Tx, merchant: MerchantId) -> Result<usize> {
    let owners = membership::find(merchant).filter(Column::Role.eq(Role::Owner.as_str())).order_by_asc(Column::UserId);
    Ok(owners.lock_exclusive().all(&**tx).await?.len())
}

/// A member as it stands, for as long as the transaction holds it.
pub(super) struct Member {
    pub(super) email: String,
    pub(super) role: Role,
    joined_at: i64,
    store: Option<String>,
}

impl Member {
    pub(super) async fn find(tx: &Tx, merchant: MerchantId, id: UserId) -> Result<Self> {
        let row = membership::by_id(merchant, id).lock_exclusive().one(&**tx).await?.ok_or_else(|| AppError::not_found("member"))?;
        let user = user::by_id(id).one(&**tx).await?.ok_or_else(|| AppError::not_found("member"))?;
        Ok(Self { email: user.email, role: stored::role(&row.role)?, joined_at: row.joined_at, store: row.store })
    }

    /// As lists show it.
    pub(super) fn summary(self, user_id: UserId) -> MemberSummary {
        MemberSummary { user_id, email: self.email, role: self.role, joined_at: self.joined_at, store: self.store }
    }

    /// Refuses to leave a shop without an owner.
    pub(super) fn require_another_owner(&self, owners: usize) -> Result<()> {
        if self.role == Role::Owner && owners < 2 {
            return Err(AppError::conflict("a shop needs at least one owner; make someone else an owner first").into());
        }
        Ok(())
    }
}
