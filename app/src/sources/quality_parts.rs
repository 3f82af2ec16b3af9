//! What the page of a report and the page of an upload both show of an upload's quality.

use crate::ui::Icon;
use domain::format;
use domain::ids::UploadId;
use domain::sources::{QualityFinding, QualityReport, Severity};
use leptos::prelude::*;

/// The whole report in a sentence.
pub(super) fn verdict(report: &QualityReport) -> String {
    let rows = format::counted(report.rows, "row", "rows");
    let count = |severity| i64::try_from(report.count(severity)).unwrap_or(i64::MAX);
    let warnings = format::counted(count(Severity::Warning), "thing", "things");
    match (count(Severity::Warning), count(Severity::Notice)) {
        (0, 0) => format!("All is as it should be in {rows}."),
        (0, notices) => format!("Nothing makes your figures wrong; {} worth knowing in {rows}.", format::counted(notices, "thing is", "things are")),
        (_, 0) => format!("{warnings} may make your figures wrong, in {rows}."),
        (_, notices) => format!("{warnings} may make your figures wrong and {} worth knowing, in {rows}.", format::counted(notices, "is", "are")),
    }
}

/// The picture and the colour of a severity. Colour is never alone: the sentence says the same.
pub(super) fn mark(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Warning => ("triangle-alert", "warning"),
        Severity::Notice => ("info", "notice"),
        Severity::Good => ("circle-check", "good"),
    }
}

/// Findings in sentences, each with a way to its rows.
#[component]
pub(super) fn Findings(id: UploadId, findings: Vec<QualityFinding>) -> impl IntoView {
    let findings = findings.into_iter().map(|finding| {
        let (icon, tone) = mark(finding.severity);
        view! {
            <li class=format!("quality-finding quality-{tone}")>
                <Icon name=icon />
                <div>
                    <p>{finding.sentence}</p>
                    <RowsLink id lines=finding.lines count=finding.count />
                </div>
            </li>
        }
    });
    view! { <ul class="quality-findings">{findings.collect_view()}</ul> }
}

/// The way to rows of the file; nothing where there are none to go to.
#[component]
pub(super) fn RowsLink(
    id: UploadId,
    lines: Vec<i64>,
    /// How many rows there are in all.
    count: i64,
) -> impl IntoView {
    (!lines.is_empty()).then(|| view! { <a class="quality-rows" href=rows_address(id, &lines)>{link_words(lines.len(), count)}</a> })
}

/// The page with these lines of an upload's file.
pub(super) fn rows_address(id: UploadId, lines: &[i64]) -> String {
    let lines = lines.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    format!("/data/uploads/{id}/rows?lines={lines}")
}

fn link_words(shown: usize, count: i64) -> String {
    match shown {
        1 if count <= 1 => "See the row".to_owned(),
        _ if count <= shown as i64 => format!("See the {shown} rows"),
        _ => format!("See the first {shown} of {}", format::counted(count, "row", "rows")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(severities: &[Severity]) -> QualityReport {
        let finding = |severity: &Severity| QualityFinding {
            name: String::new(),
            severity: *severity,
            sentence: String::new(),
            count: 1,
            share: 0.0,
            lines: Vec::new(),
        };
        QualityReport { rows: 1_204, findings: severities.iter().map(finding).collect(), ..QualityReport::default() }
    }

    #[test]
    fn a_report_is_said_in_a_sentence() {
        use Severity::{Good, Notice, Warning};
        assert_eq!(verdict(&report(&[Good])), "All is as it should be in 1,204 rows.");
        assert_eq!(verdict(&report(&[Notice])), "Nothing makes your figures wrong; 1 thing is worth knowing in 1,204 rows.");
        assert_eq!(verdict(&report(&[Warning, Warning, Notice])), "2 things may make your figures wrong and 1 is worth knowing, in 1,204 rows.");
    }

    #[test]
    fn a_link_says_how_many_rows_it_leads_to() {
        assert_eq!((link_words(1, 1), link_words(2, 2)), ("See the row".to_owned(), "See the 2 rows".to_owned()));
        assert_eq!(link_words(20, 1_140), "See the first 20 of 1,140 rows");
    }
}
