//! Looking around in the demo shop without an account.

use domain::ids::{MerchantId, UserId};
use domain::{AppError, Role};
use entity::{merchant, user};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::types::{Client, SignedIn};
use super::{passwords, sessions, sign_up, stored, throttle};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// All visitors are this one person, whom no password signs in.
const VISITOR: &str = "visitor@demo.localhost";

/// Begins a viewer's session in the demo shop.
pub async fn enter_demo(services: &Services, client: &Client) -> Result<SignedIn> {
    throttle::DEMO_VISITS.count(services, throttle::network(client)).await?;
    let tx = services.db.system_write().await?;
    let demo = merchant::everywhere().filter(merchant::Column::IsDemo.eq(true)).order_by_asc(merchant::Column::Id);
    let merchant_id = MerchantId(demo.one(&*tx).await?.ok_or_else(|| AppError::not_found("demo shop here"))?.id);
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
    actor.name == VISITOR
}

async fn visitor(tx: &Tx, services: &Services) -> Result<UserId> {
    match user::by_email(VISITOR).one(&**tx).await? {
        Some(user) => Ok(UserId(user.id)),
        None => sign_up::insert_user(tx, services, VISITOR, passwords::UNUSABLE.to_owned()).await,
    }
}
