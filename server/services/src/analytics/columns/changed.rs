//! What every change of facts must tell: the copy is of an older version now and is to be written anew.

use domain::ids::MerchantId;
use sea_orm::{ConnectionTrait as _, Statement};

use crate::analytics::engine::LINES_FOR_COLUMNS;
use crate::analytics::statements::backend;
use crate::config::ColumnsUse;
use crate::db::Tx;
use crate::jobs::{JobKind, NewJob, enqueue};
use crate::{Result, Services};

use super::touched::{Touched, forget, remember};

/// Asks for a new copy in the transaction that changes the facts, after it has raised the shop's data version.
pub(crate) async fn facts_changed(services: &Services, tx: &Tx, merchant: MerchantId) -> Result<()> {
    touched(services, tx, merchant, Touched::Whole).await
}

/// The same where it is known what the change touched.
pub(crate) async fn touched(services: &Services, tx: &Tx, merchant: MerchantId, what: Touched) -> Result<()> {
    if !is_wanted(services, tx, merchant).await? {
        return Ok(());
    }
    let Some(shop) = entity::merchant::by_id(merchant).one(&**tx).await? else { return Ok(()) };
    match what {
        Touched::Months(months) => remember(tx, &shop, &months).await?,
        Touched::Whole => forget(tx, &shop).await?,
    }
    let job = NewJob {
        merchant_id: Some(merchant),
        kind: JobKind::RefreshColumns,
        payload: serde_json::json!({}),
        // One a version: a job that runs already may have read the version before this one.
        dedup_key: Some(format!("columns:{}:{}", merchant.0, shop.data_version)),
        run_at: None,
        max_attempts: 5,
    };
    enqueue(tx, services, job).await?;
    Ok(())
}

/// Whether a shop has a copy: small ones are answered by the database as fast.
pub(super) async fn is_wanted(services: &Services, tx: &Tx, merchant: MerchantId) -> Result<bool> {
    match services.config.columns {
        ColumnsUse::Never => Ok(false),
        ColumnsUse::Always => Ok(true),
        ColumnsUse::Auto => {
            let sql = format!("SELECT 1 FROM order_lines WHERE merchant_id = $1 LIMIT 1 OFFSET {}", LINES_FOR_COLUMNS - 1);
            let statement = Statement::from_sql_and_values(backend(services), sql, [merchant.0.into()]);
            Ok(tx.query_one_raw(statement).await?.is_some())
        }
    }
}
