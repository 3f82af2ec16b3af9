//! A figure's course, small.

use super::lines::parts;
use crate::paper::canvas::{Area, Canvas, Pen, Point};
use crate::paper::colours::CURRENT;

/// From zero, as large as there is room.
pub(in crate::paper) fn spark(canvas: &mut Canvas, values: &[Option<f64>], area: Area) {
    let area = area.inset(1.5);
    let sound = |value: &Option<f64>| value.filter(|value| value.is_finite() && value.abs() < 1e100);
    let known: Vec<f64> = values.iter().filter_map(sound).collect();
    let (low, high) = known.iter().fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(*value), high.max(*value)));
    let span = if high > low { high - low } else { 1.0 };
    let step = area.width / values.len().saturating_sub(1).max(1) as f32;
    let point = |(index, value): (usize, &Option<f64>)| -> Option<Point> {
        let share = ((sound(value)? - low) / span) as f32;
        Some((area.x + step * index as f32, area.bottom() - area.height * share))
    };
    let points: Vec<Option<Point>> = values.iter().enumerate().map(point).collect();
    for part in parts(&points) {
        if let [only] = part.as_slice() {
            canvas.circle(*only, 1.2, Some(CURRENT), None);
        } else {
            canvas.course(&part, Pen::of(CURRENT, 1.1));
        }
    }
}
