use super::api::{SHOWN_ISSUES, cancel_upload, get_kept_file, get_quality, get_upload, list_issues};
use super::cleaning::Cleaning;
use super::issues_table::IssuesTable;
use super::kept::Kept;
use super::quality_summary::QualitySummary;
use super::reading::{Reading, ReadingProgress};
use super::upload_result::UploadResult;
use super::uploads_table::follow;
use super::words::{brought, is_being_changed, status_tone, status_word};
use crate::session::use_session;
use crate::ui::{Badge, Breadcrumb, Button, ButtonKind, Card, Crumb, ErrorState, Instant, PageHead, Skeleton, use_toasts};
use domain::ids::UploadId;
use domain::sources::{KeptFile, QualityReport, UploadIssue, UploadStatus, UploadSummary};
use domain::{AppError, Permission, format};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The upload that the page's address names.
pub(super) fn use_upload_id() -> Memo<Option<UploadId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())))
}

/// The address names no upload at all.
pub(super) fn no_upload() -> AppError {
    let error = AppError::not_found("upload");
    #[cfg(feature = "ssr")]
    crate::session::respond::set_status(&error);
    error
}

/// An upload with its first rejected rows, its report and how long its file is kept.
type Shown = (UploadSummary, Vec<UploadIssue>, Option<QualityReport>, Option<KeptFile>);

async fn load(id: Option<UploadId>) -> Result<Shown, AppError> {
    let id = id.ok_or_else(no_upload)?;
    let upload = get_upload(id).await?;
    let is_over = matches!(upload.status, UploadStatus::Completed | UploadStatus::Failed);
    let has_issues = is_over && upload.rows_rejected > 0;
    let issues = if has_issues { list_issues(id).await? } else { Vec::new() };
    let is_read = upload.status == UploadStatus::Completed;
    // Files of an earlier version, and kinds without a report, have none.
    let quality = if is_read { get_quality(id).await.ok() } else { None };
    let is_settled = is_over || upload.status == UploadStatus::Undone;
    let kept = if is_settled { get_kept_file(id).await.ok() } else { None };
    Ok((upload, issues, quality, kept))
}

/// One upload: what came of it, and the rows that could not be read.
#[component]
pub fn UploadPage() -> impl IntoView {
    let id = use_upload_id();
    let upload = Resource::new(move || id.get(), load);
    let load_again = Callback::new(move |()| upload.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=5 /> }>
            {move || Suspend::new(async move {
                match upload.await {
                    Ok(shown) => view! { <Upload of=shown load_again /> }.into_any(),
                    Err(error) => view! { <PageHead title="Upload" /> <ErrorState error retry=load_again /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Upload(of: Shown, load_again: Callback<()>) -> impl IntoView {
    let (upload, issues, quality, kept) = of;
    let (id, file_name, brought, created_at) = (upload.id, upload.file_name.clone(), brought(&upload), upload.created_at);
    let rejected = upload.rows_rejected;
    let cleaning = if upload.status == UploadStatus::Completed { upload.cleaning.clone() } else { Vec::new() };
    let shown = follow(upload);
    let on_discard = Callback::new(move |upload| shown.set(upload));
    let is_settled = Memo::new(move |_| shown.with(|upload| upload.status.is_settled()));
    Effect::new(move |was_settled: Option<bool>| {
        let is_settled = is_settled.get();
        if is_settled && was_settled == Some(false) {
            load_again.run(());
        }
        is_settled
    });
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Uploads", "/data/uploads")] />
        <PageHead title=file_name>
            <Badge tone=Signal::derive(move || shown.with(|upload| status_tone(upload.status)))>{move || shown.with(status_word)}</Badge>
        </PageHead>
        <p class="upload-origin">
            {format!("{brought}, ")}
            <Instant at=created_at />
        </p>
        {move || {
            if is_settled.get() {
                view! { <Card><UploadResult upload=shown.get() on_discard /></Card> }.into_any()
            } else {
                view! { <Moving shown /> }.into_any()
            }
        }}
        {quality.map(|report| view! { <QualitySummary id report /> })}
        {(!cleaning.is_empty()).then(|| view! { <Cleaning id steps=cleaning /> })}
        {(!issues.is_empty()).then(|| view! { <Rejected rejected issues /> })}
        {kept.map(|kept| view! { <Kept kept /> })}
    }
}

/// While it waits or is being read.
#[component]
fn Moving(shown: RwSignal<UploadSummary>) -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let cancel = Action::new(move |id: &UploadId| {
        let id = *id;
        async move {
            match cancel_upload(id).await {
                Ok(upload) => shown.set(upload),
                Err(error) => toasts.failed(&error),
            }
        }
    });
    let reading = Signal::derive(move || shown.with(Reading::of));
    let is_changed = Memo::new(move |_| shown.with(is_being_changed));
    view! {
        <Card>
            <ReadingProgress reading />
            <Show when=move || session.can(Permission::AddData)>
                <div class="upload-actions">
                    <Button kind=ButtonKind::Secondary icon="x" busy=cancel.pending() on:click=move |_| { cancel.dispatch(shown.with_untracked(|upload| upload.id)); }>
                        {move || if is_changed.get() { "Keep it as it was" } else { "Cancel this upload" }}
                    </Button>
                    <span class="upload-note">"Your figures stay as they were."</span>
                </div>
            </Show>
        </Card>
    }
}

#[component]
fn Rejected(rejected: i64, issues: Vec<UploadIssue>) -> impl IntoView {
    let is_cut = rejected > issues.len() as i64;
    let lead = is_cut.then(|| format!("The first {SHOWN_ISSUES} of {}; the download has all of them.", format::number(rejected)));
    view! {
        <section class="rejected">
            <h2>"Rows that could not be read"</h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            <IssuesTable issues />
        </section>
    }
}
