//! From one total to another: the first and the last bar stand on the ground, each one between begins where the one before it ended.

use super::axis::Scale;
use super::reading::{Unit, value};
use super::upright::{LABEL, Upright};
use crate::paper::canvas::{Area, Canvas, Pen, Side, Type};
use crate::paper::colours::{BAD, CURRENT, Colour, GOOD, LINE_STRONG, TEXT};
use domain::charts::ChartSpec;

const VALUE: Type = Type::regular(7.0, TEXT);

pub(super) fn draw(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let count = spec.categories.len();
    let values: Vec<f64> = (0..count).map(|index| spec.series.first().and_then(|series| value(series, index)).unwrap_or(0.0)).collect();
    let steps = steps(&values);
    let scale = Scale::over(steps.iter().flat_map(|(from, to)| [*from, *to]));
    let longest = spec.categories.iter().map(|name| LABEL.width(name)).fold(0.0, f32::max);
    if longest > (area.width - 40.0) / count.max(1) as f32 {
        return lying(canvas, (spec, unit), (&steps, &values), scale, area);
    }
    let upright = Upright::drawn(canvas, (spec, unit), area, scale, true);
    let width = (upright.band() * 0.68).min(34.0);
    for (index, ((from, to), value)) in steps.iter().zip(&values).enumerate() {
        let left = upright.x(index) - width / 2.0;
        let bar = upright.bar(left, width, *from, *to);
        canvas.rect(bar, Some(colour((index, count), *value)), None);
        if index + 1 < count {
            let y = upright.y(*to);
            canvas.line((left, y), (upright.x(index + 1) + width / 2.0, y), Pen::of(LINE_STRONG, 0.4).dashed());
        }
        let text = upright.unit.short(*value);
        if VALUE.width(&text) < upright.band() {
            canvas.words((upright.x(index), bar.y - 3.0), Side::Around, &text, VALUE);
        }
    }
}

fn colour((index, count): (usize, usize), value: f64) -> Colour {
    match (index == 0 || index + 1 == count, value < 0.0) {
        (true, _) => CURRENT,
        (false, true) => BAD,
        (false, false) => GOOD,
    }
}

/// With long names the steps lie below each other.
fn lying(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), (steps, values): (&[(f64, f64)], &[f64]), scale: Scale, area: Area) {
    let count = steps.len();
    let names =
        spec.categories.iter().map(|name| LABEL.width(&name.chars().take(200).collect::<String>())).fold(0.0, f32::max).min(area.width * 0.42);
    let written = values.iter().map(|value| VALUE.width(&unit.short(*value))).fold(0.0, f32::max) + 6.0;
    let plot = Area::new(area.x + names + 8.0, area.y, (area.width - names - 8.0 - written).max(6.0), area.height);
    let row = area.height / count.max(1) as f32;
    let high = (row * 0.72).min(13.0);
    let x = |value: f64| plot.x + plot.width * scale.share(value);
    canvas.line((x(0.0), plot.y), (x(0.0), plot.bottom()), Pen::of(LINE_STRONG, 0.5));
    for (index, ((from, to), value)) in steps.iter().zip(values).enumerate() {
        let y = plot.y + row * index as f32 + (row - high) / 2.0;
        let name = spec.categories.get(index).map(String::as_str).unwrap_or_default();
        let small = Type { size: LABEL.size.min((row * 0.9).max(1.0)), ..LABEL };
        canvas.fitted((plot.x - 8.0, y + high / 2.0 + small.size * 0.34), Side::To, name, small, names);
        canvas.rect(Area::between((x(*from), y), (x(*to), y + high)), Some(colour((index, count), *value)), None);
        if index + 1 < count {
            canvas.line((x(*to), y), (x(*to), y + row + high), Pen::of(LINE_STRONG, 0.4).dashed());
        }
        let end = x(from.max(*to)) + 3.0;
        canvas.words((end, y + high / 2.0 + small.size * 0.34), Side::From, &unit.short(*value), Type { size: small.size, ..VALUE });
    }
}

/// From where to where each bar reaches.
fn steps(values: &[f64]) -> Vec<(f64, f64)> {
    let last = values.len().saturating_sub(1);
    let mut at = 0.0;
    let step = |(index, value): (usize, &f64)| {
        let step = if index == 0 || index == last { (0.0, *value) } else { (at, at + value) };
        at = step.1;
        step
    };
    values.iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn each_step_begins_where_the_one_before_it_ended() {
        assert_eq!(steps(&[100.0, -30.0, 50.0, 120.0]), [(0.0, 100.0), (100.0, 70.0), (70.0, 120.0), (0.0, 120.0)]);
        assert_eq!(steps(&[7.0]), [(0.0, 7.0)]);
    }
}
