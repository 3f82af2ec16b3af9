//! What each dimension and grain is in SQL. `f` is the table of facts: orders, or order lines where products are involved.

use super::plan::{Base, Output};
use domain::range::Grain;
use domain::semantic::Dimension;

/// Whether a dimension is of lines and not of whole orders.
pub(super) fn is_of_lines(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Product | Dimension::Sku)
}

/// The expression of a dimension, and what it brings.
pub(super) fn expression(dimension: Dimension, base: Base) -> (&'static str, Output) {
    match dimension {
        Dimension::Product => ("p.title", Output::Text),
        Dimension::Sku => ("p.sku", Output::Text),
        Dimension::Country => ("f.country", Output::Text),
        Dimension::City if base == Base::Lines => ("o.city", Output::Text),
        Dimension::City => ("f.city", Output::Text),
        Dimension::Channel => ("f.channel", Output::Channel),
        Dimension::Source => ("s.name", Output::Text),
        // 1970-01-01 was a Thursday; days before it are negative, and so are their remainders.
        Dimension::Weekday => ("((f.day + 3) % 7 + 7) % 7 + 1", Output::Number),
        Dimension::Hour => ("f.hour", Output::Number),
        Dimension::Currency => ("f.currency", Output::Text),
    }
}

/// The join that a dimension's expression needs.
pub(super) fn join(dimension: Dimension, base: Base) -> Option<&'static str> {
    match dimension {
        Dimension::Product | Dimension::Sku => Some(" LEFT JOIN products p ON p.merchant_id = f.merchant_id AND p.id = f.product_id"),
        Dimension::City if base == Base::Lines => Some(" LEFT JOIN orders o ON o.merchant_id = f.merchant_id AND o.id = f.order_id"),
        Dimension::Source => Some(" LEFT JOIN sources s ON s.merchant_id = f.merchant_id AND s.id = f.source_id"),
        _ => None,
    }
}

/// A number that grows with time and is the same for all days of a bucket: see [`Output::Bucket`] for its reading.
pub(super) fn bucket(grain: Grain, week_start: u32) -> String {
    match grain {
        Grain::Day => "f.day".to_owned(),
        // Days since the week's start: the weekday counted from `week_start`.
        Grain::Week => format!("f.day - ((f.day + {}) % 7 + 7) % 7", 11 - week_start.clamp(1, 7)),
        Grain::Month => "f.month".to_owned(),
        Grain::Quarter => "f.month / 100 * 100 + (f.month % 100 - 1) / 3 * 3 + 1".to_owned(),
        Grain::Year => "f.month / 100 * 100 + 1".to_owned(),
    }
}
