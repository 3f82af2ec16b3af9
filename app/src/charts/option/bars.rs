//! Bars: upright, one upon the other, lying, and those that lead from one total to another.

use super::framing::{all, category_axis, color, framed, id, points, upright, value_axis};
use charming::Chart;
use charming::component::Grid;
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{
    AxisLabel, AxisLine, AxisPointerType, BorderType, Emphasis, EmphasisFocus, ItemStyle, Label, LabelPosition, SplitLine, Trigger,
};
use charming::series::Bar;
use domain::charts::{ChartSpec, SeriesRole};

/// Up to so many upright bars carry their value; more would overlap.
const LABELLED_COLUMNS: usize = 12;

pub(super) fn column_chart(spec: &ChartSpec) -> Chart {
    let labelled = spec.categories.len() <= LABELLED_COLUMNS && spec.series.len() == 1;
    let chart = framed(Trigger::Axis, AxisPointerType::Shadow).grid(upright()).x_axis(category_axis(spec)).y_axis(value_axis());
    bars(chart, spec, labelled.then_some(LabelPosition::Top), false)
}

pub(super) fn bar_chart(spec: &ChartSpec) -> Chart {
    let hidden = value_axis().axis_label(AxisLabel::new().show(false)).split_line(SplitLine::new().show(false));
    let names = category_axis(spec).inverse(true).axis_line(AxisLine::new().show(false));
    let chart = framed(Trigger::Axis, AxisPointerType::Shadow).x_axis(hidden).y_axis(names);
    bars(chart, spec, (!is_split(spec)).then_some(LabelPosition::Right), false).grid(Grid::new().left(0).right(56).top(0).bottom(0))
}

/// Whether bars of several things stand beside each other; beside what it is set against, one thing keeps its numbers.
fn is_split(spec: &ChartSpec) -> bool {
    spec.series.iter().any(|series| matches!(series.role, SeriesRole::Split(_)))
}

pub(super) fn stacked_chart(spec: &ChartSpec) -> Chart {
    let chart = framed(Trigger::Axis, AxisPointerType::Shadow).grid(upright()).x_axis(category_axis(spec)).y_axis(value_axis());
    bars(chart, spec, None, true)
}

/// The first and the last bar stand on the ground; each one between begins where the one before it ended.
pub(super) fn waterfall(spec: &ChartSpec) -> Chart {
    let values: Vec<f64> = spec.series.first().map_or_else(Vec::new, |series| series.values.iter().map(|value| value.unwrap_or(0.0)).collect());
    let last = values.len().saturating_sub(1);
    let (mut at, mut ground, mut shown) = (0.0, Vec::new(), Vec::new());
    for (index, value) in values.iter().copied().enumerate() {
        let is_total = index == 0 || index == last;
        let (from, to) = if is_total { (0.0, value) } else { (at, at + value) };
        at = to;
        // A step across zero cannot stand on one stack; it is drawn from zero.
        let crosses = from * to < 0.0;
        ground.push(if crosses {
            0.0
        } else if from.abs() < to.abs() {
            from
        } else {
            to
        });
        let height = if crosses { to } else { (to - from).abs() * if from.min(to) < 0.0 { -1.0 } else { 1.0 } };
        let color = if is_total {
            "$current"
        } else if value < 0.0 {
            "$bad"
        } else {
            "$good"
        };
        shown.push(DataPoint::from(DataPointItem::new(height).item_style(ItemStyle::new().color(color).border_radius(3))));
    }
    let below = Bar::new().id("ground").name("").stack("all").data(ground).item_style(ItemStyle::new().color("transparent"));
    let steps = Bar::new()
        .id("current")
        .name(spec.series.first().map_or("", |series| series.name.as_str()))
        .stack("all")
        .data(shown)
        .label(Label::new().show(true).position(LabelPosition::Top).color("$text-strong").font_size(12));
    framed(Trigger::Axis, AxisPointerType::Shadow).grid(upright()).x_axis(category_axis(spec)).y_axis(value_axis()).series(below).series(steps)
}

fn bars(chart: Chart, spec: &ChartSpec, label: Option<LabelPosition>, is_stacked: bool) -> Chart {
    spec.series.iter().fold(chart, |chart, series| {
        let style = ItemStyle::new().border_radius(if is_stacked { 0 } else { 3 });
        let bar = Bar::new()
            .id(id(series))
            .name(series.name.as_str())
            .data(points(series, all(series)))
            .bar_gap("10%")
            .emphasis(Emphasis::new().focus(EmphasisFocus::None));
        let bar = if is_stacked { bar.stack("all") } else { bar };
        let bar = if series.role == SeriesRole::Compared {
            bar.item_style(style.color("$compared-wash").border_color("$compared").border_width(1).border_type(BorderType::Dashed))
        } else {
            bar.item_style(style.color(color(series.role)))
        };
        chart.series(match label {
            Some(position) if series.role == SeriesRole::Current => {
                bar.label(Label::new().show(true).position(position).color("$text-strong").font_size(12))
            }
            _ => bar,
        })
    })
}
