//! Cohorts as heat maps: rows are months of first orders, columns months since.

use domain::analysis::{Cohort, CohortMonth, CohortsResult};
use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableColumn, TableData};
use domain::question::{Cell, ColumnKind};
use domain::{Currency, format};

use super::super::card::blank;
use super::showing::{Showing, Shown, column, columns, nothing, percent, ratio, text};

/// What of cohorts is shown.
struct Part<'a> {
    series: &'a str,
    subtitle: String,
    currency: Option<Currency>,
    /// The first month of the picture.
    from: usize,
    column: TableColumn,
    cell: fn(&CohortMonth) -> Cell,
    plotted: &'a dyn Fn(&CohortMonth) -> Option<f64>,
}

pub(super) fn retention(showing: &Showing<'_>, found: CohortsResult) -> Shown {
    let part = Part {
        series: "Ordered again, %",
        subtitle: format!("Customers of each first month who ordered again, in % of them, by months since.{}", honest(&found)),
        currency: None,
        // Month 0 is nearly all of them; left out, or it would outshine all others.
        from: 1,
        column: column("", ColumnKind::Ratio),
        cell: |month| ratio(Some(month.retention)),
        plotted: &|month| percent(month.retention),
    };
    shown(showing, &found, &part)
}

pub(super) fn revenue(showing: &Showing<'_>, found: CohortsResult) -> Shown {
    let part = Part {
        series: "Net sales",
        subtitle: format!("Net sales to the customers of each first month, {}, by months since.{}", showing.currency, honest(&found)),
        currency: Some(showing.currency),
        from: 0,
        column: showing.money_column(""),
        cell: |month| Cell::Int(month.revenue_minor),
        plotted: &|month| showing.plotted(month.revenue_minor),
    };
    shown(showing, &found, &part)
}

/// What a reader must know not to be misled.
fn honest(found: &CohortsResult) -> String {
    let first = found.cohorts.first().filter(|_| found.begins_with_data);
    let first = first.map(|cohort| format!(" {} holds everyone who came before the data begin, too.", name(cohort)));
    let open = found.incomplete_month.map(|month| {
        let month = format::month(month);
        format!(" {month} is not over: the picture leaves it out, the table has it as it is so far.")
    });
    first.into_iter().chain(open).collect()
}

fn name(cohort: &Cohort) -> String {
    format::month(cohort.month)
}

fn shown(showing: &Showing<'_>, found: &CohortsResult, part: &Part<'_>) -> Shown {
    if found.cohorts.is_empty() {
        return nothing(format!("No order up to {} names its customer, so there are no cohorts.", format::day(found.as_of)));
    }
    let Some(spec) = picture(found, part) else {
        return nothing("No month after the first is over yet, so nobody can have come back.");
    };
    let customers: i64 = found.cohorts.iter().map(|cohort| cohort.customers).sum();
    let summary = format!(
        "{} in {}, by the month of their first order and months since.",
        format::counted(customers, "customer", "customers"),
        format::counted(found.cohorts.len() as i64, "cohort", "cohorts")
    );
    showing.shown(part.subtitle.clone(), summary, spec, table(found, part))
}

/// Months that are over; none where there is none.
fn picture(found: &CohortsResult, part: &Part<'_>) -> Option<ChartSpec> {
    let is_over = |cohort: &&Cohort| cohort.months.iter().skip(part.from).any(|month| !month.is_incomplete);
    let rows: Vec<&Cohort> = found.cohorts.iter().filter(is_over).collect();
    let mut heat = Vec::new();
    for (row, cohort) in rows.iter().enumerate() {
        let months = cohort.months.iter().enumerate().skip(part.from).filter(|(_, month)| !month.is_incomplete);
        heat.extend(months.filter_map(|(offset, month)| Some((offset - part.from, row, (part.plotted)(month)?))));
    }
    let last = heat.iter().map(|(column, _, _)| *column).max()?;
    Some(ChartSpec {
        categories: (0..=last).map(|column| format!("+{}", column + part.from)).collect(),
        row_labels: rows.iter().map(|cohort| format!("{}, {}", name(cohort), format::number(cohort.customers))).collect(),
        heat,
        series: vec![Series { name: part.series.to_owned(), role: SeriesRole::Current, values: Vec::new() }],
        currency: part.currency,
        ..blank(ChartKind::HeatMap)
    })
}

fn table(found: &CohortsResult, part: &Part<'_>) -> TableData {
    let width = found.cohorts.iter().map(|cohort| cohort.months.len()).max().unwrap_or(0);
    let mut heads = columns([("First order in", ColumnKind::Text), ("Customers", ColumnKind::Number)]);
    heads.extend((0..width).map(|offset| TableColumn { title: format!("Month {offset}"), ..part.column.clone() }));
    let row = |cohort: &Cohort| {
        let cells = (0..width).map(|offset| cohort.months.get(offset).map_or(Cell::None, part.cell));
        [text(&name(cohort)), Cell::Int(cohort.customers)].into_iter().chain(cells).collect()
    };
    TableData { columns: heads, rows: found.cohorts.iter().map(row).collect() }
}
