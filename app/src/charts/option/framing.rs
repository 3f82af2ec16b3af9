//! What pictures share: axes, grids, strokes, tooltips.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::element::{AxisLine, AxisPointer, AxisPointerType, AxisTick, AxisType, LineStyle, LineStyleType, SplitLine, Tooltip, Trigger};
use domain::charts::{ChartSpec, Series, SeriesRole};

/// The values of a series, with gaps outside of the range.
pub(super) fn points(series: &Series, (from, to): (usize, usize)) -> Vec<Option<f64>> {
    series.values.iter().enumerate().map(|(index, value)| value.filter(|_| (from..to).contains(&index))).collect()
}

pub(super) fn all(series: &Series) -> (usize, usize) {
    (0, series.values.len())
}

pub(super) fn stroke(color: &str, width: f64, dashed: bool) -> LineStyle {
    LineStyle::new().color(color).width(width).type_(if dashed { LineStyleType::Dashed } else { LineStyleType::Solid })
}

/// A tooltip that follows the axis.
pub(super) fn framed(trigger: Trigger, pointer: AxisPointerType) -> Chart {
    let pointer = AxisPointer::new().type_(pointer).line_style(stroke("$line-strong", 1.0, false));
    Chart::new().tooltip(Tooltip::new().trigger(trigger).axis_pointer(pointer))
}

/// Where upright pictures stand: room above for a label, and to the right for the last one of the axis.
pub(super) fn upright() -> Grid {
    Grid::new().left(0).right(20).top(24).bottom(8).contain_label(true)
}

pub(super) fn category_axis(spec: &ChartSpec) -> Axis {
    Axis::new().type_(AxisType::Category).data(spec.categories.clone()).axis_tick(AxisTick::new().show(false))
}

/// Zero-based, with few and faint lines.
pub(super) fn value_axis() -> Axis {
    Axis::new()
        .type_(AxisType::Value)
        .split_number(3)
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().line_style(stroke("$line", 1.0, false)))
}

/// The colour's name of a series.
pub(super) fn color(role: SeriesRole) -> String {
    match role {
        SeriesRole::Current => "$current".to_owned(),
        SeriesRole::Compared => "$compared".to_owned(),
        SeriesRole::Split(number) => format!("$split-{}", number % 8),
    }
}

/// Names the series for `public/js/charts.js`: what is compared, and what is looked at.
pub(super) fn id(series: &Series) -> String {
    match series.role {
        SeriesRole::Current => "current".to_owned(),
        SeriesRole::Compared => "compared".to_owned(),
        SeriesRole::Split(_) => format!("split {}", series.name),
    }
}
