//! Looking around in the demo shop without an account.

use domain::ids::{MerchantId, UserId};
use domain::{AppError, ErrorKind, Role};
use entity::{merchant, upload, user};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::reserved::VISITOR;
use super::types::{Client, SignedIn};
use super::{passwords, sessions, sign_up, stored, throttle};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// Whether there is a demo shop with something to see in it.
pub async fn demo_is_open(services: &Services) -> Result<bool> {
    let tx = services.db.system_read().await?;
    match demo_shop(&tx).await? {
        Some(merchant) => is_filled(&tx, merchant).await,
        None => Ok(false),
    }
}

/// Begins a viewer's session in the demo shop.
pub async fn enter_demo(services: &Services, client: &Client) -> Result<SignedIn> {
    throttle::DEMO_VISITS.count(services, &throttle::network(client)).await?;
    let tx = services.db.system_write().await?;
    let merchant_id = demo_shop(&tx).await?.ok_or_else(|| AppError::not_found("demo shop here"))?;
    if !is_filled(&tx, merchant_id).await? {
        return Err(AppError::new(ErrorKind::Unavailable, "the demo shop is being made; try again in a moment").into());
    }
    let visitor = visitor(&tx, services).await?;
    if stored::role_in(&tx, merchant_id, visitor).await?.is_none() {
        sign_up::join(&tx, services, merchant_id, visitor, Role::Viewer).await?;
    }
    let signed_in = sessions::begin(&tx, services, visitor, merchant_id, client).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Whether an actor is a visitor of the demo shop: then it shares its account with strangers.
pub(super) fn is_visitor(actor: &Actor) -> bool {
    actor.user_id.is_some() && is_visitors(&actor.name)
}

/// Whether an address is the one of all visitors.
pub(super) fn is_visitors(email: &str) -> bool {
    email == VISITOR
}

/// Refuses what would change the account and the membership that all visitors share.
pub(super) fn refuse_visitors(actor: &Actor) -> Result<()> {
    let refusal = "all visitors of the demo shop share one account, which stays as it is; sign up to have your own";
    if is_visitor(actor) { Err(AppError::new(ErrorKind::Forbidden, refusal).into()) } else { Ok(()) }
}

async fn demo_shop(tx: &Tx) -> Result<Option<MerchantId>> {
    let demo = merchant::everywhere().filter(merchant::Column::IsDemo.eq(true)).order_by_asc(merchant::Column::Id);
    Ok(demo.one(&**tx).await?.map(|shop| MerchantId(shop.id)))
}

/// The shop is opened first and filled later, in one transaction that ends with its uploads.
async fn is_filled(tx: &Tx, merchant: MerchantId) -> Result<bool> {
    Ok(upload::find(merchant).one(&**tx).await?.is_some())
}

async fn visitor(tx: &Tx, services: &Services) -> Result<UserId> {
    match user::by_email(VISITOR).one(&**tx).await? {
        Some(user) if user.password_hash == passwords::UNUSABLE => Ok(UserId(user.id)),
        Some(_) => {
            tracing::error!("somebody can sign in with the address of the demo shop's visitors; remove that account");
            Err(AppError::new(ErrorKind::Unavailable, "the demo shop is closed; ask whoever runs this installation").into())
        }
        None => sign_up::insert_user(tx, services, VISITOR, passwords::UNUSABLE.to_owned()).await,
    }
}
