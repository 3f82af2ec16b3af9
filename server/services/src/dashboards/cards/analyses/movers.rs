//! Products that stand still.

use domain::analysis::{SlowMover, SlowMoversResult};
use domain::charts::TableData;
use domain::dashboards::CardContent;
use domain::format;
use domain::question::{Cell, ColumnKind};

use super::showing::{Showing, Shown, columns, day, nothing, pieces, text};

pub(super) fn show(showing: &Showing<'_>, found: SlowMoversResult) -> Shown {
    let as_of = format::day(found.as_of);
    if found.products == 0 {
        return nothing(format!("Every product that could be sold was sold lately, seen from {as_of}."));
    }
    let of = format!("{} of {}", format::number(found.products), format::counted(found.of_products, "product", "products"));
    let stock = if found.knows_stock { "" } else { "; stock is not known" };
    let listed = found.listed.len() as i64;
    let cut = if listed < found.products { format!("; the first {}", format::number(listed)) } else { String::new() };
    let subtitle = format!("{of} were not bought for a while, seen from {as_of}{stock}{cut}");
    (subtitle, CardContent::Table(table(showing, &found)))
}

fn table(showing: &Showing<'_>, found: &SlowMoversResult) -> TableData {
    let mut heads =
        columns([("Product", ColumnKind::Text), ("SKU", ColumnKind::Text), ("Last sold", ColumnKind::Time), ("Days since", ColumnKind::Number)]);
    heads.push(showing.money_column("Net sales before"));
    if found.knows_stock {
        heads.extend(columns([("In stock", ColumnKind::Number)]));
    }
    let row = |mover: &SlowMover| {
        let cells = [
            text(&mover.product),
            mover.sku.as_deref().map_or(Cell::None, text),
            day(mover.last_sale),
            mover.idle_days.map_or(Cell::None, Cell::Int),
            Cell::Int(mover.revenue_minor),
        ];
        cells.into_iter().chain(found.knows_stock.then(|| pieces(mover.stock_milli))).collect()
    };
    TableData { columns: heads, rows: found.listed.iter().map(row).collect() }
}
