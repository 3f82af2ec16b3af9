//! What is otherwise than in the file before.

use super::findings::is_often_empty;
use domain::format;
use domain::sources::{ColumnQuality, QualityFinding, QualityReport, Severity};

/// A column that is so much emptier or fuller than before has changed.
const SHARE: f64 = 0.2;
/// So many times more or fewer rows a day are another business.
const PACE: f64 = 3.0;
/// With fewer rows, chance alone makes such differences.
const ENOUGH_ROWS: i64 = 50;

/// Findings against the file before.
pub(super) fn findings(now: &QualityReport, before: &QualityReport) -> Vec<QualityFinding> {
    if now.rows < ENOUGH_ROWS || before.rows < ENOUGH_ROWS {
        return Vec::new();
    }
    let mut sentences = Vec::new();
    // Those that are often empty were once reported as filled.
    for column in now.columns.iter().filter(|column| !is_often_empty(column.meaning)) {
        if let Some(earlier) = before.columns.iter().find(|earlier| earlier.meaning == column.meaning) {
            sentences.extend(fill(column, earlier));
        }
    }
    for lost in before.columns.iter().filter(|column| now.columns.iter().all(|here| here.meaning != column.meaning)) {
        sentences.push(format!("The column “{}” ({}) of the last file of this source is missing in this one.", lost.header, lost.meaning.label()));
    }
    sentences.extend(pace(now, before));
    let finding =
        |sentence| QualityFinding { name: "drift".to_owned(), severity: Severity::Notice, sentence, count: 1, share: 0.0, lines: Vec::new() };
    sentences.into_iter().map(finding).collect()
}

fn fill(now: &ColumnQuality, before: &ColumnQuality) -> Option<String> {
    let share = |column: &ColumnQuality| column.filled as f64 / (column.filled + column.empty).max(1) as f64;
    let (now_share, before_share) = (share(now), share(before));
    ((now_share - before_share).abs() >= SHARE).then(|| {
        format!(
            "“{}” is filled in {} of the rows; in the last file of this source it was {}.",
            now.header,
            format::percent(now_share),
            format::percent(before_share)
        )
    })
}

/// Of files whose rows have days: lists of products and customers have none.
fn pace(now: &QualityReport, before: &QualityReport) -> Option<String> {
    let pace = |report: &QualityReport| (!report.days.is_empty()).then(|| report.rows as f64 / report.days.len() as f64);
    let (now, before) = (pace(now)?, pace(before)?);
    (now / before >= PACE || before / now >= PACE).then(|| {
        format!(
            "This file has {} rows a day; the last file of this source had {}.",
            format::decimal((now * 10.0).round() / 10.0),
            format::decimal((before * 10.0).round() / 10.0)
        )
    })
}
