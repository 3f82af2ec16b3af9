//! What cleaning changed in an upload.

use super::list_uploads::{own_upload, seen_by, summary};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::Permission;
use domain::ids::UploadId;
use domain::sources::CleaningStep;

/// The steps of cleaning that changed something in an upload, with counts; examples are for those who may add data.
pub async fn upload_cleaning(services: &Services, actor: &Actor, id: UploadId) -> Result<Vec<CleaningStep>> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    Ok(seen_by(actor, summary(upload)).cleaning)
}
