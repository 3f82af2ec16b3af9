//! Lying bars, for long names.

use super::axis::Scale;
use super::bars::draw_bar;
use super::reading::{Unit, value};
use crate::paper::canvas::{Area, Canvas, Pen, Side, Type};
use crate::paper::colours::{LINE_STRONG, TEXT, TEXT_SOFT};
use crate::paper::text::wrapped;
use domain::charts::{ChartSpec, SeriesRole};

const NAME: Type = Type::regular(7.0, TEXT_SOFT);
const VALUE: Type = Type::regular(7.0, TEXT);

pub(super) fn draw(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let count = spec.categories.len();
    let values: Vec<f64> = spec.series.iter().flat_map(|series| (0..count).filter_map(move |index| value(series, index))).collect();
    let names = names_width(spec, area.width);
    let written = values.iter().map(|value| VALUE.width(&unit.short(*value))).fold(0.0, f32::max) + 5.0;
    let before = if values.iter().any(|value| *value < 0.0) { written } else { 0.0 };
    let left = area.x + names + 6.0 + before;
    let plot = Area::new(left, area.y, (area.right() - written - left).max(6.0), area.height);
    let scale = Scale::over(values.into_iter());
    let row = area.height / count.max(1) as f32;
    let ground = plot.x + plot.width * scale.share(0.0);
    for (index, name) in spec.categories.iter().enumerate() {
        let top = area.y + row * index as f32;
        self::name(canvas, name, Area::new(area.x, top, names, row));
        let beside = spec.series.len().max(1) as f32;
        let high = (row * 0.72 / beside).min(13.0);
        for (place, series) in (0_u16..).zip(&spec.series) {
            let Some(value) = value(series, index) else { continue };
            let y = top + row / 2.0 - high * beside / 2.0 + high * f32::from(place);
            let end = plot.x + plot.width * scale.share(value);
            draw_bar(canvas, Area::between((ground, y), (end, y + high * 0.94)), series, false);
            if series.role == SeriesRole::Compared {
                continue;
            }
            let kind = Type { size: VALUE.size.min(high.max(3.0)), ..VALUE };
            let (x, side) = if value < 0.0 { (end - 3.0, Side::To) } else { (end + 3.0, Side::From) };
            canvas.words((x, y + high / 2.0 + kind.size * 0.34), side, &unit.short(value), kind);
        }
    }
    canvas.line((ground, plot.y), (ground, plot.bottom()), Pen::of(LINE_STRONG, 0.5));
}

/// What the longest name needs, but never more than a good third.
fn names_width(spec: &ChartSpec, width: f32) -> f32 {
    let longest = spec.categories.iter().map(|name| NAME.width(&name.chars().take(200).collect::<String>())).fold(0.0, f32::max);
    longest.min(width * 0.42)
}

/// A name before its bar, on two lines where one is too short.
fn name(canvas: &mut Canvas, name: &str, area: Area) {
    let most = if area.height > 2.0 * NAME.leading() { 2 } else { 1 };
    let two = wrapped(name, NAME.weight, NAME.size, area.width, most);
    let smaller = Type { size: 6.0, ..NAME };
    // Two small lines stand in a row as high as one.
    let (lines, kind) = if most == 1 && NAME.width(name) > area.width && area.height > 2.0 * smaller.size {
        (wrapped(name, smaller.weight, smaller.size, area.width, 2), smaller)
    } else {
        (two, NAME)
    };
    let leading = kind.size * 1.08;
    let first = area.center().1 - leading * (lines.len().saturating_sub(1)) as f32 / 2.0 + kind.size * 0.34;
    for (index, line) in (0_u16..).zip(&lines) {
        canvas.words((area.right(), first + leading * f32::from(index)), Side::To, line, kind);
    }
}
