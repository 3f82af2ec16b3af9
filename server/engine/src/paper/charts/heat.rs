//! A grid of cells, darker for more.

use super::reading::Unit;
use super::upright::LABEL;
use crate::paper::canvas::{Area, Canvas, Side, Type};
use crate::paper::colours::{PAPER, TEXT, heat};
use crate::paper::text::fitted;
use domain::charts::ChartSpec;

/// The sizes of the values, the first that fits.
const SIZES: [f32; 4] = [6.5, 6.0, 5.5, 5.0];
/// The room for the names of the columns, and for what the shades mean.
pub(super) const BELOW: f32 = 26.0;

pub(super) fn draw(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let (columns, rows) = (spec.categories.len(), spec.row_labels.len());
    let longest = spec.row_labels.iter().map(|name| LABEL.width(&name.chars().take(200).collect::<String>())).fold(0.0, f32::max);
    let names = longest.min(area.width * 0.3);
    let grid = Area::new(area.x + names + 6.0, area.y, (area.width - names - 6.0).max(8.0), (area.height - BELOW).max(4.0));
    let (wide, high) = (grid.width / columns.max(1) as f32, grid.height / rows.max(1) as f32);
    for (index, name) in spec.row_labels.iter().enumerate() {
        let base = grid.y + high * (index as f32 + 0.5) + 2.4;
        let size = LABEL.size.min((high * 0.9).max(2.0));
        canvas.fitted((grid.x - 6.0, base), Side::To, name, Type { size, ..LABEL }, names);
    }
    cells(canvas, (spec, unit), grid, (wide, high));
    let mut free = grid.x - 4.0;
    for (index, name) in spec.categories.iter().enumerate() {
        let name = fitted(name, LABEL.weight, LABEL.size, wide.max(70.0));
        let half = LABEL.width(&name) / 2.0;
        let x = (grid.x + wide * (index as f32 + 0.5)).min(area.right() - half);
        if x - half >= free {
            canvas.words((x, grid.bottom() + 9.0), Side::Around, &name, LABEL);
            free = x + half + 4.0;
        }
    }
    shades(canvas, (area.right(), area.bottom() - 2.0));
}

fn cells(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), grid: Area, (wide, high): (f32, f32)) {
    let (columns, rows) = (spec.categories.len(), spec.row_labels.len());
    let inside = |cell: &&(usize, usize, f64)| cell.0 < columns && cell.1 < rows && cell.2.is_finite();
    let most = spec.heat.iter().filter(inside).map(|cell| cell.2).fold(0.0, f64::max);
    let texts: Vec<String> = spec.heat.iter().filter(inside).map(|cell| unit.short(cell.2)).collect();
    let size = written(&texts, (wide, high));
    let gap = (wide.min(high) * 0.06).min(1.0);
    for ((column, row, value), text) in spec.heat.iter().filter(inside).zip(&texts) {
        let share = if most > 0.0 { (value / most) as f32 } else { 0.0 };
        let cell = Area::new(grid.x + wide * *column as f32 + gap, grid.y + high * *row as f32 + gap, wide - 2.0 * gap, high - 2.0 * gap);
        canvas.rect(cell, Some(heat(share)), None);
        if let Some(size) = size {
            let kind = Type::regular(size, if share > 0.6 { PAPER } else { TEXT });
            canvas.words((cell.center().0, cell.center().1 + size * 0.34), Side::Around, text, kind);
        }
    }
}

/// How large the values are written for all of them to stand in their cells; not at all where they do not.
fn written(texts: &[String], (wide, high): (f32, f32)) -> Option<f32> {
    let fits = |size: &f32| {
        let kind = Type::regular(*size, TEXT);
        *size + 1.5 < high && texts.iter().all(|text| kind.width(text) < wide - 3.0)
    };
    SIZES.into_iter().find(fits)
}

/// From less to more.
fn shades(canvas: &mut Canvas, (right, base): (f32, f32)) {
    let more = LABEL.width("more");
    canvas.words((right, base), Side::To, "more", LABEL);
    for index in 0..5_u8 {
        let x = right - more - 4.0 - 9.0 * f32::from(5 - index);
        canvas.rect(Area::new(x, base - 6.0, 9.0, 6.5), Some(heat(f32::from(index) / 4.0)), None);
    }
    canvas.words((right - more - 8.0 - 45.0, base), Side::To, "less", LABEL);
}
