//! Mails about uploads: to who brought a file, or the owners where nobody did, as they want it, put into the outbox in the transaction that settles the upload.

use super::list_uploads::status;
use super::origin::Origin;
use crate::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use crate::mail::{self, letters};
use domain::Role;
use domain::ids::{MerchantId, UploadId, UserId};
use domain::sources::{UploadNotices, UploadStatus};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// Who hears of an upload: the person who brings it, or the one who made the key.
pub(super) async fn who_hears(tx: &Tx, actor: &Actor) -> Result<Option<Uuid>> {
    if let Some(person) = actor.user_id {
        return Ok(Some(person.0));
    }
    let Some(key) = actor.api_key_id else { return Ok(None) };
    let key = entity::api_key::find(actor.merchant_id).filter(entity::api_key::Column::Id.eq(key.0)).one(&**tx).await?;
    Ok(key.map(|key| key.created_by))
}

/// Tells what came of an upload, as its row says now.
pub(crate) async fn tell(tx: &Tx, services: &Services, merchant: MerchantId, upload: Uuid) -> Result<()> {
    let Some(upload) = entity::upload::by_id(merchant, UploadId(upload)).one(&**tx).await? else { return Ok(()) };
    let Some(shop) = entity::merchant::by_id(merchant).one(&**tx).await? else { return Ok(()) };
    for member in hearers(tx, merchant, &upload).await? {
        if !is_wanted(&upload, UploadNotices::parse(&member.upload_notices).unwrap_or_default()) {
            continue;
        }
        let Some(user) = entity::user::by_id(UserId(member.user_id)).one(&**tx).await? else { continue };
        let issues_of = (upload.rows_rejected > 0).then_some(upload.id);
        let letter = letters::upload_settled(&user.email, &shop.name, &upload, &services.config.public_url);
        mail::send_with_issues(tx, services, letter, issues_of).await?;
    }
    Ok(())
}

/// The members who may hear of an upload. Who left the shop hears of nothing in it any more; nobody stands by a watched folder, so its files are
/// the owners' matter.
async fn hearers(tx: &Tx, merchant: MerchantId, upload: &entity::upload::Model) -> Result<Vec<entity::membership::Model>> {
    use entity::membership::{Column, by_id, find};
    let members = match upload.user_id {
        Some(person) => by_id(merchant, UserId(person)),
        None if Origin::of(upload) == Origin::Watched => find(merchant).filter(Column::Role.eq(Role::Owner.as_str())),
        None => return Ok(Vec::new()),
    };
    Ok(members.order_by_asc(Column::JoinedAt).all(&**tx).await?)
}

fn is_wanted(upload: &entity::upload::Model, wanted: UploadNotices) -> bool {
    let has_problem = upload.error.is_some() || upload.rows_rejected > 0;
    let is_told = match status(upload) {
        // Whoever sends orders as JSON has the answer already.
        UploadStatus::Completed => Origin::of(upload) != Origin::Orders && (has_problem || wanted == UploadNotices::All),
        UploadStatus::Failed | UploadStatus::NeedsMapping => true,
        UploadStatus::Queued | UploadStatus::Processing | UploadStatus::Undone => false,
    };
    is_told && wanted != UploadNotices::None
}
