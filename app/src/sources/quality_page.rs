use super::api::{QualityView, get_quality_page};
use super::quality_parts::{Findings, RowsLink, mark, verdict};
use super::upload_page::{no_upload, use_upload_id};
use crate::charts::{CardFiles, ChartPayload, ChartView, OpenTables};
use crate::ui::{Breadcrumb, Crumb, ErrorState, Icon, PageHead, Skeleton, Table};
use domain::format;
use domain::ids::UploadId;
use domain::sources::{ColumnQuality, QualityAspect, QualityFinding, QualityReport, Severity};
use leptos::prelude::*;

/// How good the data of an upload is: each side of it, with the way to the rows.
#[component]
pub fn QualityPage() -> impl IntoView {
    let id = use_upload_id();
    let open_tables = OpenTables::default();
    let view = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => get_quality_page(id).await,
                None => Err(no_upload()),
            }
        },
    );
    let retry = Callback::new(move |()| view.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(view) => view! { <Report view open_tables /> }.into_any(),
                    Err(error) => view! { <PageHead title="How good the data is" /> <ErrorState error retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Report(view: QualityView, open_tables: OpenTables) -> impl IntoView {
    let QualityView { upload, report, mut days } = view;
    let id = upload.id;
    let lead = Some(verdict(&report));
    let tiles = QualityAspect::ALL.map(|aspect| view! { <Tile aspect findings=about(&report, aspect) /> });
    let sections = QualityAspect::ALL.map(|aspect| {
        let columns = if aspect == QualityAspect::Completeness { report.columns.clone() } else { Vec::new() };
        let days = if aspect == QualityAspect::Days { days.take() } else { None };
        view! { <Section id aspect findings=about(&report, aspect) columns days open_tables /> }
    });
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Uploads", "/data/uploads"), Crumb::new(upload.file_name, format!("/data/uploads/{id}"))] />
        <PageHead title="How good the data is" lead>
            <ReportFile id />
        </PageHead>
        <ul class="quality-tiles" aria-label="The sides of the report">{tiles.into_iter().collect_view()}</ul>
        <div class="quality">{sections.into_iter().collect_view()}</div>
    }
}

/// The report as a file.
#[component]
pub(super) fn ReportFile(id: UploadId) -> impl IntoView {
    view! {
        // Not a page of the application: the router must leave it to the browser.
        <a class="button button-secondary" href=format!("/api/v1/uploads/{id}/quality.csv") download rel="external">
            <Icon name="download" />
            <span>"Download the report"</span>
        </a>
    }
}

fn about(report: &QualityReport, aspect: QualityAspect) -> Vec<QualityFinding> {
    report.findings.iter().filter(|finding| QualityAspect::of(finding) == Some(aspect)).cloned().collect()
}

/// How many findings say more than how well something was looked at.
fn faults(findings: &[QualityFinding]) -> usize {
    findings.iter().filter(|finding| finding.severity != Severity::Good).count()
}

/// One side in a few words, and the way to its section.
#[component]
fn Tile(aspect: QualityAspect, findings: Vec<QualityFinding>) -> impl IntoView {
    let (icon, tone) = mark(findings.first().map_or(Severity::Good, |finding| finding.severity));
    let words = match faults(&findings) {
        0 => "Nothing found".to_owned(),
        count => format::counted(count as i64, "finding", "findings"),
    };
    view! {
        <li class=format!("quality-tile quality-{tone}")>
            // A place on this page: the browser goes there itself.
            <a href=format!("#{}", aspect.as_str()) rel="external">
                <Icon name=icon />
                <span><strong>{aspect.label()}</strong><small>{words}</small></span>
            </a>
        </li>
    }
}

#[component]
fn Section(
    id: UploadId,
    aspect: QualityAspect,
    findings: Vec<QualityFinding>,
    columns: Vec<ColumnQuality>,
    days: Option<ChartPayload>,
    open_tables: OpenTables,
) -> impl IntoView {
    let heading = format!("{}-title", aspect.as_str());
    let labelled_by = heading.clone();
    let is_good = faults(&findings) == 0;
    view! {
        <section class="quality-section" id=aspect.as_str() aria-labelledby=labelled_by>
            <h2 id=heading>{aspect.label()}</h2>
            {is_good.then(|| view! { <p class="quality-none"><Icon name="circle-check" /> <span>{aspect.when_good()}</span></p> })}
            {(!findings.is_empty()).then(|| view! { <Findings id findings /> })}
            {(!columns.is_empty()).then(|| view! { <Columns id columns /> })}
            {days.map(|chart| view! { <ChartView chart open_tables files=Some(CardFiles::default()) /> })}
        </section>
    }
}

#[component]
fn Columns(id: UploadId, columns: Vec<ColumnQuality>) -> impl IntoView {
    let rows = columns.into_iter().map(|column| view! { <ColumnRow id column /> }).collect_view();
    view! {
        <div class="quality-columns">
            <Table caption="How well each column is filled" headings=vec!["Column", "Means", "Filled", "#Empty", "#Not readable", "#Different values", "Rows"]>
                {rows}
            </Table>
        </div>
    }
}

#[component]
fn ColumnRow(id: UploadId, column: ColumnQuality) -> impl IntoView {
    let share = column.filled_share();
    let distinct = column.distinct.map_or_else(|| "–".to_owned(), |distinct| format!("about {}", format::number(distinct)));
    view! {
        <tr>
            <th scope="row">{column.header}</th>
            <td>{column.meaning.label()}</td>
            <td class="quality-filled">
                <span class="quality-bar" aria-hidden="true"><i style=format!("inline-size: {:.1}%", share * 100.0)></i></span>
                <span>{format::percent(share)}</span>
            </td>
            <td class="number">{format::number(column.empty)}</td>
            <td class="number">{format::number(column.invalid)}</td>
            <td class="number">{distinct}</td>
            <td><RowsLink id lines=column.empty_lines count=column.empty /></td>
        </tr>
    }
}
