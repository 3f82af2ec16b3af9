//! How good the data of an upload is, as its report says.

use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::sources::list_uploads::own_upload;
use domain::ids::UploadId;
use domain::sources::QualityReport;
use domain::{AppError, Permission};

/// The report on an upload; not found where none was made: files that failed, and those of an earlier version. Lines of the file are named
/// to those who may see its rows.
pub async fn upload_quality(services: &Services, actor: &Actor, id: UploadId) -> Result<QualityReport> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    let json = upload.quality.ok_or_else(|| AppError::not_found("report on this upload"))?;
    let mut report: QualityReport = serde_json::from_str(&json)?;
    if !actor.role.can(Permission::AddData) {
        report.findings.iter_mut().for_each(|finding| finding.lines.clear());
        report.columns.iter_mut().for_each(|column| column.empty_lines.clear());
    }
    Ok(report)
}
