//! What exactly an undo would do, before anyone asks for it.

use super::undo_upload::refuse_unless_possible;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::sources::history::{Foreseen, foresee};
use crate::sources::list_uploads::summary;
use domain::ids::UploadId;
use domain::sources::UndoPreview;
use domain::{AppError, Permission};

/// What taking an upload back would remove, restore and bring back. Changes nothing.
pub async fn undo_preview(services: &Services, actor: &Actor, id: UploadId) -> Result<UndoPreview> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = refuse_unless_possible(&tx, actor, id).await?;
    let shop = entity::merchant::by_id(actor.merchant_id).one(&*tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    let Foreseen { parts, net_sales, changes } = foresee(&tx, &shop, id.0).await?;
    Ok(UndoPreview { upload: summary(upload), parts, net_sales, changes })
}
