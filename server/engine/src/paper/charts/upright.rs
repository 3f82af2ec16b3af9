//! Pictures with categories along their foot and values at their side.

use super::axis::Scale;
use super::reading::Unit;
use crate::paper::canvas::{Area, Canvas, Pen, Point, Side, Type};
use crate::paper::colours::{LINE, LINE_STRONG, TEXT_SOFT};
use crate::paper::text::{fitted, wrapped};
use domain::charts::ChartSpec;

pub(super) const LABEL: Type = Type::regular(7.0, TEXT_SOFT);
/// Above the picture: a value or a pin.
const ABOVE: f32 = 13.0;
const BELOW: f32 = 14.0;
/// Names that are too long for their bands stand on several small lines, where there are few.
const SMALL: Type = Type::regular(6.5, TEXT_SOFT);
const FEW: usize = 16;
const NARROWEST: f32 = 30.0;
/// The widest that a category's name gets.
const NAME: f32 = 90.0;

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
    pub(super) fn drawn(canvas: &mut Canvas, spec: &ChartSpec, area: Area, scale: Scale, is_banded: bool) -> Self {
        let unit = Unit::of(spec.currency);
        let ticks: Vec<(f64, String)> = scale.ticks().into_iter().map(|tick| (tick, unit.short(tick))).collect();
        let left = ticks.iter().map(|(_, text)| LABEL.width(text)).fold(0.0, f32::max) + 6.0;
        let right = if is_banded { 2.0 } else { 8.0 };
        let (count, width) = (spec.categories.len(), (area.width - left - right).max(8.0));
        let lines = if is_banded { broken(&spec.categories, width / count.max(1) as f32) } else { None };
        let most = lines.iter().flatten().map(Vec::len).max().unwrap_or_default();
        let below = if most > 1 { 6.0 + most as f32 * SMALL.leading() } else { BELOW };
        let plot = Area::new(area.x + left, area.y + ABOVE, width, (area.height - ABOVE - below).max(8.0));
        let drawn = Self { plot, unit, scale, count, is_banded };
        for (tick, text) in &ticks {
            let y = drawn.y(*tick);
            let colour = if *tick == 0.0 { LINE_STRONG } else { LINE };
            canvas.line((plot.x, y), (plot.right(), y), Pen::of(colour, 0.6));
            canvas.words((plot.x - 5.0, y + 2.5), Side::To, text, LABEL);
        }
        match lines {
            Some(lines) => drawn.broken_names(canvas, &lines),
            None => drawn.names(canvas, &spec.categories, area),
        }
        drawn
    }

    /// The names of the categories, as many as stand beside each other.
    fn names(&self, canvas: &mut Canvas, categories: &[String], area: Area) {
        let base = self.plot.bottom() + BELOW - 4.0;
        let names: Vec<String> = categories.iter().map(|name| fitted(name, LABEL.weight, LABEL.size, NAME)).collect();
        let widest = names.iter().map(|name| LABEL.width(name)).fold(0.0, f32::max);
        let every = ((widest + 5.0) / self.band().max(0.01)).ceil().clamp(1.0, names.len().max(1) as f32) as usize;
        let mut free = area.x;
        for (index, name) in names.iter().enumerate().step_by(every) {
            let half = LABEL.width(name) / 2.0;
            let x = self.x(index).clamp(area.x + half, (area.right() - half).max(area.x + half));
            if x - half >= free {
                canvas.words((x, base), Side::Around, name, LABEL);
                free = x + half + 5.0;
            }
        }
    }

    fn broken_names(&self, canvas: &mut Canvas, names: &[Vec<String>]) {
        for (index, lines) in names.iter().enumerate() {
            for (place, line) in (0_u16..).zip(lines) {
                let base = self.plot.bottom() + 3.0 + SMALL.size + f32::from(place) * SMALL.leading();
                canvas.words((self.x(index), base), Side::Around, line, SMALL);
            }
        }
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

/// Names on several lines, where they are few and do not stand beside each other on one.
fn broken(names: &[String], band: f32) -> Option<Vec<Vec<String>>> {
    let fits = names.iter().all(|name| LABEL.width(&fitted(name, LABEL.weight, LABEL.size, NAME)) + 5.0 <= band);
    if fits || names.len() > FEW || band < NARROWEST {
        return None;
    }
    Some(names.iter().map(|name| wrapped(name, SMALL.weight, SMALL.size, band - 3.0, 3)).collect())
}
