//! Files with sales: brought, watched, mapped, taken back.

use crate::extract::{Json, Path, Query};
use crate::http::access::Asker;
use crate::problem::{Answer, Problem};
use crate::state::App;
use axum::body::Body;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::AppError;
use domain::ids::UploadId;
use domain::sources::{Mapping, MappingPreview, UploadMode, UploadOrigin, UploadSummary, UploadsAsked, too_large};
use futures::{Stream, StreamExt, TryStreamExt};
use services::sources::{self, UploadWriter};
use services::{Actor, Services};
use std::time::Duration;
use utoipa::ToSchema;

/// A comment this often keeps proxies and our own idle deadline from closing a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// What multipart adds around a file.
pub(crate) const MULTIPART_BYTES: u64 = 1 << 20;
/// Where files come in.
pub(crate) const PATH: &str = "/api/v1/uploads";
/// The longest name of a source.
const SOURCE_BYTES: usize = 200;

/// The parts of an upload's body.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the body for the API's document")]
pub(crate) struct UploadForm {
    /// What to call the source, if it should not be recognised; stands before the file.
    source: Option<String>,
    /// What it does to what is there; stands before the file. `upsert` adds and updates, `append` only adds, `replace_period` also removes
    /// what the same source has in the file's days and the file does not name.
    mode: Option<UploadMode>,
    /// A CSV file, plain or gzip.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Which page of the history.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct UploadsPage {
    /// Only those that came before this one: the `id` of the last upload seen.
    before: Option<UploadId>,
    /// Only those that came so.
    origin: Option<UploadOrigin>,
    /// How many; 200 unless it is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// Lists uploads, newest first, at most 200 at a time.
#[utoipa::path(get, path = "/api/v1/uploads", tag = "Uploads", params(UploadsPage), responses((status = 200, body = Vec<UploadSummary>)))]
pub(crate) async fn list_uploads(
    State(services): State<Services>,
    Asker(actor): Asker,
    Query(UploadsPage { before, origin, limit }): Query<UploadsPage>,
) -> Answer<axum::Json<Vec<UploadSummary>>> {
    Ok(axum::Json(sources::list_some_uploads(&services, &actor, UploadsAsked { before, origin, limit }).await?))
}

/// Takes a file; it is read in the background. A file that was read before changes nothing.
///
/// With the header Idempotency-Key the same file under the same key is one upload, for a day; another file under it is refused.
#[utoipa::path(post, path = "/api/v1/uploads", tag = "Uploads", request_body(content = UploadForm, content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "Your own name for this request, so that it can be sent twice.")),
    responses((status = 202, body = UploadSummary, headers(("Location" = String, description = "Where to follow it.")))))]
pub(crate) async fn create_upload(
    State(services): State<Services>,
    Asker(actor): Asker,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    if is_announced_too_large(&headers, services.config.upload_max_bytes) {
        return Err(too_large(services.config.upload_max_bytes).into());
    }
    let multipart =
        multipart.map_err(|_| Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the file as multipart/form-data, in a field named file"))?;
    let key = headers.get("idempotency-key").map(|value| value.to_str().unwrap_or_default());
    let summary = receive(&services, &actor, multipart, key).await?;
    let location = format!("/api/v1/uploads/{}", summary.id);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], axum::Json(summary)).into_response())
}

/// Whoever says beforehand that the body is too large need not send it.
fn is_announced_too_large(headers: &HeaderMap, most: u64) -> bool {
    let length: Option<u64> = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    length.is_some_and(|length| length > most.saturating_add(MULTIPART_BYTES))
}

/// Streams the field `file` to disk. Whatever goes wrong before `finish`, the dropped writer takes what was written with it.
async fn receive(services: &Services, actor: &Actor, mut multipart: Multipart, key: Option<&str>) -> Answer<UploadSummary> {
    let most = services.config.upload_max_bytes;
    let broken = |error| broken(error, most);
    let (mut source, mut mode) = (None, UploadMode::default());
    let mut written = None;
    while let Some(mut field) = multipart.next_field().await.map_err(broken)? {
        match field.name() {
            Some("source") if written.is_none() => source = Some(short_text(&mut field, most).await?).filter(|text| !text.trim().is_empty()),
            Some("mode") if written.is_none() => mode = mode_of(&short_text(&mut field, most).await?)?,
            Some("file") if written.is_none() => {
                let file_name = field.file_name().unwrap_or("upload.csv").to_owned();
                let mut writer = UploadWriter::create(services, actor, &file_name, source.take()).await?.with_request_key(key)?.with_mode(mode);
                while let Some(chunk) = field.chunk().await.map_err(broken)? {
                    writer.write(&chunk).await?;
                    metrics::counter!("upload_bytes_total").increment(chunk.len() as u64);
                }
                written = Some(writer);
            }
            Some("file") => return Err(AppError::invalid("file", "send one file a request").into()),
            _ => {
                return Err(
                    AppError::invalid(field.name().unwrap_or_default(), "this field is unknown; send file, and source and mode before it").into()
                );
            }
        }
    }
    match written {
        Some(writer) => Ok(writer.finish().await?),
        None => Err(AppError::invalid("file", "there is no file in this request; put it in a field named file").into()),
    }
}

fn mode_of(word: &str) -> Result<UploadMode, AppError> {
    let words = || format!("choose one of {}", UploadMode::ALL.map(UploadMode::as_str).join(", "));
    UploadMode::parse(word.trim()).ok_or_else(|| AppError::invalid("mode", words()))
}

async fn short_text(field: &mut Field<'_>, most: u64) -> Answer<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(error, most))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > SOURCE_BYTES {
            return Err(AppError::invalid("source", format!("use at most {SOURCE_BYTES} characters")).into());
        }
    }
    String::from_utf8(bytes).map_err(|_| AppError::invalid("source", "write the source's name in UTF-8").into())
}

fn broken(error: MultipartError, most: u64) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(most).into(),
        _ => Problem::new(StatusCode::BAD_REQUEST, "the upload broke off or its body is malformed; nothing was kept, send the file again"),
    }
}

/// Says where an upload stands and what came of it.
#[utoipa::path(get, path = "/api/v1/uploads/{id}", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 200, body = UploadSummary)))]
pub(crate) async fn get_upload(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<UploadId>) -> Answer<axum::Json<UploadSummary>> {
    Ok(axum::Json(sources::get_upload(&services, &actor, id).await?))
}

/// The rejected rows as CSV: line, column, reason, and the row as it came.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/issues.csv", tag = "Uploads", params(("id" = UploadId, Path)),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn download_issues(State(services): State<Services>, Asker(actor): Asker, Path(id): Path<UploadId>) -> Answer<Response> {
    let rows = sources::issues_csv(&services, &actor, id).await?;
    let body = Body::from_stream(rows.map_err(services::ServiceError::into_app));
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"issues-{id}.csv\"")).expect("an id is plain ASCII");
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, body).into_response())
}

/// Follows an upload as server-sent events until it is settled; each event's data is the upload as JSON.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/events", tag = "Uploads", params(("id" = UploadId, Path)),
    responses((status = 200, body = String, content_type = "text/event-stream")))]
pub(crate) async fn watch_upload(
    State(app): State<App>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
) -> Answer<Sse<impl Stream<Item = Result<Event, axum::Error>>>> {
    let states = sources::watch_upload(&app.services, &actor, id).await?;
    // At a graceful stop the stream ends and the browser asks again, by then another process or the next one.
    let draining = app.draining.clone().cancelled_owned();
    let events = states.map(|upload| Event::default().json_data(upload)).take_until(draining);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// Which sheet of a workbook.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SheetChoice {
    /// Its name; without it, the sheet that was chosen before, or the one that looks most like sales.
    sheet: Option<String>,
}

/// What is known of the columns, with the first rows, so that a person can say what they mean.
#[utoipa::path(get, path = "/api/v1/uploads/{id}/mapping", tag = "Uploads", params(("id" = UploadId, Path), SheetChoice), responses((status = 200, body = MappingPreview)))]
pub(crate) async fn preview_mapping(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
    Query(choice): Query<SheetChoice>,
) -> Answer<axum::Json<MappingPreview>> {
    Ok(axum::Json(sources::mapping_preview(&services, &actor, id, choice.sheet).await?))
}

/// Says what the columns mean; the file is read with that, and so are later files with the same columns.
#[utoipa::path(put, path = "/api/v1/uploads/{id}/mapping", tag = "Uploads", params(("id" = UploadId, Path)), request_body = Mapping,
    responses((status = 202, body = UploadSummary)))]
pub(crate) async fn map_upload(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
    Json(mapping): Json<Mapping>,
) -> Answer<(StatusCode, axum::Json<UploadSummary>)> {
    let summary = sources::map_upload(&services, &actor, id, mapping).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(summary)))
}

/// Stops an upload that waits or is being read; the figures stay as they were.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/cancel", tag = "Uploads", params(("id" = UploadId, Path)), responses((status = 200, body = UploadSummary)))]
pub(crate) async fn cancel_upload(
    State(services): State<Services>,
    Asker(actor): Asker,
    Path(id): Path<UploadId>,
) -> Answer<axum::Json<UploadSummary>> {
    Ok(axum::Json(sources::cancel_upload(&services, &actor, id).await?))
}

/// The same as PUT.
#[utoipa::path(post, path = "/api/v1/uploads/{id}/mapping", tag = "Uploads", params(("id" = UploadId, Path)), request_body = Mapping,
    responses((status = 202, body = UploadSummary)))]
pub(crate) async fn post_mapping(
    state: State<Services>,
    asker: Asker,
    id: Path<UploadId>,
    mapping: Json<Mapping>,
) -> Answer<(StatusCode, axum::Json<UploadSummary>)> {
    map_upload(state, asker, id, mapping).await
}
