//! A grid of cells, darker for more.

use super::framing::{category_axis, framed};
use charming::Chart;
use charming::component::{Axis, Grid, VisualMap, VisualMapChannel};
use charming::datatype::DataPoint;
use charming::element::{AxisLine, AxisPointerType, AxisTick, AxisType, Emphasis, ItemStyle, Trigger};
use charming::series::Heatmap;
use domain::charts::ChartSpec;

pub(super) fn heat_map(spec: &ChartSpec) -> Chart {
    let cells =
        spec.heat.iter().map(|(column, row, value)| vec![DataPoint::from(*column as i64), DataPoint::from(*row as i64), DataPoint::from(*value)]);
    let highest = spec.heat.iter().map(|cell| cell.2).fold(0.0, f64::max);
    let rows = Axis::new()
        .type_(AxisType::Category)
        .data(spec.row_labels.clone())
        .inverse(true)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false));
    let series = Heatmap::new()
        .id("current")
        .name(spec.series.first().map_or("", |series| series.name.as_str()))
        .data(cells.collect::<Vec<_>>())
        .item_style(ItemStyle::new().border_color("$surface").border_width(2).border_radius(4))
        .emphasis(Emphasis::new().item_style(ItemStyle::new().border_color("$text")));
    let shades = VisualMap::new()
        .show(false)
        .min(0)
        .max(if highest > 0.0 { highest } else { 1.0 })
        .in_range(VisualMapChannel::new().color(vec!["$heat-0", "$heat-1", "$heat-2", "$heat-3", "$heat-4"]));
    framed(Trigger::Item, AxisPointerType::None)
        .x_axis(category_axis(spec).axis_line(AxisLine::new().show(false)))
        .y_axis(rows)
        .visual_map(shades)
        .series(series)
        .grid(Grid::new().left(0).right(0).top(0).bottom(4).contain_label(true))
}
