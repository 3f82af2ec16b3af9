//! Rejected rows: a look at the first, and all of them as a file.

use super::list_uploads::own_upload;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use bytes::Bytes;
use domain::Permission;
use domain::charts::csv_cell;
use domain::ids::{MerchantId, UploadId};
use domain::sources::UploadIssue;
use entity::upload_issue::Column;
use futures::{Stream, StreamExt, TryStreamExt, stream};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

const PAGE: u64 = 1_000;
const HEAD: &str = "line,column,reason,row\r\n";

/// The first rejected rows of an upload. Who may not add data is told the reasons, and not what the file says of people and prices.
pub async fn list_issues(services: &Services, actor: &Actor, id: UploadId, limit: u64) -> Result<Vec<UploadIssue>> {
    actor.require(Permission::SeeFigures)?;
    let mut issues = page_after(services, actor, id, 0, limit).await?;
    if !actor.role.can(Permission::AddData) {
        issues.iter_mut().for_each(|issue| issue.raw.clear());
    }
    Ok(issues)
}

/// All rejected rows as CSV, streamed page by page: line, column, reason, row.
pub async fn issues_csv(services: &Services, actor: &Actor, id: UploadId) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<>> {
    actor.require(Permission::AddData)?;
    let tx = services.db.read(actor.merchant_id).await?;
    own_upload(&tx, actor, id).await?;
    let head = stream::once(async { Ok(Bytes::from_static(HEAD.as_bytes())) });
    let (services, actor) = (services.clone(), actor.clone());
    let pages = stream::try_unfold(Some(0), move |after| {
        let (services, actor) = (services.clone(), actor.clone());
        async move {
            let Some(after) = after else { return Ok(None) };
            let page = page_after(&services, &actor, id, after, PAGE).await?;
            let next = page.last().map(|issue| issue.line);
            Ok((!page.is_empty()).then(|| (csv(&page), next)))
        }
    });
    Ok(head.chain(pages.map_ok(Bytes::from)))
}

/// The first rejected rows as CSV, for who is told of them.
pub(crate) async fn first_issues(services: &Services, merchant: MerchantId, id: UploadId, most: u64) -> Result<String> {
    let issues = page_after(services, &Actor::program(merchant), id, 0, most).await?;
    Ok(format!("{HEAD}{}", csv(&issues)))
}

async fn page_after(services: &Services, actor: &Actor, id: UploadId, after: i64, limit: u64) -> Result<Vec<UploadIssue>> {
    let tx = services.db.read(actor.merchant_id).await?;
    own_upload(&tx, actor, id).await?;
    let issues = entity::upload_issue::of_upload(actor.merchant_id, id).filter(Column::Line.gt(after)).order_by_asc(Column::Line).limit(limit);
    let issue = |row: entity::upload_issue::Model| UploadIssue { line: row.line, column: row.column_name, reason: row.reason, raw: row.raw };
    Ok(issues.all(&*tx).await?.into_iter().map(issue).collect())
}

fn csv(issues: &[UploadIssue]) -> String {
    let row = |issue: &UploadIssue| {
        let column = csv_cell(issue.column.as_deref().unwrap_or_default());
        format!("{},{column},{},{}\r\n", issue.line, csv_cell(&issue.reason), csv_cell(&issue.raw))
    };
    issues.iter().map(row).collect()
}
