//! Shares of a whole, each named with its value and share.

use super::reading::{Unit, value};
use crate::paper::canvas::{Area, Canvas, Pen, Point, Side, Step, Type};
use crate::paper::colours::{PAPER, TEXT, TEXT_SOFT, split};
use crate::paper::text::wrapped;
use domain::charts::ChartSpec;
use domain::format;
use std::f32::consts::{FRAC_PI_2, TAU};

const NAME: Type = Type::regular(7.5, TEXT);
const SHARE: Type = Type::regular(7.5, TEXT_SOFT);

/// The ring above its list, where both do not stand beside each other.
pub(super) const RING: f32 = 90.0;
/// A line of that list.
pub(super) const LISTED: f32 = 13.0;

/// Whether ring and list stand below each other.
pub(super) fn is_narrow(width: f32) -> bool {
    width < 200.0
}

pub(super) fn draw(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), area: Area) {
    let count = spec.categories.len();
    let parts: Vec<f64> = (0..count).map(|index| spec.series.first().and_then(|series| value(series, index)).unwrap_or(0.0).max(0.0)).collect();
    // Of all there is, also where some of it is not named.
    let all = spec.series.first().map_or(0, |series| series.values.len());
    let whole: f64 = (0..all).filter_map(|index| value(spec.series.first()?, index)).filter(|value| *value > 0.0).sum();
    let narrow = is_narrow(area.width);
    let ring = if narrow { RING.min(area.height * 0.6) } else { area.height };
    let radius = (ring / 2.0 - 4.0).min(area.width * if narrow { 0.4 } else { 0.22 }).max(4.0);
    let center = if narrow { (area.center().0, area.y + ring / 2.0) } else { (area.x + radius + 4.0, area.center().1) };
    let mut from = -FRAC_PI_2;
    for (index, part) in parts.iter().enumerate().filter(|_| whole > 0.0) {
        let sweep = (part / whole) as f32 * TAU;
        if sweep > 0.0 {
            canvas.shape(slice(center, radius, from, sweep), Some(split(index)), Some(Pen::of(PAPER, 1.0)));
        }
        from += sweep;
    }
    let beside = center.0 + radius + 14.0;
    let list = if narrow {
        Area::new(area.x, area.y + ring, area.width, (area.height - ring).max(4.0))
    } else {
        Area::new(beside, area.y, (area.right() - beside).max(20.0), area.height)
    };
    names(canvas, (spec, unit), (&parts, whole), list);
}

/// A part of a ring.
fn slice(center: Point, radius: f32, from: f32, sweep: f32) -> Vec<Step> {
    let inner = radius * 0.6;
    let on = |radius: f32, angle: f32| (center.0 + radius * angle.cos(), center.1 + radius * angle.sin());
    let mut steps = vec![Step::Move(on(radius, from))];
    arc(&mut steps, center, radius, (from, sweep));
    steps.push(Step::Line(on(inner, from + sweep)));
    arc(&mut steps, center, inner, (from + sweep, -sweep));
    steps.push(Step::Close);
    steps
}

/// An arc, in pieces that a curve can follow.
fn arc(steps: &mut Vec<Step>, center: Point, radius: f32, (from, sweep): (f32, f32)) {
    let pieces = (sweep.abs() / FRAC_PI_2).ceil().max(1.0) as u16;
    let piece = sweep / f32::from(pieces);
    let pull = 4.0 / 3.0 * (piece / 4.0).tan() * radius;
    for index in 0..pieces {
        let (a, b) = (from + piece * f32::from(index), from + piece * f32::from(index + 1));
        let (start, end) = ((center.0 + radius * a.cos(), center.1 + radius * a.sin()), (center.0 + radius * b.cos(), center.1 + radius * b.sin()));
        let first = (start.0 - pull * a.sin(), start.1 + pull * a.cos());
        let second = (end.0 + pull * b.sin(), end.1 - pull * b.cos());
        steps.push(Step::Curve(first, second, end));
    }
}

fn names(canvas: &mut Canvas, (spec, unit): (&ChartSpec, Unit), (parts, whole): (&[f64], f64), area: Area) {
    let row = (area.height / parts.len().max(1) as f32).min(21.0);
    let top = area.center().1 - row * parts.len() as f32 / 2.0;
    let size = NAME.size.min((row * 0.82).max(2.0));
    let (name_type, share_type) = (Type { size, ..NAME }, Type { size, ..SHARE });
    for (index, (name, part)) in spec.categories.iter().zip(parts).enumerate() {
        let base = top + row * (index as f32 + 0.5) + size * 0.34;
        canvas.rect(Area::new(area.x, base - size * 0.8, size * 0.85, size * 0.85), Some(split(index)), None);
        let share = if whole > 0.0 { format::percent(part / whole) } else { "–".to_owned() };
        let told = format!("{} · {share}", unit.short(*part));
        let told_width = share_type.width(&told);
        let room = (area.width - size * 1.6 - told_width - 8.0).max(10.0);
        // A long name takes two lines where its row has room for them.
        let lines = wrapped(name, name_type.weight, size, room, if row > 2.3 * size { 2 } else { 1 });
        let first = base - size * 0.56 * lines.len().saturating_sub(1) as f32;
        for (line, text) in (0_u16..).zip(&lines) {
            canvas.words((area.x + size * 1.6, first + size * 1.12 * f32::from(line)), Side::From, text, name_type);
        }
        canvas.words((area.right(), base), Side::To, &told, share_type);
    }
}
