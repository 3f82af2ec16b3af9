//! The best products by net sales.

use domain::charts::{ChartCard, ChartKind, ChartSpec, Series, SeriesRole, TableData};
use domain::question::Cell;
use domain::semantic::{Dimension, Measure};
use domain::{Money, format};

use super::{blank, money_column, number_column, text_column};
use crate::dashboards::measured::Measured;
use crate::dashboards::words;

pub(super) fn card(measured: &Measured) -> ChartCard {
    let rows = &measured.products;
    let name = |row: &[Cell]| row[0].as_text().unwrap_or("No product name").to_owned();
    let plotted = |row: &Vec<Cell>| words::plotted(Measure::NetSales, &row[1], measured.currency);
    let spec = ChartSpec {
        categories: rows.iter().map(|row| name(row)).collect(),
        filter_values: rows.iter().map(|row| row[0].as_text().unwrap_or_default().to_owned()).collect(),
        filter_dimension: Some(Dimension::Product),
        series: vec![Series { name: Measure::NetSales.label().to_owned(), role: SeriesRole::Current, values: rows.iter().map(plotted).collect() }],
        currency: Some(measured.currency),
        ..blank(ChartKind::Bar)
    };
    let money = |cell: &Cell| words::value(Measure::NetSales, cell, measured.currency);
    let title = match rows.first() {
        Some(first) => {
            let amount =
                first[1].as_i64().map_or_else(String::new, |minor| format!(" with {}", format::money_compact(Money::new(minor, measured.currency))));
            format!("{} leads{amount}", name(first))
        }
        None => "Best products".to_owned(),
    };
    let spoken: Vec<String> = rows.iter().take(3).map(|row| format!("{}, {}", name(row), money(&row[1]))).collect();
    let table_row = |row: &Vec<Cell>| vec![Cell::Text(name(row)), row[1].clone(), row[2].clone()];
    ChartCard {
        id: "best-products".to_owned(),
        title,
        subtitle: format!("The products with the highest net sales, {}", measured.currency),
        spec,
        table: TableData {
            columns: vec![text_column("Product"), money_column("Net sales", measured.currency), number_column("Units")],
            rows: rows.iter().map(table_row).collect(),
        },
        summary: if spoken.is_empty() {
            "No products were sold.".to_owned()
        } else {
            format!("The best products by net sales: {}.", spoken.join("; "))
        },
    }
}
