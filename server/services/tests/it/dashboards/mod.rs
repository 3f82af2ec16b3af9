//! The sales dashboard, and boards of questions.

mod analyses;
mod annotations;
mod audiences;
mod boards;
mod exports;
mod figures;
mod goals;
mod in_parts;
mod in_time;
mod links;
mod nothing_sold;
mod paper;
mod pictures;
mod rows;
mod search;
mod suggestions;
mod uci;
mod what_changed;
mod whole;
mod xray;

use domain::charts::ChartCard;
use domain::dashboards::SalesDashboard;

fn chart<'a>(dashboard: &'a SalesDashboard, id: &str) -> &'a ChartCard {
    dashboard.charts.iter().find(|chart| chart.id == id).expect("the picture is there")
}
