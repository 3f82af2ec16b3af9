//! Who is asking, and where else they could.

use domain::accounts::{Me, MerchantChoice};
use domain::ids::MerchantId;
use entity::merchant;
use sea_orm::{ColumnTrait, QueryFilter};

use super::{demo_visit, merchants, stored};
use crate::{Actor, Result, Services};

/// The actor, its shop, and every shop of the person.
pub async fn me(services: &Services, actor: &Actor) -> Result<Me> {
    let merchant = merchants::merchant(services, actor.merchant_id).await?;
    let here = MerchantChoice { id: merchant.id, name: merchant.name.clone(), role: actor.role };
    let merchants = match actor.user_id {
        Some(_) => choices(services, actor).await?,
        None => vec![here],
    };
    let is_visitor = demo_visit::is_visitor(actor);
    let (email, upload_max_bytes) = (actor.name.clone(), services.config.upload_max_bytes);
    Ok(Me { user_id: actor.user_id, email, role: actor.role, is_visitor, upload_max_bytes, merchant, merchants })
}

async fn choices(services: &Services, actor: &Actor) -> Result<Vec<MerchantChoice>> {
    let tx = services.db.system_read().await?;
    let memberships = stored::memberships(&tx, actor.person()?).await?;
    let ids = memberships.iter().map(|membership| membership.merchant_id);
    let shops = merchant::everywhere().filter(merchant::Column::Id.is_in(ids)).all(&*tx).await?;
    let choice = |membership: &entity::membership::Model| {
        let shop = shops.iter().find(|shop| shop.id == membership.merchant_id)?;
        Some(stored::role(&membership.role).map(|role| MerchantChoice { id: MerchantId(shop.id), name: shop.name.clone(), role }))
    };
    memberships.iter().filter_map(choice).collect()
}
