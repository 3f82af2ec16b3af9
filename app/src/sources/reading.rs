//! How far the reading of a file is, and how fast it goes.

use super::words::is_being_changed;
use crate::ui::Progress;
use domain::format;
use domain::sources::{UploadStatus, UploadSummary};
use leptos::prelude::*;

/// Up to this share rows are read; then they are put among the others.
const READ_PERCENT: i32 = 70;
/// Sooner than this a pace is a guess.
const MEASURED_MS: f64 = 600.0;

/// What is known of an upload that is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    is_waiting: bool,
    /// It was read before: the figures include it until it is undone or read again.
    is_changed: bool,
    rows: i64,
    percent: i32,
}

impl Reading {
    pub(super) fn of(upload: &UploadSummary) -> Self {
        Self {
            is_waiting: upload.status == UploadStatus::Queued,
            is_changed: is_being_changed(upload),
            rows: upload.rows_total,
            percent: upload.progress,
        }
    }
}

/// A bar with rows, rows a second and the share.
#[component]
pub(super) fn ReadingProgress(#[prop(into)] reading: Signal<Reading>) -> impl IntoView {
    let pace = use_pace(reading);
    let label = Signal::derive(move || words(reading.get(), pace.get()));
    let percent = Signal::derive(move || Some(reading.get().percent));
    view! { <Progress label percent /> }
}

/// Rows a second since rows were first seen, while more of them come. Measured in the browser only.
fn use_pace(reading: Signal<Reading>) -> RwSignal<Option<i64>> {
    let pace = RwSignal::new(None);
    Effect::new(move |began: Option<Option<(i64, f64)>>| {
        let (rows, now) = (reading.get().rows, js_sys::Date::now());
        let began = began.flatten();
        match began {
            Some((first, at)) if now - at >= MEASURED_MS && rows > first && reading.get_untracked().percent < READ_PERCENT => {
                pace.set(Some(((rows - first) as f64 / (now - at) * 1000.0) as i64));
                began
            }
            Some(_) => began,
            None => Some((rows, now)),
        }
    });
    pace
}

fn words(reading: Reading, pace: Option<i64>) -> String {
    let pace = pace.map(|pace| format!(", {} a second", format::number(pace))).unwrap_or_default();
    match reading {
        Reading { is_changed: true, .. } => "Being taken out of your figures, or read again".to_owned(),
        Reading { is_waiting: true, .. } => "Waiting for its turn".to_owned(),
        Reading { rows: 0, .. } => "Reading your file".to_owned(),
        Reading { rows, percent, .. } if percent < READ_PERCENT => format!("Reading your file: {} rows so far{pace}", format::number(rows)),
        Reading { rows, .. } => format!("Putting {} into your figures", format::counted(rows, "row", "rows")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_says_how_far_it_is_and_how_fast() {
        let reading = |rows, percent| Reading { rows, percent, ..Reading::default() };
        assert_eq!(words(reading(0, 0), None), "Reading your file");
        assert_eq!(words(reading(282_624, 38), Some(141_000)), "Reading your file: 282,624 rows so far, 141,000 a second");
        assert_eq!(words(reading(541_909, 82), Some(141_000)), "Putting 541,909 rows into your figures");
        assert_eq!(words(Reading { is_waiting: true, ..reading(0, 0) }, None), "Waiting for its turn");
    }
}
