//! Values over time: lines and filled lines.

use super::framing::{all, category_axis, color, framed, id, points, stroke, upright, value_axis};
use charming::Chart;
use charming::element::{AreaStyle, AxisPointerType, ItemStyle, Label, LabelPosition, Symbol, Trigger};
use charming::series::Line;
use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole};

/// Up to so many points of a line are marked one by one.
const MARKED_POINTS: usize = 15;

pub(super) fn line_chart(spec: &ChartSpec) -> Chart {
    let chart = framed(Trigger::Axis, AxisPointerType::Line).grid(upright()).x_axis(category_axis(spec).boundary_gap(false)).y_axis(value_axis());
    // The compared line first, so that the current one lies on top.
    let compared = spec.series.iter().filter(|series| series.role == SeriesRole::Compared);
    let chart = compared.fold(chart, |chart, series| chart.series(line(series, "compared", all(series)).line_style(stroke("$compared", 1.5, true))));
    let others = spec.series.iter().filter(|series| series.role != SeriesRole::Compared);
    others.fold(chart, |chart, series| drawn(chart, spec, series))
}

/// A line over whole periods, and its open ends.
fn drawn(chart: Chart, spec: &ChartSpec, series: &Series) -> Chart {
    let (name, color) = (id(series), color(series.role));
    let (first, open_from) = spec.whole();
    let closed = line(series, &name, (first, open_from)).line_style(stroke(&color, 2.0, false));
    let is_alone = series.role == SeriesRole::Current;
    let wash = if spec.kind == ChartKind::Area { Some("$current-area") } else { is_alone.then_some("$current-wash") };
    let closed = match wash {
        Some(wash) if is_alone => closed.area_style(AreaStyle::new().color(wash).opacity(1.0)),
        Some(_) => closed.area_style(AreaStyle::new().color(color.as_str()).opacity(0.18)),
        None => closed,
    };
    let chart = chart.series(closed);
    let chart = if first > 0 { chart.series(open(series, &format!("{name}-late"), (0, first))) } else { chart };
    if open_from >= series.values.len() {
        return chart;
    }
    // Not joined to what is over: a line down to half a month would read as a fall.
    let is_lone = is_alone && series.values.len() - open_from == 1;
    let open = open(series, &format!("{name}-open"), (open_from, series.values.len()))
        .label(Label::new().show(is_lone).position(LabelPosition::Top).formatter("so far").color("$text"));
    chart.series(open)
}

/// Periods that are counted in part.
fn open(series: &Series, id: &str, range: (usize, usize)) -> Line {
    let color = color(series.role);
    line(series, id, range)
        .line_style(stroke(&color, 2.0, true))
        .show_symbol(true)
        .symbol_size(8.0)
        .item_style(ItemStyle::new().color("$surface").border_color(color.as_str()).border_width(2))
}

fn line(series: &Series, id: &str, range: (usize, usize)) -> Line {
    let is_short = series.values.len() <= MARKED_POINTS;
    Line::new()
        .id(id)
        .name(series.name.as_str())
        .data(points(series, range))
        .symbol(Symbol::Circle)
        .symbol_size(if is_short { 6.0 } else { 5.0 })
        .show_symbol(is_short && id != "compared" || series.values.len() == 1)
        .item_style(ItemStyle::new().color(color(series.role)))
        .connect_nulls(false)
}
