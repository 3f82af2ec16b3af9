//! A plain sentence for each thing that was found.

use super::before::Before;
use super::days::{gaps, partial_months, with_days};
use super::prices::Noted;
use super::watch::Seen;
use super::{drift, outliers};
use domain::Day;
use domain::format::{self, agreeing, counted};
use domain::sources::{ColumnMeaning, QualityFinding, QualityReport, Severity};
use std::collections::BTreeSet;

/// How many stretches or columns one sentence names.
const NAMED: usize = 3;
/// A column of which this share is empty is worth a word.
const MUCH_EMPTY: f64 = 0.05;

/// All findings, the gravest first.
pub(super) fn of(seen: &Seen, report: &QualityReport, before: &Before) -> Vec<QualityFinding> {
    let mut findings: Vec<QualityFinding> = rejected(seen).into_iter().collect();
    findings.extend(outliers::findings(&seen.outliers, seen.rows));
    findings.extend([negative(seen), free(seen), repeats(seen)].into_iter().flatten());
    findings.extend(incomplete(report));
    let days: Vec<Day> = report.days.iter().map(|day| day.day).collect();
    if seen.is_sales {
        findings.extend(missing_days(&days, &before.days));
        findings.extend(parts_of_months(&days, &before.days));
    }
    findings.extend(before.report.as_ref().map(|earlier| drift::findings(report, earlier)).unwrap_or_default());
    findings.sort_by_key(|finding| finding.severity);
    if findings.iter().all(|finding| finding.severity == Severity::Good) {
        let sentence = "Every row was read, every column is filled, and nothing looks unusual.".to_owned();
        let all_good = QualityFinding { name: "all_good".to_owned(), severity: Severity::Good, sentence, count: 0, share: 0.0, lines: Vec::new() };
        findings.insert(0, all_good);
    }
    findings
}

/// What is said of rows that were noted, where there are any.
pub(super) fn about_rows(name: &str, severity: Severity, noted: &Noted, rows: i64, sentence: impl FnOnce(&str) -> String) -> Option<QualityFinding> {
    (noted.count > 0).then(|| QualityFinding {
        name: name.to_owned(),
        severity,
        sentence: sentence(&counted(noted.count, "row", "rows")),
        count: noted.count,
        share: noted.count as f64 / rows.max(1) as f64,
        lines: noted.lines.clone(),
    })
}

fn rejected(seen: &Seen) -> Option<QualityFinding> {
    let rows = seen.rows + seen.rejected.count;
    about_rows("rejected_rows", Severity::Warning, &seen.rejected, rows, |count| {
        let share = format::percent(seen.rejected.count as f64 / rows.max(1) as f64);
        let (are, each) = (agreeing(seen.rejected.count, "is", "are"), agreeing(seen.rejected.count, "it", "each"));
        format!("{count} ({share}) could not be read and {are} not in the figures; {each} is listed with its reason.")
    })
}

fn negative(seen: &Seen) -> Option<QualityFinding> {
    about_rows("negative_prices", Severity::Notice, &seen.negative, seen.rows, |count| {
        let lower = agreeing(seen.negative.count, "it lowers", "they lower");
        format!("{count} with a price below zero, such as corrections; {lower} the sales.")
    })
}

fn free(seen: &Seen) -> Option<QualityFinding> {
    about_rows("zero_prices", Severity::Notice, &seen.free, seen.rows, |count| {
        let they = agreeing(seen.free.count, "it counts", "they count");
        format!("{count} with a price of zero, such as gifts or stock corrections; {they} as units and not as sales.")
    })
}

fn repeats(seen: &Seen) -> Option<QualityFinding> {
    let noted = Noted { count: seen.repeats.count, lines: seen.repeats.lines.clone() };
    let limit = if seen.repeats.compared < seen.rows { format!(" among the first {}", format::number(seen.repeats.compared)) } else { String::new() };
    about_rows("repeated_rows", Severity::Notice, &noted, seen.repeats.compared, |count| {
        let (are, they) = (agreeing(noted.count, "is", "are"), agreeing(noted.count, "it counts", "they count"));
        format!(
            "{count}{limit} {are} equal to another row in everything that is read. A till rings twice, so {they} as sales; look whether the file was joined twice."
        )
    })
}

/// Columns that should be filled and are not.
fn incomplete(report: &QualityReport) -> Vec<QualityFinding> {
    let columns = report.columns.iter().filter(|column| !is_often_empty(column.meaning));
    columns
        .filter_map(|column| {
            let share = column.empty as f64 / (column.filled + column.empty).max(1) as f64;
            (share >= MUCH_EMPTY).then(|| QualityFinding {
                name: "empty_cells".to_owned(),
                severity: Severity::Notice,
                sentence: format!(
                    "“{}” ({}) is empty in {} ({}); figures split by it are incomplete.",
                    column.header,
                    column.meaning.label().to_lowercase(),
                    counted(column.empty, "row", "rows"),
                    format::percent(share)
                ),
                count: column.empty,
                share,
                lines: column.empty_lines.clone(),
            })
        })
        .collect()
}

/// Columns that are empty in most rows of most shops, and should be: few orders are cancelled, have a discount or are tests, and what was
/// sold online has no store. Where order values
/// stand on first rows only, so are totals; and an amount may stand in for a price.
pub(super) fn is_often_empty(meaning: ColumnMeaning) -> bool {
    use ColumnMeaning as M;
    matches!(
        meaning,
        M::OrderTotal
            | M::LineAmount
            | M::LineDiscount
            | M::CancelledAt
            | M::Shipping
            | M::Tax
            | M::Discount
            | M::DiscountCode
            | M::Fee
            | M::Amount
            | M::RefundId
            | M::Store
            | M::IsTest
    )
}

fn missing_days(days: &[Day], before: &BTreeSet<Day>) -> Option<QualityFinding> {
    let (first, last) = (*days.first()?, *days.last()?);
    let gaps = gaps(&with_days(days, before, first..=last));
    let stretch = |from: Day, to: Day| if from == to { format::day(from) } else { format!("{} to {}", format::day(from), format::day(to)) };
    let mut named: Vec<String> = gaps.iter().take(NAMED).map(|gap| stretch(gap.from, gap.to)).collect();
    if gaps.len() > NAMED {
        named.push(format!("and {} more", gaps.len() - NAMED));
    }
    let count = i64::try_from(gaps.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| QualityFinding {
        name: "missing_days".to_owned(),
        severity: Severity::Notice,
        sentence: format!(
            "{} without a sale on days on which this shop usually sells: {}. Closed, or missing from the file?",
            counted(count, "stretch", "stretches"),
            named.join(", ")
        ),
        count,
        share: count as f64 / f64::from(last.0 - first.0 + 1),
        lines: Vec::new(),
    })
}

fn parts_of_months(days: &[Day], before: &BTreeSet<Day>) -> Vec<QualityFinding> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let finding = |month: Day| {
        let name = format::month(month);
        let part = if month == last.month_start() { format!("ends on {}", format::day(*last)) } else { format!("begins on {}", format::day(*first)) };
        QualityFinding {
            name: "partial_month".to_owned(),
            severity: Severity::Notice,
            sentence: format!("{name} is incomplete: the file {part}. Do not compare that month with whole ones."),
            count: 1,
            share: 0.0,
            lines: Vec::new(),
        }
    };
    let months = first.month_start()..=last.month_start().plus_months(1).plus_days(-1);
    partial_months(&with_days(days, before, months)).into_iter().map(finding).collect()
}
