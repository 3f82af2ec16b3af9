//! Columns mapped by hand: what a person sees, and what comes of their choice.

use super::containers::Preparation;
use super::list_uploads::{own_upload, status, summary};
use super::origin::Origin;
use super::process_upload::{Looked, Looking, Unreadable, WHILE_WAITED_FOR, look, own_key, read_discounts, remembered, stored_path};
use super::unpack;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use crate::jobs::{NewJob, enqueue};
use domain::ids::UploadId;
use domain::sources::{Ambiguity, Mapping, MappingPreview, Reason, UploadStatus, UploadSummary};
use domain::{AppError, FieldError, Permission};
use engine::ingestion::{Discounts, Inspection, ambiguities, guess_by_looks, look_at_columns, missing_meanings, price_doubt, recognise, vendor_name};
use entity::upload::Column;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};
use std::io::Read;
use std::path::Path;

const ROWS_SHOWN: usize = 20;

/// The file's headers, its first rows and the best guess; of a workbook, those of the sheet asked for.
pub async fn mapping_preview(services: &Services, actor: &Actor, id: UploadId, sheet: Option<String>) -> Result<MappingPreview> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    let shop = entity::merchant::by_id(actor.merchant_id).one(&*tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    // A slow workbook takes minutes to look at: no connection waits for it.
    drop(tx);
    let confirmed: Option<Mapping> = upload.mapping.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let sheet = sheet.or_else(|| confirmed.as_ref().and_then(|mapping| mapping.sheet.clone()));
    let Looked { inspection, prepared, .. } = inspect(services, &upload, sheet).await?;
    let mut recognition = recognise(&inspection.headers);
    let by_names = recognition.mapping.as_ref().filter(|_| recognition.vendor.is_none());
    let doubt = by_names.and_then(|mapping| price_doubt(&inspection, mapping));
    recognition.reasons.extend(doubt.map(|sentence| Reason { sentence, weight: 0 }));
    let tx = services.db.read(actor.merchant_id).await?;
    let own_key = own_key(&recognition.source_key, upload.source_name.as_deref());
    let remembered = remembered(&tx, actor.merchant_id, &own_key, &inspection.headers).await?;
    drop(tx);
    let columns = look_at_columns(&inspection);
    let guess = confirmed.or(remembered).unwrap_or_else(|| {
        let by_looks = guess_by_looks(&mut recognition.guess, &columns, &inspection);
        recognition.reasons.extend(by_looks);
        recognition.guess
    });
    let guess = Mapping { sheet: prepared.notes.sheet.clone(), ..guess };
    let missing = missing_meanings(&guess);
    let upload_max_bytes = services.config.upload_max_bytes;
    let ambiguities = open_questions(&shop, &inspection, &guess, &prepared.path, upload_max_bytes).await?.ambiguities;
    let rows = inspection.rows.into_iter().take(ROWS_SHOWN).collect();
    Ok(MappingPreview {
        upload: summary(upload),
        headers: inspection.headers,
        rows,
        columns,
        guess,
        missing,
        vendor: recognition.vendor.map(|vendor| vendor_name(vendor).to_owned()),
        reasons: recognition.reasons,
        encoding: inspection.encoding.label().to_owned(),
        delimiter: delimiter_name(inspection.delimiter).to_owned(),
        sheets: prepared.notes.sheets,
        sheet: prepared.notes.sheet,
        set_aside: inspection.above.into_iter().chain(inspection.below).collect(),
        ambiguities,
    })
}

/// What the file leaves open under a mapping, and what it tells of its discounts.
pub(super) struct Told {
    pub(super) ambiguities: Vec<Ambiguity>,
    pub(super) discounts: Option<Discounts>,
}

/// What the file leaves open under a mapping, as far as it is looked at while somebody waits.
pub(super) async fn open_questions(
    shop: &entity::merchant::Model,
    inspection: &Inspection,
    mapping: &Mapping,
    path: &Path,
    upload_max_bytes: u64,
) -> Result<Told> {
    let shop = shop.currency.parse().map_err(anyhow::Error::msg)?;
    let (inspection, mapping, path) = (inspection.clone(), mapping.clone(), path.to_owned());
    let work = move || {
        let rest = || {
            let (unpacked, _) = unpack::open(&path).ok()?;
            let bytes = unpacked.whole().or_else(|| Some(std::fs::metadata(&path).ok()?.len()))?;
            (bytes <= WHILE_WAITED_FOR).then(|| Box::new(unpacked) as Box<dyn Read>)
        };
        let looking = Looking { path: &path, upload_max_bytes, most_bytes: WHILE_WAITED_FOR, is_wanted: &|| true };
        let discounts = read_discounts(&looking, &inspection, &mapping);
        let of_discounts = discounts.iter().flat_map(|found| found.questions.iter().cloned());
        let ambiguities = of_discounts.chain(ambiguities(&inspection, &mapping, shop, rest)).collect();
        Told { ambiguities, discounts }
    };
    Ok(tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?)
}

fn delimiter_name(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        b'|' => "bar",
        _ => "",
    }
}

/// Reads the upload with a person's mapping: it waits for a worker again.
pub async fn map_upload(services: &Services, actor: &Actor, id: UploadId, mapping: Mapping) -> Result<UploadSummary> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    drop(tx);
    check_mapping(services, &upload, &mapping).await?;
    let tx = services.db.write(actor.merchant_id).await?;
    let job = enqueue(&tx, services, NewJob::process_upload(actor.merchant_id, id.0)).await?;
    let changed = entity::upload::update(actor.merchant_id)
        .filter(Column::Id.eq(id.0))
        .filter(Column::Status.is_in([UploadStatus::NeedsMapping.as_str(), UploadStatus::Failed.as_str()]))
        .col_expr(Column::Status, Expr::value(UploadStatus::Queued.as_str()))
        .col_expr(Column::Mapping, Expr::value(serde_json::to_string(&mapping)?))
        .col_expr(Column::JobId, Expr::value(job.0))
        .col_expr(Column::Error, Expr::value(Option::<String>::None))
        .col_expr(Column::FinishedAt, Expr::value(Option::<i64>::None))
        .exec(&*tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(refusal(status(&upload)).into());
    }
    entity::upload_issue::delete(actor.merchant_id).filter(entity::upload_issue::Column::UploadId.eq(id.0)).exec(&*tx).await?;
    let upload = own_upload(&tx, actor, id).await?;
    tx.commit().await?;
    services.wake_workers();
    Ok(summary(upload))
}

fn refusal(status: UploadStatus) -> AppError {
    AppError::conflict(match status {
        UploadStatus::Completed => "this upload is read already; ask for it to be read again with this mapping".to_owned(),
        other => format!("this upload is {}; its columns cannot be mapped now", other.as_str()),
    })
}

pub(super) async fn inspect(services: &Services, upload: &entity::upload::Model, sheet: Option<String>) -> Result<Looked> {
    if Origin::of(upload) == Origin::Orders {
        return Err(AppError::conflict("these orders came as JSON by the API; there are no columns to map").into());
    }
    let (preparation, path) = (Preparation::of(services), stored_path(services, upload));
    let looked = tokio::task::spawn_blocking(move || look(&preparation, &path, sheet.as_deref())).await.map_err(anyhow::Error::from)?;
    match looked {
        Ok(looked) => Ok(looked),
        Err(Unreadable::Content(sentence)) => Err(AppError::invalid("file", sentence).into()),
        Err(Unreadable::Away(error)) => Err(error.into()),
    }
}

/// Refuses a mapping that does not fit the upload's file.
pub(super) async fn check_mapping(services: &Services, upload: &entity::upload::Model, mapping: &Mapping) -> Result<()> {
    Ok(check(mapping, &inspect(services, upload, mapping.sheet.clone()).await?.inspection)?)
}

/// Every mapped column is in the file, and what a sale needs is mapped.
fn check(mapping: &Mapping, inspection: &Inspection) -> Result<(), AppError> {
    let mut fields = unknown_columns(mapping, inspection);
    let missing = missing_meanings(mapping);
    if !missing.is_empty() {
        fields.push(FieldError { field: "columns".to_owned(), message: format!("still missing: {}", missing.join(", ")) });
    }
    if fields.is_empty() { Ok(()) } else { Err(AppError::validation(fields)) }
}

/// Columns that the mapping names and the file lacks.
pub(super) fn unknown_columns(mapping: &Mapping, inspection: &Inspection) -> Vec<FieldError> {
    let unknown = mapping.columns.iter().filter(|(_, header)| !inspection.headers.contains(header));
    let further = mapping.further_stock.iter().filter(|header| !inspection.headers.contains(header));
    let unknown = unknown.map(|(meaning, header)| (format!("columns.{}", meaning.as_str()), header));
    let unknown = unknown.chain(further.map(|header| ("further_stock".to_owned(), header)));
    let sentence = |header: &String| format!("the file has no column “{header}”; choose one of its columns");
    unknown.map(|(field, header)| FieldError { field, message: sentence(header) }).collect()
}
