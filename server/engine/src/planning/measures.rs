//! What each measure is in SQL, over orders and over order lines.

use super::plan::{Base, Output};
use super::sql::Writer;
use domain::semantic::Measure;

/// The expression of a measure, and what it brings.
pub(super) fn expression(measure: Measure, base: Base, writer: &Writer) -> (String, Output) {
    let expression = match base {
        Base::Orders => over_orders(measure, writer),
        Base::Lines => over_lines(measure, writer),
    };
    let output = match measure {
        Measure::Units => Output::Thousandths,
        _ => Output::Number,
    };
    (expression, output)
}

fn over_orders(measure: Measure, writer: &Writer) -> String {
    match measure {
        Measure::NetSales => writer.sum("f.net_minor"),
        Measure::GrossSales => writer.sum("f.gross_minor"),
        Measure::Returns => writer.sum("f.gross_minor - f.net_minor"),
        // A store's total over a period is made of sales, but nobody knows of how many.
        Measure::Orders => "COUNT(CASE WHEN f.is_sale AND NOT f.is_aggregate THEN 1 END)".to_owned(),
        Measure::AverageOrderValue => {
            let gross = writer.sum("CASE WHEN f.is_aggregate THEN 0 ELSE f.gross_minor END");
            average(&gross, &over_orders(Measure::Orders, writer))
        }
        Measure::Units => writer.sum("f.units_milli"),
        Measure::Customers => "COUNT(DISTINCT CASE WHEN f.is_sale THEN f.customer_id END)".to_owned(),
        Measure::TotalSales => writer.sum("f.total_minor"),
    }
}

fn over_lines(measure: Measure, writer: &Writer) -> String {
    match measure {
        // A whole order's total cannot be split over its lines; questions that would are refused before.
        Measure::NetSales | Measure::TotalSales => writer.sum("f.amount_minor"),
        Measure::GrossSales => writer.sum("CASE WHEN f.amount_minor > 0 THEN f.amount_minor ELSE 0 END"),
        Measure::Returns => writer.sum("CASE WHEN f.amount_minor < 0 THEN -f.amount_minor ELSE 0 END"),
        Measure::Orders => "COUNT(DISTINCT CASE WHEN f.amount_minor > 0 AND NOT f.is_aggregate THEN f.order_id END)".to_owned(),
        Measure::AverageOrderValue => {
            let gross = writer.sum("CASE WHEN f.amount_minor > 0 AND NOT f.is_aggregate THEN f.amount_minor ELSE 0 END");
            average(&gross, &over_lines(Measure::Orders, writer))
        }
        Measure::Units => writer.sum("f.quantity_milli"),
        Measure::Customers => "COUNT(DISTINCT CASE WHEN f.amount_minor > 0 THEN f.customer_id END)".to_owned(),
    }
}

/// A division of whole numbers that are not negative, rounded half away from zero, without leaving `i64`; null where nothing is counted.
fn average(of: &str, count: &str) -> String {
    format!("CASE WHEN {count} > 0 THEN {of} / {count} + CASE WHEN {of} % {count} * 2 >= {count} THEN 1 ELSE 0 END END")
}
