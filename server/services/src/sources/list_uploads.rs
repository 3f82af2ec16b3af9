//! Uploads as their shop sees them.

use super::origin::Origin;
use crate::actor::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::{MerchantId, UploadId};
use domain::sources::{FileKind, MOST_LISTED, UploadMode, UploadStatus, UploadSummary, UploadsAsked};
use domain::{AppError, Day, Permission};
use entity::upload::Column;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};

/// The newest uploads.
pub async fn list_uploads(services: &Services, actor: &Actor) -> Result<Vec<UploadSummary>> {
    list_some_uploads(services, actor, UploadsAsked::default()).await
}

/// Some uploads, the newest first; the last of them says where the next page begins.
pub async fn list_some_uploads(services: &Services, actor: &Actor, asked: UploadsAsked) -> Result<Vec<UploadSummary>> {
    actor.require(Permission::SeeFigures)?;
    let limit = asked.limit.unwrap_or(MOST_LISTED);
    if !(1..=MOST_LISTED).contains(&limit) {
        return Err(AppError::invalid("limit", format!("ask for 1 to {MOST_LISTED} uploads at once")).into());
    }
    let tx = services.db.read(actor.merchant_id).await?;
    let mut uploads = entity::upload::find(actor.merchant_id).order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(limit);
    if let Some(origin) = asked.origin {
        uploads = uploads.filter(Column::Origin.is_in(Origin::words_of(origin)));
    }
    if let Some(id) = asked.before {
        let last = entity::upload::by_id(actor.merchant_id, id).one(&*tx).await?;
        let last = last.ok_or_else(|| AppError::invalid("before", "there is no such upload; begin with the newest again"))?;
        uploads = uploads.filter(came_before(&last));
    }
    Ok(uploads.all(&*tx).await?.into_iter().map(|upload| without_samples(summary(upload))).collect())
}

/// What stands below an upload in the list, also of the same millisecond.
fn came_before(last: &entity::upload::Model) -> Condition {
    let of_its_moment = Condition::all().add(Column::CreatedAt.eq(last.created_at)).add(Column::Id.lt(last.id));
    Condition::any().add(Column::CreatedAt.lt(last.created_at)).add(of_its_moment)
}

/// Two hundred of them would be heavy with examples.
fn without_samples(mut upload: UploadSummary) -> UploadSummary {
    upload.cleaning.iter_mut().for_each(|step| step.samples.clear());
    upload
}

/// Examples of cleaning show what the file says of people: they are not for every role.
pub(super) fn seen_by(actor: &Actor, upload: UploadSummary) -> UploadSummary {
    if actor.role.can(Permission::AddData) { upload } else { without_samples(upload) }
}

/// One upload.
pub async fn get_upload(services: &Services, actor: &Actor, id: UploadId) -> Result<UploadSummary> {
    actor.require(Permission::SeeFigures)?;
    let tx = services.db.read(actor.merchant_id).await?;
    Ok(seen_by(actor, summary(own_upload(&tx, actor, id).await?)))
}

/// The shop's upload of an id, or "no such upload": also when it is another shop's.
pub(super) async fn own_upload(tx: &Tx, actor: &Actor, id: UploadId) -> Result<entity::upload::Model> {
    let upload = entity::upload::by_id(actor.merchant_id, id).one(&**tx).await?;
    Ok(upload.ok_or_else(|| AppError::not_found("upload"))?)
}

/// Whether the figures include the upload.
pub(super) async fn is_stored(tx: &Tx, merchant: MerchantId, id: uuid::Uuid) -> Result<bool> {
    let upload = entity::upload::by_id(merchant, UploadId(id)).one(&**tx).await?;
    Ok(upload.is_some_and(|upload| upload.sequence.is_some()))
}

pub(super) fn summary(upload: entity::upload::Model) -> UploadSummary {
    let (status, can_undo, origin) = (status(&upload), can_undo(&upload), Origin::of(&upload).shown());
    UploadSummary {
        id: UploadId(upload.id),
        status,
        file_name: upload.file_name,
        bytes: upload.bytes,
        vendor_name: upload.vendor.as_deref().map(|vendor| engine::ingestion::vendor_name(vendor).to_owned()),
        vendor: upload.vendor,
        progress: upload.progress,
        rows_total: upload.rows_total,
        rows_accepted: upload.rows_accepted,
        rows_rejected: upload.rows_rejected,
        rows_duplicate: upload.rows_duplicate,
        orders_new: upload.orders_new,
        orders_updated: upload.orders_updated,
        first_day: upload.first_day.map(Day),
        last_day: upload.last_day.map(Day),
        net_sales: serde_json::from_str(&upload.net_sales).unwrap_or_default(),
        remarks: serde_json::from_str(&upload.remarks).unwrap_or_default(),
        error: upload.error,
        uploaded_by: upload.uploaded_by,
        created_at: upload.created_at,
        finished_at: upload.finished_at,
        kind: FileKind::parse(&upload.kind).unwrap_or_default(),
        mode: UploadMode::parse(&upload.mode).unwrap_or_default(),
        origin,
        can_undo,
        can_reprocess: can_undo,
        cleaning: serde_json::from_str(&upload.cleaning).unwrap_or_default(),
    }
}

/// Whether the history holds all that it takes to take the upload back.
pub(super) fn can_undo(upload: &entity::upload::Model) -> bool {
    status(upload) == UploadStatus::Completed && upload.sequence.is_some()
}

/// Where an upload stands.
pub(super) fn status(upload: &entity::upload::Model) -> UploadStatus {
    UploadStatus::parse(&upload.status).unwrap_or(UploadStatus::Failed)
}
