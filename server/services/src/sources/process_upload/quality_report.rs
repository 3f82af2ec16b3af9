//! The report on a file's quality, held against what is known before it.

use super::earlier_prices::earlier_prices;
use super::read::SalesFile;
use crate::db::Tx;
use crate::error::Result;
use domain::Day;
use domain::ids::MerchantId;
use domain::sources::{QualityReport, UploadStatus};
use engine::ingestion::{Before, QualityWatch};
use entity::{order, upload};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;

/// Among so many files is the one before that is of the same sort.
const FILES_BEFORE: u64 = 5;
/// So many days are looked up at once.
const DAYS_AT_ONCE: usize = 1_000;

/// The report on a file whose rows are stored, as JSON; none where its rows were not watched. New orders of the file have ids from
/// `first_new_order` on.
pub(super) async fn quality_report(tx: &Tx, file: &mut SalesFile, source_id: i32, first_new_order: i64) -> Result<Option<String>> {
    let Some(mut watch) = file.quality.take() else { return Ok(None) };
    let before = Before {
        report: report_before(tx, &file.upload, source_id, &watch).await?,
        prices: earlier_prices(tx, &file.upload, &watch, first_new_order).await?,
        days: days_with_sales(tx, &file.upload, source_id, &watch.absent_days()).await?,
    };
    let report = tokio::task::spawn_blocking(move || watch.report(&before)).await.map_err(anyhow::Error::from)?;
    Ok(Some(serde_json::to_string(&report)?))
}

/// The report on the newest file of the source before this one that is of the same sort; a file that is read again is not held against later ones.
async fn report_before(tx: &Tx, own: &upload::Model, source_id: i32, watch: &QualityWatch) -> Result<Option<QualityReport>> {
    use upload::Column;
    let before = upload::find(MerchantId(own.merchant_id))
        .filter(Column::SourceId.eq(source_id))
        .filter(Column::Status.eq(UploadStatus::Completed.as_str()))
        .filter(Column::Quality.is_not_null())
        .filter(Column::Id.ne(own.id))
        .filter(Column::CreatedAt.lte(own.created_at))
        .order_by_desc(Column::CreatedAt)
        .limit(FILES_BEFORE)
        .all(&**tx)
        .await?;
    let mut before = before.into_iter().filter_map(|upload| serde_json::from_str::<QualityReport>(&upload.quality?).ok());
    Ok(before.find(|before| watch.follows(before)))
}

/// Those of some days, on which the file has no rows, on which its source has orders.
async fn days_with_sales(tx: &Tx, own: &upload::Model, source_id: i32, days: &[Day]) -> Result<BTreeSet<Day>> {
    use order::Column;
    let mut found = BTreeSet::new();
    for some in days.chunks(DAYS_AT_ONCE) {
        let orders = order::find(MerchantId(own.merchant_id)).filter(Column::SourceId.eq(source_id));
        let orders = orders.filter(Column::Day.is_in(some.iter().map(|day| day.0)));
        let days = orders.select_only().column(Column::Day).distinct().into_tuple::<i32>().all(&**tx).await?;
        found.extend(days.into_iter().map(Day));
    }
    Ok(found)
}
