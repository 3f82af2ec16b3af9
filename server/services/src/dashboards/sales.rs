//! The sales dashboard: from what a person chose to see to what they see.

use domain::Permission;
use domain::dashboards::{DashboardView, DataSpan, SalesDashboard};
use domain::question::Question;
use domain::range::{DateRange, Grain};

use crate::analytics::{Overview, Reading, cached, check_roles, overview};
use crate::db::Tx;
use crate::{Actor, Result, Services};

use super::annotations::{SAID, mark_chart, seen};
use super::chosen::Chosen;
use super::measured::Measured;
use super::{charts, figures, finding, notices};

/// The sales dashboard of the actor's shop. It is kept until the shop's data or its day change.
pub async fn sales(services: &Services, actor: &Actor, view: DashboardView) -> Result<SalesDashboard> {
    actor.require(Permission::SeeFigures)?;
    check_roles(actor, &Question { filters: view.filters.clone(), ..Question::default() })?;
    let tx = Reading::page(services, actor.merchant_id).await?;
    let overview = overview(services, actor, &tx).await?;
    let Some(days) = overview.days() else { return Ok(empty(overview)) };
    let key = ("sales", overview.today, view.to_pairs());
    let work = tx.whole_in_time(work_out(services, &tx, &overview, days, &view));
    let mut page: SalesDashboard = cached(services, &overview.merchant, overview.version, &key, work).await?;
    let notes = seen(&tx, actor, page.range).await?;
    page.charts.iter_mut().for_each(|chart| mark_chart(chart, &notes, page.grain, SAID));
    Ok(page)
}

async fn work_out(services: &Services, tx: &Tx, overview: &Overview, days: DateRange, view: &DashboardView) -> Result<SalesDashboard> {
    let chosen = Chosen::of(view, days, overview);
    let measured = Measured::read(services, tx, overview, &chosen).await?;
    Ok(SalesDashboard {
        merchant: overview.merchant.clone(),
        data: Some(DataSpan { days, changed_at: overview.changed_at.unwrap_or_default(), today: overview.today }),
        range: chosen.range,
        compared_range: chosen.compared.map(|(_, range)| range),
        grain: chosen.grain,
        finding: finding::sentence(&chosen, &measured),
        figures: figures::all(&chosen, &measured),
        charts: charts::all(&chosen, &measured),
        notices: notices::all(&chosen, &measured, overview),
    })
}

/// Before the first upload: what is there, and nothing else.
fn empty(overview: Overview) -> SalesDashboard {
    let range = DateRange { from: overview.today.plus_days(-29), to: overview.today };
    SalesDashboard {
        merchant: overview.merchant,
        data: None,
        range,
        compared_range: None,
        grain: Grain::Day,
        finding: "Add a sales file, and your figures stand here a moment later.".to_owned(),
        figures: Vec::new(),
        charts: Vec::new(),
        notices: Vec::new(),
    }
}
