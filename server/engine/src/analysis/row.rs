//! Cells of a row that a statement brought.

use crate::planning::Raw;
use domain::Day;

/// A whole number; 0 for null.
pub(super) fn int(row: &[Raw], index: usize) -> i64 {
    known(row, index).unwrap_or(0)
}

/// A whole number, if there is one.
pub(super) fn known(row: &[Raw], index: usize) -> Option<i64> {
    match row.get(index) {
        Some(Raw::Int(number)) => Some(*number),
        _ => None,
    }
}

/// A score of 1 to 5.
pub(super) fn score(row: &[Raw], index: usize) -> u8 {
    u8::try_from(int(row, index).clamp(1, 5)).unwrap_or(1)
}

/// A text, if there is one.
pub(super) fn text(row: &[Raw], index: usize) -> Option<String> {
    match row.get(index) {
        Some(Raw::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// A day by its number.
pub(super) fn day(row: &[Raw], index: usize) -> Option<Day> {
    known(row, index).and_then(|number| i32::try_from(number).ok()).map(Day)
}

/// The first day of a month as `yyyymm`.
pub(super) fn month(row: &[Raw], index: usize) -> Option<Day> {
    let number = i32::try_from(int(row, index)).ok()?;
    Day::from_civil(number.div_euclid(100), u32::try_from(number.rem_euclid(100)).ok()?, 1)
}

/// A part of a whole; none of nothing.
pub(super) fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
