//! Rows of an upload's file as they came, found by their lines.

use super::containers::Preparation;
use super::list_uploads::own_upload;
use super::process_upload::{Unreadable, look, stored_path};
use super::unpack;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::ids::UploadId;
use domain::sources::{Mapping, RawRow, RawRows, RawRowsAsked};
use domain::{AppError, Permission};
use engine::ingestion::{FoundRows, RowChoice, find_rows};
use entity::upload_issue::Column;
use sea_orm::{ColumnTrait, QueryFilter};
use std::collections::HashMap;
use std::path::Path;

/// The rows that were asked for, with the reason of each that was not read. A file names people and purchase prices, which are not for every role.
pub async fn raw_rows(services: &Services, actor: &Actor, id: UploadId, asked: RawRowsAsked) -> Result<RawRows> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    let upload = own_upload(&tx, actor, id).await?;
    drop(tx);
    let path = stored_path(services, &upload);
    if !tokio::fs::try_exists(&path).await? {
        return Err(AppError::conflict("the file itself is not kept any more; bring it again to see its rows").into());
    }
    let (preparation, sheet, most) = (Preparation::of(services), sheet_of(&upload), services.config.upload_max_bytes);
    let choice = match asked {
        RawRowsAsked::Lines(lines) => RowChoice::Lines(lines.into_iter().filter_map(|line| u64::try_from(line).ok()).collect()),
        RawRowsAsked::From(line) => RowChoice::From(u64::try_from(line).unwrap_or(1)),
    };
    let found = tokio::task::spawn_blocking(move || find(&preparation, &path, sheet.as_deref(), &choice, most));
    let (headers, found) = found.await.map_err(anyhow::Error::from)??;
    let mut reasons = reasons(services, actor, id, &found).await?;
    let line = |line: u64| i64::try_from(line).unwrap_or(i64::MAX);
    let row = |(at, cells): (u64, Vec<String>)| {
        let (column, reason) = reasons.remove(&line(at)).map_or((None, None), |(column, reason)| (column, Some(reason)));
        RawRow { line: line(at), cells, reason, column }
    };
    let next_line = found.next_line.map(line);
    Ok(RawRows { file_name: upload.file_name, headers, rows: found.rows.into_iter().map(row).collect(), next_line })
}

fn sheet_of(upload: &entity::upload::Model) -> Option<String> {
    serde_json::from_str::<Mapping>(upload.mapping.as_deref()?).ok()?.sheet
}

fn find(
    preparation: &Preparation,
    path: &Path,
    sheet: Option<&str>,
    choice: &RowChoice,
    upload_max_bytes: u64,
) -> Result<(Vec<String>, FoundRows), AppError> {
    let looked = look(preparation, path, sheet).map_err(|unreadable| match unreadable {
        Unreadable::Content(sentence) => AppError::invalid("file", sentence),
        Unreadable::Away(error) => error,
    })?;
    let away = || AppError::conflict("the file cannot be read any more; bring it again to see its rows");
    let (unpacked, _) = unpack::open(&looked.prepared.path).map_err(|_| away())?;
    let found = find_rows(unpacked.for_uploads_of(upload_max_bytes), &looked.inspection, choice).map_err(|_| away())?;
    Ok((looked.inspection.headers, found))
}

/// Why rows were not read: column and reason by line.
async fn reasons(services: &Services, actor: &Actor, id: UploadId, found: &FoundRows) -> Result<HashMap<i64, (Option<String>, String)>> {
    let lines = found.rows.iter().filter_map(|(line, _)| i64::try_from(*line).ok());
    let tx = services.db.read(actor.merchant_id).await?;
    let issues = entity::upload_issue::of_upload(actor.merchant_id, id).filter(Column::Line.is_in(lines)).all(&*tx).await?;
    Ok(issues.into_iter().map(|issue| (issue.line, (issue.column_name, issue.reason))).collect())
}
