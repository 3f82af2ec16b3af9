//! Keys under which a request may be sent twice: the same file under the same key is one upload, for a day.

use super::list_uploads::own_upload;
use crate::actor::Actor;
use crate::context::Services;
use crate::db::Tx;
use crate::error::Result;
use domain::ids::UploadId;
use domain::{AppError, ErrorKind};
use entity::request_key::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
const LONGEST_KEY: usize = 200;

/// A key as a client sends it, with what it stands for.
#[derive(Clone, Debug)]
pub(super) struct RequestKey {
    pub(super) key: String,
    pub(super) body_hash: Vec<u8>,
}

/// A key that can be kept.
pub(super) fn checked(key: &str) -> Result<String> {
    let is_plain = key.chars().all(|letter| letter.is_ascii_graphic());
    if key.is_empty() || key.len() > LONGEST_KEY || !is_plain {
        let words = format!("an idempotency key has 1 to {LONGEST_KEY} letters, digits and signs, without spaces");
        return Err(AppError::invalid("Idempotency-Key", words).into());
    }
    Ok(key.to_owned())
}

/// The upload that came of the key before; otherwise the key is taken for `upload`.
pub(super) async fn claim(tx: &Tx, services: &Services, actor: &Actor, key: &RequestKey, upload: UploadId) -> Result<Option<entity::upload::Model>> {
    // Requests with the same key at the same moment come one after the other.
    entity::merchant::by_id(actor.merchant_id).lock_exclusive().one(&**tx).await?;
    let now = services.clock.now_ms();
    let old = entity::request_key::delete(actor.merchant_id).filter(Column::CreatedAt.lt(now - KEPT_MS));
    old.exec(&**tx).await?;
    let known = entity::request_key::find(actor.merchant_id).filter(Column::Key.eq(key.key.as_str())).one(&**tx).await?;
    if let Some(known) = known {
        if known.body_hash != key.body_hash {
            let words = "this idempotency key stands for another file already; use a new key for each file";
            return Err(AppError::new(ErrorKind::Conflict, words).into());
        }
        return own_upload(tx, actor, UploadId(known.upload_id)).await.map(Some);
    }
    let row =
        Model { merchant_id: actor.merchant_id.0, key: key.key.clone(), body_hash: key.body_hash.clone(), upload_id: upload.0, created_at: now };
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await?;
    Ok(None)
}
