//! A mapping tried before it is confirmed.

use crate::extract::{Json, Path};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::ids::UploadId;
use domain::sources::{Mapping, MappingTrial};
use services::{Services, sources};

/// What the file's first rows would be stored as with these meanings, and what is wrong with others. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/mapping/preview", tag = "Uploads", params(("id" = UploadId, Path)), request_body = Mapping,
    responses((status = 200, body = MappingTrial)))]
pub(crate) async fn try_mapping(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
    Json(mapping): Json<Mapping>,
) -> Answer<axum::Json<MappingTrial>> {
    Ok(axum::Json(sources::try_mapping(&services, &actor, id, mapping).await?))
}
