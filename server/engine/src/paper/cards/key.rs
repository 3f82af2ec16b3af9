//! Which line or bar is which.

use crate::paper::canvas::{Area, Canvas, Pen, Point, Side, Type};
use crate::paper::charts::role_colour;
use crate::paper::colours::{COMPARED, COMPARED_WASH, TEXT_SOFT};
use crate::paper::text::fitted;
use domain::charts::{ChartKind, ChartSpec, SeriesRole};

const NAME: Type = Type::regular(7.5, TEXT_SOFT);
const SWATCH: f32 = 14.0;
const APART: f32 = 12.0;
/// More lines of names than that say nothing.
const LINES: usize = 8;

/// Names in lines: where each begins, and as what it is drawn.
pub(super) struct Key {
    lines: Vec<Vec<(f32, SeriesRole, String)>>,
    is_lines: bool,
}

impl Key {
    pub(super) fn of(spec: &ChartSpec, width: f32) -> Self {
        let is_lines = matches!(spec.kind, ChartKind::Line | ChartKind::Area);
        let has_key = spec.series.len() > 1 && !matches!(spec.kind, ChartKind::Map | ChartKind::Scatter | ChartKind::HeatMap);
        let mut lines: Vec<Vec<(f32, SeriesRole, String)>> = Vec::new();
        let mut x = f32::INFINITY;
        for series in spec.series.iter().filter(|_| has_key) {
            let name = fitted(&series.name, NAME.weight, NAME.size, width - SWATCH);
            let needs = SWATCH + NAME.width(&name);
            if x + needs > width {
                if lines.len() == LINES {
                    break;
                }
                lines.push(Vec::new());
                x = 0.0;
            }
            if let Some(line) = lines.last_mut() {
                line.push((x, series.role, name));
            }
            x += needs + APART;
        }
        Self { lines, is_lines }
    }

    pub(super) fn height(&self) -> f32 {
        if self.lines.is_empty() { 0.0 } else { self.lines.len() as f32 * NAME.leading() + 4.0 }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, at: Point) {
        for (index, line) in (0_u16..).zip(&self.lines) {
            let base = at.1 + NAME.size + f32::from(index) * NAME.leading();
            for (x, role, name) in line {
                self.swatch(canvas, (at.0 + x, base), *role);
                canvas.words((at.0 + x + SWATCH, base), Side::From, name, NAME);
            }
        }
    }

    fn swatch(&self, canvas: &mut Canvas, (x, base): Point, role: SeriesRole) {
        let colour = role_colour(role);
        let is_compared = role == SeriesRole::Compared;
        if self.is_lines {
            let pen = Pen::of(colour, 1.6);
            canvas.line((x, base - 2.6), (x + 10.0, base - 2.6), if is_compared { pen.dashed() } else { pen });
        } else if is_compared {
            canvas.rect(Area::new(x + 1.0, base - 6.0, 7.0, 6.5), Some(COMPARED_WASH), Some(Pen::of(COMPARED, 0.7).dashed()));
        } else {
            canvas.rect(Area::new(x + 1.0, base - 6.0, 7.0, 6.5), Some(colour), None);
        }
    }
}
