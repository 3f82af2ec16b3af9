//! Reading people and memberships as the accounts' operations need them.

use domain::Role;
use domain::ids::{MerchantId, UserId};
use entity::{membership, merchant, user};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use crate::db::Tx;
use crate::{Result, Services};

/// Addresses are kept and compared in lower case.
pub(super) fn normalised(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A role as a table holds it. An unknown word is a damaged row, not a person's mistake.
pub(super) fn role(word: &str) -> Result<Role> {
    word.parse().map_err(|_| anyhow::anyhow!("a stored role is “{word}”").into())
}

/// The person with an address.
pub(super) async fn user_by_email(services: &Services, email: &str) -> Result<Option<user::Model>> {
    let tx = services.db.system_read().await?;
    Ok(user::by_email(email).one(&*tx).await?)
}

/// What a person may do in a shop, if they belong to it.
pub(crate) async fn role_in(tx: &Tx, merchant: MerchantId, user: UserId) -> Result<Option<Role>> {
    membership::by_id(merchant, user).one(&**tx).await?.map(|found| role(&found.role)).transpose()
}

/// All shops of a person, the one joined first in front. Needs a system transaction.
pub(super) async fn memberships(tx: &Tx, user: UserId) -> Result<Vec<membership::Model>> {
    let of_user = membership::everywhere().filter(membership::Column::UserId.eq(user.0));
    Ok(of_user.order_by_asc(membership::Column::JoinedAt).order_by_asc(membership::Column::MerchantId).all(&**tx).await?)
}

/// A shop's row.
pub(super) async fn merchant_row(tx: &Tx, id: MerchantId) -> Result<merchant::Model> {
    Ok(merchant::by_id(id).one(&**tx).await?.ok_or_else(|| domain::AppError::not_found("shop"))?)
}
