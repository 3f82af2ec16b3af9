//! Products that are bought together.

use domain::analysis::{BasketResult, Pair};
use domain::charts::TableData;
use domain::dashboards::CardContent;
use domain::format;
use domain::question::{Cell, ColumnKind};

use super::showing::{Showing, Shown, columns, nothing, part, text};

pub(super) fn show(_: &Showing<'_>, found: BasketResult) -> Shown {
    let baskets = format::counted(found.baskets, "order", "orders");
    if found.pairs.is_empty() {
        return nothing(match found.baskets {
            0 => "No order of these days has a product.".to_owned(),
            _ => format!("No two products stand together in {} or more of {baskets} with products.", format::number(found.min_orders)),
        });
    }
    let subtitle = format!(
        "Pairs in at least {} of {baskets} with products; {} of {}. Lift 1 is chance",
        format::number(found.min_orders),
        format::number(found.pairs.len() as i64),
        format::counted(found.found, "pair", "pairs"),
    );
    let heads = columns([
        ("Who buys", ColumnKind::Text),
        ("also buys", ColumnKind::Text),
        ("Orders with both", ColumnKind::Number),
        ("Support", ColumnKind::Ratio),
        ("Confidence", ColumnKind::Ratio),
        ("The other way", ColumnKind::Ratio),
        ("Lift", ColumnKind::Number),
    ]);
    let row = |pair: &Pair| {
        vec![
            text(&pair.first),
            text(&pair.second),
            Cell::Int(pair.orders),
            part(pair.support),
            part(pair.confidence),
            part(pair.confidence_back),
            Cell::Float((pair.lift * 100.0).round() / 100.0),
        ]
    };
    (subtitle, CardContent::Table(TableData { columns: heads, rows: found.pairs.iter().map(row).collect() }))
}
