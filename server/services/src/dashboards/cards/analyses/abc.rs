//! Classes of products, and their curve.

use domain::analysis::{AbcClass, AbcResult};
use domain::charts::{ChartKind, SeriesRole, TableData};
use domain::dashboards::Picture;
use domain::format;
use domain::question::{Cell, ColumnKind};

use super::showing::{Showing, Shown, columns, drawn, nothing, percent, pieces, ratio, series, text};

pub(super) fn show(showing: &Showing<'_>, found: AbcResult) -> Shown {
    if found.products == 0 || found.revenue_minor == 0 {
        return nothing("No product brought anything in these days, so there is nothing to put in order.");
    }
    let products = format::counted(found.products, "product", "products");
    let finding = finding(&found);
    let summary = format!("{finding}{products} in all.");
    match showing.picture {
        Picture::Column => {
            let subtitle = format!("{finding}Share of {products} and of their net sales, %");
            showing.shown(subtitle, summary, classes(&found), class_table(showing, &found))
        }
        Picture::Line => {
            let subtitle = format!("{finding}Share of net sales, %, that the first so many of {products} bring");
            showing.shown(subtitle, summary, curve(&found), product_table(showing, &found))
        }
        _ => showing.shown(format!("{finding}The largest of {products}"), summary, curve(&found), product_table(showing, &found)),
    }
}

/// `224 products (6 %) bring 80 % of net sales. `
fn finding(found: &AbcResult) -> String {
    let Some(a) = found.classes.iter().find(|part| part.class == AbcClass::A) else { return String::new() };
    let Some(share) = a.revenue_share else { return String::new() };
    let products = format::counted(a.products, "product", "products");
    let verb = if a.products == 1 { "brings" } else { "bring" };
    format!("{products} ({}) {verb} {} of net sales. ", format::share(a.product_share), format::share(share))
}

fn classes(found: &AbcResult) -> domain::charts::ChartSpec {
    drawn(
        ChartKind::Column,
        found.classes.iter().map(|part| part.class.as_str().to_owned()).collect(),
        vec![
            series("Products, %", SeriesRole::Split(0), found.classes.iter().map(|part| percent(part.product_share))),
            series("Net sales, %", SeriesRole::Split(1), found.classes.iter().map(|part| part.revenue_share.and_then(percent))),
        ],
    )
}

fn curve(found: &AbcResult) -> domain::charts::ChartSpec {
    let categories = found.curve.iter().map(|point| format::share(point.product_share)).collect();
    drawn(
        ChartKind::Line,
        categories,
        vec![series("Net sales, %", SeriesRole::Current, found.curve.iter().map(|point| percent(point.revenue_share)))],
    )
}

fn class_table(showing: &Showing<'_>, found: &AbcResult) -> TableData {
    let mut heads = columns([("Class", ColumnKind::Text), ("Products", ColumnKind::Number), ("Share", ColumnKind::Ratio)]);
    heads.push(showing.money_column("Net sales"));
    heads.extend(columns([("Share of net sales", ColumnKind::Ratio)]));
    let row = |part: &domain::analysis::ClassShare| {
        vec![
            text(part.class.as_str()),
            Cell::Int(part.products),
            ratio(Some(part.product_share)),
            Cell::Int(part.revenue_minor),
            ratio(part.revenue_share),
        ]
    };
    TableData { columns: heads, rows: found.classes.iter().map(row).collect() }
}

fn product_table(showing: &Showing<'_>, found: &AbcResult) -> TableData {
    let mut heads = columns([("Product", ColumnKind::Text), ("SKU", ColumnKind::Text), ("Class", ColumnKind::Text)]);
    heads.push(showing.money_column("Net sales"));
    heads.extend(columns([("Together with those before", ColumnKind::Ratio), ("Units", ColumnKind::Number)]));
    let row = |product: &domain::analysis::ClassedProduct| {
        vec![
            text(&product.product),
            product.sku.as_deref().map_or(Cell::None, text),
            text(product.class.as_str()),
            Cell::Int(product.revenue_minor),
            ratio(product.cumulative_share),
            pieces(Some(product.units_milli)),
        ]
    };
    TableData { columns: heads, rows: found.listed.iter().map(row).collect() }
}
