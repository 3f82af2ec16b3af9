use super::api::get_mapping_preview;
use super::mapping_form::MappingForm;
use super::upload_page::{no_upload, use_upload_id};
use crate::session::use_session;
use crate::ui::{Breadcrumb, Crumb, DeniedState, ErrorState, PageHead, Skeleton};
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Saying what the columns of a file mean.
#[component]
pub fn MappingPage() -> impl IntoView {
    let session = use_session();
    let id = use_upload_id();
    let query = use_query_map();
    let preview = Resource::new(
        move || (id.get(), query.with(|query| query.get("sheet"))),
        |(id, sheet)| async move {
            match id {
                Some(id) => get_mapping_preview(id, sheet).await,
                None => Err(no_upload()),
            }
        },
    );
    let retry = Callback::new(move |()| preview.refetch());
    view! {
        <Breadcrumb crumbs=vec![Crumb::new("Uploads", "/data/uploads")] />
        <PageHead title="What do the columns mean?" lead=Some("Say it once; files with the same columns are then read without asking.".to_owned()) />
        <Show when=move || session.can(Permission::AddData) fallback=|| view! { <DeniedState permission=Permission::AddData /> }>
            <Suspense fallback=|| view! { <Skeleton lines=8 /> }>
                {move || Suspend::new(async move {
                    match preview.await {
                        // Another sheet is another form: nothing of the first may hear what is done in the second.
                        Ok(preview) => view! {
                            <For each=move || [preview.clone()] key=|preview| preview.sheet.clone() let(preview)>
                                <MappingForm preview />
                            </For>
                        }
                        .into_any(),
                        Err(error) => view! { <ErrorState error retry /> }.into_any(),
                    }
                })}
            </Suspense>
        </Show>
    }
}
