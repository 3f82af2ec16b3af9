//! Finding a shop by the words of a command line.

use domain::AppError;
use domain::ids::MerchantId;
use entity::merchant;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::stored;
use crate::{Result, Services};

/// The shop that is meant: by its number, by a member's address, or the only one there is beside the demo shop.
pub async fn find_merchant(services: &Services, named: Option<&str>) -> Result<MerchantId> {
    match named {
        Some(text) if text.contains('@') => by_member(services, text).await,
        Some(text) => by_number(services, text).await,
        None => only_one(services).await,
    }
}

async fn by_member(services: &Services, email: &str) -> Result<MerchantId> {
    let user = stored::user_by_email(services, &stored::normalised(email)).await?;
    let user = user.ok_or_else(|| AppError::invalid("merchant", format!("nobody has the address {email}; sign up first")))?;
    let tx = services.db.system_read().await?;
    let numbers: Vec<i64> = stored::memberships(&tx, user.id.into()).await?.iter().map(|membership| membership.merchant_id).collect();
    choose(&tx, numbers, &format!("{email} belongs to")).await
}

async fn by_number(services: &Services, text: &str) -> Result<MerchantId> {
    let unknown = || AppError::invalid("merchant", format!("there is no shop {text}; give its number or the address of a member"));
    let id: MerchantId = text.parse().map_err(|_| unknown())?;
    let tx = services.db.system_read().await?;
    merchant::by_id(id).one(&*tx).await?.map(|_| id).ok_or_else(|| unknown().into())
}

async fn only_one(services: &Services) -> Result<MerchantId> {
    let tx = services.db.system_read().await?;
    let own = merchant::everywhere().filter(merchant::Column::IsDemo.eq(false));
    // Two are enough to know that it is not the only one; ten are enough to choose from.
    let numbers = own.order_by_asc(merchant::Column::Id).limit(10).all(&*tx).await?.iter().map(|shop| shop.id).collect();
    choose(&tx, numbers, "there are").await
}

async fn choose(tx: &crate::db::Tx, numbers: Vec<i64>, lead: &str) -> Result<MerchantId> {
    match numbers.as_slice() {
        [] => Err(AppError::invalid("merchant", "there is no shop yet; sign up in the browser first").into()),
        [one] => Ok(MerchantId(*one)),
        many => {
            let shops = merchant::everywhere().filter(merchant::Column::Id.is_in(many.iter().copied())).all(&**tx).await?;
            let names: Vec<String> = shops.iter().map(|shop| format!("{} ({})", shop.id, shop.name)).collect();
            Err(AppError::invalid("merchant", format!("{lead} several shops; name one by its number: {}", names.join(", "))).into())
        }
    }
}
