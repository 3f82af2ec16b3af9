//! Upright bars: beside each other, or one upon the other.

use super::axis::Scale;
use super::pins::pins;
use super::reading::{Unit, role_colour, value};
use super::upright::Upright;
use crate::paper::canvas::{Area, Canvas, Pen, Side, Type};
use crate::paper::colours::{COMPARED, COMPARED_WASH, PAPER, TEXT};
use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole};

/// Up to so many upright bars carry their value; more would overlap.
const LABELLED: usize = 12;
const WIDEST: f32 = 27.0;
const VALUE: Type = Type::regular(7.0, TEXT);

pub(super) fn columns(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let count = spec.categories.len();
    let values = spec.series.iter().flat_map(|series| (0..count).filter_map(move |index| value(series, index)));
    let upright = Upright::drawn(canvas, (spec, unit), area, Scale::over(values), true);
    let beside = spec.series.len().max(1) as f32;
    let width = (upright.band() * 0.72 / beside).min(WIDEST);
    let is_labelled = count <= LABELLED && spec.series.len() == 1;
    for (place, series) in (0_u16..).zip(&spec.series) {
        for index in 0..count {
            let Some(value) = value(series, index) else { continue };
            let left = upright.x(index) - width * beside / 2.0 + width * f32::from(place);
            let bar = upright.bar(left, width * 0.94, 0.0, value);
            draw_bar(canvas, bar, series, is_open(spec, series, index));
            if is_labelled {
                let y = if value < 0.0 { bar.bottom() + VALUE.size + 1.0 } else { bar.y - 3.0 };
                let text = upright.unit.short(value);
                if VALUE.width(&text) < upright.band() {
                    canvas.words((upright.x(index), y), Side::Around, &text, VALUE);
                }
            }
        }
    }
    pins(canvas, spec, &upright);
}

fn is_open(spec: &ChartSpec, series: &Series, index: usize) -> bool {
    let (first, end) = spec.whole();
    series.role != SeriesRole::Compared && !(first..end).contains(&index)
}

/// Whether some bars stand for what is not over yet.
pub(super) fn is_hatched(spec: &ChartSpec) -> bool {
    let is_seen = |series: &Series| (0..spec.categories.len()).any(|index| is_open(spec, series, index) && value(series, index).is_some());
    matches!(spec.kind, ChartKind::Column | ChartKind::Stacked) && spec.series.iter().any(is_seen)
}

/// A bar as its series is drawn; what is not over yet is hatched.
pub(super) fn draw_bar(canvas: &mut Canvas, bar: Area, series: &Series, is_open: bool) {
    if series.role == SeriesRole::Compared {
        canvas.rect(bar, Some(COMPARED_WASH), Some(Pen::of(COMPARED, 0.7).dashed()));
        return;
    }
    canvas.rect(bar, Some(role_colour(series.role)), None);
    if is_open {
        canvas.hatch(bar, Pen::of(PAPER, 0.9));
    }
}

pub(super) fn stacked(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let (count, series) = (spec.categories.len(), &spec.series);
    let sum =
        |index: usize, is_up: bool| series.iter().filter_map(|series| value(series, index)).filter(|value| (*value > 0.0) == is_up).sum::<f64>();
    let scale = Scale::over((0..count).flat_map(|index| [sum(index, true), sum(index, false)]));
    let upright = Upright::drawn(canvas, (spec, unit), area, scale, true);
    let width = (upright.band() * 0.72).min(WIDEST);
    for index in 0..count {
        let (mut up, mut down) = (0.0, 0.0);
        for series in series {
            let Some(value) = value(series, index) else { continue };
            let from = if value > 0.0 { &mut up } else { &mut down };
            let bar = upright.bar(upright.x(index) - width / 2.0, width, *from, *from + value);
            *from += value;
            canvas.rect(bar, Some(role_colour(series.role)), Some(Pen::of(PAPER, 0.4)));
            if is_open(spec, series, index) {
                canvas.hatch(bar, Pen::of(PAPER, 0.9));
            }
        }
    }
    pins(canvas, spec, &upright);
}
