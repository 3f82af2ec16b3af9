//! Notes on days: numbered pins on a picture, whose words stand below it.

use super::reading::value;
use super::upright::Upright;
use crate::paper::canvas::{Canvas, Side, Type};
use crate::paper::colours::{NOTE, PAPER};
use domain::charts::{ChartKind, ChartMark, ChartSpec, SeriesRole};

const RADIUS: f32 = 4.6;
const NUMBER: Type = Type::strong(6.0, PAPER);

/// The notes that have a pin.
pub(in crate::paper) fn marks(spec: &ChartSpec) -> Vec<&ChartMark> {
    let has_pins = matches!(spec.kind, ChartKind::Line | ChartKind::Area | ChartKind::Column | ChartKind::Stacked);
    spec.marks.iter().filter(|mark| has_pins && mark.at < spec.categories.len()).collect()
}

pub(super) fn pins(canvas: &mut Canvas, spec: &ChartSpec, upright: &Upright) {
    for (mark, number) in marks(spec).into_iter().zip(1..) {
        let x = upright.x(mark.at);
        let y = (upright.y(height(spec, mark.at)) - RADIUS - 2.5).max(upright.plot.y - 7.0);
        canvas.circle((x, y), RADIUS, Some(NOTE), None);
        canvas.words((x, y + 2.1), Side::Around, &number.to_string(), NUMBER);
    }
}

/// How high a category's picture reaches.
fn height(spec: &ChartSpec, at: usize) -> f64 {
    let values = spec.series.iter().filter(|series| series.role != SeriesRole::Compared).filter_map(|series| value(series, at));
    if spec.kind == ChartKind::Stacked { values.filter(|value| *value > 0.0).sum() } else { values.fold(0.0, f64::max) }
}
