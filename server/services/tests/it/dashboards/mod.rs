//! The sales dashboard.

mod figures;
mod uci;

use domain::charts::ChartCard;
use domain::dashboards::SalesDashboard;

fn chart<'a>(dashboard: &'a SalesDashboard, id: &str) -> &'a ChartCard {
    dashboard.charts.iter().find(|chart| chart.id == id).expect("the picture is there")
}
