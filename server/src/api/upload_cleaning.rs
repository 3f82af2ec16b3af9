//! What was cleaned in an upload.

use crate::extract::Path;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::ids::UploadId;
use domain::sources::CleaningStep;
use services::{Services, sources};

/// The steps of cleaning that changed something, in the order in which they are taken: what each does, how often it did, and examples.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/cleaning", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 200, body = Vec<CleaningStep>)))]
pub(crate) async fn upload_cleaning(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
) -> Answer<axum::Json<Vec<CleaningStep>>> {
    Ok(axum::Json(sources::upload_cleaning(&services, &actor, id).await?))
}
