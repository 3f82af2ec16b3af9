//! After a change of the shop's time zone: the local day, month and hour of every order and its lines, worked out anew from its instant.

use super::movements::move_movements;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs::{JobContext, JobError, JobResult, Outcome};
use crate::sources::store::remove_orders;
use chrono_tz::Tz;
use domain::ids::MerchantId;
use engine::ingestion::{LocalTime, local_time};
use entity::order::Model as Order;
use entity::order_line::Model as Line;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};

/// Thirty-five columns each: under SQLite's limit of parameters.
const ORDERS_AT_ONCE: u64 = 900;
/// Nineteen columns each.
const LINES_AT_ONCE: usize = 1_700;

/// Moves orders to their days in the shop's zone of now, all in one transaction.
pub(crate) async fn recompute_days(context: &JobContext) -> JobResult {
    let merchant = context.merchant_id()?;
    let tx = context.services.db.write(merchant).await.map_err(JobError::retry)?;
    context.hold(&tx).await?;
    let shop = entity::merchant::by_id(merchant).lock_exclusive().one(&*tx).await.map_err(JobError::retry)?;
    let shop = shop.ok_or_else(|| JobError::fail("the shop is not there any more"))?;
    let zone: Tz = shop.time_zone.parse().map_err(|_| JobError::fail(format!("the shop's time zone {} is unknown", shop.time_zone)))?;
    let (mut after, mut moved) = (0, 0);
    loop {
        context.pulse.check()?;
        let orders = page(&tx, merchant, after).await.map_err(JobError::retry)?;
        let Some(last) = orders.last() else { break };
        after = last.id;
        moved += move_orders(&tx, merchant, zone, orders).await.map_err(JobError::retry)?;
    }
    let mut after = (i32::MIN, String::new());
    while let Some((last, count)) = move_movements(&tx, merchant, zone, &after).await.map_err(JobError::retry)? {
        context.pulse.check()?;
        (after, moved) = (last, moved + count);
    }
    if moved > 0 {
        bump(&tx, merchant, context.services.clock.now_ms()).await.map_err(JobError::retry)?;
        crate::analytics::facts_changed(&context.services, &tx, merchant).await.map_err(JobError::retry)?;
    }
    context.close(&tx).await?;
    tx.commit().await.map_err(JobError::retry)?;
    tracing::info!(merchant.id = merchant.0, orders.moved = moved, "days were worked out anew");
    Ok(Outcome::Closed)
}

async fn page(tx: &Tx, merchant: MerchantId, after: i64) -> Result<Vec<Order>> {
    use entity::order::Column;
    let orders = entity::order::find(merchant).filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(ORDERS_AT_ONCE);
    Ok(orders.all(&**tx).await?)
}

/// Rewrites those orders whose day or hour differs in the zone, with their lines, whose key begins with the day.
async fn move_orders(tx: &Tx, merchant: MerchantId, zone: Tz, orders: Vec<Order>) -> Result<usize> {
    let (mut by_day, mut times, mut moved) = (BTreeMap::<i32, Vec<i64>>::new(), HashMap::new(), Vec::new());
    for order in orders {
        let LocalTime { day, month, hour } = local_time(order.occurred_at, zone);
        let hour = i16::from(hour);
        if (order.day, order.hour) != (day.0, hour) {
            by_day.entry(order.day).or_default().push(order.id);
            times.insert(order.id, (day.0, month, hour));
            moved.push(Order { day: day.0, month, hour, ..order });
        }
    }
    let lines = lines_of(tx, merchant, &by_day).await?;
    remove_orders(tx, merchant, &by_day).await?;
    let count = moved.len();
    if count > 0 {
        let rows = moved.into_iter().map(|order| order.into_active_model().reset_all());
        entity::order::Entity::insert_many(rows).exec_without_returning(&**tx).await?;
    }
    for some in lines.chunks(LINES_AT_ONCE) {
        let rows = some.iter().cloned().map(|line| {
            let (day, month, hour) = times[&line.order_id];
            Line { day, month, hour, ..line }.into_active_model().reset_all()
        });
        entity::order_line::Entity::insert_many(rows).exec_without_returning(&**tx).await?;
    }
    Ok(count)
}

async fn lines_of(tx: &Tx, merchant: MerchantId, by_day: &BTreeMap<i32, Vec<i64>>) -> Result<Vec<Line>> {
    use entity::order_line::Column;
    let mut lines = Vec::new();
    for (day, ids) in by_day {
        let of_day = entity::order_line::find(merchant).filter(Column::Day.eq(*day)).filter(Column::OrderId.is_in(ids.iter().copied()));
        lines.extend(of_day.all(&**tx).await?);
    }
    Ok(lines)
}

async fn bump(tx: &Tx, merchant: MerchantId, now: i64) -> Result<()> {
    use entity::merchant::Column;
    entity::merchant::update(merchant)
        .col_expr(Column::DataVersion, Expr::col(Column::DataVersion).add(1))
        .col_expr(Column::DataChangedAt, Expr::value(Some(now)))
        .exec(&**tx)
        .await?;
    Ok(())
}
