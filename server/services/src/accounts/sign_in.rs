//! Signing in with an address and a password.

use domain::accounts::SignIn;
use domain::ids::{MerchantId, UserId};
use domain::{AppError, ErrorKind};
use entity::session::{self, Column};
use garde::Validate;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::audit::{self, Event};
use super::types::{Client, SignedIn};
use super::{credentials, sessions, stored};
use crate::{Result, Services};

/// Begins a session in the shop the person used last.
pub async fn sign_in(services: &Services, input: SignIn, client: &Client) -> Result<SignedIn> {
    input.validate()?;
    let email = stored::normalised(&input.email);
    let user = stored::user_by_email(services, &email).await?;
    credentials::check(services, &email, user.as_ref(), &input.password, client).await?;
    let user_id = UserId(user.ok_or_else(credentials::refusal)?.id);
    let merchant_id = last_used_shop(services, user_id).await?;
    let tx = services.db.write(merchant_id).await?;
    let signed_in = sessions::begin(&tx, services, user_id, merchant_id, client).await?;
    let event = Event { merchant_id, actor: &email, action: "session.signed_in", subject: String::new(), address: &client.address };
    audit::record(&tx, services, event).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// The shop of the person's last session, or the one they joined first.
async fn last_used_shop(services: &Services, user: UserId) -> Result<MerchantId> {
    let tx = services.db.system_read().await?;
    let shops: Vec<i64> = stored::memberships(&tx, user).await?.iter().map(|membership| membership.merchant_id).collect();
    let of_user = session::everywhere().filter(Column::UserId.eq(user.0)).filter(Column::MerchantId.is_in(shops.iter().copied()));
    let last = of_user.order_by_desc(Column::LastUsedAt).one(&*tx).await?.map(|session| session.merchant_id);
    let shop = last.or(shops.first().copied()).map(MerchantId);
    let nowhere = "your account belongs to no shop any more; ask a shop's owner for an invitation";
    shop.ok_or_else(|| AppError::new(ErrorKind::Forbidden, nowhere).into())
}
