//! A figure's course in the size of a word.

use leptos::prelude::*;
use std::fmt::Write;

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
/// Half the stroke, so that a line along the edge is not cut.
const MARGIN: f64 = 2.0;

/// A small line without axes; decoration beside a figure that says the same in words.
#[component]
pub fn Sparkline(values: Vec<Option<f64>>) -> impl IntoView {
    let path = path(&values);
    view! {
        <svg class="sparkline" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path d=path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" vector-effect="non-scaling-stroke"></path>
        </svg>
    }
}

/// The line as SVG path data; a missing value breaks it, a lone value is a dash.
fn path(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied().filter(|value| value.is_finite());
    let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let span = if high > low { high - low } else { 1.0 };
    let step = if values.len() > 1 { (WIDTH - 2.0 * MARGIN) / (values.len() - 1) as f64 } else { 0.0 };
    let mut path = String::new();
    let mut is_drawing = false;
    for (index, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            is_drawing = false;
            continue;
        };
        let x = MARGIN + step * index as f64;
        let y = MARGIN + (HEIGHT - 2.0 * MARGIN) * (1.0 - (value - low) / span);
        let command = if is_drawing { 'L' } else { 'M' };
        let is_lone = !is_drawing && values.get(index + 1).is_none_or(Option::is_none);
        // Writing to a string cannot fail.
        let _ = write!(path, "{command}{x:.1} {y:.1}");
        if is_lone {
            path.push_str("h2");
        }
        is_drawing = true;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_course_goes_from_edge_to_edge() {
        assert_eq!(path(&[Some(0.0), Some(10.0), Some(5.0)]), "M2.0 30.0L60.0 2.0L118.0 16.0");
    }

    #[test]
    fn a_missing_value_breaks_the_line_and_a_lone_one_is_a_dash() {
        assert_eq!(path(&[Some(1.0), None, Some(3.0)]), "M2.0 30.0h2M118.0 2.0h2");
    }

    #[test]
    fn nothing_and_level_courses_are_drawn_without_a_fault() {
        assert_eq!(path(&[]), "");
        assert_eq!(path(&[None, Some(f64::NAN)]), "");
        assert_eq!(path(&[Some(4.0), Some(4.0)]), "M2.0 30.0L118.0 30.0");
    }
}
