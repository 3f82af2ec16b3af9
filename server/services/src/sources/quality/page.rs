//! What the page of the report shows.

use super::days::days_chart;
use super::upload_quality;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::sources::get_upload;
use domain::charts::ChartCard;
use domain::ids::UploadId;
use domain::sources::{QualityReport, UploadSummary};

/// An upload, the report on its data, and the picture of its days.
#[derive(Debug)]
pub struct QualityPage {
    /// The upload.
    pub upload: UploadSummary,
    /// The report.
    pub report: QualityReport,
    /// Its days, where there are several.
    pub days: Option<ChartCard>,
}

/// The report on an upload with what is shown beside it.
pub async fn quality_page(services: &Services, actor: &Actor, id: UploadId) -> Result<QualityPage> {
    let upload = get_upload(services, actor, id).await?;
    let report = upload_quality(services, actor, id).await?;
    let tx = services.db.read(actor.merchant_id).await?;
    let shop = entity::merchant::by_id(actor.merchant_id).one(&*tx).await?;
    let week_start = shop.and_then(|shop| u32::try_from(shop.week_start).ok()).filter(|day| (1..=7).contains(day)).unwrap_or(1);
    Ok(QualityPage { days: days_chart(&report, week_start), upload, report })
}
