use super::quality_page::ReportFile;
use super::quality_parts::{Findings, verdict};
use crate::ui::LinkButton;
use domain::ids::UploadId;
use domain::sources::QualityReport;
use leptos::prelude::*;

/// The gravest findings stand on the upload's own page; the report has all of them.
const SHOWN: usize = 3;

/// How good an upload's data is, in short.
#[component]
pub(super) fn QualitySummary(id: UploadId, report: QualityReport) -> impl IntoView {
    let lead = verdict(&report);
    let findings = report.findings.into_iter().take(SHOWN).collect();
    view! {
        <section class="card quality-summary" aria-labelledby="quality-title">
            <h2 class="card-title" id="quality-title">"How good the data is"</h2>
            <p class="card-lead">{lead}</p>
            <Findings id findings />
            <div class="upload-actions">
                <LinkButton href=format!("/data/uploads/{id}/quality") icon="list-checks">"See the whole report"</LinkButton>
                <ReportFile id />
            </div>
        </section>
    }
}
