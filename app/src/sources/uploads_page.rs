use super::api::list_uploads;
use super::watch::Watch;
use super::words::{period, status_tone, status_word};
use crate::session::use_session;
use crate::ui::{Badge, ButtonKind, EmptyState, ErrorState, Instant, LinkButton, PageHead, Skeleton, Table};
use domain::Permission;
use domain::format;
use domain::sources::{UploadStatus, UploadSummary};
use leptos::prelude::*;

/// Every file that was brought, the newest first.
#[component]
pub fn UploadsPage() -> impl IntoView {
    let session = use_session();
    let uploads = Resource::new(|| (), |()| list_uploads());
    let retry = Callback::new(move |()| uploads.refetch());
    let add = move || {
        session.can(Permission::AddData).then(|| view! { <LinkButton href="/data/add" kind=ButtonKind::Primary icon="plus">"Add data"</LinkButton> })
    };
    view! {
        <PageHead title="Uploads" lead=Some("Every file that was brought, by whom, and what came of it.".to_owned())>{add}</PageHead>
        <Suspense fallback=|| view! { <Skeleton lines=6 /> }>
            {move || Suspend::new(async move {
                match uploads.await {
                    Ok(uploads) if uploads.is_empty() => view! { <NoUploads /> }.into_any(),
                    Ok(uploads) => view! { <UploadsTable uploads /> }.into_any(),
                    Err(error) => view! { <ErrorState error retry /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NoUploads() -> impl IntoView {
    view! {
        <EmptyState title="No files yet" text="Each file you bring is listed here with what came of it, so that you can always tell where a figure comes from." icon="file-up">
            <LinkButton href="/data/add" kind=ButtonKind::Primary icon="plus">"Add data"</LinkButton>
        </EmptyState>
    }
}

#[component]
fn UploadsTable(uploads: Vec<UploadSummary>) -> impl IntoView {
    let rows = uploads.into_iter().map(|upload| view! { <UploadRow upload /> }).collect_view();
    view! {
        <Table caption="Uploads" headings=vec!["File", "State", "#Rows", "#Added", "#There already", "#Not readable", "Days", "Brought by", "When"]>{rows}</Table>
    }
}

#[component]
fn UploadRow(upload: UploadSummary) -> impl IntoView {
    let (id, file_name, bytes, uploaded_by, created_at) =
        (upload.id, upload.file_name.clone(), upload.bytes, upload.uploaded_by.clone(), upload.created_at);
    let shown = follow(upload);
    let word = move || {
        shown.with(|upload| match upload.status {
            UploadStatus::Processing => format!("{} {}\u{a0}%", status_word(upload.status), upload.progress),
            status => status_word(status).to_owned(),
        })
    };
    let count = move |read: fn(&UploadSummary) -> i64| {
        shown.with(|upload| if upload.status == UploadStatus::Completed { format::number(read(upload)) } else { "–".to_owned() })
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/data/uploads/{id}")>{file_name}</a>
                <small class="upload-bytes">{format::bytes(bytes)}</small>
            </th>
            <td><Badge tone=Signal::derive(move || shown.with(|upload| status_tone(upload.status)))>{word}</Badge></td>
            <td class="number">{move || count(|upload| upload.rows_total)}</td>
            <td class="number">{move || count(|upload| upload.rows_accepted)}</td>
            <td class="number">{move || count(|upload| upload.rows_duplicate)}</td>
            <td class="number">{move || count(|upload| upload.rows_rejected)}</td>
            <td>{move || shown.with(period).unwrap_or_else(|| "–".to_owned())}</td>
            <td>{uploaded_by}</td>
            <td><Instant at=created_at /></td>
        </tr>
    }
}

/// The upload as it is now, and as it becomes while it is being read.
pub(super) fn follow(upload: UploadSummary) -> RwSignal<UploadSummary> {
    let id = upload.id;
    let is_moving = !upload.status.is_settled();
    let shown = RwSignal::new(upload);
    Effect::new(move |_| {
        if is_moving {
            let watch = Watch::start(id, move |upload| {
                // News may arrive while the page is being left.
                let _ = shown.try_set(upload);
            });
            // Made in the browser only, and kept until the effect's owner goes: a server's threads must never hold it.
            StoredValue::new_local(watch);
        }
    });
    shown
}
