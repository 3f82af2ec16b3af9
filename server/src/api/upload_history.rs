//! Files with sales that were read: taken back, or read again.

use crate::extract::{MaybeJson, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::UploadId;
use domain::sources::{KeptFile, Mapping, UndoPreview, UploadSummary};
use services::{Services, sources};

/// What exactly taking an upload back would remove, restore and bring back. Changes nothing.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/undo", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 200, body = UndoPreview)))]
pub(crate) async fn undo_preview(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<UploadId>) -> Answer<axum::Json<UndoPreview>> {
    Ok(axum::Json(sources::undo_preview(&services, &actor, id).await?))
}

/// Takes an upload back: soon the figures are as though it had never been.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/undo", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 202, body = UploadSummary)))]
pub(crate) async fn undo_upload(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
) -> Answer<(StatusCode, axum::Json<UploadSummary>)> {
    Ok((StatusCode::ACCEPTED, axum::Json(sources::undo_upload(&services, &actor, id).await?)))
}

/// Reads an upload again; until that is done the figures stay as they are.
///
/// Without a body it is read as it was before. With one, its columns mean what the mapping says, and so do those of later files of this shape.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/reprocess", tag = "Uploads", params(("id" = UploadId, Path)), request_body = Option<Mapping>,
    responses((status = 202, body = UploadSummary)))]
pub(crate) async fn reprocess_upload(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
    MaybeJson(mapping): MaybeJson<Mapping>,
) -> Answer<(StatusCode, axum::Json<UploadSummary>)> {
    Ok((StatusCode::ACCEPTED, axum::Json(sources::reprocess_upload(&services, &actor, id, mapping).await?)))
}

/// Whether an upload's file is kept, and until when: so long its rows can be looked up and it can be read again.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/file", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 200, body = KeptFile)))]
pub(crate) async fn kept_file(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<UploadId>) -> Answer<axum::Json<KeptFile>> {
    Ok(axum::Json(sources::kept_file(&services, &actor, id).await?))
}
