//! The report on an upload's data.

use crate::extract::Path;
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use domain::ids::UploadId;
use domain::sources::QualityReport;
use services::{Services, sources};

/// How good an upload's data is: findings in sentences with the lines they are about, how well columns are filled, rows a day.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/quality", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 200, body = QualityReport)))]
pub(crate) async fn upload_quality(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
) -> Answer<axum::Json<QualityReport>> {
    Ok(axum::Json(sources::upload_quality(&services, &actor, id).await?))
}
