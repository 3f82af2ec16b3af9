//! Sentences about some days, on all charts over time.

use crate::extract::{Json, Path, Query};
use crate::http::access::Asker;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use domain::dashboards::{Annotation, AnnotationInput};
use domain::ids::AnnotationId;
use domain::range::DateRange;
use domain::{AppError, Day};
use serde::{Deserialize, Serialize};
use services::{Services, dashboards};

/// Of which days; without them, of all.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Days {
    /// The first.
    from: Option<Day>,
    /// The last.
    to: Option<Day>,
}

impl Days {
    fn range(&self) -> Result<Option<DateRange>, AppError> {
        match (self.from, self.to) {
            (None, None) => Ok(None),
            (Some(from), Some(to)) => Ok(Some(DateRange::new(from, to)?)),
            _ => Err(AppError::invalid("to", "give the first and the last day, or neither")),
        }
    }
}

/// The annotation that was written.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct WrittenAnnotation {
    /// Its id.
    id: AnnotationId,
}

/// Lists what was written about some days, the shop's and your own, and which files arrived on them; the latest first.
#[utoipa::path(get, path = "/api/v1/annotations", tag = "Figures", params(Days), responses((status = 200, body = Vec<Annotation>)))]
pub(crate) async fn list_annotations(
    State(services): State<Services>,
    Asker(actor): Asker,
    Query(days): Query<Days>,
) -> Answer<axum::Json<Vec<Annotation>>> {
    Ok(axum::Json(dashboards::list_annotations(&services, &actor, days.range()?).await?))
}

/// Writes a sentence about a day, or about several. Without `is_shared`, only you see it. It is shown on all charts over time.
#[utoipa::path(post, path = "/api/v1/annotations", tag = "Figures", request_body(content = AnnotationInput,
    example = json!({"from": "2011-11-25", "to": "2011-11-28", "text": "Black Friday, everything 20 % off", "is_shared": true})),
    responses((status = 201, body = WrittenAnnotation)))]
pub(crate) async fn create_annotation(
    State(services): State<Services>,
    Asker(actor): Asker,
    Json(input): Json<AnnotationInput>,
) -> Answer<(StatusCode, axum::Json<WrittenAnnotation>)> {
    let id = dashboards::create_annotation(&services, &actor, input).await?;
    Ok((StatusCode::CREATED, axum::Json(WrittenAnnotation { id })))
}

/// Writes it anew. Its author may, and an admin.
#[utoipa::path(put, path = "/api/v1/annotations/{id}", tag = "Figures", params(("id" = AnnotationId, Path)), request_body = AnnotationInput,
    responses((status = 204)))]
pub(crate) async fn update_annotation(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<AnnotationId>,
    Json(input): Json<AnnotationInput>,
) -> Answer<StatusCode> {
    dashboards::update_annotation(&services, &actor, id, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes it. Its author may, and an admin.
#[utoipa::path(delete, path = "/api/v1/annotations/{id}", tag = "Figures", params(("id" = AnnotationId, Path)), responses((status = 204)))]
pub(crate) async fn delete_annotation(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<AnnotationId>) -> Answer<StatusCode> {
    dashboards::delete_annotation(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
