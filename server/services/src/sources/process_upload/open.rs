//! The first steps: the upload's row, its file, and what the file's first bytes tell.

use super::Stop;
use crate::context::Services;
use crate::error::{disk_full, is_disk_full};
use crate::jobs::{JobContext, JobError};
use crate::sources::containers::{Preparation, Prepared, Unprepared};
use crate::sources::kept::{Ahead, packed_path};
use crate::sources::{list_uploads, names, unpack};
use domain::ids::UploadId;
use domain::sources::{Mapping, UploadStatus};
use domain::{AppError, ErrorKind};
use engine::ingestion::{Inspection, Sample};
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use std::path::{Path, PathBuf};

/// An upload that this job reads.
pub(in crate::sources) struct Opened {
    pub(super) upload: entity::upload::Model,
    pub(super) merchant: entity::merchant::Model,
    pub(super) path: PathBuf,
}

/// An upload whose file has columns and rows.
pub(in crate::sources) struct Inspected {
    pub(super) opened: Opened,
    pub(super) inspection: Inspection,
    /// About how many bytes of text it has.
    pub(super) text_bytes: u64,
    /// What was read of a workbook or archive, a sentence each.
    pub(super) remarks: Vec<String>,
}

/// Where an upload's file lies now: as it came, or packed after some days. Who reads the one while the other takes its place reads on.
pub(in crate::sources) fn stored_path(services: &Services, upload: &entity::upload::Model) -> PathBuf {
    let stored = names::uploads_folder(services).join(&upload.stored_name);
    Some(packed_path(&stored)).filter(|packed| packed.exists()).unwrap_or(stored)
}

/// Marks the upload as being read; `None` when it was read already.
pub(super) async fn open(context: &JobContext) -> Result<Option<Opened>, JobError> {
    let (services, merchant_id, id) = (&context.services, context.merchant_id()?, UploadId(context.id("upload_id")?));
    let tx = services.db.write(merchant_id).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    let upload = entity::upload::by_id(merchant_id, id).one(&*tx).await.map_err(JobError::retry)?;
    let merchant = entity::merchant::by_id(merchant_id).one(&*tx).await.map_err(JobError::retry)?;
    let (Some(upload), Some(merchant)) = (upload, merchant) else {
        return Err(JobError::fail("the upload is not there any more"));
    };
    if list_uploads::status(&upload).is_settled() {
        return Ok(None);
    }
    entity::upload::update(merchant_id)
        .filter(Column::Id.eq(id.0))
        .col_expr(Column::Status, Expr::value(UploadStatus::Processing.as_str()))
        .exec(&*tx)
        .await
        .map_err(JobError::retry)?;
    tx.commit().await.map_err(JobError::retry)?;
    let path = stored_path(services, &upload);
    Ok(Some(Opened { upload, merchant, path }))
}

/// Looks at the file's first bytes; a workbook or archive is turned into text first.
pub(super) async fn inspect(context: &JobContext, mut opened: Opened) -> Result<Inspected, Stop> {
    let (preparation, path, sheet) = (Preparation::for_job(&context.services, context.pulse.clone()), opened.path.clone(), sheet_of(&opened.upload));
    let looked = tokio::task::spawn_blocking(move || look(&preparation, &path, sheet.as_deref()));
    let looked = looked.await.map_err(|error| JobError::retry(anyhow::Error::from(error)))?;
    // Told to stop, the reader of workbooks says something that is not the file's fault.
    context.pulse.check()?;
    let Looked { inspection, text_bytes, prepared } = looked.map_err(|unreadable| match unreadable {
        Unreadable::Content(sentence) => Stop::File(sentence),
        // Another server of the installation may reach it.
        Unreadable::Away(error) => Stop::Job(JobError::retry(error)),
    })?;
    opened.path = prepared.path;
    Ok(Inspected { opened, inspection, text_bytes, remarks: prepared.notes.remarks })
}

/// The sheet that a person chose for this upload.
fn sheet_of(upload: &entity::upload::Model) -> Option<String> {
    serde_json::from_str::<Mapping>(upload.mapping.as_deref()?).ok()?.sheet
}

/// Why a file's first bytes tell nothing.
pub(in crate::sources) enum Unreadable {
    /// What is in it; the sentence is for the person who brought it.
    Content(String),
    /// The file cannot be reached from here.
    Away(AppError),
}

/// What a file's first bytes tell.
pub(in crate::sources) struct Looked {
    pub(in crate::sources) inspection: Inspection,
    /// About how many bytes of text it has.
    pub(super) text_bytes: u64,
    /// Where its text lies.
    pub(in crate::sources) prepared: Prepared,
}

/// Looks at a stored file, of a workbook at the sheet that was asked for.
pub(in crate::sources) fn look(preparation: &Preparation, path: &Path, sheet: Option<&str>) -> Result<Looked, Unreadable> {
    let away = |error: std::io::Error| {
        if is_disk_full(&error) {
            return Unreadable::Away(disk_full());
        }
        tracing::warn!(error = %error, "an uploaded file cannot be read; servers and workers on one database share the data folder");
        Unreadable::Away(AppError::new(ErrorKind::Unavailable, "the uploaded file cannot be reached; try again in a moment, or upload it once more"))
    };
    let prepared = preparation.prepare(path, sheet).map_err(|unprepared| match unprepared {
        Unprepared::Content(sentence) => Unreadable::Content(sentence),
        Unprepared::Away(error) => away(error),
    })?;
    let (text_bytes, sample) = sample(&prepared.path).map_err(|fault| match fault {
        Fault::Content(sentence) => Unreadable::Content(sentence),
        Fault::Away(error) => away(error),
    })?;
    let inspection = engine::ingestion::inspect_sample(&sample).map_err(|problem| Unreadable::Content(problem.to_string()))?;
    Ok(Looked { inspection, text_bytes, prepared })
}

/// So much of what a packed file holds is looked at: a second or two.
const UNPACKED_BYTES: u64 = 512 << 20;
/// What gzip makes of a sales file, guessed to be on the safe side.
const USUAL_RATIO: u64 = 8;

enum Fault {
    Content(String),
    Away(std::io::Error),
}

/// Parts of the file from its beginning to its end, and about how many bytes it has once it is unpacked.
fn sample(path: &Path) -> Result<(u64, Sample), Fault> {
    let bytes = std::fs::metadata(path).map_err(Fault::Away)?.len();
    let (unpacked, reading) = unpack::open(path).map_err(Fault::Away)?;
    let (whole, is_packed) = (unpacked.whole(), unpacked.is_packed());
    let text_bytes = whole.unwrap_or(if is_packed { bytes * USUAL_RATIO } else { bytes });
    let outcome = match whole {
        Some(whole) => Sample::of_file(&mut Ahead::of(unpacked), whole),
        None if !is_packed => std::fs::File::open(path).and_then(|mut file| Sample::of_file(&mut file, bytes)),
        None => Sample::of_long_stream(unpacked, UNPACKED_BYTES),
    };
    match (outcome, reading.fault()) {
        (Ok(sample), _) => Ok((text_bytes, sample)),
        (Err(_), Some(fault)) => Err(Fault::Content(fault)),
        (Err(error), None) => Err(Fault::Away(error)),
    }
}
