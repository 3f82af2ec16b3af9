//! Inviting people by a link.

use domain::accounts::{CreatedInvitation, InvitationSummary, NewInvitation};
use domain::ids::{InvitationId, UserId};
use domain::{AppError, Permission, Role};
use entity::invitation::{self, Column};
use entity::membership;
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::audit::{self, Event};
use super::stored;
use crate::db::Tx;
use crate::keys::token_hash;
use crate::{Actor, Result, Services, mail};

/// How long a link works.
const VALID_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Makes an invitation and mails its link. An older one for the same address stops working.
pub async fn invite(services: &Services, actor: &Actor, input: NewInvitation) -> Result<CreatedInvitation> {
    actor.require(Permission::ManageMembers)?;
    input.validate()?;
    if input.role == Role::Owner {
        actor.require(Permission::ManageOwners)?;
    }
    let inviter = actor.person()?;
    let (email, now, token) = (stored::normalised(&input.email), services.clock.now_ms(), services.random.token());
    let tx = services.db.write(actor.merchant_id).await?;
    refuse_members(&tx, actor, &email).await?;
    close(&tx, services, actor, Condition::all().add(Column::Email.eq(email.as_str()))).await?;
    let row = invitation::Model {
        merchant_id: actor.merchant_id.0,
        id: services.random.uuid_v7(now),
        email: email.clone(),
        role: input.role.as_str().to_owned(),
        token_hash: token_hash(&token),
        invited_by: inviter.0,
        created_at: now,
        expires_at: now + VALID_MS,
        accepted_at: None,
        revoked_at: None,
    };
    let invitation = summary(&row)?;
    invitation::Entity::insert(row.into_active_model()).exec_without_returning(&*tx).await?;
    let link = format!("{}/invitation?token={token}", services.config.public_url);
    let shop = stored::merchant_row(&tx, actor.merchant_id).await?.name;
    mail::send(&tx, services, mail::letters::invitation(actor.merchant_id, &email, &shop, &actor.name, &link)).await?;
    audit::record(&tx, services, Event::by(actor, "member.invited", format!("{email} as {}", input.role))).await?;
    tx.commit().await?;
    services.wake_workers();
    Ok(CreatedInvitation { invitation, link })
}

/// Invitations that can still be accepted, the newest first.
pub async fn list_invitations(services: &Services, actor: &Actor) -> Result<Vec<InvitationSummary>> {
    actor.require(Permission::ManageMembers)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let open = invitation::find(actor.merchant_id).filter(open()).filter(Column::ExpiresAt.gt(services.clock.now_ms()));
    open.order_by_desc(Column::CreatedAt).all(&*tx).await?.iter().map(summary).collect()
}

/// Makes a link stop working.
pub async fn revoke_invitation(services: &Services, actor: &Actor, id: InvitationId) -> Result<()> {
    actor.require(Permission::ManageMembers)?;
    let tx = services.db.write(actor.merchant_id).await?;
    let row = invitation::by_id(actor.merchant_id, id).filter(open()).one(&*tx).await?.ok_or_else(|| AppError::not_found("open invitation"))?;
    if stored::role(&row.role)? == Role::Owner {
        actor.require(Permission::ManageOwners)?;
    }
    close(&tx, services, actor, Condition::all().add(Column::Id.eq(id.0))).await?;
    audit::record(&tx, services, Event::by(actor, "invitation.revoked", row.email)).await?;
    tx.commit().await
}

async fn refuse_members(tx: &Tx, actor: &Actor, email: &str) -> Result<()> {
    let Some(user) = entity::user::by_email(email).one(&**tx).await? else { return Ok(()) };
    match membership::by_id(actor.merchant_id, user.id.into()).one(&**tx).await? {
        Some(_) => Err(AppError::conflict("this person is a member already; change their role in the list of members").into()),
        None => Ok(()),
    }
}

async fn close(tx: &Tx, services: &Services, actor: &Actor, which: Condition) -> Result<()> {
    let those = invitation::update(actor.merchant_id).filter(which).filter(open());
    those.col_expr(Column::RevokedAt, Expr::value(services.clock.now_ms())).exec(&**tx).await?;
    Ok(())
}

/// Whether a member of one role may invite somebody as another.
pub(super) fn may_grant(inviter: Role, role: Role) -> bool {
    inviter.can(Permission::ManageMembers) && (role != Role::Owner || inviter.can(Permission::ManageOwners))
}

/// Withdraws what a person has offered and, in their role from now on, may not offer; without a role that is everything.
pub(super) async fn withdraw(tx: &Tx, services: &Services, actor: &Actor, inviter: UserId, now_is: Option<Role>) -> Result<()> {
    let too_much = Role::ALL.into_iter().filter(|role| !now_is.is_some_and(|inviter| may_grant(inviter, *role)));
    let those = Condition::all().add(Column::InvitedBy.eq(inviter.0)).add(Column::Role.is_in(too_much.map(Role::as_str)));
    close(tx, services, actor, those).await
}

/// Neither accepted nor revoked; it may have run out.
pub(super) fn open() -> Condition {
    Condition::all().add(Column::AcceptedAt.is_null()).add(Column::RevokedAt.is_null())
}

fn summary(row: &invitation::Model) -> Result<InvitationSummary> {
    Ok(InvitationSummary { id: row.id.into(), email: row.email.clone(), role: stored::role(&row.role)?, expires_at: row.expires_at })
}
