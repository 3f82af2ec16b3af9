//! Stages, each narrower than the one before.

use super::reading::{Unit, value};
use crate::paper::canvas::{Area, Canvas, Side, Type};
use crate::paper::colours::{TEXT, TEXT_SOFT, split};
use domain::charts::ChartSpec;

const NAME: Type = Type::regular(7.5, TEXT_SOFT);
const VALUE: Type = Type::regular(7.5, TEXT);

pub(super) fn draw(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let count = spec.categories.len();
    let values: Vec<f64> = (0..count).map(|index| spec.series.first().and_then(|series| value(series, index)).unwrap_or(0.0).max(0.0)).collect();
    let most = values.iter().copied().fold(0.0, f64::max);
    let names = spec.categories.iter().map(|name| NAME.width(&name.chars().take(200).collect::<String>())).fold(0.0, f32::max).min(area.width * 0.36);
    let written = values.iter().map(|value| VALUE.width(&unit.short(*value))).fold(0.0, f32::max) + 6.0;
    let plot = Area::new(area.x + names + 8.0, area.y, (area.width - names - 8.0 - written).max(8.0), area.height);
    let row = area.height / count.max(1) as f32;
    let half = |value: f64| if most > 0.0 { (value / most) as f32 * plot.width / 2.0 } else { 0.0 };
    for (index, (name, value)) in spec.categories.iter().zip(&values).enumerate() {
        let (top, middle) = (plot.y + row * index as f32, plot.center().0);
        let (above, below) = (half(*value), half(values.get(index + 1).copied().unwrap_or(*value).min(*value)));
        let bottom = top + row - 1.5;
        canvas.filled(&[(middle - above, top), (middle + above, top), (middle + below, bottom), (middle - below, bottom)], split(index));
        let kind = |kind: Type| Type { size: kind.size.min((row * 0.8).max(2.0)), ..kind };
        let base = top + row / 2.0 + kind(NAME).size * 0.34;
        canvas.fitted((plot.x - 8.0, base), Side::To, name, kind(NAME), names);
        canvas.words((area.right(), base), Side::To, &unit.short(*value), kind(VALUE));
    }
}
