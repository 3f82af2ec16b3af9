//! New and returning customers by month.

use domain::analysis::{NewAndReturning, NewAndReturningResult};
use domain::charts::{ChartKind, ChartSpec, SeriesRole, TableData};
use domain::dashboards::Picture;
use domain::format;
use domain::question::{Cell, ColumnKind};

use super::showing::{Showing, Shown, columns, day, drawn, nothing, series};

pub(super) fn show(showing: &Showing<'_>, found: NewAndReturningResult) -> Shown {
    let months = found.months;
    if months.is_empty() {
        return nothing("No order of these days names its customer, so nobody can be told to have come back.");
    }
    let kind = if showing.picture == Picture::Column { ChartKind::Column } else { ChartKind::Stacked };
    let values = |of: fn(&NewAndReturning) -> i64| months.iter().map(move |month| Some(of(month) as f64));
    let spec = ChartSpec {
        incomplete_from: months.iter().position(|month| month.is_incomplete),
        ..drawn(
            kind,
            months.iter().map(|month| format::month(month.month)).collect(),
            vec![
                series("Returning", SeriesRole::Split(0), values(|month| month.returning_customers)),
                series("New", SeriesRole::Split(1), values(|month| month.new_customers)),
            ],
        )
    };
    let subtitle = format!("{}Customers with an order, by month; whole months", finding(&months));
    let summary = format!("Customers of {}: those who came back, and those who are new.", format::counted(months.len() as i64, "month", "months"));
    showing.shown(subtitle, summary, spec, table(showing, &months))
}

/// `In Nov 2011, 4 of 5 customers had ordered before. ` Of the last month that is over.
fn finding(months: &[NewAndReturning]) -> String {
    let Some(last) = months.iter().rev().find(|month| !month.is_incomplete) else { return String::new() };
    let all = last.new_customers + last.returning_customers;
    if all == 0 {
        return String::new();
    }
    let share = format::share(last.returning_customers as f64 / all as f64);
    format!("In {}, {share} of {} had ordered before. ", format::month(last.month), format::counted(all, "customer", "customers"))
}

fn table(showing: &Showing<'_>, months: &[NewAndReturning]) -> TableData {
    let mut heads = columns([("Month from", ColumnKind::Time), ("New", ColumnKind::Number), ("Returning", ColumnKind::Number)]);
    heads.push(showing.money_column("Net sales to new"));
    heads.push(showing.money_column("Net sales to returning"));
    let row = |month: &NewAndReturning| {
        let numbers = [month.new_customers, month.returning_customers, month.new_revenue_minor, month.returning_revenue_minor];
        std::iter::once(day(Some(month.month))).chain(numbers.map(Cell::Int)).collect()
    };
    TableData { columns: heads, rows: months.iter().map(row).collect() }
}
