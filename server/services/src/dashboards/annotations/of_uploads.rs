//! Which files arrived on which day. Nothing of this is stored: an upload that is taken back takes its mark along.

use chrono_tz::Tz;
use domain::dashboards::Annotation;
use domain::range::DateRange;
use domain::sources::UploadStatus;
use domain::{AppError, format};
use engine::ingestion::local_time;
use entity::{merchant, upload};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Tx;
use crate::{Actor, Result};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// More than a chart has room for.
const SHOWN: u64 = 200;

pub(super) async fn arrivals(tx: &Tx, actor: &Actor, range: Option<DateRange>) -> Result<Vec<Annotation>> {
    let shop = merchant::by_id(actor.merchant_id).one(&**tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    let zone: Tz = shop.time_zone.parse().map_err(|_| anyhow::anyhow!("the shop has an unknown time zone"))?;
    let mut files = upload::find(actor.merchant_id)
        .filter(upload::Column::Status.eq(UploadStatus::Completed.as_str()))
        .filter(upload::Column::Origin.ne("orders"))
        .filter(upload::Column::FinishedAt.is_not_null());
    if let Some(range) = range {
        // A day either way, for time zones; the local day decides.
        files = files.filter(upload::Column::FinishedAt.gte((i64::from(range.from.0) - 1) * DAY_MS));
        files = files.filter(upload::Column::FinishedAt.lt((i64::from(range.to.0) + 2) * DAY_MS));
    }
    let rows = files.order_by_desc(upload::Column::FinishedAt).limit(SHOWN).all(&**tx).await?;
    let told = rows.into_iter().filter_map(|row| arrival(&row, zone));
    Ok(told.filter(|note| range.is_none_or(|range| note.touches(range.from, range.to))).collect())
}

/// `orders.csv arrived: 5,111 orders`.
fn arrival(row: &upload::Model, zone: Tz) -> Option<Annotation> {
    let day = local_time(row.finished_at?, zone).day;
    let orders = row.orders_new + row.orders_updated;
    let what = if orders > 0 { format::counted(orders, "order", "orders") } else { format::counted(row.rows_accepted, "row", "rows") };
    let text = format!("{} arrived: {what}", row.file_name);
    Some(Annotation { id: None, from: day, to: day, text, is_shared: true, written_by: None, may_change: false })
}
