//! Why a figure is not what it was.

use domain::dashboards::{BoardCard, ChangeParts, ChangeSplit, DashboardView, DataSpan, WhatChanged};
use domain::question::{Cell, Question};
use domain::range::DateRange;
use domain::semantic::{Dimension, Measure};
use domain::{AppError, Permission};

use super::split::{self, Whole, split};
use crate::analytics::{Overview, Reading, cached, overview};
use crate::dashboards::cards::Asking;
use crate::dashboards::words;
use crate::db::Tx;
use crate::{Actor, Result, Services};

/// By what a change is split, as far as the measure can be and the data have values.
const DIMENSIONS: [Dimension; 12] = [
    Dimension::Country,
    Dimension::Channel,
    Dimension::Source,
    Dimension::Store,
    Dimension::Category,
    Dimension::Brand,
    Dimension::Product,
    Dimension::City,
    Dimension::CustomerSegment,
    Dimension::DiscountCode,
    Dimension::PaymentMethod,
    Dimension::Weekday,
];

/// A figure's change over a view's days, and what each value of each dimension contributed. Kept until the data change.
///
/// # Errors
/// A measure whose change is not made of parts is refused, as is one that the actor's role may not see.
pub async fn what_changed(services: &Services, actor: &Actor, measure: Measure, view: DashboardView) -> Result<WhatChanged> {
    actor.require(Permission::SeeFigures)?;
    if !measure.has_change_parts() {
        let words =
            format!("{} does not add up from parts, so nobody can say which of them changed it; ask for net_sales or orders", measure.label());
        return Err(AppError::invalid("measure", words).into());
    }
    let tx = Reading::page(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let Some(days) = overview.days() else { return Ok(before_data(overview, measure)) };
    let key = ("what_changed", overview.today, actor.role, measure, view.to_pairs());
    let work = tx.whole_in_time(work_out((services, &tx, &overview), actor, measure, (&view, days)));
    cached(services, &overview.merchant, overview.version, &key, work).await
}

async fn work_out(
    parts: (&Services, &Tx, &Overview),
    actor: &Actor,
    measure: Measure,
    (view, days): (&DashboardView, DateRange),
) -> Result<WhatChanged> {
    let overview = parts.2;
    let plain = BoardCard::of(Question::new([measure]));
    let asking = Asking::of(parts, actor, &plain, (view, days)).await?;
    let chosen = &asking.chosen;
    let total = async |range| -> Result<Cell> {
        let answer = asking.ask(asking.over(range, None)).await?;
        Ok(answer.rows.into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or(Cell::None))
    };
    let now = total(chosen.settled).await?;
    let blank = WhatChanged {
        merchant: overview.merchant.clone(),
        measure,
        data: Some(DataSpan { days, changed_at: overview.changed_at.unwrap_or_default(), today: overview.today }),
        range: chosen.range,
        compared_range: chosen.compared.map(|(_, range)| range),
        value: words::value(measure, &now, asking.currency),
        change: None,
        finding: "There is nothing to compare with: the data do not reach back that far. Choose other days or another comparison.".to_owned(),
        splits: Vec::new(),
    };
    let Some((comparison, range)) = chosen.comparable() else { return Ok(blank) };
    let whole = Whole { before: total(range).await?, now, range, with: words::compared_with(comparison, chosen.settled, range, chosen.calendar) };
    let mut splits = Vec::new();
    for dimension in DIMENSIONS {
        let Some(made) = ChangeParts::of(measure, dimension).filter(|_| dimension.entry().lowest_role <= actor.role) else { continue };
        let asking = Asking::of(parts, actor, &split::card(measure, dimension, made), (view, days)).await?;
        splits.extend(split(&asking, dimension, made, &whole).await?);
    }
    splits.sort_by(|a, b| b.tells.total_cmp(&a.tells));
    let change = words::change(measure, &whole.now, &whole.before, &whole.with);
    Ok(WhatChanged { finding: finding(&asking, &whole, &splits), change: Some(change), splits, ..blank })
}

/// The change, and the split that tells most of it.
fn finding(asking: &Asking<'_>, whole: &Whole, splits: &[ChangeSplit]) -> String {
    let by = whole.difference();
    let label = asking.measure().label();
    if by == 0.0 {
        return format!("{label} is what it was in {}.", whole.with);
    }
    let told = |split: &ChangeSplit| format!(" By {}: {}", split.dimension.label().to_lowercase(), split.chart.summary);
    let first = splits.first().map(told).unwrap_or_default();
    format!("{label}: {} {} on {}.{first}", split::way(by), split::amount(asking, by), whole.with)
}

fn before_data(overview: Overview, measure: Measure) -> WhatChanged {
    let range = DateRange { from: overview.today.plus_days(-29), to: overview.today };
    WhatChanged {
        merchant: overview.merchant,
        measure,
        data: None,
        range,
        compared_range: None,
        value: "–".to_owned(),
        change: None,
        finding: "Add a sales file, and what changed stands here a moment later.".to_owned(),
        splits: Vec::new(),
    }
}
