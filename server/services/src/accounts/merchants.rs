//! A shop's settings.

use std::collections::BTreeSet;

use domain::accounts::{MerchantPatch, MerchantSummary};
use domain::ids::MerchantId;
use domain::{AppError, Currency, Permission, format};
use entity::merchant::{self, Column};
use garde::Validate;
use sea_orm::sea_query::{Expr, ExprTrait};
use serde_json::json;

use super::audit::{self, Event};
use super::stored;
use crate::analytics::{Touched, touched};
use crate::jobs::{self, JobKind, NewJob};
use crate::{Actor, Result, Services};

/// Every time zone a shop may choose.
pub fn time_zones() -> Vec<&'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect()
}

/// Refuses a zone that the time zone database lacks.
pub(super) fn require_known_zone(name: &str) -> Result<()> {
    let known = name.parse::<chrono_tz::Tz>().is_ok();
    if known {
        Ok(())
    } else {
        Err(AppError::invalid("time_zone", format!("“{name}” is not a known time zone; choose one from the list")).into())
    }
}

/// A shop as its members see it.
pub async fn merchant(services: &Services, id: MerchantId) -> Result<MerchantSummary> {
    let tx = services.db.read(id).await?;
    summary(stored::merchant_row(&tx, id).await?)
}

/// The row as its members see it.
pub(crate) fn summary(row: merchant::Model) -> Result<MerchantSummary> {
    let currency: Currency = row.currency.parse().map_err(anyhow::Error::from)?;
    let week_start = u32::try_from(row.week_start).map_err(anyhow::Error::from)?;
    let fiscal_year_start = u32::try_from(row.fiscal_year_start).map_err(anyhow::Error::from)?;
    let (id, name, time_zone) = (row.id.into(), row.name, row.time_zone);
    Ok(MerchantSummary { id, name, currency, time_zone, week_start, fiscal_year_start, is_demo: row.is_demo })
}

/// Changes a shop's settings. After a change of time zone, a job works out the days of all orders anew.
pub async fn update_merchant(services: &Services, actor: &Actor, patch: MerchantPatch) -> Result<MerchantSummary> {
    actor.require(Permission::ManageShop)?;
    patch.validate()?;
    require_known_zone(&patch.time_zone)?;
    let currency: Currency = patch.currency.parse()?;
    let tx = services.db.write(actor.merchant_id).await?;
    let before = stored::merchant_row(&tx, actor.merchant_id).await?;
    let new_zone = before.time_zone != patch.time_zone;
    let week_start = i16::try_from(patch.week_start).map_err(anyhow::Error::from)?;
    let year_start = patch.fiscal_year_start.map_or(Ok(before.fiscal_year_start), i16::try_from).map_err(anyhow::Error::from)?;
    let new_calendar = (before.week_start, before.fiscal_year_start) != (week_start, year_start);
    let new_figures = new_zone || new_calendar || before.currency != currency.code();
    merchant::update(actor.merchant_id)
        .col_expr(Column::Name, Expr::value(patch.name.trim()))
        .col_expr(Column::Currency, Expr::value(currency.code()))
        .col_expr(Column::TimeZone, Expr::value(patch.time_zone.as_str()))
        .col_expr(Column::WeekStart, Expr::value(week_start))
        .col_expr(Column::FiscalYearStart, Expr::value(year_start))
        .col_expr(Column::DataVersion, Expr::col(Column::DataVersion).add(i64::from(new_figures)))
        .exec(&*tx)
        .await?;
    if new_figures {
        // A new zone touches days only when the job below moves them.
        touched(services, &tx, actor.merchant_id, Touched::Months(BTreeSet::new())).await?;
    }
    if new_zone {
        let job = NewJob {
            merchant_id: Some(actor.merchant_id),
            kind: JobKind::RecomputeDays,
            payload: json!({}),
            // Not merged with one that runs already: it may have read the old zone.
            dedup_key: None,
            run_at: None,
            max_attempts: 5,
        };
        jobs::enqueue(&tx, services, job).await?;
    }
    audit::record(&tx, services, Event::by(actor, "shop.changed", changes(&before, &patch).join(", "))).await?;
    let after = stored::merchant_row(&tx, actor.merchant_id).await?;
    tx.commit().await?;
    services.wake_workers();
    summary(after)
}

fn changes(before: &merchant::Model, patch: &MerchantPatch) -> Vec<String> {
    let month = |number: i16| format::whole_month_name(u32::try_from(number).unwrap_or(1));
    let (week_start, year_start) = (before.week_start.to_string(), month(before.fiscal_year_start));
    let pairs = [
        ("name", before.name.as_str(), patch.name.trim().to_owned()),
        ("currency", &before.currency, patch.currency.to_uppercase()),
        ("time zone", &before.time_zone, patch.time_zone.clone()),
        ("first day of the week", &week_start, patch.week_start.to_string()),
        ("first month of the fiscal year", year_start, patch.fiscal_year_start.map_or(year_start, format::whole_month_name).to_owned()),
    ];
    pairs.into_iter().filter(|(_, old, new)| old != new).map(|(what, old, new)| format!("{what}: {old} → {new}")).collect()
}
