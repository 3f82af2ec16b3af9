//! Server functions of uploads. Files themselves go to the JSON API, which takes them as a stream.

use crate::charts::ChartPayload;
use crate::wire::Answer;
use domain::AppError;
use domain::ids::UploadId;
use domain::sources::{
    KeptFile, Mapping, MappingPreview, MappingTrial, QualityReport, RawRows, UndoPreview, UploadIssue, UploadOrigin, UploadSummary,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::session::{
    current::{actor, services},
    respond::answer,
};

/// How many rejected rows the page shows; the file has all of them.
pub(super) const SHOWN_ISSUES: u64 = 100;

/// The newest uploads.
#[server(prefix = "/api/fn", endpoint = "sources/uploads", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_uploads() -> Result<Vec<UploadSummary>, AppError> {
    let actor = actor()?;
    answer(services::sources::list_uploads(&services(), &actor).await)
}

/// Those behind one of them, of one way in which they come.
#[server(prefix = "/api/fn", endpoint = "sources/some-uploads", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_some_uploads(before: Option<UploadId>, origin: Option<UploadOrigin>) -> Result<Vec<UploadSummary>, AppError> {
    let actor = actor()?;
    let asked = domain::sources::UploadsAsked { before, origin, limit: None };
    answer(services::sources::list_some_uploads(&services(), &actor, asked).await)
}

/// Whether its file is kept, and until when.
#[server(prefix = "/api/fn", endpoint = "sources/kept-file", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_kept_file(id: UploadId) -> Result<KeptFile, AppError> {
    let actor = actor()?;
    answer(services::sources::kept_file(&services(), &actor, id).await)
}

/// Where one upload stands.
#[server(prefix = "/api/fn", endpoint = "sources/upload", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_upload(id: UploadId) -> Result<UploadSummary, AppError> {
    let actor = actor()?;
    answer(services::sources::get_upload(&services(), &actor, id).await)
}

/// Its first rejected rows, with reasons.
#[server(prefix = "/api/fn", endpoint = "sources/issues", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn list_issues(id: UploadId) -> Result<Vec<UploadIssue>, AppError> {
    let actor = actor()?;
    answer(services::sources::list_issues(&services(), &actor, id, SHOWN_ISSUES).await)
}

/// How good its data is; nothing where no report was made.
#[server(prefix = "/api/fn", endpoint = "sources/quality", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_quality(id: UploadId) -> Result<QualityReport, AppError> {
    let actor = actor()?;
    answer(services::sources::upload_quality(&services(), &actor, id).await)
}

/// The page of a report: what was found, and the file's days as a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QualityView {
    /// The upload.
    pub upload: UploadSummary,
    /// The report.
    pub report: QualityReport,
    /// Its days, where there are several.
    pub days: Option<ChartPayload>,
}

/// The whole report on an upload.
#[server(prefix = "/api/fn", endpoint = "sources/quality-page", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_quality_page(id: UploadId) -> Result<QualityView, AppError> {
    let actor = actor()?;
    let page = answer(services::sources::quality_page(&services(), &actor, id).await)?;
    Ok(QualityView { upload: page.upload, report: page.report, days: page.days.map(ChartPayload::from) })
}

/// Rows of its file as they came: those that begin on `lines` (`31,32`), or the first from a line on.
#[server(prefix = "/api/fn", endpoint = "sources/rows", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_raw_rows(id: UploadId, lines: Option<String>, from: Option<i64>) -> Result<RawRows, AppError> {
    let actor = actor()?;
    let asked = domain::sources::RawRowsAsked::parse(lines.as_deref(), from)?;
    answer(services::sources::raw_rows(&services(), &actor, id, asked).await)
}

/// What exactly taking an upload back would do.
#[server(prefix = "/api/fn", endpoint = "sources/undo-preview", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_undo_preview(id: UploadId) -> Result<UndoPreview, AppError> {
    let actor = actor()?;
    answer(services::sources::undo_preview(&services(), &actor, id).await)
}

/// Takes back what an upload brought.
#[server(prefix = "/api/fn", endpoint = "sources/undo", output = Answer)]
pub async fn undo_upload(id: UploadId) -> Result<UploadSummary, AppError> {
    let actor = actor()?;
    answer(services::sources::undo_upload(&services(), &actor, id).await)
}

/// Stops an upload that waits or is being read.
#[server(prefix = "/api/fn", endpoint = "sources/cancel", output = Answer)]
pub async fn cancel_upload(id: UploadId) -> Result<UploadSummary, AppError> {
    let actor = actor()?;
    answer(services::sources::cancel_upload(&services(), &actor, id).await)
}

/// Reads an upload again as it was read before.
#[server(prefix = "/api/fn", endpoint = "sources/reprocess", output = Answer)]
pub async fn reprocess_upload(id: UploadId) -> Result<UploadSummary, AppError> {
    let actor = actor()?;
    answer(services::sources::reprocess_upload(&services(), &actor, id, None).await)
}

/// The first rows of a file whose columns a person must explain.
#[server(prefix = "/api/fn", endpoint = "sources/mapping-preview", input = server_fn::codec::GetUrl, output = Answer)]
pub async fn get_mapping_preview(id: UploadId, sheet: Option<String>) -> Result<MappingPreview, AppError> {
    let actor = actor()?;
    answer(services::sources::mapping_preview(&services(), &actor, id, sheet).await)
}

/// What a person says of a file's columns.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ColumnAnswers {
    /// The upload.
    pub id: UploadId,
    /// Which column means what.
    pub mapping: Mapping,
}

/// Reads the file with these meanings, and later files with the same columns too.
#[server(prefix = "/api/fn", endpoint = "sources/map", input = server_fn::codec::Json, output = Answer)]
pub async fn map_upload(answers: ColumnAnswers) -> Result<UploadSummary, AppError> {
    let (actor, services) = (actor()?, services());
    let upload = answer(services::sources::get_upload(&services, &actor, answers.id).await)?;
    // What the figures include already is read again; what was never read waits for its first reading.
    if upload.can_reprocess {
        return answer(services::sources::reprocess_upload(&services, &actor, answers.id, Some(answers.mapping)).await);
    }
    answer(services::sources::map_upload(&services, &actor, answers.id, answers.mapping).await)
}

/// What the file's first rows would be stored as with these meanings.
#[server(prefix = "/api/fn", endpoint = "sources/try-mapping", input = server_fn::codec::Json, output = Answer)]
pub async fn try_mapping(answers: ColumnAnswers) -> Result<MappingTrial, AppError> {
    let actor = actor()?;
    answer(services::sources::try_mapping(&services(), &actor, answers.id, answers.mapping).await)
}
