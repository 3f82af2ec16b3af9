//! What is known of some days.

use domain::Permission;
use domain::dashboards::Annotation;
use domain::range::DateRange;
use entity::annotation::{self, Column};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{of_uploads, stored};
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// More than anyone reads, or than a chart has room for.
const SHOWN: u64 = 500;

/// What was written about some days, or about any, and which files arrived on them; the latest first.
pub async fn list_annotations(services: &Services, actor: &Actor, range: Option<DateRange>) -> Result<Vec<Annotation>> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    read(&tx, actor, range).await
}

/// The same for a page that is being answered. Whoever came by a public link sees none: they are the shop's own words.
pub(in crate::dashboards) async fn seen(tx: &Tx, actor: &Actor, range: DateRange) -> Result<Vec<Annotation>> {
    let is_of_shop = actor.user_id.is_some() || actor.api_key_id.is_some();
    if is_of_shop { read(tx, actor, Some(range)).await } else { Ok(Vec::new()) }
}

async fn read(tx: &Tx, actor: &Actor, range: Option<DateRange>) -> Result<Vec<Annotation>> {
    let mut written = annotation::visible(actor.merchant_id, actor.user_id);
    if let Some(range) = range {
        written = written.filter(Column::FirstDay.lte(range.to.0)).filter(Column::LastDay.gte(range.from.0));
    }
    let written = written.order_by_desc(Column::FirstDay).order_by_desc(Column::Id).limit(SHOWN).all(&**tx).await?;
    let mut all: Vec<Annotation> = written.into_iter().map(|row| stored::shown(row, actor)).collect();
    all.extend(of_uploads::arrivals(tx, actor, range).await?);
    all.sort_by_key(|annotation| std::cmp::Reverse(annotation.from));
    Ok(all)
}
