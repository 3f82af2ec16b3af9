//! Net sales by country.

use domain::charts::{ChartCard, ChartKind, ChartSpec, Series, SeriesRole, TableData};
use domain::format;
use domain::question::Cell;
use domain::semantic::{Dimension, Measure};

use super::{blank, money_column, number_column, text_column};
use crate::dashboards::measured::Measured;
use crate::dashboards::words;

/// How many countries the picture shows; the table shows all.
const SHOWN: usize = 10;

pub(super) fn card(measured: &Measured) -> ChartCard {
    let shown = &measured.countries[..measured.countries.len().min(SHOWN)];
    let plotted = |row: &Vec<Cell>| words::plotted(Measure::NetSales, &row[1], measured.currency);
    let spec = ChartSpec {
        categories: shown.iter().map(|row| words::country(&row[0])).collect(),
        filter_values: shown.iter().map(|row| row[0].as_text().unwrap_or_default().to_owned()).collect(),
        filter_dimension: Some(Dimension::Country),
        series: vec![Series { name: Measure::NetSales.label().to_owned(), role: SeriesRole::Current, values: shown.iter().map(plotted).collect() }],
        currency: Some(measured.currency),
        ..blank(ChartKind::Bar)
    };
    let money = |cell: &Cell| words::value(Measure::NetSales, cell, measured.currency);
    let spoken: Vec<String> = shown.iter().take(3).map(|row| format!("{}, {}", words::country(&row[0]), money(&row[1]))).collect();
    let table_row = |row: &Vec<Cell>| vec![Cell::Text(words::country(&row[0])), row[1].clone(), row[2].clone()];
    let count = format::counted(measured.countries.len() as i64, "country", "countries");
    ChartCard {
        id: "sales-by-country".to_owned(),
        title: title(measured),
        subtitle: match measured.countries.len() {
            ..=SHOWN => format!("Net sales by country, {}", measured.currency),
            _ => format!("Net sales by country, {}; the largest {SHOWN} of {count}", measured.currency),
        },
        spec,
        table: TableData {
            columns: vec![text_column("Country"), money_column("Net sales", measured.currency), number_column("Orders")],
            rows: measured.countries.iter().map(table_row).collect(),
        },
        summary: if spoken.is_empty() {
            "No orders in this range.".to_owned()
        } else {
            format!("Net sales of {count}, the largest first: {}.", spoken.join("; "))
        },
    }
}

fn title(measured: &Measured) -> String {
    let share = || {
        let total = measured.total(Measure::NetSales).as_i64().filter(|total| *total > 0)?;
        let first = measured.countries.first()?;
        let amount = first[1].as_i64().filter(|amount| (1..=total).contains(amount))?;
        Some((first, amount as f64 / total as f64))
    };
    match share() {
        Some((first, _)) if first[0] == Cell::None => "Sales by country".to_owned(),
        Some((first, share)) => format!("{} of net sales came from {}", format::percent(share), words::country_in_sentence(&first[0])),
        None => "Sales by country".to_owned(),
    }
}
