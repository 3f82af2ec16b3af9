//! Joining a shop by an invitation's link.

use domain::accounts::{AcceptInvitation, InvitationPreview};
use domain::ids::{MerchantId, UserId};
use domain::{AppError, ErrorKind};
use entity::invitation::{self, Column};
use garde::Validate;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use super::audit::{self, Event};
use super::types::{Client, SignedIn};
use super::{credentials, invitations, passwords, reserved, sessions, sign_up, stored};
use crate::db::Tx;
use crate::keys::token_hash;
use crate::{Result, Services};

/// What the invited person sees first.
pub async fn preview_invitation(services: &Services, token: &str) -> Result<InvitationPreview> {
    let tx = services.db.system_read().await?;
    let row = find(&tx, services, token, Hold::No).await?;
    let merchant_name = stored::merchant_row(&tx, row.merchant_id.into()).await?.name;
    let has_account = entity::user::by_email(&row.email).one(&*tx).await?.is_some();
    Ok(InvitationPreview { merchant_name, role: stored::role(&row.role)?, email: row.email, has_account })
}

/// Joins and signs in: with a new account, or with the password of the one the address has.
pub async fn accept_invitation(services: &Services, input: AcceptInvitation, client: &Client) -> Result<SignedIn> {
    input.validate()?;
    let email = {
        let tx = services.db.system_read().await?;
        find(&tx, services, &input.token, Hold::No).await?.email
    };
    reserved::refuse(&email)?;
    let account = stored::user_by_email(services, &email).await?;
    let new_hash = match &account {
        Some(user) => {
            credentials::check(services, &email, Some(user), &input.password, client).await?;
            None
        }
        None => Some(passwords::hash(services, &input.password).await?),
    };
    let tx = services.db.system_write().await?;
    let row = find(&tx, services, &input.token, Hold::Yes).await?;
    let merchant_id = MerchantId(row.merchant_id);
    let user_id = match (account, new_hash) {
        (None, Some(hash)) => sign_up::insert_user(&tx, services, &email, hash).await?,
        (account, _) => UserId(account.ok_or_else(credentials::refusal)?.id),
    };
    if stored::role_in(&tx, merchant_id, user_id).await?.is_some() {
        return Err(AppError::conflict("you are a member of this shop already; sign in").into());
    }
    sign_up::join(&tx, services, merchant_id, user_id, stored::role(&row.role)?).await?;
    let accepted = invitation::update(merchant_id).filter(Column::Id.eq(row.id));
    accepted.col_expr(Column::AcceptedAt, Expr::value(services.clock.now_ms())).exec(&*tx).await?;
    let event = Event { merchant_id, actor: &email, action: "member.joined", subject: format!("as {}", row.role), address: &client.address };
    audit::record(&tx, services, event).await?;
    let signed_in = sessions::begin(&tx, services, user_id, merchant_id, client).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Whether a row is kept from others until the transaction ends.
#[derive(PartialEq, Eq)]
enum Hold {
    Yes,
    No,
}

/// The invitation of a link that still works.
async fn find(tx: &Tx, services: &Services, token: &str, hold: Hold) -> Result<invitation::Model> {
    let of_token = invitation::everywhere().filter(Column::TokenHash.eq(token_hash(token))).filter(invitations::open());
    let of_token = if hold == Hold::Yes { of_token.lock_exclusive() } else { of_token };
    let row = of_token.one(&**tx).await?.filter(|row| row.expires_at > services.clock.now_ms());
    let row = match row {
        Some(row) if holds(tx, &row).await? => Some(row),
        _ => None,
    };
    let gone = "this invitation does not work any more: it was used, withdrawn or is older than a week; ask for a new one";
    row.ok_or_else(|| AppError::new(ErrorKind::NotFound, gone).into())
}

/// Whether the person who invited still may, whatever has become of them since.
async fn holds(tx: &Tx, row: &invitation::Model) -> Result<bool> {
    let inviter = stored::role_in(tx, row.merchant_id.into(), row.invited_by.into()).await?;
    let role = stored::role(&row.role)?;
    Ok(inviter.is_some_and(|inviter| invitations::may_grant(inviter, role)))
}
