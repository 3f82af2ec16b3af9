//! A mapping tried on an upload's first rows: what they would be stored as, and what is wrong with others. Nothing is kept.

use super::list_uploads::own_upload;
use super::map_upload::{Told, inspect, open_questions, unknown_columns};
use super::process_upload::{Trial, try_file};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::ids::UploadId;
use domain::sources::{Mapping, MappingTrial};
use domain::{AppError, Permission};
use engine::ingestion::missing_meanings;

/// What a file would become under a mapping. One that lacks something is no error: the answer says what is missing.
pub async fn try_mapping(services: &Services, actor: &Actor, id: UploadId, mapping: Mapping) -> Result<MappingTrial> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    let merchant = entity::merchant::by_id(actor.merchant_id).one(&*tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    drop(tx);
    let looked = inspect(services, &upload, mapping.sheet.clone()).await?;
    let unknown = unknown_columns(&mapping, &looked.inspection);
    if !unknown.is_empty() {
        return Err(AppError::validation(unknown).into());
    }
    let upload_max_bytes = services.config.upload_max_bytes;
    let told = open_questions(&merchant, &looked.inspection, &mapping, &looked.prepared.path, upload_max_bytes).await?;
    let Told { ambiguities, discounts } = told;
    let missing = missing_meanings(&mapping);
    if !missing.is_empty() {
        return Ok(MappingTrial { kind: mapping.kind, missing, ambiguities, ..MappingTrial::default() });
    }
    let trial = Trial { path: looked.prepared.path, upload_max_bytes, inspection: looked.inspection, mapping, merchant, discounts };
    let tried = tokio::task::spawn_blocking(move || try_file(trial)).await.map_err(anyhow::Error::from)?;
    let tried = tried.map_err(|sentence| AppError::invalid("file", sentence))?;
    Ok(MappingTrial { ambiguities, ..tried })
}
