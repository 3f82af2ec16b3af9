//! The report on an upload's data, and the rows it speaks of.

use crate::extract::{Path, Query};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ids::UploadId;
use domain::sources::{QualityReport, RawRows, RawRowsAsked};
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

/// The same report as CSV: section, subject, severity, finding, count, share in percent, lines.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/quality.csv", tag = "Uploads", params(("id" = UploadId, Path)),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn download_quality(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<UploadId>) -> Answer<Response> {
    let text = sources::quality_csv(&services, &actor, id).await?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"quality-{id}.csv\"")).expect("an id is plain ASCII");
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, text).into_response())
}

/// Which rows.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowsAsked {
    /// The lines on which they begin, at most a hundred, parted by commas: `31,32`.
    lines: Option<String>,
    /// Without `lines`: the first fifty rows from this line on.
    from: Option<i64>,
}

/// Rows of an upload's file as they came, while the file is kept (see `/file`).
#[utoipa::path(get, path = "/api/v1/uploads/{id}/rows", tag = "Uploads", params(("id" = UploadId, Path), RowsAsked), responses((status = 200, body = RawRows)))]
pub(crate) async fn raw_rows(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
    Query(asked): Query<RowsAsked>,
) -> Answer<axum::Json<RawRows>> {
    let asked = RawRowsAsked::parse(asked.lines.as_deref(), asked.from)?;
    Ok(axum::Json(sources::raw_rows(&services, &actor, id, asked).await?))
}
