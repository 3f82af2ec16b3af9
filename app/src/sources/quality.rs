//! How good an upload's data is: sentences, how well columns are filled, what was cleaned.

use crate::ui::{Icon, Table};
use domain::format;
use domain::sources::{CleaningStep, ColumnQuality, QualityFinding, QualityReport, Severity};
use leptos::prelude::*;

/// The report, below what came of the upload.
#[component]
pub(super) fn Quality(report: QualityReport, cleaning: Vec<CleaningStep>) -> impl IntoView {
    let findings = report.findings.into_iter().map(|finding| view! { <Finding finding /> }).collect_view();
    let columns = report.columns.into_iter().map(|column| view! { <ColumnRow column /> }).collect_view();
    view! {
        <section class="quality" aria-labelledby="quality-title">
            <h2 id="quality-title">"How good the data is"</h2>
            <ul class="quality-findings">{findings}</ul>
            <Table caption="How well each column is filled" headings=vec!["Column", "Means", "Filled", "#Empty", "#Not readable"]>{columns}</Table>
            {(!cleaning.is_empty()).then(|| view! { <Cleaning cleaning /> })}
        </section>
    }
}

#[component]
fn Finding(finding: QualityFinding) -> impl IntoView {
    let (icon, tone) = match finding.severity {
        Severity::Warning => ("triangle-alert", "warning"),
        Severity::Notice => ("info", "neutral"),
        Severity::Good => ("circle-check", "good"),
    };
    let lines = finding.lines.iter().map(|line| format::number(*line)).collect::<Vec<_>>().join(", ");
    let more = if finding.count > finding.lines.len() as i64 { " …" } else { "" };
    view! {
        <li class=format!("quality-finding quality-{tone}")>
            <Icon name=icon />
            <div>
                <p>{finding.sentence}</p>
                {(!lines.is_empty()).then(|| view! { <p class="quality-lines">{format!("Lines {lines}{more}")}</p> })}
            </div>
        </li>
    }
}

#[component]
fn ColumnRow(column: ColumnQuality) -> impl IntoView {
    let share = column.filled as f64 / (column.filled + column.empty).max(1) as f64;
    view! {
        <tr>
            <td>{column.header}</td>
            <td>{column.meaning.label()}</td>
            <td>
                <span class="quality-bar" aria-hidden="true"><i style=format!("inline-size: {:.1}%", share * 100.0)></i></span>
                {format::percent(share)}
            </td>
            <td class="number">{format::number(column.empty)}</td>
            <td class="number">{format::number(column.invalid)}</td>
        </tr>
    }
}

#[component]
fn Cleaning(cleaning: Vec<CleaningStep>) -> impl IntoView {
    let steps = cleaning.into_iter().map(|step| {
        let samples = step.samples.into_iter().map(|sample| {
            view! {
                <li>
                    {format!("Line {}, {}: ", format::number(sample.line), sample.column)}
                    <del>{sample.before}</del>
                    " → "
                    <ins>{sample.after}</ins>
                </li>
            }
        });
        view! {
            <details>
                <summary>{format!("{}: {}", step.label, format::number(step.changed))}</summary>
                <ul>{samples.collect_view()}</ul>
            </details>
        }
    });
    view! {
        <h2>"What was cleaned on the way"</h2>
        <div class="quality-cleaning">{steps.collect_view()}</div>
    }
}
