//! What is known of a shop before any question: its settings, and what its data span in each currency.

use chrono_tz::Tz;
use domain::accounts::MerchantSummary;
use domain::range::DateRange;
use domain::{AppError, Currency, Day};
use engine::ingestion::local_time;
use sea_orm::Statement;
use serde::{Deserialize, Serialize};

use crate::db::Tx;
use crate::{Actor, Result, Services, accounts};

use super::cache::cached;
use super::engine::Engine;
use super::shared::Shared;
use super::statements::{backend, told};

/// A shop and its data, as of one version of them.
#[derive(Clone, Debug)]
pub(crate) struct Overview {
    /// The shop.
    pub merchant: MerchantSummary,
    /// Grows whenever its facts or settings change.
    pub version: i64,
    /// When its data last changed.
    pub changed_at: Option<i64>,
    /// Today on the shop's clock.
    pub today: Day,
    /// What the data span, one entry a currency.
    pub currencies: Vec<CurrencySpan>,
    /// What answers questions in this transaction.
    pub engine: Engine,
    /// What was read in this transaction.
    pub shared: Shared,
}

/// The orders of one currency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CurrencySpan {
    /// Which.
    pub currency: Currency,
    /// From their first to their last day.
    pub days: DateRange,
    /// How many.
    pub orders: i64,
    /// How many more are tests, which do not count.
    #[serde(default)]
    pub tests: i64,
}

impl Overview {
    /// From the first to the last day of all orders; `None` before the first upload.
    pub(crate) fn days(&self) -> Option<DateRange> {
        let from = self.currencies.iter().map(|span| span.days.from).min()?;
        let to = self.currencies.iter().map(|span| span.days.to).max()?;
        Some(DateRange { from, to })
    }

    /// Whether some orders are tests.
    pub(crate) fn has_test_orders(&self) -> bool {
        self.currencies.iter().any(|span| span.tests > 0)
    }
}

/// Reads what is known of the actor's shop.
pub(crate) async fn overview(services: &Services, actor: &Actor, tx: &Tx) -> Result<Overview> {
    use sea_orm::ConnectionTrait as _;
    let row = entity::merchant::by_id(actor.merchant_id).one(&**tx).await?.ok_or_else(|| AppError::not_found("shop"))?;
    let (version, changed_at) = (row.data_version, row.data_changed_at);
    let engine = Engine::choose(services, &row);
    let merchant = accounts::merchant_summary(row)?;
    let zone: Tz = merchant.time_zone.parse().map_err(|_| anyhow::anyhow!("the shop has an unknown time zone"))?;
    let currencies = cached(services, &merchant, version, &"overview", async {
        let sql = "SELECT currency, MIN(day), MAX(day), COUNT(*), COUNT(CASE WHEN is_test THEN 1 END) FROM orders WHERE merchant_id = $1 \
            GROUP BY currency ORDER BY currency";
        let statement = Statement::from_sql_and_values(backend(services), sql, [actor.merchant_id.0.into()]);
        let rows = tx.query_all_raw(statement).await.map_err(told)?;
        let span = |row: &sea_orm::QueryResult| -> Result<CurrencySpan> {
            let currency = row.try_get_by_index::<String>(0)?.parse()?;
            let days = DateRange { from: Day(row.try_get_by_index(1)?), to: Day(row.try_get_by_index(2)?) };
            let (orders, tests): (i64, i64) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
            Ok(CurrencySpan { currency, days, orders: orders - tests, tests })
        };
        rows.iter().map(span).collect::<Result<Vec<_>>>()
    })
    .await?;
    Ok(Overview {
        merchant,
        version,
        changed_at,
        today: local_time(services.clock.now_ms(), zone).day,
        currencies,
        engine,
        shared: Shared::default(),
    })
}
