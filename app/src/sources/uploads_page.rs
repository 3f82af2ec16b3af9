use super::api::list_some_uploads;
use super::uploads_table::UploadsTable;
use crate::session::use_session;
use crate::ui::{ButtonKind, EmptyState, ErrorState, LinkButton, PageHead, Skeleton};
use domain::Permission;
use domain::ids::UploadId;
use domain::sources::{MOST_LISTED, UploadOrigin, UploadSummary};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Which part of the history the address asks for: behind which upload, and how they came.
type Place = (Option<UploadId>, Option<UploadOrigin>);

/// Every file that was brought, the newest first. The place in the history stands in the address.
#[component]
pub fn UploadsPage() -> impl IntoView {
    let session = use_session();
    let query = use_query_map();
    let place = Memo::new(move |_| {
        query.with(|query| {
            let before = query.get_str("before").and_then(|before| before.parse().ok());
            (before, query.get_str("origin").and_then(UploadOrigin::parse))
        })
    });
    let uploads = Resource::new(move || place.get(), |(before, origin)| list_some_uploads(before, origin));
    let retry = Callback::new(move |()| uploads.refetch());
    let add = move || {
        session.can(Permission::AddData).then(|| view! { <LinkButton href="/data/add" kind=ButtonKind::Primary icon="plus">"Add data"</LinkButton> })
    };
    view! {
        <PageHead title="Uploads" lead=Some("Every file that was brought, by whom, and what came of it. Any of them can be undone.".to_owned())>{add}</PageHead>
        <Suspense fallback=|| view! { <Skeleton lines=6 /> }>
            {move || {
                let place = place.get();
                Suspend::new(async move {
                    match uploads.await {
                        Ok(uploads) => view! { <Uploads uploads place /> }.into_any(),
                        Err(error) => view! { <ErrorState error retry /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// A part of the history, with the ways to others.
#[component]
fn Uploads(uploads: Vec<UploadSummary>, place: Place) -> impl IntoView {
    let (before, origin) = place;
    let older = (uploads.len() as u64 == MOST_LISTED).then(|| uploads.last().map(|upload| upload.id)).flatten();
    let is_mixed = uploads.iter().any(|upload| upload.origin != UploadOrigin::File);
    let is_chosen = before.is_some() || origin.is_some();
    let list = match (uploads.is_empty(), is_chosen) {
        (false, _) => view! { <UploadsTable uploads /> }.into_any(),
        (true, false) => view! { <NoUploads /> }.into_any(),
        (true, true) => view! { <EmptyState title="Nothing further back" text="No upload of this kind came before." icon="file-up" /> }.into_any(),
    };
    view! {
        {(is_chosen || is_mixed || older.is_some()).then(|| view! { <Origins chosen=origin /> })}
        {list}
        {(before.is_some() || older.is_some()).then(|| view! {
            <p class="after-table row">
                {before.map(|_| view! { <LinkButton href=address(None, origin)>"Newest uploads"</LinkButton> })}
                {older.map(|last| view! { <LinkButton href=address(Some(last), origin)>"Older uploads"</LinkButton> })}
            </p>
        })}
    }
}

/// The ways in which uploads come, to see those of one alone.
#[component]
fn Origins(chosen: Option<UploadOrigin>) -> impl IntoView {
    let choices = std::iter::once(None).chain(UploadOrigin::ALL.map(Some));
    let links = choices.map(|choice| {
        let kind = if choice == chosen { ButtonKind::Secondary } else { ButtonKind::Quiet };
        let current = (choice == chosen).then_some("true");
        let words = choice.map_or("All", UploadOrigin::label);
        view! { <LinkButton href=address(None, choice) kind attr:aria-current=current>{words}</LinkButton> }
    });
    view! { <nav class="row" aria-label="How they came">{links.collect_view()}</nav> }
}

fn address(before: Option<UploadId>, origin: Option<UploadOrigin>) -> String {
    let origin = origin.map(|origin| format!("origin={}", origin.as_str()));
    let parts: Vec<String> = before.map(|before| format!("before={before}")).into_iter().chain(origin).collect();
    if parts.is_empty() { "/data/uploads".to_owned() } else { format!("/data/uploads?{}", parts.join("&")) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_history_is_an_address() {
        let last = UploadId(uuid::Uuid::nil());
        assert_eq!(address(None, None), "/data/uploads");
        assert_eq!(address(None, Some(UploadOrigin::Api)), "/data/uploads?origin=api");
        let both = "/data/uploads?before=00000000-0000-0000-0000-000000000000&origin=watched";
        assert_eq!(address(Some(last), Some(UploadOrigin::Watched)), both);
    }
}
