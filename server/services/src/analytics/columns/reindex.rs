//! Writing copies anew by hand: no figure changes by it.

use columns::Table;
use domain::AppError;
use domain::ids::MerchantId;
use sea_orm::QueryOrder as _;
use sea_orm::sea_query::Order;

use super::changed::is_wanted;
use super::export::blocking;
use super::refresh::{publish, write};
use crate::jobs::Pulse;
use crate::{Result, Services};

/// What became of a shop's copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reindexed {
    /// The shop.
    pub merchant_id: MerchantId,
    /// Its name.
    pub name: String,
    /// Order lines, files and bytes of its copy; `None` where it has none, because the database answers as fast.
    pub copy: Option<CopySize>,
}

/// How large a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopySize {
    /// Order lines.
    pub lines: u64,
    /// Files.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Writes the copy of one shop, or of all, anew from the database; `tell` hears of each when it is done.
pub async fn reindex(services: &Services, only: Option<MerchantId>, mut tell: impl FnMut(Reindexed)) -> Result<()> {
    let tx = services.db.system_read().await?;
    let shops = match only {
        Some(merchant) => entity::merchant::by_id(merchant),
        None => entity::merchant::everywhere(),
    };
    let shops = shops.order_by(entity::merchant::Column::Id, Order::Asc).all(&*tx).await?;
    drop(tx);
    if shops.is_empty() && only.is_some() {
        return Err(AppError::not_found("shop").into());
    }
    for shop in shops {
        let merchant = MerchantId(shop.id);
        let copy = reindex_one(services, merchant).await?;
        tell(Reindexed { merchant_id: merchant, name: shop.name, copy });
    }
    Ok(())
}

async fn reindex_one(services: &Services, merchant: MerchantId) -> Result<Option<CopySize>> {
    let tx = services.db.read(merchant).await?;
    let wanted = is_wanted(services, &tx, merchant).await?;
    drop(tx);
    if !wanted {
        let copies = services.columns.clone();
        blocking(move || copies.forget(merchant)).await?;
        return Ok(None);
    }
    let attempt = services.random.uuid_v7(services.clock.now_ms()).simple().to_string();
    let Some(written) = write(services, merchant, &attempt, &Pulse::default(), true).await? else { return Ok(None) };
    let tx = services.db.write(merchant).await?;
    publish(services, &tx, merchant, written).await?;
    tx.commit().await?;
    let lines = Table::named("order_lines").expect("the copy has order lines");
    let size = |manifest: columns::Manifest| CopySize {
        lines: manifest.rows_of(lines),
        files: manifest.files.len(),
        bytes: manifest.files.iter().map(|file| file.bytes).sum(),
    };
    Ok(services.columns.manifest(merchant)?.map(size))
}
