use super::address::{query_of, use_address, view_of};
use super::dashboard_page::use_key;
use super::filters::FilterChips;
use super::pickers::{PickerBar, RangePicker, Seen, part_of};
use super::rows_api::get_card_rows;
use crate::charts::DataTable;
use crate::ui::{Breadcrumb, Crumb, EmptyState, ErrorState, Icon, Notice, PageHead, Skeleton, Tone};
use domain::dashboards::{CardRows, DashboardView};
use domain::{AppError, format};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

/// The orders or order lines that a card's figures are made of.
#[component]
pub fn CardRowsPage() -> impl IntoView {
    let (key, params) = (use_key(), use_params_map());
    // A place that is none is one that no board has.
    let place = Memo::new(move |_| params.with(|params| params.get("place").and_then(|place| place.parse::<usize>().ok()).unwrap_or(usize::MAX)));
    let search = use_location().search;
    let view = Memo::new(move |_| search.with(|search| view_of(search)));
    let rows = Resource::new(
        move || (key.get(), place.get(), search.get()),
        |(key, place, search)| async move { get_card_rows(key.ok_or_else(|| AppError::not_found("board"))?, place, search).await },
    );
    let retry = Callback::new(move |()| rows.refetch());
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || part_of(rows, |rows| Some(view! { <RowsHead rows=rows.clone() view /> }))}
            <RowsBar rows view />
            {move || Suspend::new(async move {
                match rows.await {
                    Ok(rows) => view! { <Rows rows view /> }.into_any(),
                    Err(error) => view! { <PageHead title="The rows behind a card" /> <ErrorState error retry /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Of which days, and which page. It stays while rows come.
#[component]
fn RowsBar(rows: Resource<Result<CardRows, AppError>>, view: Memo<DashboardView>) -> impl IntoView {
    let seen = Memo::new(move |_| {
        let of = |rows: &CardRows| view.with_untracked(|view| Seen::of(format!("{}/{}", rows.key, rows.place), view, rows.range));
        part_of(rows, |rows| Some(of(rows)))
    });
    let pages = move || part_of(rows, |rows| Some(view! { <Pages page=rows.page pages=rows.pages view /> }));
    view! {
        <PickerBar
            seen
            pickers=move |seen| view! { <RangePicker view seen /> }.into_any()
            note=move || pages
        />
    }
}

/// What the rows are of, and the files that they can be had as.
#[component]
fn RowsHead(rows: CardRows, view: Memo<DashboardView>) -> impl IntoView {
    let CardRows { key, place, board, card, of_lines, figures, count, .. } = rows;
    let query = view.with_untracked(query_of);
    let asked = |path: String| if query.is_empty() { path } else { format!("{path}?{query}") };
    let (one, many) = if of_lines { ("order line", "order lines") } else { ("order", "orders") };
    let counted = format::counted(i64::try_from(count).unwrap_or(i64::MAX), one, many);
    let figures = figures.into_iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(" · ");
    let lead = Some(format!("{figures}, made of {counted}."));
    let download = |extension: &str, name: &'static str| {
        let href = asked(format!("/api/v1/dashboards/{key}/cards/{place}/rows.{extension}"));
        view! { <a class="button button-quiet" href=href download="" rel="external"><Icon name="download" /><span>{name}</span></a> }
    };
    let downloads = [download("csv", "CSV"), download("xlsx", "Excel")].collect_view();
    let crumbs = vec![Crumb::new("Boards", "/boards"), Crumb::new(board, asked(format!("/dashboards/{key}")))];
    view! {
        <Breadcrumb crumbs />
        <PageHead title=format!("The rows behind “{card}”") lead>
            {downloads}
        </PageHead>
    }
}

#[component]
fn Rows(rows: CardRows, view: Memo<DashboardView>) -> impl IntoView {
    let CardRows { card, notices, files, table, .. } = rows;
    let shown = if table.rows.is_empty() {
        view! { <EmptyState title="No rows" text="No order of these days matches the filters." icon="table" /> }.into_any()
    } else {
        view! { <DataTable caption=format!("The rows behind {card}") table /> }.into_any()
    };
    let came_with = files.into_iter().map(|file| view! { <li><a href=format!("/data/uploads/{}", file.upload)>{file.name}</a></li> }).collect_view();
    view! {
        <FilterChips view />
        {notices.into_iter().map(|notice| view! { <Notice tone=Tone::Info>{notice}</Notice> }).collect_view()}
        <div class="card fact-rows">{shown}</div>
        <nav class="fact-files" aria-label="Files">
            <h2>"These rows came with"</h2>
            <ul>{came_with}</ul>
        </nav>
    }
}

/// Where one is, and the way to the pages beside it.
#[component]
fn Pages(page: u64, pages: u64, view: Memo<DashboardView>) -> impl IntoView {
    let address = use_address();
    let to = move |page: u64| {
        let href = address.href(&view.get_untracked());
        let mark = if href.contains('?') { '&' } else { '?' };
        format!("{href}{mark}page={page}")
    };
    let link = |page: u64, label: &'static str, icon: &'static str| {
        view! { <a class="button button-quiet" href=to(page) data-noscroll=""><Icon name=icon /><span>{label}</span></a> }
    };
    view! {
        <nav class="fact-pages" aria-label="Pages">
            {(page > 1).then(|| link(page - 1, "Newer", "chevron-left"))}
            <span>{format!("Page {page} of {pages}")}</span>
            {(page < pages).then(|| link(page + 1, "Older", "chevron-right"))}
        </nav>
    }
}
