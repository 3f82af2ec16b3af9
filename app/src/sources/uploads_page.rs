use super::api::list_uploads;
use super::uploads_table::UploadsTable;
use crate::session::use_session;
use crate::ui::{ButtonKind, EmptyState, ErrorState, LinkButton, PageHead, Skeleton};
use domain::Permission;
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
        <PageHead title="Uploads" lead=Some("Every file that was brought, by whom, and what came of it. Any of them can be undone.".to_owned())>{add}</PageHead>
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
    let may_add = use_session().can(Permission::AddData);
    view! {
        <EmptyState title="No files yet" text="Each file you bring is listed here with what came of it, so that you can always tell where a figure comes from." icon="file-up">
            {may_add.then(|| view! { <LinkButton href="/data/add" kind=ButtonKind::Primary icon="plus">"Add data"</LinkButton> })}
        </EmptyState>
    }
}
