//! Values over time: lines and filled lines. Missing values are gaps; what is not over yet is dashed and stands apart.

use super::axis::Scale;
use super::pins::pins;
use super::reading::{Unit, role_colour, value};
use super::upright::{LABEL, Upright};
use crate::paper::canvas::{Area, Canvas, Pen, Point, Side};
use crate::paper::colours::{Colour, PAPER};
use domain::charts::{ChartKind, ChartSpec, Series, SeriesRole};

/// Up to so many points of a line are marked one by one.
const MARKED_POINTS: usize = 15;

pub(super) fn draw(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let count = spec.categories.len();
    let values = spec.series.iter().flat_map(|series| (0..count).filter_map(move |index| value(series, index)));
    let upright = Upright::drawn(canvas, (spec, unit), area, Scale::over(values), false);
    let (compared, others): (Vec<&Series>, Vec<&Series>) = spec.series.iter().partition(|series| series.role == SeriesRole::Compared);
    for series in compared {
        let colour = role_colour(series.role);
        run(canvas, &points(&upright, series, 0..count), Pen::of(colour, 1.1).dashed(), count == 1);
    }
    for series in others {
        line(canvas, spec, &upright, series);
    }
    pins(canvas, spec, &upright);
}

/// A line up to where the period is over, and its open end.
fn line(canvas: &mut Canvas, spec: &ChartSpec, upright: &Upright, series: &Series) {
    let (count, colour) = (spec.categories.len(), role_colour(series.role));
    let (first, open_from) = spec.whole();
    let is_alone = series.role == SeriesRole::Current;
    let closed = points(upright, series, first..open_from);
    let wash = match (spec.kind, is_alone) {
        (ChartKind::Area, true) => Some(0.22),
        (ChartKind::Area, false) => Some(0.18),
        (_, true) => Some(0.09),
        (_, false) => None,
    };
    if let Some(wash) = wash {
        below(canvas, &closed, upright.ground(), colour.thin(wash));
    }
    run(canvas, &closed, Pen::of(colour, 1.5), count <= MARKED_POINTS);
    for point in points(upright, series, 0..first).iter().flatten() {
        canvas.circle(*point, 2.6, Some(PAPER), Some(Pen::of(colour, 1.2)));
    }
    let open = points(upright, series, open_from..count);
    if open.iter().flatten().next().is_none() {
        return;
    }
    run(canvas, &open, Pen::of(colour, 1.5).dashed(), false);
    for point in open.iter().flatten() {
        canvas.circle(*point, 2.6, Some(PAPER), Some(Pen::of(colour, 1.2)));
    }
    if let (true, [Some(point)]) = (is_alone, open.as_slice()) {
        let x = point.0.min(area_right(upright) - LABEL.width("so far") / 2.0);
        canvas.words((x, point.1 - 5.0), Side::Around, "so far", LABEL);
    }
}

fn area_right(upright: &Upright) -> f32 {
    upright.plot.right() + 8.0
}

fn points(upright: &Upright, series: &Series, range: std::ops::Range<usize>) -> Vec<Option<Point>> {
    range.map(|index| value(series, index).map(|value| upright.at(index, value))).collect()
}

/// A line with its gaps; a point without neighbours is a dot.
fn run(canvas: &mut Canvas, points: &[Option<Point>], pen: Pen, is_marked: bool) {
    for part in parts(points) {
        if part.len() > 1 {
            canvas.course(&part, pen);
        }
        if is_marked || part.len() == 1 {
            for point in part {
                canvas.circle(point, 1.9, Some(pen.colour), None);
            }
        }
    }
}

fn below(canvas: &mut Canvas, points: &[Option<Point>], ground: f32, colour: Colour) {
    for part in parts(points) {
        if let ([first, .., last], mut outline) = (part.as_slice(), part.clone()) {
            outline.extend([(last.0, ground), (first.0, ground)]);
            canvas.filled(&outline, colour);
        }
    }
}

/// What is joined: points without a gap between them.
pub(super) fn parts(points: &[Option<Point>]) -> Vec<Vec<Point>> {
    let joined = points.split(Option::is_none).map(|part| part.iter().flatten().copied().collect::<Vec<Point>>());
    joined.filter(|part| !part.is_empty()).collect()
}
