//! Segments of customers.

use domain::analysis::{Analysis, RfmCustomer, RfmInput, RfmResult, RfmSegment};
use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole, TableData};
use domain::dashboards::{CardContent, Picture};
use domain::format;
use domain::question::{Cell, ColumnKind};

use super::super::card::blank;
use super::showing::{Showing, Shown, columns, day, drawn, nothing, percent, ratio, series, text};

pub(super) fn show(showing: &Showing<'_>, found: RfmResult) -> Shown {
    let as_of = format::day(found.as_of);
    if found.customers == 0 {
        return nothing(format!("No order up to {as_of} names its customer, so there is nobody to tell apart."));
    }
    if let (Picture::Table, Some(Analysis::Rfm(RfmInput { customers: 1.., segment, .. }))) = (showing.picture, &showing.card.analysis) {
        return by_name(showing, &found, *segment);
    }
    let customers = format::counted(found.customers, "customer", "customers");
    if showing.picture == Picture::HeatMap {
        let subtitle = format!("How many of {customers} have each score of recency and frequency, as of {as_of}");
        let summary = format!("{customers} by recency and frequency, each scored 1 to 5.");
        return showing.shown(subtitle, summary, grid(&found), grid_table(&found));
    }
    let subtitle = format!("{}Share of {customers} and of their net sales, %, as of {as_of}", finding(&found));
    let said = found.segments.iter().map(|part| format!("{}, {} of customers", part.segment.label(), format::share(part.customer_share)));
    let summary = format!("Segments of customers: {}.", said.collect::<Vec<_>>().join("; "));
    let spec = drawn(
        ChartKind::Bar,
        found.segments.iter().map(|part| part.segment.label().to_owned()).collect(),
        vec![
            series("Customers, %", SeriesRole::Split(0), found.segments.iter().map(|part| percent(part.customer_share))),
            series("Net sales, %", SeriesRole::Split(1), found.segments.iter().map(|part| part.revenue_share.and_then(percent))),
        ],
    );
    showing.shown(subtitle, summary, spec, table(showing, &found))
}

/// The customers of a segment, or of all.
fn by_name(showing: &Showing<'_>, found: &RfmResult, segment: Option<RfmSegment>) -> Shown {
    let as_of = format::day(found.as_of);
    let is_of_it = |part: &&domain::analysis::SegmentShare| segment.is_none_or(|segment| part.segment == segment);
    let all: i64 = found.segments.iter().filter(is_of_it).map(|part| part.customers).sum();
    if found.listed.is_empty() {
        return nothing(format!("Nobody is in this segment as of {as_of}."));
    }
    let shown = found.listed.len() as i64;
    let first = if shown < all { format!("the first {} of ", format::number(shown)) } else { String::new() };
    let subtitle = format!("{first}{}, those who brought most first, as of {as_of}", format::counted(all, "customer", "customers"));
    let mut heads = columns([("Customer", ColumnKind::Text), ("Last order", ColumnKind::Time), ("Orders", ColumnKind::Number)]);
    heads.push(showing.money_column("Net sales"));
    heads.extend(columns([("Recency", ColumnKind::Number), ("Frequency", ColumnKind::Number), ("Money", ColumnKind::Number)]));
    let row = |customer: &RfmCustomer| {
        let scores = [customer.recency, customer.frequency, customer.monetary].map(|score| Cell::Int(score.into()));
        let figures = [text(&customer.name), day(Some(customer.last_order)), Cell::Int(customer.orders), Cell::Int(customer.revenue_minor)];
        figures.into_iter().chain(scores).collect()
    };
    (subtitle, CardContent::Table(TableData { columns: heads, rows: found.listed.iter().map(row).collect() }))
}

/// `Champions are 22 % of customers and bring 66 % of net sales. `
fn finding(found: &RfmResult) -> String {
    let Some(best) = found.segments.iter().max_by_key(|part| part.revenue_minor) else { return String::new() };
    let Some(share) = best.revenue_share.filter(|share| (0.0..=1.0).contains(share)) else { return String::new() };
    let (label, customers, share) = (best.segment.label(), format::share(best.customer_share), format::share(share));
    format!("“{label}” are {customers} of customers and bring {share} of net sales. ")
}

fn table(showing: &Showing<'_>, found: &RfmResult) -> TableData {
    let mut heads =
        columns([("Segment", ColumnKind::Text), ("Customers", ColumnKind::Number), ("Share", ColumnKind::Ratio), ("Orders", ColumnKind::Number)]);
    heads.push(showing.money_column("Net sales"));
    heads.extend(columns([("Share of net sales", ColumnKind::Ratio), ("Who they are", ColumnKind::Text)]));
    let row = |part: &domain::analysis::SegmentShare| {
        vec![
            text(part.segment.label()),
            Cell::Int(part.customers),
            ratio(Some(part.customer_share)),
            Cell::Int(part.orders),
            Cell::Int(part.revenue_minor),
            ratio(part.revenue_share),
            text(part.segment.meaning()),
        ]
    };
    TableData { columns: heads, rows: found.segments.iter().map(row).collect() }
}

/// Customers of two scores, whatever they brought.
fn customers_of(found: &RfmResult, recency: u8, frequency: u8) -> i64 {
    found.cells.iter().filter(|cell| (cell.recency, cell.frequency) == (recency, frequency)).map(|cell| cell.customers).sum()
}

/// Recency downwards from the best, frequency to the right up to the best: champions stand at the upper right.
fn grid(found: &RfmResult) -> ChartSpec {
    let recencies: Vec<u8> = (1..=5).rev().collect();
    let cell = |row: usize, recency: u8, frequency: u8| (usize::from(frequency) - 1, row, customers_of(found, recency, frequency) as f64);
    let heat = recencies.iter().enumerate().flat_map(|(row, recency)| (1..=5).map(move |frequency| cell(row, *recency, frequency)));
    ChartSpec {
        categories: (1..=5).map(|score| format!("Frequency {score}")).collect(),
        row_labels: recencies.iter().map(|score| format!("Recency {score}")).collect(),
        heat: heat.collect(),
        series: vec![Series { name: "Customers".to_owned(), role: SeriesRole::Current, values: Vec::new() }],
        ..blank(ChartKind::HeatMap)
    }
}

fn grid_table(found: &RfmResult) -> TableData {
    let heads =
        columns([("Recency", ColumnKind::Text), ("Frequency", ColumnKind::Text), ("Segment", ColumnKind::Text), ("Customers", ColumnKind::Number)]);
    let all = (1..=5_u8).rev().flat_map(|recency| (1..=5_u8).rev().map(move |frequency| (recency, frequency)));
    let row = |(recency, frequency): (u8, u8)| {
        let label = RfmSegment::of(recency, frequency).label();
        vec![text(&recency.to_string()), text(&frequency.to_string()), text(label), Cell::Int(customers_of(found, recency, frequency))]
    };
    TableData { columns: heads, rows: all.map(row).collect() }
}
