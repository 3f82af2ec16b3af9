//! The report as a file: one table, so that any spreadsheet opens it.

use super::upload_quality;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::Result;
use domain::charts::csv_cell;
use domain::ids::UploadId;
use domain::sources::{ColumnQuality, DayRows, QualityAspect, QualityFinding, QualityReport, Severity};

/// The report on an upload as CSV: its findings, then how well each column is filled, then the rows of each day.
pub async fn quality_csv(services: &Services, actor: &Actor, id: UploadId) -> Result<String> {
    Ok(csv(&upload_quality(services, actor, id).await?))
}

fn csv(report: &QualityReport) -> String {
    let mut text = "section,subject,severity,finding,count,share_percent,lines\r\n".to_owned();
    report.findings.iter().for_each(|finding| text.push_str(&of_finding(finding)));
    report.columns.iter().for_each(|column| text.push_str(&of_column(column, report.rows)));
    report.days.iter().for_each(|day| text.push_str(&of_day(*day, report.rows)));
    text
}

fn of_finding(finding: &QualityFinding) -> String {
    let section = QualityAspect::of(finding).map_or("report", QualityAspect::as_str);
    let severity = match finding.severity {
        Severity::Warning => "warning",
        Severity::Notice => "notice",
        Severity::Good => "good",
    };
    row(section, "", severity, &finding.sentence, finding.count, finding.share, &finding.lines)
}

fn of_column(column: &ColumnQuality, rows: i64) -> String {
    let distinct = column.distinct.map(|distinct| format!(", about {distinct} different values")).unwrap_or_default();
    let sentence = format!("{}: {} of {rows} rows filled, {} not readable{distinct}", column.meaning.label(), column.filled, column.invalid);
    row("columns", &column.header, "", &sentence, column.filled, column.filled_share(), &column.empty_lines)
}

fn of_day(day: DayRows, rows: i64) -> String {
    row("rows_by_day", &day.day.to_string(), "", "", day.rows, day.rows as f64 / rows.max(1) as f64, &[])
}

fn row(section: &str, subject: &str, severity: &str, sentence: &str, count: i64, share: f64, lines: &[i64]) -> String {
    let lines = lines.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
    format!("{section},{},{severity},{},{count},{:.2},{lines}\r\n", csv_cell(subject), csv_cell(sentence), share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sources::ColumnMeaning;

    #[test]
    fn a_report_is_one_table_that_no_spreadsheet_runs() {
        let finding = QualityFinding {
            name: "price_outliers".to_owned(),
            severity: Severity::Warning,
            sentence: "2 rows with a price, or so".to_owned(),
            count: 2,
            share: 0.125,
            lines: vec![7, 9],
        };
        let column = ColumnQuality {
            meaning: ColumnMeaning::Country,
            header: "=Land".to_owned(),
            filled: 12,
            empty: 4,
            invalid: 0,
            distinct: None,
            empty_lines: vec![3],
        };
        let day = DayRows { day: "2024-01-02".parse().expect("a day"), rows: 16 };
        let text = csv(&QualityReport { rows: 16, findings: vec![finding], columns: vec![column], days: vec![day] });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "outliers,,warning,\"2 rows with a price, or so\",2,12.50,7 9");
        assert_eq!(lines[2], "columns,'=Land,,\"Country: 12 of 16 rows filled, 0 not readable\",12,75.00,3");
        assert_eq!(lines[3], "rows_by_day,2024-01-02,,,16,100.00,");
    }
}
