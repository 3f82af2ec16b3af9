//! Points across two axes, each with its own unit.

use super::axis::Scale;
use super::reading::{Unit, value};
use super::upright::LABEL;
use crate::paper::canvas::{Area, Canvas, Pen, Point, Side, Type};
use crate::paper::colours::{CURRENT, LINE, LINE_STRONG, PAPER, TEXT};
use crate::paper::text::fitted;
use domain::charts::{ChartSpec, TableData};

const POINT: f32 = 2.8;
/// The radius of the smallest and the largest point, where size means something.
const SIZES: (f32, f32) = (1.7, 10.0);
/// So many of the farthest points on each axis carry their name.
const NAMED: usize = 3;
const NAME: Type = Type::regular(7.0, TEXT);
const ABOVE: f32 = 20.0;
const BELOW: f32 = 24.0;

struct Axes {
    plot: Area,
    across: Scale,
    up: Scale,
}

impl Axes {
    fn at(&self, (x, y): (f64, f64)) -> Point {
        (self.plot.x + self.plot.width * self.across.share(x), self.plot.bottom() - self.plot.height * self.up.share(y))
    }
}

pub(super) fn draw(canvas: &mut Canvas, spec: &ChartSpec, table: &TableData, area: Area) {
    let of = |place: usize, index: usize| spec.series.get(place).and_then(|series| value(series, index));
    let points: Vec<(usize, (f64, f64))> = (0..spec.categories.len()).filter_map(|index| Some((index, (of(0, index)?, of(1, index)?)))).collect();
    let axes = axes(canvas, table, &points, area);
    let largest = points.iter().filter_map(|(index, _)| of(2, *index)).fold(0.0, f64::max);
    let radius = |index: usize| match (spec.series.get(2), of(2, index)) {
        (None, _) => POINT,
        (Some(_), Some(size)) if largest > 0.0 => SIZES.0 + (SIZES.1 - SIZES.0) * (size.max(0.0) / largest).sqrt() as f32,
        _ => SIZES.0,
    };
    for (index, point) in &points {
        canvas.circle(axes.at(*point), radius(*index), Some(CURRENT.thin(0.65)), Some(Pen::of(PAPER, 0.5)));
    }
    let mut taken: Vec<Area> = Vec::new();
    for (index, point) in named(&points) {
        let name = fitted(spec.categories.get(index).map(String::as_str).unwrap_or_default(), NAME.weight, NAME.size, 110.0);
        let (half, at) = (NAME.width(&name) / 2.0, axes.at(point));
        let x = at.0.clamp(axes.plot.x + half, (area.right() - half).max(axes.plot.x + half));
        let place = Area::new(x - half, at.1 - radius(index) - 9.0, half * 2.0, 8.0);
        if taken.iter().all(|other| !meet(*other, place)) {
            canvas.words((x, place.bottom() - 1.5), Side::Around, &name, NAME);
            taken.push(place);
        }
    }
}

fn axes(canvas: &mut Canvas, table: &TableData, points: &[(usize, (f64, f64))], area: Area) -> Axes {
    let (across, up) = (Scale::over(points.iter().map(|point| point.1.0)), Scale::over(points.iter().map(|point| point.1.1)));
    let [across_unit, up_unit] = [1, 2].map(|column| Unit::of_column(table.columns.get(column)));
    let left = up.ticks().into_iter().map(|tick| LABEL.width(&up_unit.tick(tick, up.step()))).fold(0.0, f32::max) + 6.0;
    let plot = Area::new(area.x + left, area.y + ABOVE, (area.width - left - 10.0).max(8.0), (area.height - ABOVE - BELOW).max(8.0));
    let axes = Axes { plot, across, up };
    for tick in up.ticks() {
        let y = axes.at((0.0, tick)).1;
        canvas.line((plot.x, y), (plot.right(), y), Pen::of(if tick == 0.0 { LINE_STRONG } else { LINE }, 0.6));
        canvas.words((plot.x - 5.0, y + 2.5), Side::To, &up_unit.tick(tick, up.step()), LABEL);
    }
    for tick in across.ticks() {
        let x = axes.at((tick, 0.0)).0;
        canvas.line((x, plot.y), (x, plot.bottom()), Pen::of(if tick == 0.0 { LINE_STRONG } else { LINE }, 0.6));
        let text = across_unit.tick(tick, across.step());
        let half = LABEL.width(&text) / 2.0;
        canvas.words((x.min(area.right() - half), plot.bottom() + 9.5), Side::Around, &text, LABEL);
    }
    let title = |column: usize| table.columns.get(column).map_or("", |column| column.title.as_str());
    canvas.fitted((plot.center().0, plot.bottom() + 20.0), Side::Around, title(1), LABEL, plot.width);
    canvas.fitted((area.x, area.y + 8.0), Side::From, title(2), LABEL, area.width);
    axes
}

/// The points that stand farthest out.
fn named(points: &[(usize, (f64, f64))]) -> Vec<(usize, (f64, f64))> {
    let farthest = |by: fn(&(f64, f64)) -> f64| {
        let mut order = points.to_vec();
        order.sort_by(|a, b| by(&b.1).total_cmp(&by(&a.1)));
        order.truncate(NAMED);
        order
    };
    let mut named = farthest(|point| point.0);
    named.extend(farthest(|point| point.1).into_iter().filter(|point| !named.iter().any(|other| other.0 == point.0)).collect::<Vec<_>>());
    named
}

fn meet(a: Area, b: Area) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}
