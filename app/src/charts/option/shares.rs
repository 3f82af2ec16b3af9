//! Parts of a whole, and stages.

use super::framing::framed;
use charming::Chart;
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{AxisPointerType, ItemStyle, Label, LabelPosition, Trigger};
use charming::series::{Funnel, Pie};
use domain::charts::ChartSpec;

pub(super) fn donut(spec: &ChartSpec) -> Chart {
    let pie = Pie::new()
        .id("current")
        .name(name(spec))
        .radius(vec!["46%", "72%"])
        .avoid_label_overlap(true)
        .data(parts(spec))
        .label(Label::new().show(true).color("$text-strong").font_size(12));
    framed(Trigger::Item, AxisPointerType::None).series(pie)
}

pub(super) fn funnel(spec: &ChartSpec) -> Chart {
    let stages = Funnel::new()
        .id("current")
        .name(name(spec))
        .left("4%")
        .right("4%")
        .top(8)
        .bottom(8)
        .gap(2.0)
        .data(parts(spec))
        .label(Label::new().show(true).position(LabelPosition::Inside).font_size(12));
    framed(Trigger::Item, AxisPointerType::None).series(stages)
}

fn name(spec: &ChartSpec) -> &str {
    spec.series.first().map_or("", |series| series.name.as_str())
}

fn parts(spec: &ChartSpec) -> Vec<DataPoint> {
    let values = spec.series.first().map(|series| series.values.as_slice()).unwrap_or_default();
    let part = |(index, (name, value)): (usize, (&String, &Option<f64>))| {
        let style = ItemStyle::new().color(format!("$split-{}", index % 8)).border_color("$surface").border_width(2);
        DataPoint::from(DataPointItem::new(value.unwrap_or(0.0)).name(name.as_str()).item_style(style))
    };
    spec.categories.iter().zip(values).enumerate().map(part).collect()
}
