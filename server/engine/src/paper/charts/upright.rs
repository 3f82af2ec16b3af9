//! Pictures with categories along their foot and values at their side.

use super::axis::Scale;
use super::names::{EDGE, Names};
use super::reading::Unit;
use crate::paper::canvas::{Area, Canvas, Pen, Point, Side, Type};
use crate::paper::colours::{LINE, LINE_STRONG, TEXT_SOFT};
use domain::charts::ChartSpec;

pub(super) const LABEL: Type = Type::regular(7.0, TEXT_SOFT);
/// Above the picture: a value or a pin.
const ABOVE: f32 = 13.0;
const BELOW: f32 = 14.0;

/// Where values and categories stand.
pub(super) struct Upright {
    pub(super) plot: Area,
    pub(super) unit: Unit,
    scale: Scale,
    count: usize,
    is_banded: bool,
}

impl Upright {
    /// Draws the axes. Bars stand in the middle of their bands; the points of a line go from edge to edge.
    pub(super) fn drawn(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area, scale: Scale, is_banded: bool) -> Self {
        let ticks: Vec<(f64, String)> = scale.ticks().into_iter().map(|tick| (tick, unit.tick(tick, scale.step()))).collect();
        let left = ticks.iter().map(|(_, text)| LABEL.width(text)).fold(0.0, f32::max) + 6.0;
        let right = if is_banded { 2.0 } else { EDGE };
        let (count, width) = (spec.categories.len(), (area.width - left - right).max(8.0));
        let parts = if is_banded { count } else { count.saturating_sub(1) };
        let names = Names::of(&spec.categories, width / parts.max(1) as f32, is_banded);
        let plot = Area::new(area.x + left, area.y + ABOVE, width, (area.height - ABOVE - names.height().max(BELOW)).max(8.0));
        let drawn = Self { plot, unit, scale, count, is_banded };
        for (tick, text) in &ticks {
            let y = drawn.y(*tick);
            let colour = if *tick == 0.0 { LINE_STRONG } else { LINE };
            canvas.line((plot.x, y), (plot.right(), y), Pen::of(colour, 0.6));
            canvas.words((plot.x - 5.0, y + 2.5), Side::To, text, LABEL);
        }
        let middles: Vec<f32> = (0..count).map(|index| drawn.x(index)).collect();
        names.draw(canvas, &middles, Area { y: plot.bottom(), ..area });
        drawn
    }

    /// From one category to the next.
    pub(super) fn band(&self) -> f32 {
        let parts = if self.is_banded { self.count } else { self.count.saturating_sub(1) };
        self.plot.width / parts.max(1) as f32
    }

    pub(super) fn x(&self, index: usize) -> f32 {
        match (self.is_banded, self.count) {
            (false, 0 | 1) => self.plot.center().0,
            (false, _) => self.plot.x + self.band() * index as f32,
            (true, _) => self.plot.x + self.band() * (index as f32 + 0.5),
        }
    }

    pub(super) fn y(&self, value: f64) -> f32 {
        self.plot.bottom() - self.plot.height * self.scale.share(value)
    }

    pub(super) fn ground(&self) -> f32 {
        self.y(0.0)
    }

    pub(super) fn at(&self, index: usize, value: f64) -> Point {
        (self.x(index), self.y(value))
    }

    /// A bar from one value to another.
    pub(super) fn bar(&self, left: f32, width: f32, from: f64, to: f64) -> Area {
        Area::between((left, self.y(from)), (left + width, self.y(to)))
    }
}
